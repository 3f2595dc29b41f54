"""Copyfit, start to end: try the page, choose, pour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from layout.copyfit.fullness import fill_findings, overset_findings
from layout.copyfit.galley import set_chain
from layout.copyfit.model import ComposedPage, FittedPage
from layout.copyfit.pour import pour
from layout.copyfit.search import search
from layout.copyfit.setter import Setter
from layout.copyfit.slots import slots_of
from layout.copyfit.trial import Copy, with_types
from layout.errors import Faults, LayoutError, Place, Said, TemplateError
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
    check_flows(sheet, copy.texts)
    return search(sheet, page_no, copy, Setter(fontbook, tuple(protected))).fitted


def pour_page(page: MeasuredPage, fitted: FittedPage) -> ComposedPage:
    """Pours the copy into the finished geometry, and checks that the page is exactly full."""
    page = with_types(page, fitted.types)
    frames = page.chains()
    galleys = {
        flow: set_chain(chain, slots_of(page, frames[flow]), fitted.setter, frames[flow][0].box.width)
        for flow, chain in fitted.chains.items()
    }
    findings = [finding for galley in galleys.values() for finding in galley.findings]
    findings += overset_findings(page, galleys)
    findings += fill_findings(page, galleys, fitted.fit)
    return ComposedPage(
        page=page,
        lines=tuple(pour(page, galleys, fitted.order)),
        concessions=fitted.concessions,
        findings=tuple(replace(finding, page_no=page.page_no) for finding in findings),
        scores=fitted.scores,
        left_out=fitted.left_out,
    )


def check_flows(sheet: Sheet, texts: Mapping[str, Text]) -> None:
    """Nothing is lost: every text has a frame, and no frame waits for a text that does not exist."""
    framed = set(sheet.flows())
    faults: list[LayoutError] = [
        TemplateError(
            Said(
                f"版式没有给“{flow}”留出版位，这些字会丢失：“{text.text[:16]}”",
                f"the design has no frame for “{flow}”: its text would be lost",
            ),
            place=Place(str(sheet.template)),
            hint=Said(f'加一个 data-flow="{flow}" 的空框', f'add an empty element with data-flow="{flow}"'),
        )
        for flow, text in texts.items()
        if flow not in framed
    ]
    faults += [
        TemplateError(
            Said(
                f"版式有“{flow}”的版位，稿件里没有这一项",
                f"the design has a frame for “{flow}”, which the issue has not",
            ),
            place=sheet.mention([flow]),
            hint=Said("去掉这个框，或用 {% if %} 判断", "remove the frame, or guard it with {% if %}"),
        )
        for flow in sorted(framed - set(texts))
    ]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
