"""Faults of lines, masks, groups, pages and pictures that were once missed, done to the clean page."""

from __future__ import annotations

import io
from types import MappingProxyType

from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from preflight.support import Fault, drawn, image


def gray_white_overprints(pdf: Pdf) -> None:
    """RIPs differ on whether DeviceGray overprints in mode 1: on some it is gone."""
    drawn(pdf, "q /K gs BT /F1 30 Tf 1 g 100 180 Td <0001> Tj ET Q")


def flattened_line(pdf: Pdf) -> None:
    """1.5 pt under a matrix that flattens it: level lines come out at 0.075 pt."""
    drawn(pdf, "q /K gs 1 0 0 .05 0 0 cm 1.5 w 0 0 0 1 K 30 800 m 90 800 l S Q")


def flattened_box(pdf: Pdf) -> None:
    """Of a box, two sides are thin."""
    drawn(pdf, "q /K gs 1 0 0 .05 0 0 cm 1.5 w 0 0 0 1 K 30 800 60 300 re S Q")


def sheared_line(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs 1 0 8 1 0 0 cm 1 w 0 0 0 1 K -300 50 m -300 54 l S Q")


def mark_behind_an_empty_mask(pdf: Pdf) -> None:
    _mask(pdf, b"")
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def mark_behind_a_black_mask(pdf: Pdf) -> None:
    """Black is no light: nothing comes through."""
    _mask(pdf, b"0 g 0 0 400 300 re f")
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def form_behind_an_empty_mask(pdf: Pdf) -> None:
    """The form takes the mask away for itself, but is hidden as a whole."""
    _mask(pdf, b"")
    form = pdf.pages[0].Resources.XObject.Fm1
    form.Resources = Dictionary(ExtGState=Dictionary(N=Dictionary(SMask=Name("/None"))))
    form.write(b"/N gs " + form.read_bytes())
    drawn(pdf, "q /M gs 1 0 0 1 60 200 cm /Fm1 Do Q")


def _mask(pdf: Pdf, content: bytes) -> None:
    group = pdf.make_stream(content)
    group.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 300])})
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    pdf.pages[0].Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))


def empty_mask_over_nothing(pdf: Pdf) -> None:
    _mask(pdf, b"")
    drawn(pdf, "q /M gs Q")


def mask_that_lets_through(pdf: Pdf) -> None:
    _mask(pdf, b"1 g 0 0 400 300 re f")
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def gradient_mask(pdf: Pdf, content: bytes) -> None:
    """A mark behind a mask that *content* paints, which may paint the gradient Fade."""
    _mask(pdf, content)
    fade = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 400, 0]), Function=fade)
    pdf.pages[0].Resources.ExtGState.M.SMask.G.Resources = Dictionary(Shading=Dictionary(Fade=shading))
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def _group(pdf: Pdf, content: bytes, *, isolated: bool) -> None:
    form = pdf.make_stream(content)
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 300])})
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=isolated)
    form.Resources = pdf.pages[0].Resources
    pdf.pages[0].Resources.XObject.Iso = pdf.make_indirect(form)


BLACK = b"q /K gs BT /F1 9 Tf 0 0 0 1 k 100 200 Td <0001> Tj ET Q"


def black_in_an_isolated_group(pdf: Pdf) -> None:
    _group(pdf, BLACK, isolated=True)
    drawn(pdf, "q 0.5 0 0 0 k 90 190 40 40 re f /Iso Do Q")


def black_in_a_group_that_is_not(pdf: Pdf) -> None:
    _group(pdf, BLACK, isolated=False)
    drawn(pdf, "q 0.5 0 0 0 k 90 190 40 40 re f /Iso Do Q")


def black_in_an_isolated_group_on_gray(pdf: Pdf) -> None:
    """Nothing but black beneath: there is nothing to knock out of."""
    _group(pdf, BLACK, isolated=True)
    drawn(pdf, "q 0 0 0 0.2 k 90 190 40 40 re f /Iso Do Q")


def page_of_another_file(pdf: Pdf) -> None:
    pdf.pages[0].Resources.XObject.Fm1.Ref = Dictionary(F=Dictionary(), Page=0)


