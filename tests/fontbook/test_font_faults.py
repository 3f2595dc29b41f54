"""Font files that are broken, foreign or hostile: one sentence with the file's name, and bounded work."""

import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import brotli
import pytest

import own_fonts
import soak
from layout.errors import FontError
from layout.fontbook import font_file
from layout.fontbook.font_file import faces_in, read_font_file
from layout.fontbook.own_faces import Instance
from layout.fontbook.prepared_faces import prepared_face

GOOD = own_fonts.piece(text="天地玄黄A")


def used(folder: Path, content: bytes, name: str = "bad.ttf") -> None:
    """Everything that a build does with a font file before a page is set in it."""
    path = folder / name
    path.write_bytes(content)
    for face in faces_in(read_font_file(path, f"fonts/{name}"), "issue"):
        prepared_face(face, Instance(face.weights.nearest(400), italic=False), folder / "store")


def fault_of(folder: Path, content: bytes) -> FontError:
    with pytest.raises(FontError) as caught:
        used(folder, content)
    assert caught.value.exit_code == 4
    assert "fonts/bad.ttf" in caught.value.message.zh
    assert caught.value.place is not None
    assert caught.value.hint is not None
    assert list((folder / "store").glob("*")) == []
    return caught.value


def composites(*glyphs: list[int]) -> tuple[bytes, bytes]:
    """``glyf`` and ``loca`` of composite glyphs, each made of the glyphs of those numbers."""
    data, places = b"", [0]
    for parts in glyphs:
        glyph = struct.pack(">5h", -1, 0, 0, 10, 10) if parts else b""
        for number, part in enumerate(parts):
            glyph += struct.pack(">HHbb", 0x0002 | (0x0020 if number < len(parts) - 1 else 0), part, 0, 0)
        data += glyph + b"\0" * (-len(glyph) % 4)
        places.append(len(data))
    return data, struct.pack(f">{len(places)}L", *places)


def _glyphs(*glyphs: list[int]) -> bytes:
    """The good font with composite glyphs in the place of its own."""
    (count,) = struct.unpack(">H", raw("maxp")[4:6])
    data, places = composites(*glyphs, *([[]] * (count - len(glyphs))))
    head = bytearray(raw("head"))
    head[50:52] = b"\0\1"  # long offsets
    return own_fonts.with_tables(GOOD, glyf=data, loca=places, head=bytes(head))


def raw(tag: str) -> bytes:
    """One table of the good font."""
    return own_fonts.TTFont(own_fonts.io.BytesIO(GOOD), lazy=True).reader[tag]


def patched(tag: str, offset: int, data: bytes) -> bytes:
    """The good font with some bytes of a table replaced."""
    table = bytearray(raw(tag))
    table[offset : offset + len(data)] = data
    return own_fonts.with_tables(GOOD, **{tag: bytes(table)})


def woff2(claimed: int, stream: bytes) -> bytes:
    """A WOFF2 file of one table that says it has *claimed* bytes, all in one compressed *stream*."""
    table = b"\x3f" + b"bomb" + b"\x80\x80\x80\x80\x00"[:0] + b"\x01"
    size = 48 + len(table) + len(stream)
    head = b"wOF2\0\1\0\0" + struct.pack(">LHHLLHHLLLLL", size, 1, 0, claimed, len(stream), 1, 0, 0, 0, 0, 0, 0)
    return head + table + stream


def woff(claimed: int, stream: bytes) -> bytes:
    """A WOFF file of one table."""
    size = 44 + 20 + len(stream)
    head = b"wOFF\0\1\0\0" + struct.pack(">LHHLHHLLLLL", size, 1, 0, claimed, 1, 0, 0, 0, 0, 0, 0)
    return head + struct.pack(">4s4L", b"bomb", 64, len(stream), claimed, 0) + stream


