"""Pours the copy into the geometry that was chosen, and checks the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from layout.copyfit import crop_limits, silhouettes
from layout.copyfit.checks import heading_checks
from layout.copyfit.checks.fullness import fullness_findings
from layout.copyfit.checks.legibility import standing_findings
from layout.copyfit.checks.short_feet import short_feet
from layout.copyfit.checks.thin_columns import thin_columns
from layout.copyfit.model import ComposedPage, FittedPage, Share
from layout.copyfit.pixel_limits import kept_small
from layout.copyfit.search.converge import with_types
from layout.galley import search_budget
from layout.galley.level_feet import set_level
from layout.galley.line_demand import elastic
from layout.galley.measures import measure_of
from layout.galley.model import Galley
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import boxes, overset, pour, rest_of, unset_of
from layout.galley.slots import slots_of
from layout.manuscript.flow_names import stands_alone
from layout.page.frames import Frame, MeasuredPage


def pour_page(page: MeasuredPage, fitted: FittedPage, setter: Setter) -> ComposedPage:
    """Pours the copy into the finished geometry of *page*, and checks that the page is exactly full.

    *setter* is the one that the page was fitted with: it remembers the paragraphs.
    """
    page = silhouettes.with_silhouettes(with_types(page, fitted.types), fitted.originals)
    frames = page.chains()
    galleys = {
        name: set_level(chain, frames[name], slots_of(page, frames[name]), setter)
        for name, chain in fitted.chains.items()
    }
    # Of a caption or a folio that is overset that is told; how its lines are broken does not matter then.
    told = (galley for galley in galleys.values() if not (stands_alone(galley.chain.flows[-1]) and overset(galley)))
    findings = [
        finding
        for galley in told
        for finding in galley.findings
        if finding.check != "line.too_long" or not overset(galley)  # then page.overset says how much has no place
    ]
    turning = {name for name, chain in fitted.chains.items() if chain.turns}
    firm = {flow.story for chain in fitted.chains.values() for flow, _, own in chain.items() if own.firm}
    small = kept_small(fitted.boxes, page.row, fitted.originals, fitted.fit.heights)
    fullness = partial(fullness_findings, page, galleys, fitted.fit, turning, firm=firm, small=small)
    suggestions = fitted.advice() if fullness(suggestions=()) else ()  # trying takes long: only what is told is tried
    findings += fullness(suggestions=suggestions)
    findings += [*heading_checks.findings(page, galleys, firm), *crop_limits.findings(page.page_no, fitted.pictures)]
    findings += [
        *short_feet(page, galleys, firm),
        *thin_columns(page, galleys, firm),
        *silhouettes.findings(page, fitted.originals),
    ]
    lines = tuple(pour(page, galleys, fitted.order))
    findings += [*standing_findings(page, lines), *search_budget.findings(fitted.stopped)]
    return ComposedPage(
        page=page,
        lines=lines,
        concessions=fitted.concessions,
        findings=tuple(replace(finding, page_no=page.page_no) for finding in findings),
        scores=fitted.scores,
        left_out=fitted.left_out,
        pictures=fitted.pictures,
        suggestions=suggestions,
        rest=rest_of(galleys, fitted.chains),
        unset={**unset_of(galleys, fitted.chains), **(fitted.draft.lost if fitted.draft else {})},
        shares={chain: _share(page, fitted, galley, frames[chain]) for chain, galley in galleys.items()},
        apart=fitted.apart,
        boxes=boxes(page, galleys),
        repeated=tuple(text for galley in galleys.values() for text in galley.repeated),
    )


def _share(page: MeasuredPage, fitted: FittedPage, galley: Galley, frames: Sequence[Frame]) -> Share:
    """Rows that stay empty at the page's foot would hold lines too: one for every column of the chain's last band."""
    columns = sum(1 for frame in frames if elastic(frame) and frame.band == frames[-1].band)
    held = len(galley.slots) + len(galley.below)
    room = held + columns * max(0, round(fitted.fit.spare_rows * page.row / galley.type.leading))
    type_ = galley.type
    measure = min((measure_of(type_, slot.length) * type_.size for slot in galley.slots), default=0.0)
    turns, over = fitted.chains[galley.chain].turns, len(overset(galley))
    spare = 0 if turns and galley.used >= room else room - galley.used
    return Share(held, spare, measure, turns, len(galley.lines) - over, over)
