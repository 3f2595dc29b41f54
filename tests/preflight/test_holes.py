"""Large white in the type area is told with its place and size; small white, and white that is meant, is not."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, ImageDraw

from layout.checks import Finding, Severity
from layout.geometry import Box
from layout.preflight.expected import PageSpace
from layout.preflight.judge import judge
from layout.preflight.page_geometry import HoleRule
from layout.preflight.seen.holes import HoleLimits, holes
from layout.press.model import PressProfile
from preflight import support

AREA, ROW = Box(10, 10, 380, 280), 10.0
LIMITS = HoleLimits(80, 4 * ROW, 14_463)
"""A column of 80 pt, four rows, 1,800 mm²."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def page(*white: tuple[float, float, float, float]) -> Image.Image:
    """A page of 400 × 300 full of ink, but for these places."""
    picture = Image.new("L", (400, 300), 90)
    draw = ImageDraw.Draw(picture)
    for place in white:
        draw.rectangle((place[0], place[1], place[2] - 1, place[3] - 1), fill=255)
    return picture


@pytest.mark.parametrize(
    ("white", "told"),
    [
        ((100, 100, 300, 200), True),
        ((100, 100, 200, 250), True),
        ((10, 10, 390, 60), True),
        ((100, 100, 300, 165), False),  # 13,000 pt²
        ((100, 100, 180, 290), False),  # no wider than a column
        ((10, 100, 390, 135), False),  # three rows and a half
    ],
)
def test_how_large_a_hole_is(white: tuple[float, float, float, float], *, told: bool) -> None:
    found = holes(page(white), AREA, ROW, (), LIMITS)
    assert bool(found) is told
    if told:
        left, top, right, bottom = white
        (box,) = found[0].parts
        assert box == found[0].around
        assert found[0].around.x == pytest.approx(left, abs=ROW / 2)
        assert found[0].around.y == pytest.approx(top, abs=ROW / 2)
        assert found[0].around.right == pytest.approx(right, abs=ROW / 2)
        assert found[0].around.bottom == pytest.approx(bottom, abs=ROW / 2)


def test_a_hairline_divides_white_and_a_pale_tint_fills_none() -> None:
    white = page((100, 100, 300, 200))
    draw = ImageDraw.Draw(white)
    draw.rectangle((100, 100, 299, 199), fill=248)
    assert holes(white, AREA, ROW, (), LIMITS)
    draw.line((200, 100, 200, 200), fill=170)
    assert not holes(white, AREA, ROW, (), LIMITS)


def test_what_counts_as_filled_is_no_hole() -> None:
    white = page((100, 100, 300, 220))
    assert not holes(white, AREA, ROW, [Box(90, 150, 220, 80)], LIMITS)
    assert holes(white, AREA, ROW, [Box(90, 210, 220, 80)], LIMITS)


def test_two_holes_are_two() -> None:
    found = holes(page((20, 20, 180, 130), (210, 150, 380, 280)), AREA, ROW, (), LIMITS)
    assert len(found) == 2
    assert found[0].around.area > found[1].around.area
    assert [len(each.parts) for each in found] == [1, 1]


TWO_COLUMNS = ((10, 100, 200, 280), (200, 220, 390, 280))
"""One column ends at 100, the other at 220: as wide as the first without the second the hole would be."""


def test_a_hole_over_two_columns_is_as_wide_as_both() -> None:
    (found,) = holes(page(*TWO_COLUMNS), AREA, ROW, (), LIMITS)
    assert (found.around.width, found.around.height) == pytest.approx((380, 180), abs=ROW)
    assert found.parts[0].width == pytest.approx(190, abs=ROW)


