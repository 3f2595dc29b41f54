"""Tells of the few lines that stay empty below the end of running text: too few to make a page underset, and seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.checks import Finding, room_checks
from layout.errors import Message
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic
from layout.galley.measures import is_running
from layout.galley.model import Galley
from layout.galley.slots import Slot
from layout.manuscript.flow_names import stands_alone
from layout.page.frames import Frame, MeasuredPage

_OF_COLUMNS, _OF_A_FRAME = 2, 3
"""Lines that are told. One at the end of columns is what copyfit lets pass (``costs.SHORT_LINE``); a frame by itself is
as high as its copy at its longest, and a line or two less is what that is for. Of several frames whose heights the CSS
fixes, no other check tells what stays empty."""
_HOLE = 1800 * (72 / 25.4) ** 2
"""Square points: from here on white is looked at as a hole (``page.hole``)."""


def short_feet(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> Iterator[Finding]:
    """``page.short_foot``: a last column that ends some lines above the others, a frame that its copy does not fill.

    More than ``costs.TOLERATED`` lines of a band's columns are ``page.underset``.
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
        end = galley.lines[-1]
        zh, en = "末栏还空", "above the foot of its last column"
        if galley.below:
            zh, en = "各栏脚共空", "short, over all of its columns"
        elif len(frames) == 1:
            zh, en = "框里还空", "above the foot of its frame"
        yield Finding(
            check.id, check.severity,
            Message(f"{chain.called} 排完，{zh} {lines} 行", f"{chain.called} ends {lines} lines {en}"),
            end.place, check.hint(), page.page_no,
            {"lines": lines}, flows=chain.flows,
        )  # fmt: skip


def _is_told(frames: Sequence[Frame], empty: Sequence[Slot], leading: float) -> bool:
    if any(elastic(frame) for frame in frames):
        return _OF_COLUMNS <= len(empty) <= costs.TOLERATED
    own = ([slot.length for slot in empty if slot.frame == number] for number in range(len(frames)))
    most = max(sum(lengths) for lengths in own) * leading
    return len(empty) >= (_OF_COLUMNS if len(frames) > 1 else _OF_A_FRAME) and most < _HOLE


def _is_copy(galley: Galley) -> bool:
    """Whether it is running text, of more than a line: no headline and no caption."""
    return is_running(galley.type) and len(galley.lines) > 1 and not stands_alone(galley.chain.flows[-1])
