"""Composed lines written onto a page as glyphs: every pen position is the composer's, to 1/100000 em.

Besides text objects only the marks under a line are drawn, after its text. Fonts are those WeasyPrint embeds: they
are added by the same method as for its own text, so a face used in both ways is embedded once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pydyf
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import FontConfiguration

from layout.composer.model import Placed
from layout.engine.decoration_painter import paint_box, paint_text_lines, paint_under, set_ink
from layout.engine.weasyprint_types import EmbeddedFont, PageStream
from layout.fontbook import Face, Fontbook
from layout.fontbook.clusters import Glyph
from layout.geometry import IDENTITY, Matrix
from layout.page.frames import SetLine
from layout.page.table_style import InkedBox


class Typesetter:
    """Paints lines on WeasyPrint page streams of one document."""

    def __init__(self, fontbook: Fontbook, font_config: FontConfiguration):
        self._fontbook = fontbook
        self._map = font_config.font_map
        self._context = ffi.gc(pango.pango_font_map_create_context(self._map), gobject.g_object_unref)
        self._loaded: dict[str, object] = {}

    def paint(self, stream: PageStream, lines: Sequence[SetLine], boxes: Sequence[InkedBox] = ()) -> None:
        """Paints *boxes*, then *lines* in their order: the PDF's reading order. *stream* counts points downwards."""
        for turn, tinted in groupby(boxes, key=lambda box: box.turn):
            with stream.stacked():
                _turn(stream, turn)
                for box in tinted:
                    paint_box(stream, box)
        for turn, turned in groupby(lines, key=lambda line: line.turn):
            with stream.stacked():
                _turn(stream, turn)
                for line in turned:
                    self._paint_line(stream, line)

    def _paint_line(self, stream: PageStream, line: SetLine) -> None:
        for run in _runs(line):
            self._paint_run(stream, line, run)
        paint_under(stream, line)
        paint_text_lines(stream, line)

    def _paint_run(self, stream: PageStream, line: SetLine, run: Sequence[Placed]) -> None:
        role = line.type.roles.get(run[0].role, line.type.roles["plain"])
        size = line.type.size * run[0].scale
        font = self._font(stream, run[0].cluster.face)
        set_ink(stream, role.ink)
        if line.vertical:
            for group in _with_invisible(run):
                self._paint_upright(stream, line, group, size, font)
        else:
            self._paint_level(stream, line, run, size, font)

    def _paint_level(
        self, stream: PageStream, line: SetLine, run: Sequence[Placed], size: float, font: EmbeddedFont
    ) -> None:
        em = line.type.size
        pen = _Pen(font, self._fontbook.faces[run[0].cluster.face], size)
        for placed in run:
            pen.move_to((placed.x - run[0].x) * em / size)
            pen.cluster(placed.cluster.text, placed.cluster.glyphs)
        pen.write(stream, (1, 0, 0, -1, line.x + run[0].x * em, line.baseline - run[0].rise * em))

    def _paint_upright(
        self, stream: PageStream, line: SetLine, group: Sequence[Placed], size: float, font: EmbeddedFont
    ) -> None:
        """One cluster of a vertical line: ``line.x`` is the column's left edge, ``line.baseline`` the column's head."""
        em = line.type.size
        placed = next((one for one in group if not _is_invisible(one)), group[0])
        x, y = line.x + em / 2 + placed.across * em, line.baseline + placed.x * em
        pen = _Pen(font, self._fontbook.faces[placed.cluster.face], size)
        for one in group:
            pen.cluster(one.cluster.text, one.cluster.glyphs)
        pen.write(stream, (0, 1, 1, 0, x, y) if placed.rotated else (placed.scale_x, 0, 0, -1, x, y))

    def _font(self, stream: PageStream, key: str) -> EmbeddedFont:
        if key not in self._loaded:
            family, keep = unicode_to_char_p(self._fontbook.faces[key].pango_family)
            description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
            pango.pango_font_description_set_family(description, family)
            pango.pango_font_description_set_absolute_size(description, 1024 * 100)
            self._loaded[key] = ffi.gc(
                pango.pango_font_map_load_font(self._map, self._context, description), gobject.g_object_unref
            )
            del keep
        return stream.add_font(self._loaded[key])[0]


