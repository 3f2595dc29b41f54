"""Glyphs read back from the PDF stand where the composer put them."""

import ctypes
from dataclasses import replace
from io import BytesIO
from itertools import accumulate
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from layout import assets
from layout.composer import Line, Placed, Ruby, Setting, Span, compose
from layout.engine.engine import Engine, PageContent, write_pdf
from layout.fontbook import Fontbook, NoGlyphError
from layout.geometry import apply
from layout.page.frames import FrameType, Ink, RoleType, SetLine, TextLines
from layout.preflight.text import read_text
from small_page import FONTS, document_of, make_canvas

FACES = ["song-400", "song-700", "song-900", "hei-400", "hei-500", "hei-900", "kai-400", "fang-400", "xingkai-400"]
STRANGE = 0.0371
"""A gap no grid of 1/1000 em hits, added after every character."""


def set_line(fontbook: Fontbook, face: str, text: str, size: float, x: float, baseline: float) -> SetLine:
    clusters = fontbook.clusters([face, "song-400"], text)
    starts = [0.0, *accumulate(cluster.advance + STRANGE for cluster in clusters)]
    offsets = [0, *accumulate(len(cluster.text) for cluster in clusters)]
    placed = tuple(
        Placed(cluster, start, cluster.advance + STRANGE, 1.0, "plain", offset)
        for cluster, start, offset in zip(clusters, starts, offsets, strict=False)
    )
    type_ = FrameType({"plain": RoleType((face,), size, Ink(0, 0, 0, 1))}, size * 1.5, 0, "start", False, {})
    line = Line(placed, text, 0, len(text), starts[-1], starts[-1], (), STRANGE, True)
    return SetLine(line, type_, "k0", "a", 0, x, baseline)


