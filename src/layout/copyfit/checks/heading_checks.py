"""Checks headings that meet or end a column, and columns that end short: no rule of lines forbids what make-up avoids.

碰题: two headings of running text side by side on one level read as one (RULES §3.5). Lines left empty at a column's
foot, because a heading or a lonely line must not stand there, make the columns end unlevel.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from layout.checks import Finding, Severity, room_checks
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.galley import costs
from layout.galley.model import Galley, GalleyLine
from layout.page.frames import Frame, MeasuredPage

_NEAR = 4.0
"""Columns are neighbours when no more than so many characters lie between them."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of running text on the page, in points."""

    text: str
    line: GalleyLine
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: _Heading) -> bool:
        """Whether *other* begins to its right, in the next column, on its level."""
        apart = other.left - self.right
        level = min(self.bottom, other.bottom) - max(self.top, other.top)
        return -0.5 < apart <= _NEAR * self.line.type.size and level > 0.5


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two headings side by side."""

    one: str
    other: str
    first: GalleyLine
    line: GalleyLine
    """The first line of each, on the left and on the right."""


def meetings(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> tuple[Meeting, ...]:
    """Every two headings of running text that stand side by side in neighbouring columns."""
    chains = page.chains()
    found = [heading for chain, galley in galleys.items() for heading in _headings(galley, chains[chain])]
    found.sort(key=lambda heading: (round(heading.left, 2), round(heading.top, 2)))
    return tuple(
        Meeting(one.text, other.text, one.line, other.line) for one in found for other in found if one.meets(other)
    )  # fmt: skip


def empty_lines(galley: Galley) -> int:
    """Lines left empty above the chain's last."""
    return len(galley.empty)


def _headings(galley: Galley, frames: Sequence[Frame]) -> Iterator[_Heading]:
    """The headings of a chain that stand on the page; a heading by itself in its frame is the design's to place."""
    copy = [line for line in galley.lines if not line.in_table]
    blocks = [line for line in copy if line.drop is not None and line.slot < len(galley.slots)]
    if len(blocks) == len(copy) or galley.type.vertical:
        return
    for _, group in groupby(blocks, key=lambda line: (line.flow, line.paragraph)):
        lines = list(group)
        slot, box = galley.slots[lines[0].slot], frames[galley.slots[lines[0].slot].frame].box
        leading = lines[0].type.leading
        yield _Heading(
            "".join(line.line.text for line in lines), lines[0], box.x, box.right,
            slot.top + (lines[0].drop or 0.0), slot.top + (lines[-1].drop or 0.0) + leading,
        )  # fmt: skip


HoleCause = Literal["lines", "heading", "box", "table", "whole table"]
"""Why lines stay empty: for an orphan or a widow, for a heading that would end the column or does not fit beside a box,
for a table of which too little fits, or which is not to be broken."""
_CAUSES: Mapping[HoleCause, Message] = {
    "lines": Message("一两行不单独留在栏脚、栏头（孤行）", "a lone line is kept from a column's foot or head"),
    "heading": Message("小标题不能压在栏脚（背题）", "a heading is kept from the column's foot"),
    "box": Message("小标题在栏中的图框旁排不下，移到框下", "a heading does not fit beside a box, and stands below it"),
    "table": Message("剩下的地方排不下表头和两行", "what is left does not hold the table's header with two rows"),
    "whole table": Message("表格整张不断开，移到后面", "the table is not to be broken, and moves on whole"),
}
_HINTS: Mapping[HoleCause, Hint] = {
    "lines": Hint(designer=Message("放宽 --orphans、--widows，或让小标题可以多占几行（--rows-most）",
                                   "lower --orphans or --widows, or let headings take more rows (--rows-most)")),
    "box": Hint(designer=Message("把小标题的字号改小，或把框放到栏边、改窄",
                                 "set the heading smaller, or make the box narrower")),
    "table": Hint(editor=Message("把表格前移或后移一两段", "move the table by a paragraph or two"),
                  designer=Message("给表格自己的框", "give the table a frame of its own")),
    "whole table": Hint(editor=Message("把表格前移或后移一两段", "move the table by a paragraph or two"),
                        designer=Message("给表格自己的框；写了 break-inside: avoid 的，去掉它就断开",
                                         "give the table a frame of its own; without break-inside: avoid it is cut")),
}  # fmt: skip
"""What mends it, where that is not what mends a heading at a column's foot."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Lines of one column that stay empty, and the line that follows them."""

    column: int
    """Its number in the chain, from 1."""
    lines: int
    after: GalleyLine | None
    cause: HoleCause


def holes(galley: Galley) -> Iterator[Hole]:
    """Every column of the chain in which lines stay empty above its end."""
    for frame, group in groupby(galley.empty, key=lambda slot: galley.slots[slot].frame):
        slots = list(group)
        after = next((line for line in galley.lines if line.slot > slots[-1]), None)
        yield Hole(frame + 1, len(slots), after, _cause(galley, slots[-1], after))


def _cause(galley: Galley, last: int, after: GalleyLine | None) -> HoleCause:
    """Why the slots up to the *last* stay empty, by what comes *after* them."""
    if after is None:
        return "lines"
    if after.in_table:
        return "whole table" if after.slot in galley.unbroken else "table"
    if after.drop is None:
        return "lines"
    beyond = after.slot >= len(galley.slots)
    return "heading" if beyond or galley.slots[after.slot].frame != galley.slots[last].frame else "box"


