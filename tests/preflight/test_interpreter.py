"""The interpreter, operator by operator: which events a content stream makes, reckoned by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from math import sqrt
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from layout.preflight.colours import Space
from layout.preflight.events import (
    Event,
    GroupBegun,
    ImagePainted,
    Paint,
    PathPainted,
    ShadingPainted,
    StateUsed,
    TextShown,
    Trouble,
)
from layout.preflight.walk import walk
from preflight.support import clean_pdf


def no_change(_: Pdf) -> None: ...


def events(content: str, change: Callable[[Pdf], None] = no_change) -> list[Event]:
    """What the clean page's resources make of *content*."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        change(pdf)
        return list(walk(pdf.pages[0]))


def painted(content: str, change: Callable[[Pdf], None] = no_change) -> list[PathPainted]:
    return [each for each in events(content, change) if isinstance(each, PathPainted)]


def shown(content: str, change: Callable[[Pdf], None] = no_change) -> list[TextShown]:
    return [each for each in events(content, change) if isinstance(each, TextShown)]


def troubles(content: str, change: Callable[[Pdf], None] = no_change) -> list[tuple[str, str, str]]:
    return [(each.scope, each.what, each.detail) for each in events(content, change) if isinstance(each, Trouble)]


# --- paths -----------------------------------------------------------------------------------------------------

CTM = "2 3 5 7 11 13 cm "


def on(x: float, y: float) -> tuple[float, float]:
    """Where CTM puts a point."""
    return 2 * x + 5 * y + 11, 3 * x + 7 * y + 13


@pytest.mark.parametrize(
    ("path", "points", "curves"),
    [
        ("1 2 m 3 4 l 5 7 l", [[(1, 2), (3, 4), (5, 7)]], []),
        ("1 2 m 5 6 7 9 10 12 c", [[(1, 2), (5, 6), (7, 9), (10, 12)]], [(0, 1)]),
        ("0 1 m 1 2 m 4 4 l 5 6 7 9 10 12 c", [[(0, 1)], [(1, 2), (4, 4), (5, 6), (7, 9), (10, 12)]], [(1, 2)]),
        ("1 2 m 5 6 7 9 v", [[(1, 2), (5, 6), (7, 9)]], []),
        ("1 2 m 5 6 7 9 y", [[(1, 2), (5, 6), (7, 9)]], []),
        ("1 2 m 3 4 l 6 4 l h", [[(1, 2), (3, 4), (6, 4), (1, 2)]], []),
        ("1 2 3 5 re", [[(1, 2), (4, 2), (4, 7), (1, 7), (1, 2)]], []),
        ("3 4 l 5 7 l", [[(3, 4), (5, 7)]], []),
        ("5 6 7 9 10 12 c", [[(5, 6), (7, 9), (10, 12)]], [(0, 0)]),
        ("h 3 4 l 5 7 l", [[(3, 4), (5, 7)]], []),
    ],
)
def test_paths(path: str, points: list[list[tuple[float, float]]], curves: list[tuple[int, int]]) -> None:
    (found,) = painted(f"{CTM} {path} f")
    assert found.outline is not None
    assert found.outline.subpaths == [[pytest.approx(on(*point)) for point in part] for part in points]
    assert found.outline.curves == curves
    placed = [[on(*point) for point in part] for part in points if len(part) > 1]
    assert found.subpaths == tuple(
        pytest.approx(
            (min(x for x, _ in part), min(y for _, y in part), max(x for x, _ in part), max(y for _, y in part))
        )
        for part in placed
    )


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ("1 2 30 50 re", True),
        ("0 0 m 9 0 l 9 9 l 0 9 l", True),
        ("0 0 m 9 0 l 9 9 l 0 9 l h", True),
        ("0 0 m 9 0 l 9 9 l", False),
        ("0 0 m 9 0 l 9 9 l h", False),
        ("0 0 m 9 0 l 9 9 l 1 9 l", False),
        ("0 0 m 9 1 l 9 9 l 0 9 l h", False),
        ("0 0 m 9 0 l 9 9 l 5 12 l 0 9 l h", False),
        ("1 2 30 50 re 5 5 m 1 2 30 50 re", True),
        ("1 2 30 50 re 0 0 m 9 3 l", False),
        ("0 0 m 0 0 9 0 9 0 c 9 9 l 0 9 l", False),
        ("0 0 m 9 0 9 0 v 9 9 l", False),
    ],
)
def test_rectangles_with_level_sides(path: str, level: bool) -> None:
    (found,) = painted(f"{path} f")
    assert found.rectangular is level
    assert found.plain is (level and path.count("re") < 2)


