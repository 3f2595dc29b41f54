"""The ink walk over files made by hand: what stands in forms, patterns, masks and gradients is seen as well."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from layout.errors import LayoutError
from layout.outcome_cache import OutcomeCache
from layout.prepress.finish import known_drawings
from layout.prepress.ink_state import OverprintLimits
from layout.prepress.walk import DocumentWalk
from soak import SEED, amount

LIMITS = OverprintLimits(12, 2)
RGB = b"1 0 0 rg 0 0 9 9 re f"
BLACK = b"0 0 0 rg 0 0 9 9 re f"


@contextmanager
def page(content: bytes) -> Iterator[tuple[Pdf, Object]]:
    """A file of one page with *content*, and its resources."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.pages[0].Resources = Dictionary(
            ExtGState=Dictionary(), XObject=Dictionary(), Pattern=Dictionary(), Shading=Dictionary()
        )
        yield pdf, pdf.pages[0].Resources


def refused(pdf: Pdf) -> list[str]:
    """What the walk refuses, in English."""
    try:
        DocumentWalk(pdf, LIMITS).walk()
    except LayoutError as error:
        return [each.message.en for each in error.faults()]
    return []


def form(pdf: Pdf, content: bytes, **entries: object) -> Stream:
    stream = pdf.make_stream(content)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 60, 60])})
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def soft_mask(pdf: Pdf, group: Stream, kind: Name = Name.Luminosity) -> Dictionary:
    return Dictionary(SMask=Dictionary(S=kind, G=pdf.make_indirect(group)))


@pytest.mark.parametrize("kind", [Name.Luminosity, Name.Alpha])
def test_a_colour_in_a_soft_mask_is_refused(kind: Name) -> None:
    with page(b"/M gs 0 0 0 1 k 0 0 9 9 re f") as (pdf, resources):
        resources.ExtGState.M = soft_mask(pdf, form(pdf, RGB, Resources=Dictionary()), kind)
        assert refused(pdf) == ["Page 1 has a colour the press cannot print: DeviceRGB (1 0 0 rg)."]


def test_black_in_a_soft_mask_is_mended_without_overprint_and_its_group_is_gray() -> None:
    with page(b"/M gs 0 0 0 1 k 0 0 9 9 re f") as (pdf, resources):
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        own = form(pdf, b"0 0 0 rg 0 0 9 1 re f", Resources=Dictionary(), Group=group)
        resources.ExtGState.M = soft_mask(pdf, own)
        assert refused(pdf) == []
        mask = resources.ExtGState.M.SMask.G
        assert mask.read_bytes() == b"0 0 0 1 k 0 0 9 1 re f"
        assert Name.DeviceGray == mask.Group.CS


def test_a_mask_s_luminosity_is_gray_whatever_the_press_s_black_looks_like() -> None:
    for kind, space in ((Name.Luminosity, Name.DeviceGray), (Name.Alpha, Name.DeviceCMYK)):
        with page(b"/M gs") as (pdf, resources):
            group = form(pdf, b"", Resources=Dictionary(), Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))
            resources.ExtGState.M = soft_mask(pdf, group, kind)
            assert refused(pdf) == []
            assert space == resources.ExtGState.M.SMask.G.Group.CS


TEXT = b"0 0 0 1 k BT /F 9 Tf <01> Tj ET"


@pytest.mark.parametrize(
    ("entries", "on"),
    [
        ({}, True),
        ({"SMask": Name("/None")}, True),
        ({"ca": 0.5}, False),
        ({"ca": 1, "CA": 0.5}, True),
        ({"SMask": Dictionary(S=Name.Alpha)}, False),
    ],
)
def test_a_state_decides_whether_black_overprints(entries: dict[str, object], on: bool) -> None:
    with page(b"/S gs " + TEXT) as (pdf, resources):
        resources.ExtGState.S = Dictionary(OP=True, op=True, OPM=1, LW=2, **entries)
        assert refused(pdf) == []
        assert (b"/LayoutOverprint gs" in pdf.pages[0].Contents.read_bytes()) is on
        assert set(resources.ExtGState.S.keys()) == {"/LW", *(f"/{key}" for key in entries)}  # overprint is ours alone


def test_a_mask_stays_until_a_state_ends_it() -> None:
    for last, on in ((Dictionary(LW=2), False), (Dictionary(SMask=Name("/None")), True)):
        with page(b"/M gs /S gs " + TEXT) as (pdf, resources):
            resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Alpha))
            resources.ExtGState.S = last
            assert refused(pdf) == []
            assert (b"/LayoutOverprint gs" in pdf.pages[0].Contents.read_bytes()) is on


