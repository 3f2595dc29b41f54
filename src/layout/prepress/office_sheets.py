"""Places pages of a finished file on the sheets of an office printer, as vectors: type stays type."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Name, Page, Pdf

from layout.geometry import Box


@dataclass(frozen=True, slots=True)
class SheetPart:
    """What of a page stands on one sheet. Lengths in points, from the lower left corner of page or sheet."""

    page: int
    """From 0."""
    part: Box
    """What is seen of the page."""
    x: float
    """Where the left edge of that stands on the sheet, and its foot."""
    y: float
    scale: float


def pages_on_sheets(pdf: bytes, sheets: bytes, placed: Sequence[SheetPart]) -> bytes:
    """The file *sheets* with a page of *pdf* under what is drawn on each of its pages, as *placed* says of each.

    A page that stands on several sheets is in the file once. The same input gives the same bytes.
    """
    with pikepdf.open(io.BytesIO(sheets)) as target, pikepdf.open(io.BytesIO(pdf)) as source:
        forms = {number: target.copy_foreign(_form(source, number)) for number in {each.page for each in placed}}
        for page, each in zip(target.pages, placed, strict=True):
            _place(target, page, forms[each.page], each)
        target.remove_unreferenced_resources()
        out = io.BytesIO()
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _form(source: Pdf, number: int) -> pikepdf.Object:
    return source.pages[number].as_form_xobject()


def _place(target: Pdf, page: Page, form: pikepdf.Object, placed: SheetPart) -> None:
    name = page.add_resource(form, Name.XObject, Name("/SetPage"))
    part, scale = placed.part, placed.scale
    # The form's own matrix takes the corner of its box to where the page's is: it is placed by the page's coordinates.
    content = (
        f"q {placed.x:.4f} {placed.y:.4f} {part.width * scale:.4f} {part.height * scale:.4f} re W n "
        f"{scale:.6f} 0 0 {scale:.6f} {placed.x - part.x * scale:.4f} {placed.y - part.y * scale:.4f} cm {name} Do Q\n"
    )
    page.contents_add(target.make_stream(content.encode("ascii")), prepend=True)
