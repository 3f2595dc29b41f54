"""Small fonts for tests, made of pieces of the program's own faces or drawn by rule: none is committed."""

import io
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from layout import assets

COPY = "屯留两会时光无言，实干有声。“好”（山河）入卷ABCabc0123456789 "


def piece(face: str = "song-700.ttf", text: str = COPY, **names: Any) -> bytes:
    """A font of the characters of *text* in one of the program's faces, under other names; see ``named``."""
    plan = hb.SubsetInput()
    plan.unicode_set.update(map(ord, text))
    plan.layout_feature_tag_set.clear()
    plan.layout_feature_tag_set.invert()
    content = bytes(plan.subset(hb.Face(hb.Blob.from_file_path(str(assets.fonts_dir() / face)))).blob.data)
    return named(content, **names)


def named(
    content: bytes, family: str = "本报宋体", postscript: str = "OwnSong", *, weight: int = 400, italic: bool = False,
    fs_type: int = 0,
) -> bytes:  # fmt: skip
    """The font *content* under another name, of a weight and style, and with what its maker allows."""
    font = TTFont(io.BytesIO(content))
    font["name"] = newTable("name")
    font["name"].names = []
    for number, text in ((1, family), (2, "Regular"), (4, family), (6, postscript)):
        font["name"].setName(text, number, 3, 1, 0x804 if number != 6 else 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsType = fs_type
    font["OS/2"].fsSelection = 1 if italic else 0x40
    return saved(font)


def saved(font: TTFont, flavour: str | None = None) -> bytes:
    """The bytes of *font*, as a web font where *flavour* says so."""
    font.flavor = flavour
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def web(content: bytes, flavour: str) -> bytes:
    """The font as ``woff`` or ``woff2``."""
    return saved(TTFont(io.BytesIO(content)), flavour)


def collection(contents: Iterable[bytes]) -> bytes:
    """The fonts as one file."""
    made = TTCollection()
    made.fonts = [TTFont(io.BytesIO(each)) for each in contents]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def composing(sequence: str) -> bytes:
    """A font that sets 屯 in the place of an ideographic description *sequence*, by its ``ccmp`` feature."""
    font = TTFont(io.BytesIO(piece(text=f"屯{sequence[1:]}", family="造字", postscript="Composing")))
    names, made = font.getBestCmap(), font.getBestCmap()[ord("屯")]
    for table in font["cmap"].tables:
        table.cmap = {**{ord(each): names.get(ord(each), made) for each in sequence}, 0x5C6F: made}
    for tag in ("GSUB", "GPOS", "GDEF"):
        if tag in font:
            del font[tag]
    # The operator needs a glyph of its own, or 屯 would begin the ligature too.
    order = [*font.getGlyphOrder(), "operator"]
    font["glyf"].glyphs["operator"] = font["glyf"].glyphs[made]
    font["hmtx"].metrics["operator"] = font["hmtx"].metrics[made]
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for table in font["cmap"].tables:
        table.cmap[ord(sequence[0])] = "operator"
    parts = " ".join(["operator", *(names[ord(each)] for each in sequence[1:])])
    addOpenTypeFeaturesFromString(font, f"feature ccmp {{ sub {parts} by {made}; }} ccmp;")
    return saved(font)


def cid_keyed(text: str = COPY, **names: Any) -> bytes:
    """A CID-keyed face cut down by its maker: its CIDs are not its glyph numbers."""
    return piece("fang-400.otf", text, **names)


def bars(*, cff2: bool = False, fs_type: int = 0) -> bytes:
    """A variable font of one axis, weight 100 to 900: 一 is a bar 20 units high at 100 and 180 at 900, 空 a space."""
    builder = FontBuilder(1000, isTTF=not cff2)
    glyphs = [".notdef", "bar", "blank"]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x4E00: "bar", 0x7A7A: "blank"})
    builder.setupNameTable({"familyName": "活字", "styleName": "Regular", "psName": "OwnBars"})
    builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
    if cff2:
        _blended_bars(builder, glyphs)
    else:
        builder.setupGlyf({each: _bar(20 if each == "bar" else 0) for each in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120, usWeightClass=100, fsType=fs_type)
    builder.setupPost()
    if not cff2:
        moved = [(0, 0), (0, 0), (0, 160), (0, 160), (0, 0), (0, 0), (0, 0), (0, 0)]
        builder.setupGvar({"bar": [TupleVariation({"wght": (0, 1, 1)}, moved)], ".notdef": [], "blank": []})
    return saved(builder.font)


def _bar(height: int) -> Any:
    pen = TTGlyphPen(None)
    if height:
        pen.moveTo((100, 400))
        pen.lineTo((900, 400))
        pen.lineTo((900, 400 + height))
        pen.lineTo((100, 400 + height))
        pen.closePath()
    return pen.glyph()


def _blended_bars(builder: FontBuilder, glyphs: list[str]) -> None:
    regions = [{"wght": (0, 1, 1)}]
    empty = T2CharString(program=[])
    drawn = T2CharString(program=[100, 400, "rmoveto", 800, "hlineto", 20, 160, 1, "blend", "vlineto", -800, "hlineto"])
    builder.setupCFF2(dict.fromkeys(glyphs, empty) | {"bar": drawn}, [{}], regions)


def with_tables(content: bytes, **tables: bytes | None) -> bytes:
    """The font with raw *tables* put in the place of its own, or taken out; ``OS_2`` stands for ``OS/2``."""
    font = TTFont(io.BytesIO(content), lazy=True)
    raw = {tag: font.reader[tag] for tag in font.reader.keys()}  # noqa: SIM118  # the reader is no mapping
    for name, data in tables.items():
        tag = name.replace("_", "/").ljust(4)
        raw.pop(tag, None)
        if data is not None:
            raw[tag] = data
    return _bound(raw)


def _bound(tables: dict[str, bytes]) -> bytes:
    """A font file of raw tables; nothing is checked."""
    offset, directory, body = 12 + 16 * len(tables), b"", b""
    for tag, data in sorted(tables.items()):
        directory += tag.encode() + b"\0\0\0\0" + (offset + len(body)).to_bytes(4) + len(data).to_bytes(4)
        body += data + b"\0" * (-len(data) % 4)
    return b"\0\1\0\0" + len(tables).to_bytes(2) + b"\0" * 6 + directory + body