def read_back(pdf: bytes) -> list[tuple[str, float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    found = []
    for index in range(text.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not character.isspace() and not pdfium.FPDFText_IsGenerated(text, index):
            found.append((character, x.value, document[0].get_height() - y.value))
    return found


def painted(folder: Path, lines: list[SetLine], css: str = "") -> bytes:
    engine = Engine(FONTS)
    document = document_of(make_canvas(folder, "", css, engine))
    return write_pdf(engine, [PageContent(document, lines)], title="t", identifier=b"0")[0]


@pytest.mark.parametrize("size", [6, 10.5, 72])
@pytest.mark.parametrize("face", FACES)
def test_every_glyph_stands_where_it_was_put(tmp_path: Path, face: str, size: float) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    line = set_line(fontbook, face, "屯留，2026年“两会”AV", size, 31.25, 100.125)
    found = read_back(painted(tmp_path, [line]))
    assert "".join(character for character, _, _ in found) == "屯留，2026年“两会”AV"
    for (_, x, y), placed in zip(found, line.line.placed, strict=True):
        shift = placed.cluster.glyphs[0].dx
        assert x == pytest.approx(31.25 + (placed.x + shift) * size, abs=0.02)
        assert y == pytest.approx(100.125, abs=0.01)


@pytest.mark.parametrize("degrees", [90, -90, -12])
def test_the_lines_of_a_turned_frame_turn_with_it(tmp_path: Path, degrees: int) -> None:
    turn = radians(degrees)
    matrix = (cos(turn), sin(turn), -sin(turn), cos(turn), 100.0, 150.0)
    line = set_line(FONTS, "song-400", "屯留，2026年“两会”AV", 12, 5.25, -3.5)
    level = set_line(FONTS, "song-400", "平", 12, 5.25, 200.0)
    pdf = painted(tmp_path, [replace(line, turn=matrix), level])
    found = read_back(pdf)
    assert "".join(character for character, _, _ in found) == "屯留，2026年“两会”AV平"
    for (_, x, y), placed in zip(found, line.line.placed, strict=False):
        along = 5.25 + (placed.x + placed.cluster.glyphs[0].dx) * 12
        assert (x, y) == pytest.approx(apply(matrix, along, -3.5), abs=0.02)
    assert found[-1][1:] == pytest.approx((5.25, 200.0), abs=0.02)


@pytest.mark.parametrize("style", ["solid", "double", "wavy"])
@pytest.mark.parametrize("kind", ["underline", "overline", "line-through"])
def test_lines_along_type_are_strokes_or_waves(tmp_path: Path, kind: Any, style: Any) -> None:
    line = set_line(FONTS, "song-400", "一江春水", 20, 31.25, 100)
    ink = Ink(0, 1, 0.95, 0.05)
    role = replace(line.type.roles["plain"], lines=TextLines((kind,), ink, style, thickness=1.0))
    pdf = painted(tmp_path, [replace(line, type=replace(line.type, roles={"plain": role}))])
    with pikepdf.open(BytesIO(pdf)) as document:
        told = [(str(each.operator), each.operands) for each in pikepdf.parse_content_stream(document.pages[0])]
    curves = [operands for name, operands in told if name == "c"]
    assert [name for name, _ in told].count("h") == (2 if style == "double" else 1)
    if style != "wavy":
        assert not curves
        return
    # A hump is 0.16 em long: there and back along 4 characters with the gaps between them.
    length = line.line.width * 20
    assert len(curves) == 2 * round(length / (0.16 * 20))
    heights = [float(operands[5]) for operands in curves]
    assert max(heights) - min(heights) == pytest.approx(1.0, abs=0.01)  # its ends lie on the band's two edges


def composed(fontbook: Fontbook, spans: list[Span], face: str, size: float, *, vertical: bool) -> list[SetLine]:
    """*spans* set 6 em long; lines one above the other, or columns from right to left."""
    type_ = FrameType({"plain": RoleType((face,), size, Ink(0, 0, 0, 1))}, size * 1.6, 0, "justify", vertical, {})
    lines = compose(spans, Setting(vertical=vertical), 6, fontbook).lines
    if vertical:
        return [SetLine(one, type_, "k0", "a", 0, 900 - n * size * 2, 20.5, True) for n, one in enumerate(lines)]
    return [SetLine(one, type_, "k0", "a", 0, 31.25, 100.125 + n * size * 2) for n, one in enumerate(lines)]


MARKED = ["屯", "留2026年“两会”", "，GDP增12%——", "重点"]


@pytest.mark.parametrize("size", [6, 72])
@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("face", FACES)
def test_vertical_lines_and_ruby_stand_where_the_composer_put_them(
    tmp_path: Path, face: str, size: float, vertical: bool
) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    faces = (face, "song-400")
    spans = [
        Span(MARKED[0], faces, ruby=Ruby("tún", ("song-400",))),
        Span(MARKED[1], faces, under=("line",)),
        Span(MARKED[2], faces),
        Span("2", faces, 0.6, rise=0.34),
        Span("今属长治市，古称余吾", faces, 0.5, split=True),
        Span(MARKED[3], faces, ruby=Ruby("zhòngdiǎn", ("song-400",)), under=("dot",)),
    ]
    lines = composed(fontbook, spans, face, size, vertical=vertical)
    found = read_back(painted(tmp_path, lines, "@page { size: 1200pt 900pt }"))
    shown = [(line, one) for line in lines for one in line.line.placed if one.cluster.text.strip()]
    wanted = "".join(one.cluster.text for _, one in shown)
    assert wanted.startswith("屯tún留")
    assert "".join(character for character, _, _ in found) == wanted
    firsts = [(line, one, k) for line, one in shown for k in range(len(one.cluster.text))]
    for (_, x, y), (line, one, k) in zip(found, firsts, strict=True):
        if k == 0:  # a glyph for two characters has one origin
            assert (x, y) == pytest.approx(origin(line, one, size), abs=0.02)


def origin(line: SetLine, one: Placed, size: float) -> tuple[float, float]:
    """Where the first glyph of a cluster must be, from what the composer says in words."""
    glyph, own = one.cluster.glyphs[0], size * one.scale
    if not line.vertical:
        return line.x + one.x * size + glyph.dx * own, line.baseline - one.rise * size - glyph.dy * own
    axis, down = line.x + size / 2 + one.across * size, line.baseline + one.x * size
    if one.rotated:
        return axis + glyph.dy * own, down + glyph.dx * own
    return axis + glyph.dx * own * one.scale_x, down - glyph.dy * own


def test_a_cell_of_a_vertical_line_is_centred_in_its_column(tmp_path: Path) -> None:
    """Reckoned from the page, not from the composer's words: 40 pt Han in a column from 900 to 940, head at 20.5."""
    fontbook = Fontbook(assets.fonts_dir())
    lines = composed(fontbook, [Span("屯留12", ("song-400",))], "song-400", 40, vertical=True)
    found = read_back(painted(tmp_path, lines, "@page { size: 1200pt 900pt }"))
    assert found[0] == ("屯", pytest.approx(900, abs=0.01), pytest.approx(20.5 + 0.88 * 40, abs=0.01))
    assert found[1] == ("留", pytest.approx(900, abs=0.01), pytest.approx(20.5 + 1.88 * 40, abs=0.01))
    assert found[2][1] + found[3][1] + 0.5 * 40 == pytest.approx(2 * 920, abs=3)  # two digits about the axis
    assert found[2][2] == found[3][2]


def test_marks_under_words_are_drawn_in_their_ink_and_are_no_text(tmp_path: Path) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    kinds = [("dot",), ("line",), ("name",), ("wave",), ("line", "dot")]
    plain = [Span("屯留", ("song-400",)) for _ in kinds]
    spans = [Span("屯留", ("song-400",), under=kind) for kind in kinds]  # type: ignore[arg-type]
    marked = painted(tmp_path / "a", composed(fontbook, spans, "song-400", 9, vertical=False))
    bare = painted(tmp_path / "b", composed(fontbook, plain, "song-400", 9, vertical=False))
    assert read_back(marked) == read_back(bare)
    with pikepdf.open(BytesIO(marked)) as pdf:
        operators = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert operators.count("f") == 2 + 1 + 1 + 1 + 3


def test_two_characters_of_one_glyph_keep_their_text(tmp_path: Path) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    text = "一⼀二"  # U+4E00 and U+2F00 share a glyph in Noto Serif SC
    assert (
        "".join(c for c, _, _ in read_back(painted(tmp_path, [set_line(fontbook, "song-400", text, 9, 20, 50)])))
        == text
    )


def test_a_face_is_embedded_once_whatever_the_sizes(tmp_path: Path) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    lines = [set_line(fontbook, "song-400", "屯留", size, 20, 50 + size) for size in (9, 10.5, 30)]
    with pikepdf.open(BytesIO(painted(tmp_path, lines))) as pdf:
        assert len([each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each]) == 1


def test_the_same_lines_give_the_same_bytes(tmp_path: Path) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    lines = [set_line(fontbook, "song-400", "屯留两会", 9, 20, 50)]
    assert painted(tmp_path / "a", lines) == painted(tmp_path / "b", lines)


def test_engine_is_fenced_before_pango_loads() -> None:
    import os

    assert os.environ["FONTCONFIG_FILE"] == str(assets.fonts_dir() / "fonts.conf")
    assert Engine(Fontbook(assets.fonts_dir())).font_config


STRANGE_TEXTS = {
    "Ext A": "㐂㑇䶮",
    "compatibility ideographs": "豈更﨑",
    "variation selectors": "辻\U000e0100区葛\ufe00飾",
    "combining marks": "e\u0301a\u0300m\u0300ê\u0304",
    "no-break space": "天\u00a0地10\u00a0km",
    "zero width": "天\u200b地\u2060玄\ufeff黄\u200c宇\u200d宙",
    "bidi controls": "天\u202e地\u202c玄\u2067黄\u2069宇\u200e宙",
    "full-width ASCII": "ＡＢＣ１２３％！（）",
    "spaces": "天\u3000地\t玄\u2003黄\u200a宇",
    "new lines": "天\r\n地\u2028玄",
    "two characters of one glyph": "一⼀",
}


@pytest.mark.parametrize("vertical", [False, True])
@pytest.mark.parametrize("text", STRANGE_TEXTS.values(), ids=STRANGE_TEXTS.keys())
def test_strange_characters_are_set_and_read_back(tmp_path: Path, text: str, vertical: bool) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    lines = composed(fontbook, [Span(text, ("song-400", "hei-400"))], "song-400", 12, vertical=vertical)
    pdf = painted(tmp_path, lines, "@page { size: 1200pt 900pt }")
    assert "".join(char.text for char in read_text(pdf, 0)) == "".join(text.split())


@pytest.mark.parametrize(
    "character", ["\U00020bb7", "\U00030edd", "\U0001f600", "\U0001f1e8", "\x07", "\ue000", "ส", "\u20e3"]
)
def test_what_no_face_has_is_named(character: str) -> None:
    fontbook = Fontbook(assets.fonts_dir())
    with pytest.raises(NoGlyphError, match=f"U\\+{ord(character):04X}"):
        compose([Span(f"天{character}地", ("song-400",))], Setting(), 8, fontbook)


def test_the_face_of_every_cluster_is_recorded() -> None:
    fontbook = Fontbook(assets.fonts_dir())
    [line] = compose([Span("“屯”㐂", ("kai-400", "song-400"))], Setting(), 8, fontbook).lines
    assert [one.cluster.face for one in line.placed] == ["song-400", "kai-400", "song-400", "song-400"]