@pytest.mark.parametrize(
    ("operator", "fill", "stroke", "even_odd", "closed"),
    [
        ("f", True, False, False, False), ("F", True, False, False, False), ("f*", True, False, True, False),
        ("B", True, True, False, False), ("B*", True, True, True, False),
        ("b", True, True, False, True), ("b*", True, True, True, True),
        ("S", False, True, False, False), ("s", False, True, False, True),
    ],
)  # fmt: skip
def test_how_a_path_is_painted(operator: str, fill: bool, stroke: bool, even_odd: bool, closed: bool) -> None:
    first, second = painted(f"3 w 0.2 g 0.4 G 0 0 m 9 0 l 9 9 l {operator} 0 0 5 5 re {operator}")
    assert first.fill == (Paint(first.fill.colour, False, 0, 1.0, "Normal") if fill and first.fill else None)
    assert [paint and paint.colour.values for paint in (first.fill, first.stroke)] == [
        (0.2,) if fill else None,
        (0.4,) if stroke else None,
    ]
    assert first.width == (3 if stroke else 0)
    assert (first.outline is not None) is fill
    if first.outline is not None:
        assert first.outline.even_odd is even_odd
        assert len(first.outline.subpaths[0]) == (4 if closed else 3)
    assert second.subpaths == ((0, 0, 5, 5),)  # the first path is forgotten


def test_a_path_that_is_not_painted_makes_no_event() -> None:
    assert events("0 0 5 5 re n 0 0 5 5 re W n f S 1 1 m f") == []


def test_a_line_is_as_wide_as_its_matrix_makes_it() -> None:
    """A unit square becomes 2 by 8: upright lines are twice as wide, level ones eight times, others by their slope."""
    for path, thinnest, fattest in (
        ("0 0 m 0 9 l", 3 * 2, 3 * 2),
        ("0 0 m 9 0 l", 3 * 8, 3 * 8),
        ("0 0 m 9 9 l", 3 * 16 / sqrt(34), 3 * 16 / sqrt(34)),
        ("0 0 9 9 re", 3 * 2, 3 * 8),
    ):
        (found,) = painted(f"2 0 0 8 0 0 cm 3 w {path} S")
        assert (found.width, found.fattest) == (pytest.approx(thinnest), pytest.approx(fattest))


def test_clips_are_cut_out_of_one_another() -> None:
    first, second, third, fourth, last = painted(
        "0 0 9 9 re f q 10 20 100 80 re W n 0 0 9 9 re f 50 10 100 40 re W* n 0 0 9 9 re f"
        " 0 0 m 60 60 l 90 0 l W n 0 0 9 9 re f Q 0 0 9 9 re f"
    )
    assert [first.clip, second.clip, third.clip, fourth.clip, last.clip] == [
        None, (10, 20, 110, 100), (50, 20, 110, 50), (50, 20, 90, 50), None,
    ]  # fmt: skip
    assert [len(each.clips) for each in (first, second, third, fourth, last)] == [0, 0, 0, 1, 0]
    assert fourth.clips[0].subpaths == [[(0, 0), (60, 60), (90, 0)]]
    assert not fourth.clips[0].even_odd
    (nowhere,) = painted("W n 0 0 9 9 re f")
    assert nowhere.clip == (0, 0, 0, 0)
    (ring,) = painted("0 0 90 90 re 9 9 9 9 re W* n 0 0 9 9 re f")
    assert ring.clip == (0, 0, 90, 90)
    assert ring.clips[0].even_odd


# --- colour ----------------------------------------------------------------------------------------------------