def type_cut_through(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 5 200 Td <0001> Tj ET Q")


def type_off_the_sheet(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 500 200 Td <0001> Tj ET Q")


def dark_gray_of_four_inks(pdf: Pdf) -> None:
    """Such as comes of #333 in RGB."""
    drawn(pdf, "q BT /F1 12 Tf 0.62 0.55 0.55 0.6 k 100 180 Td <0001> Tj ET Q")


def black_type_that_is_screened(pdf: Pdf) -> None:
    """As a conversion through a profile leaves it."""
    drawn(pdf, "q BT /F1 12 Tf 0 0 0 0.92 k 100 180 Td <0001> Tj ET Q")


def dark_gray_of_three_inks(pdf: Pdf) -> None:
    drawn(pdf, "q BT /F1 12 Tf 0.78 0.74 0.74 0 k 100 180 Td <0001> Tj ET Q")


def _jpeg(mode: str = "CMYK") -> bytes:
    out = io.BytesIO()
    plate = Image.linear_gradient("L").resize((200, 150)).point(lambda value: value // 5)
    Image.merge(mode, [plate] * len(mode)).save(out, "JPEG", quality=60)
    return out.getvalue()


def _photo(pdf: Pdf, content: bytes, height: int = 150) -> None:
    stream = pdf.make_stream(b"")
    stream.write(content, filter=Name.DCTDecode)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": height})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK, "/Decode": Array([1, 0] * 4)})
    pdf.pages[0].Resources.XObject.Im1 = stream


def photo_cut_short(pdf: Pdf) -> None:
    content = _jpeg()
    _photo(pdf, content[: len(content) * 2 // 3])


def photo_of_no_kind(pdf: Pdf) -> None:
    """A PNG where a JPEG should be."""
    out = io.BytesIO()
    Image.new("RGB", (200, 150)).save(out, "PNG")
    _photo(pdf, out.getvalue())


def photo_of_other_height(pdf: Pdf) -> None:
    _photo(pdf, _jpeg(), height=148)


def photo_of_three_colours(pdf: Pdf) -> None:
    _photo(pdf, _jpeg("RGB"))


def samples_cut_short(pdf: Pdf) -> None:
    picture = pdf.pages[0].Resources.XObject.Im1
    picture.write(picture.read_bytes()[:-2000])


def photo(pdf: Pdf) -> None:
    _photo(pdf, _jpeg())


def page_twice(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def pages_that_differ_in_a_dot(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].contents_add(b"q 0 0.5 0 0 k 50 50 2 2 re f Q")


def pages_that_differ_in_a_picture(pdf: Pdf) -> None:
    pdf.pages.append(pdf.pages[0])
    page = pdf.pages[1]
    page.Resources = Dictionary(page.Resources)
    page.Resources.XObject = Dictionary(page.Resources.XObject)
    page.Resources.XObject.Im1 = image(pdf)
    page.Resources.XObject.Im1.write(bytes(each + 1 for each in page.Resources.XObject.Im1.read_bytes()))


def _line_set(pdf: Pdf, before: str, matrix: str = "1 0 0 1 100 200") -> None:
    drawn(pdf, f"q /K gs 0 0 0 1 k 0 0 0 1 K {before} BT /F1 12 Tf {matrix} Tm <000100020003> Tj ET Q")


def type_condensed(pdf: Pdf) -> None:
    _line_set(pdf, "40 Tz")


def type_widened_by_its_matrix(pdf: Pdf) -> None:
    _line_set(pdf, "", "1.6 0 0 1 100 200")


def type_leant(pdf: Pdf) -> None:
    _line_set(pdf, "", "1 0 0.3 1 100 200")


def type_made_bold(pdf: Pdf) -> None:
    _line_set(pdf, "0.4 w 2 Tr")


def type_condensed_a_little(pdf: Pdf) -> None:
    """One step of the old phototypesetters."""
    _line_set(pdf, "90 Tz")


def type_turned(pdf: Pdf) -> None:
    """By 30 degrees: it is as wide as high, and leans on nothing."""
    _line_set(pdf, "", "0.866 0.5 -0.5 0.866 100 200")


def type_with_a_hairline_of_its_own(pdf: Pdf) -> None:
    """As some programs write all type: the line adds next to nothing."""
    _line_set(pdf, "", "1 0 0 1 100 200")
    drawn(pdf, "q /K gs 0 0 0 1 k 0 0 0 1 K 0.25 w 2 Tr BT /F1 30 Tf 1 0 0 1 200 200 Tm <0004> Tj ET Q")


SHAPE_FAULTS: tuple[Fault, ...] = (type_condensed, type_widened_by_its_matrix, type_leant, type_made_bold)
SHAPES_NEARLY: tuple[Fault, ...] = (type_condensed_a_little, type_turned, type_with_a_hairline_of_its_own)

MARK_FAULTS: MappingProxyType[Fault, str] = MappingProxyType(
    {
        gray_white_overprints: "overprint.white",
        **dict.fromkeys(SHAPE_FAULTS, "text.shape"),
        flattened_line: "line.thin", flattened_box: "line.thin", sheared_line: "line.thin",
        mark_behind_an_empty_mask: "content.sound", mark_behind_a_black_mask: "content.sound",
        form_behind_an_empty_mask: "content.sound",
        black_in_an_isolated_group: "overprint.black", page_of_another_file: "forbidden.device",
        type_cut_through: "page.safe", type_off_the_sheet: "page.safe text.invisible",
        dark_gray_of_four_inks: "text.black", black_type_that_is_screened: "text.black",
        dark_gray_of_three_inks: "text.black", photo_cut_short: "image.sound", photo_of_no_kind: "image.sound",
        photo_of_other_height: "image.sound", photo_of_three_colours: "image.sound", samples_cut_short: "image.sound",
        page_twice: "page.repeated",
    }
)  # fmt: skip

MARKS_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        **dict.fromkeys(SHAPES_NEARLY, "text.shape"),
        empty_mask_over_nothing: "content.sound", mask_that_lets_through: "content.sound",
        black_in_a_group_that_is_not: "overprint.black", black_in_an_isolated_group_on_gray: "overprint.black",
        photo: "image.sound", pages_that_differ_in_a_dot: "page.repeated",
        pages_that_differ_in_a_picture: "page.repeated",
    }
)  # fmt: skip
"""Clean files, and the rule that each nearly breaks."""

TWO_PAGES = frozenset({page_twice, pages_that_differ_in_a_dot, pages_that_differ_in_a_picture})
