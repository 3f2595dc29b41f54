"""Copyfit, start to end: compose the galleys, decide the heights, pour the lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from layout.copyfit.galley import Galley, make_galley
from layout.copyfit.model import ComposedPage, Fit, FittedPage
from layout.copyfit.pour import chains, pour
from layout.copyfit.solve import solve
from layout.errors import Faults, LayoutError, Place, Said, TemplateError
from layout.findings import Finding, Severity
from layout.fontbook import Fontbook
from layout.manuscript.model import Text
from layout.page.engine import Sheet
from layout.page.frames import Frame, MeasuredPage
from layout.page.measure import measure


def fit_page(
    sheet: Sheet, page_no: int, texts: Iterable[Text], fontbook: Fontbook, protected: Sequence[str] = ()
) -> FittedPage:
    """Decides every height of the page. The heights are written into *sheet*, ready for the last layout.

    *texts* come in reading order, which becomes the order of the page's text in the PDF.

    Raises ``TemplateError`` when a text of the page has no frame, or a frame no text; ``FontError`` for characters
    that no face has.
    """
    by_flow = {text.flow: text for text in texts}
    _check_flows(sheet, by_flow)
    sheet.probe({flow: _roles(text) for flow, text in by_flow.items()})
    page = measure(sheet, sheet.lay_out(), page_no, fontbook)
    galleys = _galleys(sheet, page, by_flow, fontbook, protected)
    natural = _natural_heights(page, galleys)
    sheet.set_heights(natural)
    if natural:
        page = measure(sheet, sheet.lay_out(), page_no, fontbook)
    fit = solve(page, galleys)
    heights = natural | dict(fit.heights)
    sheet.set_heights(heights)
    sizes = {box.id: (box.picture, box.box.width, heights.get(box.id, box.box.height)) for box in page.pictures}
    return FittedPage(galleys, fit, sizes)


def pour_page(page: MeasuredPage, fitted: FittedPage) -> ComposedPage:
    """Pours the galleys into the finished geometry, and checks that the page is exactly full."""
    lines, overset = pour(page, fitted.galleys)
    findings = [finding for galley in fitted.galleys.values() for finding in galley.findings]
    findings += overset
    findings += _fill_findings(page, fitted.fit)
    return ComposedPage(page, tuple(lines), fitted.fit.concessions, tuple(findings))


def _check_flows(sheet: Sheet, texts: Mapping[str, Text]) -> None:
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


def _roles(text: Text) -> list[str]:
    return sorted({run.mark for paragraph in text.paragraphs for run in paragraph.runs} - {"plain"})


def _galleys(
    sheet: Sheet, page: MeasuredPage, texts: Mapping[str, Text], fontbook: Fontbook, protected: Sequence[str]
) -> dict[str, Galley]:
    galleys: dict[str, Galley] = {}
    faults: list[LayoutError] = []
    frames_of = chains(page)
    for flow, text in texts.items():
        try:
            galleys[flow] = make_galley(text, frames_of[flow], fontbook, protected)
        except Faults as several:
            faults += several.faults()
        except TemplateError as fault:
            fault.place = sheet.mention(re.findall(r"--[\w-]+", fault.said.en))
            faults.append(fault)
    if faults:
        raise Faults(faults)
    return galleys


def _natural_heights(page: MeasuredPage, galleys: Mapping[str, Galley]) -> dict[str, float]:
    """Frames whose CSS height is auto are as tall as their lines; inside a band, in whole rows."""
    return {
        frame.id: _natural(frame, len(galleys[frame.flow].lines), page.row)
        for frame in page.frames
        if frame.height_by == "lines"
    }


def _natural(frame: Frame, lines: int, row: float) -> float:
    height = lines * frame.type.leading
    return ceil(height / row - 0.01) * row if frame.band else height


def _fill_findings(page: MeasuredPage, fit: Fit) -> list[Finding]:
    gap = page.type_area.bottom - page.content_bottom
    if not page.bands or (abs(gap) < page.row / 2 and not fit.spare_rows):
        return []
    rows = gap / page.row
    short = rows > 0
    return [
        Finding(
            "page.underset" if short else "page.overfull",
            Severity.ERROR if not short else Severity.WARNING,
            Said(
                f"缺文：版面下方空 {rows:.1f} 行" if short else f"版面超出版心 {-rows:.1f} 行",
                f"underset: {rows:.1f} rows empty at the foot"
                if short
                else f"the page runs {-rows:.1f} rows past the type area",
            ),
            hint=Said(
                "放宽图片高度的上下限（min-height、max-height），或增减稿件",
                "widen the pictures' limits, or change the amount of copy",
            ),
            page_no=page.page_no,
            amount={"rows": round(rows, 2)},
        )
    ]