def test_forms_and_what_they_draw_are_walked_once() -> None:
    with page(b"/A Do /A Do") as (pdf, resources):
        inner = pdf.make_indirect(form(pdf, BLACK, Resources=Dictionary()))
        resources.XObject.A = form(pdf, b"/B Do", Resources=Dictionary(XObject=Dictionary(B=inner)))
        resources.XObject.A = pdf.make_indirect(resources.XObject.A)
        assert refused(pdf) == []
        assert inner.read_bytes() == b"0 0 0 1 k 0 0 9 9 re f"


def test_a_form_without_resources_uses_those_of_what_draws_it() -> None:
    with page(b"/A Do") as (pdf, resources):
        resources.XObject.A = pdf.make_indirect(form(pdf, b"/B Do"))
        resources.XObject.B = pdf.make_indirect(form(pdf, RGB, Resources=Dictionary()))
        assert refused(pdf) == ["Page 1 has a colour the press cannot print: DeviceRGB (1 0 0 rg)."]


def test_type_in_a_form_is_as_large_as_its_matrix_makes_it() -> None:
    for size, on in ((5.9, True), (6.0, False)):
        with page(b"/A Do") as (pdf, resources):
            content = f"0 0 0 1 k BT /F {size} Tf <01> Tj ET".encode()
            own = form(pdf, content, Resources=Dictionary(), Matrix=Array([0, 2, -2, 0, 5, 5]))
            resources.XObject.A = pdf.make_indirect(own)
            assert refused(pdf) == []
            assert (b"/LayoutOverprint gs" in resources.XObject.A.read_bytes()) is on
            assert ("/LayoutOverprint" in resources.XObject.A.Resources.get("/ExtGState", {})) is on


def test_a_group_is_blended_in_cmyk() -> None:
    with page(b"/A Do /B Do") as (pdf, resources):
        for name, space in (("/A", Name.DeviceRGB), ("/B", Name.DeviceGray)):
            group = Dictionary(S=Name.Transparency, CS=space)
            resources.XObject[name] = pdf.make_indirect(form(pdf, b"", Resources=Dictionary(), Group=group))
        assert refused(pdf) == []
        assert Name.DeviceCMYK == resources.XObject.A.Group.CS
        assert Name.DeviceGray == resources.XObject.B.Group.CS


def tint(*values: float) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * len(values), C1=list(values), N=1)


def joined(*parts: Dictionary) -> Dictionary:
    return Dictionary(FunctionType=3, Domain=[0, 1], Functions=list(parts), Bounds=[0.5], Encode=[0, 1, 0, 1])


@pytest.mark.parametrize(
    ("space", "function", "fine"),
    [
        (Name.DeviceCMYK, tint(0, 1, 1, 0), True),
        (Name.DeviceCMYK, tint(0, 1, 1), False),
        (Name.DeviceCMYK, joined(tint(0, 0, 0, 1), tint(1, 0, 0, 0)), True),
        (Name.DeviceCMYK, joined(tint(0, 0, 0, 1), tint(1, 0, 0)), False),
        (Name.DeviceCMYK, Array([tint(0), tint(1), tint(0), tint(1)]), True),
        (Name.DeviceCMYK, Array([tint(0), tint(1), tint(0)]), False),
        (Name.DeviceCMYK, Dictionary(FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4), True),
        (Name.DeviceCMYK, Dictionary(FunctionType=4, Domain=[0, 1], Range=[0, 1] * 3), False),
        (Name.DeviceCMYK, Dictionary(FunctionType=2, Domain=[0, 1], N=1), False),
        (Name.DeviceCMYK, None, True),
        (Name.DeviceGray, tint(1), True),
        (Name.DeviceGray, Dictionary(FunctionType=2, Domain=[0, 1], N=1), True),
        (Name.DeviceGray, tint(1, 0, 0, 0), False),
        (Name.DeviceRGB, tint(1, 0, 0), False),
        (Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])]), tint(1, 0, 0), False),
    ],
)
@pytest.mark.parametrize("content", [b"/G sh", b"/Pattern cs /G scn 0 0 9 9 re f"])
def test_a_gradient_is_well_formed_cmyk_or_gray(
    content: bytes, space: Object, function: Object | None, fine: bool
) -> None:
    with page(content) as (pdf, resources):
        shading = Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 9, 9])
        if function is not None:
            shading.Function = Object.parse(function.unparse())  # one of this file's own
        resources.Shading.G = shading
        resources.Pattern.G = Dictionary(PatternType=2, Shading=shading)
        found = refused(pdf)
        assert (found == []) is fine
        assert all("gradient" in each for each in found)


