"""Opens a font file of somebody else's: bounded before it is unpacked, and read by fontTools.

TrueType, OpenType with CFF or CFF2, collections of both, WOFF and WOFF2. Whatever a file is not, is one ``FontError``
with its name; nothing that fontTools raises gets out.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli
from fontTools.ttLib import TTFont

from layout.errors import FontError, Message, Place, refusal
from layout.face_values import Weights
from layout.fontbook.embedding import Permission
from layout.fontbook.own_faces import Axis, Owner, OwnFace

LARGEST = 256 * 2**20
"""Bytes of a file. The largest collections of Chinese faces, Source Han's of all languages and weights, have 180 MB."""
UNPACKED = 128 * 2**20
"""Bytes that a web font may come to: twice the largest single face of 65,535 glyphs (BabelStone Han, 51 MB)."""
FACES = 128
"""Of one collection; the largest that are sold have 72."""
REBUILT = 15_000
"""Glyphs of a font that fontTools has to rebuild one by one, at 1.5 ms each; a page may take 60 s of the processor."""
TABLES = 100
"""Of one face: WeasyPrint lists so many, and no font has half of them."""
_LONGEST_NAME = 120
"""Characters of a family's name; Windows allows 31."""
_BOLD = 700
_NORMAL = 400
_LONGEST_POSTSCRIPT = 63
"""Characters of a PostScript name (OpenType, name ID 6)."""
_POSTSCRIPT = frozenset(map(chr, range(33, 127))) - frozenset("[](){}<>/%")
"""What a PostScript name may be made of (OpenType, name ID 6)."""
_CONVERT = {
    b"%!": "Type 1", b"\x80\x01": "Type 1", b"LP": "EOT",
}  # fmt: skip
"""Kinds of fonts that are none of ours, by their first bytes."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file as it was read: its bytes, and how many faces are in it."""

    path: Path
    name: str
    content: bytes
    digest: str
    count: int

    @property
    def kind(self) -> bytes:
        """Its first four bytes."""
        return self.content[:4]

    def font(self, index: int) -> TTFont:
        """The face at *index*, of which nothing is unpacked before it is asked for. Call it in ``font_faults``."""
        number = index if self.kind == b"ttcf" else -1
        return TTFont(
            io.BytesIO(self.content), fontNumber=number, lazy=True, recalcTimestamp=False, recalcBBoxes=False
        )  # fmt: skip


def read_font_file(path: Path, name: str) -> FontFile:
    """The font in *path*, which people know as *name*. Raises ``FontError`` where it is none that can be used."""
    try:
        if path.stat().st_size > LARGEST:
            raise broken(name, Message("文件太大", "the file is too large"))
        content = path.read_bytes()
    except OSError as error:
        raise broken(name, refusal(error) or Message("打不开", "it cannot be opened")) from error
    with font_faults(name):
        count = _checked(content, name)
    return FontFile(path, name, content, hashlib.sha256(content).hexdigest(), count)


def broken(name: str, why: Message) -> FontError:
    """The fault of a font file that cannot be used."""
    return FontError(
        Message(f"字体 {name} 用不了：{why.zh}", f"the font {name} cannot be used: {why.en}"),
        place=Place(name),
        hint=Message(
            "向字库公司重新取一份；能在字体软件里打开、另存为 .ttf 或 .otf 的也行",
            "get it again from its maker, or open it in a font editor and save it as .ttf or .otf",
        ),
    )


@contextmanager
def font_faults(name: str) -> Iterator[None]:
    """Makes whatever reading a font raises the fault of the font *name*.

    fontTools raises anything at all for a damaged table: assertions, struct's errors, KeyError, its own.
    """
    try:
        yield
    except FontError:
        raise
    except MemoryError as error:
        raise broken(name, Message("展开后太大", "it comes to too much")) from error
    except Exception as error:
        raise broken(name, Message("文件坏了或不完整", "the file is damaged or not whole")) from error


def _checked(content: bytes, name: str) -> int:
    """How many faces *content* holds. Raises ``FontError`` where it is no font or its tables lie outside it."""
    kind = content[:4]
    if kind == b"ttcf":
        (count,) = struct.unpack(">L", content[8:12])
        if not 0 < count <= FACES:
            raise broken(name, Message(f"字体集里说有 {count} 款字体", f"a collection that says it has {count} faces"))
        for offset in struct.unpack(f">{count}L", content[12 : 12 + 4 * count]):
            _check_tables(content, offset, name)
        return int(count)
    if kind == b"wOFF":
        _check_woff(content, name)
    elif kind == b"wOF2":
        _check_woff2(content, name)
    elif kind in (b"\0\1\0\0", b"true", b"OTTO"):
        _check_tables(content, 0, name)
    else:
        raise _no_font(content, name)
    return 1


