"""Ink per zone of the fountain: strips of the plates, reckoned to parts of a pixel."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from PIL import Image

from layout.preflight.ink_zones import as_csv, ink_zones
from layout.press.model import PressProfile
from layout.units import MM
from preflight import support

PPI = 72.0


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def drawn(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (200, 100), value: int = 255) -> Image.Image:
    picture = Image.new("L", size)
    for box in boxes:
        picture.paste(value, box)
    return picture


def points(press: PressProfile, wide: float) -> PressProfile:
    """*press* with zones of *wide* pixels at 72 ppi."""
    return replace(press, ink_zone_mm=wide / MM)


def coverage(picture: Image.Image, press: PressProfile, margin: tuple[float, float] = (0, 0)) -> list[float]:
    return [each.coverage for each in ink_zones(1, {"K": picture}, PPI, press, margin)]


def test_each_zone_has_the_ink_that_lies_in_it(press: PressProfile) -> None:
    picture = drawn((0, 0, 50, 100), (100, 0, 150, 50))
    assert coverage(picture, points(press, 50)) == [100, 0, 50, 0]


def test_a_border_within_a_pixel_shares_its_ink(press: PressProfile) -> None:
    """Zones of 2.5 pixels: the middle column of five gives each its half."""
    picture = drawn((2, 0, 3, 10), size=(5, 10))
    assert coverage(picture, points(press, 2.5)) == [20, 20]


def test_the_last_zone_is_as_wide_as_what_is_left(press: PressProfile) -> None:
    zones = list(ink_zones(7, {"C": drawn((180, 0, 200, 100))}, PPI, points(press, 60)))
    assert [each.number for each in zones] == [1, 2, 3, 4]
    assert [each.coverage for each in zones] == [0, 0, 0, 100]
    assert (zones[-1].page, zones[-1].plate) == (7, "C")
    assert zones[-1].end_mm == pytest.approx(200 / MM, abs=0.01)
    assert zones[0].end_mm == zones[1].start_mm == pytest.approx(60 / MM, abs=0.01)


def test_a_page_that_just_ends_with_a_zone_has_no_sliver_behind_it(press: PressProfile) -> None:
    assert len(coverage(drawn(), points(press, 49.9999))) == 4


def test_bleed_and_marks_are_left_out(press: PressProfile) -> None:
    picture = drawn((0, 0, 10, 100), (190, 0, 200, 100), (0, 0, 200, 5), (0, 95, 200, 100), (10, 5, 55, 95))
    assert coverage(picture, points(press, 45), margin=(10, 5)) == [100, 0, 0, 0]


def test_a_page_that_lies_on_its_side_has_its_zones_down_its_height(press: PressProfile) -> None:
    lying = replace(points(press, 50), ink_zones_along="height")
    assert coverage(drawn((0, 50, 200, 100), size=(200, 100)), lying) == [0, 100]
    assert coverage(drawn((10, 10, 190, 50), size=(200, 100)), lying, margin=(10, 10)) == [80, 0]


def test_all_zones_together_are_the_plate(press: PressProfile) -> None:
    """Weighted by their widths they give the mean of the plate, whatever the width of a zone."""
    picture = Image.linear_gradient("L").resize((331, 207))
    mean = sum(picture.tobytes()) / len(picture.tobytes()) / 2.55
    for wide in (32.5, 40, 61.7):
        zones = list(ink_zones(1, {"Y": picture}, PPI, replace(press, ink_zone_mm=wide)))
        total = sum((each.end_mm - each.start_mm) * each.coverage for each in zones) / zones[-1].end_mm
        assert total == pytest.approx(mean, abs=0.05)


def test_csv(press: PressProfile) -> None:
    rows = as_csv(ink_zones(3, {"C": drawn((0, 0, 100, 100)), "K": drawn()}, PPI, points(press, 100))).decode("ascii")
    assert rows.endswith("\r\n")
    first, second, *_ = csv.DictReader(rows.splitlines())
    assert list(first) == ["page", "plate", "zone", "from_mm", "to_mm", "coverage_percent"]
    assert [first[key] for key in ("page", "plate", "zone", "from_mm", "coverage_percent")] == [
        "3",
        "C",
        "1",
        "0",
        "100.00",
    ]
    assert second["zone"] == "2"
    assert len(rows.splitlines()) == 5


@pytest.mark.slow
def test_any_file_has_its_zones_from_ghostscripts_plates(press: PressProfile) -> None:
    from layout.preflight.verdict import examine

    verdict = examine(support.clean_pdf(), replace(press, ink_zone_mm=20.0), support.EXPECTED, zones=True)
    if not verdict.plates:
        pytest.skip("no Ghostscript")
    black = [each for each in verdict.zones if each.plate == "K"]
    assert black[-1].end_mm == pytest.approx(support.WIDTH / MM, abs=0.3)
    assert black[0].coverage > 0
    assert {each.plate for each in verdict.zones} == set("CMYK")
