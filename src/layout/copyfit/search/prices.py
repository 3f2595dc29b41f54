"""Prices a page part by part: the reasons of its score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from layout.copyfit.checks.heading_checks import empty_lines, meetings
from layout.copyfit.scores import CountedLines, CutTable, MetHeadings, Price
from layout.copyfit.white_feet import white_feet
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic
from layout.galley.model import Galley, TextChain
from layout.galley.pour import overset
from layout.galley.row_fit import Concession, RowFit, TrackedParagraph
from layout.page.frames import MeasuredPage
from layout.pictures.crop import CroppedPicture


def prices_of(
    page: MeasuredPage, galleys: Mapping[Chain, Galley], chains: Mapping[Chain, TextChain], fit: RowFit
) -> tuple[Price, ...]:
    """Everything a page costs; what costs nothing is left out."""
    prices = [
        *_room(page, galleys, chains, fit), *_heights(fit), *_crops(page, fit), *_tracking(galleys), *_lines(galleys),
        *_blemishes(page, galleys),
    ]  # fmt: skip
    return tuple(replace(price, cost=round(price.cost, 3)) for price in prices if price.cost > 5e-4)


def crops(pictures: Mapping[str, CroppedPicture]) -> Iterator[Concession]:
    """The pictures of which more is cut away than the design's own height would cut, in per cent of the picture."""
    for each in (picture for picture in pictures.values() if picture.cropped_more):
        wanted, got = round(each.wanted.lost * 100, 1), round(each.view.lost * 100, 1)
        yield Concession("crop", each.picture, wanted, got, each.cost, "percent")


def without(pictures: Sequence[str]) -> Iterator[Concession]:
    """The pictures that are left out. What that costs is the price of the step, or of the variant."""
    for name in pictures:
        yield Concession("left out", name, 1, 0, 0.0, "picture")


def tracked(galleys: Mapping[Chain, Galley]) -> Iterator[Concession]:
    """The paragraphs that were set closer or wider, in thousandths of an em."""
    for galley in galleys.values():
        for (flow, number), amount in sorted(galley.tracking.items()):
            cost = costs.TRACKING * (amount * 1000) ** 2
            paragraph = TrackedParagraph(flow, number + 1)
            yield Concession("tracking", paragraph, 0.0, round(amount * 1000, 1), cost, "em/1000")


def _room(
    page: MeasuredPage, galleys: Mapping[Chain, Galley], chains: Mapping[Chain, TextChain], fit: RowFit
) -> Iterator[Price]:
    frames = page.chains()
    for chain, galley in galleys.items():
        over = len(overset(galley))
        yield Price("overset", chain, 0.0 if chains[chain].turns else costs.OVERSET * over)
        if not over and any(elastic(frame) for frame in frames[chain]):
            yield Price("short", chain, costs.shortage(len(galley.slots) - galley.used))
    yield Price("empty", None, costs.EMPTY_ROW * max(0.0, fit.spare_rows))
    yield Price("overset", None, costs.OVERSET * max(0.0, -fit.spare_rows))


def _heights(fit: RowFit) -> Iterator[Price]:
    for concession in fit.concessions:
        yield Price(concession.kind, concession, concession.cost)


def _crops(page: MeasuredPage, fit: RowFit) -> Iterator[Price]:
    for picture in page.pictures:
        rows = round(fit.heights.get(picture.id, 0.0) / page.row)
        yield Price("crop", picture.picture, picture.allowed.get(rows, 0.0))


def _blemishes(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> Iterator[Price]:
    for meeting in meetings(page, galleys):
        yield Price("blemish", MetHeadings(meeting.one, meeting.other), costs.LEVEL_HEADINGS)
    chains = page.chains()
    for chain, galley in galleys.items():
        count, white = empty_lines(galley), sum(1 for _ in white_feet(galley, chains[chain]))
        yield Price("blemish", CountedLines(chain, count), costs.EMPTY_LINE * count + costs.WHITE_FOOT * white)
        yield from _cuts(galley)


def _cuts(galley: Galley) -> Iterator[Price]:
    for finding in galley.findings:
        if finding.check == "table.cut":
            yield Price("blemish", CutTable(finding.flows[0]), costs.CUT_TABLE)


def _tracking(galleys: Mapping[Chain, Galley]) -> Iterator[Price]:
    for concession in tracked(galleys):
        yield Price("tracking", concession, concession.cost)


def _lines(galleys: Mapping[Chain, Galley]) -> Iterator[Price]:
    for galley in galleys.values():
        kinds = [finding.check.removeprefix("line.") for finding in galley.findings]
        for kind in sorted(set(kinds)):
            count = kinds.count(kind)
            yield Price("line", CountedLines(galley.chain, count, kind), costs.REMARK.get(kind, 0.0) * count)