def spaces(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    pdf.pages[0].Resources.ColorSpace = Dictionary(
        Spot=Array([Name.Separation, Name("/Rot"), Name.DeviceCMYK, tint]),
        Two=Array([Name.DeviceN, Array([Name("/Rot"), Name.Black]), Name.DeviceCMYK, tint]),
        Uncoloured=Array([Name.Pattern, Name.DeviceCMYK]),
    )


@pytest.mark.parametrize(
    ("written", "family", "values"),
    [
        ("", "DeviceGray", (0.0,)),
        ("0.3 g", "DeviceGray", (0.3,)),
        ("0.1 0.2 0.3 rg", "DeviceRGB", (0.1, 0.2, 0.3)),
        ("0.1 0.2 0.3 0.4 k", "DeviceCMYK", (0.1, 0.2, 0.3, 0.4)),
        ("/DeviceGray cs", "DeviceGray", (0.0,)),
        ("/DeviceRGB cs", "DeviceRGB", (0.0, 0.0, 0.0)),
        ("/DeviceCMYK cs", "DeviceCMYK", (0.0, 0.0, 0.0, 1.0)),
        ("/Spot cs", "Separation", (1.0,)),
        ("/Two cs", "DeviceN", (1.0, 1.0)),
        ("/Spot cs 0.4 scn", "Separation", (0.4,)),
        ("/Two cs 0.4 0.5 scn", "DeviceN", (0.4, 0.5)),
        ("/DeviceCMYK cs 0.1 0.2 0.3 0.4 sc", "DeviceCMYK", (0.1, 0.2, 0.3, 0.4)),
    ],
)
def test_colours(written: str, family: str, values: tuple[float, ...]) -> None:
    """The same of both current colours; the other one stays as it was."""
    capital = " ".join(
        each.upper() if each in ("g", "rg", "k", "cs", "sc", "scn") else each for each in written.split()
    )
    for one, fill in ((written, True), (capital, False)):
        (found,) = painted(f"0.7 g 0.7 G {one} 0 0 9 9 re B" if written else "0 0 9 9 re B", spaces)
        assert found.fill is not None
        assert found.stroke is not None
        own, other = (found.fill, found.stroke) if fill else (found.stroke, found.fill)
        assert (own.colour.space.family, own.colour.values, own.colour.pattern) == (family, values, "")
        assert other.colour.values == ((0.7,) if written else (0.0,))


@pytest.mark.parametrize(
    ("written", "detail"),
    [
        ("0.1 0.2 g", "DeviceGray"), ("0.1 RG", "DeviceRGB"), ("0.1 0.2 0.3 k", "DeviceCMYK"),
        ("/Spot cs 0.1 0.2 scn", "scn"), ("/Spot CS 0.1 0.2 SCN", "SCN"), ("/DeviceCMYK cs scn", "scn"),
    ],
)  # fmt: skip
def test_a_colour_with_another_number_of_values_is_refused_and_changes_nothing(written: str, detail: str) -> None:
    assert troubles(written, spaces) == [("page", "operands", detail)]
    (found,) = painted(f"0.7 g 0.7 G {written.split(' ', 2)[2] if 'cs' in written.lower() else written} 0 0 9 9 re B")
    assert found.fill is not None
    assert found.stroke is not None
    assert found.fill.colour.values == found.stroke.colour.values == (0.7,)


@pytest.mark.parametrize("written", ["/Missing cs", "/Pattern cs /P9 scn", "/Missing gs", "/Im9 Do", "/Sh9 sh"])
def test_a_resource_that_is_not_there_is_named(written: str) -> None:
    *_, named, operator = written.split()
    kinds = {"cs": "ColorSpace", "scn": "Pattern", "gs": "ExtGState", "Do": "XObject", "sh": "Shading"}
    assert ("page", "resource", f"{kinds[operator]} {named[1:]}") in troubles(written)


# --- patterns, forms, shadings, pictures -----------------------------------------------------------------------


def patterns(pdf: Pdf) -> None:
    spaces(pdf)
    shading = pdf.pages[0].Resources.Shading.Sh1
    cell = pdf.make_stream(b"0 0 4 4 re f 1 0 0 1 k 0 0 2 2 re f")
    cell.update({"/PatternType": 1, "/PaintType": 2, "/TilingType": 1, "/XStep": 8, "/YStep": 8})
    cell.BBox, cell.Matrix, cell.Resources = Array([0, 0, 8, 8]), Array([1, 0, 0, 1, 100, 0]), Dictionary()
    pdf.pages[0].Resources.Pattern.Plain = cell
    pdf.pages[0].Resources.Pattern.Smooth = Dictionary(PatternType=2, Shading=shading)


def test_a_pattern_is_followed_once_where_it_stands_on_the_page() -> None:
    found = painted("1 0 0 1 7 0 cm /Pattern cs /P1 scn 0 0 9 9 re f 0 0 5 5 re f", patterns)
    assert [(each.scope, each.subpaths) for each in found] == [
        ("page › P1", ((0, 0, 4, 4),)), ("page", ((7, 0, 16, 9),)), ("page", ((7, 0, 12, 5),)),
    ]  # fmt: skip
    assert found[1].fill is not None
    assert (found[1].fill.colour.space.family, found[1].fill.colour.pattern) == ("Pattern", "P1")
    assert found[0].fill is not None
    assert found[0].fill.colour.values == (0, 0, 0, 0.3)
    for stroked in ("/Pattern CS /P1 SCN 0 0 9 9 re S", "/Pattern CS /P1 SCN 0 0 9 9 re B"):
        assert [each.scope for each in painted(stroked)] == ["page › P1", "page"]
    # Nothing is painted with it: it is not followed.
    assert [each.scope for each in painted("/Pattern cs /P1 scn 0 0 9 9 re S")] == ["page"]
    assert [each.scope for each in painted("/Pattern CS /P1 SCN 0 0 9 9 re f")] == ["page"]


def test_a_pattern_without_colours_takes_those_it_is_painted_with() -> None:
    found = painted("/Uncoloured cs 0.1 0.2 0 0 /Plain scn 0 0 9 9 re f", patterns)
    assert [(each.scope, each.fill and each.fill.colour.values) for each in found] == [
        ("page › Plain", (0.1, 0.2, 0, 0)), ("page › Plain", (1, 0, 0, 1)), ("page", (0.1, 0.2, 0, 0)),
    ]  # fmt: skip
    assert found[0].subpaths == ((100, 0, 104, 4),)


def test_gradients_as_patterns_and_by_themselves() -> None:
    first, second = (
        each
        for each in events("5 6 70 80 re W n /Sh1 sh /Pattern cs /Smooth scn 0 0 9 9 re f", patterns)
        if isinstance(each, ShadingPainted)
    )
    assert (first.scope, second.scope) == ("page › Sh1", "page › Smooth")
    for each in (first, second):
        assert (each.kind, each.space.family, each.outputs, each.fault, each.clip) == (
            2,
            "DeviceCMYK",
            4,
            "",
            (5, 6, 75, 86),
        )
        assert each.stops == ((0, 0, 0, 0), (0.5, 0.2, 0, 0))


def test_a_form_stands_in_its_matrix_its_box_and_its_own_resources() -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.pages[0].Resources.XObject.Fm1
        form.Matrix, form.BBox = Array([2, 0, 0, 2, 5, 5]), Array([1, 2, 3, 4])
        form.write(b"0.5 w 0 0 m 9 9 l S /K gs")
        form.Resources = Dictionary(ExtGState=Dictionary(K=Dictionary(LW=7)))

    found = events("1 0 0 1 100 0 cm 3 w /Fm1 Do 0 0 m 9 9 l S /K gs", change)
    group, inside, state, outside = (
        each for each in found if not (isinstance(each, StateUsed) and each.scope == "page")
    )
    assert group == GroupBegun("page", Space("DeviceCMYK", 4), "", (107, 9, 111, 13))
    assert isinstance(inside, PathPainted)
    assert isinstance(outside, PathPainted)
    assert (inside.scope, inside.width, inside.subpaths) == ("page › Fm1", 1.0, ((105, 5, 123, 23),))
    assert inside.clip == (107, 9, 111, 13)
    assert (outside.scope, outside.width, outside.clip) == ("page", 3.0, None)
    assert isinstance(state, StateUsed)
    assert state.scope == "page › Fm1"


def test_a_form_without_resources_uses_those_of_what_draws_it() -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.pages[0].Resources.XObject.Fm1
        del form["/Resources"]
        form.write(b"/Im1 Do")

    assert [each.name for each in events("/Fm1 Do", change) if isinstance(each, ImagePainted)] == ["Im1"]


def test_a_group_begins_opaque() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState.Half = Dictionary(ca=0.5, CA=0.4, BM=Name.Multiply)

    (found,) = painted("/Half gs /Fm1 Do", change)
    assert found.fill is not None
    assert (found.fill.alpha, found.fill.blend) == (1.0, "Normal")
    (plain,) = painted("/Half gs 0 0 9 9 re B", change)
    assert plain.fill is not None
    assert plain.stroke is not None
    assert (plain.fill.alpha, plain.stroke.alpha) == (0.5, 0.4)
    assert plain.fill.blend == plain.stroke.blend == "Multiply"


def test_pictures() -> None:
    stencil = "q 0.1 0 0 0 k BI /W 8 /H 2 /BPC 1 /IM true ID \x01\x02 EI Q"
    first, second = (each for each in events(f"9 0 0 7 30 60 cm /Im1 Do {stencil}") if isinstance(each, ImagePainted))
    assert (first.scope, first.name, first.width, first.height, first.bits) == ("page", "Im1", 200, 150, 8)
    assert (first.ctm, first.mask, first.fill, first.clip) == ((9, 0, 0, 7, 30, 60), False, None, None)
    assert first.space is not None
    assert first.space.family == "DeviceCMYK"
    assert (second.name, second.width, second.height, second.bits, second.mask) == ("inline", 8, 2, 1, True)
    assert second.fill is not None
    assert second.fill.colour.values == (0.1, 0, 0, 0)


def test_what_is_neither_picture_nor_form_is_said() -> None:
    def change(pdf: Pdf) -> None:
        odd = pdf.make_stream(b"")
        odd.Subtype = Name.PS
        pdf.pages[0].Resources.XObject.Odd = odd
        pdf.pages[0].Resources.XObject.No = Dictionary(Subtype=Name.Image)

    assert troubles("/Odd Do", change) == [("page", "xobject", "Odd PS")]
    assert troubles("/No Do", change) == [("page", "xobject", "No Image")]


# --- states ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "fill", "stroke"),
    [
        ({"OP": True}, (True, 0), (True, 0)),
        ({"OP": True, "op": False}, (False, 0), (True, 0)),
        ({"op": True, "OPM": 1}, (True, 1), (False, 1)),
        ({"OP": False, "OPM": 1}, (False, 1), (False, 1)),
    ],
)
def test_overprint_of_fill_and_stroke(
    entries: dict[str, Any], fill: tuple[bool, int], stroke: tuple[bool, int]
) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState.X = Dictionary(**entries)

    (found,) = painted("/X gs 0 0 9 9 re B", change)
    assert found.fill is not None
    assert found.stroke is not None
    assert (found.fill.overprint, found.fill.opm) == fill
    assert (found.stroke.overprint, found.stroke.opm) == stroke


