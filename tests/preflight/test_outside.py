"""Checks by other programs: the plates as Ghostscript draws them, and four renderers side by side."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from layout.preflight.outside import drawing, plates, tools
from layout.preflight.places import MAX_JOINED, joined
from layout.preflight.verdict import Verdict, examine
from layout.press.model import PressProfile
from preflight import support
from preflight import test_faults as faults
from preflight.picture_faults import half_loaded_jpeg, photo_is_jpeg, photo_of_much_ink, photo_with_a_profile, textured
from preflight.support import EXPECTED, Fault, clean_pdf, drawn, with_fault

pytestmark = pytest.mark.slow

needs_gs = pytest.mark.skipif(shutil.which("gs") is None, reason="no Ghostscript here")
needs_all = pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def heavy_picture(pdf: Pdf) -> None:
    """No flat colour is heavy, but the picture is."""
    stream = pdf.make_stream(b"".join(bytes([200 + row // 15]) * 200 * 4 for row in range(150)))
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK})
    pdf.pages[0].Resources.XObject.Im1 = stream


def overwritten_photo(pdf: Pdf) -> None:
    """Some bytes of its JPEG were overwritten on the way: it is decoded to its end, but not as it was."""
    out = io.BytesIO()
    textured(400, 300).save(out, "JPEG", quality=75)
    content = bytearray(out.getvalue())
    middle = len(content) // 2
    content[middle : middle + 60] = bytes((at * 37 + 11) % 251 for at in range(60))
    photo_is_jpeg(pdf, bytes(content), (400, 300))


def heavy_overlap(pdf: Pdf) -> None:
    """Neither of two colours is heavy; black overprinting the other is."""
    drawn(pdf, "q 0.9 0.9 0 0 k 85 50 60 60 re f /K gs 0 0 0 1 k 95 60 40 40 re f Q")


def heavy_speck(pdf: Pdf) -> None:
    drawn(pdf, "q 0.9 0.9 0 0 k 50 50 2 2 re f /K gs 0 0 0 1 k 50 50 2 2 re f Q")


def stray_plate(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"q /K gs 0 0 0 1 k 50 50 200 200 re f 0.1 0 0 0 k /N gs 20 20 0.6 0.6 re f Q")
    page.Resources.ExtGState.N = Dictionary(OP=False, op=False)


def told(verdict: Verdict) -> list[str]:
    return sorted({finding.check for finding in verdict.findings})


@needs_gs
def test_the_clean_page(press: PressProfile) -> None:
    verdict = examine(clean_pdf(), press, EXPECTED)
    assert told(verdict) == []
    assert verdict.plates[0]["C"] > 15
    assert verdict.results["ink.raster"].status == "passed"
    assert verdict.results["render.agree"].status == "not run"


@needs_gs
@pytest.mark.parametrize(
    ("fault", "check", "severity"),
    [
        (heavy_picture, "ink.raster", "ERROR"), (heavy_overlap, "ink.raster", "ERROR"),
        (heavy_speck, "ink.raster", "WARNING"), (stray_plate, "ink.plates", "WARNING"),
    ],
)  # fmt: skip
def test_ink(fault: Fault, check: str, severity: str, press: PressProfile) -> None:
    verdict = examine(with_fault(fault), press, EXPECTED)
    assert told(verdict) == [check]
    assert verdict.findings[0].severity.name == severity


@needs_gs
def test_a_picture_that_the_plant_converts_has_no_amount_of_ink_yet(press: PressProfile) -> None:
    assert told(examine(with_fault(photo_of_much_ink), press, EXPECTED)) == ["ink.raster"]
    assert told(examine(with_fault(photo_with_a_profile), press, EXPECTED)) == ["colour.space"]


def test_the_decoders_remarks_are_handed_on(press: PressProfile) -> None:
    """Of a file that comes from somewhere: nothing in the picture tells."""
    verdict = examine(with_fault(overwritten_photo), press, EXPECTED, ink=False)
    assert any("is damaged" in each.message.en for each in verdict.findings)
    assert not any("is damaged" in each.message.en for each in examine(with_fault(half_loaded_jpeg), press).findings)


@needs_gs
def test_where_the_ink_is(press: PressProfile) -> None:
    finding = examine(with_fault(heavy_overlap), press, EXPECTED).findings[0]
    assert finding.amount["ink_percent"] == pytest.approx(280, abs=3)
    # One patch, told as one place: it lies at 95, 60 and is 40 points wide and high.
    (box,) = finding.boxes
    x, y, width, height = box.x, box.y, box.width, box.height
    assert (x, y) == pytest.approx((95 - 9, 309 - 100), abs=9)
    assert (width, height) == pytest.approx((40, 40), abs=18)


@needs_gs
def test_planned_plates(press: PressProfile) -> None:
    from dataclasses import replace

    verdict = examine(clean_pdf(), press, replace(EXPECTED, plates=(frozenset("K"),)))
    assert told(verdict) == ["colour.plates", "ink.plates"]
    assert "C、M、Y" in verdict.findings[-1].message.zh


def test_without_ghostscript_nothing_passes(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    verdict = examine(clean_pdf(), press, EXPECTED, deep=True)
    results = verdict.results
    assert {results[check].status for check in ("ink.raster", "ink.plates", "render.agree")} == {"not run"}
    assert results["page.boxes"].status == "passed"


def test_what_is_not_known_is_not_run(press: PressProfile) -> None:
    results = examine(clean_pdf(), press, ink=False).results
    not_run = {check for check, result in results.items() if result.status == "not run"}
    assert not_run == {
        "page.count", "page.size", "page.hole", "font.foreign", "colour.plates",
        "text.complete", "text.extra", "text.order", "image.missing", "ink.raster", "code.quiet_zone", "code.module",
        "ink.plates", "ink.drawn", "render.silent", "render.agree", "text.place", "image.changed", "page.looks",
    }  # fmt: skip


@needs_all
def test_four_renderers_agree_on_the_clean_page(press: PressProfile) -> None:
    assert told(examine(clean_pdf(), press, EXPECTED, ink=False, deep=True)) == []


@needs_all
def test_a_bad_gradient_is_heard(press: PressProfile) -> None:
    verdict = examine(with_fault(faults.three_of_four), press, EXPECTED, ink=False, deep=True)
    assert {"render.silent", "shade.sound"} <= set(told(verdict))


def broken_photo(pdf: Pdf) -> None:
    """A JPEG cut short: nothing in the file's structure shows it."""
    out = io.BytesIO()
    plate = Image.linear_gradient("L").resize((200, 150)).point(lambda value: value // 5)
    Image.merge("CMYK", [plate] * 4).save(out, "JPEG", quality=60)
    stream = pdf.make_stream(b"")
    stream.write(out.getvalue()[:-30], filter=Name.DCTDecode)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK, "/Decode": Array([1, 0] * 4)})
    pdf.pages[0].Resources.XObject.Im1 = stream


