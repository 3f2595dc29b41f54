"""The differences of a file from its seal, one by one in the order of reading: for lists, and for what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.errors import Hint, Message, Place
from layout.flows import PageSource
from layout.geometry import Box
from layout.seal.comparison import SealComparison, listed_words, mark_words
from layout.seal.text_mark import TextMark

OF_TEXT = frozenset({"text.complete", "text.extra", "text.order"})
"""Checks whose findings count what the marks of a page show one by one."""


@dataclass(frozen=True, slots=True)
class SealDifference:
    """One difference."""

    page_no: int | None
    """Of the file, from 1; None of what is on no page."""
    number: int | None
    """Of the page in the edition."""
    where: str
    """The text, the picture or the file that it is about, and where that is written."""
    message: Message
    boxes: tuple[Box, ...]
    """In points from the trimmed page's top left corner."""
    mark: TextMark | None = None
    """Of text: how it is marked."""
    hint: Hint | None = None

    @property
    def listed(self) -> Message:
        """What is told of it in a list, away from the page."""
        return listed_words(self.mark) if self.mark is not None else self.message


def differences(found: SealComparison) -> Iterator[SealDifference]:
    """All of them: page by page the marks in the text, then what else was found; last what is on no page."""
    for page_no in sorted({*found.marks, *(each.page_no for each in found.findings if each.page_no)}):
        yield from _of_page(found, page_no)
    for each in found.findings:
        if not each.page_no:
            place = each.place.file if each.place is not None and each.check.startswith("seal.") else ""
            yield SealDifference(None, None, place, each.message, (), hint=each.hint)


def _of_page(found: SealComparison, page_no: int) -> Iterator[SealDifference]:
    number = found.number(page_no)
    marks = found.marks.get(page_no, ())
    for mark in marks:
        where = _where([mark.flow] if mark.flow is not None else [], mark.place)
        yield SealDifference(page_no, number, where, mark_words(mark), mark.boxes, mark)
    for each in found.findings:
        if each.page_no == page_no and not (marks and each.check in OF_TEXT):
            where = _where(each.sources, each.place)
            # What the preflight says to do is for whoever builds the page; here that was done, and well.
            hint = each.hint if each.check.startswith("seal.") else None
            yield SealDifference(page_no, number, where, each.message, each.boxes, hint=hint)


def _where(sources: Sequence[PageSource], place: Place | None) -> str:
    """What lies there, after where it is written."""
    names = ", ".join(map(str, sources))
    return f"{place} {names}" if names and place is not None else names
