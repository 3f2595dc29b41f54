"""How much copy a page takes, as README and manuscript guide have it, is what the designs state; and how many pixels a
picture wants, as the guide and the copy of a new issue have it, what the press profiles do.
"""

from math import ceil
from pathlib import Path

import pytest

from layout import assets
from layout.design.copy_amount import copy_range
from layout.issue import read_issue
from layout.press.load import load_profile
from layout_docs.amount_tables import PICTURES, whole, with_five

SAMPLE = assets.root() / "issues" / "tunliu-2026"


def test_the_amount_of_the_readme_is_that_which_the_page_is_held_to() -> None:
    plan = read_issue(SAMPLE).pages[0]
    assert len(plan.pictures) == 5
    known = copy_range(assets.templates_dir() / "lianghui-broadsheet", plan)
    assert known is not None
    assert f"- `lianghui-broadsheet`: `page` {known.least}–{known.most}\n" in with_five() + "\n"


def test_every_kind_that_states_an_amount_has_a_row() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in whole().splitlines()[2:]]
    assert {(row[0], row[1]) for row in rows} >= {("`tabloid-river`", "`front`"), ("`lianghui-broadsheet`", "`page`")}
    assert all(len(row) == 2 + len(PICTURES) for row in rows)


def test_the_pictures_that_the_readme_counts_are_the_samples() -> None:
    readme = Path(assets.root() / "README.md").read_text(encoding="utf-8")
    issue = read_issue(SAMPLE)
    assert f"{'零一二三四五六七八九'[len(issue.pages[0].pictures)]}幅图）是下面第一条命令的结果" in readme


@pytest.mark.parametrize("name", ["newsprint-coldset", "sheetfed-coated"])
def test_the_pixels_of_the_guide_are_those_that_the_press_is_held_to(name: str) -> None:
    ppi = load_profile(name, [assets.press_dir()]).image_ppi
    warn, least, target = (ceil(100 / 25.4 * each) for each in (ppi.warn, ppi.error, ppi.target))
    guide = (assets.root() / "docs" / "pictures.md").read_text(encoding="utf-8").splitlines()
    (row,) = (line for line in guide if line.startswith("| 像素 pixels") and "image_ppi" in line)
    assert all(str(each) in row for each in (warn, least, target))
    if name == "newsprint-coldset":
        assert warn <= 600 <= target
        story = (assets.root() / "src" / "layout" / "issue_writing" / "new_story.md").read_text(encoding="utf-8")
        assert "一百毫米宽的照片要六百个像素以上" in story


def test_a_page_without_pictures_is_not_among_those_with_five_and_has_one_amount() -> None:
    (row,) = (line for line in whole().splitlines() if line.startswith("| `specimen`"))
    assert "specimen" not in with_five()
    assert [cell.strip() == "–" for cell in row.split("|")[3:-1]] == [False, *[True] * (len(PICTURES) - 1)]
