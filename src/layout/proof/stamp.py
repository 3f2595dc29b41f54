"""Draws the newsroom's proof: each page as a picture, stamped 校样, with a slug line beneath."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import atan2, degrees, hypot
from pathlib import Path

from layout.errors import Message, PrintError
from layout.geometry import Box
from layout.prepress.drawing import Canvas, DrawingCanvas, ImageReader, pdfmetrics
from layout.proof.lettering import cut, label_font, wrapped
from layout.proof.raster import page_count, page_jpeg, page_size
from layout.proof.text_sheets import TextLine, draw_lines

PPI = 110
"""A 9 pt character is then 14 pixels high: legible, and a broadsheet page stays under a megabyte."""

SLUG = 26.0
"""Height of the strip under the page, in points."""

SLUG_SIZE = 9.0
WATERMARK = "校样"
WATERMARK_SHARE = 0.16
"""Size of the watermark as a share of the page's diagonal."""

WATERMARK_LENGTH = 0.6
"""Length of a long word as a share of the diagonal, at most."""

WATERMARK_LINE = 0.011
"""Width of the watermark's outline as a share of its size: seen at arm's length, and no letter is lost under it."""

WATERMARK_INK = (0.0, 0.3, 0.75)
"""Blue: no newspaper prints its text or its headlines in it."""

WATERMARK_ALPHA, WATERMARK_FILL, WATERMARK_HALO = 0.3, 0.05, 0.33
"""How much the outline, the field inside it, and the white on either side (seen on dark photographs) cover."""

WATERMARK_WHITE = 3
"""Width of the outline with that white, in outlines."""

_STROKE, _FILL_AND_STROKE = 1, 2
"""Text rendering modes (ISO 32000-2, table 104)."""

LABEL_SIZE = 7.0
OVERSET_LINES = 5
"""Lines of overset copy that a proof shows below its frame."""


@dataclass(frozen=True, slots=True)
class ProofSlug:
    """The text of the strip under a proof."""

    title: str
    """The issue."""
    page: str
    """版次 and 版名: “第1版 两会特刊”."""
    round: int
    """校次, from 1."""
    date: date
    profile: str
    """The press profile."""
    errors: int
    warnings: int
    note: str = ""
    """What else is to be said of this proof."""

    def text(self) -> str:
        """The strip's words."""
        parts = [self.title, self.page, f"{self.round} 校", self.date.isoformat(), self.profile]
        return "　".join([*parts, f"错误 {self.errors}　警告 {self.warnings}", *filter(None, [self.note])])


@dataclass(frozen=True, slots=True)
class ProofMark:
    """A rectangle to be drawn on a proof, and a word beside it. Points from the trimmed page's top left corner.

    ``style`` is "fault" (red, filled: something is wrong here), "overset" (a white field with words in red), "frame"
    (blue outline) or "note" (green outline).
    """

    page_index: int
    box: Box
    label: str = ""
    style: str = "fault"
    words: str = ""
    """Of an overset: the copy that has no place, shown below its word; the field grows to hold it."""


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """The picture of a page, and how large that is in points."""

    jpeg: bytes
    width: float
    height: float


STYLES = {"fault": (0.85, 0.0, 0.0), "overset": (0.85, 0.0, 0.0), "frame": (0.0, 0.35, 0.8), "note": (0.0, 0.55, 0.2)}


def proof_pdf(
    pdf: bytes | Path,
    slugs: Sequence[ProofSlug],
    marks: Sequence[ProofMark] = (),
    *,
    trim_offset: tuple[float, float] = (0.0, 0.0),
    ppi: float = PPI,
    pictures: Sequence[SheetPicture] = (),
    lines: Sequence[TextLine] = (),
) -> bytes:
    """The stamped proof of *pdf*: one slug per page, in order.

    *trim_offset* is how far the trimmed page's top left corner lies right of and below that of the sheet (the bleed and
    marks). *pictures* are those of the pages where they are not to be drawn at *ppi*. *lines* stand on sheets of their
    own behind the pages. The same input gives the same bytes. Raises ``PrintError`` when *pdf* cannot be drawn.
    """
    if len(slugs) != page_count(pdf):
        raise PrintError(
            Message(
                f"PDF 有 {page_count(pdf)} 版，校样条有 {len(slugs)} 条。",
                f"The PDF has {page_count(pdf)} pages, but there are {len(slugs)} slugs.",
            )
        )
    by_page: dict[int, list[ProofMark]] = defaultdict(list)
    for mark in marks:
        by_page[mark.page_index].append(mark)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(f"{slugs[0].title} {slugs[0].round} 校" if slugs else WATERMARK)
    for index, slug in enumerate(slugs):
        shown = pictures[index] if pictures else SheetPicture(page_jpeg(pdf, index, ppi), *page_size(pdf, index))
        width, height = shown.width, shown.height
        canvas.setPageSize((width, height + SLUG))
        canvas.drawImage(ImageReader(io.BytesIO(shown.jpeg)), 0, SLUG, width, height)
        watermark(canvas, (width, height), WATERMARK, above=SLUG)
        for mark in by_page[index]:
            _mark(canvas, mark, trim_offset, height + SLUG)
        _slug(canvas, slug, width)
        canvas.showPage()
    draw_lines(canvas, lines)
    canvas.save()
    return out.getvalue()


