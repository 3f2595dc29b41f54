"""Copyfit, start to end: try the page, choose, pour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.copyfit import crop_limits
from layout.copyfit.checks import heading_checks
from layout.copyfit.checks.fullness import fullness_findings
from layout.copyfit.checks.legibility import standing_findings
from layout.copyfit.model import ComposedPage, FittedPage, Share
from layout.copyfit.search.converge import with_types
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.engine.engine import Sheet
from layout.fontbook import Fontbook
from layout.galley import search_budget
from layout.galley.galley import Galley, set_chain
from layout.galley.line_demand import elastic
from layout.galley.overset import rest_of, unset_of
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import pour
from layout.galley.slots import slots_of
from layout.manuscript.model import Text
from layout.page.frames import Frame, MeasuredPage


def fit_page(
    sheet: Sheet, page_no: int, texts: Iterable[Text], fontbook: Fontbook, protected: Sequence[str] = ()
) -> FittedPage:
    """Decides every height of the page. The heights are written into *sheet*, ready for the last layout.

    *texts* come in reading order, which becomes the order of the page's text in the PDF.

    Raises ``TemplateError`` when a text of the page has no frame, or a frame no text; ``FontError`` for characters
    that no face has.
    """
    copy = Copy({text.flow: text for text in texts})
    setter = Setter(fontbook, tuple(protected))
    return fit_variants({sheet.template.stem: sheet}, page_no, copy, setter)[1]


def pour_page(page: MeasuredPage, fitted: FittedPage) -> ComposedPage:
    """Pours the copy into the finished geometry, and checks that the page is exactly full."""
    page = with_types(page, fitted.types)
    frames = page.chains()
    galleys = {
        flow: set_chain(chain, slots_of(page, frames[flow]), fitted.setter, frames[flow][0].box.width)
        for flow, chain in fitted.chains.items()
    }
    findings = [finding for galley in galleys.values() for finding in galley.findings]
    turning = {flow for flow, chain in fitted.chains.items() if chain.turns}
    findings += fullness_findings(page, galleys, fitted.fit, turning, fitted.remedies)
    findings += [*heading_checks.findings(page, galleys), *crop_limits.findings(page.page_no, fitted.pictures)]
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
        remedies=fitted.remedies,
        rest=rest_of(galleys, fitted.chains),
        unset=unset_of(galleys, fitted.chains),
        shares={flow: _share(page, fitted, galley, frames[flow]) for flow, galley in galleys.items()},
    )


def _share(page: MeasuredPage, fitted: FittedPage, galley: Galley, frames: Sequence[Frame]) -> Share:
    """Rows that stay empty at the page's foot would hold lines too: one for every column of the chain's last band."""
    columns = sum(1 for frame in frames if elastic(frame) and frame.band == frames[-1].band)
    room = len(galley.slots) + columns * max(0, round(fitted.fit.spare_rows * page.row / galley.type.leading))
    measure = min((slot.length for slot in galley.slots), default=0.0)
    turns = fitted.chains[galley.flow].turns
    return Share(len(galley.slots), 0 if turns and galley.used >= room else room - galley.used, measure, turns)