def test_a_state_is_reported_once_with_what_it_sets() -> None:
    def change(pdf: Pdf) -> None:
        states = pdf.pages[0].Resources.ExtGState
        states.X = Dictionary(ca=0.5, CA=0.9, BM=Array([Name.Screen, Name.Normal]), TR=Name.Identity, HT=Name.Default)
        states.F = Dictionary(Font=Array([pdf.pages[0].Resources.Font.F1, 17]), LW=4)

    assert events("/X gs /X gs", change) == [StateUsed("page", "Screen", 0.5, False, ("TR",))]
    found = events("/F gs BT [<0001>] TJ ET 0 0 m 9 0 l S", change)
    assert [each.size for each in found if isinstance(each, TextShown)] == [17]
    assert [each.width for each in found if isinstance(each, PathPainted)] == [4]


def masked(pdf: Pdf) -> None:
    group = pdf.make_stream(b"/Im1 Do /K gs 1 0 0 rg 0 0 9 9 re f")
    group.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 60, 60])})
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    group.Matrix = Array([2, 0, 0, 2, 0, 0])
    group.Resources = Dictionary(XObject=Dictionary(Im1=pdf.pages[0].Resources.XObject.Im1), ExtGState=Dictionary(K={}))
    pdf.pages[0].Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=pdf.make_indirect(group)))


