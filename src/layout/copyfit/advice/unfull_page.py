"""A page that is not full, and how it comes out when something of it is changed: what advice is tried on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layout.copyfit.search.converge import Fitting, SettledPage
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic, first_slots
from layout.galley.model import TextChain
from layout.galley.pour import overset
from layout.galley.slots import slots_of
from layout.page.frames import MeasuredPage


@dataclass(frozen=True, slots=True)
class UnfullPage:
    """A page that is not full."""

    fitting: Fitting
    page: MeasuredPage
    """With the heights it has come to."""
    made: SettledPage

    def mended(self, chain: Chain, other: SettledPage | None) -> bool:
        """Whether *other* gives the chain the room it needs and no more, and leaves everything else as good as it was.

        A page has several chains, and what is wrong with one is not mended by what mends another.
        """
        if other is None or overset_lines(other, chain) or self.holes(other, chain):
            return False
        if other.fit.spare_rows < 0 or (other.fit.spare_rows > 0 and not overset_lines(self.made, chain)):
            return False
        others = [name for name in other.galleys if name != chain]
        return other.fit.spare_rows <= max(0.0, self.made.fit.spare_rows) and all(
            overset_lines(other, name) <= overset_lines(self.made, name)
            and self.holes(other, name) <= self.holes(self.made, name)
            for name in others
        )

    def holes(self, made: SettledPage, chain: Chain) -> int:
        """Lines that the chain leaves empty at its end beyond those that are tolerated."""
        galley, frames = made.galleys[chain], self.page.chains()[chain]
        count = len(galley.slots) - galley.used - costs.TOLERATED
        return max(0, count) if any(elastic(frame) for frame in frames) else 0


def overset_lines(made: SettledPage, chain: Chain) -> int:
    """Lines of the chain that have no place."""
    return 0 if made.chains[chain].turns else len(overset(made.galleys[chain]))


def set_anew(fitting: Fitting, chains: Mapping[Chain, TextChain]) -> SettledPage | None:
    """The page with other copy, or other limits; None where enough has been tried."""
    if not fitting.budget.goes_on():
        return None
    page, galleys = fitting.page, {}
    for chain, frames in page.chains().items():
        slots = first_slots(frames, slots_of(page, frames))
        galleys[chain] = fitting.set(chains[chain], slots, frames[0].box.width)
    return fitting.rounds(chains, galleys)
