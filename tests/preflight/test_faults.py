"""The matrix: a clean page stays clean, and each fault put into it is found, by the check meant for it and no other."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageFile

from layout import assets
from layout.checks import room_checks
from layout.errors import PrintError
from layout.flows import Flow
from layout.geometry import Box
from layout.preflight import judge as room
from layout.preflight import picture_data, rule_thickness
from layout.preflight.expected import Expected
from layout.preflight.judge import judge
from layout.preflight.page_geometry import CodeSpot
from layout.press.model import PressProfile
from preflight import nearly, support
from preflight.bare_faults import BARE
from preflight.build_faults import BUILD_FAULTS, built
from preflight.doubled_faults import DOUBLED
from preflight.font_faults import FONT_FAULTS
from preflight.mark_faults import MARK_FAULTS, gradient_mask, page_twice, photo_cut_short
from preflight.order_faults import ORDER_FAULTS, pages_exchanged
from preflight.picture_faults import PICTURE_FAULTS, PLANNED, pages_miscounted
from preflight.printed_faults import PRINTED_FAULTS
from preflight.support import EXPECTED, PICTURE, Fault, drawn, image, saved, with_fault

FONT = "/F1"


def _page(pdf: Pdf) -> pikepdf.Page:
    return pdf.pages[0]


def _inner(pdf: Pdf) -> pikepdf.Object:
    return _page(pdf).Resources.Font[FONT].DescendantFonts[0]


def font_not_embedded(pdf: Pdf) -> None:
    del _inner(pdf).FontDescriptor["/FontFile2"]


def rgb_drawing(pdf: Pdf) -> None:
    drawn(pdf, "q 1 0 0 rg 50 50 20 20 re f Q")


def rgb_photo(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im1 = image(pdf, space="DeviceRGB")


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def no_trim_box(pdf: Pdf) -> None:
    del _page(pdf)["/TrimBox"]


def no_pdfx_key(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        del meta["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"]


def trapped_unknown(pdf: Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


def three_of_four(pdf: Pdf) -> None:
    function = _page(pdf).Resources.Shading.Sh1.Function
    function.C0, function.C1 = Array([0, 0, 0]), Array([1, 0, 0])


def coarse_photo(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im1 = image(pdf, 51, 38)


def ink_patch(pdf: Pdf) -> None:
    drawn(pdf, "q 1 1 1 1 k 110 190 60 60 re f Q")


def white_overprints(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 30 Tf 0 0 0 0 k 100 180 Td <0001> Tj ET Q")


def zero_line(pdf: Pdf) -> None:
    drawn(pdf, "q 0 w /K gs 0 0 0 1 K 30 40 m 90 40 l S Q")


def intent_of_three(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


def link(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 90, 90])
    _page(pdf).Annots = pdf.make_indirect(Array([link]))


def javascript(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("1"))


def trim_outside(pdf: Pdf) -> None:
    _page(pdf).MediaBox = Array([20, 20, 380, 280])


def rotated(pdf: Pdf) -> None:
    _page(pdf).Rotate = 90


def rich_black(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 9 Tf 0.6 0.4 0.4 1 k 100 180 Td <0001> Tj ET Q")


def large_rich_black(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 30 Tf 0.5 0.4 0.4 1 k 100 180 Td <0001> Tj ET Q")


def spot(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 1, 0], N=1)
    _page(pdf).Resources.ColorSpace = Dictionary(
        S1=Array([Name.Separation, Name("/PANTONE 185 C"), Name.DeviceCMYK, tint])
    )
    drawn(pdf, "q /S1 cs 1 scn 50 50 20 20 re f Q")


def missing_font(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F9 12 Tf 0 0 0 1 k 100 180 Td (x) Tj ET Q")


# --- beyond the twenty-two ---------------------------------------------------------------------------------------


def user_unit(pdf: Pdf) -> None:
    _page(pdf).UserUnit = 2


def wrong_condition(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA39")


def other_profile(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(support.condition() + b"\0")


def profile_cut_short(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(support.condition()[:-20_000])


def profile_of_garbage(pdf: Pdf) -> None:
    """The header is whole, and no table is where it says."""
    whole = support.condition()
    pdf.Root.OutputIntents[0].DestOutputProfile.write(whole[:140] + b"\xff" * (len(whole) - 140))


def profile_of_another_condition(pdf: Pdf) -> None:
    """Coated paper, under the name of the press's newsprint."""
    profile = (assets.press_dir() / "FOGRA39L_coated.icc").read_bytes()
    pdf.Root.OutputIntents[0].DestOutputProfile.write(profile)


def display_profile(pdf: Pdf) -> None:
    stream = pdf.Root.OutputIntents[0].DestOutputProfile
    stream.write(support.icc(b"RGB ", b"mntr"))
    stream.N = 3


def titles_differ(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("两会")


def dates_differ(pdf: Pdf) -> None:
    pdf.docinfo["/ModDate"] = String("D:20260301080000+08'00'")


def no_date(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        del meta["{http://ns.adobe.com/xap/1.0/}ModifyDate"]


def attachment(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = b"x"


def layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("1")))
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary())


def no_to_unicode(pdf: Pdf) -> None:
    del _page(pdf).Resources.Font[FONT]["/ToUnicode"]


