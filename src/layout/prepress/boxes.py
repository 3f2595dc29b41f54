"""Page boxes: trim, bleed and media, with the origin at the sheet's lower left corner."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from layout.errors import Hint, Message, PrintError
from layout.units import MM, mm

TRIM_TOLERANCE = 0.1 * MM
"""A page may differ from the planned size by this much: the rounding of millimetres in CSS pixels."""


def set_boxes(pdf: Pdf, trim: tuple[float, float], bleed: float, slug: float = 0.0) -> None:
    """Give every page TrimBox, BleedBox and MediaBox for a trimmed size, a bleed and room for marks, in points.

    The painting is moved, not scaled: its trimmed area, wherever the painter put it, lands inside the new TrimBox.
    Without bleed and slug the three boxes are equal. Raises ``PrintError`` when a page is not of the planned size.
    """
    moved: set[tuple[int, int]] = set()
    for page_no, page in enumerate(pdf.pages, start=1):
        left, bottom, width, height = _trimmed(page, trim, page_no)
        offset = bleed + slug
        dx, dy = offset - left, offset - bottom
        if abs(dx) > 1e-4 or abs(dy) > 1e-4:
            _move(pdf, page, dx, dy, moved)
        page.obj.TrimBox = _box(offset, width, height, 0)
        page.obj.BleedBox = _box(offset, width, height, bleed)
        page.obj.MediaBox = _box(offset, width, height, offset)
        for key in (Name.CropBox, Name.ArtBox, Name.Rotate, Name.UserUnit):
            if key in page.obj:
                del page.obj[key]


def _trimmed(page: Page, trim: tuple[float, float], page_no: int) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of the trimmed page as painted; the size as planned."""
    left, bottom, right, top = (float(value) for value in page.trimbox)
    if abs(right - left - trim[0]) > TRIM_TOLERANCE or abs(top - bottom - trim[1]) > TRIM_TOLERANCE:
        is_, should = (f"{mm(width):.1f}×{mm(height):.1f} mm" for width, height in ((right - left, top - bottom), trim))
        raise PrintError(
            Message(f"第 {page_no} 页的成品尺寸是 {is_}，应为 {should}。",
                    f"Page {page_no} is {is_} when trimmed; it must be {should}."),
            hint=Hint(designer=Message("检查设计里 @page 的 size；不要用缩放。",
                                       "Check the size of @page in the design; do not zoom.")),
        )  # fmt: skip
    return left, bottom, *trim


def _move(pdf: Pdf, page: Page, dx: float, dy: float, moved: set[tuple[int, int]]) -> None:
    """Shift what is painted. Patterns do not follow the page's matrix (ISO 32000-1 §8.7.2): they are shifted too."""
    page.obj.Contents = Array([pdf.make_stream(f"1 0 0 1 {dx:.6f} {dy:.6f} cm\n".encode()), *_parts(page.obj.Contents)])
    for pattern in page.obj.get(Name.Resources, Dictionary()).get(Name.Pattern, Dictionary()).values():
        if pattern.objgen in moved:
            continue
        moved.add(pattern.objgen)
        a, b, c, d, e, f = (float(value) for value in pattern.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
        pattern.Matrix = Array([*(round(value, 6) for value in (a, b, c, d, e + dx, f + dy))])


def _parts(contents: Object) -> list[Object]:
    return list(contents) if isinstance(contents, Array) else [contents]


def _box(offset: float, width: float, height: float, around: float) -> Array:
    """The trim rectangle at *offset*, grown by *around* on every side."""
    edges = (offset - around, offset - around, offset + width + around, offset + height + around)
    return Array([round(edge, 4) for edge in edges])
