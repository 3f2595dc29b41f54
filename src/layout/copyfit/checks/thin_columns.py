"""Tells of copy so short that its columns hold a line or two each: nobody reads down such columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.checks import Finding, room_checks
from layout.errors import Message
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic
from layout.galley.measures import is_running
from layout.galley.model import Galley
from layout.page.frames import Frame, MeasuredPage

_ROW_APART = 0.5
"""Rows by which the heads of columns that stand side by side may differ."""
_FEWER = Message("请美编少分几栏。", "Ask the designer for fewer columns.")
"""What is done about copy that may not be added to, on a page without pictures."""


def thin_columns(page: MeasuredPage, galleys: Mapping[Chain, Galley], firm: Container[str] = ()) -> Iterator[Finding]:
    """``page.thin_columns``: columns of a story side by side of which none holds more than a line or two or three.

    Of a page that is underset that is told, and nobody is told to add to *firm* stories.
    """
    check = room_checks("copyfit")["page.thin_columns"]
    most = int(str(check.limits["lines"]))
    for chain, frames in page.chains().items():
        galley = galleys[chain]
        if not is_running(galley.type) or galley.type.vertical or len(galley.wanting) > costs.TOLERATED:
            continue
        taken = range(min(galley.used, len(galley.slots)))
        copy = [line for line in galley.lines if line.slot < len(galley.slots)]
        rows = Counter(galley.slots[number].frame for number in taken if number not in galley.empty)
        for group in _side_by_side(frames, page.row):
            lines = [rows[number] for number in group]
            first = next((line for line in copy if galley.slots[line.slot].frame in group), None)
            if len(group) < 2 or first is None or max(lines) > most:
                continue
            least = min(filter(None, lines))
            span = f"{least}–{max(lines)}" if least < max(lines) else f"{least}"
            is_firm = all(flow.story in firm for flow in chain.flows)
            hint = check.hint(firm=is_firm)
            if hint and not page.pictures:
                hint = replace(hint, editor=_FEWER if is_firm else Message("增写。", "Add copy."))
            yield Finding(
                check.id, check.severity,
                Message(f"稿件太少：{chain.called} 有 {len(group)} 栏，每栏只有 {span} 行",
                        f"too little copy: {len(group)} columns of {chain.called} hold {span} lines each"),
                first.place, hint, page.page_no, {"columns": len(group), "lines": max(lines)},
                boxes=tuple(frames[number].box.rounded(2) for number in group), flows=chain.flows,
                elements=tuple(frames[number].id for number in group),
            )  # fmt: skip


def _side_by_side(frames: Sequence[Frame], row: float) -> Iterator[list[int]]:
    """The columns of one band whose heads are level, by their numbers."""
    group: list[int] = []
    for number, frame in enumerate(frames):
        if group and not _level(frames[group[-1]], frame, row):
            yield group
            group = []
        if elastic(frame):
            group.append(number)
    if group:
        yield group


def _level(one: Frame, other: Frame, row: float) -> bool:
    return one.band == other.band and elastic(other) and abs(one.box.y - other.box.y) < _ROW_APART * row