def notdef(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 100 180 Td <0000> Tj ET Q")


def notdef_by_the_map(pdf: Pdf) -> None:
    """Its code says 屯, and the map leads it to glyph 0."""
    glyphs = [0, 0, *range(2, 9)]
    _inner(pdf).CIDToGIDMap = pdf.make_stream(b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))


def whole_font(pdf: Pdf) -> None:
    _page(pdf).Resources.Font[FONT].BaseFont = Name("/Test-Song")


def foreign_font(pdf: Pdf) -> None:
    _page(pdf).Resources.Font[FONT].BaseFont = Name("/ABCDEF+DejaVu-Sans")


def misplaced_map(pdf: Pdf) -> None:
    _inner(pdf).Subtype = Name.CIDFontType0


def type3(pdf: Pdf) -> None:
    procedure = pdf.make_stream(b"1000 0 d0 0 0 500 500 re f")
    _page(pdf).Resources.Font.F3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, Name=Name("/Test-Song"),
        FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(a=procedure), Encoding=Dictionary(Differences=[97, Name.a]), FirstChar=97, LastChar=97,
        Widths=[1000], ToUnicode=pdf.make_stream(b"1 beginbfchar <61> <0061> endbfchar"),
    )  # fmt: skip
    drawn(pdf, "q /K gs BT /F3 9 Tf 0 0 0 1 k 100 180 Td (a) Tj ET Q")


def unknown_operator(pdf: Pdf) -> None:
    drawn(pdf, "q 1 2 zz Q")


def wrong_operands(pdf: Pdf) -> None:
    drawn(pdf, "q (x) w Q")


def saves_left_open(pdf: Pdf) -> None:
    drawn(pdf, "q q Q")


def form_in_a_circle(pdf: Pdf) -> None:
    form = _page(pdf).Resources.XObject.Fm1
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    form.write(form.read_bytes() + b" /Me Do")


def rgb_in_a_pattern(pdf: Pdf) -> None:
    _page(pdf).Resources.Pattern.P1.write(b"1 0 0 rg 0 0 4 4 re f")


def rgb_in_a_form(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Fm1.write(b"1 0 0 RG 4 w 0 0 40 40 re S")


def rgb_in_a_soft_mask(pdf: Pdf) -> None:
    mask = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    _page(pdf).Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def rgb_inline(pdf: Pdf) -> None:
    drawn(pdf, "q 1 0 0 1 50 50 cm BI /W 1 /H 1 /CS /RGB /BPC 8 /F /AHx ID 000000> EI Q")


def rgb_palette(pdf: Pdf) -> None:
    picture = pdf.make_stream(bytes([0, 1]) * 100 * 150)
    picture.update(
        {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150, "/BitsPerComponent": 8}
    )
    picture.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, String("\0\0\0abc")])
    _page(pdf).Resources.XObject.Im1 = picture


def default_gray(pdf: Pdf) -> None:
    profile = pdf.make_stream(support.icc(b"RGB ", b"mntr"))
    profile.N = 3
    _page(pdf).Resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.ICCBased, profile]))
    rgb_drawing(pdf)


def lab_stand_in(pdf: Pdf) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.95, 1, 1.09])])
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[100, 0, 0], C1=[0, 0, 0], N=1)
    _page(pdf).Resources.ColorSpace = Dictionary(S1=Array([Name.Separation, Name.Black, lab, tint]))
    drawn(pdf, "q /S1 cs 1 scn 50 50 20 20 re f Q")


