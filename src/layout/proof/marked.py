"""Draws the verdict on the pages: the boxes of each finding framed and numbered, the list of findings at the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layout.checks import Finding, Severity, registry
from layout.errors import Lang, PrintError
from layout.geometry import Box
from layout.preflight.paper import Paper
from layout.preflight.verdict import Verdict
from layout.prepress.drawing import Canvas, DrawingCanvas, ImageReader
from layout.proof.finding_location import where_words
from layout.proof.folded import folded
from layout.proof.lettering import label_font
from layout.proof.raster import page_jpeg
from layout.proof.text_sheets import COLOURS, TextLine, draw_lines

PPI = 110.0
MAX_PIXELS = 25_000_000
"""A larger page is drawn at fewer pixels per inch."""

MAX_PAGES = 40
"""Pages drawn; the list of findings is always whole."""

LEAST = 6.0
"""Smallest side of a frame, in points: a hairline's own box could not be seen."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A finding's places on one page, in points from the page picture's upper left corner."""

    number: int
    """Of the finding, or of those that are told together, from 1, in the verdict's order."""
    finding: Finding
    boxes: tuple[Box, ...]


def framed(verdict: Verdict, page_no: int) -> tuple[Framed, ...]:
    """The findings with places on page *page_no* (from 1); none when the page is turned or has no size."""
    paper = verdict.papers[page_no - 1]
    if not paper.upright or paper.width <= 0 or paper.height <= 0:
        return ()
    found = []
    for number, group in enumerate(folded(verdict.findings), start=1):
        for finding in group.findings:
            if finding.page_no == page_no and finding.boxes:
                found.append(Framed(number, finding, tuple(_frame(box, paper) for box in finding.boxes)))
    return tuple(found)


def _frame(box: Box, paper: Paper) -> Box:
    """The box on the page's picture, grown where it is too small to see."""
    more_x, more_y = max(0.0, LEAST - box.width) / 2, max(0.0, LEAST - box.height) / 2
    x, y = box.x + paper.trim_x - more_x, box.y + paper.trim_y - more_y
    return Box(x, y, box.width + 2 * more_x, box.height + 2 * more_y)


def page_picture(pdf: bytes | Path, verdict: Verdict, page_no: int, ppi: float) -> bytes | None:
    """Page *page_no* (from 1) as a JPEG of about *ppi* pixels per inch; ``None`` when it cannot be drawn."""
    paper = verdict.papers[page_no - 1]
    if paper.width <= 0 or paper.height <= 0 or not paper.followed:
        return None
    fitting = 72 * (MAX_PIXELS / (paper.width * paper.height)) ** 0.5
    try:
        return page_jpeg(pdf, page_no - 1, min(ppi, fitting))
    except (PrintError, ValueError, MemoryError):
        return None


def marked_pdf(pdf: bytes | Path, verdict: Verdict, lang: Lang = "zh") -> bytes:
    """A PDF for people: every page as a picture with the findings framed on it, then the findings as a list.

    Not for print. The same file and verdict give the same bytes. A page that cannot be drawn is left blank.
    """
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(verdict.name)
    for page_no, paper in enumerate(verdict.papers[:MAX_PAGES], start=1):
        picture = page_picture(pdf, verdict, page_no, PPI)
        size = (max(paper.width, 1.0), max(paper.height, 1.0))
        canvas.setPageSize(size)
        if picture is not None:
            canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *size)
        for each in framed(verdict, page_no):
            _draw(canvas, each, size[1])
        canvas.showPage()
    draw_lines(canvas, list(verdict_lines(verdict, lang)))
    canvas.save()
    return out.getvalue()


def _draw(canvas: DrawingCanvas, each: Framed, top: float) -> None:
    colour = COLOURS[each.finding.severity]
    canvas.saveState()
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(0.9)
    for box in each.boxes:
        canvas.setFillColorRGB(*colour, alpha=0.12)
        canvas.rect(box.x, top - box.bottom, box.width, box.height, stroke=1, fill=1)
        canvas.setFillColorRGB(*colour, alpha=1)
        canvas.setFont(label_font(), 7)
        canvas.drawString(box.x + 1, top - box.y + 1.5, str(each.number))
    canvas.restoreState()


def verdict_lines(verdict: Verdict, lang: Lang) -> Iterator[TextLine]:
    """The verdict in plain lines: counts, findings, what the plant changed, what was not carried out."""
    zh = lang == "zh"
    errors, warnings = verdict.count(Severity.ERROR), verdict.count(Severity.WARNING)
    counts = f"错误 {errors}　警告 {warnings}" if zh else f"errors {errors}, warnings {warnings}"
    yield f"{verdict.name}　{verdict.press.title.message().text(lang)}　{counts}", None
    yield from ((remark.text(lang), None) for remark in verdict.remarks)
    yield "", None
    for number, group in enumerate(folded(verdict.findings), start=1):
        finding, where = group.first, where_words(group, lang)
        yield f"{number}　{where}{'　' if where else ''}{group.message(lang)}", finding.severity
        for hint in finding.hint.lines(lang) if finding.hint else ():
            yield f"　　→ {hint}　[{finding.check}]", None
    titles = registry().all()
    changed = [f"　　{each.key} {each.was} → {each.value}：{each.reason}" for each in verdict.press.reasons]
    if changed:
        yield "", None
        yield ("印厂改动" if zh else "Changed by the plant"), None
        yield from ((line, None) for line in changed)
    waiting = verdict.not_run()
    if waiting:
        yield "", None
        yield ("没有做的检查" if zh else "Checks not carried out"), None
        for check, why in waiting:
            yield f"　　{titles[check].name.text(lang)}（{check}）：{why.text(lang)}", None
