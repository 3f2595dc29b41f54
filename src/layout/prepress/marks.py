"""Printers' marks outside the bleed: crop and register marks in every ink, colour and grey bars, the slug line; where
the press asks for them, patches of grey balance and the plates' names.

ReportLab draws them, one page for each page of the file; ``place_marks`` lays them on the finished pages as forms. CSS
``marks:`` is never used: it draws RGB, and inside the bleed. Type on the slug is drawn as outlines: no font is added to
the file, and nothing outside the trim is text that a reader would take for copy.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from layout import assets
from layout.fontbook import Fontbook
from layout.prepress.drawing import Canvas, CMYKColor, CMYKColorSep, DrawingCanvas
from layout.prepress.outline_pen import PathPen
from layout.prepress.plates import INKS
from layout.prepress.slug import SlugLine
from layout.press import PressProfile
from layout.press.mark_room import ROOM, room
from layout.units import MM

__all__ = ["ROOM", "SlugLine", "place_marks", "room"]

_NAME = "LayoutMarks"
_LEAST_GAP = 2 * MM
"""Marks stay so far from the trim even where there is no bleed: a knife never runs true."""
_GAP = 1 * MM
_CROP = 5 * MM
_LINE = 0.25
_RADIUS = 1.75 * MM
_CROSS = 3 * MM
_PATCH = 5 * MM
_TYPE = 7.0
_FACES = ("Hei 400", "Song 400")
_ALL = CMYKColorSep(1, 1, 1, 1, spotName="All", density=1)
_COLOURS = (
    (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 1, 0, 0), (0, 1, 1, 0), (1, 0, 1, 0),
    (0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5),
)  # fmt: skip
"""Solids, the three overlaps of two, half tones: what a densitometer is put on."""
_GREYS = ((0, 0, 0, 0.1), (0, 0, 0, 0.25), (0, 0, 0, 0.5), (0.5, 0.4, 0.4, 0), (0, 0, 0, 0.75), (0, 0, 0, 1))
"""Black in steps, and beside its half tone the three colours that ought to look the same (ISO 12647 grey balance)."""
_PLATES = {"C": "青 C", "M": "品红 M", "Y": "黄 Y", "K": "黑 K"}
_FULL = dict(zip(INKS, _COLOURS, strict=False))
"""The solids of the four inks, by plate."""
_BETWEEN = 4 * MM
"""Between two groups of marks on one line."""
# What ReportLab begins every page with: its own font, which we do not use.
_PREAMBLE = b"1 0 0 1 0 0 cm  BT /F1 12 Tf 14.4 TL ET"


def place_marks(pdf: Pdf, slug: SlugLine, profile: PressProfile) -> None:
    """Lay marks on every page of *pdf*, whose boxes leave ``room`` for them. To be done after the colours are mended.

    The form is the page's last painting; its only colour spaces are DeviceCMYK and Separation All.
    """
    trims = [[float(edge) for edge in page.obj.TrimBox] for page in pdf.pages]
    drawn = _draw(trims, slug, profile)
    everything = pdf.make_indirect(_separation_all())
    with Pdf.open(io.BytesIO(drawn)) as marks:
        for page, source in zip(pdf.pages, marks.pages, strict=True):
            content = source.obj.Contents.read_bytes().replace(_PREAMBLE, b"", 1)
            form = pdf.make_stream(
                content, Type=Name.XObject, Subtype=Name.Form, FormType=1, BBox=page.obj.MediaBox,
                Resources=Dictionary(ColorSpace=Dictionary(All=everything)),
            )  # fmt: skip
            _add(pdf, page.obj, form)


def _add(pdf: Pdf, page: Object, form: Stream) -> None:
    own = copy(page.Resources)  # pages share their resources; the marks are each page's own
    objects = Dictionary({f"/{_NAME}": form})
    for name, known in own[Name.XObject].items() if Name.XObject in own else ():
        objects[name] = known
    own.XObject = objects
    page.Resources = own
    before, after = pdf.make_stream(b"q\n"), pdf.make_stream(f"\nQ /{_NAME} Do\n".encode())
    page.Contents = Array([before, page.Contents, after])


def _separation_all() -> Object:
    """``/Separation /All``: a mark on every plate (ISO 32000-1 §8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _draw(trims: Sequence[Sequence[float]], slug: SlugLine, profile: PressProfile) -> bytes:
    """The marks of all pages as a PDF, the origin at the sheet's lower left corner. Same input, same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    start = max(profile.bleed_mm * MM, _LEAST_GAP) + _GAP
    for index, trim in enumerate(trims):
        canvas.setPageSize((trim[0] + trim[2], trim[1] + trim[3]))
        canvas.setStrokeColor(_ALL)
        canvas.setLineWidth(_LINE)
        if profile.marks:
            _crops(canvas, trim, start)
            _registers(canvas, trim, start + _CROSS)
            _bars(canvas, trim, start)
            canvas.setFillColor(_ALL)
            line = _Outlines(slug.line(index, profile))
            line.draw(canvas, trim[0] + 2 * _CROSS, trim[3] + start + _GAP, min(_TYPE, _half(trim) / line.width))
        x = _grey_balance(canvas, trim, start, profile)
        if profile.plate_names:
            _plate_names(canvas, (x, trim[3] + start + _GAP), trim[2] - 2 * _CROSS, slug.page(index))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _half(trim: Sequence[float]) -> float:
    """The length between a corner of the sheet and the register mark in the middle, less the room of both."""
    return (trim[2] - trim[0]) / 2 - 4 * _CROSS


def _crops(canvas: DrawingCanvas, trim: Sequence[float], start: float) -> None:
    left, bottom, right, top = trim
    for x, sign in ((left, -1), (right, 1)):
        for y in (bottom, top):
            canvas.line(x + sign * start, y, x + sign * (start + _CROP), y)
    for y, sign in ((bottom, -1), (top, 1)):
        for x in (left, right):
            canvas.line(x, y + sign * start, x, y + sign * (start + _CROP))


def _registers(canvas: DrawingCanvas, trim: Sequence[float], away: float) -> None:
    left, bottom, right, top = trim
    across, up = (left + right) / 2, (bottom + top) / 2
    for x, y in ((left - away, up), (right + away, up), (across, bottom - away), (across, top + away)):
        canvas.circle(x, y, _RADIUS, stroke=1, fill=0)
        canvas.line(x - _CROSS, y, x + _CROSS, y)
        canvas.line(x, y - _CROSS, x, y + _CROSS)


def _bars(canvas: DrawingCanvas, trim: Sequence[float], start: float) -> None:
    """Colours left of the foot's register mark, greys right of it."""
    left, bottom, right, _ = trim
    middle = (left + right) / 2
    for patches, begin in ((_COLOURS, left + 2 * _CROSS), (_GREYS, middle + 2 * _CROSS)):
        side = min(_PATCH, _half(trim) / len(patches))
        _patches(canvas, patches, (begin, bottom - start - side), side)


def _grey_balance(canvas: DrawingCanvas, trim: Sequence[float], start: float, profile: PressProfile) -> float:
    """Right of the head's register mark: each gray of C, M and Y, then the black of as many percent as its cyan.

    Gives where on the line there is room for more.
    """
    begin = (trim[0] + trim[2]) / 2 + 2 * _CROSS
    if not profile.grey_balance:
        return begin
    shares = [(c / 100, m / 100, y / 100) for c, m, y in profile.grey_balance]
    patches = [inks for c, m, y in shares for inks in ((c, m, y, 0), (0, 0, 0, c))]
    # Half of the line at most: the plates' names stand behind it.
    side = min(_PATCH, _half(trim) / 2 / len(patches))
    _patches(canvas, patches, (begin, trim[3] + start), side)
    return begin + side * len(patches) + _BETWEEN


def _patches(
    canvas: DrawingCanvas,
    patches: Sequence[tuple[float, float, float, float]],
    corner: tuple[float, float],
    side: float,
) -> None:
    """A row of squares from its lower left *corner*."""
    for index, inks in enumerate(patches):
        canvas.setFillColor(CMYKColor(*inks))
        canvas.rect(corner[0] + index * side, corner[1], side, side, stroke=0, fill=1)


def _plate_names(canvas: DrawingCanvas, at: tuple[float, float], end: float, page: Sequence[str]) -> None:
    """The plates' names from *at* on, each in its own ink alone, then in all inks the page and its date."""
    names = [(_Outlines(name), CMYKColor(*_FULL[ink])) for ink, name in _PLATES.items()]
    names.append((_Outlines(" · ".join(page)), _ALL))
    x, y = at
    long = sum(line.width for line, _ in names) + len(names) - 1  # an em between two of them
    size = min(_TYPE, max(0.0, end - x) / long)  # a page of a hand's width has no room for them
    for line, colour in names:
        canvas.setFillColor(colour)
        line.draw(canvas, x, y, size)
        x += (line.width + 1) * size


class _Outlines:
    """A line of type as outlines: no font is added to the file."""

    def __init__(self, text: str):
        fontbook = Fontbook(assets.fonts_dir())
        faces = [fontbook.face_of(family) for family in _FACES]
        self.width = 0.0
        """In em."""
        self._glyphs = []
        for character in text:
            face = next((face for face in faces if face.has(character)), faces[0])
            number = face.shaper.get_nominal_glyph(ord(character)) or 0
            self._glyphs.append((face, number, self.width))
            self.width += face.width(number)

    def draw(self, canvas: DrawingCanvas, x: float, y: float, size: float) -> None:
        """Fill the line from the left end of its baseline, in points."""
        for face, number, along in self._glyphs:
            pen = PathPen(canvas.beginPath(), x + along * size, y, size / face.upem)
            face.shaper.draw_glyph_with_pen(number, pen)
            if pen.used:
                canvas.drawPath(pen.path, stroke=0, fill=1, fillMode=1)  # outlines overlap: non-zero winding