def test_a_tiling_pattern_begins_black_and_is_mended() -> None:
    with page(b"/Pattern cs /P scn 0 0 9 9 re f") as (pdf, resources):
        cell = pdf.make_stream(BLACK)
        cell.update({"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": 8, "/YStep": 8})
        cell.BBox, cell.Resources = Array([0, 0, 8, 8]), Dictionary()
        resources.Pattern.P = pdf.make_indirect(cell)
        assert refused(pdf) == []
        assert resources.Pattern.P.read_bytes() == b"0 0 0 1 k 0 0 0 1 K\n0 0 0 1 k 0 0 9 9 re f"


@pytest.mark.parametrize(("space", "fine"), [("DeviceCMYK", True), ("DeviceGray", True), ("DeviceRGB", False)])
def test_a_picture_is_in_press_colour(space: str, fine: bool) -> None:
    with page(b"/I Do") as (pdf, resources):
        picture = pdf.make_stream(bytes(12))
        picture.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1})
        picture.ColorSpace = Name(f"/{space}")
        resources.XObject.I = pdf.make_indirect(picture)
        assert refused(pdf) == ([] if fine else [f"Page 1: picture I is {space}, not press colour (I Do)."])


def test_faults_are_named_with_their_page_and_each_once() -> None:
    with page(b"1 0 0 rg 1 0 0 rg 0 1 0 RG") as (pdf, _):
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[1].Contents = Array([pdf.make_stream(b"1 0 0 rg"), pdf.make_stream(b"(")])
        pdf.pages[1].Resources = Dictionary()
        found = refused(pdf)
    assert [each.split(" ")[1].rstrip(":") for each in found] == ["1", "1", "2", "2"]
    assert "unreadable painting" in found[3]


# --- drawings that were walked before -------------------------------------------------------------------------------

INK = (
    b"0 0 0 rg", b"1 1 1 rg", b"0 g", b"0 0 0 1 k", b"0 0 0 1 K", b".2 0 0 0 k", b"/DeviceCMYK cs 0 0 0 1 scn",
    b"/Thin gs", b"0 0 9 9 re f", b"0 0 90 .4 re f", b"0 0 m 9 9 l 2 w S", b"0 0 m 9 9 l .1 w S", b"2 0 0 2 0 0 cm",
    b"0 0 9 .4 re 0 0 9 9 re f*", b"5 5 9 9 re W n", b"q 0 0 0 1 k 1 1 9 .2 re f Q",
)  # fmt: skip


def with_drawings(seed: int) -> bytes:
    """A page with three drawings, two of them of the same content in other states."""
    draw = random.Random(seed)
    with page(b"q 1 w /D0 Do Q q 3 0 0 3 0 0 cm /D1 Do Q q 0 0 0 1 k 0 0 5 5 re W n /D2 Do Q") as (pdf, resources):
        contents = [b"\n".join(draw.choices(INK, k=40)) for _ in range(2)]
        for number, content in enumerate((*contents, contents[0])):
            states = Dictionary(Thin=Dictionary(ca=draw.choice((1, 0.5))))
            drawn = form(pdf, content, Resources=Dictionary(ExtGState=states))
            resources.XObject[f"/D{number}"] = pdf.make_indirect(drawn)
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def walked(data: bytes, known: OutcomeCache[bytes] | None) -> bytes:
    with Pdf.open(io.BytesIO(data)) as pdf:
        DocumentWalk(pdf, LIMITS, known).walk()
        return saved(pdf)


@pytest.mark.soak
def test_bytes_are_the_same_with_nothing_known_and_with_everything(tmp_path: Path) -> None:
    found = 0
    for seed in range(SEED, SEED + amount(sample=25, full=2_000)):
        data, known = with_drawings(seed), known_drawings(tmp_path / "outcomes")
        afresh = walked(data, None)
        first = walked(data, known)
        known.save()
        other = known_drawings(tmp_path / "outcomes")
        assert afresh == first == walked(data, known) == walked(data, other), seed
        found += other.tally.found
    assert found


def test_a_refused_colour_in_a_drawing_is_refused_every_time() -> None:
    known = known_drawings(None)
    for _ in range(2):
        with page(b"/D Do") as (pdf, resources):
            resources.XObject.D = form(pdf, RGB, Resources=Dictionary())
            with pytest.raises(LayoutError):
                DocumentWalk(pdf, LIMITS, known).walk()
    assert known.tally.found == 0


def test_other_limits_of_the_press_make_another_drawing() -> None:
    """A rule of 1.5 pt overprints on one press and not on the next."""
    known, drawn = known_drawings(None), []
    for limits in (LIMITS, OverprintLimits(12, 1), LIMITS):
        with page(b"/D Do") as (pdf, resources):
            resources.XObject.D = form(pdf, b"0 0 0 1 k 0 0 50 1.5 re f", Resources=Dictionary())
            DocumentWalk(pdf, limits, known).walk()
            drawn.append(resources.XObject.D.read_bytes())
    assert drawn[0] == drawn[2] != drawn[1]
    assert known.tally.found == 1