def _fax(pdf: Pdf, content: bytes) -> None:
    art = pdf.make_stream(b"")
    art.write(content, filter=Name.CCITTFaxDecode)
    art.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 800, "/Height": 800, "/ImageMask": True})
    art.DecodeParms = pikepdf.Dictionary(K=-1, Columns=800, Rows=800)
    pdf.pages[0].Resources.XObject.Im2 = art
    drawn(pdf, "q 0 0 0 1 k 72 0 0 72 30 60 cm /Im2 Do Q")


def _group4() -> bytes:
    """A white fax."""
    out = io.BytesIO()
    Image.new("1", (800, 800), 1).save(out, "TIFF", compression="group4", tiffinfo={278: 800})
    with Image.open(out) as tiff:
        (place,), (size,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return out.getvalue()[place : place + size]


def broken_fax(pdf: Pdf) -> None:
    """Spoilt in the middle of its white: of such pictures only the renderers read the data."""
    content = bytearray(_group4())
    content[40:44] = b"\0\0\0\0"
    _fax(pdf, bytes(content))


def sound_fax(pdf: Pdf) -> None:
    _fax(pdf, _group4())


def yellow_in_earnest(pdf: Pdf) -> None:
    """Little, but more than a slip."""
    drawn(pdf, "q 0 0 1 0 k 60 60 20 20 re f Q")


def nearly_heavy_picture(pdf: Pdf) -> None:
    """Up to 239 %."""
    picture = pdf.pages[0].Resources.XObject.Im1
    whole = len(picture.read_bytes())
    picture.write(b"".join(bytes([143 + 10 * row // 150]) * (whole // 150) for row in range(150)))


def colour_overprints_itself(pdf: Pdf) -> None:
    """The same ink above and beneath: with or without overprint it looks the same."""
    drawn(pdf, "q 1 0 0 0 k 85 50 80 80 re f /K gs 1 0 0 0 k 85 50 80 80 re f Q")


def colour_overprints_colour(pdf: Pdf) -> None:
    """Cyan over magenta is blue where overprint is honoured, and cyan where it is not. It is too small to be
    told of as an area that overprints.
    """
    drawn(pdf, "q 0 1 0 0 k 85 50 28 28 re f /K gs 1 0 0 0 k 85 50 28 28 re f Q")


@needs_all
def test_a_renderer_that_draws_something_else_is_seen(press: PressProfile) -> None:
    verdict = examine(with_fault(colour_overprints_colour), press, EXPECTED, ink=False, deep=True)
    assert told(verdict) == ["render.agree"]


@needs_all
def test_a_photo_that_is_cut_short_is_heard(press: PressProfile) -> None:
    verdict = examine(with_fault(broken_photo), press, EXPECTED, ink=False, deep=True)
    assert told(verdict) == ["image.sound", "render.silent"]


def test_a_program_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    ran = tools.run(["sleep", "30"], tmp_path, seconds=0.3)
    assert ran.failed
    assert ran.code is None


def test_a_program_that_wants_all_memory_gets_none(tmp_path: Path) -> None:
    import sys

    ran = tools.run([sys.executable, "-c", "bytearray(8 * 1024**3)"], tmp_path)
    assert ran.failed


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    assert tools.run(["no-such-program"], tmp_path).failed


@needs_gs
def test_a_huge_page_is_drawn_small(press: PressProfile) -> None:
    def huge(pdf: Pdf) -> None:
        pdf.pages[0].MediaBox = [0, 0, 14400, 14400]

    verdict = examine(with_fault(huge), press)
    assert "ink.drawn" not in told(verdict)


def test_squares() -> None:
    """One inky square of ten pixels on white: its mean is found, wherever it lies."""
    picture = Image.new("CMYK", (100, 100))
    picture.paste((255, 255, 255, 0), (37, 52, 67, 82))
    made = plates.Plates(picture, 100.0, (0.0, 0.0, 72.0, 72.0))
    found = plates.heaviest(made, 240, 15)
    assert found.most == pytest.approx(300)
    assert found.mean == pytest.approx(300)
    assert found.area_mm2 == pytest.approx(900 * 0.254**2)


def test_neighbours_are_one_place() -> None:
    boxes = [(0.0, 0.0, 10.0, 10.0), (30.0, 0.0, 40.0, 10.0), (11.0, 0.0, 20.0, 10.0), (19.0, 0.0, 29.0, 10.0)]
    assert joined(boxes[:3], 2) == [(30.0, 0.0, 40.0, 10.0), (0.0, 0.0, 20.0, 10.0)]
    assert joined(boxes, 2) == [(0.0, 0.0, 40.0, 10.0)]
    assert joined(boxes, 0.5)[:2] == [(0.0, 0.0, 10.0, 10.0), (30.0, 0.0, 40.0, 10.0)]
    many = [(float(n), 0.0, n + 0.5, 1.0) for n in range(MAX_JOINED + 1)]
    assert joined(many, 2) == many