def _check_tables(content: bytes, offset: int, name: str) -> None:
    (count,) = struct.unpack(">H", content[offset + 4 : offset + 6])
    rows = [struct.unpack(">4s3L", content[at : at + 16]) for at in range(offset + 12, offset + 12 + 16 * count, 16)]
    if not 0 < count <= TABLES or len({tag for tag, *_ in rows}) < count:
        raise broken(name, Message("表的目录不对", "its list of tables is wrong"))
    for tag, _, start, length in rows:
        if start + length > len(content):
            raise broken(
                name, Message(f"不完整，{_tag(tag)} 表缺一截", f"it is not whole: the table {_tag(tag)} is cut off")
            )


def _tag(tag: bytes) -> str:
    return "".join(chr(byte) if 32 < byte < 127 else "?" for byte in tag.rstrip())


def _check_woff(content: bytes, name: str) -> None:
    """Every table is what the directory says, and all together no more than may be (W3C WOFF 1.0, 5)."""
    (count,) = struct.unpack(">H", content[12:14])
    rows = [struct.unpack(">4s4L", content[at : at + 20]) for at in range(44, 44 + 20 * count, 20)]
    if not 0 < count <= TABLES or sum(length for _, _, _, length, _ in rows) > UNPACKED:
        raise broken(name, Message("展开后太大", "it comes to too much"))
    for _, start, packed, length, _ in rows:
        stored = content[start : start + packed]
        if packed < length:
            unpacker = zlib.decompressobj()
            if len(unpacker.decompress(stored, length + 1)) != length:
                raise broken(name, Message("压缩的内容不对", "what is compressed in it is wrong"))
        elif len(stored) != length:
            raise broken(name, Message("文件不完整", "the file is not whole"))


def _check_woff2(content: bytes, name: str) -> None:
    """The one compressed stream comes to no more than may be (W3C WOFF 2.0, 4)."""
    flavour, _, count, _, _, packed = struct.unpack(">4sLHHLL", content[4:24])
    if flavour == b"ttcf":
        raise FontError(
            Message(f"{name} 是 WOFF2 的字体集，用不了", f"{name} is a collection in WOFF2, which cannot be used"),
            place=Place(name),
            hint=Message("换成 .ttc、.ttf 或 .otf 的文件", "take the .ttc, .ttf or .otf files instead"),
        )
    if not 0 < count <= TABLES or packed > len(content):
        raise broken(name, Message("文件不完整", "the file is not whole"))
    start = _after_directory(content, count)
    unpacker, total, fed = brotli.Decompressor(), 0, content[start : start + packed]
    while not unpacker.is_finished():
        out = unpacker.process(fed, output_buffer_limit=_CHUNK)
        total, fed = total + len(out), b""
        if total > UNPACKED:
            raise broken(name, Message("展开后太大", "it comes to too much"))
        if not out and unpacker.can_accept_more_data():
            raise broken(name, Message("文件不完整", "the file is not whole"))


def _after_directory(content: bytes, count: int) -> int:
    """Where the list of tables ends and the stream begins: its rows are of several lengths (W3C WOFF 2.0, 4.1)."""
    at = _WOFF2_HEAD
    for _ in range(count):
        flags = content[at]
        at += 5 if flags & 0x3F == 0x3F else 1
        outlines, version = flags & 0x3F in _OUTLINES, flags >> 6
        # Outlines are rearranged unless version 3 says not; other tables only where a version says so.
        for _ in range(2 if (version != 3 if outlines else version) else 1):
            while content[at] & 0x80:
                at += 1
            at += 1
    return at


_WOFF2_HEAD = 48
_OUTLINES = (10, 11)
"""The numbers of ``glyf`` and ``loca`` in WOFF2's list of known tables."""
_CHUNK = 2**20
"""Bytes that are unpacked at a time."""


def _no_font(content: bytes, name: str) -> FontError:
    kind = next((words for mark, words in _CONVERT.items() if content.startswith(mark)), "")
    if content[34:36] == b"LP":
        kind = "EOT"
    if kind:
        return FontError(
            Message(f"{name} 是 {kind} 字体，不能用", f"{name} is a {kind} font, which cannot be used"),
            place=Place(name),
            hint=Message("在字体软件里另存为 OpenType（.otf）", "save it as OpenType (.otf) in a font editor"),
        )
    return broken(name, Message("不是字体文件", "it is no font"))


