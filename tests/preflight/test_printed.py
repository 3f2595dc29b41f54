"""A file that is held against the report of its build: what reads otherwise, and what is larger or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from layout.checks import Finding
from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box
from layout.preflight.expected import Expected
from layout.preflight.geometry_reading import read_geometry
from layout.preflight.judge import judge
from layout.preflight.page_geometry import NO_GEOMETRY, PageGeometry, ParagraphSpot
from layout.preflight.printed_text import PageText, with_printed
from layout.preflight.reading import read_text
from layout.press.model import PressProfile
from preflight import support

FIRST = ParagraphSpot(Flow("gate", "section", 1), Place("gate.md", 3, 1), Box(20, 49, 60, 12))
SECOND = ParagraphSpot(Flow("gate", "section", 2), Place("gate.md", 7, 1), Box(20, 63, 60, 12))
"""The two lines of the clean page."""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def _built(pdf: support.Pdf) -> None:
    """The clean page with a folio at its foot."""
    support.drawn(pdf, "q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 350 40 Tm <0005> Tj ET Q")


@cache
def geometry() -> PageGeometry:
    planned = PageGeometry(support.WIDTH, support.HEIGHT, 14.0, NO_GEOMETRY.type_area, paragraphs=(FIRST, SECOND))
    return with_printed(planned, read_text(support.with_fault(_built), 0), support.BLEED)


def changed(change: Callable[[bytes], bytes]) -> bytes:
    def fault(pdf: support.Pdf) -> None:
        _built(pdf)
        pdf.pages[0].contents_coalesce()
        content = pdf.pages[0].Contents.read_bytes()
        assert change(content) != content
        pdf.pages[0].Contents = pdf.make_stream(change(content))

    return support.with_fault(fault)


def told(pdf: bytes, press: PressProfile) -> list[Finding]:
    text = PageText.of(geometry())
    assert text.whole is not None
    known = Expected(characters=(text.whole.characters,), texts=(text,))
    checks = ("text.complete", "text.extra", "page.size")
    return [each for each in judge(pdf, press, known) if each.check in checks]


def test_each_paragraph_has_its_characters_and_the_rest_its_own() -> None:
    first, second = (spot.printed for spot in geometry().paragraphs)
    assert first is not None
    assert second is not None
    assert geometry().rest is not None
    assert geometry().printed is not None
    assert (first.characters, second.characters, geometry().rest.characters) == (5, 3, 2)
    assert len({first.digest, second.digest, geometry().printed.digest}) == 3


def test_the_report_holds_it_and_gives_it_back() -> None:
    assert read_geometry(geometry().as_json()) == geometry()  # type: ignore[arg-type]


def test_the_file_itself_and_one_in_other_strings_are_what_was_built(press: PressProfile) -> None:
    assert told(support.with_fault(_built), press) == []
    apart = changed(lambda content: content.replace(b"<000600070008> Tj", b"<0006> Tj <00070008> Tj"))
    assert told(apart, press) == []


def test_figures_that_changed_places_are_told_with_their_story(press: PressProfile) -> None:
    exchanged = changed(lambda content: content.replace(b"<000600070008>", b"<000700060008>"))
    (found,) = told(exchanged, press)
    assert found.check == "text.complete"
    assert found.place == Place("gate.md", 7, 1)
    assert "“gate.section-2”" in found.message.en
    assert "as many characters" in found.message.en
    assert "“刊特𠀀”" in found.message.zh
    assert found.boxes == (SECOND.box,)


def test_a_character_that_is_gone_is_counted_where_it_stood(press: PressProfile) -> None:
    (found,) = told(changed(lambda content: content.replace(b"-50 <000300040005>", b"-50 <00030004>")), press)
    assert "1 fewer" in found.message.en
    assert "“gate.section-1” (-1)" in found.message.en
    assert found.place == Place("gate.md", 3, 1)


def test_characters_that_were_added_are_told_where_they_stand(press: PressProfile) -> None:
    (found,) = told(
        changed(lambda content: content + b" q /K gs BT /F1 9 Tf 0 0 0 1 k 31 251 Td <0006> Tj ET Q"), press
    )
    assert found.check == "text.extra"
    assert "“gate.section-1” (+1) read otherwise, the first is now “特”" in found.message.en


@pytest.mark.parametrize(
    ("matrix", "words"),
    [("0.95 0 0 0.95 5 5", "reduced to 95 %"), ("1.04 0 0 1.04 -5 -5", "enlarged to 104 %"),
     ("1 0 0 1 8.5 -8.5", "moved: 3.0 mm to the right, 3.0 mm further down")],
)  # fmt: skip
def test_a_page_that_was_scaled_or_moved_is_told_once(matrix: str, words: str, press: PressProfile) -> None:
    (found,) = told(changed(lambda content: f"q {matrix} cm ".encode() + content + b" Q"), press)
    assert found.check == "page.size"
    assert words in found.message.en


def test_a_page_that_hardly_moved_is_as_it_was(press: PressProfile) -> None:
    assert told(changed(lambda content: b"q 0.999 0 0 0.999 1 1 cm " + content + b" Q"), press) == []