def _turn(stream: PageStream, turn: Matrix) -> None:
    if turn != IDENTITY:
        stream.transform(*(round(number, 6) for number in turn))


class _Pen:
    """Collects one TJ array: glyph numbers with the moves between them, in 1/1000 em of the face."""

    def __init__(self, font: EmbeddedFont, face: Face, size: float):
        self._font = font
        self._face = face
        self._size = size
        self._at = 0.0
        self._wanted = 0.0
        self._parts: list[tuple[float, str | None]] = [(0.0, "")]
        self._text = ""
        self._ambiguous = False

    def move_to(self, x: float) -> None:
        """The next cluster begins at *x* em."""
        self._wanted = x

    def cluster(self, text: str, glyphs: Sequence[Glyph]) -> None:
        """Puts one cluster's glyphs; the first of them carries the text for PDF readers."""
        self._text += text
        self._ambiguous |= len(glyphs) > 1  # a reader would take each glyph for a character
        for index, glyph in enumerate(glyphs):
            message = self._font.to_unicode.setdefault(glyph.number, text if index == 0 else "")
            # One glyph may stand for two characters (一 U+4E00, ⼀ U+2F00): then the run carries its text itself.
            self._ambiguous |= message != (text if index == 0 else "")
            self._put(glyph)
            self._wanted += glyph.advance

    def _put(self, glyph: Glyph) -> None:
        move = round((self._wanted + glyph.dx - self._at) * 1000, 2)
        rise = glyph.dy * self._size
        if rise != self._parts[-1][0]:
            self._parts.append((rise, ""))
        string = self._parts[-1][1] or ""
        if abs(move) >= 0.01:
            string += f"{-move:g}"
            self._at += move / 1000
        # The face's own width, never the kerned one: the file is refused where its table and the face differ.
        width = self._font.widths.setdefault(glyph.number, round(self._face.width(glyph.number) * 1000))
        self._at += width / 1000
        self._parts[-1] = (rise, f"{string}<{glyph.number:04x}>")

    def write(self, stream: PageStream, matrix: Sequence[float]) -> None:
        """Writes one text object at *matrix*; raised glyphs (accents) in arrays of their own."""
        if self._ambiguous:
            actual = pydyf.Dictionary({"ActualText": pydyf.String(self._text)})
            stream.begin_marked_content("Span", actual)
        stream.begin_text()
        stream.set_text_matrix(*(round(number, 4) for number in matrix))
        stream.set_font_size(self._font.hash, round(self._size, 4))
        self._write_array(stream)
        stream.end_text()
        if self._ambiguous:
            stream.end_marked_content()

    def _write_array(self, stream: PageStream) -> None:
        risen = 0.0
        for rise, string in self._parts:
            if not string:
                continue
            if rise != risen:
                stream.set_text_rise(rise)
                risen = rise
            stream.show_text(string.replace("><", ""))
        if risen:
            stream.set_text_rise(0)


def _runs(line: SetLine) -> Iterator[list[Placed]]:
    """A line's clusters in runs of one face, size, role and height.

    By themselves stand ligatures that are one character, so that PDF readers find their letters at a position
    of their own, and characters beyond U+FFFF, which PDFium skips in a run with ActualText.
    """
    visible = [placed for placed in line.line.placed if placed.cluster.glyphs]
    for _, run in groupby(visible, key=_alike):
        yield list(run)


def _with_invisible(run: Sequence[Placed]) -> Iterator[list[Placed]]:
    """Clusters one by one, what is invisible (U+200B, joiners, bidi controls) with a neighbour: by itself no program
    that reads the PDF would find it."""
    group: list[Placed] = []
    for placed in run:
        if group and not _is_invisible(placed) and not all(map(_is_invisible, group)):
            yield group
            group = []
        group.append(placed)
    if group:
        yield group


def _is_invisible(placed: Placed) -> bool:
    return not any(glyph.advance for glyph in placed.cluster.glyphs) and not placed.cluster.text.isspace()


def _alike(placed: Placed) -> tuple[str, float, str, float, bool, int]:
    alone = (
        placed.offset if any("\ufb00" <= each <= "\ufb06" or each > "\uffff" for each in placed.cluster.text) else -1
    )
    return placed.cluster.face, placed.scale, placed.role, placed.rise, placed.annotation, alone
