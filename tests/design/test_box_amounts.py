"""How much a story beside the first one may have: what the design says, and what the first story leaves."""

from pathlib import Path

import pytest

from layout import assets
from layout.design.copy_amount import box_range, characters_of
from layout.design.requirements import check_requirements
from layout.errors import PlanError
from layout.issue import PagePlan, read_issue

DUHE = assets.root() / "issues" / "duhe-2026"


@pytest.fixture(scope="module")
def plan() -> PagePlan:
    (found,) = (page for page in read_issue(DUHE).pages if page.kind == "feature")
    return found


def design(folder: Path, feature: int, others: str) -> Path:
    told = f"characters = {{ feature = [[0, {feature}]]{others} }}"
    (folder / "design.toml").write_text(f'name = "样"\nkinds = ["feature"]\n{told}\n', encoding="utf-8")
    return folder


def test_a_box_that_is_too_long_is_told_before_anything_is_laid_out(plan: PagePlan, tmp_path: Path) -> None:
    first, box = plan.stories
    count = characters_of(box)
    folder = design(tmp_path, 9000, f", others-feature = [[0, {count - 30}]]")
    with pytest.raises(PlanError) as caught:
        check_requirements(folder, plan)
    assert caught.value.place is not None
    assert (caught.value.place.file, caught.value.place.line) == (box.file, 1)
    assert f"至多 {count - 30} 字" in caught.value.message.zh
    assert caught.value.hint is not None
    assert "删 30 字" in str(caught.value.hint)
    check_requirements(design(tmp_path, 9000, f", others-feature = [[0, {count}]]"), plan)
    check_requirements(design(tmp_path, 9000, ""), plan)  # nothing is stated
    assert characters_of(first) > count


def test_it_has_what_the_first_story_leaves(plan: PagePlan, tmp_path: Path) -> None:
    first = characters_of(plan.stories[0])
    assert box_range(design(tmp_path, first + 120, ", others-feature = [[0, 800]]"), plan) == (0, 120)
    assert box_range(design(tmp_path, first - 5, ", others-feature = [[0, 800]]"), plan) == (0, 0)
    assert box_range(design(tmp_path, first + 900, ", others-feature = [[0, 800]]"), plan) == (0, 800)


def test_fewer_pictures_are_advised_only_where_they_help(plan: PagePlan, tmp_path: Path) -> None:
    first, box = (characters_of(story) for story in plan.stories)
    others = f", others-feature = [[0, {box + 50}]]"
    rows = f"feature = [[0, {first + box}], [0, {first + box - 20}]]"
    (tmp_path / "design.toml").write_text(f'kinds = ["feature"]\ncharacters = {{ {rows}{others} }}\n', encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        check_requirements(tmp_path, plan)
    assert "删 20 字，或少用几幅图，或另排一版" in str(caught.value.hint)
    with pytest.raises(PlanError) as caught:
        check_requirements(design(tmp_path, 9000, f", others-feature = [[0, {box - 20}]]"), plan)
    assert "删 20 字，或另排一版" in str(caught.value.hint)
    assert "图" not in str(caught.value.hint)


def test_the_shipped_pages_are_within_what_their_design_states() -> None:
    for page in read_issue(DUHE).pages:
        check_requirements(assets.templates_dir() / "tabloid-river", page)
