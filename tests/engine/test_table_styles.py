"""The CSS of a table, as its design writes it: read cell by cell from an empty table of the same build."""

from pathlib import Path

import pytest

from layout.errors import TemplateError
from layout.flows import Flow
from layout.page.canvas import TypeRequest
from layout.page.frames import Ink
from layout.page.table_shape import CellShape, TableShape
from layout.page.table_style import CellEdge, TableStyle
from small_page import make_canvas

BLACK, GREY = Ink(0, 0, 0, 1), Ink(0, 0, 0, 0.1)
FRAME = '<div class="f" data-flow="a.lede" style="height:100pt"></div>'
CELLS = tuple(
    CellShape(row, column, 1, 1, "center" if column == 2 else "", column == 1, ("strong",) if row == 1 else ())
    for row in range(4)
    for column in range(3)
)
SHAPE = TableShape("a.table-1", 1, 4, 3, CELLS, title=True)
SPANNED = TableShape("a.table-1", 0, 2, 2, (
    CellShape(0, 0, 2, 1, "", figures=False), CellShape(0, 1, 1, 1, "", figures=False),
    CellShape(1, 1, 1, 1, "", figures=False),
))  # fmt: skip


def style_of(folder: Path, css: str, shape: TableShape = SHAPE) -> TableStyle:
    flow = Flow.parse("a.lede")
    page = make_canvas(folder, FRAME, css).types((), TypeRequest.of({flow: []}, {}, {flow: [shape]}))
    assert page.frames[0].box.height == pytest.approx(100)  # the table takes no room
    return page.frames[0].type.tables["a.table-1"]


@pytest.mark.parametrize("css", ["", "* { margin: 0; padding: 0 }"])
def test_what_a_design_says_nothing_of_is_sober(tmp_path: Path, css: str) -> None:
    style = style_of(tmp_path, css)
    assert (style.fills, style.whole, style.above, style.below) == (True, False, 4.0, 4.0)
    assert style.title
    assert style.title.type.align == "center"
    head, first, last = style.cells[0, 1], style.cells[1, 0], style.cells[3, 2]
    assert head.edges == (CellEdge(0.5, BLACK), None, CellEdge(0.3, BLACK), None)
    assert [cell.tint for cell in style.cells.values()] == [None] * 12
    assert (first.left, first.right, last.left, last.right) == (0.0, 4.0, 4.0, 0.0)
    assert [style.cells[1, column].type.align for column in range(3)] == ["start", "end", "center"]
    assert last.edges[2] == CellEdge(0.5, BLACK)
    assert first.edges[2] is None
    assert {cell.type.indent for cell in style.cells.values()} == {0.0}


def test_rows_and_cells_by_css_s_own_words(tmp_path: Path) -> None:
    css = (
        "td, th { padding: 1pt 3pt; border-bottom: 0.25pt solid }"
        "tbody tr:nth-child(even) { background: device-cmyk(0 0 0 0.1) }"
        "tbody tr:nth-child(even) td:last-child { background: device-cmyk(0 1 0 0) }"
        'th { font-family: "Hei 500"; font-size: 7pt; vertical-align: bottom }'
        "td:nth-child(2) { border-left: 1pt solid }"
        "table { width: auto; break-inside: avoid; margin: 6pt 0 2pt }"
        '.f td [data-role=strong] { font-family: "Kai 400" }'
    )
    style = style_of(tmp_path, css)
    assert (style.fills, style.whole, style.above, style.below) == (False, True, 6.0, 2.0)
    assert [style.cells[2, column].tint for column in range(3)] == [GREY, GREY, Ink(0, 1, 0, 0)]
    assert style.cells[1, 0].tint is None
    head, cell = style.cells[0, 0], style.cells[1, 1]
    assert (head.type.roles["plain"].faces, round(head.type.size, 4), head.valign) == (("hei-500",), 7.0, "bottom")
    assert head.edges[2] == CellEdge(0.3, BLACK)  # that of thead is wider than that of th
    assert (cell.top, cell.right, cell.bottom, cell.left) == (1.0, 3.0, 1.0, 3.0)
    assert cell.edges == (None, None, CellEdge(0.25, BLACK), CellEdge(1.0, BLACK))
    assert cell.type.roles["strong"].faces == ("kai-400",)


def test_a_cell_that_spans_rows_ends_with_the_last_of_them(tmp_path: Path) -> None:
    style = style_of(tmp_path, "td { border: 0.25pt solid } table { border: 2pt solid }", SPANNED)
    outer, inner = CellEdge(2.0, BLACK), CellEdge(0.25, BLACK)
    assert style.cells[0, 0].edges == (outer, inner, outer, outer)
    assert style.cells[0, 1].edges == (outer, outer, inner, inner)
    assert style.cells[1, 1].edges == (inner, outer, outer, inner)


def test_a_colour_that_is_not_cmyk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        style_of(tmp_path, "td { background: #eee }")
    assert caught.value.place
    assert caught.value.place.file.endswith("page.css")


def test_what_is_not_painted_or_obeyed_is_told_at_its_line(tmp_path: Path) -> None:
    wrong = "td { border-bottom: 1pt dashed }", "th { width: 30% }", "tr { background: linear-gradient(red, blue) }"
    css = "\n".join(["", *wrong, "td { padding: 2pt }"])
    flow = Flow.parse("a.lede")
    page = make_canvas(tmp_path, FRAME, css).types((), TypeRequest.of({flow: []}, {}, {flow: [SHAPE]}))
    found = {each.message.en.split("”")[0].strip("“"): each.place.line for each in page.messages if each.place}
    first = min(found.values())
    assert found == {"border-bottom-style": first, "width": first + 1, "background-image": first + 2}


def test_the_header_of_a_group_stands_in_its_middle_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    cells = (CellShape(0, 0, 1, 2, "", figures=False), CellShape(0, 2, 1, 2, "right", figures=False),
             *(CellShape(row, column, 1, 1, "", figures=True) for row in (1, 2) for column in range(4)))  # fmt: skip
    shape = TableShape("a.table-1", 2, 3, 4, cells)
    for css, align in (("", "center"), ("* { margin: 0 }", "center"), ("th { text-align: left }", "start")):
        style = style_of(tmp_path, css, shape)
        assert [style.cells[0, column].type.align for column in (0, 2)] == [align, "end"]
        assert style.cells[2, 0].type.align == "end"
