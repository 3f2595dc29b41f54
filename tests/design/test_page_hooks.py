"""What the kinds of page of a design ask for is read from design.toml, else from what their templates name."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout import assets
from layout.design.page_hooks import PageHooks, page_hooks
from layout.issue_writing.new_design import write_design


def hooks_of(design: str) -> dict[str, PageHooks]:
    return {each.name: each for each in page_hooks(assets.templates_dir() / design)}


def test_kinds_of_page_are_told_apart() -> None:
    river = hooks_of("tabloid-river")
    assert list(river) == ["front", "feature", "report", "gallery", "spread", "running-on", "auto"]
    assert [name for name, each in river.items() if each.is_spread] == ["spread"]
    assert [name for name, each in river.items() if each.runs_on] == ["running-on"]
    assert [name for name, each in river.items() if each.is_auto] == ["auto"]
    assert river["front"].words == ("nameplate",)
    assert river["front"].amount(3) == (200, 1350)
    assert river["spread"].amount(9) == (600, 4000)
    assert [river[name].most_stories for name in ("front", "feature", "spread", "running-on", "auto")] == [
        1,
        2,
        3,
        None,
        None,
    ]


def test_a_design_of_two_sheets_has_each_kind_twice() -> None:
    assert list(hooks_of("yaowen")) == [
        "auto-broadsheet", "auto-tabloid", "auto-festive-broadsheet", "auto-festive-tabloid",
    ]  # fmt: skip


def test_limits_and_silhouettes_are_known() -> None:
    assert not hooks_of("lianghui-broadsheet")["page"].others
    renwu = hooks_of("renwu")["page"]
    assert renwu.has_cutout
    assert not hooks_of("renwu")["round"].has_cutout, "design.toml says that its portrait is a photograph"
    assert (renwu.limits.least_pictures, renwu.limits.most_pictures) == (1, 5)
    specimen = hooks_of("specimen")["page"].limits
    assert (specimen.most_pictures, specimen.least_sections) == (0, 72), "headings are asked for without pictures, too"


@pytest.mark.parametrize(("sheet", "wide"), [("broadsheet", 390), ("tabloid", 275)])
def test_the_skeleton_takes_everything_and_its_paper_is_read(tmp_path: Path, sheet: str, wide: int) -> None:
    write_design(tmp_path / "evening", sheet=sheet)
    (hooks,) = page_hooks(tmp_path / "evening")
    assert round(hooks.size[0] * 25.4 / 72) == wide
    assert {"dateline", "figures", "sections"} <= hooks.parts
    assert "headline" in hooks.others
    assert not hooks.amounts


def test_a_design_that_says_nothing_is_read_from_its_template(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<main data-fill>{{ story.kicker.flow }}{{ chain(story) }}{{ pictures.ridge.id }}{{ story.words.season.flow }}'
        '{{ qrcode(story.words.code) }}</main>', encoding="utf-8",
    )  # fmt: skip
    (hooks,) = page_hooks(tmp_path)
    assert hooks.parts == {"kicker", "lede", "sections", "closing"}
    assert (hooks.named_pictures, hooks.words, hooks.codes) == (("ridge",), ("code", "season"), {"code"})
    assert not hooks.others


def test_what_a_box_beside_the_first_story_may_have() -> None:
    spread = hooks_of("tabloid-river")["spread"]
    assert [spread.most_of_a_box(3, first) for first in (1000, 3900, 4200)] == [300, 100, 0]
    assert hooks_of("lianghui-broadsheet")["page"].most_of_a_box(3, 1000) is None
