"""Pages as pixels: the right size, the same every time, and a plain error for what cannot be drawn."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from layout.errors import PrintError
from layout.proof.raster import page_count, page_jpeg, page_png, page_size, thumbnail
from preflight.support import BLEED, HEIGHT, WIDTH, clean_pdf


def test_png_has_the_pages_size_and_resolution() -> None:
    image = Image.open(io.BytesIO(page_png(clean_pdf(), 0, 144)))
    assert image.size == (2 * (WIDTH + 2 * BLEED), 2 * (HEIGHT + 2 * BLEED))
    assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert image.mode == "RGB"


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(clean_pdf())
    assert page_png(clean_pdf(), 0) == page_png(path, 0)
    assert page_jpeg(clean_pdf(), 0) == page_jpeg(path, 0)


def test_thumbnail() -> None:
    assert max(Image.open(io.BytesIO(thumbnail(clean_pdf(), 0, 120))).size) == 120


def test_count_and_size() -> None:
    assert page_count(clean_pdf()) == 1
    assert page_size(clean_pdf(), 0) == (WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_no_such_page(index: int) -> None:
    with pytest.raises(PrintError):
        page_png(clean_pdf(), index)


def test_too_large_a_picture() -> None:
    with pytest.raises(PrintError, match="too large"):
        page_png(clean_pdf(), 0, 6000)


def test_no_pdf() -> None:
    with pytest.raises(PrintError):
        page_png(b"nothing", 0)
