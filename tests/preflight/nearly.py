"""Files that nearly break a rule, and do not: just inside a limit, or with the thing that the rule forbids where it
does no harm. A rule that complains of one of these is a false alarm.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout.flows import Flow
from layout.geometry import Box
from layout.preflight.expected import Expected
from layout.preflight.page_geometry import CodeSpot
from preflight import support
from preflight.bare_faults import BARE_NEARLY
from preflight.build_faults import BUILD_NEARLY, built
from preflight.doubled_faults import DOUBLED_NEARLY
from preflight.font_faults import FONTS_NEARLY
from preflight.mark_faults import MARKS_NEARLY, TWO_PAGES, pages_that_differ_in_a_dot
from preflight.order_faults import ORDER_NEARLY, pages_as_their_folios_count
from preflight.picture_faults import PICTURES_NEARLY, PLANNED
from preflight.printed_faults import PRINTED_NEARLY
from preflight.support import EXPECTED, Fault, drawn, image, saved


def _page(pdf: Pdf) -> Any:
    return pdf.pages[0]


def _text(pdf: Pdf, ink: str, size: float, x: float = 100, y: float = 180, state: str = "/K gs") -> None:
    drawn(pdf, f"q {state} BT /F1 {size} Tf {ink} {x} {y} Td <0001> Tj ET Q")


def xmp_without_info(pdf: Pdf) -> None:
    """XMP alone has title and dates, and says that it is not trapped."""
    del pdf.trailer["/Info"]
    packet = pdf.Root.Metadata.read_bytes().replace(
        b"<pdfaid:part>", b'<pdf:Trapped xmlns:pdf="http://ns.adobe.com/pdf/1.3/">False</pdf:Trapped><pdfaid:part>', 1
    )
    pdf.Root.Metadata.write(packet)


def changed_after_it_was_made(pdf: Pdf) -> None:
    """The two parts of its identifier differ."""
    pdf.docinfo["/Keywords"] = String("x")


def run_lengths(pdf: Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.write(bytes([254, 65, 128]), filter=Name.RunLengthDecode)
    _page(pdf).Resources.XObject.Unused = stream


def version_as_an_attribute(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().decode()
    element = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    assert element in packet
    packet = packet.replace(element, "").replace('rdf:about=""', 'rdf:about="" pdfxid:GTS_PDFXVersion="PDF/X-4"', 1)
    pdf.Root.Metadata.write(packet.encode())


def a_third_intent(pdf: Pdf) -> None:
    """For another standard, with the same profile."""
    intent = Dictionary(pdf.Root.OutputIntents[1])
    intent.S = Name.GTS_PDFE1
    pdf.Root.OutputIntents.append(intent)


def profile_in_two_copies(pdf: Pdf) -> None:
    copy = pdf.make_stream(support.condition())
    copy.N = 4
    pdf.Root.OutputIntents[1].DestOutputProfile = copy


def info_without_dates(pdf: Pdf) -> None:
    del pdf.docinfo["/CreationDate"], pdf.docinfo["/ModDate"]


def two_pages(pdf: Pdf) -> None:
    pages_that_differ_in_a_dot(pdf)


def two_pages_for_one_sheet(pdf: Pdf) -> None:
    pages_that_differ_in_a_dot(pdf)


def pages_of_nearly_one_size(pdf: Pdf) -> None:
    pages_that_differ_in_a_dot(pdf)
    left, bottom, right, top = map(float, pdf.pages[1].TrimBox)
    pdf.pages[1].TrimBox = Array([left, bottom, right - 0.2, top])


def nothing_but_a_dot(pdf: Pdf) -> None:
    _page(pdf).Contents = pdf.make_stream(b"q /K gs 0 0 0 1 k 60 60 3 3 re f Q")


def crop_of_the_whole_sheet(pdf: Pdf) -> None:
    _page(pdf).CropBox = _page(pdf).MediaBox


def nearly_the_planned_size(pdf: Pdf) -> None:
    _page(pdf).TrimBox = Array([9, 9, 409.2, 309])


def nearly_the_whole_bleed(pdf: Pdf) -> None:
    """8.8 pt of 8.5."""
    _page(pdf).BleedBox = Array([0.2, 0.2, 417.8, 317.8])


def tint_to_the_bleeds_edge(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0.5 0 0 k 0.3 100 60 50 re f Q")


def type_just_inside(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 1 k", 9, x=9 + 8.6)


def turned_by_nothing(pdf: Pdf) -> None:
    _page(pdf).Rotate, _page(pdf).UserUnit = 360, 1


def no_group_and_no_transparency(pdf: Pdf) -> None:
    del _page(pdf)["/Group"]


def rgb_group_and_no_transparency(pdf: Pdf) -> None:
    _page(pdf).Group.CS = Name.DeviceRGB


def _sheet_with_marks(pdf: Pdf, content: str) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    _page(pdf).Resources.ColorSpace = Dictionary(All=Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
    _page(pdf).MediaBox, _page(pdf).BleedBox = Array([-20, -20, 438, 338]), Array([0, 0, 418, 318])
    drawn(pdf, content)


def marks_that_end_at_the_bleed(pdf: Pdf) -> None:
    """Hairlines too, and several in one path: what is cut off is not judged."""
    _sheet_with_marks(pdf, "q /All CS 1 SCN 0.1 w -15 60 m 0 60 l 433 60 m 418 60 l 60 -15 m 60 0 l S Q")


def marks_in_four_inks(pdf: Pdf) -> None:
    _sheet_with_marks(pdf, "q 1 1 1 1 K 0.5 w -15 60 m -2 60 l S Q")


def unknown_operator_where_it_may_stand(pdf: Pdf) -> None:
    drawn(pdf, "q BX 1 2 zz EX Q")


def spot_named_black(pdf: Pdf) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    _page(pdf).Resources.ColorSpace = Dictionary(S1=Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint]))
    drawn(pdf, "q /S1 cs 1 scn 50 50 20 20 re f Q")


def rgb_that_nobody_uses(pdf: Pdf) -> None:
    _page(pdf).Resources.ColorSpace = Dictionary(C1=Array([Name.CalRGB, Dictionary(WhitePoint=[0.95, 1, 1.09])]))
    _page(pdf).Resources.XObject.Unused = image(pdf, space="DeviceRGB")


def _state(pdf: Pdf, **values: Any) -> None:
    _page(pdf).Resources.ExtGState.B = Dictionary(**values)
    drawn(pdf, "q /B gs 0 0.3 0 0 k 50 50 20 20 re f Q")


def blended_normally(pdf: Pdf) -> None:
    _state(pdf, BM=Name.Normal)


def quite_opaque(pdf: Pdf) -> None:
    _state(pdf, ca=1, CA=1, SMask=Name("/None"))


def black_on_a_black_page(pdf: Pdf) -> None:
    """Planned in black alone, and all of it is: as gray, as CMYK, as a spot ink called Black."""
    _page(pdf).Contents = pdf.make_stream(b"q /K gs 0 0 0 1 k 50 50 20 20 re f Q q 0.5 g 80 50 20 20 re f Q")
    spot_named_black(pdf)


def just_the_ink_limit(pdf: Pdf) -> None:
    drawn(pdf, "q 0.5 0.5 0.5 0.9 k 50 50 20 20 re f Q")


def deep_blue_type(pdf: Pdf) -> None:
    """Dark, and of three inks, but no black."""
    _text(pdf, "1 0.7 0 0.5 k", 12, state="")


def gray_type(pdf: Pdf) -> None:
    """A gray that is meant as one."""
    _text(pdf, "0 0 0 0.8 k", 12)


def small_black_type(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 1 k", 6)


def white_type_large_enough(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 0 k", 12, state="")


def white_type_on_a_tint(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 0 0.3 k 150 200 60 40 re f Q")
    _text(pdf, "0 0 0 0 k", 30, x=160, y=210, state="")


def larger_black_knocks_out(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 1 k", 12, state="")


def thicker_rule_knocks_out(pdf: Pdf) -> None:
    drawn(pdf, "q 0 0 0 1 k 50 50 100 2 re f Q")


def crop_marks_under_a_clip(pdf: Pdf) -> None:
    """They end where the clip begins, as those of an advertisement that is placed up to its trim."""
    drawn(pdf, "q 50 60 100 20 re W n 0 0 0 1 k 50 80 0.1 15 re f 0 0 0 1 K 0.1 w 150 80 m 150 95 l S Q")


def crop_marks_beside_the_bleed(pdf: Pdf) -> None:
    left, bottom, _, _ = map(float, _page(pdf).BleedBox)
    drawn(pdf, f"q 0 0 0 1 K 0.1 w {left - 9} {bottom + 20} m {left} {bottom + 20} l S Q")


def white_after_overprint(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.Off = Dictionary(OP=False, op=False)
    drawn(pdf, "q /K gs /Off gs BT /F1 30 Tf 0 0 0 0 k 100 180 Td <0001> Tj ET Q")


def pixels_enough(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im1 = image(pdf, 150, 113)


def line_art_fine_enough(pdf: Pdf) -> None:
    art = pdf.make_stream(bytes(100 * 800))
    art.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 800, "/Height": 800, "/ImageMask": True})
    _page(pdf).Resources.XObject.Im2 = art
    drawn(pdf, "q 0 0 0 1 k 72 0 0 72 30 60 cm /Im2 Do Q")


def a_tiny_picture(pdf: Pdf) -> None:
    """Of 16 pixels: a swatch, of which no resolution is asked."""
    _page(pdf).Resources.XObject.Im2 = image(pdf, 16, 16)
    drawn(pdf, "q 72 0 0 72 130 190 cm /Im2 Do Q")


def a_picture_and_a_rule(pdf: Pdf) -> None:
    _page(pdf).Resources.XObject.Im1 = image(pdf, 1000, 760)
    _page(pdf).Contents = pdf.make_stream(b"q 418 0 0 318 0 0 cm /Im1 Do Q q /K gs 0 0 0 1 k 30 30 90 1 re f Q")


def hardly_stretched(pdf: Pdf) -> None:
    drawn(pdf, "q 72 0 0 53 130 60 cm /Im1 Do Q")


def line_of_the_least_width(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs 0.25 w 0 0 0 1 K 30 40 m 90 40 l S Q")


def scaled_up_line(pdf: Pdf) -> None:
    """0.05 pt under a matrix of eight by eight."""
    drawn(pdf, "q /K gs 8 0 0 8 0 0 cm 0.05 w 0 0 0 1 K 5 5 m 10 5 l S Q")


def flattened_line_thick_enough(pdf: Pdf) -> None:
    """Upright, it keeps the width that level ones lose."""
    drawn(pdf, "q /K gs 1 0 0 .05 0 0 cm 1.5 w 0 0 0 1 K 30 800 m 30 2000 l S Q")


def gradient_of_two_parts(pdf: Pdf) -> None:
    half = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.5, 0.2, 0, 0], N=1)
    _page(pdf).Resources.Shading.Sh1.Function = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 1, 0], Functions=Array([half, half])
    )


def note_beyond_the_bleed(pdf: Pdf) -> None:
    _page(pdf).MediaBox, _page(pdf).BleedBox = Array([-20, -20, 438, 338]), Array([0, 0, 418, 318])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[-19, 50, -1, 68])
    _page(pdf).Annots = pdf.make_indirect(Array([note]))


def the_plants_own_note(pdf: Pdf) -> None:
    _page(pdf).Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[50, 50, 90, 90])])


def names_of_places(pdf: Pdf) -> None:
    """Neither scripts nor attachments stand in the name tree."""
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([])))


def file_that_nobody_refers_to(pdf: Pdf) -> None:
    pdf.Root.Spare = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("notes.txt")))


def layers_without_any(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def usual_transfer(pdf: Pdf) -> None:
    _page(pdf).Resources.ExtGState.T = Dictionary(TR2=Name.Default, BG2=Name.Default, UCR2=Name.Default)
    drawn(pdf, "q /T gs Q")


def reference_in_the_structure(pdf: Pdf) -> None:
    pdf.Root.Spare = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Ref=Array([])))


def same_character_beside_itself(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 0 k", 30, x=72, y=180, state="")


def text_in_other_runs(pdf: Pdf) -> None:
    """The same characters in the same order, shown in two strings."""
    content = _page(pdf).Contents.read_bytes()
    assert b"[<00010002> -50 <000300040005>] TJ" in content
    content = content.replace(b"[<00010002> -50 <000300040005>] TJ", b"<00010002> Tj <000300040005> Tj")
    _page(pdf).Contents = pdf.make_stream(content)


def text_in_two_streams(pdf: Pdf) -> None:
    """The page's content is cut between its lines of text."""
    first, mark, second = _page(pdf).Contents.read_bytes().partition(b" 0 -14 Td")
    assert mark
    _page(pdf).Contents = Array([pdf.make_stream(first), pdf.make_stream(mark + second)])


