"""The program's own faces: which characters each has, and how wide they are. No other font is used.

Only the files that ``fonts/FONTS.toml`` names exist for the program. Fontconfig, which Pango asks, is shown the same
folder and nothing else; see ``engine.patches.font_isolation``.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import uharfbuzz as hb

from layout.errors import FontError, Hint, Message, Place, meant
from layout.fontbook.clusters import Cluster, Glyph, InkExtent
from layout.fontbook.western_quotes import QUOTES, western_quotes

# A quotation mark narrower than this is a Latin one: set between Han it would leave a hole (ASSETS.md, trap 6).
_FULL_WIDTH_QUOTE = 0.8
# Marks whose width the standard fixes whatever the face says, in em a character (GB/T 15834-2011 5.1.4, 5.1.5, 5.1.7;
# CLREQ h-widths_of_punctuation_marks). The glyph is centred in that width.
_FIXED_WIDTH = MappingProxyType({"—": 1.0, "…": 1.0, "⋯": 1.0, "⸺": 2.0, "·": 0.5})
_NORMAL_WEIGHT, _MEDIUM_WEIGHT = 400, 500
# Invisible characters that shape their neighbours or nothing at all; no face needs to cover them.
_JOINERS = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


class NoGlyphError(FontError):
    """No face of the list has this character."""

    def __init__(self, character: str, faces: Sequence[str]):
        self.character = character
        self.faces = tuple(faces)
        name = unicodedata.name(character, "?")
        code = f"U+{ord(character):04X}"
        super().__init__(
            Message(
                f"字库里没有“{character}”（{code}，{name}），查过的字体：{'、'.join(faces)}",
                f"no face has “{character}” ({code}, {name}); looked in: {', '.join(faces)}",
            ),
            hint=Hint(
                editor=Message("核对原稿是不是这个字", "check it against the original"),
                designer=Message(
                    "在版式里接一款收有此字的字体（song-400 收字最多）",
                    "add a face that has it to the design (song-400 has most)",
                ),
            ),
        )


class GlyphPen(Protocol):
    """A pen that draws an outline: fontTools' protocol."""

    def moveTo(self, point: tuple[float, float], /) -> None: ...  # noqa: D102, N802
    def lineTo(self, point: tuple[float, float], /) -> None: ...  # noqa: D102, N802
    def curveTo(self, *points: tuple[float, float]) -> None: ...  # noqa: D102, N802
    def qCurveTo(self, *points: tuple[float, float]) -> None: ...  # noqa: D102, N802
    def closePath(self) -> None: ...  # noqa: D102, N802


class _Extents(Protocol):
    """HarfBuzz's glyph extents, in the file's units; ``height`` runs downwards from ``y_bearing``, below 0."""

    x_bearing: int
    y_bearing: int
    width: int
    height: int


class Shaper(Protocol):
    """The methods of HarfBuzz's font that are used: uharfbuzz has no types."""

    def get_nominal_glyph(self, unicode: int, /) -> int | None: ...  # noqa: D102
    def get_glyph_h_advance(self, glyph: int, /) -> int: ...  # noqa: D102
    def get_glyph_extents(self, glyph: int, /) -> _Extents | None: ...  # noqa: D102
    def draw_glyph_with_pen(self, glyph: int, pen: GlyphPen, /) -> None: ...  # noqa: D102


class _FontFile(Protocol):
    """HarfBuzz's face."""

    upem: int


@dataclass(frozen=True)
class Face:
    """One font file."""

    key: str
    family: str
    postscript_name: str
    path: Path
    weight: int = 400

    @property
    def typeface(self) -> str:
        """What the faces of several weights have in common: ``Song`` of ``Song 700``."""
        return self.family.removesuffix(f" {self.weight}")

    @cached_property
    def _file(self) -> _FontFile:
        file: _FontFile = hb.Face(hb.Blob.from_file_path(str(self.path)))
        return file

    @cached_property
    def upem(self) -> int:
        """Units per em."""
        return self._file.upem

    @cached_property
    def shaper(self) -> Shaper:
        """HarfBuzz's font, in the file's own units."""
        font: Shaper = hb.Font(self._file)
        return font

    @cached_property
    def _narrow_quotes(self) -> frozenset[str]:
        return frozenset(quote for quote in QUOTES if self._nominal_advance(quote) < _FULL_WIDTH_QUOTE)

    def _nominal_advance(self, character: str) -> float:
        number = self.shaper.get_nominal_glyph(ord(character))
        return 0.0 if not number else float(self.shaper.get_glyph_h_advance(number)) / self.upem

    def width(self, glyph: int) -> float:
        """The glyph's own advance in em, without kerning: what the PDF's width table must say."""
        return float(self.shaper.get_glyph_h_advance(glyph)) / self.upem

    def ink(self, glyph: int) -> InkExtent | None:
        """What the glyph's ink fills; nothing where it has none."""
        found = self.shaper.get_glyph_extents(glyph)
        if found is None or not (found.width and found.height):
            return None
        left, top = found.x_bearing / self.upem, found.y_bearing / self.upem
        return InkExtent(left, top + found.height / self.upem, left + found.width / self.upem, top)

    def has(self, character: str) -> bool:
        """Whether the face can set this character between Han."""
        if character in QUOTES and character in self._narrow_quotes:
            return False
        return bool(self.shaper.get_nominal_glyph(ord(character)))


