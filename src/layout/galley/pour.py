"""Set lines put where their slots are on the page, every baseline on the grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from layout.flows import Chain, Flow
from layout.galley.galley import Galley, GalleyLine
from layout.page.frames import Frame, MeasuredPage, SetLine

_ASCENT = 0.88
"""Every prepared face stands 0.88 em above its baseline and 0.12 em below (fonts/FONTS.toml)."""


def pour(page: MeasuredPage, galleys: Mapping[Chain, Galley], order: Sequence[Flow]) -> list[SetLine]:
    """Every galley's lines in their places, flow after flow in *order*, which is the reading order.

    Lines without a slot are left out: they are overset.
    """
    chains = page.chains()
    placed: dict[Flow, list[SetLine]] = {}
    for chain, galley in galleys.items():
        for line in _placed(chains[chain], galley):
            placed.setdefault(line.flow, []).append(line)
    return [line for flow in order for line in placed.get(flow, ())]


def overset(galley: Galley) -> list[GalleyLine]:
    """The lines that found no slot."""
    return [line for line in galley.lines if line.slot >= len(galley.slots)]


def _placed(frames: Sequence[Frame], galley: Galley) -> Iterator[SetLine]:
    standing = [line for line in galley.lines if line.slot < len(galley.slots)]
    for number, group in groupby(standing, key=lambda line: galley.slots[line.slot].frame):
        lines = list(group)
        frame = frames[number]
        shift = _shift(frame, lines)
        for line in lines:
            yield _set(line, galley, frame, shift)


def _shift(frame: Frame, lines: Sequence[GalleyLine]) -> float:
    """How far the lines are moved because the frame wants them in its middle or at its foot (``--valign``)."""
    share = {"center": 0.5, "bottom": 1.0}.get(frame.type.options.get("valign", "top"), 0.0)
    if not share:
        return 0.0
    rows = len({line.slot for line in lines})
    room = frame.box.width if frame.type.vertical else frame.box.height
    return share * max(0.0, room - rows * frame.type.leading)


def _set(line: GalleyLine, galley: Galley, frame: Frame, shift: float) -> SetLine:
    slot = galley.slots[line.slot]
    type_ = line.type if line.type is not galley.type else frame.type
    x, baseline = slot.x + line.inset, slot.top + shift
    if frame.type.vertical:
        x, baseline = slot.x - shift, slot.top
    elif line.drop is None:
        # Paragraphs of another size stand on the baselines of the frame's own.
        baseline += (frame.type.leading - frame.type.size) / 2 + _ASCENT * frame.type.size
    else:
        baseline += line.drop + (line.type.leading - line.type.size) / 2 + _ASCENT * line.type.size
    return SetLine(line.line, type_, frame.id, line.flow, line.paragraph, x, baseline, frame.type.vertical)
