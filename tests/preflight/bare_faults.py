"""Faults that the bare file shows, as a technician made them without knowing the rules; and what nearly is one."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from pikepdf import Dictionary, Name, Pdf

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


BARE: MappingProxyType[Fault, str] = MappingProxyType(
    {
        clip_that_is_never_taken_away: "content.sound", state_restored_once_too_often: "content.sound",
        content_that_breaks_off: "content.sound", type_mirrored: "text.shape",
        type_mirrored_from_top_to_bottom: "text.shape", page_mirrored: "page.turned", photo_flipped: "image.shape",
        trim_as_large_as_the_sheet: "marks.place", type_as_a_ghost: "text.contrast",
    }
)  # fmt: skip
"""What is done to the clean page, and the rule that it breaks."""

BARE_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        states_within_states: "content.sound", type_turned_by_minus_signs: "text.shape",
        stencil_flipped: "image.shape", swatch_flipped: "image.shape",
        hairlines_in_black_on_the_page: "marks.place",
    }
)  # fmt: skip
"""The same, and the rule that it nearly breaks."""
