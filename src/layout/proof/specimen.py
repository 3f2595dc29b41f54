"""Draws a type specimen: every face large, small and in a column, with what is known of it. Outlines only.

No font is added to the file, so a face whose maker forbids embedding may be shown before there is a licence.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from layout.fontbook import Cluster, Face, Fontbook
from layout.manuscript.characters import is_wide
from layout.prepress.drawing import Canvas, CMYKColor, DrawingCanvas
from layout.prepress.outline_pen import PathPen

PAGE = (595.0, 842.0)
"""A4, upright, in points."""
_LEFT, _RIGHT, _TOP, _FOOT = 45.0, 550.0, 797.0, 48.0
_NOTES, _SHOWN, _COLUMN = 112.0, 132.0, 18.0
"""Width of the column of notes; where the samples begin, from the left margin; width of the upright column."""
_ENTRY, _HEAD = 106.0, 30.0
"""Height of an entry and of a heading."""
_LARGE, _MIDDLE, _SMALL, _NOTE = 27.0, 13.0, 9.0, 6.5
_BLACK, _GREY, _RED = CMYKColor(0, 0, 0, 1), CMYKColor(0, 0, 0, 0.62), CMYKColor(0, 1, 0.95, 0.04)
_LABEL, _PLAIN, _TITLE = ("Hei 500", "Song 400"), ("Hei 400", "Song 400"), ("Song 900",)
_HAN = (
    "山河入卷，字里行间", "时光无言，实干有声。大河上下，长城内外",
    "时光无言，实干有声。大河上下，长城内外，“风云际会”（一九四九）。春风又绿江南岸，明月何时照我还。",
    "「山河，入卷。」",
)  # fmt: skip
_LATIN = (
    "Hamburgefonstiv", "The quick brown fox jumps over the lazy dog",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz ÀÉÎÕÜ àéîõü & @ § ¥ €", "",
)  # fmt: skip
"""What a face is shown by: a large line, a line of middle size, small text, an upright column."""
_FIGURES = "0123456789 ％ ℃ 第1版 A4 2026年2月5日"
_ASCENT = 0.88
"""Of every face above its baseline, in em (fonts/FONTS.toml)."""
_NORMAL = 400
_MOST = 14
"""Characters of a face that has neither Chinese nor Latin, as one of 自造字 has, which are shown."""
_SHARE = 0.8
"""Of a sample's characters a face must have so many to be shown by it."""


@dataclass(frozen=True, slots=True)
class SpecimenEntry:
    """One face of a specimen."""

    title: str
    notes: tuple[str, ...]
    """Short lines below the name."""
    faces: tuple[Face, ...]
    """The face; of a variable one several weights, lightest first."""
    warned: bool = False
    """Whether its first note is a warning, printed in red."""


@dataclass(frozen=True, slots=True)
class SpecimenGroup:
    """Faces that come from one place."""

    title: str
    entries: tuple[SpecimenEntry, ...]