class Fontbook:
    """Every face, by key ("song-400") and by CSS family ("Song 400"). Gives the composer its metrics."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.faces = {face.key: face for face in _read_faces(folder)}
        self._by_family = {face.family: face for face in self.faces.values()}
        self._single: dict[tuple[tuple[str, ...], str, bool], Cluster] = {}

    def face_of(self, family: str) -> Face:
        """The face of a CSS family name. Raises ``FontError`` with the nearest name for one that does not exist."""
        if family in self._by_family:
            return self._by_family[family]
        raise FontError(
            Message(f"没有名为“{family}”的字体", f"there is no font named “{family}”"),
            hint=meant(family, self._by_family),
        )

    def weights_of(self, face: Face) -> tuple[int, ...]:
        """The weights that there are of the typeface of *face*, lightest first."""
        return tuple(sorted(each.weight for each in self.faces.values() if each.typeface == face.typeface))

    def of_weight(self, face: Face, weight: int) -> Face:
        """The face of the same typeface whose weight comes nearest to *weight*, as CSS chooses it (CSS Fonts 4, 5.2).

        400 is what every element has where nothing is said: it leaves the face that the family names.
        """
        if weight == _NORMAL_WEIGHT:
            return face
        found = min(self.weights_of(face), key=lambda each: _distance(each, weight))
        return next(each for each in self.faces.values() if (each.typeface, each.weight) == (face.typeface, found))

    def clusters(self, faces: Sequence[str], text: str, *, vertical: bool = False) -> list[Cluster]:
        """*text* shaped with the first of *faces* (keys) that covers each character; see ``composer.model.Metrics``."""
        chosen = tuple(faces)
        out: list[Cluster] = []
        start = 0
        for offset in () if vertical else sorted(western_quotes(text)):
            out += self._clusters(chosen, text[start:offset], vertical)
            out += _shape_run(self._first_with(chosen, text[offset]), text[offset], vertical, proportional=True)
            start = offset + 1
        return out + self._clusters(chosen, text[start:], vertical)

    def _clusters(self, chosen: tuple[str, ...], text: str, vertical: bool) -> list[Cluster]:
        out: list[Cluster] = []
        for piece, alone in _pieces(text):
            if alone:
                key = (chosen, piece, vertical)
                cluster = self._single.get(key)
                if cluster is None:
                    cluster = self._single[key] = self._shape(chosen, piece, vertical)[0]
                out.append(cluster)
            else:
                out.extend(self._shape(chosen, piece, vertical))
        return out

    def ink(self, cluster: Cluster) -> InkExtent | None:
        """What the ink of a shaped cluster fills, from its pen on; nothing where it has none."""
        inks, pen = [], 0.0
        for glyph in cluster.glyphs:
            ink = self.faces[cluster.face].ink(glyph.number)
            if ink is not None:
                x, y = pen + glyph.dx, glyph.dy
                inks.append(InkExtent(ink.left + x, ink.bottom + y, ink.right + x, ink.top + y))
            pen += glyph.advance
        if not inks:
            return None
        return InkExtent(
            min(each.left for each in inks), min(each.bottom for each in inks),
            max(each.right for each in inks), max(each.top for each in inks),
        )  # fmt: skip

    def lacking(self, faces: Sequence[str], text: str) -> list[NoGlyphError]:
        """A fault for each character of *text* that none of *faces* has, once, in order."""
        return [NoGlyphError(each, faces) for each in dict.fromkeys(text) if not self._has(faces, each)]

    def _has(self, faces: Sequence[str], character: str) -> bool:
        free = character in _JOINERS or character.isspace() or _clings(character)
        return free or any(self.faces[key].has(character) for key in faces)

    def _shape(self, faces: tuple[str, ...], text: str, vertical: bool) -> list[Cluster]:
        out: list[Cluster] = []
        for face, run in self._by_coverage(faces, text):
            for cluster in _shape_run(face, run, vertical):
                out += [cluster] if _complete(cluster) else self._from_whole_face(faces, cluster, vertical)
        return out

    def _from_whole_face(self, faces: tuple[str, ...], cluster: Cluster, vertical: bool) -> list[Cluster]:
        """The cluster from a face that has its combining marks too; the one that has its base lacks them."""
        for key in faces:
            made = list(_shape_run(self.faces[key], cluster.text, vertical))
            if all(map(_complete, made)):
                return made
        marks = [mark for mark in cluster.text[1:] if not _is_selector(mark) and mark not in _JOINERS] or [cluster.text]
        lacking = (mark for mark in marks if not any(self.faces[key].has(mark) for key in faces))
        raise NoGlyphError(next(lacking, marks[-1])[0], faces)

    def _by_coverage(self, faces: tuple[str, ...], text: str) -> Iterator[tuple[Face, str]]:
        """Runs of *text* that one face covers; a mark or selector stays with the character before it."""
        current: Face | None = None
        run = ""
        for character in text:
            if current is not None and _clings(character):
                run += character
                continue
            face = self._first_with(faces, character)
            if current is not None and face is not current:
                yield current, run
                run = ""
            current, run = face, run + character
        if current is not None:
            yield current, run

    def _first_with(self, faces: tuple[str, ...], character: str) -> Face:
        if character in _JOINERS or character.isspace():
            return self.faces[faces[0]]
        for key in faces:
            if self.faces[key].has(character):
                return self.faces[key]
        raise NoGlyphError(character, faces)


def _read_faces(folder: Path) -> Iterator[Face]:
    table = folder / "FONTS.toml"
    try:
        rows = tomllib.loads(table.read_text(encoding="utf-8"))["face"]
    except OSError as error:
        raise FontError(
            Message(f"读不到字体清单 {table.name}", f"cannot read the list of fonts {table.name}"),
            place=Place(str(table)),
        ) from error
    for row in rows:
        path = folder / row["file"]
        if not path.is_file():
            raise FontError(
                Message(f"字体文件缺失：{row['file']}", f"font file missing: {row['file']}"),
                place=Place(str(path)),
                hint=Message("重新取一份程序，或运行 layout doctor", "fetch the program again, or run layout doctor"),
            )
        yield Face(path.stem, row["family"], row["postscript_name"], path, row["weight"])


def _distance(weight: int, wanted: int) -> tuple[int, int]:
    """How far *weight* is from *wanted*: of bold ones first the heavier, of light ones first the lighter."""
    on_the_side = weight <= wanted if wanted <= _MEDIUM_WEIGHT else weight >= wanted
    return (0 if on_the_side else 1), abs(weight - wanted)


def _clings(character: str) -> bool:
    """Whether a character belongs to the cluster before it: combining marks, variation selectors, joiners."""
    return (
        unicodedata.combining(character) > 0 or character in _JOINERS or unicodedata.category(character) in ("Mn", "Me")
    )


def _stands_alone(character: str) -> bool:
    """Whether it never joins a neighbour: Han, full-width marks, kana, symbols, not letters or digits."""
    if character == "—":  # two of them are one stroke in most faces
        return False
    return (
        character >= "\u2010" and unicodedata.category(character)[0] in "LPSN" and not "\ufb00" <= character <= "\ufdff"
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """*text* cut into characters that stand alone and runs that must be shaped together."""
    run = ""
    for index, character in enumerate(text):
        following = text[index + 1 : index + 2]
        if _stands_alone(character) and not (following and _clings(following)):
            if run:
                yield run, False
                run = ""
            yield character, True
        else:
            run += character
    if run:
        yield run, False


def _shape_run(face: Face, text: str, vertical: bool, *, proportional: bool = False) -> Iterator[Cluster]:
    """Clusters of a run in one face. Ligatures are off: every letter keeps a place of its own on the line.

    *proportional* asks for the Western forms of marks that the face has in a whole em.
    """
    buffer = hb.Buffer()
    buffer.add_str(text)
    # Marks alone have no script: told that they are Han's, a face gives them its Chinese forms (—— of two full em).
    buffer.script = "Latn" if any(_is_latin(character) for character in text) else "Hani"
    buffer.direction = "ltr"
    buffer.language = "zh-CN"
    features = {"liga": False, "clig": False, "dlig": False, "vert": vertical, "vrt2": vertical, "pwid": proportional}
    hb.shape(face.shaper, buffer, features)
    glyphs: dict[int, list[Glyph]] = {}
    for info, pos in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        scale = 1 / face.upem
        glyph = Glyph(info.codepoint, pos.x_offset * scale, pos.y_offset * scale, pos.x_advance * scale)
        glyphs.setdefault(info.cluster, []).append(glyph)
    starts = sorted(glyphs)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        made = tuple(_visible(glyphs[start], face))
        yield _fixed(Cluster(text[start:end], face.key, sum(glyph.advance for glyph in made), made))


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _complete(cluster: Cluster) -> bool:
    return all(glyph.number for glyph in cluster.glyphs)


def _visible(glyphs: list[Glyph], face: Face) -> list[Glyph]:
    """A cluster's glyphs without those that stand for what only shapes others (variation selectors, joiners); one of
    them where there is nothing else, so that its text has a glyph to be read from."""
    blank = face.shaper.get_nominal_glyph(0x20)
    seen = [glyph for glyph in glyphs if glyph.advance or glyph.number != blank]
    return seen or glyphs[:1]


def _is_latin(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"


def _fixed(cluster: Cluster) -> Cluster:
    """The cluster at the width the standard gives it, glyphs centred; itself where the face decides."""
    width = sum(_FIXED_WIDTH.get(character, 0.0) for character in cluster.text)
    if not width or abs(width - cluster.advance) < 1e-9:
        return cluster
    shift = (width - cluster.advance) / 2
    glyphs = tuple(replace(glyph, dx=glyph.dx + shift) for glyph in cluster.glyphs)
    return replace(cluster, advance=width, glyphs=glyphs)
