"""A page of eight pieces in rows and stacks, built: everything ends level, and the page is exactly full."""

import pytest

from layout.galley.page_tree import keys_of, unlevel
from layout.page.row_tree import Leaf, Row, RowTree, Stack, rows_of
from makeup.nested_issue import nested

pytestmark = pytest.mark.slow


def names(tree: RowTree, called: dict[str, str]) -> object:
    if isinstance(tree, Leaf):
        return called[tree.id]
    inside = [names(part, called) for part in tree.parts]
    return tuple(inside) if isinstance(tree, Row) else inside


def test_the_tree_is_that_of_the_nesting() -> None:
    page = nested().page.page
    assert isinstance(page.tree, Stack)
    assert names(page.tree, {band.id: band.name for band in page.bands}) == [
        "s1", (["s2", ("s3", "s4")], ["s5", "s6"]), ("s7", "s8"),
    ]  # fmt: skip


def test_the_page_is_full_and_all_that_stands_side_by_side_ends_level() -> None:
    page = nested().page.page
    assert page.content_bottom == pytest.approx(page.type_area.bottom, abs=0.1)
    assert page.tree is not None
    assert list(unlevel(page)) == []
    bands = {band.id: band.box for band in page.bands}
    for row in rows_of(page.tree):
        feet = [part.box.bottom if isinstance(part, Stack) else bands[part.id].bottom for part in row.parts]
        assert feet == pytest.approx([feet[0]] * len(feet), abs=0.1)
        assert len(keys_of(row)) >= 2


def test_every_line_stands_on_the_grid_and_in_its_own_band() -> None:
    """Read off the lines: a head with its leading, a border with its air take whole rows."""
    page = nested().page
    frames = {frame.id: frame for frame in page.page.frames if frame.height_by == "rest"}
    body = [line for line in page.lines if line.frame in frames]
    offsets = {round((line.baseline - page.page.type_area.y) % page.page.row, 2) for line in body}
    assert len(body) > 200
    assert len(offsets) == 1
    bands = {band.id: band.box for band in page.page.bands}
    for line in body:
        box = bands[frames[line.frame].band or ""]
        assert box.y < line.baseline < box.bottom + 0.1
