"""What keeps a page from being exactly full, in red where it is on the proof."""

import io
from pathlib import Path

import pytest
from PIL import Image

from in_place import proof
from layout.pipeline import Options
from layout.proof.raster import page_png
from makeup.full_size import copy_of, sample_page

pytestmark = pytest.mark.slow

TALL = ".closing { height: 270pt }"
AREA = (57.76, 65.197, 990.0, 1395.0)
"""The type area of the sample's design: left, top, width, height, in points."""


def test_rows_past_the_type_area_are_red_on_the_proof(tmp_path: Path) -> None:
    page = sample_page(tmp_path, copy_of(1), css=TALL)
    (finding,) = page.found("page.overfull")
    box = finding.boxes[0]
    left, top, width, height = box.x, box.y, box.width, box.height
    assert (left, width) == (round(AREA[0], 2), AREA[2])
    assert abs(top - AREA[1] - AREA[3]) < 0.1
    assert abs(height + finding.amount["rows"] * 15) < 0.1
    made = proof(tmp_path / "issue", Options(out=tmp_path / "out", png=False))
    image = Image.open(io.BytesIO(page_png(made.proof.read_bytes(), 0, 72))).convert("RGB")
    bleed = (image.width - 390 / 25.4 * 72) / 2
    corner = image.getpixel((int(left + width + bleed - 3), int(top + bleed + 6)))  # beside the copy that runs over
    assert isinstance(corner, tuple)
    assert corner[0] > corner[1] + 15
    assert corner[0] > corner[2] + 15
