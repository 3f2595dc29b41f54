"""What has no place on a page: the copy from its first line without one on, turned over to a later page or overset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layout.flows import Chain, Flow
from layout.galley.galley import Galley, TextChain
from layout.galley.pour import overset
from layout.manuscript.cutting import after
from layout.manuscript.model import Text


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
        for text in chain.texts[flows.index(first.flow) :]:
            texts[text.flow] = text
        texts[first.flow] = after(texts[first.flow], first.paragraph, first.line.start)
        if first.line.start > 0:
            resumed.add(first.flow)
    return Rest(texts, frozenset(resumed))