def empty_strings(pdf: Pdf) -> None:
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 100 180 Td <> Tj [] TJ [-200] TJ ET Q")


def type_dark_enough(pdf: Pdf) -> None:
    _text(pdf, "0 0 0 0.84 k", 12, state="")


def type_beside_type(pdf: Pdf) -> None:
    """An em further on, and the strokes just miss each other."""
    drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 80 250 Td <00060007> Tj ET Q")


def code_with_just_its_quiet_zone(pdf: Pdf) -> None:
    """Four modules of two points on every side, and the tint of the page right behind them."""
    drawn(pdf, "q 0 0 0 0 k 172 192 58 58 re f 0 0 0 1 k 180 200 42 42 re f Q")


def code_of_just_large_modules(pdf: Pdf) -> None:
    """21 modules of 0.397 mm."""
    drawn(pdf, "q 0 0 0 0 k 150 180 70 70 re f 0 0 0 1 k 170 200 23.64 23.64 re f Q")


def white_panel_with_type(pdf: Pdf) -> None:
    """White in which something stands is a panel."""
    drawn(pdf, "q 0 0 0 0 k 150 200 200 70 re f Q")
    for row in range(3):
        _text(pdf, "0 0 0 1 k", 20, x=160, y=210 + 20 * row)
        _text(pdf, "0 0 0 1 k", 20, x=250, y=210 + 20 * row)
        _text(pdf, "0 0 0 1 k", 20, x=320, y=210 + 20 * row)


