"""Copyfit, start to end: try the page, choose, pour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.copyfit.fullness import fill_findings, overset_findings
from layout.copyfit.galley import set_chain
from layout.copyfit.model import ComposedPage, FittedPage
from layout.copyfit.pour import pour
from layout.copyfit.rest import rest_of
from layout.copyfit.setter import Setter
from layout.copyfit.slots import slots_of
from layout.copyfit.trial import Copy, with_types
from layout.copyfit.variants import fit_variants
from layout.fontbook import Fontbook
from layout.manuscript.model import Text
from layout.page.engine import Sheet
from layout.page.frames import MeasuredPage


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
    findings += overset_findings(page, {flow: g for flow, g in galleys.items() if not fitted.chains[flow].turns})
    findings += fill_findings(page, galleys, fitted.fit)
    return ComposedPage(
        page=page,
        lines=tuple(pour(page, galleys, fitted.order)),
        concessions=fitted.concessions,
        findings=tuple(replace(finding, page_no=page.page_no) for finding in findings),
        scores=fitted.scores,
        left_out=fitted.left_out,
        rest=rest_of(galleys, fitted.chains),
    )
