"""A page made up whole: what is written of it, listed of it, and what the editor does next, on one small page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from in_place import build
from layout.issue_writing.new_issue import STORY, write_issue
from layout.pipeline import InPlace, Options, arrangements

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
    built = build(folder, options)
    (told,) = [each for each in built.findings if each.check == "makeup.arrangement"]
    assert "定版 不在这一版" in told.message.zh
    made = built.report["pages"][0]["arrangement"]
    assert made["chosen"]["cost"] == pytest.approx(sum(each["cost"] for each in made["chosen"]["prices"]), abs=0.01)
    assert {each["id"] for each in made["chosen"]["pieces"]} >= {Path(STORY).stem, "备稿", "图3"}
    assert "定版" not in {each["id"] for each in made["chosen"]["pieces"]}
