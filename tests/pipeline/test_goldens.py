"""The sample page as it was last approved: its lines as text, its look as a small picture.

``LAYOUT_GOLDENS=write`` writes them anew; the diff of the text is for a sub-editor to read before it is committed.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from layout.proof.raster import page_image
from pipeline.page_dump import dump
from sample_issue import sample

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "goldens"
TEXT = FOLDER / "tunliu-2026.txt"
PICTURE = FOLDER / "tunliu-2026.png"
WRITE = os.environ.get("LAYOUT_GOLDENS") == "write"
LARGEST = 20 * 1024
"""Bytes of a picture golden."""
PPI = 16


def small_picture(pdf: bytes) -> Image.Image:
    image = page_image(pdf, 0, PPI * 4)
    return image.resize((image.width // 4, image.height // 4), Image.Resampling.BOX).convert("L")


def test_frames_lines_and_adjustments() -> None:
    shown = dump(sample().page)
    if WRITE:
        TEXT.write_text(shown, encoding="utf-8")
    assert shown == TEXT.read_text(encoding="utf-8")


def test_the_look() -> None:
    """Near on average, and no patch of 8 × 8 pixels far off (the golden has 16 grays)."""
    shown = small_picture(sample().pdf)
    if WRITE:
        out = io.BytesIO()
        shown.quantize(16).save(out, "PNG", optimize=True)
        PICTURE.write_bytes(out.getvalue())
    assert PICTURE.stat().st_size <= LARGEST
    wanted = Image.open(PICTURE).convert("L")
    assert shown.size == wanted.size
    difference = ImageChops.difference(shown, wanted)
    assert ImageStat.Stat(difference).mean[0] < 6
    patches = difference.resize((shown.width // 8, shown.height // 8), Image.Resampling.BOX)
    assert patches.getextrema()[1] < 40
