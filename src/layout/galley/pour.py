"""Places set lines at their slots on the page, every baseline on the grid, and cuts off the copy that has no slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from layout.flows import Chain, Flow
from layout.galley.model import Galley, GalleyLine, TextChain
from layout.manuscript.cutting import after
from layout.manuscript.model import Text
from layout.page.frames import Frame, MeasuredPage, SetLine
from layout.page.table_style import InkedBox

_ASCENT = 0.88
"""Every prepared face stands 0.88 em above its baseline and 0.12 em below (fonts/FONTS.toml)."""


def pour(page: MeasuredPage, galleys: Mapping[Chain, Galley], order: Sequence[Flow]) -> list[SetLine]:
    """Every galley's lines in their places, flow after flow in *order*, which is the reading order.

    Lines without a slot are left out: they are overset.
    """
    chains = page.chains()
    placed: dict[tuple[Flow, bool], list[SetLine]] = {}
    for chain, galley in galleys.items():
        for line in _placed(chains[chain], galley):
            # The rest of a lede stands in frames that do not ask for it, which may come first in the HTML.
            placed.setdefault((line.flow, line.flow not in chain.flows), []).append(line)
    return [line for flow in order for rest in (False, True) for line in placed.get((flow, rest), ())]


def boxes(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> tuple[InkedBox, ...]:
    """The tints and rules of every galley's tables in their places. Those without a slot are left out."""
    chains = page.chains()
    return tuple(box for chain, galley in galleys.items() for box in _boxes(chains[chain], galley))


def _boxes(frames: Sequence[Frame], galley: Galley) -> Iterator[InkedBox]:
    shifts = {number: _shift(frames[number], galley, number) for number, _ in _by_frame(galley)}
    for each in galley.boxes:
        if each.slot < len(galley.slots):
            slot = galley.slots[each.slot]
            box = each.inked.box.moved(slot.x, slot.top + shifts.get(slot.frame, 0.0))
            yield replace(each.inked, box=box, turn=frames[slot.frame].turn)


def _by_frame(galley: Galley) -> Iterator[tuple[int, list[GalleyLine]]]:
    """The lines that stand, by the number of their frame."""
    standing = [line for line in galley.lines if line.slot < len(galley.slots)]
    for number, group in groupby(standing, key=lambda line: galley.slots[line.slot].frame):
        yield number, list(group)


def overset(galley: Galley) -> list[GalleyLine]:
    """The lines that found no slot."""
    return [line for line in galley.lines if line.slot >= len(galley.slots)]


def _placed(frames: Sequence[Frame], galley: Galley) -> Iterator[SetLine]:
    for number, lines in _by_frame(galley):
        frame = frames[number]
        shift = _shift(frame, galley, number)
        for line in lines:
            yield _set(line, galley, frame, shift)


def _shift(frame: Frame, galley: Galley, number: int) -> float:
    """How far the lines are moved because the frame wants them in its middle or at its foot (``--valign``)."""
    share = {"center": 0.5, "bottom": 1.0}.get(frame.type.options.get("valign", "top"), 0.0)
    if not share:
        return 0.0
    room = frame.box.width if frame.type.vertical else frame.box.height
    return share * max(0.0, room - _height(frame, galley, number))


def _height(frame: Frame, galley: Galley, number: int) -> float:
    """How much of frame *number* the copy takes, from its head on: all its rows, of which lines stand only on some
    where headings or tables take them."""
    leading, empty = frame.type.leading, set(galley.empty)
    taken = [k for k in range(min(galley.used, len(galley.slots))) if galley.slots[k].frame == number]
    last = max(k for k in taken if k not in empty)
    slot = galley.slots[last]
    begin = (
        frame.box.right - (leading + frame.type.size) / 2 - slot.x if frame.type.vertical else slot.top - frame.box.y
    )
    return (round(begin / leading) + 1) * leading - (galley.spare if last == galley.used - 1 else 0.0)


def _set(line: GalleyLine, galley: Galley, frame: Frame, shift: float) -> SetLine:
    slot = galley.slots[line.slot]
    type_ = line.type if line.type is not galley.type else frame.type
    x, baseline = slot.x + line.inset, slot.top + shift
    if frame.type.vertical:
        x, baseline = slot.x - shift, slot.top + line.inset
    elif line.drop is None:
        # Paragraphs of another size stand on the baselines of the frame's own.
        baseline += (frame.type.leading - frame.type.size) / 2 + _ASCENT * frame.type.size
    else:
        baseline += line.drop + (line.type.leading - line.type.size) / 2 + _ASCENT * line.type.size
    return SetLine(line.line, type_, frame.id, line.flow, line.paragraph, x, baseline, frame.type.vertical, frame.turn)


@dataclass(frozen=True, slots=True)
class Rest:
    """Copy turned over to a later page: by flow what is left of it, and the flows that were cut in mid-paragraph."""

    texts: Mapping[Flow, Text] = field(default_factory=dict)
    resumed: frozenset[Flow] = frozenset()


def rest_of(galleys: Mapping[Chain, Galley], chains: Mapping[Chain, TextChain]) -> Rest:
    """The rest of every chain that turns over."""
    return _left(galleys, {name: chain for name, chain in chains.items() if chain.turns})


def unset_of(galleys: Mapping[Chain, Galley], chains: Mapping[Chain, TextChain]) -> Mapping[Flow, Text]:
    """What stands nowhere: by flow what is overset of every chain that does not turn over."""
    return _left(galleys, {name: chain for name, chain in chains.items() if not chain.turns}).texts


def _left(galleys: Mapping[Chain, Galley], chains: Mapping[Chain, TextChain]) -> Rest:
    texts: dict[Flow, Text] = {}
    resumed: set[Flow] = set()
    for name, chain in chains.items():
        lines = overset(galleys[name])
        if not lines:
            continue
        first = lines[0]
        flows = [text.flow for text in chain.texts]
        place = flows.index(first.flow)
        for text in chain.texts[place:]:
            texts[text.flow] = text
        number = first.paragraph - (0 if place else chain.begins)
        texts[first.flow] = after(texts[first.flow], number, first.line.start)
        if first.line.start > 0:
            resumed.add(first.flow)
    return Rest(texts, frozenset(resumed))
