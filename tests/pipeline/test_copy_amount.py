"""How much copy a page takes, as its design states it, and what is told of a story that has more or less."""

from dataclasses import replace
from pathlib import Path

import pytest

from layout import assets
from layout.checks import Finding, Severity
from layout.design.copy_amount import CopyRange, characters_of, copy_range
from layout.design.requirements import check_requirements
from layout.errors import LayoutError, Message
from layout.flows import Flow
from layout.issue import PagePlan, read_issue
from layout.pipeline.copy_amount import with_amounts

DUHE = assets.root() / "issues" / "duhe-2026"


@pytest.fixture(scope="module")
def plan() -> PagePlan:
    """The page of a long story, with one picture."""
    return read_issue(DUHE).pages[1]


def design(folder: Path, rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "design.toml").write_text(f'kinds = ["feature"]\ncharacters = {{ {rows} }}\n', encoding="utf-8")
    return folder


def finding(check: str, story: str) -> Finding:
    return Finding(check, Severity.ERROR, Message("溢文", "overset"), flows=(Flow(story, "section", 1),))


def test_the_range_goes_by_the_number_of_pictures_and_the_last_stands_for_more(plan: PagePlan, tmp_path: Path) -> None:
    folder = design(tmp_path, "feature = [[200, 900], [300, 800]]")
    assert copy_range(folder, replace(plan, pictures=())) == CopyRange(200, 900)
    assert copy_range(folder, plan) == CopyRange(300, 800)
    assert copy_range(folder, replace(plan, pictures=plan.pictures * 3)) == CopyRange(300, 800)
    assert copy_range(design(tmp_path, "front = [[1, 2]]"), plan) is None


def test_of_a_story_out_of_range_one_finding_says_how_much_is_wanting(plan: PagePlan, tmp_path: Path) -> None:
    story, count = plan.stories[0], characters_of(plan.stories[0])
    found = [
        finding("page.overset", story.id),
        finding("page.column_short", story.id),
        finding("page.overset", "other"),
    ]
    first, other = with_amounts(found, design(tmp_path, f"feature = [[200, {count - 30}]]"), plan)
    assert f"feature 版配 1 幅图排 200–{count - 30} 字，这篇 {count} 字，多 30 字" in first.message.zh
    assert (first.amount["copy"], first.amount["most"]) == (count, count - 30)
    assert other == found[2]
    short = [finding("page.underset", story.id), finding("page.underset", story.id)]
    (told,) = with_amounts(short, design(tmp_path, f"feature = [[{count + 40}, 9000]]"), plan)
    assert "差 40 字" in told.message.zh
    assert "40 too few" in told.message.en
    thin = [finding("page.short_foot", story.id), finding("page.thin_columns", story.id)]
    (told,) = with_amounts(thin, design(tmp_path, f"feature = [[{count + 40}, 9000]]"), plan)
    assert "差 40 字" in told.message.zh
    assert with_amounts(thin, design(tmp_path, f"feature = [[{count}, 9000]]"), plan) == tuple(thin)


def test_within_the_range_and_of_turned_stories_nothing_is_added(plan: PagePlan, tmp_path: Path) -> None:
    story = plan.stories[0]
    found = (finding("page.overset", story.id),)
    assert with_amounts(found, design(tmp_path, "feature = [[200, 9000]]"), plan) == found
    narrow = design(tmp_path, "feature = [[200, 300]]")
    assert with_amounts(found, narrow, replace(plan, continues=(story.id,))) == found
    assert with_amounts(found, tmp_path / "nowhere", plan) == found


@pytest.mark.parametrize("rows", ["feature = [200, 900]", "feature = [[900, 200]]", "feature = [[1, 2, 3]]"])
def test_what_is_no_range_is_told_with_an_example(plan: PagePlan, tmp_path: Path, rows: str) -> None:
    with pytest.raises(LayoutError, match="characters") as raised:
        check_requirements(design(tmp_path, rows), plan)
    assert raised.value.hint is not None


def test_a_kind_that_the_design_does_not_have_is_told(plan: PagePlan, tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="featur"):
        check_requirements(design(tmp_path, "featur = [[1, 2]]"), plan)
