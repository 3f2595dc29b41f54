"""What of a lede finds no room in its frame goes on as body, in the frames in which the story goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.line_demand import elastic
from layout.galley.measures import measure_of
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import overset
from layout.galley.slots import slots_of
from layout.manuscript.cutting import after
from layout.manuscript.model import Text
from layout.manuscript.story_parts import story_flow
from layout.page.frames import Frame, MeasuredPage

_LEDE = "lede"


def going_on(texts: Mapping[Flow, Text]) -> dict[Flow, Flow]:
    """By the flow of each lede the text in whose frames its rest would go on: the next of its story's running text."""
    running = [flow for flow in texts if (found := story_flow(flow)) is not None and found.part.is_running]
    pairs = ((one, other) for one, other in pairwise(running) if one.story == other.story)
    return {one: other for one, other in pairs if one.part == _LEDE}


def with_lede_rest(
    page: MeasuredPage, chains: Mapping[Chain, TextChain], texts: Mapping[Flow, Text], setter: Setter
) -> dict[Chain, TextChain]:
    """The chains that change: of each lede that its frame on *page* does not hold, and of the text that follows it.

    The lede keeps the lines that its frame has; the rest, from that line on, is the first copy of the other chain, in
    its type. Nothing changes where the frame's height is still to be decided, or where the text that follows
    stands in no running columns: a heading in a frame of its own.
    """
    changed: dict[Chain, TextChain] = {}
    frames, following = page.chains(), going_on(texts)
    for name, chain in chains.items():
        lede = name.flows[-1] if name.flows else None
        target = _target(chains, following.get(lede)) if lede in following else None
        if lede is None or target is None or any(map(elastic, frames[name])):
            continue
        galley = set_chain(chain, slots_of(page, frames[name]), setter, frames[name][0].box.width)
        lines = len(galley.lines) - len(overset(galley))
        if lines == len(galley.lines) or galley.lines[lines].flow != lede:
            continue
        text = texts[lede]
        lines = _stopping(galley, text, lines, frames[target])
        first = galley.lines[lines]
        rest = after(text, first.paragraph, first.line.start)
        rest = replace(rest, paragraphs=tuple(replace(each, kind="body") for each in rest.paragraphs))
        into = changed.get(target, chains[target])
        changed[name] = replace(chain, stop=lines)
        changed[target] = replace(into, texts=(rest, *into.texts), resumed=first.line.start > 0, begins=first.paragraph)
    return changed


def _target(chains: Mapping[Chain, TextChain], flow: Flow | None) -> Chain | None:
    """The chain that begins with the text *flow*, and holds more than a heading."""
    for name, chain in chains.items():
        if chain.texts and chain.texts[0].flow == flow and any(each.sub is None for each in name.flows):
            return name
    return None


def _stopping(galley: Galley, text: Text, lines: int, columns: Sequence[Frame]) -> int:
    """How many of *lines* the lede keeps: so many that more than one line of the *columns* is left of its paragraph."""
    measure = measure_of(columns[0].type, columns[0].box.width)
    while lines > 1:
        first = galley.lines[lines]
        left = len(text.paragraphs[first.paragraph].text) - first.line.start
        if first.line.start == 0 or left > measure:
            break
        lines -= 1
    return lines
