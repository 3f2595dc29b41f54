"""A file that was saved again is held against the report of its build: what is told, and in which words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name, Pdf
from PIL import Image

from layout.checks import Finding, Severity
from layout.geometry import Box
from layout.preflight import found_text
from layout.preflight.expected import Expected
from layout.preflight.explained import Explained
from layout.preflight.found_text import text_again
from layout.preflight.judge import judge
from layout.preflight.look_drawing import look_of_page
from layout.preflight.page_look import MAX_TILES, PageLook, read_look
from layout.preflight.page_shift import PageShift, shift_of
from layout.preflight.printed_text import PlacedChar, paragraph_printed
from layout.preflight.record import Record
from layout.press.model import PressProfile
from preflight import build_faults as faults
from preflight.support import PICTURE, Fault, clean_pdf, drawn, saved, with_fault
from preflight.support import press as press_of

HELD = ("text.place", "image.changed", "page.looks")
OF_ALL = ("page.size", "page.turned")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return press_of(tmp_path_factory.mktemp("press"))


def found_in(
    fault: Fault, press: PressProfile, then: Expected | None = None, record: Record | None = None
) -> list[Finding]:
    return list(judge(with_fault(fault), press, then or faults.built(), record))


# --- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.line_moved, "“gate.section-2” does not stand as built: 12.7 mm to the right."),
        (faults.lines_exchanged, "“gate.section-1” and “gate.section-2” have changed places."),
        (faults.line_in_another_size, "“gate.section-2” is set at 120 % of the size of the build."),
        (faults.line_set_backwards, "“gate.section-1” is set backwards."),
        (faults.line_at_the_end_of_the_content,
         "“gate.section-2” does not stand as built: 52.9 mm to the right, 4.9 mm further up."),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)  # fmt: skip
def test_text_that_reads_as_it_did_is_told_by_its_place(fault: Fault, words: str, press: PressProfile) -> None:
    (found,) = found_in(fault, press)
    assert (found.check, found.message.en, found.severity) == ("text.place", words, Severity.ERROR)
    assert str(found.place).startswith("gate.md:")


def test_a_nudge_is_a_warning(press: PressProfile) -> None:
    (found,) = found_in(faults.changed("0 -14 Td", "2 -14 Td"), press)
    assert (found.check, found.severity) == ("text.place", Severity.WARNING)


def _with_folio(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 350 40 Tm <0005> Tj ET Q")


@pytest.mark.parametrize(
    ("matrix", "words"),
    [("-1 0 0 1 418 0", "The page is mirrored"), ("1 0 0 -1 0 318", "The page is mirrored"),
     ("-1 0 0 -1 418 318", "turned by 180°"), ("0.9 0 0 0.8 5 5", "reduced to 90 % across and 80 % down")],
)  # fmt: skip
def test_a_page_that_was_turned_is_told_once(matrix: str, words: str, press: PressProfile) -> None:
    """Its picture is turned with it, and lies in its frame as the page lies."""

    def fault(pdf: Pdf) -> None:
        _with_folio(pdf)
        pdf.pages[0].contents_coalesce()
        content = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(b"q " + matrix.encode() + b" cm " + content + b" Q")

    record = Record()
    told = [
        each
        for each in found_in(fault, press, faults.built_as(with_fault(_with_folio)), record)
        if each.check in (*OF_ALL, "image.shape", "image.missing", *HELD)
    ]
    assert [words in each.message.en for each in told if each.check in OF_ALL] == [True]
    assert {each.check for each in told} <= {*OF_ALL, "image.shape"}
    assert any("stretched" in each.message.en for each in told if each.check == "image.shape") is ("0.9" in matrix)
    assert record.why_not("page.looks") is not None


def test_type_that_moved_without_the_rest_of_the_page_is_told_as_type(press: PressProfile) -> None:
    """Pictures and drawings are where they were."""

    def built(pdf: Pdf) -> None:
        _put(pdf, photo())
        _with_folio(pdf)
        pdf.pages[0].contents_coalesce()

    def fault(pdf: Pdf) -> None:
        built(pdf)
        content = pdf.pages[0].Contents.read_bytes()
        for x, y in ((b"30 250", b"38.5 250"), (b"30 180", b"38.5 180"), (b"350 40", b"358.5 40")):
            content = content.replace(b"1 0 0 1 " + x, b"1 0 0 1 " + y)
        pdf.pages[0].Contents = pdf.make_stream(content)

    found = found_in(fault, press, faults.built_as(with_fault(built)))
    assert {each.check for each in found} == {"text.place", "page.looks"}  # the white title is in no paragraph
    assert "“gate.section-1”, “gate.section-2” do not stand as built: 3.0 mm to the right." in found[0].message.en


def test_glyphs_of_another_size_in_their_old_places_are_another_face(press: PressProfile) -> None:
    """Each is set by itself, as a program does that puts one font in the place of another."""
    each = " ".join(f"0.9 0 0 0.9 {30.45 + 9 * at:g} 236.4 Tm <000{6 + at}> Tj" for at in range(3))
    (found,) = found_in(faults.changed(f"0 -14 Td {faults.OTHER}", each), press)
    assert "“gate.section-2” is where it was built, with glyphs of 90 % of their size" in found.message.en


def test_a_shift_is_that_of_nearly_all_places() -> None:
    then = [(float(x), float(y)) for x in range(0, 200, 20) for y in range(0, 200, 20)]
    now = [(200 - x, y + 5.0) for x, y in then]
    assert shift_of(list(zip(then, now, strict=True))) == PageShift(-1, 200, 1, 5)
    astray = [(x + 50, y) if at < 10 else (x, y) for at, (x, y) in enumerate(now)]
    assert shift_of(list(zip(then, astray, strict=True))) == PageShift(-1, 200, 1, 5)
    halves = [(x + 50, y) if at < 40 else (x, y) for at, (x, y) in enumerate(then)]
    assert shift_of(list(zip(then, halves, strict=True))) is None
    assert shift_of([]) is None


# --- pictures ----------------------------------------------------------------------------------------------------


@cache
def photo() -> Image.Image:
    """A photograph of 300 by 225 pixels: tones from corner to corner, red and yellow, with grain."""
    across, down = (
        Image.linear_gradient("L").rotate(90).resize((300, 225)),
        Image.linear_gradient("L").resize((300, 225)),
    )
    grain = Image.frombytes("L", (300, 225), bytes((at * at * 7919 >> 7) % 90 for at in range(300 * 225)))
    inks = (Image.new("L", (300, 225), 10), across.point(lambda v: v // 2), down.point(lambda v: 40 + v // 2), grain)
    return Image.merge("CMYK", inks)


def _put(pdf: Pdf, picture: Image.Image, space: Name = Name.DeviceCMYK, quality: int = 0, **more: Any) -> None:
    out = io.BytesIO()
    if quality:
        picture.save(out, "JPEG", quality=quality)
    stream = pdf.make_stream(out.getvalue() or picture.tobytes())
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/BitsPerComponent": 8, "/ColorSpace": space})
    stream.Width, stream.Height = picture.size
    if quality:
        stream.Filter = Name.DCTDecode
    for key, value in more.items():
        stream["/" + key] = value
    pdf.pages[0].Resources.XObject.Im1 = stream


@cache
def then() -> Expected:
    return faults.built_as(with_fault(lambda pdf: _put(pdf, photo())))


def _gray(pdf: Pdf) -> None:
    _put(pdf, photo().convert("RGB").convert("L"), Name.DeviceGray)


def _enlarged(pdf: Pdf) -> None:
    _put(pdf, photo().resize((40, 30)).resize((300, 225), Image.Resampling.BICUBIC))


def _without_yellow(pdf: Pdf) -> None:
    cyan, magenta, yellow, black = photo().split()
    _put(pdf, Image.merge("CMYK", (cyan, magenta, yellow.point(lambda _: 0), black)))


def _masked(pdf: Pdf) -> None:
    mask = pdf.make_stream(bytes(200) + b"\xff" * 40)
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray})
    mask.Width, mask.Height = 10, 24
    _put(pdf, photo(), SMask=mask)


def _keyed(pdf: Pdf) -> None:
    _put(pdf, photo(), Mask=Array([0, 255, 64, 128, 0, 255, 0, 255]))


def _faint(pdf: Pdf) -> None:
    _put(pdf, Image.merge("CMYK", [band.point(lambda tone: tone // 3) for band in photo().split()]))


@pytest.mark.parametrize(
    ("fault", "words"),
    [(_gray, "has lost its colour"), (_enlarged, "is less sharp than it was built"),
     (_without_yellow, "has less yellow than it was built with"), (_masked, "is gone: a bare ground is left"),
     (_keyed, "in "), (_faint, "is paler than it was built")],
)  # fmt: skip
def test_a_picture_that_prints_otherwise_is_told_with_how(fault: Fault, words: str, press: PressProfile) -> None:
    (found,) = [each for each in found_in(fault, press, then()) if each.check in (*HELD, "image.missing")]
    assert found.check == "image.changed"
    assert words in found.message.en
    assert found.boxes == (PICTURE.box,)


def test_a_picture_that_lost_some_of_its_detail_is_told(press: PressProfile) -> None:
    """Though no tile of it has another tone."""

    def soft(pdf: Pdf) -> None:
        _put(pdf, photo().resize((200, 150)).resize((300, 225), Image.Resampling.BICUBIC))

    (found,) = [each for each in found_in(soft, press, then()) if each.check in HELD]
    assert found.check == "image.changed"
    assert "less sharp" in found.message.en


@pytest.mark.parametrize("quality", [75, 50])
def test_a_picture_that_was_packed_anew_is_as_it_was(quality: int, press: PressProfile) -> None:
    soft = faults.built_as(with_fault(lambda pdf: _put(pdf, photo().resize((150, 112)).resize((300, 225)))))

    def packed(pdf: Pdf) -> None:
        _put(pdf, photo().resize((150, 112)).resize((300, 225)), quality=quality, Decode=Array([1, 0] * 4))

    assert [each for each in found_in(packed, press, soft) if each.check in HELD] == []


def test_another_picture_is_no_change_of_this_one(press: PressProfile) -> None:
    turned = replace(then(), pictures=((replace(PICTURE, look="00000000ffffffff"),),))

    def exchanged(pdf: Pdf) -> None:
        _put(pdf, Image.merge("CMYK", (Image.radial_gradient("L").resize((300, 225)),) * 4))

    (found,) = [each for each in found_in(exchanged, press, turned) if each.check in (*HELD, "image.missing")]
    assert found.check == "image.missing"
    assert "another picture" in found.message.en


# --- the look of the page ----------------------------------------------------------------------------------------


def test_what_no_other_finding_explains_is_told_by_its_look(press: PressProfile) -> None:
    (found,) = found_in(faults.drawing_lost, press)
    assert found.check == "page.looks"
    assert "24 × 24 mm, 65 mm from the left and 65 mm from the top (“scene.svg”)" in found.message.en
    assert str(found.place) == "page.html:9:1"


def test_places_are_told_together_the_largest_first(press: PressProfile) -> None:
    def both(pdf: Pdf) -> None:
        faults.drawing_lost(pdf)
        faults.mark_added(pdf)

    (found,) = found_in(both, press)
    assert "in 2 places, the largest" in found.message.en
    assert found.boxes[0].area > found.boxes[1].area


def test_what_another_finding_says_is_not_told_again(press: PressProfile) -> None:
    def covered(pdf: Pdf) -> None:
        pdf.pages[0].contents_add(b"q 0.2 0.1 0 0 k 28 225 60 40 re f Q")

    assert {each.check for each in found_in(covered, press)} == {"text.invisible"}


def test_a_finding_that_the_build_had_explains_nothing(press: PressProfile) -> None:
    def small(pdf: Pdf) -> None:
        faults.changed("/F1 9 Tf 0 0 0 1 k", "/F1 5 Tf 0 0 0 1 k")(pdf)

    assert {each.check for each in found_in(small, press)} == {"text.small"}
    built = faults.built()
    known = replace(built, built=(replace(built.built[0], known=frozenset({"text.small"})),))
    assert {each.check for each in found_in(small, press, known)} == {"text.small", "text.place"}


def _saved(**options: Any) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        yield saved(pdf, **options)


@pytest.mark.parametrize(
    "options",
    [{"object_stream_mode": pikepdf.ObjectStreamMode.generate}, {"linearize": True}, {"recompress_flate": True},
     {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized}],
    ids=lambda each: next(iter(each)),
)  # fmt: skip
def test_a_file_that_was_only_saved_again_is_clean_and_was_looked_at(
    options: Mapping[str, Any], press: PressProfile
) -> None:
    (pdf,) = _saved(**options)
    record = Record()
    assert judge(pdf, press, faults.built(), record) == ()
    assert [record.why_not(each) for each in (*HELD, "text.order", "image.missing")] == [None] * 5


def test_the_file_of_the_build_is_not_drawn_again(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    from layout.preflight import looks_now

    def drawn(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(looks_now, "look_drawn", drawn)
    record = Record()
    as_built = replace(faults.built(), again=False, built=())
    assert judge(clean_pdf(), press, as_built, record) == ()
    assert record.why_not("page.looks") is None


def test_a_report_without_a_look_says_so(press: PressProfile) -> None:
    built, record = faults.built(), Record()
    judge(clean_pdf(), press, replace(built, built=(replace(built.built[0], look=None),)), record)
    why = record.why_not("page.looks")
    assert why is not None
    assert "does not say" in why.en
    assert record.why_not("text.place") is None


def look(change: Callable[[Image.Image], None] = lambda _: None) -> PageLook:
    picture = Image.new("RGB", (320, 210), (200, 100, 50))
    change(picture)
    found = look_of_page(picture, 100, 7.2, 7.2, (200, 130))
    assert found is not None
    return found


def test_a_look_has_the_tiles_of_the_trimmed_page() -> None:
    plain = look()
    assert (plain.columns, plain.rows, plain.tone(0), set(plain.detail)) == (18, 12, (200, 100, 50), {0})
    marked = look(lambda picture: picture.paste((0, 0, 0), (26, 26, 42, 42)))
    assert marked.tone(plain.columns + 1) == (0, 0, 0)
    assert marked.tone(0) == plain.tone(0)
    assert list(plain.within(Box(0, 0, 35, 35))) == [0, 1, 2, 18, 19, 20, 36, 37, 38]
    assert list(plain.within(Box(13, 13, 10, 10))) == [19]
    beside = look(lambda picture: picture.paste((0, 0, 0), (0, 0, 9, 210)))
    assert beside == plain  # what lies beyond the trim is cut off


def test_a_report_holds_a_look_and_gives_it_back() -> None:
    made = look(lambda picture: picture.paste((9, 99, 0), (30, 40, 90, 95)))
    assert read_look(made.as_json()) == made  # type: ignore[arg-type]
    assert read_look(None) is None


@pytest.mark.parametrize(
    "wrong",
    [{"columns": 3}, {"rows": -1}, {"ppi": 0}, {"ppi": 1e9, "columns": MAX_TILES, "rows": 9}, {"tiles": "AAAA"},
     {"tiles": "é"}, {"tiles": ""}],
)  # fmt: skip
def test_a_look_that_is_none_is_refused(wrong: Mapping[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_look({**look().as_json(), **wrong})  # type: ignore[arg-type]


def test_a_sheet_too_small_for_its_trim_has_no_look() -> None:
    assert look_of_page(Image.new("RGB", (100, 100)), 100, 7.2, 7.2, (200, 130)) is None
    assert look_of_page(Image.new("RGB", (100, 100)), 20, 0, 0, (72, 72)) is None


def test_paragraphs_are_looked_for_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of any length takes no longer; what is not looked for reads otherwise, as it does in its place."""
    chars = [PlacedChar(char, 10.0 * at, 10.0, 9.0) for at, char in enumerate("屯留区两会特刊")]
    spot = replace(faults.FIRST, printed=paragraph_printed(chars[2:5]))
    assert [each.pairs[0][1] for each in text_again(chars, [spot]).found] == [(20.0, 10.0)]
    monkeypatch.setattr(found_text, "MAX_COMPARED", 14)
    assert text_again(chars, [spot]).found == ()


def test_places_around_findings() -> None:
    explained = Explained((Box(0, 0, 10, 10),))
    assert explained.box(Box(5, 0, 10, 10))
    assert not explained.box(Box(6, 0, 10, 10))
    assert explained.points([(1, 1), (50, 50)])
    assert not explained.points([(1, 1), (50, 50), (60, 60)])