@pytest.mark.parametrize("named", ["A", "A.b-1_+", "A b", "版", "A(", "A#"])
def test_a_state_is_found_by_its_name_however_that_is_written(named: str) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState = Dictionary({f"/{named}": Dictionary(LC=2, OP=True)})

    written = "".join(
        char if char in "Ab.-_+1" else "".join(f"#{code:02X}" for code in char.encode()) for char in named
    )
    (line,) = painted(f"0 J /{written} gs /{written} gs 0 0 m 9 9 l S", change)
    assert not line.butt
    assert line.stroke is not None
    assert line.stroke.overprint


def test_a_soft_mask_is_followed_once_with_its_own_resources() -> None:
    found = events("0.5 g 1 0 0 1 3 0 cm /M gs /M gs 0 0 5 5 re f", masked)
    assert [type(each) for each in found] == [StateUsed, GroupBegun, ImagePainted, StateUsed, PathPainted, PathPainted]
    assert found[0] == StateUsed("page", "Normal", 1.0, True, ())
    assert found[1] == GroupBegun("page", Space("DeviceGray", 1), "Luminosity")
    inside, outside = found[4], found[5]
    assert isinstance(inside, PathPainted)
    assert isinstance(outside, PathPainted)
    assert (inside.scope, inside.subpaths) == ("page › SMask", ((3, 0, 21, 18),))
    assert inside.fill is not None
    assert inside.fill.colour.values == (1, 0, 0)
    assert outside.fill is not None
    assert outside.fill.colour.values == (0.5,)

    def broken(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity))

    assert troubles("/M gs", broken) == [("page", "resource", "SMask G")]


