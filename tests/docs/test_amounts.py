"""How much copy a page takes, as README and manuscript guide have it, is what the designs state."""

from pathlib import Path

from layout import assets
from layout.design.copy_amount import copy_range
from layout.issue import read_issue
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
