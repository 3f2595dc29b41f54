"""How a design's CSS sets the tables of its copy: read from the tables that stand for them while types are measured.

What CSS gives to rows, groups of rows and the whole table is worked into the cells: a tint shows through where the cell
has none of its own, and of the rules that meet the widest is taken, of two as wide the cell's before the row's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast
from xml.etree.ElementTree import Element

from tinycss2.color4 import Color

from layout.design import data_attributes as attribute
from layout.engine.frame_types import TypeReader, number, parts_of
from layout.engine.weasyprint_types import LayoutBox
from layout.page.frames import FrameType, Ink
from layout.page.table_style import CellEdge, CellStyle, TableStyle, VerticalAlign
from layout.units import CSS_PX

_SIDES = ("top", "right", "bottom", "left")
_NO_RULE = ("none", "hidden")
_VALIGN: Mapping[object, VerticalAlign] = {"middle": "middle", "bottom": "bottom"}


def table_styles(frame: LayoutBox, types: TypeReader, opacity: float) -> dict[str, TableStyle]:
    """The style of each table that stands in *frame* for one of its copy, by the name of its flow.

    *opacity* is that of all that the frame stands in. Raises ``TemplateError`` for colours that are not CMYK.
    """
    opacity *= cast("float", frame.style["opacity"])
    return {
        wrapper.element.attrib[attribute.TABLE]: _Reader(wrapper, types, opacity).style()
        for wrapper in parts_of(frame, attribute.TABLE)
    }


def with_rules(type_: FrameType, frame: LayoutBox, types: TypeReader, opacity: float) -> FrameType:
    """*type_* with the rules (``border-top``) that the style of *frame* gives to kinds of paragraph."""
    opacity *= cast("float", frame.style["opacity"])
    found = {part.element.attrib[attribute.KIND]: _edge(part, "top", types, opacity)
             for part in parts_of(frame, attribute.KIND)}  # fmt: skip
    kinds = {kind: replace(own, rule=found.get(kind)) for kind, own in type_.kinds.items()}
    return replace(type_, kinds=kinds) if any(found.values()) else type_


def _edge(box: LayoutBox, side: str, types: TypeReader, opacity: float) -> CellEdge | None:
    width = _length(box.style[f"border_{side}_width"])
    if width <= 0 or box.style[f"border_{side}_style"] in _NO_RULE:
        return None
    colour = cast("Color | str", box.style[f"border_{side}_color"])
    ink = types.ink_of(box.style["color"] if isinstance(colour, str) else colour, box, opacity)
    return CellEdge(width, ink) if ink.opacity else None


class _Reader:
    """Reads one table. WeasyPrint has two boxes for its element: the outer has its margins, the inner the rest."""

    def __init__(self, wrapper: LayoutBox, types: TypeReader, opacity: float):
        self._wrapper, self._types, self._opacity = wrapper, types, opacity
        self._table: Element = wrapper.element
        self._boxes: dict[int, LayoutBox] = {}
        for box in _elements(wrapper):
            if box.element is self._table or id(box.element) not in self._boxes:  # lines bear their cell's element
                self._boxes[id(box.element)] = box
        groups = [group for group in self._table if group.tag in ("thead", "tbody")]
        self._rows = [(group, row) for group in groups for row in group]
        self._columns = sum(int(cell.get("colspan", "1")) for cell in self._rows[0][1])

    def style(self) -> TableStyle:
        style, title = self._wrapper.style, self._table.find("caption")
        both = self._wrapper, self._boxes[id(self._table)]
        cells = {self._place(cell): self._cell(cell, row) for row, (_, line) in enumerate(self._rows) for cell in line}
        return TableStyle(
            cells=cells,
            title=None if title is None else self._plain(self._boxes[id(title)]),
            above=_length(style["margin_top"]),
            below=_length(style["margin_bottom"]),
            fills=any(box.style["width"] != "auto" for box in both),
            whole=any(str(box.style["break_inside"]).startswith("avoid") for box in both),
            foot=self._edge(self._table, "bottom"),
        )

    @staticmethod
    def _place(cell: Element) -> tuple[int, int]:
        row, column = cell.attrib[attribute.CELL].split()
        return int(row), int(column)

    def _plain(self, box: LayoutBox) -> CellStyle:
        style = box.style
        top, right, bottom, left = (_length(style[f"padding_{side}"]) for side in _SIDES)
        opacity = self._opacity * cast("float", style["opacity"])
        valign = _VALIGN.get(style["vertical_align"], "top")
        return CellStyle(self._types.type_of(box, opacity), top, right, bottom, left, valign)

    def _cell(self, cell: Element, row: int) -> CellStyle:
        plain, column = self._plain(self._boxes[id(cell)]), self._place(cell)[1]
        last = row + int(cell.get("rowspan", "1")) - 1
        ends = column == 0, column + int(cell.get("colspan", "1")) == self._columns
        edges = {
            "top": [cell, *self._around(row, -1)],
            "right": [cell, *(self._holders(row) if ends[1] else ())],
            "bottom": [cell, *self._around(last, 1)],
            "left": [cell, *(self._holders(row) if ends[0] else ())],
        }
        widest = tuple(self._widest(holders, side) for side, holders in edges.items())
        return CellStyle(
            plain.type, plain.top, plain.right, plain.bottom, plain.left, plain.valign,
            self._tint([cell, *self._holders(row)]), (widest[0], widest[1], widest[2], widest[3]),
        )  # fmt: skip

    def _holders(self, row: int) -> tuple[Element, Element, Element]:
        group, line = self._rows[row]
        return line, group, self._table

    def _around(self, row: int, way: int) -> Iterator[Element]:
        """The row, and what ends with it upwards (-1) or downwards (1)."""
        group, line = self._rows[row]
        yield line
        beyond = row + way
        if not 0 <= beyond < len(self._rows):
            yield from (group, self._table)
        elif self._rows[beyond][0] is not group:
            yield group

    def _widest(self, elements: Sequence[Element], side: str) -> CellEdge | None:
        found = [edge for element in elements if (edge := self._edge(element, side)) is not None]
        return max(found, key=lambda edge: edge.width, default=None)

    def _edge(self, element: Element, side: str) -> CellEdge | None:
        return _edge(self._boxes[id(element)], side, self._types, self._opacity)

    def _tint(self, elements: Sequence[Element]) -> Ink | None:
        for box in (self._boxes[id(element)] for element in elements):
            if getattr(colour := box.style["background_color"], "alpha", 0):
                return self._ink(colour, box)
        return None

    def _ink(self, colour: Color, box: LayoutBox) -> Ink:
        return self._types.ink_of(colour, box, self._opacity)


def _elements(box: LayoutBox) -> Iterator[LayoutBox]:
    """The boxes of elements in *box*, itself first."""
    if getattr(box, "element", None) is not None and "::" not in str(box.element_tag):
        yield box
    for child in getattr(box, "children", ()):
        yield from _elements(child)


def _length(value: object) -> float:
    """A computed length in points. Shares of the column's width are not known here, and are none."""
    if isinstance(value, str) or getattr(value, "unit", "px") == "%":
        return 0.0
    return number(value) * CSS_PX  # type: ignore[arg-type]  # a computed length
