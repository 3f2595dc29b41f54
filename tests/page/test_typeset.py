"""Glyphs read back from the PDF stand where the composer put them."""

import ctypes
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from layout import assets
from layout.composer.model import Line, Placed
from layout.fontbook import Fontbook
from layout.page.engine import Engine, write_pdf
from layout.page.frames import FrameType, Ink, RoleType, SetLine
from small_page import make_sheet

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


def painted(folder: Path, lines: list[SetLine]) -> bytes:
    sheet = make_sheet(folder, "")
    return write_pdf(sheet.engine, [(sheet.lay_out(), lines)], title="t", identifier=b"0")


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
