"""The stamped proof and the contact sheet: what they say can be read off them, and they come out the same twice."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from layout import assets
from layout.errors import PrintError
from layout.geometry import Box
from layout.preflight.text import read_text
from layout.proof.raster import page_count, page_png, page_size
from layout.proof.sheet import contact_sheet
from layout.proof.stamp import SLUG, ProofMark, ProofSlug, proof_pdf
from preflight.support import BLEED, HEIGHT, WIDTH, clean_pdf

pytestmark = pytest.mark.slow

SLUG_LINE = ProofSlug("长治两会特刊·屯留", "第1版 两会特刊", 2, date(2026, 2, 5), "newsprint-coldset", 1, 3)


def _words(pdf: bytes, index: int = 0) -> str:
    return "".join(char.text for char in read_text(pdf, index))


def _pixel(pdf: bytes, x: float, y: float) -> tuple[int, ...]:
    """Colour at a point of the page, from its top left corner."""
    image = Image.open(io.BytesIO(page_png(pdf, 0, 72)))
    pixel = image.getpixel((int(x), int(y)))
    assert isinstance(pixel, tuple)
    return pixel


def test_slug_and_watermark() -> None:
    proof = proof_pdf(clean_pdf(), [SLUG_LINE])
    words = _words(proof)
    assert words.startswith("校样")
    assert "长治两会特刊·屯留第1版两会特刊2校2026-02-05newsprint-coldset错误1警告3" in words
    assert page_size(proof, 0) == (WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED + SLUG)


def test_the_pages_own_text_is_a_picture() -> None:
    # Nobody can take a proof for the file to be printed.
    assert "屯留区" not in _words(proof_pdf(clean_pdf(), [SLUG_LINE]))


def test_marks_are_red_where_they_are_told() -> None:
    mark = ProofMark(0, Box(250, 30, 100, 60), "溢文 31 字")
    proof = proof_pdf(clean_pdf(), [SLUG_LINE], [mark], trim_offset=(BLEED, BLEED))
    assert "溢文31字" in _words(proof)
    red, green, blue = _pixel(proof, 250 + BLEED, 30 + BLEED + 30)
    assert red > green + 60
    assert red > blue + 60


def test_the_same_twice() -> None:
    marks = [ProofMark(0, Box(10, 10, 50, 50), "版框", "frame")]
    assert proof_pdf(clean_pdf(), [SLUG_LINE], marks) == proof_pdf(clean_pdf(), [SLUG_LINE], marks)
    assert contact_sheet(clean_pdf(), "特刊") == contact_sheet(clean_pdf(), "特刊")


def test_a_slug_for_every_page() -> None:
    with pytest.raises(PrintError):
        proof_pdf(clean_pdf(), [])


def test_long_titles_are_cut() -> None:
    slug = ProofSlug("很长的标题" * 40, "第1版", 1, date(2026, 2, 5), "p", 0, 0)
    assert "…" in _words(proof_pdf(clean_pdf(), [slug]))


def test_nothing_in_the_home_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / ".reportlab_settings").write_text("invariant = 0\n")
    script = (
        "import sys; read = []\n"
        "sys.addaudithook(lambda event, given: read.append(str(given[0])) if event == 'open' else None)\n"
        "import layout.proof.stamp, layout.proof.sheet\n"
        "print([name for name in read if name.startswith(sys.argv[1])])"
    )
    env = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(assets.root() / "src")}
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], env=env, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(("pages", "sheets"), [(1, 1), (5, 1), (12, 1), (13, 2)])
def test_contact_sheet(pages: int, sheets: int) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        for _ in range(pages - 1):
            pdf.pages.append(pdf.pages[0])
        out = io.BytesIO()
        pdf.save(out)
    sheet = contact_sheet(out.getvalue(), "长治两会特刊·屯留")
    assert page_count(sheet) == sheets
    words = "".join(_words(sheet, index) for index in range(sheets))
    assert all(f"第{number}版" in words for number in range(1, pages + 1))
    assert words.startswith("长治两会特刊·屯留")


def _luminance(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast ratio of two colours (WCAG 2.1, relative luminance)."""
    dark, light = sorted(
        sum(share * _luminance(part / 255) for share, part in zip((0.2126, 0.7152, 0.0722), colour, strict=True))
        for colour in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def test_the_watermark_is_seen_and_read_through() -> None:
    """On white its outline stands out (1.4: 10 % grey has 1.2), and black under it stays black (7: enhanced)."""

    def drawn(tone: int) -> Image.Image:
        page = Image.new("RGB", (400, 560), (tone, tone, tone))
        whole = io.BytesIO()
        page.save(whole, "PDF", resolution=72)
        return Image.open(io.BytesIO(page_png(proof_pdf(whole.getvalue(), [SLUG_LINE]), 0, 72))).convert("RGB")

    on_white, on_black, on_dark = drawn(255), drawn(0), drawn(40)
    page = (0, 0, 400, 560)
    parts = (each.crop(page).get_flattened_data() for each in (on_white, on_black))
    pairs = Counter(zip(*parts, strict=True))
    count = pairs.total()
    seen = sum(of for (white, _), of in pairs.items() if _contrast(white, (255, 255, 255)) > 1.4)
    assert 0.005 < seen / count < 0.08  # an outline, not a field
    assert min(_contrast(white, black) for white, black in pairs) > 4.5
    assert sum(of for (white, black), of in pairs.items() if _contrast(white, black) > 7) > 0.9 * count
    dark = Counter(on_dark.crop(page).get_flattened_data())
    seen = sum(of for colour, of in dark.items() if _contrast(colour, (40, 40, 40)) > 1.8)
    assert seen > 0.03 * count  # seen on dark photographs too


def test_overset_copy_is_shown_below_its_frame() -> None:
    copy = "持续巩固拓展脱贫攻坚成果全力打好蓝天碧水净土保卫战" * 8
    mark = ProofMark(0, Box(60, 40, 110, 11), "溢文 200 字 16 行", "overset", copy)
    proof = proof_pdf(clean_pdf(), [SLUG_LINE], [mark], trim_offset=(BLEED, BLEED))
    words = _words(proof)
    assert "溢文200字16行持续巩固" in words
    shown = words[words.index("持续巩固") :].partition("…")[0]
    assert copy.startswith(shown)
    assert 40 < len(shown) < 80  # five lines of thirteen: what follows is counted, not shown
