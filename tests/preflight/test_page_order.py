"""Pages among each other: their order by folio and by the report, and a page that has lost its text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.preflight.expected import Expected
from layout.preflight.judge import job_for, judge
from layout.preflight.page_geometry import PrintedText
from layout.preflight.page_sequence import as_in_file
from layout.preflight.printed_text import PageText, placed, printed
from layout.preflight.reading import read_text
from layout.preflight.rules.page_order import PageSummary, between
from layout.preflight.verdict import Verdict
from layout.press.model import PressProfile
from layout.proof.marked import verdict_lines
from preflight import order_faults as faults
from preflight import support


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def told(pages: Sequence[PageSummary], press: PressProfile, known: Expected | None = None) -> list[Finding]:
    with job_for(support.clean_pdf(), press, known) as job:
        return list(between(job, pages))


def folios(*numbers: int | None) -> list[PageSummary]:
    return [PageSummary(at, 500, folio, textless=False) for at, folio in enumerate(numbers, start=1)]


@pytest.mark.parametrize("numbers", [(1, 3, 2, 4), (2, 1), (1, None, 4, 3)])
def test_folios_that_count_down_are_told(numbers: Sequence[int | None], press: PressProfile) -> None:
    (found,) = told(folios(*numbers), press)
    assert (found.check, found.severity) == ("page.order", Severity.WARNING)


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (5, 6, 9), (1, 2, 1, 2), (None, None), (4,)])
def test_folios_that_count_up_or_anew_are_not(numbers: Sequence[int | None], press: PressProfile) -> None:
    assert told(folios(*numbers), press) == []


@pytest.mark.parametrize(("numbers", "page", "due"), [((1, 2, 4, 4), 3, 3), ((5, 6, 7, 5), 4, 8), ((1, 7, 3, 4), 2, 2)])
def test_one_folio_that_does_not_count_on_is_told(
    numbers: Sequence[int | None], page: int, due: int, press: PressProfile
) -> None:
    (found,) = told(folios(*numbers), press)
    assert (found.check, found.page_no) == ("page.order", page)
    assert f"should be {due}" in found.message.en


def dated(*dates: str) -> list[PageSummary]:
    return [PageSummary(at, 500, None, textless=False, dated=date) for at, date in enumerate(dates, start=1)]


def test_a_page_of_another_date_is_told(press: PressProfile) -> None:
    (found,) = told(dated("2026年9月25日", "2026年9月25日", "2026年9月24日", "", "2026年9月25日"), press)
    assert (found.check, found.severity, found.page_no) == ("page.order", Severity.WARNING, 3)


@pytest.mark.parametrize(
    "dates", [("2026年9月25日",) * 3, ("a", "b"), ("a", "a", "b", "b"), ("a", "b", "c", "c"), ("a", "a", "b")]
)
def test_pages_of_several_dates_are_a_collection(dates: Sequence[str], press: PressProfile) -> None:
    assert told(dated(*dates), press) == []


def test_a_page_without_a_character_among_pages_of_copy_is_a_warning(press: PressProfile) -> None:
    full, lost = PageSummary(1, 900, 1, textless=False), PageSummary(2, 0, None, textless=False)
    (found,) = told([full, lost], press)
    assert (found.check, found.severity, found.page_no) == ("page.blank", Severity.WARNING, 2)
    assert told([full, PageSummary(2, 0, None, textless=True)], press) == []  # a poster
    assert told([PageSummary(1, 60, 1, textless=False), lost], press) == []  # pages of pictures
    assert told([full, lost], press, Expected(characters=(900, 700))) == []  # text.complete says it


def test_pages_are_known_again_by_their_text(tmp_path: Path, press: PressProfile) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(support.with_fault(faults.pages_as_their_folios_count))
    texts = tuple(PageText((), _text(path, page), PrintedText(0, "")) for page in range(2))
    known = Expected(characters=(12, 12), texts=texts, pictures=((support.PICTURE,), ()))
    assert as_in_file(path, known, 2) == known
    path.write_bytes(support.with_fault(faults.pages_exchanged))
    moved = as_in_file(path, known, 2)
    assert moved.moved == ((1, 2), (2, 1))
    assert moved.texts == texts[::-1]
    assert moved.pictures == ((), (support.PICTURE,))
    found = [each for each in judge(path, press, moved) if each.check in ("page.order", "text.complete")]
    assert [each.severity for each in found] == [Severity.ERROR]
    assert "PDF page 1 is what the report calls page 2" in found[0].message.en


def _text(path: Path, index: int) -> PrintedText:
    return printed(placed(read_text(path, index), 0.0, 0.0))


def test_a_remark_is_in_every_form_of_the_verdict(press: PressProfile) -> None:
    verdict = Verdict("a.pdf", press, (), {}, remarks=(Message("另一次保存", "another save"),))
    assert verdict.as_json("en")["remarks"] == ["another save"]
    assert ("另一次保存", None) in list(verdict_lines(verdict, "zh"))
