"""No file, however broken or hostile, gives a traceback or runs away."""

from __future__ import annotations

import io
import random
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout.errors import PrintError
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.press.model import PressProfile
from preflight import support
from preflight.support import clean_pdf, forms_that_multiply, saved
from soak import amount


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    """The clean page with nothing packed, so that damage falls on objects and operators."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        return saved(
            pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip


def _damaged(pdf: bytes, seed: int) -> bytes:
    choose = random.Random(seed)
    out = bytearray(pdf)
    for _ in range(choose.randrange(1, 30)):
        at = choose.randrange(len(out))
        how = choose.randrange(4)
        if how == 0:
            out[at] = choose.randrange(256)
        elif how == 1:
            del out[at : at + choose.randrange(1, 40)]
        elif how == 2:
            out[at:at] = choose.choice([b" /", b"<<", b"[", b" null ", b" -1e99 ", b"(", b"/Name#ff", b" 99 0 R "])
        else:
            other = choose.randrange(len(out))
            out[at : at + 20] = out[other : other + 20]
    return bytes(out)


def _judged(pdf: bytes, press: PressProfile) -> None:
    with suppress(PrintError):
        judge(pdf, press, Expected(pages=1))


@pytest.mark.parametrize("seed", range(40))
def test_damage_gives_findings_or_a_sentence(seed: int, plain: bytes, press: PressProfile) -> None:
    _judged(_damaged(plain, seed), press)


@pytest.mark.slow
@pytest.mark.soak
def test_much_damage(plain: bytes, press: PressProfile) -> None:
    for seed in range(1000, 1000 + amount(sample=400, full=2000)):
        _judged(_damaged(plain, seed), press)


def test_damaged_dictionaries(press: PressProfile) -> None:
    """Every value of the page and the catalog replaced by something of another type."""
    for wrong in (Name.Wrong, Array([]), Dictionary(), 7, pikepdf.String("x"), True):
        for key in ("MediaBox", "TrimBox", "Resources", "Contents", "Group", "Annots", "Rotate", "UserUnit"):
            with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
                pdf.pages[0].obj[f"/{key}"] = wrong
                _judged(saved(pdf), press)
        for key in ("OutputIntents", "Names", "AcroForm", "OCProperties", "OpenAction"):
            with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
                del pdf.Root["/Metadata"]  # pikepdf would look into it while saving
                pdf.Root[f"/{key}"] = wrong
                _judged(saved(pdf), press)


def test_a_bomb_is_not_unpacked(press: PressProfile) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        bomb = zlib.compress(b"q Q " * 17_000_000, 9)
        stream = pdf.make_stream(b"")
        stream.write(bomb, filter=Name.FlateDecode)
        pdf.pages[0].Contents = stream
        packed = saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    began = time.perf_counter()
    checks = {finding.check for finding in judge(packed, press)}
    assert "content.sound" in checks
    assert time.perf_counter() - began < 20


@pytest.mark.slow
def test_forms_that_multiply_end(press: PressProfile) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        forms_that_multiply(pdf)
        many = saved(pdf)
    began = time.perf_counter()
    found = {finding.check for finding in judge(many, press)}
    assert "content.sound" in found
    assert time.perf_counter() - began < 60


def test_a_page_tree_in_a_circle(press: PressProfile) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])
        out = io.BytesIO()
        try:
            pdf.save(out)
        except pikepdf.PdfError:
            pytest.skip("qpdf refuses to write such a file")
    _judged(out.getvalue(), press)


def test_no_object_of_the_system_is_read(press: PressProfile, tmp_path: Path) -> None:
    """A stream may name an external file; it is not opened."""
    secret = tmp_path / "secret"
    secret.write_text("0 0 9 9 re f")
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        stream = pdf.make_stream(b"")
        stream.stream_dict.F = pikepdf.String(str(secret))
        pdf.pages[0].Contents = stream
        assert "page.blank" in {finding.check for finding in judge(saved(pdf), press)}
