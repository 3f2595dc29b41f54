"""What the preflight says can be seen is what another renderer shows: random stylings of type, judged by poppler.

The judge knows nothing of PDFium, outlines or ΔE: it draws the page with poppler, and a page on which the same content
has no strings, and looks whether the rectangles that the test's own glyphs fill have changed. What lies between plainly
changed and hardly changed it leaves open, and that must be rare.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageCms

from layout.geometry import Box
from layout.preflight.judge import judge
from layout.press.model import PressProfile
from preflight import support
from soak import amount

PPI = 144
CELLS, ROWS, WIDE, HIGH = 5, 4, 80.0, 50.0
"""Stylings on one page, and the points that each may take."""
ON_PAGE = CELLS * ROWS
GLYPHS = 3
LIGHTER, APART, HARDLY = 25, 70, 8
"""Difference of lightness, or distance in CIELAB, from which a pixel has plainly changed; distance up to which it
hardly has.
"""

TO_LAB = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")

INKS = ("0 0 0 1", "0 0 0 0", "0 0 0 .01", "0 1 1 0", "1 .6 0 0", "0 0 0 .5", ".05 .02 0 0", "0 0 1 0", "0 .5 0 0")
GROUNDS = (None, None, None, "0 0 0 1", "0 0 0 0", "0 1 1 0", "1 .6 0 0", "0 0 0 .5", "0 0 1 0", "picture")
STATES = ("", "", "", "", "/A0 gs", "/A2 gs", "/A6 gs")
MODES = (0, 0, 0, 0, 0, 1, 2, 3, 7)
SIZES = (0.05, 5.0, 9.0, 14.0, 20.0)


@dataclass(frozen=True)
class Styling:
    """Three glyphs, set at random, and the rectangles that they fill."""

    content: str
    words: str
    rectangles: tuple[tuple[float, float, float, float], ...]
    outlined: bool


def styling(choose: random.Random, x: float, y: float) -> Styling:
    """Type that starts near the point, which is the lower left corner of its cell."""
    size, mode, ink = choose.choice(SIZES), choose.choice(MODES), choose.choice(INKS)
    ground, state = choose.choice(GROUNDS), choose.choice(STATES)
    at_x = x + 5 if choose.random() < 0.92 else -200.0
    at_y = y + 10
    words = f"BT {mode} Tr /F1 {size} Tf 1 0 0 1 {at_x} {at_y} Tm <000100020003> Tj ET"
    before = after = ""
    if ground == "picture":
        before = f"q {WIDE} 0 0 {HIGH} {x} {y} cm /Im1 Do Q"
    elif ground:
        before = f"{ground} k {x} {y} {WIDE} {HIGH} re f"
    hidden, how = choose.randrange(GLYPHS + 1), choose.random()
    if how < 0.15:  # the first glyphs are clipped away
        words = f"q {at_x + hidden * size} {y} {WIDE} {HIGH} re W n {words} Q"
    elif how < 0.3 and hidden:  # the first glyphs are covered
        cover = choose.choice(("0 0 0 0", "0 0 0 1", ".3 0 0 0"))
        after = f"{cover} k {at_x - 1} {y} {hidden * size + 1} {HIGH} re f"
    elif how < 0.4:
        words = f"q 1 0 0 1 0 0 cm {words} /Fm1 Do Q"
    left, foot = at_x + 0.1 * size, at_y
    rectangles = tuple((left + n * size, foot, left + (n + 0.8) * size, foot + 0.8 * size) for n in range(GLYPHS))
    content = f"q {before} {state} {ink} k {ink} K 0.8 w {words} Q q {after} Q"
    return Styling(content, words, rectangles, mode in {1, 2})


def page_of(stylings: list[Styling], *, with_words: bool) -> bytes:
    """A page with all of *stylings*; without their strings it is otherwise the same."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(CELLS * WIDE, ROWS * HIGH))
        page = pdf.pages[0]
        page.TrimBox = page.BleedBox = page.MediaBox
        empty = pdf.make_stream(b"")
        empty.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
        page.Resources = Dictionary(
            Font=Dictionary(F1=support._font(pdf)),
            ExtGState=Dictionary({f"/A{n}": Dictionary(ca=n / 10, CA=n / 10) for n in (0, 2, 6)}),
            XObject=Dictionary(Im1=support.image(pdf, 8, 5), Fm1=empty),
        )
        content = "\n".join(each.content for each in stylings)
        page.Contents = pdf.make_stream((content if with_words else content.replace("<000100020003> Tj", "")).encode())
        return support.saved(pdf)


