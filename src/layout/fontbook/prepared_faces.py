"""Prepares own faces for the page: one static face to a file, by content, in the cache folder.

What Pango, HarfBuzz and the PDF get is never somebody's file but what is made of it here: taken out of its collection
or web font, at one weight, under a name of its own that no other face has, without hints and bitmaps. The same file
gives the same bytes on every machine. It is tried before it is believed.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import fontTools
import uharfbuzz as hb
from fontTools.ttLib import TTFont, newTable
from fontTools.varLib.instancer import instantiateVariableFont

from layout.errors import FontError, Message, Place
from layout.fontbook.font_file import broken, font_faults, read_font_file
from layout.fontbook.font_soundness import check_soundness
from layout.fontbook.own_faces import Instance, OwnFace, PreparedFace

RECIPE = 1
"""Raise it when what is made of the same file changes."""
ASCENT, DESCENT = 0.88, -0.12
"""Of every prepared face, in em: as of the program's own (fonts/FONTS.toml, ``vertical``)."""
_WINDOWS_ENGLISH = (3, 1, 0x409)
_KEPT_NAMES = (0, 7)
"""Copyright and trademark go with the subset into the PDF."""
_DROPPED = (
    "DSIG", "EBDT", "EBLC", "EBSC", "BDF ", "CBDT", "CBLC", "sbix", "SVG ", "COLR", "CPAL", "hdmx", "VDMX", "LTSH",
    "PCLT", "gasp", "fpgm", "prep", "cvt ", "cvar", "STAT", "FFTM", "morx", "mort", "feat", "prop", "bsln", "just",
    "meta", "GlyphOrder",
)  # fmt: skip
"""Bitmaps, colour, hints, Apple's layout, what font editors leave: without a use in a static face on paper."""
_TRIED = 48
"""Glyphs of a face that are subset and drawn before it is believed, spread over all of it."""


def registered_name(face: OwnFace, instance: Instance) -> str:
    """The name under which Pango and the PDF know the face: of its content, so that no two are taken for each other."""
    parts = [
        RECIPE,
        hb.__version__,
        fontTools.version,
        face.digest,
        face.index,
        sorted(location(face, instance).items()),
    ]
    return f"own{hashlib.sha256(repr(parts).encode()).hexdigest()[:20]}x"


def location(face: OwnFace, instance: Instance) -> Mapping[str, float]:
    """Where on the axes of a variable font *instance* lies; every axis that CSS does not ask for is at its default."""
    wanted: dict[str, float] = {}
    for axis in face.axes:
        value = axis.default
        if axis.tag == "wght":
            value = float(instance.weight)
        elif axis.tag == "ital" and instance.italic:
            value = axis.most
        elif axis.tag == "slnt" and instance.italic and not any(each.tag == "ital" for each in face.axes):
            value = axis.least or axis.most  # slants to the right are negative
        wanted[axis.tag] = min(max(value, axis.least), axis.most)
    return wanted


def prepared_face(face: OwnFace, instance: Instance, store: Path) -> PreparedFace:
    """*face* at *instance*, its file in the folder *store*, where it is made if it is not there.

    Raises ``FontError`` for a font that is not sound or is no longer what it was when the build began.
    """
    name = registered_name(face, instance)
    path = store / f"{name}.{'otf' if 'CFF' in face.format else 'ttf'}"
    if path.is_file():
        return PreparedFace(name, path)
    file = read_font_file(face.file, face.name)
    if file.digest != face.digest:
        raise FontError(
            Message(f"排版时字体 {face.name} 改动了", f"the font {face.name} changed while the page was made"),
            place=Place(face.name),
            hint=Message("再排一遍", "build again"),
        )
    with font_faults(face.name):
        check_soundness(file.font(face.index), face.name)
        # Opened anew: what was not unpacked is written as it was.
        content = _tried(_made(file.font(face.index), face, instance), face)
    _write(path, content)
    return PreparedFace(name, path)


def _made(font: TTFont, face: OwnFace, instance: Instance) -> bytes:
    if face.axes:
        font = _at(font, location(face, instance))
    for tag in _DROPPED:
        if tag in font and tag != "GlyphOrder":
            del font[tag]
    if "CFF " in font:
        _number_by_glyphs(font)
    _name(font, registered_name(face, instance), face.postscript_name)
    _heights(font)
    return _saved(font)


