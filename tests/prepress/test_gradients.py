"""A gradient behind a box ends in its own last colour, at every resolution and in every renderer."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import painting
from layout import assets
from layout.preflight.outside import drawing, plates
from layout.prepress import finish
from layout.prepress.painted_objects import unpack_gradients
from layout.press.load import load_profile
from layout.proof.raster import page_image

CSS = "@page { size: 300pt 200pt; margin: 10pt } div { height: 40pt; margin: 8pt }"
LEFT, RIGHT = 24.0 - 6.0, 300.0 - 18.0
"""The box's sides: the page's margin, and the box's own."""


def finished(css: str) -> bytes:
    html = f'<html lang="zh"><style>{CSS} div {{ {css} }}</style><body style="margin: 0"><div></div>'
    pdf, objects = painting.painted(html)
    profile = load_profile("newsprint-coldset", [assets.press_dir()])
    return finish(
        pdf, objects=objects, profile=profile, title="渐变", document_date=datetime(2026, 2, 4), trim=(300, 200)
    )


def drawn(pdf: bytes, ppi: int, folder: Path) -> Iterator[tuple[str, Image.Image]]:
    yield "PDFium", page_image(pdf, 0, ppi)
    (folder / "page.pdf").write_bytes(pdf)
    for name, command in drawing.COMMANDS.items():
        words = {"ppi": ppi, "page": 1, "out": name, "pdf": "page.pdf"}
        subprocess.run([word.format(**words) for word in command], cwd=folder, check=True, capture_output=True)
        pam = folder / f"{name}.pam"
        picture = plates.pam(pam.read_bytes()) if pam.is_file() else Image.open(folder / f"{name}.ppm")
        assert picture is not None
        yield name, picture.convert("RGB")


GRADIENT = "background: linear-gradient(90deg, device-cmyk(1 0 0 0), black)"


@pytest.mark.slow
@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
@pytest.mark.parametrize("ppi", [72, 96, 100, 127, 150])
def test_no_line_in_the_first_colour_at_the_far_end(ppi: int, tmp_path: Path) -> None:
    for name, picture in drawn(finished(GRADIENT), ppi, tmp_path):
        edge = int(RIGHT * ppi / 72)
        for x in range(edge - 3, edge + 3):
            pixel = picture.getpixel((x, round(40 * ppi / 72)))
            assert isinstance(pixel, tuple)
            assert pixel[2] - pixel[0] < 30, (
                name,
                x - edge,
                pixel,
            )  # gray between black and paper; cyan is 200 and more


def patterns(pdf: bytes, folder: Path) -> list[int]:
    (folder / "page.pdf").write_bytes(pdf)
    with pikepdf.open(folder / "page.pdf") as document:
        return [int(each.PatternType) for _, each in document.pages[0].Resources.Pattern.items()]


def test_it_is_a_plain_shading(tmp_path: Path) -> None:
    assert patterns(finished(GRADIENT), tmp_path) == [2]


def test_only_a_tile_that_is_named_is_taken_for_one_painted_once() -> None:
    """Wide steps alone say nothing: a design may leave room between its tiles."""
    html = f'<html lang="zh"><style>{CSS} div {{ {GRADIENT} }}</style><body style="margin: 0"><div></div><div></div>'
    pdf, objects = painting.painted(html)
    assert len(objects.single_tiles) == 2
    with pikepdf.open(io.BytesIO(pdf)) as document:
        unpack_gradients(document, sorted(objects.single_tiles)[:1])
        assert sorted(int(each.PatternType) for _, each in document.pages[0].Resources.Pattern.items()) == [1, 2]


def test_one_that_lets_something_through_stays_a_tile_that_never_repeats(tmp_path: Path) -> None:
    pdf = finished("background: linear-gradient(90deg, device-cmyk(1 0 0 0), transparent)")
    assert patterns(pdf, tmp_path) == [1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (tile,) = (each for _, each in document.pages[0].Resources.Pattern.items())
        left, bottom, right, top = map(float, tile.BBox)
        assert float(tile.XStep) > 1.9 * (right - left)
        assert float(tile.YStep) > 1.9 * (top - bottom)


def test_one_that_repeats_stays_a_tile(tmp_path: Path) -> None:
    assert patterns(finished(f"{GRADIENT}; background-size: 20pt 20pt"), tmp_path) == [1]
    assert patterns(finished(f"{GRADIENT}; background-position: 30pt 0"), tmp_path) == [1]


@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
def test_a_repeated_one_is_drawn_repeated(tmp_path: Path) -> None:
    for name, picture in drawn(finished(f"{GRADIENT}; background-size: 66pt 40pt"), 72, tmp_path):
        row = [picture.getpixel((x, 38)) for x in range(round(LEFT) + 3, round(RIGHT), 66)]
        # Every tile begins in cyan; paper is white, and a gradient that goes on past its end black.
        assert len(row) == 4
        for pixel in row:
            assert isinstance(pixel, tuple)
            assert pixel[2] - pixel[0] > 100, (name, row)


@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
def test_one_that_does_not_repeat_ends_with_its_tile(tmp_path: Path) -> None:
    """Left to itself WeasyPrint goes on in the last colour to the end of the box."""
    once = f"{GRADIENT}; background-size: 66pt 40pt; background-repeat: no-repeat"
    for name, picture in drawn(finished(once), 72, tmp_path):
        first, rest = (picture.getpixel((round(LEFT) + at, 38)) for at in (3, 80))
        assert isinstance(first, tuple)
        assert isinstance(rest, tuple)
        assert first[2] - first[0] > 100, (name, first)
        assert min(rest[:3]) > 230, (name, rest)
