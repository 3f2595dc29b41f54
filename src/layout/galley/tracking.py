"""Tracks whole paragraphs a few thousandths of an em, so that they come out a line shorter or longer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.flows import Chain, Flow
from layout.galley import costs
from layout.galley.columns import Need, Needs
from layout.galley.css_to_setting import share
from layout.galley.measures import measure_of
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import TRACKING_STEP, Setter
from layout.galley.pour import overset
from layout.manuscript.model import Paragraph
from layout.page.frames import Frame, MeasuredPage

_MOST = 6
"""Lines of a chain that tracking may take back or add."""

TrackingChange = tuple[float, tuple[Flow, int], float]
"""What it costs, to which paragraph, how much."""


@dataclass
class Tracking:
    """The tracking of chains whose frames have one measure, within the limits of the design."""

    setter: Setter
    ways: tuple[int, ...] = (-1, 1)
    """Whether copy may come out shorter (-1), longer (1)."""
    _found: dict[Chain, dict[int, list[TrackingChange]]] = field(default_factory=dict)

    @staticmethod
    def allowed(chain: TextChain) -> bool:
        """Whether the design lets any paragraph of the chain be tracked."""
        kinds = {paragraph.kind for _, _, paragraph in chain.items() if paragraph.table is None}
        return any(share(chain.type.of(kind), "tracking-limit", 0.0) > 0 for kind in kinds)

    @classmethod
    def promises(cls, chains: Mapping[Chain, TextChain], galleys: Mapping[Chain, Galley]) -> bool:
        """Whether some chain may be tracked, and none is so far over that tracking could not save the page.

        A paragraph gives back a line at most: half of that is all that can be hoped for.
        """
        for name, chain in chains.items():
            most = min(_MOST, 1 + sum(1 for _ in chain.items()) // 2) if cls.allowed(chain) else 0
            if not chain.turns and len(overset(galleys[name])) > most:
                return False
        return any(cls.allowed(chain) for chain in chains.values())

    def extra(self, chain: TextChain, frames: Sequence[Frame]) -> dict[int, float]:
        """Lines fewer (negative) or more than without tracking, and what that costs."""
        if not self.allowed(chain) or len({round(frame.box.width, 3) for frame in frames}) > 1:
            return {0: 0.0}
        found = self._changes(chain, frames[0].box.width)
        table = {0: 0.0}
        for way in self.ways:
            for count in range(1, min(_MOST, len(found[way])) + 1):
                table[way * count] = sum(cost for cost, _, _ in found[way][:count])
        return table

    def shorter(self, chain: TextChain, width: float, lines: int) -> TextChain | None:
        """*chain* in frames of *width*, tracked so that it takes so many *lines* fewer; None where it cannot."""
        if not self.allowed(chain) or len(self._changes(chain, width)[-1]) < lines:
            return None
        return self._tracked(chain, -lines)

    def chosen(
        self, page: MeasuredPage, chains: Mapping[Chain, TextChain], needs: Needs
    ) -> Iterator[tuple[Chain, TextChain]]:
        """The chains, tracked so that they come to the lines that fill the page's frames best."""
        for name, frames in page.chains().items():
            tables = [(band, chain_needs[name]) for band, chain_needs in needs.items() if name in chain_needs]
            band, need = next((item for item in tables if len(item[1].lines) > 1), ("", Need({})))
            if not band:
                yield name, chains[name]
                continue
            room = sum(need.room(f.id, f.box.height / page.row) for f in frames if f.band == band)
            plain = next(lines for lines, cost in need.lines.items() if cost == 0)
            yield name, self._tracked(chains[name], need.best(room)[1] - plain)

    def _tracked(self, chain: TextChain, more: int) -> TextChain:
        way = -1 if more < 0 else 1
        changes = self._found[chain.name][way][: abs(more)]
        return replace(chain, tracking={key: amount for _, key, amount in changes})

    def _changes(self, chain: TextChain, width: float) -> dict[int, list[TrackingChange]]:
        """Per way (a line fewer, a line more) the paragraphs that can, the cheapest first."""
        if chain.name not in self._found:
            found: dict[int, list[TrackingChange]] = {-1: [], 1: []}
            for flow, number, paragraph in chain.items():
                if paragraph.table is not None:
                    continue
                for way, amount in self._paragraph(chain, paragraph, width):
                    found[way].append((costs.TRACKING * (amount * 1000) ** 2, (flow, number), amount))
            self._found[chain.name] = {way: sorted(changes) for way, changes in found.items()}
        return self._found[chain.name]

    def _paragraph(self, chain: TextChain, paragraph: Paragraph, width: float) -> Iterator[tuple[int, float]]:
        type_ = chain.type.of(paragraph.kind)
        limit = share(type_, "tracking-limit", 0.0)
        if limit <= 0:
            return
        measure = measure_of(type_, width)
        plain = self.setter.set(paragraph, type_, measure)

        def changed(steps: int, way: int) -> int:
            """By how many lines in its *way* the paragraph comes out otherwise."""
            tried = self.setter.set(paragraph, type_, measure, way * steps * TRACKING_STEP)
            return way * (len(tried.lines) - len(plain.lines))

        most = int(limit / TRACKING_STEP + 1e-6)
        for way in self.ways:
            if changed(most, way) < 1:  # so it is with most paragraphs: one setting tells, and not four
                continue
            least = bisect_left(range(1, most + 1), 1, key=lambda steps, way=way: changed(steps, way)) + 1  # type: ignore[misc]
            for steps in range(least, most + 1):
                tried = self.setter.set(paragraph, type_, measure, way * steps * TRACKING_STEP)
                if changed(steps, way) == 1 and len(tried.remarks) <= len(plain.remarks):
                    yield way, way * steps * TRACKING_STEP
                    break
