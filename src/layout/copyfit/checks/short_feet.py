"""Tells of the few lines that stay empty below the end of running text: too few to make a page underset, and seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from layout.checks import Finding, room_checks
from layout.copyfit.white_feet import HOLE
from layout.errors import Message
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic
from layout.galley.measures import is_running, measure_of
from layout.galley.model import Galley
from layout.galley.slots import Slot
from layout.manuscript.flow_names import stands_alone
from layout.page.frames import Frame, MeasuredPage

_OF_COLUMNS, _OF_A_FRAME = 2, 3
"""Lines that are told. One at the end of columns is what copyfit lets pass (``costs.SHORT_LINE``); a frame by itself is
as high as its copy at its longest, and a line or two less is what that is for. Of several frames whose heights the CSS
fixes, no other check tells what stays empty."""


def short_feet(page: MeasuredPage, galleys: Mapping[Chain, Galley], firm: Container[str] = ()) -> Iterator[Finding]:
    """``page.short_foot``: a last column that ends some lines above the others, a frame that its copy does not fill.

    More than ``costs.TOLERATED`` lines of a band's columns are ``page.underset``. Nobody is told to add to *firm*
    stories.
    """
    check = room_checks("copyfit")["page.short_foot"]
    for chain, frames in page.chains().items():
        galley = galleys[chain]
        empty = galley.wanting
        lines = len(empty)
        if not _is_told(frames, empty, galley.type.leading) or not _is_copy(galley):
            continue
        options = frames[-1].type.options
        if options.get("hole") == "free" or options.get("valign", "top") != "top":  # the design wants the white
            continue
        zh, en = _where(galley, len(frames))
        is_firm = all(flow.story in firm for flow in chain.flows)
        hint = check.hint(firm=is_firm)
        if hint and not is_firm:
            hint = replace(hint, editor=_to_add(galley))
        yield Finding(
            check.id, check.severity,
            Message(f"{chain.called} 排完，{zh} {lines} 行", f"{chain.called} ends {lines} lines {en}"),
            galley.lines[-1].place, hint, page.page_no,
            {"lines": lines}, flows=chain.flows,
            elements=tuple(frames[number].id for number in sorted({slot.frame for slot in empty})),
        )  # fmt: skip


def _where(galley: Galley, frames: int) -> tuple[str, str]:
    """Where its lines are wanting: in which of its columns, counted as they are read."""
    rows = Counter(slot.frame + 1 for slot in galley.wanting)
    if frames == 1:
        return "框里还空", "above the foot of its frame"
    if len(rows) == 1:
        return f"末栏（第 {max(rows)} 栏）还空", f"above the foot of its last column (column {max(rows)})"
    zh = "、".join(f"第 {column} 栏 {count} 行" for column, count in sorted(rows.items()))
    en = ", ".join(f"column {column}: {count}" for column, count in sorted(rows.items()))
    return f"栏脚（{zh}）共空", f"short, over all of its columns ({en})"


def _to_add(galley: Galley) -> Message:
    """How much would fill them."""
    count = int(sum(measure_of(galley.type, slot.length) for slot in galley.wanting))
    lines = len(galley.wanting)
    return Message(f"增写 {lines} 行（约 {count} 字）。", f"Add {lines} lines (some {count} characters).")


def _is_told(frames: Sequence[Frame], empty: Sequence[Slot], leading: float) -> bool:
    if any(elastic(frame) for frame in frames):
        return _OF_COLUMNS <= len(empty) <= costs.TOLERATED
    own = ([slot.length for slot in empty if slot.frame == number] for number in range(len(frames)))
    most = max(sum(lengths) for lengths in own) * leading
    return len(empty) >= (_OF_COLUMNS if len(frames) > 1 else _OF_A_FRAME) and most < HOLE


def _is_copy(galley: Galley) -> bool:
    """Whether it is running text, of more than a line: no headline and no caption."""
    return is_running(galley.type) and len(galley.lines) > 1 and not stands_alone(galley.chain.flows[-1])
