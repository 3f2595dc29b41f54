"""The program's own faces, as the preflight knows them: which outline each has for a character.

A file may say that it shows one character and draw another: ToUnicode and the font's own table may both agree on the
wrong one. Where the face is known, the outline itself is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from unicodedata import normalize

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from layout import assets
from layout.errors import FontError
from layout.fontbook import Face, Fontbook
from layout.preflight.faces import PdfFace
from layout.preflight.font_program import GLYPH
from layout.preflight.glyphs import glyph_of
from layout.preflight.outlines import GlyphOutline, OutlinePen, alike, size_of
from layout.preflight.simple_encodings import NOTDEF
from layout.preflight.truetype_program import glyph_places

OF_THE_FACE = 0.8
"""Share of the glyphs in use whose outlines must be the known face's, each under whatever character, before it is
believed to be that face: another face of the same name, or another version of it, shares next to none."""

MAX_CHARACTERS = 4_000
"""Characters of a file's font among which an outline is looked for. A newspaper's issue uses three thousand."""

SHAPING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f")
"""Characters that shape others and show nothing."""


MOST_POINTS = 100_000
"""Points of outlines that are held of one face, a tenth of a kilobyte each: some 10 MB, of five hundred Han characters.
Outlines are asked for where a file's glyphs are not the face's byte for byte, which few are."""


class KnownFace:
    """One face, opened where its file lies."""

    def __init__(self, face: Face) -> None:
        self._font = face.shaper
        self._em = face.upem
        self._file = hb.Face(hb.Blob.from_file_path(str(face.path)))
        self._data = _GlyphData(face) if face.path.suffix == ".ttf" else None
        self._outlines: dict[int, GlyphOutline] = {}
        self._points = 0

    def nominal(self, text: str) -> int | None:
        """The glyph for a character, before anything is shaped; ``None`` where the face has none."""
        return (self._font.get_nominal_glyph(ord(text)) or None) if len(text) == 1 else None

    def data(self, glyph: int) -> bytes:
        """The glyph as the file has it: subsets copy it as it is."""
        return self._data.of(glyph) if self._data is not None else b""

    def outline(self, glyph: int) -> GlyphOutline:
        """What the glyph draws."""
        found = self._outlines.get(glyph)
        if found is None:
            pen = OutlinePen(self._em)
            self._font.draw_glyph_with_pen(glyph, pen)
            found = self._outlines[glyph] = pen.outline()
            self._points += sum(size_of(found))
            while self._points > MOST_POINTS and len(self._outlines) > 1:
                self._points -= sum(size_of(self._outlines.pop(next(iter(self._outlines)))))
        return found

    def shown_for(self, text: str) -> frozenset[int]:
        """The glyphs that the face may show for *text* by all its features: upright, vertical, ligated, alternate."""
        wanted = hb.SubsetInput()
        # Letters and marks are composed before they are shaped, where the face has the whole.
        forms = {text, normalize("NFC", text), normalize("NFD", text)}
        wanted.unicode_set.update(ord(char) for form in forms for char in form)
        wanted.layout_feature_tag_set.clear()
        wanted.layout_feature_tag_set.invert()
        glyphs: Mapping[int, int] = hb.SubsetPlan(self._file, wanted).old_to_new_glyph_mapping
        return frozenset(dict(glyphs)) - {0}


class _GlyphData:
    """The glyphs of a TrueType file, read one by one."""

    def __init__(self, face: Face) -> None:
        font = TTFont(face.path, lazy=True)
        entry = font.reader.tables["glyf"]
        self._file, self._start = font.reader.file, entry.offset
        self._places, self._step = glyph_places(font.reader["loca"], font.reader["head"])

    def of(self, glyph: int) -> bytes:
        """The data of one glyph; nothing for one without an outline, or that there is not."""
        if not 0 <= glyph < len(self._places) - 1:
            return b""
        start, end = (self._step * place for place in self._places[glyph : glyph + 2])
        self._file.seek(self._start + start)
        content: bytes = self._file.read(max(0, end - start))
        return content


@cache
def _faces() -> Mapping[str, Face]:
    try:
        faces = Fontbook(assets.fonts_dir()).faces.values()
    except FontError:
        return {}
    return {bare_name(name): face for face in faces for name in (face.family, face.postscript_name)}


def read_ahead() -> None:
    """Reads which faces there are, before a page is judged."""
    _faces()


@cache
def _opened(face: Face) -> KnownFace:
    return KnownFace(face)


def known_face(name: str) -> KnownFace | None:
    """The face of the program that bears a BaseFont's *name*; ``None`` where none does."""
    face = _faces().get(bare_name(name))
    return None if face is None else _opened(face)


def bare_name(name: str) -> str:
    """A font's name as names are compared: without case, spaces and hyphens."""
    return "".join(char for char in name.casefold() if char.isalnum())


def wrongly_drawn(face: PdfFace, codes: Sequence[int]) -> Mapping[int, str] | None:
    """Those of *codes* that draw another outline than the known face has for what ToUnicode says of them, each with the
    character that is drawn, or nothing where the outline is none of the face's.

    ``None`` where *face* is none of those that are known, by its outlines as well as by its name.
    """
    known, program = known_face(face.plain_name), face.opened
    if known is None or program is None or program.fault:
        return None
    as_known, others = 0, list[tuple[int, GLYPH, str]]()
    for code, glyph, text in _drawn(face, codes):
        nominal = known.nominal(text)
        # Byte for byte, but for what fills a glyph up to an even length.
        if nominal and (data := program.data(glyph).rstrip(b"\0")) and data == known.data(nominal).rstrip(b"\0"):
            as_known += 1
        else:
            others.append((code, glyph, text))
    odd: dict[int, GlyphOutline] = {}
    for code, glyph, text in others:
        outline = program.outline(glyph)
        if not outline or (len(text) == 1 and known.nominal(text) is None):
            continue  # nothing is drawn, which is another check's; or a character that the face has not
        if any(alike(outline, known.outline(each)) for each in known.shown_for(text)):
            as_known += 1
        else:
            odd[code] = outline
    if not odd:
        return {} if as_known else None
    shown = _found(known, face, odd)
    found = sum(bool(each) for each in shown.values())
    return shown if as_known + found >= OF_THE_FACE * (as_known + len(odd)) else None


def _drawn(face: PdfFace, codes: Sequence[int]) -> Iterator[tuple[int, GLYPH, str]]:
    """The codes that show something, each with its glyph and its characters, without those that only shape others."""
    for code in codes:
        glyph, text = glyph_of(face, code), face.text(code)
        if len(text) > 1 or text in SHAPING:
            text = "".join(char for char in text if char not in SHAPING and not _selects(char))
        if glyph is not None and glyph != NOTDEF and text.strip() and "\ufffd" not in text:
            yield code, glyph, text


def _selects(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _found(known: KnownFace, face: PdfFace, odd: Mapping[int, GlyphOutline]) -> dict[int, str]:
    """The characters whose outlines these are, of those that the file's font has."""
    texts = dict.fromkeys(text for text in list(face.unicode.values())[:MAX_CHARACTERS] if len(text) == 1)
    by_size: dict[tuple[int, ...], list[tuple[GlyphOutline, str]]] = {}
    wanted = set(map(size_of, odd.values()))
    for text in texts:
        for glyph in [nominal] if (nominal := known.nominal(text)) else []:
            outline = known.outline(glyph)
            if size_of(outline) in wanted:
                by_size.setdefault(size_of(outline), []).append((outline, text))
    return {
        code: next((text for other, text in by_size.get(size_of(outline), ()) if alike(outline, other)), "")
        for code, outline in odd.items()
    }
