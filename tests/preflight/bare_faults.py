"""Faults that the bare file shows, as a technician made them without knowing the rules; and what nearly is one."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from preflight.support import HEIGHT, WIDTH, Fault, drawn, image


def _page(pdf: Pdf) -> Any:
    return pdf.pages[0]


# --- content that is not balanced


def clip_that_is_never_taken_away(pdf: Pdf) -> None:
    """A hand that edited the content lost a Q: what follows is small, and cut off."""
    drawn(pdf, "q 0.3 0 0 0.3 0 0 cm 0 0 300 300 re W n q 72 0 0 54 0 0 cm /Im1 Do Q")
    drawn(pdf, "q BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 30 20 Tm <0001> Tj ET Q q BT /F1 9 Tf 1 0 0 1 400 20 Tm <0002> Tj ET Q")


def state_restored_once_too_often(pdf: Pdf) -> None:
    drawn(pdf, "q 0.3 0 0 0.3 0 0 cm q 72 0 0 54 0 0 cm Q Q Q BT /F1 3 Tf 1 0 0 1 300 290 Tm <0001> Tj ET")


def content_that_breaks_off(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 30 200 Tm <0001> Tj")


def states_within_states(pdf: Pdf) -> None:
    drawn(pdf, "q q q 1 0 0 1 5 5 cm Q q Q Q Q")


# --- mirrored type


def type_mirrored(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 12 Tf 0 0 0 1 k -1 0 0 1 250 200 Tm <000100020003> Tj ET Q")


def type_mirrored_from_top_to_bottom(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 12 Tf 0 0 0 1 k 1 0 0 -1 200 200 Tm <000100020003> Tj ET Q")


def page_mirrored(pdf: Pdf) -> None:
    page = _page(pdf)
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(b"q -1 0 0 1 418 0 cm\n" + content.replace(b"/P1 scn", b"0 0 0 0.1 k") + b"\nQ")


def type_turned_by_minus_signs(pdf: Pdf) -> None:
    """Two mirrors: it is turned by half a turn, and its size is negative besides."""
    drawn(pdf, "q /K gs BT /F1 -12 Tf 0 0 0 1 k 1 0 0 1 250 200 Tm <000100020003> Tj ET Q")


# --- pictures that are flipped


def photo_flipped(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 -54 130 244 cm /Im1 Do Q")


def stencil_flipped(pdf: Pdf) -> None:
    """A shape may be any way up."""
    stencil = pdf.make_stream(b"\xaa" * 100 * 800)
    stencil.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 800, "/Height": 800, "/ImageMask": True})
    _page(pdf).Resources.XObject.Im2 = stencil
    drawn(pdf, "q /K gs 0 0 0 1 k -40 0 0 40 170 190 cm /Im2 Do Q")


def swatch_flipped(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im2 = image(pdf, 12, 9)
    drawn(pdf, "q -4 0 0 3 170 190 cm /Im2 Do Q")


# --- marks within the trim


def _marks(pdf: Pdf, left: float, bottom: float, right: float, top: float, ink: str) -> None:
    lines = [f"{x} {y} m {x} {y + by} l" for x in (left, right) for y, by in ((bottom - 2, -15), (top + 2, 15))]
    lines += [f"{x} {y} m {x + by} {y} l" for y in (bottom, top) for x, by in ((left - 2, -15), (right + 2, 15))]
    drawn(pdf, f"q {ink} 0.25 w " + " ".join(f"{line} S" for line in lines) + " Q")


def trim_as_large_as_the_sheet(pdf: Pdf) -> None:
    """The box takes in the marks of a smaller page."""
    _marks(pdf, 40, 40, WIDTH - 20, HEIGHT - 20, "1 1 1 1 K")


def hairlines_in_black_on_the_page(pdf: Pdf) -> None:
    """The axes of a drawing, and no crop marks."""
    _marks(pdf, 40, 40, WIDTH - 20, HEIGHT - 20, "/K gs 0 0 0 1 K")


# --- pale type


def type_as_a_ghost(pdf: Pdf) -> None:
    """It is pale enough to be lost in a screen, and plainly there."""
    _page(pdf).Resources.ExtGState.G = Dictionary(ca=0.2)
    drawn(pdf, "q 0 0 0 0 k 200 190 60 40 re f BT /G gs /F1 9 Tf 0 0 0 1 k 210 200 Td <00010002> Tj ET Q")


# --- photographs that come out otherwise


def _jpeg(pdf: Pdf, plates: tuple[int, ...] = (70, 60, 60, 40), quality: int = 80) -> Any:
    """The clean page's photograph as a JPEG of CMYK, which Pillow writes turned round."""
    ramp = Image.linear_gradient("L").resize((200, 150))
    out = io.BytesIO()
    bands = [ramp.point(lambda value, part=part: value * part // 100) for part in plates]
    Image.merge("CMYK", bands).save(out, "JPEG", quality=quality)
    stream = pdf.make_stream(b"")
    stream.write(out.getvalue(), filter=Name.DCTDecode)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceCMYK, "/Decode": Array([1, 0] * 4)})
    _page(pdf).Resources.XObject.Im1 = stream
    return stream


def photo_at_a_third(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.P = Dictionary(ca=0.3)
    drawn(pdf, "q /P gs 72 0 0 54 130 190 cm /Im1 Do Q")


def photo_in_a_pale_group(pdf: Pdf) -> None:
    form = pdf.make_stream(b"72 0 0 54 0 0 cm /Im1 Do")
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 72, 54])})
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    form.Resources = Dictionary(XObject=Dictionary(Im1=_page(pdf).Resources.XObject.Im1))
    _page(pdf).Resources.XObject.Fo = form
    _page(pdf).Resources.ExtGState.P = Dictionary(ca=0.5)
    drawn(pdf, "q /P gs 1 0 0 1 130 190 cm /Fo Do Q")


