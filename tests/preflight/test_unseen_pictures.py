"""Pictures that are not seen: why, where, and at what price; layers; what a report beside the file knows."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from layout.checks import Severity
from layout.geometry import Box
from layout.preflight.judge import judge
from layout.preflight.layers import Layers, layers_of
from layout.preflight.picture_tones import flat_foot, is_negative, samples_of, unlike, was_enlarged
from layout.preflight.record import Record
from layout.preflight.seen.picture_look import PictureViewer
from layout.press.model import PressProfile
from preflight import picture_faults as faults
from preflight import support
from preflight.support import EXPECTED, PICTURE, Fault, clean_pdf, with_fault

REASONS: Mapping[Fault, str] = {
    faults.photo_covered: "covered", faults.photo_under_a_photo: "covered", faults.photo_mostly_covered: "covered",
    faults.photo_clipped_away: "clip", faults.photo_clipped_by_a_shape: "clip", faults.photo_clear: "alpha",
    faults.photo_in_a_clear_group: "alpha", faults.photo_behind_a_dark_mask: "mask",
    faults.photo_with_an_empty_soft_mask: "clear", faults.stencil_without_marks: "clear",
    faults.photo_off_the_sheet: "off", faults.photo_scaled_to_nothing: "size",
    faults.photo_on_a_layer_that_is_off: "layer", faults.form_of_a_layer_that_is_off: "layer",
    faults.white_photo: "white",
}  # fmt: skip


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


@pytest.mark.parametrize("fault", REASONS, ids=lambda fault: fault.__name__)
def test_the_reason_is_told(fault: Fault, press: PressProfile) -> None:
    (told,) = (each for each in judge(with_fault(fault), press, EXPECTED) if each.check == "image.invisible")
    assert told.amount["reason"] == REASONS[fault]
    assert told.boxes
    assert told.hint is not None
    assert "pixels" in told.message.en


def test_a_half_covered_picture_is_a_warning(press: PressProfile) -> None:
    (told,) = judge(with_fault(faults.photo_mostly_covered), press, EXPECTED)
    assert told.severity is Severity.WARNING
    assert told.amount["seen_percent"] == pytest.approx(25, abs=3)


def test_where_nothing_lies_upon_pictures_nothing_is_drawn(
    press: PressProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []
    seen = PictureViewer.seen
    monkeypatch.setattr(PictureViewer, "seen", lambda self, *asked: looked.append(asked) or seen(self, *asked))
    judge(clean_pdf(), press, EXPECTED)
    assert looked == []
    judge(with_fault(faults.photo_covered), press, EXPECTED)
    assert len(looked) == 1


def _layers(usual: Callable[[Any], Mapping[str, Any]]) -> tuple[Layers, Any, Any]:
    """The layers of a file with one layer, in the usual configuration *usual*."""
    pdf = pikepdf.new()
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG))
    layer.Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(**usual(layer)))
    return layers_of(pdf), layer, pdf


@pytest.mark.parametrize(
    ("usual", "off"),
    [
        (lambda _: {}, False),
        (lambda layer: {"OFF": [layer]}, True),
        (lambda _: {"BaseState": Name.OFF}, True),
        (lambda layer: {"BaseState": Name.OFF, "ON": [layer]}, False),
        (lambda layer: {"AS": [Dictionary(Event=Name.Print, OCGs=[layer])]}, True),
        (lambda layer: {"AS": [Dictionary(Event=Name.View, OCGs=[layer])]}, False),
    ],
)
def test_layers_are_on_or_off(usual: Callable[[Any], Mapping[str, Any]], *, off: bool) -> None:
    layers, layer, _pdf = _layers(usual)
    assert layers.hides(layer) is off


@pytest.mark.parametrize(
    ("policy", "hidden"), [("AnyOn", False), ("AllOn", True), ("AnyOff", False), ("AllOff", True), (None, False)]
)
def test_a_membership_of_one_that_is_on_and_one_that_is_off(policy: str | None, *, hidden: bool) -> None:
    layers, layer, pdf = _layers(lambda layer: {"OFF": [layer]})
    other = pdf.make_indirect(Dictionary(Type=Name.OCG))
    member = Dictionary(Type=Name.OCMD, OCGs=Array([layer, other]))
    if policy:
        member.P = Name(f"/{policy}")
    assert layers.hides(member) is hidden


def test_a_look_stays_when_a_picture_is_packed_anew() -> None:
    picture = Image.linear_gradient("L").resize((200, 160))
    look = samples_of(picture).look
    out = io.BytesIO()
    picture.resize((90, 70)).save(out, "JPEG", quality=30)
    assert not unlike(f"{look:016x}", f"{samples_of(Image.open(out)).look:016x}")
    assert unlike(f"{look:016x}", f"{samples_of(picture.rotate(90)).look:016x}")


@pytest.mark.parametrize("ink", [(0, 0, 0, 255), (255, 255, 255, 255), (0, 0, 0, 0)])
def test_a_flat_patch_is_no_negative(ink: tuple[int, ...]) -> None:
    assert not is_negative(Image.new("CMYK", (20, 20), ink))


def test_a_build_writes_down_what_its_pictures_look_like(press: PressProfile) -> None:
    record = Record()
    judge(clean_pdf(), press, replace(EXPECTED, pictures=((replace(PICTURE, look=""),),)), record)
    assert record.looks == {PICTURE.id: PICTURE.look}


def test_a_picture_without_a_frame_is_told(press: PressProfile) -> None:
    """Its element is not laid out at all."""
    nowhere = replace(PICTURE, id="", box=Box(0, 0, 0, 0))
    (told,) = judge(clean_pdf(), press, replace(EXPECTED, pictures=((PICTURE, nowhere),)))
    assert (told.check, told.boxes) == ("image.missing", ())


def test_a_clipped_picture_is_told_once_and_in_its_frame(press: PressProfile) -> None:
    def clipped(pdf: support.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        away = content.replace(b"72 0 0 54 30 60 cm /Im1", b"0 0 1 1 re W n 72 0 0 54 30 60 cm /Im1")
        pdf.pages[0].Contents = pdf.make_stream(away)

    (told,) = judge(with_fault(clipped), press, replace(EXPECTED, pictures=((PICTURE,),)))
    assert told.check == "image.invisible"
    assert told.boxes == (PICTURE.box,)


@pytest.mark.parametrize(("characters", "checks"), [(9, []), (10, ["text.complete"]), (7, ["text.extra"])])
def test_characters_are_counted_by_the_report(characters: int, checks: list[str], press: PressProfile) -> None:
    record = Record()
    found = judge(clean_pdf(), press, replace(EXPECTED, characters=(characters,)), record)
    assert [each.check for each in found] == checks
    assert record.why_not("text.complete") is None
    assert record.why_not("text.order") is not None


def test_a_picture_goes_by_the_plans_name(press: PressProfile) -> None:
    """Where it fills its frame and nothing says that it is another one."""
    planned = replace(EXPECTED, pictures=((replace(PICTURE, look=""),),))
    (told,) = judge(with_fault(faults.half_loaded_photo), press, planned)
    assert "“meadow” (200×150 pixels)" in told.message.en
    assert told.amount["flat_percent"] == 52
    another = replace(EXPECTED, pictures=((replace(PICTURE, look="aa55aa55aa55aa55"),),))
    exchanged = judge(with_fault(faults.half_loaded_photo), press, another)
    assert ["“Im1”" in each.message.en for each in exchanged if each.check == "image.sound"] == [True]


def test_a_page_on_its_side_has_no_frames_to_hold_its_pictures_against(press: PressProfile) -> None:
    record = Record()
    planned = replace(EXPECTED, pictures=((PICTURE,),))
    (told,) = judge(with_fault(faults.page_on_its_side), press, planned, record)
    assert "lies on its side" in told.message.en
    assert record.why_not("image.missing") is not None


def test_the_foot_of_a_picture_is_flat_to_the_last_sample() -> None:
    picture = Image.effect_noise((160, 120), 60)
    picture.paste(128, (0, 90, 160, 120))
    assert flat_foot(picture) == 0.25
    for place in ((80, 119), (0, 100)):
        marked = picture.copy()
        marked.putpixel(place, 129)
        assert flat_foot(marked) < 0.25, place
    letterbox = picture.copy()
    letterbox.paste(128, (0, 0, 160, 30))
    assert flat_foot(letterbox) == 0.0


def test_colour_bars_were_not_enlarged() -> None:
    """Their edges lie between pixels even of a quarter of the size."""
    bars = Image.new("L", (320, 240))
    for at in range(0, 320, 40):
        bars.paste(at * 3 // 4, (at, 0, at + 40, 240))
    bars.paste(255, (0, 120, 320, 240))
    assert not was_enlarged(bars.reduce(2))


@pytest.mark.parametrize(("times", "found"), [(1, False), (2, False), (8, True)])
def test_a_picture_that_was_enlarged_is_known_by_its_edges(times: int, found: bool) -> None:
    noise = Image.effect_noise((-(-320 // times), -(-240 // times)), 90)
    half = noise.resize((320, 240), Image.Resampling.BICUBIC).reduce(2)
    assert was_enlarged(half) is found
