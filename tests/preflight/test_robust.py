"""No file, however broken or hostile, gives a traceback or runs away."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

import soak
from damage import damaged
from layout.errors import PrintError
from layout.preflight import content_instructions, interpreter, walk
from layout.preflight import judge as judging
from layout.preflight.expected import Expected
from layout.preflight.judge import judge
from layout.press.model import PressProfile
from preflight import support
from preflight import test_hostile as hostile
from preflight.support import clean_pdf, forms_that_multiply, saved, unpacked
from work import calls_counted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def plain() -> bytes:
    return unpacked()


def _judged(pdf: bytes, press: PressProfile) -> None:
    with suppress(PrintError):
        judge(pdf, press, Expected(pages=1))


@pytest.mark.parametrize("seed", range(40))
def test_damage_gives_findings_or_a_sentence(seed: int, plain: bytes, press: PressProfile) -> None:
    _judged(damaged(plain, seed), press)


@pytest.mark.slow
@pytest.mark.soak
def test_much_damage(plain: bytes, press: PressProfile) -> None:
    for seed in range(1000, 1000 + soak.amount(sample=100, full=2000)):
        _judged(damaged(plain, seed), press)


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


def test_a_bomb_is_not_followed(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        bomb = zlib.compress(b"q Q " * 17_000_000, 9)
        stream = pdf.make_stream(b"")
        stream.write(bomb, filter=Name.FlateDecode)
        pdf.pages[0].Contents = stream
        packed = saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    parsed = calls_counted(monkeypatch, pikepdf, "parse_content_stream")
    checks = {finding.check for finding in judge(packed, press)}
    assert "content.sound" in checks
    assert parsed() == 0


@pytest.mark.slow
@pytest.mark.soak
def test_forms_that_multiply_end(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    work = soak.amount(sample=interpreter.MAX_WORK // 20, full=interpreter.MAX_WORK)
    monkeypatch.setattr(walk, "MAX_WORK", work)
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        forms_that_multiply(pdf)
        many = saved(pdf)
    streams = calls_counted(monkeypatch, interpreter, "read_instructions")
    found = {finding.check for finding in judge(many, press)}
    assert "content.sound" in found
    assert 100 < streams() <= work // interpreter.STREAM_WORK + 1


@pytest.mark.slow
@soak.cases(
    "harm",
    (hostile.just_under_the_limit, hostile.one_endless_text, hostile.saves_without_end, forms_that_multiply,
     hostile.a_thousand_busy_pages),
    sample=2, ids=lambda harm: harm.__name__,
)  # fmt: skip
def test_no_more_operators_are_followed_than_a_file_may_have(
    harm: hostile.Hostile, press: PressProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted with a hundredth of the allowance for a page and for a file."""
    a_page, a_file = interpreter.MAX_WORK // 100, interpreter.MAX_FILE_WORK // 100
    monkeypatch.setattr(walk, "MAX_WORK", a_page)
    monkeypatch.setattr(judging, "FileContext", partial(walk.FileContext, work=a_file))
    followed = 0
    with_numbers = content_instructions.with_numbers

    def counted(instructions: Sequence[content_instructions.Instruction], *more: Any) -> Iterator[Any]:
        nonlocal followed
        for each in with_numbers(instructions, *more):
            followed += 1
            yield each

    monkeypatch.setattr(interpreter, "with_numbers", counted)
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        harm(pdf)
        pages, hostile_file = len(pdf.pages), saved(pdf)
    found = {finding.check for finding in judge(hostile_file, press)}
    assert followed <= a_file + pages
    assert ("content.sound" in found) == (harm is not hostile.one_endless_text)


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