def _translucent_mark(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.T = Dictionary(ca=0.5)
    drawn(pdf, "q /T gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def rgb_group(pdf: Pdf) -> None:
    _page(pdf).Group.CS = Name.DeviceRGB
    _translucent_mark(pdf)


def no_group(pdf: Pdf) -> None:
    del _page(pdf)["/Group"]
    _translucent_mark(pdf)


def rgb_form_group(pdf: Pdf) -> None:
    _translucent_mark(pdf)
    _page(pdf).Resources.XObject.Fm1.Group.CS = Name.DeviceRGB


def blank(pdf: Pdf) -> None:
    _page(pdf).Contents = pdf.make_stream(b"q 0 0 0 0 k 0 0 50 50 re f Q")


def black_knocks_out(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 9 Tf 0 0 0 1 k 100 180 Td <0001> Tj ET Q")


def rule_knocks_out(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 0 1 k 50 50 100 0.5 re f Q")


def gray_overprints(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs 0.5 g 50 50 20 20 re f Q")


def hairline_by_scaling(pdf: Pdf) -> None:
    drawn(pdf, "q 0.1 0 0 0.1 0 0 cm /K gs 1 w 0 0 0 1 K 300 400 m 900 400 l S Q")


def hairline_by_filling(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs 0 0 0 1 k 50 50 100 0.1 re f Q")


def border_too_thin(pdf: Pdf) -> None:
    """A CSS border, as WeasyPrint paints it: the inner box, the outer one, even-odd."""
    drawn(pdf, "q /K gs 0 0 0 1 k 50.1 50.1 99.8 59.8 re 50 50 100 60 re f* Q")


def one_side_too_thin(pdf: Pdf) -> None:
    """``border-top`` alone thin: the whole pair of boxes under a clip in the shape of that side."""
    drawn(
        pdf,
        "q /K gs 0 0 0 1 k 150 110 m 50 110 l 52 109.9 l 148 109.9 l W* n 52 52 96 57.9 re 50 50 100 60 re f* Q",
    )


def rounded_border_too_thin(pdf: Pdf) -> None:
    def rounded(x: float, y: float, w: float, h: float, r: float) -> str:
        k = 0.45 * r
        return (
            f"{x + r} {y} m {x + w - r} {y} l {x + w - k} {y} {x + w} {y + k} {x + w} {y + r} c"
            f" {x + w} {y + h - r} l {x + w} {y + h - k} {x + w - k} {y + h} {x + w - r} {y + h} c"
            f" {x + r} {y + h} l {x + k} {y + h} {x} {y + h - k} {x} {y + h - r} c"
            f" {x} {y + r} l {x} {y + k} {x + k} {y} {x + r} {y} c"
        )

    drawn(pdf, f"q /K gs 0 0 0 1 k {rounded(50.1, 50.1, 99.8, 59.8, 5.9)} {rounded(50, 50, 100, 60, 6)} f* Q")


def double_border_too_thin(pdf: Pdf) -> None:
    """``border: 0.45pt double``: two lines of a third of it each."""
    boxes = (0.45, 0.15, 0.3, 0)
    path = " ".join(f"{50 + by} {50 + by} {100 - 2 * by} {60 - 2 * by} re" for by in boxes)
    drawn(pdf, f"q /K gs 0 0 0 1 k {path} f* Q")


TURNED = "0.8 0.6 -0.6 0.8 80 80 cm"


def turned_rule_too_thin(pdf: Pdf) -> None:
    """``transform: rotate()``: no side of the filled box is level."""
    drawn(pdf, f"q {TURNED} /K gs 0 0 0 1 k 0 0 100 0.1 re f Q")


def turned_border_too_thin(pdf: Pdf) -> None:
    drawn(pdf, f"q {TURNED} /K gs 0 0 0 1 k 0.1 0.1 79.8 39.8 re 0 0 80 40 re f* Q")


def turned_side_too_thin(pdf: Pdf) -> None:
    """One side of a turned border: only the clip's own shape tells it from the thick ones."""
    drawn(
        pdf,
        f"q {TURNED} /K gs 0 0 0 1 k 80 40 m 0 40 l 3 39.9 l 77 39.9 l h W n 3 3 74 36.9 re 0 0 80 40 re f* Q",
    )


def slanting_line_too_thin(pdf: Pdf) -> None:
    """A slanting line as a filled polygon, its points written turned."""
    drawn(pdf, "q /K gs 0 0 0 1 k 60 60 m 120 140 l 119.92 140.06 l 59.92 60.06 l h f Q")


def hole_wound_the_other_way_too_thin(pdf: Pdf) -> None:
    """A frame by the winding rule: the inner box goes round the other way."""
    drawn(pdf, "q /K gs 0 0 0 1 k 50 50 100 60 re 50.1 50.1 m 50.1 109.9 l 149.9 109.9 l 149.9 50.1 l h f Q")


def frame_knocks_out(pdf: Pdf) -> None:
    """A thin black frame: of its two boxes neither is thin."""
    drawn(pdf, "q 0 0 0 1 k 50.5 50.5 99 59 re 50 50 100 60 re f* Q")


def turned_rule_knocks_out(pdf: Pdf) -> None:
    drawn(pdf, f"q {TURNED} 0 0 0 1 k 0 0 100 0.5 re f Q")


def coloured_hairline(pdf: Pdf) -> None:
    drawn(pdf, "q 0.5 w 0.5 0.5 0 0 K 30 40 m 90 40 l S Q")


def small_colour(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 7 Tf 1 1 0 0 k 100 180 Td <0001> Tj ET Q")


def small_by_matrix(pdf: Pdf) -> None:
    drawn(pdf, "q 0.5 0 0 0.5 0 0 cm /K gs BT /F1 1 Tf 0 0 0 1 k 10 0 0 10 200 360 Tm <0001> Tj ET Q")


def small_white(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 8 Tf 0 0 0 0 k 100 180 Td <0001> Tj ET Q")


def coarse_line_art(pdf: Pdf) -> None:
    art = pdf.make_stream(bytes(25 * 200))
    art.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 200, "/ImageMask": True})
    _page(pdf).Resources.XObject.Im2 = art
    drawn(pdf, "q 0 0 0 1 k 72 0 0 72 30 60 cm /Im2 Do Q")


def stretched_photo(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 40 130 190 cm /Im1 Do Q")


def mirrored_photo(pdf: Pdf) -> None:
    drawn(pdf, "q -72 0 0 54 202 190 cm /Im1 Do Q")


def wasteful_photo(pdf: Pdf) -> None:
    drawn(pdf, "q 20 0 0 15 130 60 cm /Im1 Do Q")


def halftone(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.T = Dictionary(TR=Dictionary(FunctionType=2, Domain=[0, 1], N=1))
    drawn(pdf, "q /T gs Q")


def text_twice(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 30 Tf 0 0 0 0 k 1 0 0 1 30 180 Tm <0001> Tj ET Q")


def second_page(pdf: Pdf) -> None:
    pdf.pages.append(_page(pdf))
    pdf.pages[1].contents_add(b"q 0 0.5 0 0 k 50 50 20 20 re f Q")


def other_size(pdf: Pdf) -> None:
    _page(pdf).TrimBox = Array([9, 9, 405, 309])


def no_bleed(pdf: Pdf) -> None:
    _page(pdf).BleedBox = _page(pdf).TrimBox


def cropped(pdf: Pdf) -> None:
    _page(pdf).CropBox = Array([30, 30, 300, 200])


def tint_ends_at_the_cut(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0.5 0 0 k 9 100 50 50 re f Q")


def shape_ends_at_the_cut(pdf: Pdf) -> None:
    """A spike reaches through the bleed, and its box with it; the rest ends at the cut."""
    drawn(pdf, "q 0 0.5 0 0 k 9 100 m 60 100 l 60 170 l 9 170 l 9 152 l -2 151 l 9 150 l h f Q")


def slanting_side_ends_in_the_bleed(pdf: Pdf) -> None:
    """One corner is past the bleed, the other end of the side is not."""
    drawn(pdf, "q 1 0 0 1 0 0 cm /DeviceCMYK cs 0.5 0 0 0 scn 300 100 m 425 100 l 411 280 l 300 280 l h f Q")


def picture_ends_in_the_bleed(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 54 341 100 cm /Im1 Do Q")


def type_at_the_edge(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 12 200 Td <0001> Tj ET Q")


def thin_white(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 11 Tf 0 0 0 0 k 100 180 Td <0001> Tj ET Q")


def heavy_white(pdf: Pdf) -> None:
    _page(pdf).Resources.Font[FONT].BaseFont = Name("/ABCDEF+Test-Song-900")
    drawn(pdf, "q BT /F1 9 Tf 0 0 0 0 k 100 180 Td <0001> Tj ET Q")


def white_on_paper(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 0 0 k 150 200 60 40 re f BT /F1 30 Tf 160 210 Td <0001> Tj ET Q")


def white_in_a_ring(pdf: Pdf) -> None:
    """Round it there is colour, and in the middle of the ring there is none."""
    ring = "140 190 m 260 190 l 260 260 l 140 260 l h 155 200 m 245 200 l 245 250 l 155 250 l h f*"
    drawn(pdf, f"q 0 0 0 0 k 140 190 120 70 re f 0 0.6 0 0 k {ring} 0 0 0 0 k BT /F1 30 Tf 180 215 Td <0001> Tj ET Q")


def _all(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    _page(pdf).Resources.ColorSpace = Dictionary(All=Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
    _page(pdf).MediaBox = Array([-20, -20, 438, 338])
    _page(pdf).BleedBox = Array([0, 0, 418, 318])


def marks_in_the_bleed(pdf: Pdf) -> None:
    _all(pdf)
    drawn(pdf, "q /All CS 1 SCN 0.5 w -15 60 m 5 60 l S Q")


def marks_on_one_plate(pdf: Pdf) -> None:
    _all(pdf)
    drawn(pdf, "q /K gs 0 0 0 1 K 0.5 w -15 60 m -5 60 l S Q")


def one_picture(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im1 = image(pdf, 1000, 760)
    _page(pdf).Contents = pdf.make_stream(b"q 418 0 0 318 0 0 cm /Im1 Do Q")


def courier(pdf: Pdf) -> None:
    _page(pdf).Resources.Font[FONT].BaseFont = Name("/ABCDEF+Courier-Song")


def multiplied(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.B = Dictionary(BM=Name.Multiply)
    drawn(pdf, "q /B gs 0 0.3 0 0 k 50 50 20 20 re f Q")


def pages_differ(pdf: Pdf) -> None:
    """Trimmed 3 mm narrower, in a sheet as large."""
    second_page(pdf)
    left, bottom, right, top = _page(pdf).TrimBox
    pdf.pages[1].TrimBox = Array([left, bottom, float(right) - 8.5, top])


def art_box(pdf: Pdf) -> None:
    _page(pdf).ArtBox = _page(pdf).TrimBox


def odd_pages(pdf: Pdf) -> None:
    """One page, where a sheet holds two: see STRICTER."""
    del pdf


def see_through(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.H = Dictionary(ca=0.5)
    drawn(pdf, "q /H gs 0 0.3 0 0 k 50 50 20 20 re f Q")


def multiplied_where_none_is_taken(pdf: Pdf) -> None:
    multiplied(pdf)


def icc_overprints(pdf: Pdf) -> None:
    profile = pdf.make_stream(support.condition())
    profile.N = 4
    _page(pdf).Resources.ColorSpace = Dictionary(I1=Array([Name.ICCBased, profile]))
    drawn(pdf, "q /K gs /I1 cs 0 0 0 1 scn 50 50 20 20 re f Q")


def _spots(pdf: Pdf, first: str, second: str, other: tuple[float, ...] = (0, 1, 1, 0)) -> None:
    """Two spot inks, one a page."""
    pdf.pages.append(_page(pdf))
    for page, ink, full in ((pdf.pages[0], first, (0, 1, 1, 0)), (pdf.pages[1], second, other)):
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=Array(full), N=1)
        page.Resources = Dictionary(page.Resources)
        page.Resources.ColorSpace = Dictionary(S1=Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, tint]))
        page.contents_add(b"q /S1 cs 1 scn 50 50 20 20 re f Q")


def spot_spelt_twice(pdf: Pdf) -> None:
    _spots(pdf, "PANTONE 185 C", "Pantone-185-C", (0, 0.9, 0.9, 0))


def spot_named_twice(pdf: Pdf) -> None:
    _spots(pdf, "PANTONE 185 C", "Vermilion")


def spot_the_plant_has_not(pdf: Pdf) -> None:
    spot(pdf)


def colour_on_a_black_page(pdf: Pdf) -> None:
    """Planned in black alone, see ``expected``: the picture, a form, the gradient and two tints are in colour."""
    del pdf


def colour_picture_on_a_black_page(pdf: Pdf) -> None:
    """Nothing but its pixels shows that a picture is in colour."""
    page = _page(pdf)
    page.Contents = pdf.make_stream(b"q /K gs 0 0 0 1 k 50 50 20 20 re f Q q 72 0 0 54 30 60 cm /Im1 Do Q")


STRICTER = MappingProxyType(
    {
        odd_pages: {"pages_multiple": 2}, marks_on_one_plate: {"marks": True}, see_through: {"transparency": False},
        multiplied_where_none_is_taken: {"transparency": False}, spot_spelt_twice: {"max_spot_colours": 1},
        spot_named_twice: {"max_spot_colours": 1},
        spot_the_plant_has_not: {"max_spot_colours": 1, "spot_colours": ("PANTONE 300 C",)},
    }
)  # fmt: skip
"""What the press asks for otherwise, where a fault is one at some presses only."""


def faint_type(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 20 Tf 0.25 0.1 0 0 k 200 200 Td <0001> Tj ET Q")


def type_upon_type(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 34 253 Td <00060007> Tj ET Q")


def hole_in_the_page(pdf: Pdf) -> None:
    """White that is no panel: nothing stands in it."""
    drawn(pdf, "q 0 0 0 0 k 150 200 230 90 re f Q")


def code_spot(left: float, bottom: float, side: float, modules: int) -> CodeSpot:
    """A QR code that the plan knows of, its lower left corner in the page's own points."""
    box = Box(left - support.BLEED, support.HEIGHT + support.BLEED - bottom - side, side, side)
    return CodeSpot(Flow.parse("a.word.code"), modules, None, box)


def code_on_a_tint(pdf: Pdf) -> None:
    """The ground of the page goes through the quiet zone."""
    drawn(pdf, "q 0 0 0 0 k 180 200 42 42 re f 0 0 0 1 k 180 200 42 42 re f Q")


def code_of_small_modules(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 0 0 k 150 190 60 60 re f 0 0 0 1 k 170 210 20 20 re f Q")


CODES: Mapping[Fault, CodeSpot] = MappingProxyType(
    {code_on_a_tint: code_spot(180, 200, 42, 21), code_of_small_modules: code_spot(170, 210, 20, 21)}
)


def expected(fault: Fault) -> Expected:
    """The plan: one page, but for files whose fault takes two."""
    if fault in BUILD_FAULTS:
        return built()
    if fault in CODES:
        return replace(EXPECTED, codes=((CODES[fault],),))
    if fault in (pages_differ, page_twice, pages_exchanged):
        return replace(EXPECTED, pages=2, trim=None)
    if fault in (colour_on_a_black_page, colour_picture_on_a_black_page):
        return replace(EXPECTED, plates=(frozenset("K"),))
    if fault in (spot, spot_spelt_twice, spot_named_twice, spot_the_plant_has_not):  # no plates planned: else two rules
        return replace(EXPECTED, plates=(), pages=1 if fault in (spot, spot_the_plant_has_not) else 2)
    return replace(EXPECTED, pictures=((PICTURE,),)) if fault in PLANNED else EXPECTED


FAULTS = MappingProxyType(
    {
        font_not_embedded: "font.embedded", rgb_drawing: "colour.space", rgb_photo: "colour.space",
        no_intent: "pdfx.intent", no_trim_box: "page.boxes", no_pdfx_key: "pdfx.version",
        trapped_unknown: "pdfx.trapped", three_of_four: "shade.sound", coarse_photo: "image.resolution",
        ink_patch: "ink.total", white_overprints: "overprint.white", zero_line: "line.thin",
        intent_of_three: "pdfx.profile", link: "forbidden.annotation", javascript: "forbidden.script",
        trim_outside: "page.boxes", rotated: "page.turned", rich_black: "text.black text.small", spot: "colour.spot",
        missing_font: "content.sound",
        user_unit: "page.turned", wrong_condition: "pdfx.intent", other_profile: "pdfx.profile",
        display_profile: "pdfx.profile", titles_differ: "pdfx.metadata", no_date: "pdfx.metadata",
        dates_differ: "pdfx.metadata", no_group: "page.group",
        attachment: "forbidden.attachment", layer: "forbidden.layers", no_to_unicode: "font.unicode",
        notdef: "font.notdef font.unicode", whole_font: "font.subset", foreign_font: "font.foreign",
        misplaced_map: "font.map", type3: "font.type3",
        unknown_operator: "content.sound", wrong_operands: "content.sound", saves_left_open: "content.sound",
        form_in_a_circle: "content.sound", rgb_in_a_pattern: "colour.space", rgb_in_a_form: "colour.space",
        rgb_in_a_soft_mask: "colour.space", rgb_inline: "colour.space", rgb_palette: "colour.space",
        default_gray: "colour.space", lab_stand_in: "colour.space", rgb_group: "page.group",
        rgb_form_group: "page.group colour.space", blank: "page.blank", black_knocks_out: "overprint.black",
        rule_knocks_out: "overprint.black", gray_overprints: "overprint.white", hairline_by_scaling: "line.thin",
        hairline_by_filling: "line.thin", coloured_hairline: "line.thin", small_colour: "text.small",
        small_by_matrix: "text.small", small_white: "text.reversed", coarse_line_art: "image.line_art",
        stretched_photo: "image.shape", mirrored_photo: "image.shape", wasteful_photo: "image.resolution",
        halftone: "forbidden.device", text_twice: "text.twice",
        second_page: "page.count",  other_size: "page.size", no_bleed: "page.bleed",
        cropped: "page.boxes", tint_ends_at_the_cut: "page.bleed_filled",
        picture_ends_in_the_bleed: "page.bleed_filled", type_at_the_edge: "page.safe", thin_white: "text.reversed",
        heavy_white: "text.reversed", white_on_paper: "text.invisible", marks_in_the_bleed: "marks.place",
        marks_on_one_plate: "marks.inks", one_picture: "image.page", courier: "font.courier",
        multiplied: "colour.blend", notdef_by_the_map: "font.notdef", large_rich_black: "text.black",
        pages_differ: "page.alike", art_box: "page.boxes", odd_pages: "page.multiple",
        see_through: "colour.transparent", multiplied_where_none_is_taken: "colour.transparent",
        icc_overprints: "colour.space overprint.icc",
        spot_spelt_twice: "colour.spot", spot_named_twice: "colour.spot", spot_the_plant_has_not: "colour.spot",
        shape_ends_at_the_cut: "page.bleed_filled", slanting_side_ends_in_the_bleed: "page.bleed_filled",
        white_in_a_ring: "text.invisible", colour_on_a_black_page: "colour.plates",
        colour_picture_on_a_black_page: "colour.plates",
        border_too_thin: "line.thin", one_side_too_thin: "line.thin", rounded_border_too_thin: "line.thin",
        double_border_too_thin: "line.thin",
        turned_rule_too_thin: "line.thin", turned_border_too_thin: "line.thin", turned_side_too_thin: "line.thin",
        slanting_line_too_thin: "line.thin", hole_wound_the_other_way_too_thin: "line.thin",
        code_on_a_tint: "code.quiet_zone", code_of_small_modules: "code.module",
        faint_type: "text.contrast", type_upon_type: "text.on_type", hole_in_the_page: "page.hole",
        frame_knocks_out: "overprint.black", turned_rule_knocks_out: "overprint.black",
        profile_cut_short: "pdfx.profile", profile_of_garbage: "pdfx.profile",
        profile_of_another_condition: "pdfx.profile",
        **FONT_FAULTS, **PRINTED_FAULTS, **MARK_FAULTS, **PICTURE_FAULTS, **DOUBLED, **ORDER_FAULTS, **BUILD_FAULTS,
        **BARE,
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


Judge = Callable[[bytes], list[str]]


@pytest.fixture
def found(press: PressProfile) -> Judge:
    return lambda pdf: sorted({finding.check for finding in judge(pdf, press, EXPECTED)})


def test_the_clean_page_is_clean(found: Judge) -> None:
    assert found(support.clean_pdf()) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_fault_is_found(fault: Fault, press: PressProfile) -> None:
    stricter = replace(press, **STRICTER.get(fault, {}))
    findings = judge(with_fault(fault), stricter, expected(fault))
    assert sorted({finding.check for finding in findings}) == sorted(FAULTS[fault].split())


def test_a_photo_cut_short_is_found_where_pillow_is_set_to_let_it_pass(
    found: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is in a build: WeasyPrint sets Pillow to that."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    picture_data.read_jpeg.cache_clear()
    assert found(with_fault(photo_cut_short)) == ["image.sound"]
    assert ImageFile.LOAD_TRUNCATED_IMAGES  # and stays so for who wants it


@pytest.mark.parametrize(
    ("content", "checks"),
    [
        (b"/Fade sh", []),  # nothing bounds it: it covers the whole mask, as where a colour fades to transparent
        (b"10 10 20 20 re W n /Fade sh", []),
        (b"10 10 20 20 re W n 50 50 20 20 re W n /Fade sh", ["content.sound"]),
    ],
)
def test_a_gradient_in_a_mask_lets_through_unless_it_is_clipped_away(
    content: bytes, checks: list[str], found: Judge
) -> None:
    assert found(with_fault(partial(gradient_mask, content=content))) == checks


@pytest.mark.parametrize("name", nearly.files())
def test_what_nearly_breaks_a_rule_is_clean(name: str, press: PressProfile) -> None:
    make, rule = nearly.files()[name]
    assert rule in room_checks("preflight")
    fault = next((each for each in nearly.NEARLY if each.__name__ == name), None)
    stricter = replace(press, **(nearly.STRICTER.get(fault, {}) if fault else {}))
    assert judge(make(), stricter, nearly.expected(fault) if fault else EXPECTED) == ()


def test_every_rule_of_the_page_has_a_file_that_nearly_breaks_it() -> None:
    """Those of other programs and of the manuscript apart: see the matrix."""
    rules = {rule for rule in set(FAULTS.values()) if " " not in rule}
    assert rules - set(nearly.NEARLY.values()) - set(nearly.FILES_NEARLY.values()) == set()


SIDE = "q /K gs 0 0 0 1 k 150 110 m 50 110 l 50.1 108 l 149.9 108 l W* n 50.1 52 99.8 56 re 50 50 100 60 re f* Q"
EMPTY = "q /K gs 0 0 0 1 k 50.15 50.15 99.7 0 re 50 50 100 0.3 re f* Q"
THICK = "q /K gs 0 0 0 1 k 50.3 50.3 99.4 59.4 re 50 50 100 60 re f* Q"
DOUBLE = "q /K gs 0 0 0 1 k 50.9 50.9 98.2 58.2 re 50.3 50.3 99.4 59.4 re 50.6 50.6 98.8 58.8 re 50 50 100 60 re f* Q"


THICK_TURNED = f"q {TURNED} /K gs 0 0 0 1 k 0.3 0.3 79.4 39.4 re 0 0 80 40 re f* Q"
UNDER_A_CLIP = f"q {TURNED} /K gs 0 0 0 1 k 0 40 m 80 40 l 77 37 l 3 37 l h W n 0.1 3 79.8 34 re 0 0 80 40 re f* Q"
"""The thin sides are outside the clip's shape, though within the box around it."""
SAME_WAY = "q /K gs 0 0 0 1 k 50 50 100 60 re 50.1 50.1 99.8 59.8 re f Q"
"""Both boxes wound the same way, by the winding rule: an area with no hole in it."""
SIDE_BY_SIDE = "q /K gs 0 0 0 1 k 50 50 100 0.15 re 50 50.15 100 0.15 re f Q"
"""Two thin boxes that lie on each other are one line of twice their thickness."""
FACET = "q /K gs 0 0 0 1 k 60 60 m 90 60 l 90 60.2 l 75 90 l 60 70 l h f Q"
"""A drawing, of which two sides happen to run beside each other for a while."""
WEDGE = "q /K gs 0 0 0 1 k 60 60 m 120 60 l 120 64 l 60 60.1 l h f Q"


@pytest.mark.parametrize(
    "content", [SIDE, EMPTY, THICK, DOUBLE, THICK_TURNED, UNDER_A_CLIP, SAME_WAY, SIDE_BY_SIDE, FACET, WEDGE]
)
def test_a_border_counts_as_what_is_seen_of_it(found: Judge, content: str) -> None:
    """A side that the clip leaves out is not there; an empty box's two sides are one line; thick ones are thick."""
    assert found(with_fault(lambda pdf: drawn(pdf, content))) == []


@pytest.mark.parametrize(
    ("fault", "lines"),
    [
        (border_too_thin, 4),
        (one_side_too_thin, 1),
        (rounded_border_too_thin, 4),
        (double_border_too_thin, 8),
        (turned_rule_too_thin, 1),
        (turned_border_too_thin, 4),
        (turned_side_too_thin, 1),
        (slanting_line_too_thin, 1),
        (hole_wound_the_other_way_too_thin, 4),
    ],
    ids=lambda each: getattr(each, "__name__", str(each)),
)
def test_every_side_of_a_border_is_measured(press: PressProfile, fault: Fault, lines: int) -> None:
    (finding,) = judge(with_fault(fault), press, EXPECTED)
    assert finding.amount["lines"] == lines
    assert finding.amount["width_pt"] == pytest.approx(0.15 if fault is double_border_too_thin else 0.1)


KNOCKING_OUT = {
    "a frame with one thick side": ("0 0 0 1 k 50.5 50.5 96 59 re 50 50 100 60 re f*", 0),
    "a thin frame": ("0 0 0 1 k 50.5 50.5 99 59 re 50 50 100 60 re f*", 4),
    "two frames": ("0 0 0 1 k 50.5 50.5 99 59 re 50 50 100 60 re 160.5 50.5 9 59 re 160 50 10 60 re f*", 8),
    "a rule and an area, apart": ("0 0 0 1 k 50 50 100 0.5 re 50 80 30 30 re f", 1),
    "a rule upon an area": ("0 0 0 1 k 50 79 100 1.5 re 50 80 30 30 re f", 0),
    "a stroke": ("0 0 0 1 K 1 w 50 50 m 150 50 l S", 1),
    "a stroke turned": ("0.8 0.6 -0.6 0.8 80 80 cm 0 0 0 1 K 1 w 0 0 m 90 0 l S", 1),
}


@pytest.mark.parametrize(("content", "lines"), KNOCKING_OUT.values(), ids=KNOCKING_OUT)
def test_black_counts_as_what_is_filled(press: PressProfile, content: str, lines: int) -> None:
    """Overprint is for the whole of a shape: it is asked of what is thin all over."""
    found = judge(with_fault(lambda pdf: drawn(pdf, f"q {content} Q")), press, EXPECTED)
    assert [finding.amount["lines"] for finding in found] == [lines] * bool(lines)


def test_measuring_ends(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may have any number of shapes; they are measured until its work is used up."""
    shape = " ".join(f"{50 + n} {50 + n} {200 - 2 * n} {200 - 2 * n} re" for n in range(40))
    pdf = with_fault(lambda pdf: drawn(pdf, f"q /K gs 0 0 0 1 k {f'{shape} f* ' * 40} Q"))
    asked: list[int] = []
    real = rule_thickness._across

    def counted(*arguments: Any, **more: Any) -> Any:
        asked.append(len(arguments[0]))
        return real(*arguments, **more)

    monkeypatch.setattr(rule_thickness, "_across", counted)
    monkeypatch.setattr(room, "MAX_WORK", 400_000)
    found = judge(pdf, press, EXPECTED)
    assert 0 < sum(asked) <= 400_000
    assert "preflight.incomplete" in {finding.check for finding in found}


@pytest.mark.parametrize("fault", STRICTER, ids=lambda fault: fault.__name__)
def test_what_the_press_takes_is_no_fault(fault: Fault, press: PressProfile) -> None:
    """The same files, at a press that takes what they hold."""
    kind = replace(press, max_spot_colours=2)
    found = {finding.check for finding in judge(with_fault(fault), kind, expected(fault))}
    assert found <= ({"colour.spot"} if fault in (spot_spelt_twice, spot_named_twice) else {"colour.blend"})


def test_a_page_of_an_edition_need_not_fill_a_sheet(press: PressProfile) -> None:
    """Pages of a longer issue are judged one by one; the whole is judged for its number of pages."""
    folded = replace(press, pages_multiple=4)
    assert judge(support.clean_pdf(), folded, replace(EXPECTED, whole=False)) == ()
    assert [each.check for each in judge(support.clean_pdf(), folded, EXPECTED)] == ["page.multiple"]


def test_clean_marks(found: Judge) -> None:
    """Crop marks in all inks beyond the bleed, though 400 % of ink, are right."""

    def marked(pdf: Pdf) -> None:
        _all(pdf)
        drawn(pdf, "q 1 1 1 1 K 0.5 w -15 9 m -5 9 l S 0.5 w /All CS 1 SCN 9 -15 m 9 -5 l S Q")

    assert found(with_fault(marked)) == []


INNOCENT = {
    "curve whose control points reach the cut": "q 0 0.5 0 0 k 60 100 m 9 120 9 160 60 180 c f Q",
    "slanting band that goes on": "q 0 0.5 0 0 k 60 100 m 60 140 l -30 90 l -30 50 l h f Q",
    "leaf that only just touches": "q 0 0.5 0 0 k 60 100 m 9.2 101 l 60 102 l h f Q",
    "white diamond beside white type": "q 0 0.6 0 0 k 120 190 80 80 re f"
    " 0 0 0 0 k 160 195 m 195 230 l 160 265 l 125 230 l h f BT /F1 12 Tf 124 254 Td <0001> Tj ET Q",
}


@pytest.mark.parametrize("content", INNOCENT.values(), ids=INNOCENT)
def test_boxes_are_not_taken_for_shapes(content: str, found: Judge) -> None:
    """What only a mark's box does (touch the cut, lie under white type) is no fault."""
    assert found(with_fault(lambda pdf: drawn(pdf, content))) == []


def test_places_are_told(press: PressProfile) -> None:
    """In points from the trimmed page's top left corner."""
    finding = judge(with_fault(small_white), press, EXPECTED)[0]
    (box,) = finding.boxes
    x, y, width, height = box.x, box.y, box.width, box.height
    assert (x, width, height) == (91, 8, 8)
    assert y == pytest.approx(300 + 9 - 180 - 0.88 * 8, abs=0.1)


def encrypted(user: str = "") -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="secret", user=user, R=4, aes=True))


def lzw() -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(bytes.fromhex("800b6050220c0c8501"), filter=Name.LZWDecode)
        _page(pdf).Resources.XObject.Unused = stream
        return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def newer_version() -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        out = io.BytesIO()
        pdf.save(out, force_version="2.0", deterministic_id=True)
    return out.getvalue()


def no_identifier() -> bytes:
    """The trailer's /ID is written by every program there is; here its name is spoilt."""
    return _plain().replace(b"/ID [", b"/IX [")


def truncated() -> bytes:
    """The end is missing; every object is there and can be found by searching."""
    plain = _plain()
    return plain[: plain.rindex(b"startxref")]


def _plain() -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def test_encrypted(found: Judge) -> None:
    assert found(encrypted()) == ["file.encrypted"]


def test_password(found: Judge) -> None:
    with pytest.raises(PrintError, match="password"):
        found(encrypted("secret"))


def test_lzw(found: Judge) -> None:
    assert found(lzw()) == ["file.filters"]


def test_newer_version(found: Judge) -> None:
    assert found(newer_version()) == ["file.version"]


def test_pages_miscounted(press: PressProfile) -> None:
    """One clear finding, and every page is judged."""
    (finding,) = judge(pages_miscounted(), press, replace(EXPECTED, pages=2))
    assert finding.check == "file.sound"
    assert finding.amount["pages"] == 2


def test_no_identifier(found: Judge) -> None:
    assert found(no_identifier()) == ["file.id"]


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.99])
def test_truncated_file_is_told(part: float, found: Judge) -> None:
    pdf = support.clean_pdf()
    try:
        checks = found(pdf[: int(len(pdf) * part)])
    except PrintError:
        return
    assert "file.sound" in checks


@pytest.mark.parametrize("pdf", [b"", b"hello", b"%PDF-1.6\n", b"%PDF-1.6\n%%EOF\n"])
def test_what_is_no_pdf_is_an_error(pdf: bytes, found: Judge) -> None:
    with pytest.raises(PrintError):
        found(pdf)


def test_missing_file(press: PressProfile) -> None:
    with pytest.raises(PrintError):
        judge(Path("no-such.pdf"), press)
