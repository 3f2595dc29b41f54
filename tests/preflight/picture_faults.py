"""Faults of pictures that are not seen, or not what they should be, done to the clean page; and what nearly is one."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from preflight.support import Fault, clean_pdf, condition, drawn, image, saved

OVER = "28 58 80 60"
"""A box over the picture Im1, which lies at 30 60 and is 72 by 54."""


def _page(pdf: Pdf) -> Any:
    return pdf.pages[0]


def _photo(pdf: Pdf) -> Any:
    return _page(pdf).Resources.XObject.Im1


# --- covered


def photo_covered(pdf: Pdf) -> None:
    drawn(pdf, f"q 0 0 0 0 k {OVER} re f Q")


def photo_covered_in_two_halves(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0.3 0 0 k 28 58 42 60 re f 0 0 0.3 0 k 69 58 40 60 re f Q")


def photo_under_a_gradient(pdf: Pdf) -> None:
    _page(pdf).Resources.Shading.Sh1.Extend = Array([True, True])
    drawn(pdf, f"q {OVER} re W n /Sh1 sh Q")


def photo_under_a_photo(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im2 = image(pdf, 210, 160)
    drawn(pdf, "q 80 0 0 60 28 58 cm /Im2 Do Q")


def photo_under_a_slanting_shape(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0.3 0 0 k 15 50 m 25 125 l 140 125 l 130 50 l h f Q")


def photo_in_a_form_covered(pdf: Pdf) -> None:
    _form(pdf, "72 0 0 54 0 0 cm /Im1 Do", 72, 54)
    drawn(pdf, "q 1 0 0 1 130 190 cm /Fo Do Q q 0 0.4 0 0 k 128 188 80 60 re f Q")


def photo_mostly_covered(pdf: Pdf) -> None:
    """Three quarters, by a box that nothing stands on."""
    drawn(pdf, "q 0 0 0 0.1 k 28 58 56 60 re f Q")


def _form(pdf: Pdf, content: str, width: float, height: float, **more: Any) -> None:
    form = pdf.make_stream(content.encode())
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, width, height]), **more})
    form.Resources = Dictionary(XObject=Dictionary(Im1=_photo(pdf)))
    _page(pdf).Resources.XObject.Fo = form


# --- clipped, clear, off


def photo_clipped_away(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 1 1 re W n 72 0 0 54 130 190 cm /Im1 Do Q")


def photo_clipped_by_a_shape(pdf: Pdf) -> None:
    """The box around the triangle takes the picture in, the triangle does not."""
    drawn(pdf, "q 20 20 m 300 20 l 20 300 l h W n 40 0 0 30 250 250 cm /Im1 Do Q")


def photo_outside_its_form(pdf: Pdf) -> None:
    _form(pdf, "72 0 0 54 100 0 cm /Im1 Do", 72, 54)
    drawn(pdf, "q 1 0 0 1 130 190 cm /Fo Do Q")


def photo_clear(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.Z = Dictionary(ca=0)
    drawn(pdf, "q /Z gs 72 0 0 54 130 190 cm /Im1 Do Q")


def photo_in_a_clear_group(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    _form(pdf, "72 0 0 54 0 0 cm /Im1 Do", 72, 54, **{"/Group": group})
    _page(pdf).Resources.ExtGState.Z = Dictionary(ca=0)
    drawn(pdf, "q /Z gs 1 0 0 1 130 190 cm /Fo Do Q")


def photo_behind_a_dark_mask(pdf: Pdf) -> None:
    """All but black lets nothing through either."""
    mask = pdf.make_stream(b"0.01 g 0 0 400 300 re f")
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 300])})
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    _page(pdf).Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    drawn(pdf, "q /M gs 72 0 0 54 130 190 cm /Im1 Do Q")


def _mask(pdf: Pdf, value: int, **more: Any) -> Any:
    mask = pdf.make_stream(bytes([value]) * 16)
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 4, "/Height": 4, **more})
    return mask


def photo_with_an_empty_soft_mask(pdf: Pdf) -> None:
    _photo(pdf).SMask = _mask(pdf, 0, **{"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray})


def photo_with_a_full_stencil(pdf: Pdf) -> None:
    """Where a stencil has ones, the picture is left out."""
    _photo(pdf).Mask = _mask(pdf, 255, **{"/ImageMask": True})


def photo_keyed_out(pdf: Pdf) -> None:
    _photo(pdf).Mask = Array([0, 255] * 4)


def stencil_without_marks(pdf: Pdf) -> None:
    stencil = pdf.make_stream(b"\xff" * 100 * 800)
    stencil.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 800, "/Height": 800, "/ImageMask": True})
    _page(pdf).Resources.XObject.Im2 = stencil
    drawn(pdf, "q 0 0 0 1 k 72 0 0 72 130 190 cm /Im2 Do Q")


def photo_off_the_sheet(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 54 500 60 cm /Im1 Do Q")


def photo_in_the_bleed_alone(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 54 -64 60 cm /Im1 Do Q")


def photo_scaled_to_nothing(pdf: Pdf) -> None:
    """It has too many pixels for its size too: none would be few enough."""
    _page(pdf).Resources.XObject.Im2 = image(pdf, 40, 30)
    drawn(pdf, "q 0.4 0 0 0.3 130 190 cm /Im2 Do Q")


# --- layers


def _layer(pdf: Pdf, **usual: Any) -> Any:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("v2")))
    pdf.Root.OCProperties = Dictionary(OCGs=[group], D=Dictionary(Order=[group], OFF=[group], **usual))
    _page(pdf).Resources.Properties = Dictionary(L=group)
    return group


def photo_on_a_layer_that_is_off(pdf: Pdf) -> None:
    _photo(pdf).OC = _layer(pdf)


def photo_in_content_of_a_layer_that_is_off(pdf: Pdf) -> None:
    _layer(pdf)
    drawn(pdf, "/OC /L BDC /Span BMC q 72 0 0 54 130 190 cm /Im1 Do Q EMC EMC")


def form_of_a_layer_that_is_off(pdf: Pdf) -> None:
    member = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([_layer(pdf)]), P=Name.AllOn))
    _form(pdf, "72 0 0 54 0 0 cm /Im1 Do", 72, 54, **{"/OC": member})
    drawn(pdf, "q 1 0 0 1 130 190 cm /Fo Do Q")


# --- white, flat, negative


def white_photo(pdf: Pdf) -> None:
    _photo(pdf).write(bytes(200 * 150 * 4))


def photo_white_by_its_decode(pdf: Pdf) -> None:
    _photo(pdf).Decode = Array([0, 0] * 4)


def photo_white_by_its_palette(pdf: Pdf) -> None:
    photo = _photo(pdf)
    photo.write(bytes(range(200)) * 150)
    photo.ColorSpace = Array([Name.Indexed, Name.DeviceCMYK, 255, String(bytes(4 * 256))])


def flat_photo(pdf: Pdf) -> None:
    _photo(pdf).write(bytes([0, 0, 0, 255]) * 200 * 150)


def flat_jpeg(pdf: Pdf) -> None:
    out = io.BytesIO()
    Image.new("L", (200, 150), 90).save(out, "JPEG")
    _jpeg(pdf, out.getvalue(), Name.DeviceGray)


def _jpeg(pdf: Pdf, content: bytes, space: Any) -> None:
    stream = pdf.make_stream(b"")
    stream.write(content, filter=Name.DCTDecode)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 200, "/Height": 150})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": space})
    _page(pdf).Resources.XObject.Im1 = stream


def cmyk_jpeg() -> bytes:
    """A photograph as Adobe writes it: turned round."""
    ramp = Image.linear_gradient("L").resize((200, 150))
    plates = [ramp.point(lambda value, part=part: value * part // 100) for part in (70, 60, 60, 40)]
    out = io.BytesIO()
    Image.merge("CMYK", plates).save(out, "JPEG", quality=80)
    return out.getvalue()


def negative_photo(pdf: Pdf) -> None:
    _jpeg(pdf, cmyk_jpeg(), Name.DeviceCMYK)


def gray_photo_turned_round(pdf: Pdf) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((200, 150)).save(out, "JPEG")
    _jpeg(pdf, out.getvalue(), Name.DeviceGray)
    _photo(pdf).Decode = Array([1, 0])


def photo_upside_down(pdf: Pdf) -> None:
    drawn(pdf, "q -72 0 0 -54 202 244 cm /Im1 Do Q")


def soft_mask_in_colour(pdf: Pdf) -> None:
    mask = pdf.make_stream(b"\x80\xc0\xff" * 100)
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 10, "/Height": 10, "/BitsPerComponent": 8})
    mask.ColorSpace = Name.DeviceRGB
    _photo(pdf).SMask = mask


def mask_without_a_space(pdf: Pdf) -> None:
    mask = pdf.make_stream(b"0.5 g 0 0 400 300 re f")
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 400, 300])})
    mask.Group = Dictionary(S=Name.Transparency)
    _page(pdf).Resources.ExtGState.M = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    drawn(pdf, "q /M gs 0 0 0 0.5 k 50 50 20 20 re f Q")


def tint_too_light(pdf: Pdf) -> None:
    drawn(pdf, "q 0.01 0 0.01 0 k 150 200 100 40 re f Q")


def tint_too_clear(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.Z = Dictionary(ca=0.1)
    drawn(pdf, "q /Z gs 0 0.2 0 0 k 150 200 100 40 re f Q")


def textured(wide: int, high: int) -> Image.Image:
    """A picture with edges and many colours, as a photograph has them, and not above 200 per cent of ink."""
    picture = Image.new("CMYK", (wide, high))
    picture.putdata([
        (40 + x * 37 % 61, 30 + y * 53 % 67, 20 + (x * y) % 71, 90 if (x // 9 + y // 7) % 2 else 0)
        for y in range(high) for x in range(wide)
    ])  # fmt: skip
    return picture


def _photo_is(pdf: Pdf, picture: Image.Image) -> None:
    photo = _photo(pdf)
    photo.write(picture.tobytes())
    photo.Width, photo.Height = picture.size


def half_loaded_photo(pdf: Pdf) -> None:
    """Its lower half is the gray that a decoder fills in."""
    picture = textured(200, 150)
    picture.paste((0, 0, 0, 128), (0, 72, 200, 150))
    _photo_is(pdf, picture)


def half_loaded_jpeg(pdf: Pdf) -> None:
    """The same, left white and packed as a JPEG, which is read at an eighth of its size."""
    picture = textured(200, 150).resize((640, 480), Image.Resampling.NEAREST).crop((0, 0, 400, 300))
    picture.paste((0, 0, 0, 0), (0, 150, 400, 300))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    photo_is_jpeg(pdf, out.getvalue(), picture.size)


def photo_is_jpeg(pdf: Pdf, content: bytes, size: tuple[int, int]) -> None:
    """Of a CMYK JPEG as Pillow writes it."""
    photo = _photo(pdf)
    photo.write(content, filter=Name.DCTDecode)
    photo.Width, photo.Height = size
    photo.Decode = Array([1, 0] * 4)


def photo_enlarged(pdf: Pdf) -> None:
    """A thumbnail, drawn out to the pixels that the press asks for."""
    small = textured(90, 60).resize((45, 30), Image.Resampling.BOX).resize((25, 17), Image.Resampling.BOX)
    _photo_is(pdf, small.resize((200, 150), Image.Resampling.BICUBIC))


def photo_slipped_in_its_frame(pdf: Pdf) -> None:
    _moved(pdf, "q 130 190 72 54 re W n 72 0 0 54 160 190 cm /Im1 Do Q")


def _moved(pdf: Pdf, content: str) -> None:
    """The photograph as *content* has it, and not where it was."""
    page = _page(pdf)
    page.Contents = pdf.make_stream(
        page.Contents.read_bytes().replace(b"q 72 0 0 54 30 60 cm /Im1 Do Q", content.encode())
    )


def photo_with_a_profile(pdf: Pdf) -> None:
    """Of the press itself, and still one: it is not said how much ink it comes to."""
    photo_of_much_ink(pdf)
    profile = pdf.make_stream(condition())
    profile.N = 4
    _photo(pdf).ColorSpace = Array([Name.ICCBased, profile])


def photo_of_much_ink(pdf: Pdf) -> None:
    _photo_is(pdf, textured(200, 150).point(lambda value: min(255, value + 110)))


def opi_picture(pdf: Pdf) -> None:
    """A stand-in for one on a server."""
    proxy = Dictionary(Type=Name.OPI, Version=2, F=String("meadow.tif"))
    _photo(pdf).OPI = Dictionary({"/2.0": proxy})


def page_on_its_side(pdf: Pdf) -> None:
    """In its content and its boxes: its picture is where it belongs on a page that lies so."""
    page = _page(pdf)
    wide, high = (float(each) for each in page.MediaBox[2:])
    page.Contents = pdf.make_stream(b"q 0 -1 1 0 0 %.3f cm " % wide + page.Contents.read_bytes() + b" Q")
    page.MediaBox = page.BleedBox = Array([0, 0, high, wide])
    page.TrimBox = Array([9, 9, high - 9, wide - 9])


def photo_gone(pdf: Pdf) -> None:
    content = _page(pdf).Contents.read_bytes()
    _page(pdf).Contents = pdf.make_stream(content.replace(b"/Im1 Do", b""))


def photo_exchanged(pdf: Pdf) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").rotate(90).resize((200, 150)).save(out, "JPEG")
    _jpeg(pdf, out.getvalue(), Name.DeviceGray)


def photo_shrunk(pdf: Pdf) -> None:
    content = _page(pdf).Contents.read_bytes()
    _page(pdf).Contents = pdf.make_stream(content.replace(b"72 0 0 54 30 60 cm", b"36 0 0 27 30 60 cm"))


# --- nearly


def photo_with_a_panel_of_type(pdf: Pdf) -> None:
    """Three quarters of it are covered, by a panel on which type stands."""
    drawn(pdf, "q 0 0 0 0.1 k 28 58 56 60 re f Q q /K gs BT /F1 9 Tf 0 0 0 1 k 34 80 Td <0001> Tj ET Q")


def photo_under_a_frame(pdf: Pdf) -> None:
    """A frame's two boxes reach over it, and leave it open."""
    drawn(pdf, f"q 0 0 0 0.5 k {OVER} re 31 61 70 52 re f* Q")