FIRST = (
    "2 0 0 2 0 0 cm 3 w /K gs 0.1 g 0.2 G 5 6 70 80 re W n 0 0 m 60 60 l 90 0 l W n"
    " 1 Tc 2 Tw 90 Tz 14 TL 3 Ts 2 Tr /F1 9 Tf"
)
OTHER = (
    "4 0 0 4 0 0 cm 9 w /Z gs 0.8 g 0.9 G 15 16 7 8 re W n 0 0 m 6 6 l 9 1 l W n"
    " 4 Tc 5 Tw 70 Tz 24 TL 6 Ts 0 Tr /F1 19 Tf /Pattern cs /P1 scn /Pattern CS /P1 SCN"
)
MARKS = "0 0 9 9 re B BT [<0001>] TJ T* [<0002>] TJ ET"


def test_what_is_saved_comes_back() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ExtGState.Z = Dictionary(op=True, OP=False, OPM=0, ca=0.3, CA=0.4, BM=Name.Darken)

    plain = events(f"{FIRST} {MARKS}", change)
    assert len(plain) == 4
    found = events(f"{FIRST} q {OTHER} q {OTHER} Q Q {MARKS}", change)
    marks = (PathPainted, TextShown)
    assert [each for each in found if isinstance(each, marks)] == [each for each in plain if isinstance(each, marks)]
    for one, other in zip([e for e in found if isinstance(e, PathPainted)], painted(f"{FIRST} {MARKS}"), strict=True):
        assert one.clips == other.clips
    # And inside, everything is the other's.
    one, other = (shown(f"{part} {MARKS}", change)[1] for part in (f"{FIRST} q {OTHER}", FIRST))
    assert one.fill != other.fill
    assert (one.size, one.mode, one.clip) != (other.size, other.mode, other.clip)


