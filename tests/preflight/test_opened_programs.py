"""A font program that was opened before is known by its bytes; a changed byte makes another of it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from layout.preflight import embedded_program
from layout.preflight.embedded_program import open_program, opened_programs
from layout.preflight.judge import judge
from layout.press.model import PressProfile
from preflight import support
from preflight.support import EXPECTED, clean_pdf, saved


@pytest.fixture(autouse=True)
def nothing_opened() -> Iterator[None]:
    opened_programs.cache_clear()
    yield
    opened_programs.cache_clear()


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def program(change: int | None = None) -> bytes:
    """The clean page's font, with one byte of it changed."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        descendant = pdf.pages[0].Resources.Font["/F1"].DescendantFonts[0]
        content = bytearray(descendant.FontDescriptor.FontFile2.read_bytes())
    if change is not None:
        content[change] ^= 0xFF
    return bytes(content)


def with_program(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        descriptor = pdf.pages[0].Resources.Font["/F1"].DescendantFonts[0].FontDescriptor
        descriptor.FontFile2 = pdf.make_stream(content, Length1=len(content))
        return saved(pdf)


def test_a_program_is_opened_once_for_all_files(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    real = embedded_program._opened
    monkeypatch.setattr(embedded_program, "_opened", lambda content: (opened.append(len(content)), real(content))[1])
    first = judge(clean_pdf(), press, EXPECTED)
    count = len(opened)
    assert judge(clean_pdf(), press, EXPECTED) == first == ()
    assert len(opened) == count > 0


def test_a_changed_byte_is_seen_after_the_sound_program(press: PressProfile) -> None:
    assert judge(with_program(program()), press, EXPECTED) == ()
    without_outlines = program(change=program().index(b"glyf"))
    found = {each.check for each in judge(with_program(without_outlines), press, EXPECTED)}
    assert "font.program" in found
    assert judge(with_program(program()), press, EXPECTED) == ()


def test_what_is_held_open_is_bounded_in_bytes() -> None:
    sound = program()
    opened_programs().memory = 3 * len(sound)
    for number in range(9):
        open_program(sound + bytes([number]))
    assert len(opened_programs()._entries) == 2
    assert open_program(sound + b"\x08") is open_program(sound + b"\x08")
    assert open_program(sound + b"\x00") is not None
