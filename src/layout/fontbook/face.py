"""A face: one font file, which characters it has and how wide they are."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import uharfbuzz as hb

from layout.errors import FontError, Message, Place
from layout.face_values import CharacterRange
from layout.fontbook.clusters import InkExtent
from layout.fontbook.vertical_forms import SIDE_MARKS, VERTICAL_FORMS
from layout.fontbook.western_quotes import QUOTES
from layout.painted import BuildFace

_MIDDLE = 0.1
"""Em from the middle within which a mark's ink is centred: it is 0.01 in Taiwan's faces, 0.28 and more in ours."""
_TURNING = frozenset((*VERTICAL_FORMS, *QUOTES))
# A quotation mark narrower than this is a Latin one: set between Han it would leave a hole (ASSETS.md, trap 6).
_FULL_WIDTH_QUOTE = 0.8


class GlyphPen(Protocol):
    """A pen that draws an outline: fontTools' protocol."""

    def moveTo(self, point: tuple[float, float], /) -> None: ...  # noqa: D102, N802
    def lineTo(self, point: tuple[float, float], /) -> None: ...  # noqa: D102, N802
    def curveTo(self, *points: tuple[float, float]) -> None: ...  # noqa: D102, N802
    def qCurveTo(self, *points: tuple[float, float]) -> None: ...  # noqa: D102, N802
    def closePath(self) -> None: ...  # noqa: D102, N802


class GlyphBox(Protocol):
    """HarfBuzz's glyph extents, in the file's units; ``height`` runs downwards from ``y_bearing``, below 0."""

    x_bearing: int
    y_bearing: int
    width: int
    height: int


class Shaper(Protocol):
    """The methods of HarfBuzz's font that are used: uharfbuzz has no types."""

    def get_nominal_glyph(self, unicode: int, /) -> int | None: ...  # noqa: D102
    def get_glyph_h_advance(self, glyph: int, /) -> int: ...  # noqa: D102
    def get_glyph_extents(self, glyph: int, /) -> GlyphBox | None: ...  # noqa: D102
    def draw_glyph_with_pen(self, glyph: int, pen: GlyphPen, /) -> None: ...  # noqa: D102


class _FontFile(Protocol):
    """HarfBuzz's face."""

    upem: int
    unicodes: Collection[int]


@dataclass(frozen=True)
class Face:
    """One font file."""

    key: str
    family: str
    postscript_name: str
    path: Path
    weight: int = 400
    italic: bool = False
    source: str = ""
    """Of an own face, the file that it was made from, as people know it."""
    registered: str = ""
    """Of an own face, the name under which Pango knows it."""
    aliases: tuple[str, ...] = ()
    """Of an own face, the names by which CSS may ask for it."""
    ranges: tuple[CharacterRange, ...] = ()
    """The characters that it may set; none: all that it has."""
    sha256: str = ""
    """Of the font file as it came."""

    @property
    def typeface(self) -> str:
        """What the faces of several weights have in common: ``Song`` of ``Song 700``."""
        return self.family.removesuffix(f" {self.weight}")

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self.family} [{self.source}]" if self.source else self.key

    @property
    def pango_family(self) -> str:
        """The name by which Pango finds it and no other."""
        return self.registered or self.family

    def known(self) -> BuildFace:
        """The face by value."""
        return BuildFace(self.pango_family, self.family, self.postscript_name, self.path, self.sha256)

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

    def character_count(self) -> int:
        """How many characters the face has."""
        return len(self._file.unicodes)

    def characters(self) -> Iterator[str]:
        """Every character that the face has, by number."""
        yield from map(chr, sorted(self._file.unicodes))

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

    def vertical_form(self, character: str) -> int | None:
        """The glyph of a mark in a vertical line, where the face has one that is not that of level lines."""
        plain = self.shaper.get_nominal_glyph(ord(character))
        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.script, buffer.direction, buffer.language = "Hani", "ltr", "zh-CN"
        hb.shape(self.shaper, buffer, {"vert": True, "vrt2": True})
        (glyph,) = (info.codepoint for info in buffer.glyph_infos[:1])
        if glyph and glyph != plain:
            return int(glyph)
        form = VERTICAL_FORMS.get(character)
        return (self.shaper.get_nominal_glyph(ord(form)) or None) if form else None

    def suits(self, character: str, *, vertical: bool) -> bool:
        """Whether a character that the face has also stands as the composer takes it to stand; if not, the next face of
        the list is asked first.

        In vertical lines brackets and quotation marks turn; of an own face 、。， stand at the side, not in the middle
        of their em as in Taiwan and Hong Kong, where the composer takes half of it away.
        """
        level = self.shaper.get_nominal_glyph(ord(character))
        glyph = self.vertical_form(character) if vertical and character in _TURNING else level
        if not glyph:
            return False
        return not (self.source and character in SIDE_MARKS and self._is_centred(glyph))

    def _is_centred(self, glyph: int) -> bool:
        box = self.shaper.get_glyph_extents(glyph)
        return box is not None and abs((box.x_bearing + box.width / 2) / self.upem - 0.5) < _MIDDLE

    def has(self, character: str) -> bool:
        """Whether the face can set this character between Han."""
        if character in QUOTES and character in self._narrow_quotes:
            return False
        if self.ranges and not any(each.first <= ord(character) <= each.last for each in self.ranges):
            return False
        return bool(self.shaper.get_nominal_glyph(ord(character)))


def read_faces(folder: Path) -> Iterator[Face]:
    """The program's own faces in the order of ``FONTS.toml``. Raises ``FontError`` where a file is missing."""
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
        yield Face(
            path.stem, row["family"], row["postscript_name"], path, row["weight"], sha256=row.get("sha256", "")
        )  # fmt: skip