def photo_painted_twice(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 54 30 60 cm /Im1 Do Q")


def photo_in_strips(pdf: Pdf) -> None:
    """Each stroke is clipped to a sliver; together they are the picture."""
    strips = "".join(f"q 130 {190 + 3 * n} 72 3 re W n 72 0 0 54 130 190 cm /Im1 Do Q\n" for n in range(18))
    drawn(pdf, strips)


def photo_cropped_to_a_strip(pdf: Pdf) -> None:
    drawn(pdf, "q 130 200 72 6 re W n 72 0 0 54 130 190 cm /Im1 Do Q")


def watermark(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.Z = Dictionary(ca=0.1)
    drawn(pdf, "q /Z gs 72 0 0 54 130 190 cm /Im1 Do Q")


def layer_that_is_on(pdf: Pdf) -> None:
    """Off on the screen, on in print."""
    group = _layer(pdf)
    group.Usage = Dictionary(Print=Dictionary(PrintState=Name.ON))
    pdf.Root.OCProperties.D.AS = Array(
        [Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([group]))]
    )
    _photo(pdf).OC = group


def white_swatch(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im2 = image(pdf, 8, 8)
    _page(pdf).Resources.XObject.Im2.write(bytes(8 * 8 * 4))
    drawn(pdf, "q 72 0 0 54 130 190 cm /Im2 Do Q")


def line_of_one_row(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im2 = image(pdf, 150, 1)
    drawn(pdf, "q 72 0 0 0.48 130 190 cm /Im2 Do Q")


def photo_beside_the_bleed(pdf: Pdf) -> None:
    """The printer's own, on the sheet and beside the page."""
    _page(pdf).MediaBox, _page(pdf).BleedBox = Array([-20, -100, 438, 338]), Array([0, 0, 418, 318])
    drawn(pdf, "q 72 0 0 54 30 -90 cm /Im1 Do Q")


def flat_picture_with_a_soft_mask(pdf: Pdf) -> None:
    """The shadow of something: its shape is in the mask."""
    flat_photo(pdf)
    mask = pdf.make_stream(bytes(range(100)))
    mask.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 10, "/Height": 10, "/BitsPerComponent": 8})
    mask.ColorSpace = Name.DeviceGray
    _photo(pdf).SMask = mask


def dark_photo(pdf: Pdf) -> None:
    """Night, 330 per cent of ink, with a lamp in it."""
    night = Image.new("CMYK", (200, 150), (200, 190, 190, 255))
    night.paste((0, 0, 30, 0), (90, 60, 110, 80))
    _photo(pdf).write(night.tobytes())


def photo_turned_twice(pdf: Pdf) -> None:
    """On its head in a form that is on its head: upright."""
    _form(pdf, "-72 0 0 -54 72 54 cm /Im1 Do", 72, 54)
    drawn(pdf, "q -1 0 0 -1 202 244 cm /Fo Do Q")


def least_tint(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0.03 0 0 k 150 200 100 40 re f Q")


def glow_in_steps(pdf: Pdf) -> None:
    """Tints within tints, each a little darker."""
    steps = (f"{n / 100} 0 0 0 k {150 + 5 * n} {200 + 3 * n} {100 - 10 * n} {40 - 6 * n} re f" for n in range(1, 6))
    drawn(pdf, f"q {' '.join(steps)} Q")


def photo_in_a_white_frame(pdf: Pdf) -> None:
    """As an instant camera makes them: white below, and around."""
    picture = Image.new("CMYK", (200, 150))
    picture.paste(textured(180, 100), (10, 10))
    _photo_is(pdf, picture)


def photo_of_something_on_white(pdf: Pdf) -> None:
    """It stands upon the ground, which goes on beside it."""
    picture = Image.new("CMYK", (200, 150))
    picture.paste(textured(140, 110), (30, 0))
    _photo_is(pdf, picture)


def photo_with_type_at_its_foot(pdf: Pdf) -> None:
    """The flat foot was left for that."""
    half_loaded_photo(pdf)
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 40 70 Tm <00010002> Tj ET Q")


def photo_enlarged_a_little(pdf: Pdf) -> None:
    """To twice its pixels."""
    _photo_is(pdf, textured(100, 75).resize((200, 150), Image.Resampling.BICUBIC))


def soft_photo(pdf: Pdf) -> None:
    """A sky: without edges there is nothing by which to tell."""
    sky = Image.linear_gradient("L").resize((200, 150)).point(lambda value: value // 4)
    _photo_is(pdf, Image.merge("CMYK", (sky, sky, Image.new("L", (200, 150)), Image.new("L", (200, 150)))))


def photo_cropped_at_one_side(pdf: Pdf) -> None:
    """It is cut off, but fills its frame."""
    _moved(pdf, "q 130 190 42 54 re W n 72 0 0 54 130 190 cm /Im1 Do Q")


def photo_beside_type_in_one_box(pdf: Pdf) -> None:
    """What the photograph leaves free of the box has a drawing in it."""
    _moved(pdf, "q 130 190 72 54 re W n 0 0.3 0 0 k 132 192 20 50 re f 72 0 0 54 160 190 cm /Im1 Do Q")


def photo_packed_anew(pdf: Pdf) -> None:
    """Smaller and lighter than it was, as another program may write it."""
    photo = _photo(pdf)
    picture = Image.frombytes("CMYK", (200, 150), photo.read_bytes()).resize((160, 120))
    photo.write(picture.point(lambda value: value * 9 // 10).tobytes())
    photo.Width, photo.Height = 160, 120


PICTURE_FAULTS: MappingProxyType[Fault, str] = MappingProxyType(
    {
        photo_covered: "image.invisible", photo_covered_in_two_halves: "image.invisible",
        photo_under_a_gradient: "image.invisible", photo_under_a_photo: "image.invisible",
        photo_under_a_slanting_shape: "image.invisible", photo_in_a_form_covered: "image.invisible",
        photo_mostly_covered: "image.invisible", photo_clipped_away: "image.invisible",
        photo_clipped_by_a_shape: "image.invisible", photo_outside_its_form: "image.invisible",
        photo_clear: "image.invisible", photo_in_a_clear_group: "image.invisible",
        photo_behind_a_dark_mask: "content.sound image.invisible",
        photo_with_an_empty_soft_mask: "image.invisible", photo_with_a_full_stencil: "image.invisible",
        photo_keyed_out: "image.invisible", stencil_without_marks: "image.invisible",
        photo_off_the_sheet: "image.invisible", photo_in_the_bleed_alone: "image.invisible",
        photo_scaled_to_nothing: "image.invisible image.resolution",
        photo_on_a_layer_that_is_off: "forbidden.layers image.invisible",
        photo_in_content_of_a_layer_that_is_off: "forbidden.layers image.invisible",
        form_of_a_layer_that_is_off: "forbidden.layers image.invisible",
        white_photo: "image.invisible", photo_white_by_its_decode: "image.invisible",
        photo_white_by_its_palette: "image.invisible",
        flat_photo: "image.flat", flat_jpeg: "image.flat",
        negative_photo: "image.negative", gray_photo_turned_round: "image.negative", photo_upside_down: "image.shape",
        soft_mask_in_colour: "image.sound", mask_without_a_space: "page.group",
        tint_too_light: "ink.tone", tint_too_clear: "ink.tone",
        half_loaded_photo: "image.sound", half_loaded_jpeg: "image.sound", photo_enlarged: "image.resolution",
        photo_slipped_in_its_frame: "image.frame",
        photo_with_a_profile: "colour.space", opi_picture: "forbidden.device", page_on_its_side: "page.size",
        photo_gone: "image.missing", photo_exchanged: "image.missing", photo_shrunk: "image.missing",
    }
)  # fmt: skip

PICTURES_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        photo_with_a_panel_of_type: "image.invisible", photo_under_a_frame: "image.invisible",
        photo_painted_twice: "image.invisible", photo_in_strips: "image.invisible",
        photo_cropped_to_a_strip: "image.invisible", watermark: "image.invisible", white_swatch: "image.invisible",
        line_of_one_row: "image.invisible", photo_beside_the_bleed: "image.invisible",
        flat_picture_with_a_soft_mask: "image.flat", dark_photo: "image.negative", photo_turned_twice: "image.shape",
        least_tint: "ink.tone", glow_in_steps: "ink.tone", photo_packed_anew: "image.missing",
        photo_in_a_white_frame: "image.sound", photo_of_something_on_white: "image.sound",
        photo_with_type_at_its_foot: "image.sound", photo_enlarged_a_little: "image.resolution",
        soft_photo: "image.resolution", photo_cropped_at_one_side: "image.frame",
        photo_beside_type_in_one_box: "image.frame",
    }
)  # fmt: skip
"""Clean files, and the rule that each nearly breaks."""


def _two_pages(count: int) -> bytes:
    """Two pages, of which the tree says that they are *count*."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].contents_add(b"q 0 0.5 0 0 k 50 50 2 2 re f Q")
        plain = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert plain.count(b"/Count 2") == 1
    return plain.replace(b"/Count 2", b"/Count %d" % count)


def pages_miscounted() -> bytes:
    """Two pages, of which the tree says that there is one."""
    return _two_pages(1)


PLANNED = frozenset({page_on_its_side, photo_gone, photo_exchanged, photo_shrunk, photo_packed_anew})
"""Files that are held against what the page was built with."""
