"""Stamps a draft: 草样 across the page, drawn over it, so that nobody prints it or takes it for the proof."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from layout.geometry import Box
from layout.prepress.drawing import Canvas, DrawingCanvas
from layout.prepress.overlaid import overlaid
from layout.proof.lettering import cut, label_font
from layout.proof.raster import page_size
from layout.proof.stamp import watermark

WORD = "草样 DRAFT"


GREY_LABEL, GREY_LINE = 11.0, 0.6
"""Size of the name in a grey box, and the width of the lines around it and across, in points."""


def stamped_draft(pdf: bytes | Path, trim: tuple[float, float], absent: Mapping[str, Box]) -> bytes:
    """The *pdf*, of one page, with the stamp over it; in the boxes of *absent* pictures, in points of the trimmed page,
    stand their ids. The same input gives the same bytes.
    """
    width, height = page_size(pdf, 0)
    left, top = (width - trim[0]) / 2, height - (height - trim[1]) / 2
    out = io.BytesIO()
    canvas = Canvas(out, (width, height), invariant=1, pageCompression=1)
    for name, box in sorted(absent.items()):
        _absent(canvas, name, Box(left + box.x, top - box.y - box.height, box.width, box.height))
    watermark(canvas, (width, height), WORD)
    canvas.save()
    return overlaid(pdf, out.getvalue())


def _absent(canvas: DrawingCanvas, name: str, box: Box) -> None:
    """A frame with its diagonals and the *name*; *box* is counted from the foot of the sheet."""
    canvas.saveState()
    canvas.setLineWidth(GREY_LINE)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)
    canvas.line(box.x, box.y, box.right, box.bottom)
    canvas.line(box.x, box.bottom, box.right, box.y)
    canvas.setFillColorRGB(0.2, 0.2, 0.2)
    canvas.setFont(label_font(), GREY_LABEL)
    canvas.drawString(
        box.x + GREY_LABEL / 2, box.bottom - 1.5 * GREY_LABEL, cut(name, GREY_LABEL, box.width - GREY_LABEL)
    )
    canvas.restoreState()
