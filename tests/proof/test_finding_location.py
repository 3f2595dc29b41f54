"""Findings that say where they are, marked on the proof."""

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.geometry import Box
from layout.proof.finding_location import WIDE, marks_of

BOX = Box(45.0, 1051.0, 689.5, 14.0)


def _finding(severity: Severity, *boxes: Box) -> Finding:
    message = Message("版面超出版心 1.0 行", "the page runs 1.0 rows past the type area")
    return Finding("page.overfull", severity, message, page_no=2, amount={"rows": -1.0}, boxes=boxes)


def test_an_error_is_filled_in_red_and_says_what_it_is() -> None:
    (mark,) = marks_of(_finding(Severity.ERROR, BOX), 1)
    assert (mark.page_index, mark.box) == (1, BOX)
    assert (mark.style, mark.label) == ("fault", "版面超出版心 1.0 行")


def test_a_narrow_place_bears_the_checks_name() -> None:
    (mark,) = marks_of(_finding(Severity.WARNING, Box(0, 0, WIDE / 2, 10)), 0)
    assert (mark.style, mark.label) == ("note", "版面超出版心")


def test_notes_are_not_marked() -> None:
    assert marks_of(_finding(Severity.NOTE, BOX), 0) == ()


def test_a_finding_without_a_place_has_no_mark() -> None:
    assert marks_of(_finding(Severity.ERROR), 0) == ()