def specimen(groups: Sequence[SpecimenGroup], title: str, fontbook: Fontbook) -> bytes:
    """The specimen of *groups* as a PDF. *fontbook* knows them all.

    The same faces give the same bytes.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    sheet = _Sheet(canvas, fontbook, title)
    for group in groups:
        sheet.group(group)
    sheet.end()
    canvas.save()
    return out.getvalue()


class _Sheet:
    """The pages as they fill up."""

    def __init__(self, canvas: Canvas, fontbook: Fontbook, title: str):
        self._canvas, self._fontbook, self._title = canvas, fontbook, title
        self._y, self._number = 0.0, 0
        self._turn()

    def group(self, group: SpecimenGroup) -> None:
        """A heading, and the entries under it."""
        if self._y - _HEAD - _ENTRY < _FOOT:
            self._turn()
        self._canvas.setFillColor(_RED)
        self._own(group.title, _LABEL, (_LEFT, self._y - 15), 10.5)
        self._y -= _HEAD
        for entry in group.entries:
            if self._y - _ENTRY < _FOOT:
                self._turn()
            self._entry(entry)
            self._y -= _ENTRY

    def end(self) -> None:
        """The last page's foot."""
        self._foot()
        self._canvas.showPage()

    def _turn(self) -> None:
        if self._number:
            self._foot()
            self._canvas.showPage()
        self._number += 1
        self._y = _TOP
        if self._number == 1:
            self._canvas.setFillColor(_BLACK)
            self._own(self._title, _TITLE, (_LEFT, _TOP - 28), 30)
            self._rule(_TOP - 42, 1.2)
            self._y = _TOP - 54

    def _foot(self) -> None:
        self._canvas.setFillColor(_GREY)
        words = f"{self._title}　{self._number}"
        self._own(words, _PLAIN, (_RIGHT - self._length(words, _PLAIN) * 7, _FOOT - 20), 7)

    def _rule(self, y: float, width: float) -> None:
        self._canvas.setFillColor(_BLACK)
        self._canvas.rect(_LEFT, y, _RIGHT - _LEFT, width, stroke=0, fill=1)

    def _entry(self, entry: SpecimenEntry) -> None:
        self._rule(self._y, 0.25)
        self._notes(entry)
        plain = min(entry.faces, key=lambda each: abs(each.weight - _NORMAL))
        face, x, right = plain, _LEFT + _SHOWN, _RIGHT - _COLUMN
        self._canvas.setFillColor(_BLACK)
        large, text, small, column = _samples(face)
        if len(entry.faces) > 1:
            self._ladder(entry.faces, large, x, right)
        else:
            self._line(face, large, (x, self._y - 36), _LARGE, right)
        self._line(face, text, (x, self._y - 60), _MIDDLE, right)
        self._line(face, _FIGURES, (x, self._y - 78), _SMALL, right)
        self._line(face, small, (x, self._y - 93), 7.5, right)
        self._column(face, column)

    def _notes(self, entry: SpecimenEntry) -> None:
        self._canvas.setFillColor(_BLACK)
        self._own(entry.title, _LABEL, (_LEFT, self._y - 15), 9, _NOTES)
        y = self._y - 27
        for index, note in enumerate(entry.notes):
            self._canvas.setFillColor(_RED if entry.warned and not index else _GREY)
            for line in islice(self._wrapped(note), 3):
                if y > self._y - _ENTRY + 6:
                    self._own(line, _PLAIN, (_LEFT, y), _NOTE, _NOTES)
                y -= 9

    def _wrapped(self, note: str) -> Iterator[str]:
        line = ""
        for character in note:
            if line and self._length(line + character, _PLAIN) * _NOTE > _NOTES:
                yield line
                line = ""
            line += character
        yield line

    def _ladder(self, faces: Sequence[Face], text: str, x: float, right: float) -> None:
        """The first words at each weight, side by side."""
        words, step = text[:2], (right - x) / len(faces)
        for index, face in enumerate(faces):
            self._canvas.setFillColor(_BLACK)
            self._line(face, words, (x + index * step, self._y - 36), _LARGE, right)
            self._canvas.setFillColor(_GREY)
            self._own(str(face.weight), _PLAIN, (x + index * step, self._y - 46), 5.5)
        self._canvas.setFillColor(_BLACK)

    def _line(self, face: Face, text: str, at: tuple[float, float], size: float, right: float) -> None:
        """What *face* has of *text*, as far as it goes into the measure."""
        own = "".join(each for each in text if face.has(each))
        end, y = at
        for cluster in self._shaped(face, own):
            if end + cluster.advance * size > right:
                return
            self._cluster(face, cluster, (end, y), size)
            end += cluster.advance * size

    def _column(self, face: Face, text: str) -> None:
        """A column of the marks in their vertical forms, at the right edge."""
        size, x, y = 9.0, _RIGHT - 9, self._y - 8
        for cluster in self._shaped(face, "".join(each for each in text if face.has(each)), vertical=True):
            self._cluster(face, cluster, (x, y - _ASCENT * size), size)
            y -= size

    def _shaped(self, face: Face, text: str, *, vertical: bool = False) -> list[Cluster]:
        return self._fontbook.clusters([face.key], text, vertical=vertical) if text else []

    def _cluster(self, face: Face, cluster: Cluster, at: tuple[float, float], size: float) -> None:
        x, y = at
        for glyph in cluster.glyphs:
            _draw(self._canvas, face, glyph.number, (x + glyph.dx * size, y + glyph.dy * size), size)
            x += glyph.advance * size

    def _own(self, text: str, families: Sequence[str], at: tuple[float, float], size: float, most: float = 1e6) -> None:
        """*text* in the program's faces, cut where it is longer than *most* points."""
        (end, y), most = at, at[0] + most
        for character in text:
            face = self._of(families, character)
            number = face.shaper.get_nominal_glyph(ord(character)) or 0
            if end + face.width(number) * size > most:
                return
            _draw(self._canvas, face, number, (end, y), size)
            end += face.width(number) * size

    def _of(self, families: Sequence[str], character: str) -> Face:
        faces = [self._fontbook.face_of(family) for family in (*families, "Song 400")]
        return next((face for face in faces if face.has(character)), faces[0])

    def _length(self, text: str, families: Sequence[str]) -> float:
        """The length of *text* in em."""
        return sum(
            face.width(face.shaper.get_nominal_glyph(ord(character)) or 0)
            for character in text
            for face in [self._of(families, character)]
        )


def _draw(canvas: DrawingCanvas, face: Face, number: int, at: tuple[float, float], size: float) -> None:
    pen = PathPen(canvas.beginPath(), *at, size / face.upem)
    face.shaper.draw_glyph_with_pen(number, pen)
    if pen.used:
        canvas.drawPath(pen.path, stroke=0, fill=1, fillMode=1)


def _samples(face: Face) -> tuple[str, str, str, str]:
    """The large line, the two texts and the upright column by which a face is shown."""
    for sample in (_HAN, _LATIN):
        has = [each for each in sample[0] if face.has(each)]
        if len(has) >= _SHARE * len(sample[0]):
            return sample
    every = [each for each in face.characters() if not each.isspace()]
    own = sorted(every, key=lambda each: not _is_shown_first(each))
    return "".join(own[:_MOST]), "".join(own[: 2 * _MOST]), "".join(own[: 4 * _MOST]), ""


def _is_shown_first(character: str) -> bool:
    """Whether it is a Chinese character, or one of the private use area: 自造字."""
    category = unicodedata.category(character)
    return category == "Co" or (category == "Lo" and is_wide(character))
