"""Stacks and rows on a page of 160 × 260 pt: the tree is read from the nesting, and wrong nesting is told."""

from pathlib import Path

import pytest

from layout.errors import LayoutError
from layout.galley.page_tree import fixed_of, parts_of
from layout.page.frames import MeasuredPage
from layout.page.row_tree import Leaf, Row, RowTree, Stack
from small_page import make_canvas, natural

CSS = """
[data-row] > * { float: left; width: 80pt }
"""


def band(name: str, style: str = "", height: int = 30) -> str:
    return (
        f'<div data-band="{name}" style="{style}"><div data-column style="float:left;width:40pt">'
        f'<div class="f" data-flow="{name}" style="height:{height}pt"></div></div></div>'
    )


def row(*parts: str, also: str = "") -> str:
    return f'<div data-row class="row"{also}>{"".join(parts)}</div>'


def stack(*parts: str, also: str = "") -> str:
    return f"<div data-stack{also}>{''.join(parts)}</div>"


def read(folder: Path, body: str) -> MeasuredPage:
    return natural(make_canvas(folder, body, CSS))


def named(page: MeasuredPage, tree: RowTree | None) -> object:
    called = {part.id: part.name for part in (*page.bands, *page.gaps)}

    def of(part: RowTree) -> object:
        if isinstance(part, Leaf):
            return called[part.id]
        inside = [of(each) for each in part.parts]
        return tuple(inside) if isinstance(part, Row) else inside

    return None if tree is None else of(tree)


def test_a_page_without_stacks_and_rows_has_no_tree_of_its_own(tmp_path: Path) -> None:
    assert read(tmp_path, band("a") + band("b")).tree is None


def test_the_type_area_is_a_stack(tmp_path: Path) -> None:
    page = read(tmp_path, band("a") + '<div data-gap="air" style="height:10pt"></div>' + row(band("b"), band("c")))
    assert named(page, page.tree) == ["a", "air", ("b", "c")]


def test_rows_and_stacks_in_one_another(tmp_path: Path) -> None:
    inner = row(band("b", "width:40pt"), band("c", "width:40pt"))
    page = read(tmp_path, row(stack(band("a"), inner), stack(band("d"), stack(band("e")))) + band("f"))
    assert named(page, page.tree) == [(["a", ("b", "c")], ["d", "e"]), "f"]
    assert page.tree is not None
    assert fixed_of(page.tree, parts_of(page)) == pytest.approx(0)


def test_bands_that_stand_side_by_side_by_chance_stay_in_their_stacks(tmp_path: Path) -> None:
    """b, naturally beside d, is under a, and d under c: boxes alone would make rows of them."""
    left, right = stack(band("a"), band("b")), stack(band("c", height=40), band("d"))
    page = read(tmp_path, row(left, right))
    assert named(page, page.tree) == [(["a", "b"], ["c", "d"])]


def first_stack(page: MeasuredPage) -> Stack:
    assert page.tree is not None
    (found,) = page.tree.parts
    assert isinstance(found, Row)
    stack = found.parts[0]
    assert isinstance(stack, Stack)
    return stack


@pytest.mark.parametrize(
    ("part", "fixed"),
    [
        (stack(band("a"), '<div style="height:15pt"></div>', band("b")), 15),
        (stack(band("a"), band("b", "margin-top:10pt")), 10),
        (stack(band("a"), also=' style="padding:5pt 0;border-top:1pt solid device-cmyk(0 0 0 1)"'), 11),
        (band("a", "padding:5pt 0 7pt"), 12),
        (f'<div class="box" style="padding:4pt 0"><div>{band("a")}</div><div style="height:6pt"></div></div>', 14),
        (row(band("a", "width:40pt"), band("b", "width:40pt"), also=' style="padding-top:3pt"'), 3),
    ],
    ids=["a headline between", "air", "padding and a border", "a band's own", "a box around a band", "a row's own"],
)
def test_what_never_changes_of_a_part(tmp_path: Path, part: str, fixed: float) -> None:
    page = read(tmp_path, row(part, band("z", height=90)))
    found = first_stack(page)
    assert fixed_of(found, parts_of(page)) == pytest.approx(fixed)


def test_a_stack_that_flex_stretches_is_as_high_as_its_contents(tmp_path: Path) -> None:
    body = row(stack(band("a"), band("b", "margin-top:10pt")), band("c", height=120), also=' style="display:flex"')
    page = read(tmp_path, body)
    assert first_stack(page).box.height == pytest.approx(70)
    assert fixed_of(first_stack(page), parts_of(page)) == pytest.approx(10)


def test_what_is_no_part_stands_in_a_row_too(tmp_path: Path) -> None:
    """A rule between two parts."""
    page = read(tmp_path, row(band("a", "width:70pt"), '<div style="width:1pt;height:9pt"></div>', band("b")))
    assert named(page, page.tree) == [("a", "b")]


@pytest.mark.parametrize(
    ("css", "pinned"), [("min-height:50pt;max-height:50pt", True), ("min-height:50pt;max-height:60pt", False),
                        ("height:50pt", False), ("max-height:50pt", False), ("", False)],
)  # fmt: skip
def test_a_band_of_one_height_is_pinned(tmp_path: Path, css: str, pinned: bool) -> None:
    (found,) = read(tmp_path, band("a", css)).bands
    assert found.pinned is pinned


def fault(folder: Path, body: str, css: str = "") -> tuple[int | None, str, str]:
    with pytest.raises(LayoutError) as caught:
        natural(make_canvas(folder, body, CSS + css))
    (found, *_) = caught.value.faults()
    assert found.place is not None
    assert Path(found.place.file).name == "page.html"
    return found.place.line, found.message.en, str(found.hint.en if found.hint else "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (row(band("a")), "a row with one part only"),
        (row(), "a row with no part"),
        (row(band("a"), "<i></i>"), "a row with one part only"),
        (stack("<p></p>"), "holds no band"),
        (f'<div data-band="x">{band("a")}</div>', "div[data-band=a] stands in the band x"),
        (f'<div data-band="x">{row(band("a"), band("b"))}</div>', "stands in the band x"),
        (row(f"<div>{band('a')}{band('b')}</div>", band("c")), "holds several bands"),
        (f'</div>{band("out")}<div>{row(band("a"), band("b"))}', "div[data-band=out] stands outside of the type area"),
        (row(band("a", "width:90pt"), band("b", "width:90pt")), "stand one below the other in a data-row"),
        (stack(band("a", "float:left;width:60pt"), band("b", "float:left;width:60pt")), "stand side by side in one"),
        (row(band("a"), band("b")) + band("c", "float:left;width:60pt") + band("d", "float:left;width:60pt"),
         "stand side by side in one"),
    ],
)  # fmt: skip
def test_wrong_nesting_is_told_with_its_line(tmp_path: Path, body: str, words: str) -> None:
    line, message, hint = fault(tmp_path, f"<p></p>\n\n{body}")
    assert line == 3
    assert words in message
    assert hint