def test_a_rule_between_two_columns_does_not_make_two_holes_of_one() -> None:
    white = page(*TWO_COLUMNS)
    ImageDraw.Draw(white).line((200, 20, 200, 280), fill=0)
    (found,) = holes(white, AREA, ROW, (), LIMITS)
    assert found.around.width == pytest.approx(380, abs=ROW)
    higher = page((10, 100, 200, 280), (200, 260, 390, 280))  # two rows beside it are none
    ImageDraw.Draw(higher).line((200, 20, 200, 280), fill=0)
    (found,) = holes(higher, AREA, ROW, (), LIMITS)
    assert found.around.width == pytest.approx(190, abs=ROW)


def test_columns_of_type_between_them_make_two_holes() -> None:
    found = holes(page((10, 20, 150, 180), (160, 20, 390, 180)), AREA, ROW, (), LIMITS)
    assert len(found) == 1  # no more ink than a rule
    found = holes(page((10, 20, 150, 180), (190, 20, 390, 180)), AREA, ROW, (), LIMITS)
    assert len(found) == 2


def test_white_outside_the_type_area_is_none() -> None:
    assert not holes(page((100, 200, 300, 300)), Box(10, 10, 380, 240), ROW, (), LIMITS)


def test_the_largest_is_found_as_by_trying_all() -> None:
    """Against a search that tries every rectangle of cells."""
    for seed in range(12):
        choose = random.Random(seed)
        cells = [[choose.random() < 0.12 for _ in range(16)] for _ in range(12)]
        picture = Image.new("L", (80, 60), 255)
        for y, row in enumerate(cells):
            for x, ink in enumerate(row):
                if ink:
                    picture.paste(0, (5 * x, 5 * y, 5 * x + 5, 5 * y + 5))
        found = holes(picture, Box(0, 0, 80, 60), 10, (), HoleLimits(0, 0, 0))
        best = max(
            (right - left) * (bottom - top)
            for left in range(16) for right in range(left + 1, 17) for top in range(12) for bottom in range(top + 1, 13)
            if not any(cells[y][x] for y in range(top, bottom) for x in range(left, right))
        )  # fmt: skip
        assert found[0].parts[0].area == pytest.approx(25 * best)


def told(press: PressProfile, rule: HoleRule, content: str = "") -> list[Finding]:
    """The holes of a page of 418 × 318 pt that has three characters and *content*."""
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        shown = f"q BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 30 290 Tm <000100020003> Tj ET {content} Q"
        pdf.pages[0].Contents = pdf.make_stream(shown.encode())
        expected = replace(support.EXPECTED, spaces=(PageSpace(Box(10, 10, 380, 280), 10.0, rule),))
        return [each for each in judge(support.saved(pdf), press, expected) if each.check == "page.hole"]


def test_a_hole_of_a_page_has_place_and_size(press: PressProfile) -> None:
    (hole,) = told(press, HoleRule(80.0, grave=False, filled=()), "9 200 400 109 re f")
    assert hole.severity is Severity.WARNING
    assert hole.boxes[0].y == pytest.approx(109, abs=5)
    across, down = (round(each / 72 * 25.4) for each in (hole.boxes[0].x, hole.boxes[0].y))
    assert f"离左边 {across} mm、离上边 {down} mm" in hole.message.zh
    assert f"{across} mm from the left and {down} mm from the top" in hole.message.en


def test_a_design_may_say_that_a_hole_is_an_error(press: PressProfile) -> None:
    (hole,) = told(press, HoleRule(80.0, grave=True, filled=()), "9 200 400 109 re f")
    assert hole.severity is Severity.ERROR


def test_a_picture_fills_its_box(press: PressProfile) -> None:
    """Pictures that touch no type are not drawn for this, and may be white themselves."""
    rule = HoleRule(80.0, grave=False, filled=())
    assert not told(press, rule, "9 200 400 109 re f q 400 0 0 200 9 0 cm /Im1 Do Q")


def test_white_that_is_meant(press: PressProfile) -> None:
    assert not told(press, HoleRule(80.0, grave=False, filled=(Box(0, 100, 400, 200),)), "9 200 400 109 re f")
