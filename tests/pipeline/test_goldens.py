"""The sample pages as they were last approved: their lines as text, their look as a small picture.

``LAYOUT_GOLDENS=write`` writes them anew; the diff of the text is for a sub-editor to read before it is committed.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from layout.copyfit.model import ComposedPage
from layout.proof.raster import page_image
from pipeline.page_dump import dump
from sample_issue import profile, sample

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "goldens"
WRITE = os.environ.get("LAYOUT_GOLDENS") == "write"
LARGEST = 20 * 1024
"""Bytes of a picture golden."""
PPI = 16

SAMPLES = pytest.mark.parametrize("name", ["tunliu-2026", "renwu-2026"])


def page_of(name: str) -> ComposedPage:
    return sample().page if name == "tunliu-2026" else profile().pages[0]


def small_picture(name: str) -> Image.Image:
    pdf = sample().pdf if name == "tunliu-2026" else profile().pdf.read_bytes()
    image = page_image(pdf, 0, PPI * 4)
    return image.resize((image.width // 4, image.height // 4), Image.Resampling.BOX).convert("L")


@SAMPLES
def test_frames_lines_and_adjustments(name: str) -> None:
    shown, text = dump(page_of(name)), FOLDER / f"{name}.txt"
    if WRITE:
        text.write_text(shown, encoding="utf-8")
    assert shown == text.read_text(encoding="utf-8")


@SAMPLES
def test_the_look(name: str) -> None:
    """Near on average, and no patch of 8 × 8 pixels far off (the golden has 16 grays)."""
    shown, picture = small_picture(name), FOLDER / f"{name}.png"
    if WRITE:
        out = io.BytesIO()
        shown.quantize(16).save(out, "PNG", optimize=True)
        picture.write_bytes(out.getvalue())
    assert picture.stat().st_size <= LARGEST
    wanted = Image.open(picture).convert("L")
    assert shown.size == wanted.size
    difference = ImageChops.difference(shown, wanted)
    assert ImageStat.Stat(difference).mean[0] < 6
    patches = difference.resize((shown.width // 8, shown.height // 8), Image.Resampling.BOX)
    assert patches.getextrema()[1] < 40