# --- type ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "starts"),
    [
        ("30 250 Td <0001> Tj 5 -14 Td <0002> Tj", [(30, 250), (35, 236)]),
        ("<0001> Tj <0002> Tj", [(0, 0), (9, 0)]),
        ("30 250 Td 5 -14 TD <0001> Tj T* <0002> Tj", [(35, 236), (35, 222)]),
        ("12 TL 30 250 Td <0001> Tj <0002> '", [(30, 250), (30, 238)]),
        ('12 TL 30 250 Td 2 3 <0001> " <0002> Tj', [(30, 238), (42, 238)]),
        ("1 0 0 1 30 250 Tm 5 6 Td 1 0 0 1 70 80 Tm <0001> Tj", [(70, 80)]),
        ("2 0 0 2 30 250 Tm 5 6 Td <0001> Tj", [(40, 262)]),
        ("30 250 Td ET BT <0001> Tj", [(0, 0)]),
        ("4 Ts 30 250 Td <0001> Tj", [(30, 254)]),
        ("1 Tc 30 250 Td <00010002> Tj <0003> Tj", [(30, 250), (50, 250)]),
        ("50 Tz 30 250 Td <0001> Tj <0003> Tj", [(30, 250), (34.5, 250)]),
        ("30 250 Td [<0001> -500 <0002>] TJ <0003> Tj", [(30, 250), (52.5, 250)]),
        ("50 Tz 1 Tc 30 250 Td [<0001> 500] TJ <0003> Tj", [(30, 250), (32.75, 250)]),
    ],
)
def test_where_strings_begin(written: str, starts: list[tuple[float, float]]) -> None:
    found = shown(f"BT /F1 9 Tf {written} ET")
    assert [each.start for each in found] == [pytest.approx(start) for start in starts]


def test_a_string_knows_its_size_box_and_text() -> None:
    (found,) = shown("2 0 0 2 0 0 cm 1.5 w BT /F1 9 Tf 2 Tr 1 0 0 1 30 250 Tm [<0001> <0003>] TJ ET")
    assert (found.scope, found.font, found.text, found.codes, found.mode) == ("page", "F1", "屯区", (1, 3), 2)
    assert (found.size, found.stroke_width) == (18, 3)
    assert found.end == pytest.approx((2 * (30 + 18), 500))
    assert found.box == pytest.approx((60, 500 - 0.12 * 18, 96, 500 + 0.88 * 18))
    assert found.visible


@pytest.mark.parametrize("mode", range(8))
def test_rendering_modes(mode: int) -> None:
    (found,) = shown(f"BT /F1 9 Tf {mode} Tr <0001> Tj ET")
    assert ((found.fill is not None), (found.stroke is not None)) == (mode in (0, 2, 4, 6), mode in (1, 2, 5, 6))
    assert found.visible is (mode not in (3, 7))


# --- what cannot be followed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("zz", [("page", "operator", "zz")]),
        ("zz zz yy", [("page", "operator", "zz"), ("page", "operator", "yy")]),
        ("BX zz EX", []),
        ("BX BX EX zz EX", []),
        ("BX EX zz", [("page", "operator", "zz")]),
        ("Q", [("page", "unopened", "page")]),
        ("q", [("page", "broken_off", "page")]),
        ("q q Q", [("page", "unbalanced", "page")]),
        ("q Q", []),
        ("1 w /a w", [("page", "operands", "w")]),
        ("1 2 3 re", [("page", "operands", "re")]),
        ("/F1 Tf", [("page", "operands", "Tf")]),
        ("q " * 200 + "Q " * 200, []),
        ("q " * 201 + "Q " * 201, [("page", "nesting", "q")]),
    ],
)
def test_troubles(content: str, found: list[tuple[str, str, str]]) -> None:
    assert troubles(content) == found


def test_a_form_that_draws_itself_ends() -> None:
    def change(pdf: Pdf) -> None:
        form = pdf.pages[0].Resources.XObject.Fm1
        form.Resources = Dictionary(XObject=Dictionary(Fm1=form))
        form.write(b"/Fm1 Do 0 0 9 9 re f q")

    found = events("/Fm1 Do", change)
    assert [each for each in found if isinstance(each, Trouble)] == [
        Trouble("page › Fm1", "nesting", "page › Fm1 › Fm1"), Trouble("page › Fm1", "broken_off", "page › Fm1"),
    ]  # fmt: skip
    assert len([each for each in found if isinstance(each, PathPainted)]) == 1