CASES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"This is no font, it is a letter to the editor.",
    "Type 1": lambda: b"%!PS-AdobeFont-1.0: Own",
    "a collection of a billion": lambda: b"ttcf\0\1\0\0" + struct.pack(">L", 10**9),
    "a collection whose faces lie outside": lambda: b"ttcf\0\1\0\0" + struct.pack(">2L", 1, 10**6),
    "60,000 tables": lambda: GOOD[:4] + struct.pack(">H", 60_000) + GOOD[6:],
    "a table twice": lambda: GOOD[:28] + GOOD[12:28] + GOOD[44:],
    "no head": lambda: own_fonts.with_tables(GOOD, head=None),
    "no cmap": lambda: own_fonts.with_tables(GOOD, cmap=None),
    "no outlines": lambda: own_fonts.with_tables(GOOD, glyf=None, loca=None),
    "no em": lambda: patched("head", 18, b"\0\0"),
    "no glyphs": lambda: patched("maxp", 4, b"\0\0"),
    "65,535 glyphs of six": lambda: patched("maxp", 4, b"\xff\xff"),
    "60,000 widths of six": lambda: patched("hhea", 34, struct.pack(">H", 60_000)),
    "outlines that run backwards": lambda: own_fonts.with_tables(GOOD, loca=raw("loca")[::-1]),
    "a glyph in itself": lambda: _glyphs([], [1]),
    "two glyphs in one another": lambda: _glyphs([], [2], [1]),
    "parts that double and double": lambda: _glyphs([], [0] * 60, [1] * 60, [2] * 60),
    "a part that is not there": lambda: _glyphs([], [999]),
    "no outline at all": _glyphs,
    "a WOFF that comes to more than it says": lambda: woff(1000, zlib.compress(b"\0" * 10**6)),
    "a WOFF that says it comes to 4 GB": lambda: woff(2**32 - 1, zlib.compress(b"\0" * 1000)),
    "a WOFF2 of noise": lambda: woff2(1000, b"\xff" * 100),
    "a collection in WOFF2": lambda: b"wOF2ttcf" + b"\0" * 60,
}


@pytest.mark.parametrize("case", CASES)
def test_a_font_that_cannot_be_used_is_one_sentence(tmp_path: Path, case: str) -> None:
    fault_of(tmp_path, CASES[case]())


def test_a_bomb_in_woff2_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_file, "UNPACKED", 2**20)
    fault = fault_of(tmp_path, woff2(2**31, brotli.compress(b"\0" * 2**24)))
    assert "太大" in fault.message.zh


@pytest.mark.parametrize(
    ("case", "words"),
    {
        "text": "不是字体文件",
        "Type 1": "Type 1",
        "no cmap": "没有 cmap 表",
        "60,000 widths of six": "hmtx",
        "no outlines": "没有轮廓",
        "outlines that run backwards": "loca 不对",
        "a glyph in itself": "第 1 号字形套着自己",
        "two glyphs in one another": "套着自己",
        "parts that double and double": "太多部件",
        "a part that is not there": "缺部件",
        "no outline at all": "没有轮廓",
        "a WOFF that comes to more than it says": "压缩的内容不对",
        "a WOFF that says it comes to 4 GB": "太大",
        "a collection in WOFF2": "字体集",
    }.items(),
)
def test_what_is_wrong_is_said(tmp_path: Path, case: str, words: str) -> None:
    assert words in fault_of(tmp_path, CASES[case]()).message.zh


@pytest.mark.parametrize(
    ("content", "words"),
    [(own_fonts.web(GOOD, "woff2"), "woff2 decompress bad.ttf"), (own_fonts.bars(cff2=True), "TrueType 的可变字体")],
)
def test_what_would_take_too_long_to_unpack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    monkeypatch.setattr(font_file, "REBUILT", 2)
    fault = fault_of(tmp_path, content)
    assert fault.hint is not None
    assert words in fault.hint.zh


def test_a_font_that_changes_while_the_page_is_made_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.ttf"
    path.write_bytes(GOOD)
    (face,) = faces_in(read_font_file(path, "fonts/own.ttf"), "issue")
    path.write_bytes(own_fonts.piece(text="天地"))
    with pytest.raises(FontError, match="changed"):
        prepared_face(face, Instance(400, italic=False), tmp_path / "store")


@soak.cases("seed", range(400), sample=12)
def test_a_damaged_font_is_used_or_told(tmp_path: Path, seed: int) -> None:
    """Cut off somewhere, or with bytes overwritten: a sentence, or a face whose glyphs can be drawn."""
    content = bytearray((GOOD, own_fonts.cid_keyed("天地A"), own_fonts.web(GOOD, "woff2"))[seed % 3])
    step = 7919 * (seed + 1)
    if seed % 2:
        content = content[: step % len(content)]
    else:
        for number in range(1 + seed % 9):
            content[(step * (number + 1)) % len(content)] = (step >> number) & 0xFF
    with suppress(FontError):
        used(tmp_path, bytes(content))
