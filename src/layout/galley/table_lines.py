"""Turns a placed table into lines and boxes of its galley, and words what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.checks import Finding, Severity, room_checks
from layout.errors import Hint, Message, Place, TemplateError
from layout.flows import Chain, Flow
from layout.galley.model import GalleyBox, GalleyLine
from layout.galley.table_blocks import ChainTables, PlacedTable, Stretch, name_of
from layout.manuscript.model import Paragraph, Text
from layout.page.frames import FrameType

_LEAST_EXCESS = 0.1
"""Points by which a table may be too wide unseen: less than the side bearing of a character."""
_QUOTED = 12


@dataclass(frozen=True, slots=True)
class TableLines:
    """What a table comes to in its galley."""

    lines: tuple[GalleyLine, ...]
    boxes: tuple[GalleyBox, ...]
    repeated: tuple[Text, ...]
    """Every header that stands again in a column after the first."""
    taken: frozenset[int]
    """The slots in which something stands."""
    findings: tuple[Finding, ...]
    end: int
    """The first slot after it."""
    spare: float
    """What the table leaves of its last slots, in points, where nothing follows it."""
    unbroken: frozenset[int]
    """Its first slot, where it left those above empty so as not to be broken."""


def table_lines(
    tables: ChainTables, chain: Chain, items: Sequence[tuple[Flow, int, Paragraph]], at: int, *, last: bool
) -> TableLines:
    """The table to which all of *items* belong, from slot *at* on: its paragraphs, each with its flow and number.
    *last*: nothing follows it.

    Raises ``TemplateError`` where the frame is set vertically.
    """
    flow, _, paragraph = items[0]
    table = paragraph.table
    assert table is not None
    if tables.body.vertical:
        raise _vertical(chain, name_of(flow, table), table.place)
    begun = 0 if paragraph.cell is None else table.cells[paragraph.cell].row
    placed = tables.placed(flow, table, begun, at, last=last)
    head = tuple(p for p in table.paragraphs() if p.cell is not None and table.cells[p.cell].row < table.head)
    findings = tuple(_findings(name_of(flow, table), placed))
    return TableLines(
        tuple(line for stretch in placed.stretches for line in _lines(stretch, items, tables.body.leading)),
        tuple(GalleyBox(stretch.at, box) for stretch in placed.stretches for box in stretch.boxes),
        tuple(Text(flow, head) for stretch in placed.stretches if stretch.repeated),
        frozenset(slot for each in placed.stretches for slot in range(each.at, each.at + each.slots)),
        findings,
        placed.end,
        placed.stretches[-1].spare if last and placed.stretches else 0.0,
        frozenset(each.at for each in placed.stretches[:1] if placed.unbroken),
    )


def _lines(stretch: Stretch, items: Sequence[tuple[Flow, int, Paragraph]], leading: float) -> Iterator[GalleyLine]:
    flow, first, paragraph = items[0]
    numbers = {each.cell: number for _, number, each in items}
    for order, (y, line) in enumerate(stretch.lines):
        slot = min(int(y / leading + 1e-6), stretch.slots - 1)
        yield GalleyLine(
            line.line,
            flow,
            numbers.get(line.cell, first),
            _place(paragraph, line.cell),
            line.type,
            stretch.at + slot,
            y - slot * leading,
            line.x,
            in_table=True,
            repeated=order < stretch.repeated,
        )


def _place(paragraph: Paragraph, cell: int | None) -> Place:
    table = paragraph.table
    if table is None or cell is None or not table.cells[cell].runs:
        return paragraph.place
    return table.cells[cell].runs[0].place


def type_of(body: FrameType, flow: Flow, paragraph: Paragraph) -> FrameType:
    """The type of a table's paragraph in a frame of type *body*; that of its kind where the design was not asked."""
    table = paragraph.table
    style = body.tables.get(name_of(flow, table)) if table else None
    if table is None or style is None:
        return body.of(paragraph.kind)
    if paragraph.cell is None:
        return style.title.type if style.title else body
    cell = table.cells[paragraph.cell]
    own = style.cells.get((cell.row, cell.column))
    return own.type if own else body


def _vertical(chain: Chain, name: str, place: Place) -> TemplateError:
    return TemplateError(
        Message(f"竖排的框“{chain.called}”排不了表格（{place}）",
                f"“{chain.called}” is set vertically and cannot hold a table ({place})"),
        hint=Message(f'给表格一个横排的框：data-flow="{name}"', f'give it a level frame: data-flow="{name}"'),
        about=tuple(map(str, chain.flows)),
    )  # fmt: skip


def _findings(name: str, placed: PlacedTable) -> Iterator[Finding]:
    place, flow = placed.table.place, Flow.parse(name)
    if placed.lacking > _LEAST_EXCESS:
        quoted = placed.widest if len(placed.widest) <= _QUOTED else placed.widest[:_QUOTED] + "…"
        lacking = round(placed.lacking, 1)
        editor = Message(f"缩短“{quoted}”，或减一列", f"shorten “{quoted}” or drop a column")
        if not any(char.isalpha() for char in placed.widest):  # a figure is what it is
            editor = Message(
                "减一列、缩短表头，或分成两张表", "drop a column, shorten the header, or make two tables of it"
            )
        yield Finding(
            "table.too_wide", Severity.ERROR,
            Message(f"表格放不下：各列排到最窄还宽出 {lacking:g} pt，最占地方的是“{quoted}”",
                    f"the table does not fit: at its narrowest it is {lacking:g} pt too wide; “{quoted}” takes most"),
            place,
            Hint(
                editor=editor,
                designer=Message(f'给表格一个更宽的框（data-flow="{name}"），或把 td 的 font-size、padding 改小',
                                 f'give the table a wider frame of its own (data-flow="{name}"), or make font-size and '
                                 "padding of td smaller"),
            ),
            amount={"points": lacking, "words": placed.widest}, flows=(flow,),
        )  # fmt: skip
    if placed.too_high > _LEAST_EXCESS:
        high = round(placed.too_high, 1)
        yield Finding(
            "table.too_high", Severity.ERROR,
            Message(f"表格有一行连表头比整栏还高出 {high:g} pt，哪一栏都放不下",
                    f"a row of the table with its header is {high:g} pt higher than any column"),
            place,
            Hint(
                editor=Message("把这一行分成几行，或缩短格里的字", "make several rows of it, or shorten its cells"),
                designer=Message(f'给表格一个更高的框（data-flow="{name}"）',
                                 f'give the table a higher frame of its own (data-flow="{name}")'),
            ),
            amount={"points": high}, flows=(flow,),
        )  # fmt: skip
    if placed.torn:
        parts = placed.torn
        yield Finding(
            "table.cut", Severity.NOTE,
            Message(f"表格断开了：{sum(parts)} 行分在 {len(parts)} 处（{'、'.join(f'{rows} 行' for rows in parts)}）",
                    f"the table is cut: its {sum(parts)} rows stand in {len(parts)} parts of"
                    f" {', '.join(map(str, parts))}"),
            place, room_checks("galley")["table.cut"].hint(),
            amount={"rows": [str(rows) for rows in parts]}, flows=(flow,),
        )  # fmt: skip