def watermark(canvas: DrawingCanvas, page: tuple[float, float], word: str, *, above: float = 0.0) -> None:
    """*word* across a *page* of that size in outline, to be seen from afar and read through from near; the page stands
    *above* the canvas's foot.
    """
    width, height = page
    diagonal = hypot(width, height)
    size = min(WATERMARK_SHARE, WATERMARK_LENGTH / pdfmetrics.stringWidth(word, label_font(), 1.0)) * diagonal
    canvas.saveState()
    canvas.setFont(label_font(), size)
    canvas.setLineJoin(1)
    canvas.translate(width / 2, above + height / 2)
    canvas.rotate(degrees(atan2(height, width)))
    canvas.setLineWidth(WATERMARK_WHITE * WATERMARK_LINE * size)
    canvas.setStrokeColorRGB(1, 1, 1, alpha=WATERMARK_HALO)
    canvas.drawCentredString(0, -0.35 * size, word, mode=_STROKE)
    canvas.setLineWidth(WATERMARK_LINE * size)
    canvas.setStrokeColorRGB(*WATERMARK_INK, alpha=WATERMARK_ALPHA)
    canvas.setFillColorRGB(*WATERMARK_INK, alpha=WATERMARK_FILL)
    canvas.drawCentredString(0, -0.35 * size, word, mode=_FILL_AND_STROKE)
    canvas.restoreState()


def _slug(canvas: DrawingCanvas, slug: ProofSlug, width: float) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.8, 0, 0) if slug.errors else canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont(label_font(), SLUG_SIZE)
    canvas.drawString(12, (SLUG - 0.76 * SLUG_SIZE) / 2, cut(slug.text(), SLUG_SIZE, width - 24))
    canvas.setStrokeColorRGB(0.6, 0.6, 0.6)
    canvas.setLineWidth(0.5)
    canvas.line(0, SLUG, width, SLUG)
    canvas.restoreState()


def _mark(canvas: DrawingCanvas, mark: ProofMark, offset: tuple[float, float], top: float) -> None:
    red, green, blue = STYLES[mark.style]
    left, upper = mark.box.x + offset[0], top - mark.box.y - offset[1]
    canvas.saveState()
    canvas.setStrokeColorRGB(red, green, blue)
    canvas.setLineWidth(0.8)
    if mark.style == "overset":
        _overset(canvas, mark, left, upper)
    else:
        canvas.setFillColorRGB(red, green, blue, alpha=0.12)
        canvas.rect(
            left, upper - mark.box.height, mark.box.width, mark.box.height, stroke=1, fill=int(mark.style == "fault")
        )
        if mark.label:
            canvas.setFillColorRGB(red, green, blue, alpha=1)
            canvas.setFont(label_font(), LABEL_SIZE)
            canvas.drawString(left + 1, upper + 1.5, mark.label)
    canvas.restoreState()


def _overset(canvas: DrawingCanvas, mark: ProofMark, left: float, upper: float) -> None:
    """The word, then the copy itself, in red on white; what lies below on the page is covered by no more than that."""
    size = LABEL_SIZE + 1
    lines = [cut(mark.label, size, mark.box.width - 6)]
    if mark.words:
        lines += wrapped(mark.words, size, mark.box.width - 6, OVERSET_LINES)
    height = max(mark.box.height, 1.3 * size * len(lines) + 3)
    canvas.setFillColorRGB(1, 1, 1, alpha=1)
    canvas.rect(left, upper - height, mark.box.width, height, stroke=1, fill=1)
    canvas.setFillColorRGB(*STYLES["overset"], alpha=1)
    canvas.setFont(label_font(), size)
    for number, line in enumerate(lines):
        canvas.drawString(left + 3, upper - 1.5 - (1.3 * number + 0.96) * size, line)