def drawn(pdf: bytes, folder: Path) -> Image.Image:
    """The page as poppler draws it."""
    (folder / "page.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(PPI), "-singlefile", "page.pdf", "page"], cwd=folder, check=True)
    with Image.open(folder / "page.ppm") as picture:
        return ImageCms.applyTransform(picture.convert("RGB"), TO_LAB) or picture


def readable(each: Styling, one: Image.Image, other: Image.Image) -> bool | None:
    """Whether every glyph of a styling has changed the page; ``None`` where that is left open."""
    verdicts = [_changed(rectangle, one, other, outlined=each.outlined) for rectangle in each.rectangles]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _changed(
    rectangle: tuple[float, float, float, float], one: Image.Image, other: Image.Image, *, outlined: bool
) -> bool | None:
    scale = PPI / 72
    left, right = (round(rectangle[each] * scale) for each in (0, 2))
    top, bottom = (round(one.height - rectangle[each] * scale) for each in (3, 1))
    if right <= left or bottom <= top or right <= 0:
        return False
    places = [(x, y) for x in range(left, right) for y in range(top, bottom)]
    if outlined:  # the line around it is enough
        edge = [(x, y) for x, y in places if x in {left, right - 1} or y in {top, bottom - 1}]
        found = {_share_changed(which, one, other) for which in (places, edge)}
        return True if True in found else None if None in found else False
    return _share_changed(places, one, other)


def _share_changed(places: list[tuple[int, int]], one: Image.Image, other: Image.Image) -> bool | None:
    plain = hardly = 0
    for at in places:
        if 0 <= at[0] < one.width and 0 <= at[1] < one.height:
            lightness, a, b = (x - y for x, y in zip(_lab(one, at), _lab(other, at), strict=True))
            far = (lightness**2 + a**2 + b**2) ** 0.5
            plain += abs(lightness) >= LIGHTER or far >= APART
            hardly += far <= HARDLY
        else:
            hardly += 1
    if plain > 0.65 * len(places):
        return True
    return False if hardly > 0.65 * len(places) else None


def _lab(picture: Image.Image, at: tuple[int, int]) -> tuple[float, float, float]:
    lightness, a, b = picture.getpixel(at)  # type: ignore[misc]
    return lightness / 2.55, a - 128, b - 128


def _meet(box: Box, each: Styling) -> bool:
    """Whether the box of a finding, from the page's upper edge down, meets a styling's glyphs."""
    (left, foot, _, head), right = each.rectangles[0], each.rectangles[-1][2]
    height = ROWS * HIGH
    return box.x < right + 1 and box.right > left - 1 and box.y < height - foot + 1 and box.bottom > height - head - 1


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no poppler here")
def test_the_preflight_sees_what_poppler_shows(tmp_path: Path) -> None:
    press: PressProfile = support.press(tmp_path)
    left_open = told = shown = 0
    for seed in range(amount(sample=100, full=2000) // ON_PAGE):
        choose = random.Random(seed)
        stylings = [styling(choose, WIDE * (n % CELLS), HIGH * (n // CELLS)) for n in range(ON_PAGE)]
        pdf = page_of(stylings, with_words=True)
        one, other = drawn(pdf, tmp_path), drawn(page_of(stylings, with_words=False), tmp_path)
        lost = [box for each in judge(pdf, press) if each.check == "text.invisible" for box in each.boxes]
        for number, each in enumerate(stylings):
            expected = readable(each, one, other)
            if expected is None:
                left_open += 1
                continue
            is_lost = any(_meet(box, each) for box in lost)
            assert is_lost is not expected, (seed, number, each.content)
            told, shown = told + is_lost, shown + expected
    whole = told + shown + left_open
    assert left_open < 0.15 * whole
    assert min(told, shown) > 0.2 * whole