def older_version() -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        out = io.BytesIO()
        pdf.save(out, force_version="1.4", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def bytes_after_the_end() -> bytes:
    return support.clean_pdf() + b"\n\n"


def encrypt_as_a_word() -> bytes:
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        pdf.docinfo["/Encrypt"] = String("no")
        return saved(pdf)


NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        changed_after_it_was_made: "file.id", run_lengths: "file.filters", version_as_an_attribute: "pdfx.version",
        a_third_intent: "pdfx.intent", profile_in_two_copies: "pdfx.profile", info_without_dates: "pdfx.metadata",
        xmp_without_info: "pdfx.trapped", two_pages: "page.count", two_pages_for_one_sheet: "page.multiple",
        pages_of_nearly_one_size: "page.alike",
        nothing_but_a_dot: "page.blank", crop_of_the_whole_sheet: "page.boxes", nearly_the_planned_size: "page.size",
        nearly_the_whole_bleed: "page.bleed", tint_to_the_bleeds_edge: "page.bleed_filled",
        type_just_inside: "page.safe", turned_by_nothing: "page.turned", no_group_and_no_transparency: "page.group",
        rgb_group_and_no_transparency: "page.group", marks_that_end_at_the_bleed: "marks.place",
        marks_in_four_inks: "marks.inks", unknown_operator_where_it_may_stand: "content.sound",
        spot_named_black: "colour.spot", rgb_that_nobody_uses: "colour.space",
        blended_normally: "colour.blend", quite_opaque: "colour.transparent", black_on_a_black_page: "colour.plates",
        just_the_ink_limit: "ink.total", deep_blue_type: "text.black", gray_type: "text.black",
        small_black_type: "text.small",
        white_type_large_enough: "text.reversed", white_type_on_a_tint: "text.invisible",
        larger_black_knocks_out: "overprint.black", thicker_rule_knocks_out: "overprint.black",
        crop_marks_under_a_clip: "overprint.black", crop_marks_beside_the_bleed: "overprint.black",
        white_after_overprint: "overprint.white", pixels_enough: "image.resolution",
        a_tiny_picture: "image.resolution", line_art_fine_enough: "image.line_art", a_picture_and_a_rule: "image.page",
        hardly_stretched: "image.shape", line_of_the_least_width: "line.thin", scaled_up_line: "line.thin",
        flattened_line_thick_enough: "line.thin", gradient_of_two_parts: "shade.sound",
        note_beyond_the_bleed: "forbidden.annotation", the_plants_own_note: "forbidden.annotation",
        names_of_places: "forbidden.script", file_that_nobody_refers_to: "forbidden.attachment",
        layers_without_any: "forbidden.layers", usual_transfer: "forbidden.device",
        reference_in_the_structure: "forbidden.device", same_character_beside_itself: "text.twice",
        type_dark_enough: "text.contrast", type_beside_type: "text.on_type", white_panel_with_type: "page.hole",
        code_with_just_its_quiet_zone: "code.quiet_zone", code_of_just_large_modules: "code.module",
        text_in_other_runs: "text.complete", text_in_two_streams: "text.order", empty_strings: "text.extra",
        **FONTS_NEARLY, **PRINTED_NEARLY, **MARKS_NEARLY, **PICTURES_NEARLY, **DOUBLED_NEARLY, **BUILD_NEARLY,
        **ORDER_NEARLY, **BARE_NEARLY,
    }
)  # fmt: skip
"""What is done to the clean page, and the rule that it nearly breaks."""