def faces_in(file: FontFile, owner: Owner) -> tuple[OwnFace, ...]:
    """Every face of *file*. Raises ``FontError`` where one of them does not say what it is."""
    with font_faults(file.name):
        return tuple(_face(file, index, owner) for index in range(file.count))


def _face(file: FontFile, index: int, owner: Owner) -> OwnFace:
    font = file.font(index)
    _check_pace(file, font)
    families, postscript_name = _names(font, file)
    os2, axes = font.get("OS/2"), _axes(font)
    return OwnFace(
        families=families,
        file=file.path,
        name=f"{file.name}#{index}" if file.count > 1 else file.name,
        owner=owner,
        digest=file.digest,
        index=index,
        postscript_name=postscript_name,
        weights=_weights(font, axes),
        italic=_is_italic(font),
        format=_format(file, font),
        permission=Permission(int(os2.fsType) if os2 is not None else None),
        axes=axes,
    )


def _check_pace(file: FontFile, font: TTFont) -> None:
    """Raises ``FontError`` for a font of more glyphs than Python can rebuild within what a page may take."""
    packed, variable = file.kind == b"wOF2" and "glyf" in font, "CFF2" in font
    if not (packed or variable) or int(font["maxp"].numGlyphs) <= REBUILT:
        return
    kind = Message("WOFF2", "WOFF2") if packed else Message("CFF2 可变字体", "a variable font in CFF2")
    path = file.path.name
    hint = Message("换成不可变的 .otf，或 TrueType 的可变字体", "take static .otf files, or a variable TrueType font")
    if packed:
        zh, en = "换成 .ttf 或 .otf", "take the .ttf or .otf"
        hint = Message(f"{zh}；没有就解开：fonttools ttLib.woff2 decompress {path}",
                       f"{en}, or unpack it: fonttools ttLib.woff2 decompress {path}")  # fmt: skip
    raise FontError(
        Message(
            f"字体 {file.name} 是{kind.zh}，字形超过 {REBUILT:,} 个，拆开太慢",
            f"the font {file.name} is {kind.en} of more than {REBUILT:,} glyphs, too many to unpack",
        ),
        place=Place(file.name),
        hint=hint,
    )


def _names(font: TTFont, file: FontFile) -> tuple[tuple[str, ...], str]:
    """The families, those of the typographic name first, Chinese before other languages; and the PostScript name."""
    records = font["name"].names if "name" in font else []
    found = {(each.nameID, each.langID, each.toUnicode(errors="replace").strip()) for each in records
             if each.nameID in (1, 6, 16)}  # fmt: skip
    order = sorted(found, key=lambda row: (-row[0], row[1] & 0xFF != _CHINESE, row[1], row[2]))
    families = dict.fromkeys(text[:_LONGEST_NAME] for number, _, text in order if number in (1, 16) and text)
    written = next((text for number, _, text in order if number == 6), "")
    plain = "".join(each for each in written if each in _POSTSCRIPT)[:_LONGEST_POSTSCRIPT]
    return tuple(families) or (file.path.stem,), plain or f"Own-{file.digest[:8]}"


_CHINESE = 0x04
"""Windows' primary language: the low byte of a language number."""


def _axes(font: TTFont) -> tuple[Axis, ...]:
    if "fvar" not in font:
        return ()
    return tuple(Axis(each.axisTag, each.minValue, each.defaultValue, each.maxValue) for each in font["fvar"].axes)


def _weights(font: TTFont, axes: tuple[Axis, ...]) -> Weights:
    axis = next((each for each in axes if each.tag == "wght"), None)
    if axis is not None:
        return Weights(max(1, round(axis.least)), min(1000, round(axis.most)))
    weight = int(font["OS/2"].usWeightClass) if "OS/2" in font else 0
    weight = weight * 100 if 0 < weight < 10 else weight  # old fonts count from 1 to 9
    if not 0 < weight <= 1000:
        weight = _BOLD if font["head"].macStyle & 1 else _NORMAL
    return Weights(weight, weight)


def _is_italic(font: TTFont) -> bool:
    """Bit 0 of fsSelection is italic, bit 9 oblique; the old way is bit 1 of macStyle."""
    return bool(("OS/2" in font and font["OS/2"].fsSelection & 0x201) or font["head"].macStyle & 2)


def _format(file: FontFile, font: TTFont) -> str:
    outlines = "OpenType CFF2" if "CFF2" in font else "OpenType CFF" if "CFF " in font else "TrueType"
    package = {b"wOFF": "WOFF, ", b"wOF2": "WOFF2, ", b"ttcf": "TTC, "}.get(file.kind, "")
    return f"{package}{outlines}{' variable' if 'fvar' in font else ''}"
