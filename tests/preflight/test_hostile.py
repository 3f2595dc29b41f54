"""Files made to do harm get a verdict or a sentence, within the 2 GiB that docs/checks.md states.

The work that it takes is counted in test_robust.py; its CPU seconds are measured by bench/fuzz.py.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

import soak
from patience import PATIENCE
from preflight.support import clean_pdf, forms_that_multiply, saved

MEMORY = 2 * 1024**3
Hostile = Callable[[Pdf], None]


def _packed(pdf: Pdf, content: bytes, times: int) -> pikepdf.Stream:
    """A stream of *content* over and over, packed without ever being whole in memory."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(content * 1000) for _ in range(times // 1000)) + packer.flush()
    stream = pdf.make_stream(b"")
    stream.write(packed, filter=Name.FlateDecode)
    return stream


def content_bomb(pdf: Pdf) -> None:
    pdf.pages[0].Contents = _packed(pdf, b"0 0 m 9 9 l S ", 20_000_000)


def just_under_the_limit(pdf: Pdf) -> None:
    pdf.pages[0].Contents = _packed(pdf, b"0 0 m 9 9 l S ", 600_000)


def one_endless_text(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 9 Tf [" + b"<00010002> -5 " * 400_000 + b"] TJ ET")


def ten_thousand_pages(pdf: Pdf) -> None:
    first = pdf.pages[0].obj
    for _ in range(9_999):
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(Dictionary(first))))


def a_thousand_busy_pages(pdf: Pdf) -> None:
    first = pdf.pages[0].obj
    first.Contents = pdf.make_stream(b"0 0 m 9 9 l S " * 60_000)
    for _ in range(999):
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(Dictionary(first))))


def a_deep_page_tree(pdf: Pdf) -> None:
    node = pdf.pages[0].obj
    for _ in range(3_000):
        node = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
    pdf.Root.Pages = node


def huge_boxes(pdf: Pdf) -> None:
    for key in ("MediaBox", "TrimBox", "BleedBox"):
        pdf.pages[0].obj[f"/{key}"] = Array([-1e9, -1e9, 1e9, 1e9])


def a_picture_of_gigapixels(pdf: Pdf) -> None:
    stream = _packed(pdf, bytes(1000), 400_000)
    stream.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60_000, "/Height": 60_000})
    stream.update({"/BitsPerComponent": 8, "/ColorSpace": Name.DeviceGray})
    pdf.pages[0].Resources.XObject.Im1 = stream


def a_font_of_endless_ranges(pdf: Pdf) -> None:
    font = pdf.pages[0].Resources.Font["/F1"]
    font.ToUnicode = pdf.make_stream(b"100 beginbfrange " + b"<0000> <ffff> <0000> " * 3_000 + b"endbfrange")
    font.DescendantFonts[0].W = Array([0, 65_535, 500] * 3_000)


def arrays_in_arrays(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"[" * 100_000 + b"]" * 100_000 + b" TJ")


def saves_without_end(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"q " * 500_000)


def a_thousand_fonts(pdf: Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    program = fonts["/F1"].DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    for number in range(1_000):
        inner = Dictionary(fonts["/F1"].DescendantFonts[0])
        inner.FontDescriptor = Dictionary(inner.FontDescriptor)
        inner.FontDescriptor.FontFile2 = pdf.make_stream(program)
        font = Dictionary(fonts["/F1"])
        font.DescendantFonts = Array([inner])
        font.ToUnicode = pdf.make_stream(b"1 beginbfrange <0000> <ffff> <0000> endbfrange")
        fonts[f"/X{number}"] = pdf.make_indirect(font)
    shown = " ".join(f"/X{number} 9 Tf <0001> Tj" for number in range(1_000))
    pdf.pages[0].Contents = pdf.make_stream(f"BT {shown} ET".encode())


HOSTILE = (
    content_bomb, just_under_the_limit, one_endless_text, forms_that_multiply, ten_thousand_pages,
    a_thousand_busy_pages, a_deep_page_tree, huge_boxes, a_picture_of_gigapixels, a_font_of_endless_ranges,
    arrays_in_arrays, saves_without_end, a_thousand_fonts,
)  # fmt: skip


@pytest.mark.slow
@soak.cases("harm", HOSTILE, sample=3, ids=lambda harm: harm.__name__)
def test_a_verdict_within_the_limits(harm: Hostile, tmp_path: Path) -> None:
    written(harm, tmp_path)
    ran = judged(tmp_path)
    assert ran.returncode in {0, 1, 5}, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "内部错误" not in ran.stderr, ran.stderr
    assert ran.stdout or ran.stderr


def written(harm: Hostile, folder: Path) -> None:
    """Writes harm.pdf."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        harm(pdf)
        (folder / "harm.pdf").write_bytes(saved(pdf, compress_streams=True, recompress_flate=False))


def judged(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the program says of harm.pdf, all that needs no other program."""
    command = ["preflight", "harm.pdf", "--no-ink", "--html", "harm.html", "--marked", "marked.pdf"]
    return subprocess.run(
        [sys.executable, "-m", "layout.cli", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        preexec_fn=_fence,
    )


def _fence() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