def pale_photo_under_type(pdf: Pdf) -> None:
    photo_at_a_third(pdf)
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 140 210 Tm <000100020003> Tj ET Q")


def photo_without_yellow(pdf: Pdf) -> None:
    _jpeg(pdf, (70, 60, 0, 40))


def photo_in_two_colours(pdf: Pdf) -> None:
    """A duotone: of the three colours it has one."""
    _jpeg(pdf, (70, 0, 0, 90))


def photo_with_a_colour_key(pdf: Pdf) -> None:
    _jpeg(pdf).Mask = Array([0, 30] * 4)


def sharp_picture_with_a_colour_key(pdf: Pdf) -> None:
    """Without loss the colours are where they were."""
    _page(pdf).Resources.XObject.Im1.Mask = Array([10, 25] * 4)


def photo_with_half_of_its_black(pdf: Pdf) -> None:
    _jpeg(pdf).Decode = Array([1, 0, 1, 0, 1, 0, 0.5, 0])


def photo_in_coarse_blocks(pdf: Pdf) -> None:
    _jpeg(pdf, quality=4)


def photo_of_modest_quality(pdf: Pdf) -> None:
    _jpeg(pdf, quality=30)


def _cut_out(pdf: Pdf) -> Any:
    """A dark figure in the middle of white, and its soft mask."""
    dark = Image.new("CMYK", (200, 150), 0)
    dark.paste((60, 60, 60, 200), (60, 40, 140, 110))
    mask = Image.new("L", (200, 150), 0)
    mask.paste(255, (60, 40, 140, 110))
    _page(pdf).Resources.XObject.Im1.write(dark.tobytes())
    stream = pdf.make_stream(mask.tobytes())
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray})
    _page(pdf).Resources.XObject.Im1.SMask = stream
    return stream


def mask_turned_round(pdf: Pdf) -> None:
    _cut_out(pdf).Decode = Array([1, 0])


def figure_cut_out(pdf: Pdf) -> None:
    _cut_out(pdf)


# --- layers, overprint, flatness


def _layered(pdf: Pdf, state: str) -> None:
    """A line on a layer that screens show, and that says *state* of its printing."""
    usage = Dictionary(Print=Dictionary(PrintState=Name(f"/{state}")))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("copy"), Usage=usage))
    rule = Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer]), AS=Array([rule])))
    _page(pdf).Resources.Properties = Dictionary(MC0=layer)
    drawn(pdf, "/OC /MC0 BDC q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 200 250 Tm <0001> Tj ET Q EMC")


def line_on_a_layer_that_is_off_in_print(pdf: Pdf) -> None:
    _layered(pdf, "OFF")


def coloured_panel_overprints(pdf: Pdf) -> None:
    drawn(pdf, "q 0.6 0 0 0 k 150 190 60 60 re f /K gs 0 0.5 0.5 0 k 160 200 60 40 re f Q")


def coloured_panel_overprints_its_own_ink(pdf: Pdf) -> None:
    """Nothing shows through: what lies beneath has no ink that the panel lacks, and it lacks none on bare paper."""
    drawn(pdf, "q 0.6 0.2 0 0 k 150 190 60 60 re f /K gs 0.5 0.4 0 0 k 160 200 50 40 re f Q")


def curves_as_polygons(pdf: Pdf) -> None:
    drawn(pdf, "q 60 i 0 0.4 0.4 0 k 160 200 m 180 240 220 240 240 200 c f Q")


def curves_of_usual_flatness(pdf: Pdf) -> None:
    drawn(pdf, "q 1 i 0 0.4 0.4 0 k 160 200 m 180 240 220 240 240 200 c f Q")


BARE: MappingProxyType[Fault, str] = MappingProxyType(
    {
        clip_that_is_never_taken_away: "content.sound", state_restored_once_too_often: "content.sound",
        content_that_breaks_off: "content.sound", type_mirrored: "text.shape",
        type_mirrored_from_top_to_bottom: "text.shape", page_mirrored: "page.turned", photo_flipped: "image.shape",
        trim_as_large_as_the_sheet: "marks.place", type_as_a_ghost: "text.contrast",
        photo_at_a_third: "image.tones", photo_in_a_pale_group: "image.tones", photo_without_yellow: "image.tones",
        photo_with_a_colour_key: "image.tones", photo_with_half_of_its_black: "image.tones",
        photo_in_coarse_blocks: "image.tones", mask_turned_round: "image.invisible",
        line_on_a_layer_that_is_off_in_print: "forbidden.layers", coloured_panel_overprints: "overprint.colour",
        curves_as_polygons: "forbidden.device",
    }
)  # fmt: skip
"""What is done to the clean page, and the rule that it breaks."""

BARE_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        states_within_states: "content.sound", type_turned_by_minus_signs: "text.shape",
        stencil_flipped: "image.shape", swatch_flipped: "image.shape",
        hairlines_in_black_on_the_page: "marks.place", pale_photo_under_type: "image.tones",
        photo_in_two_colours: "image.tones", sharp_picture_with_a_colour_key: "image.tones",
        photo_of_modest_quality: "image.tones", figure_cut_out: "image.invisible",
        coloured_panel_overprints_its_own_ink: "overprint.colour", curves_of_usual_flatness: "forbidden.device",
    }
)  # fmt: skip
"""The same, and the rule that it nearly breaks."""
