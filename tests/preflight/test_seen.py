"""Type that nobody can see, whatever hides it, is an error that says why; what can be seen is none."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout.checks import Finding
from layout.preflight.judge import judge
from layout.preflight.seen.colour_difference import (
    SURELY_APART,
    SURELY_READABLE,
    ciede2000,
    delta_e,
    lightness,
)
from layout.press.model import PressProfile
from preflight import support

pytestmark = pytest.mark.slow

TRIALS = Path(__file__).parent / "trials"
PAGE = (200.0, 120.0)
SHOW = "BT /F1 20 Tf 1 0 0 1 30 40 Tm <000100020003> Tj ET"
"""Three boxes of 16 pt, from x 32 and y 40."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def page_with(content: str) -> bytes:
    """A page of 200 × 120 pt with *content*; the font is F1, with the states A0, A5 (opacity), M (Multiply)."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=PAGE)
        page = pdf.pages[0]
        page.TrimBox = page.BleedBox = Array([0, 0, *PAGE])
        form = pdf.make_stream(SHOW.encode())
        form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, *PAGE])})
        font = support._font(pdf)
        form.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Resources = Dictionary(
            Font=Dictionary(F1=font),
            ExtGState=Dictionary(
                A0=Dictionary(ca=0),
                A5=Dictionary(ca=0.5),
                M=Dictionary(BM=Name.Multiply),
                S0=_soft(pdf, 0),
                S1=_soft(pdf, 0.02),
                T=Dictionary(TR=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)),
            ),
            Properties=Dictionary(On=pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("on")))),
            XObject=Dictionary(Im1=support.image(pdf), Fm1=form),
            Shading=Dictionary(Sh1=support._shading()),
        )
        off = page.Resources.Properties.Off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("off")))
        layers = Array([page.Resources.Properties.On, off])
        pdf.Root.OCProperties = Dictionary(OCGs=layers, D=Dictionary(Order=layers, OFF=Array([off])))
        page.Contents = pdf.make_stream(content.encode())
        return support.saved(pdf)


def _soft(pdf: Pdf, light: float) -> Dictionary:
    """A soft mask that lets so much through."""
    group = pdf.make_stream(f"{light} g 0 0 200 120 re f".encode())
    group.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, *PAGE])})
    group.Group, group.Resources = Dictionary(S=Name.Transparency, CS=Name.DeviceGray), Dictionary()
    return Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))


def found(content: str | bytes, press: PressProfile, check: str = "text.invisible") -> list[Finding]:
    pdf = content if isinstance(content, bytes) else page_with(content)
    return [each for each in judge(pdf, press) if each.check == check]


UNSEEN = {
    "mode 3": ("mode", f"3 Tr {SHOW}"),
    "mode 7": ("mode", f"q 7 Tr {SHOW} Q"),
    "mode 3 in a form": ("mode", "3 Tr /Fm1 Do"),
    "mode 3 by the state before": ("mode", f"q BT 3 Tr ET {SHOW} Q"),
    "clear": ("alpha", f"/A0 gs {SHOW}"),
    "clear form": ("alpha", "q /A0 gs /Fm1 Do Q"),
    "clear on a ground": ("alpha", f"0.5 0 0 0 k 0 0 200 120 re f /A0 gs 0 0 0 1 k {SHOW}"),
    "clear outline": ("mode", f"q BT 7 Tr ET /A0 gs {SHOW} Q"),
    "white on paper": ("no_ink", f"0 0 0 0 k {SHOW}"),
    "white gray on paper": ("no_ink", f"1 g {SHOW}"),
    "white on white": ("no_ink", f"0 0 0 0 k 0 0 200 120 re f 0 0 0 0 k {SHOW}"),
    "white in a form": ("no_ink", "0 0 0 0 k /Fm1 Do"),
    "1 % black": ("tint", f"0 0 0 0.01 k {SHOW}"),
    "3 % yellow": ("tint", f"0 0 0.03 0 k {SHOW}"),
    "2 % of three inks": ("tint", f"0.02 0.02 0.02 0 k {SHOW}"),
    "black on black": ("ground", f"0 0 0 1 k 0 0 200 120 re f {SHOW}"),
    "red on red": ("ground", f"0 1 1 0 k 0 0 200 120 re f {SHOW}"),
    "nearly red on red": ("ground", f"0 1 1 0 k 0 0 200 120 re f 0 0.98 1 0 k {SHOW}"),
    "picture's colour": ("ground", f"q 200 0 0 120 0 0 cm /Im1 Do Q 0.157 0.157 0.157 0.157 k {SHOW}"),
    "clipped to nothing": ("clip", f"q 0 0 m W n {SHOW} Q"),
    "clipped elsewhere": ("clip", f"q 120 0 50 120 re W n {SHOW} Q"),
    "clipped twice, to nothing": ("clip", f"q 0 0 90 120 re W n 120 0 50 120 re W n {SHOW} Q"),
    "clipped to a hair": ("clip", f"q 30 40 60 0.2 re W n {SHOW} Q"),
    "covered by a tint": ("covered", f"{SHOW} 0.2 0 0 0 k 0 0 200 120 re f"),
    "covered in white": ("covered", f"{SHOW} 0 0 0 0 k 20 20 100 60 re f"),
    "covered by a picture": ("covered", f"{SHOW} q 100 0 0 80 20 20 cm /Im1 Do Q"),
    "covered by a gradient": ("covered", f"0 0 0 1 k {SHOW} q 20 20 100 60 re W n 1 0 0 1 -100 0 cm /Sh1 sh Q"),
    "half covered in white": ("covered", f"{SHOW} 0 0 0 0 k 20 36 100 13 re f"),
    "multiplied by black": ("blend", f"{SHOW} /M gs 0 0 0 1 k 20 20 100 60 re f"),
    "white that multiplies": ("blend", f"0.5 0 0 0 k 0 0 200 120 re f /M gs 0 0 0 0 k {SHOW}"),
    "in a layer that is off": ("layer", f"/OC /Off BDC {SHOW} EMC"),
    "behind a mask that hides all": ("mask", f"/S0 gs {SHOW}"),
    "behind a mask that hides nearly all": ("mask", f"/S1 gs {SHOW}"),
    "by a transfer curve": ("transfer", f"/T gs {SHOW}"),
    "a twentieth of a point": ("size", "BT /F1 0.05 Tf 1 0 0 1 30 40 Tm <000100020003> Tj ET"),
    "small by its matrix": ("size", "q 0.001 0 0 0.001 30 40 cm BT /F1 20 Tf <000100020003> Tj ET Q"),
    "small in a form": ("size", "q 0.002 0 0 0.002 30 40 cm /Fm1 Do Q"),
    "left of the sheet": ("off", "BT /F1 20 Tf 1 0 0 1 -90 40 Tm <000100020003> Tj ET"),
    "above the sheet": ("off", "BT /F1 20 Tf 1 0 0 1 30 400 Tm <000100020003> Tj ET"),
    "far off": ("off", "BT /F1 20 Tf 1 0 0 1 30000 40 Tm <000100020003> Tj ET"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_cannot_be_seen_is_an_error_that_says_why(kind: str, press: PressProfile) -> None:
    reason, content = UNSEEN[kind]
    (told,) = found(content, press)
    assert (told.amount["reason"], told.amount["characters"]) == (reason, 3)
    assert "屯留区" in told.message.zh
    assert told.hint is not None
    assert len(told.boxes) == 1


SEEN = {
    "plain": SHOW,
    "by a form": "/Fm1 Do",
    "half clear": f"/A5 gs {SHOW}",
    "in a layer that is on": f"/OC /On BDC {SHOW} EMC",
    "after a layer that is off": f"/OC /Off BDC EMC {SHOW}",
    "a little covered": f"{SHOW} 0 0 0 0 k 20 36 100 8 re f",
    "white on black": f"0 0 0 1 k 0 0 200 120 re f 0 0 0 0 k {SHOW}",
    "white on a picture": f"q 200 0 0 120 0 0 cm /Im1 Do Q 0 0 0 0 k {SHOW}",
    "30 % on paper": f"0 0 0 0.3 k {SHOW}",
    "30 % on 90 %": f"0 0 0 0.9 k 0 0 200 120 re f 0 0 0 0.3 k {SHOW}",
    "red on blue as dark": f"1 0.6 0 0 k 0 0 200 120 re f 0 1 1 0 k {SHOW}",
    "outlined": f"1 Tr 0.6 w {SHOW}",
    "white within an outline": f"2 Tr 0.6 w 0 0 0 0 k {SHOW}",
    "filled and clipping": f"q 4 Tr {SHOW} Q",
    "multiplied": f"/M gs 0.3 0 0 0 k 0 0 200 120 re f 0 0 0 1 k {SHOW}",
    "clip that leaves it all": f"q 25 35 80 30 re W n {SHOW} Q",
    "clip that touches it": f"q 25 41 80 30 re W n {SHOW} Q",
    "covered before": f"0.2 0 0 0 k 0 0 200 120 re f 0 0 0 1 k {SHOW}",
    "covered by what is clear": f"{SHOW} q /A0 gs 0 0 200 120 re f Q",
    "covered by what is multiplied": f"{SHOW} q /M gs 0 0.2 0.2 0 k 0 0 200 120 re f Q",
    "covered by a frame": f"{SHOW} 0 0 0 1 k 20 20 100 60 re 25 35 90 40 re f*",
    "a corner covered": f"{SHOW} 0.2 0 0 0 k 28 36 9 9 re f",
    "its own shadow": f"q 1 0 0 1 0.6 -0.6 cm 0 0 0 0.4 k {SHOW} Q 0 0 0 1 k {SHOW}",
    "upright line": "BT /F1 12 Tf 0 1 -1 0 60 30 Tm <000100020003> Tj ET",
    "slanting line": "BT /F1 12 Tf 0.9 0.3 -0.3 0.9 60 30 Tm <000100020003> Tj ET",
    "spread out": "BT /F1 12 Tf 30 Tc 1 0 0 1 30 40 Tm <000100020003> Tj ET",
    "mirrored": "BT /F1 12 Tf -1 0 0 1 120 40 Tm <000100020003> Tj ET",
    "five points": "BT /F1 5 Tf 1 0 0 1 30 40 Tm <000100020003> Tj ET",
    "no text": "0 0 0 1 k 20 20 20 20 re f",
}  # fmt: skip


@pytest.mark.parametrize("kind", SEEN)
def test_what_can_be_seen_is_not_told(kind: str, press: PressProfile) -> None:
    assert found(SEEN[kind], press) == []


@pytest.mark.parametrize(
    "name", [row["file"] for row in tomllib.loads((TRIALS / "PROVENANCE.toml").read_text())["trial"]]
)
def test_trials(name: str, press: PressProfile) -> None:
    assert found((TRIALS / name).read_bytes(), press)


def test_every_trial_has_its_row() -> None:
    rows = tomllib.loads((TRIALS / "PROVENANCE.toml").read_text(encoding="utf-8"))["trial"]
    assert sorted(row["file"] for row in rows) == sorted(path.name for path in TRIALS.glob("*.pdf"))


def test_the_characters_that_are_covered_are_named(press: PressProfile) -> None:
    (told,) = found(f"{SHOW} 0 0 0 0 k 49 20 22 60 re f", press)
    assert (told.amount["characters"], told.amount["reason"]) == (1, "covered")
    assert "“留”" in told.message.zh
    assert told.boxes[0].x == pytest.approx(50, abs=0.5)


def with_second_glyph(content: str, *corners: tuple[int, int]) -> bytes:
    """The page with *content* in a font whose second character has another outline: none without *corners*."""
    font = TTFont(BytesIO(support.font_program()))
    pen = TTGlyphPen(None)
    for number, corner in enumerate(corners):
        (pen.lineTo if number else pen.moveTo)(corner)
    if corners:
        pen.closePath()
    font["glyf"]["g2"] = pen.glyph()
    font["hmtx"]["g2"] = (1000, min((x for x, _ in corners), default=0))
    out = BytesIO()
    font.save(out)
    with Pdf.open(BytesIO(page_with(content))) as pdf:
        (program,) = (each for each in pdf.objects if isinstance(each, Dictionary) and "/FontFile2" in each)
        program.FontFile2 = pdf.make_stream(out.getvalue())
        return support.saved(pdf)


LOW = ((100, 0), (100, 150), (250, 150), (250, 0))
"""A mark at the foot of its em, as a full stop is."""


@pytest.mark.parametrize(
    ("line", "corners", "reason"),
    [
        ("1 0 0 1 30 -6 Tm <000100020003>", LOW, "off"),  # cut along the line: the mark alone is off the page
        ("1 0 0 -1 30 126 Tm <000100020003>", LOW, "off"),
        ("0 1 -1 0 206 30 Tm <000100020003>", LOW, "off"),
        ("0 -1 1 0 -6 110 Tm <000100020003>", LOW, "off"),
        ("1 0 0 1 30 -3.2 Tm <0002>", LOW, "off"),  # nothing but the mark
        ("1 0 0 1 175 40 Tm <00010002>", ((900, 0), (900, 150), (990, 150), (990, 0)), "off"),  # at the line's end
        ("1 0 0 1 30 40 Tm <000100020003>", (), "empty"),
        ("1 0 0 1 150 40 Tm <000100020003>", (), "empty"),  # on the page, though its line runs off it
        ("0 1 -1 0 100 70 Tm <000100020003>", (), "empty"),
    ],
)
def test_a_mark_cut_off_with_the_page_is_not_an_empty_glyph(
    line: str, corners: tuple[tuple[int, int], ...], reason: str, press: PressProfile
) -> None:
    (told,) = found(with_second_glyph(f"BT /F1 20 Tf {line} Tj ET", *corners), press)
    assert (told.amount["reason"], told.amount["characters"]) == (reason, 1)
    assert "“留”" in told.message.zh


def test_a_blank_space_needs_no_ink(press: PressProfile) -> None:
    assert found("BT /F1 20 Tf 3 Tr ET", press) == []


@pytest.mark.parametrize(
    ("content", "least"),
    [
        (f"0 0 0 0.22 k {SHOW}", 20),
        (f"0 0 0 0.86 k 0 0 200 120 re f 0 0 0 1 k {SHOW}", 20),
        ("0 0 0 0.3 k BT /F1 9 Tf 1 0 0 1 30 40 Tm <000100020003> Tj ET", 30),
        (f"0 0.1 0.9 0 k {SHOW}", 20),
    ],
)
def test_type_that_hardly_stands_out_is_a_warning_with_its_figure(
    content: str, least: float, press: PressProfile
) -> None:
    (told,) = found(content, press, "text.contrast")
    assert f"要差 {least}" in told.message.zh
    assert float(str(told.amount["delta_l"])) < least


@pytest.mark.parametrize(
    "content",
    [
        SHOW,
        f"0 0 0 0.3 k {SHOW}",
        "0 0 0 0.45 k BT /F1 9 Tf 1 0 0 1 30 40 Tm <000100020003> Tj ET",
        f"0 0 0 0.8 k 0 0 200 120 re f 0 0 0 0 k {SHOW}",
    ],
)
def test_type_that_stands_out_is_not_told(content: str, press: PressProfile) -> None:
    assert found(content, press, "text.contrast") == []


OTHER = "BT /F1 9 Tf 1 0 0 1 {x} {y} Tm <000400050006> Tj ET"


@pytest.mark.parametrize(("x", "y"), [(35, 44), (25, 38), (60, 52), (84, 51)])
def test_ink_that_meets_ink_is_told_with_both_places(x: float, y: float, press: PressProfile) -> None:
    (told,) = found(f"{SHOW} 0 0.8 0.8 0 k {OTHER.format(x=x, y=y)}", press, "text.on_type")
    assert "屯留区" in told.message.zh
    assert "两会特" in told.message.zh
    assert len(told.boxes) == 2


@pytest.mark.parametrize(
    "content",
    [
        f"{SHOW} {OTHER.format(x=35, y=57)}",  # close above it
        f"{SHOW} {OTHER.format(x=35, y=32.5)}",  # close below it
        f"{SHOW} {OTHER.format(x=91, y=44)}",  # close beside it
        f"{SHOW} {SHOW}",  # the same once more: text.twice
        f"0 0 0 0.06 k {SHOW} 0 0 0 1 k {OTHER.format(x=35, y=44)}",  # a pale figure behind it
    ],
)
def test_ink_that_does_not_meet_is_not_told(content: str, press: PressProfile) -> None:
    assert found(content, press, "text.on_type") == []


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.8361, -74.02), (50, 0, -82.7485), 3.4412),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((50, 2.5, 0), (56, -27, -3), 31.9030),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_gives_the_published_pairs(
    one: tuple[float, float, float], other: tuple[float, float, float], far: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(far, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(far, abs=5e-5)


def luma(colour: Sequence[int]) -> int:
    return (19595 * colour[0] + 38470 * colour[1] + 7471 * colour[2] + 0x8000) >> 16


def test_the_short_ways_are_true() -> None:
    """Colours as far apart in luma as the short ways ask are as far apart as the formulas ask."""
    choose = random.Random(7)
    apart = readable = 0
    for _ in range(6000):
        one, other = (
            tuple(choose.choice((0, 255, choose.randrange(256))) for _ in range(3)) for _ in range(2)
        )  # the gamut's corners and edges are where luma and L* differ most
        by = abs(luma(one) - luma(other))
        if by >= SURELY_APART:
            apart += 1
            assert delta_e(one, other) >= 10  # type: ignore[arg-type]
        if by >= SURELY_READABLE:
            readable += 1
            assert abs(lightness(one) - lightness(other)) >= 30
    assert apart > 1000
    assert readable > 300


@pytest.mark.parametrize("back", [400, 930, 950])
def test_a_mark_whose_next_is_moved_back_over_it_is_seen(back: int, press: PressProfile) -> None:
    """As squeezed marks are set: “《 in half their bodies, each with its ink in the second half of it."""
    found = judge(
        page_with(f"BT 0 0 0 1 k /F1 20 Tf 1 0 0 1 30 40 Tm [<0001> {back} <0002> {back} <0003>] TJ ET"), press
    )
    assert not [each for each in found if each.check == "text.invisible"]
