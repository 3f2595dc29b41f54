"""What is cut out of a page is what stands there: reckoned from the corner of the trimmed page, in its own size."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from layout.geometry import Box
from layout.proof.raster import cut_out

TRIM, BLEED = (100.0, 80.0), 10.0
BLACK = Box(20, 10, 30, 20)
"""The one thing on the page."""


def page() -> bytes:
    with pikepdf.new() as pdf:
        width, height = (side + 2 * BLEED for side in TRIM)
        pdf.add_blank_page(page_size=(width, height))
        x, y = BLEED + BLACK.x, height - BLEED - BLACK.bottom
        content = f"0 0 0 1 k {x} {y} {BLACK.width} {BLACK.height} re f"
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@pytest.mark.parametrize("around", [Box(20, 10, 30, 20), Box(15, 3, 45, 29), Box(0, 0, 100, 80)])
def test_a_box_of_the_trimmed_page(around: Box) -> None:
    image = Image.open(io.BytesIO(cut_out(page(), 0, around, 2.0, TRIM))).convert("L")
    assert image.size == (2 * around.width, 2 * around.height)
    dark = image.point(lambda tone: 255 if tone < 128 else 0).getbbox()
    assert dark == (
        2 * (BLACK.x - around.x), 2 * (BLACK.y - around.y),
        2 * (BLACK.right - around.x), 2 * (BLACK.bottom - around.y),
    )  # fmt: skip