def _at(font: TTFont, place: Mapping[str, float]) -> TTFont:
    """The static face at *place* on the axes.

    HarfBuzz, which is pinned, takes a hundredth of fontTools' time: 30,000 Chinese glyphs would take half a minute. It
    leaves CFF2 as it is, which Ghostscript prints as garbage; fontTools makes it CFF.
    """
    if "CFF2" in font:
        return _opened(_saved(instantiateVariableFont(font, dict(place), downgradeCFF2=True)))
    whole = hb.Face(hb.Blob(_saved(font)))
    plan = hb.SubsetInput()
    plan.keep_everything()
    for tag, value in place.items():
        plan.pin_axis_location(whole, tag, value)
    return _opened(bytes(plan.subset(whole).blob.data))


def _opened(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False, recalcBBoxes=False)


def _number_by_glyphs(font: TTFont) -> None:
    """Gives every glyph of a CID-keyed face its own number for a CID.

    The page shows glyphs by their numbers, and a reader takes them for CIDs (ISO 32000-1, 9.7.4.2): in a face that was
    cut down by its maker the two differ, and every character would be another.
    """
    cff = font["CFF "].cff
    top = cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return
    wanted = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    if top.charset == wanted:
        return
    strings = top.CharStrings
    strings.charStrings = {new: strings.charStrings[old] for new, old in zip(wanted, top.charset, strict=True)}
    top.charset = wanted
    top.CIDCount = len(wanted)
    top.ROS = ("Adobe", "Identity", 0)
    font.setGlyphOrder(wanted)


def _name(font: TTFont, registered: str, postscript_name: str) -> None:
    old = font["name"] if "name" in font else newTable("name")
    carried = [(each.nameID, each.toUnicode(errors="replace")[:500]) for each in getattr(old, "names", [])
               if each.nameID in _KEPT_NAMES and each.platformID == 3]  # fmt: skip
    table = font["name"] = newTable("name")
    table.names = []
    names = {**dict(reversed(carried)), 1: registered, 2: "Regular", 4: registered, 6: postscript_name}
    for number, text in sorted(names.items()):
        table.setName(text, number, *_WINDOWS_ENGLISH)


def _heights(font: TTFont) -> None:
    """Gives the face the heights of all others, so that nothing stands higher for its maker's sake."""
    em = int(font["head"].unitsPerEm)
    up, down = round(ASCENT * em), round(DESCENT * em)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = up, down, 0
    if "OS/2" in font:
        os2 = font["OS/2"]
        os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, down, 0
        os2.usWinAscent, os2.usWinDescent = up, -down


def _saved(font: TTFont) -> bytes:
    font.flavor = None
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _tried(content: bytes, face: OwnFace) -> bytes:
    """*content*, after some of its glyphs were subset and drawn. Raises ``FontError`` where none has an outline."""
    made = hb.Face(hb.Blob(content))
    glyphs = _spread(hb.Font(made).get_nominal_glyph(code) or 0 for code in sorted(made.unicodes))
    plan = hb.SubsetInput()
    plan.glyph_set.update(glyphs)
    drawn = hb.Font(plan.subset(made))
    pen = _Strokes()
    for number in range(drawn.face.glyph_count):
        drawn.draw_glyph_with_pen(number, pen)
    if not pen.count:
        raise broken(face.name, Message("没有一个字有轮廓", "none of its glyphs has an outline"))
    return content


def _spread(glyphs: Iterable[int]) -> list[int]:
    found = sorted(set(glyphs))
    return found[:: max(1, len(found) // _TRIED)]


class _Strokes:
    """A pen that counts what is drawn."""

    def __init__(self) -> None:
        self.count = 0

    def _add(self, *_: object) -> None:
        self.count += 1

    moveTo = lineTo = curveTo = qCurveTo = _add  # noqa: N815  # the pen protocol's names

    def closePath(self) -> None:  # noqa: N802
        """An outline ends."""


def _write(path: Path, content: bytes) -> None:
    """Puts the file there at once: another process may look for it meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".face-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