FILES_NEARLY: MappingProxyType[Callable[[], bytes], str] = MappingProxyType(
    {older_version: "file.version", bytes_after_the_end: "file.sound", encrypt_as_a_word: "file.encrypted"}
)
"""The same of files that are more than a change of the page."""

STRICTER = MappingProxyType(
    {
        marks_in_four_inks: {"marks": True}, two_pages_for_one_sheet: {"pages_multiple": 2},
        quite_opaque: {"transparency": False},
        spot_named_black: {"max_spot_colours": 0},
    }
)  # fmt: skip


CODES: Mapping[Fault, tuple[float, float, float]] = MappingProxyType(
    {code_with_just_its_quiet_zone: (180, 200, 42), code_of_just_large_modules: (170, 200, 23.64)}
)
"""Lower left corner and side of a QR code of 21 modules that the plan knows of, in the page's own points."""


def expected(fault: Fault) -> Expected:
    """The plan of a file."""
    if fault in BUILD_NEARLY:
        return built()
    if fault in CODES:
        left, bottom, side = CODES[fault]
        box = Box(left - support.BLEED, support.HEIGHT + support.BLEED - bottom - side, side, side)
        return replace(EXPECTED, codes=((CodeSpot(Flow.parse("a.word.code"), 21, None, box),),))
    if fault in PLANNED:
        return replace(EXPECTED, pictures=((support.PICTURE,),))
    if fault is black_on_a_black_page:
        return replace(EXPECTED, plates=(frozenset("K"),))
    if fault in (pages_of_nearly_one_size, pages_as_their_folios_count):
        return replace(EXPECTED, pages=2)
    return replace(EXPECTED, pages=2) if fault in TWO_PAGES | {two_pages, two_pages_for_one_sheet} else EXPECTED


def files() -> dict[str, tuple[Callable[[], bytes], str]]:
    """By name, how each file is made and the rule that it nearly breaks."""
    made = {fault.__name__: (partial(support.with_fault, fault), rule) for fault, rule in NEARLY.items()}
    return {**made, **{make.__name__: (make, rule) for make, rule in FILES_NEARLY.items()}}
