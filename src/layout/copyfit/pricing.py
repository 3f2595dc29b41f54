"""What a page costs, part by part: the reasons behind a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layout.copyfit import costs
from layout.copyfit.galley import Chain, Galley
from layout.copyfit.model import Concession, Fit, Price
from layout.copyfit.needs import elastic
from layout.copyfit.pour import overset
from layout.page.frames import MeasuredPage


def prices_of(
    page: MeasuredPage, galleys: Mapping[str, Galley], chains: Mapping[str, Chain], fit: Fit
) -> tuple[Price, ...]:
    """Everything a page costs; what costs nothing is left out."""
    prices = [*_room(page, galleys, chains, fit), *_heights(fit), *_tracking(galleys), *_lines(galleys)]
    return tuple(Price(price.what, round(price.cost, 3)) for price in prices if price.cost > 5e-4)


def tracked(galleys: Mapping[str, Galley]) -> Iterator[Concession]:
    """The paragraphs that were set closer or wider, in thousandths of an em."""
    for galley in galleys.values():
        for (flow, number), amount in sorted(galley.tracking.items()):
            cost = costs.TRACKING * (amount * 1000) ** 2
            yield Concession(f"tracking {flow} ¶{number + 1}", 0.0, round(amount * 1000, 1), cost, "em/1000")


def _room(page: MeasuredPage, galleys: Mapping[str, Galley], chains: Mapping[str, Chain], fit: Fit) -> Iterator[Price]:
    frames = page.chains()
    for flow, galley in galleys.items():
        over = len(overset(galley))
        yield Price(f"overset {flow}", 0.0 if chains[flow].turns else costs.OVERSET * over)
        if not over and any(elastic(frame) for frame in frames[flow]):
            yield Price(f"short {flow}", costs.shortage(len(galley.slots) - galley.used))
    yield Price("empty rows", costs.EMPTY_ROW * max(0.0, fit.spare_rows))
    yield Price("rows too many", costs.OVERSET * max(0.0, -fit.spare_rows))


def _heights(fit: Fit) -> Iterator[Price]:
    for concession in fit.concessions:
        yield Price(f"{concession.what} {concession.wanted:g}→{concession.got:g}", concession.cost)


def _tracking(galleys: Mapping[str, Galley]) -> Iterator[Price]:
    for concession in tracked(galleys):
        yield Price(f"{concession.what} {concession.got:+g}", concession.cost)


def _lines(galleys: Mapping[str, Galley]) -> Iterator[Price]:
    for galley in galleys.values():
        kinds = [finding.check.removeprefix("line.") for finding in galley.findings]
        for kind in sorted(set(kinds)):
            yield Price(f"{kind} {galley.flow} ×{kinds.count(kind)}", costs.REMARK.get(kind, 0.0) * kinds.count(kind))
