"""Drawings that were begun before the page was followed come to the same findings."""

from __future__ import annotations

import pytest

from layout.checks import Finding
from layout.preflight import reading
from layout.preflight.judge import judge
from layout.preflight.pdfium import PDFIUM, PdfiumDocument, PdfiumPage, open_beside, page_of
from layout.preflight.rules import seen
from layout.preflight.seen import drawings
from layout.preflight.seen.drawing_ahead import drawing_ahead
from layout.press.model import PressProfile
from preflight import support
from preflight.test_seen import SHOW, page_with

CONTENTS = [
    f"0 0 0 1 k {SHOW}",
    f"0 0 0 0 k {SHOW}",
    f"0 0 0 1 k {SHOW} 0 0 0 0 k 20 30 80 60 re f",
    f"/A0 gs 0 0 0 1 k {SHOW}",
    "q 200 0 0 120 0 0 cm /Im1 Do Q 0 0 0 1 k " + SHOW,
]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


@pytest.mark.parametrize("content", CONTENTS)
def test_the_findings_are_the_same(content: str, press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = page_with(content)
    alone = judge(pdf, press)
    monkeypatch.setattr(seen, "drawings", None)  # whoever draws anew fails
    with open_beside(pdf) as document, drawing_ahead(document, page_of(document, 0), 144) as ahead:
        assert judge(pdf, press, ahead=ahead) == alone


def test_a_page_of_another_size_than_pdfium_takes_is_drawn_anew(press: PressProfile) -> None:
    pdf = page_with(f"0 0 0 0 k {SHOW}")
    alone = _invisible(judge(pdf, press))
    with open_beside(pdf) as document, drawing_ahead(document, page_of(document, 0), 144) as ahead:
        assert ahead is not None
        assert ahead.drawings((0.0, 0.0, 300.0, 120.0), []) is None
        assert _invisible(judge(pdf, press, ahead=ahead)) == alone != []


def test_drawings_that_nobody_asks_for_are_given_up() -> None:
    with open_beside(page_with(SHOW)) as document, drawing_ahead(document, page_of(document, 0), 144):
        pass
    assert PDFIUM.acquire(blocking=False)
    PDFIUM.release()


def _invisible(found: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in found if each.check == "text.invisible"]


def test_the_page_that_was_read_is_the_one_that_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf, openings = page_with(f"0 0 0 1 k {SHOW}"), []

    def counted(document: PdfiumDocument, index: int) -> PdfiumPage:
        openings.append(index)
        return page_of(document, index)

    for module in (reading, drawings):
        monkeypatch.setattr(module, "page_of", counted)
    with open_beside(pdf) as document:
        page = page_of(document, 0)
        assert reading.read_characters(pdf, 0, document, page) == "".join(
            each.text for each in reading.read_text(pdf, 0)
        )
        assert len(openings) == 1, "read_text opens it for itself"
        with drawing_ahead(document, page, 144):
            assert len(openings) == 2, "the drawing without type is of another opening"
        openings.clear()
        with drawing_ahead(document, page, 144, begin=False):
            assert openings == []