def stranded(galley: Galley) -> Iterator[GalleyLine]:
    """The last line of every heading that ends its column while its text begins in another (背题): both columns are too
    short to hold it with a line of text.
    """
    copy = [line for line in galley.lines if not line.in_table and line.slot < len(galley.slots)]
    for line, following in pairwise(copy):
        heading = line.drop is not None and (line.flow, line.paragraph) != (following.flow, following.paragraph)
        if heading and galley.slots[line.slot].frame != galley.slots[following.slot].frame:
            yield line


@dataclass(frozen=True, slots=True)
class Twins:
    """Headlines of two stories that stand side by side in the same size and shape."""

    one: GalleyLine
    other: GalleyLine


def twins(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> Iterator[Twins]:
    """Headlines of different stories side by side alike in size and lines (同字号同形标题并列)."""
    chains = page.chains()
    heads = [
        chain
        for chain in galleys
        if chain.flows[-1].part == "headline" and len(chains[chain]) == 1 and galleys[chain].lines
    ]
    for chain in heads:
        for other in heads:
            left, right = galleys[chain], galleys[other]
            one, two = chains[chain][0].box, chains[other][0].box
            near = -0.5 < two.x - one.right <= _NEAR * left.type.size and one.beside(two)
            alike = abs(right.type.size - left.type.size) < 0.1 and len(left.lines) == len(right.lines)
            if near and alike:
                yield Twins(left.lines[0], right.lines[0])


def findings(page: MeasuredPage, galleys: Mapping[Chain, Galley], firm: Container[str] = ()) -> Iterator[Finding]:
    """What of this the page has come out with, because nothing within the design's limits avoids it.

    *firm* are the stories that may not be cut.
    """
    for meeting in meetings(page, galleys):
        yield _met(page, meeting, firm)
    for chain, galley in galleys.items():
        for line in stranded(galley):
            yield _alone(page, line, firm)
        for hole in holes(galley):
            yield _empty(page, chain, hole, firm)
    for pair in twins(page, galleys):
        yield Finding(
            "page.headlines_alike",
            Severity.NOTE,
            Message(f"并排的两个标题同字号、同行数：“{pair.one.line.text}”与“{pair.other.line.text}”",
                    f"headlines alike side by side: “{pair.one.line.text}” and “{pair.other.line.text}”"),
            pair.other.place,
            _hint("page.headlines_alike", firm, pair.one, pair.other),
            page.page_no,
            {"headlines": [each.line.text for each in (pair.one, pair.other)],
             "places": [str(each.place) for each in (pair.one, pair.other)]},
        )  # fmt: skip


def _hint(check: str, firm: Container[str], *lines: GalleyLine) -> Hint | None:
    """The remedy of *check*, which is a change of the copy of one of *lines*."""
    return room_checks("copyfit")[check].hint(firm=all(line.flow.story in firm for line in lines))


def _met(page: MeasuredPage, meeting: Meeting, firm: Container[str]) -> Finding:
    return Finding(
        "page.headings_meet",
        Severity.WARNING,
        Message(f"碰题：“{meeting.one}”（{meeting.first.place}）与“{meeting.other}”并排",
                f"two headings side by side: “{meeting.one}” ({meeting.first.place}) and “{meeting.other}”"),
        meeting.line.place,
        _hint("page.headings_meet", firm, meeting.first, meeting.line),
        page.page_no,
        {"headings": [meeting.one, meeting.other], "found": meeting.other,
         "places": [str(meeting.first.place), str(meeting.line.place)]},
    )  # fmt: skip


def _alone(page: MeasuredPage, line: GalleyLine, firm: Container[str]) -> Finding:
    words = line.line.text.strip()
    return Finding(
        "page.heading_at_foot",
        Severity.WARNING,
        Message(f"背题：小标题“{words}”落在栏脚，下面一行正文也没有",
                f"the heading “{words}” ends its column, without a line of its text below it"),
        line.place,
        _hint("page.heading_at_foot", firm, line),
        page.page_no,
        {"heading": words},
    )  # fmt: skip


def _empty(page: MeasuredPage, chain: Chain, hole: Hole, firm: Container[str]) -> Finding:
    words, cause = hole.after.line.text[:8].strip() if hole.after else "", _CAUSES[hole.cause]
    empty = "1 line stays empty" if hole.lines == 1 else f"{hole.lines} lines stay empty"
    return Finding(
        "page.column_short",
        Severity.WARNING if hole.lines > costs.TOLERATED else Severity.NOTE,
        Message(
            f"{chain.called} 第 {hole.column} 栏在“{words}”之前空 {hole.lines} 行：{cause.zh}",
            f"{chain.called}, column {hole.column}: {empty} before “{words}”: {cause.en}",
        ),
        hole.after.place if hole.after else None,
        _column_hint(hole, firm),
        page.page_no,
        {"lines": hole.lines, "column": hole.column, "cause": hole.cause},
        flows=chain.flows,
    )  # fmt: skip


def _column_hint(hole: Hole, firm: Container[str]) -> Hint | None:
    """What mends *hole*: of its own cause, or as for a heading that is kept from the foot."""
    plain = _hint("page.column_short", firm, *([hole.after] if hole.after else []))
    own = _HINTS.get(hole.cause, Hint())
    editor, designer = (plain.editor, plain.designer) if plain else (None, None)
    return Hint(editor=own.editor or editor, designer=own.designer or designer)
