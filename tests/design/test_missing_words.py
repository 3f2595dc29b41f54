"""Words that a design's kind of page wants, such as its nameplate: what the first story lacks is told at its head."""

from dataclasses import replace
from pathlib import Path

import pytest

from layout import assets
from layout.issue import PagePlan, read_issue
from layout.manuscript.model import FrozenMap
from layout.pipeline.words_check import words_missing

DUHE = assets.root() / "issues" / "duhe-2026"


@pytest.fixture(scope="module")
def plan() -> PagePlan:
    return read_issue(DUHE).pages[0]


def design(folder: Path, line: str) -> Path:
    (folder / "design.toml").write_text(f'name = "样"\nkinds = ["front"]\n{line}\n', encoding="utf-8")
    return folder


def without(plan: PagePlan, *words: str) -> PagePlan:
    first, *others = plan.stories
    own = first.parts["words"]
    assert isinstance(own, FrozenMap)
    left = FrozenMap((name, text) for name, text in own.items() if name not in words)
    parts = FrozenMap((name, left if name == "words" else part) for name, part in first.parts.items())
    return replace(plan, stories=(replace(first, parts=parts), *others))


def test_a_nameplate_that_nobody_wrote_is_told_with_the_line_to_write(plan: PagePlan, tmp_path: Path) -> None:
    (found,) = words_missing(design(tmp_path, 'words = { front = ["nameplate"] }'), without(plan, "nameplate"))
    assert found.check == "page.missing_word"
    assert found.place is not None
    assert (found.place.file.endswith("cover.md"), found.place.line) == (True, 1)
    assert found.hint is not None
    assert "words: {nameplate: 文字}" in found.hint.zh
    assert found.amount["words"] == ["nameplate"]


def test_of_several_one_finding_names_all(plan: PagePlan, tmp_path: Path) -> None:
    folder = design(tmp_path, 'words = { front = ["nameplate", "season", "nobody"] }')
    (found,) = words_missing(folder, without(plan, "nameplate"))
    assert found.amount["words"] == [each for each in ("nameplate", "nobody") if each in found.message.zh]


@pytest.mark.parametrize("line", ["", 'words = { front = ["nameplate"] }', 'words = { feature = ["other"] }'])
def test_what_is_there_or_wanted_of_other_pages_is_not(plan: PagePlan, tmp_path: Path, line: str) -> None:
    assert not list(words_missing(design(tmp_path, line), plan))


def test_the_shipped_front_page_wants_its_nameplate(plan: PagePlan) -> None:
    folder = assets.templates_dir() / "tabloid-river"
    assert not list(words_missing(folder, plan))
    assert list(words_missing(folder, without(plan, "nameplate")))
