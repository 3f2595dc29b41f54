"""Reckons the lines that the chains of a page need in its bands, from how their copy ran."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.flows import Chain
from layout.galley.columns import Need, Needs
from layout.galley.model import Galley, TextChain
from layout.galley.slots import Slot, capacity
from layout.galley.tracking import Tracking
from layout.page.frames import Frame, MeasuredPage


def first_slots(frames: Sequence[Frame], slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The slots of a chain before its heights are known: none where copyfit decides them, so that nothing ends."""
    return () if any(elastic(frame) for frame in frames) else slots


def elastic(frame: Frame) -> bool:
    """Whether copyfit decides the frame's height."""
    return frame.height_by == "rest"


def gives_way(frames: Sequence[Frame]) -> bool:
    """Whether copy in *frames* that is shorter leaves room to others: their heights follow it."""
    return any(frame.height_by != "css" for frame in frames)


def needs_of(
    page: MeasuredPage,
    chains: Mapping[Chain, TextChain],
    galleys: Mapping[Chain, Galley],
    tracking: Tracking | None,
    *,
    first: bool = False,
) -> Needs:
    """Per band and chain, the lines its frames there must hold. *first*: the heights of *page* mean nothing yet."""
    needs: dict[str, dict[Chain, Need]] = {}
    for name, frames in page.chains().items():
        own = [frame for frame in frames if elastic(frame)]
        outside = sum(capacity(page, frame) for frame in frames if not elastic(frame))
        hold = chains[name].hold
        used = max(0, (galleys[name].used if hold is None else min(hold, galleys[name].used)) - outside)
        loss = {} if first else dict(_losses(page, frames, galleys[name].slots))
        extra = {0: 0.0} if tracking is None else tracking.extra(chains[name], frames)
        leading = chains[name].type.leading / page.row
        for band, lines in _shares(page, own, used, loss, first=first):
            table = (
                {}
                if lines is None or (chains[name].turns and hold is None)
                else {max(0, lines + more): cost for more, cost in extra.items()}
            )
            needs.setdefault(band, {})[name] = Need(table, leading, loss)
    return needs


def _shares(
    page: MeasuredPage, frames: Sequence[Frame], used: int, loss: Mapping[str, int], *, first: bool
) -> Iterator[tuple[str, int | None]]:
    """What each band has to hold of *used* lines; None for any number.

    A chain that runs through several bands is shared out by their columns at first; then the last band takes what the
    room of those before it leaves.
    """
    bands = list(dict.fromkeys(frame.band for frame in frames if frame.band is not None))
    for number, band in enumerate(bands):
        columns = [frame for frame in frames if frame.band == band]
        last = number == len(bands) - 1
        if len(bands) > 1 and first:
            yield band, round(used * len(columns) / len(frames))
        elif not last:
            yield band, None
        else:
            before = [frame for frame in frames if frame.band != band]
            yield band, max(0, used - sum(capacity(page, frame) - loss.get(frame.id, 0) for frame in before))


def _losses(page: MeasuredPage, frames: Sequence[Frame], slots: Sequence[Slot]) -> Iterator[tuple[str, int]]:
    """Lines of each frame that something stands in the way of; below 0 where it has a line on either side of it."""
    for number, frame in enumerate(frames):
        lost = capacity(page, frame) - sum(1 for slot in slots if slot.frame == number)
        if lost:
            yield frame.id, lost


def key_of(needs: Needs) -> object:
    """What makes two needs the same."""
    return tuple(
        (band, name, tuple(need.lines.items()), tuple(need.loss.items()))
        for band, chains in sorted(needs.items())
        for name, need in sorted(chains.items())
    )
