"""A page made up whole: what is written of it, listed of it, and what the editor does next, on one small page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from layout.issue_writing.new_issue import STORY, write_issue
from layout.pipeline import InPlace, Options, arrangements, build
from layout.pipeline.inspecting import InspectingExecutor

KILLED = "定版.md"


@pytest.mark.slow
def test_a_page_says_how_it_was_made_up_and_keeps_what_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "今天"
    write_issue(folder, "yaowen", date(2027, 3, 5))
    options = Options(out=tmp_path / "out", png=False)
    (page,) = arrangements(folder, options, workers=InPlace())
    report = page.report
    assert report.height == report.rows
    assert report.others
    assert all(each.why is not None and each.cost >= report.chosen.cost for each in report.others)
    path = folder / "issue.toml"
    plan = path.read_text(encoding="utf-8").replace("[[page]]", f'[[page]]\narrangement = "{report.chosen.words}"', 1)
    path.write_text(plan.replace("[[page]]", f'killed = ["{KILLED}"]\n\n[[page]]', 1), encoding="utf-8")
    inspecting = InspectingExecutor(InPlace())
    built = build(folder, options, workers=inspecting)
    (told,) = [each for each in built.findings if each.check == "makeup.arrangement"]
    assert "定版 不在这一版" in told.message.zh
    made = built.report["pages"][0]["arrangement"]
    assert made["chosen"]["cost"] == pytest.approx(sum(each["cost"] for each in made["chosen"]["prices"]), abs=0.01)
    assert {each["id"] for each in made["chosen"]["pieces"]} >= {Path(STORY).stem, "备稿", "图3"}
    assert "定版" not in {each["id"] for each in made["chosen"]["pieces"]}
    # Every element of the page leads to the macros and the shape that it comes from.
    (inspection,) = inspecting.take(built.issue_id).values()
    assert {"place", "columns", "title"} <= {call.name for each in inspection.elements for call in each.calls}
    shapes = {f"components/shapes/{each['shape']}.html" for each in made["chosen"]["pieces"]}
    assert shapes <= {each.place.file for each in inspection.elements if each.place}
