"""Printed copy and marks as values, for tests that build nothing."""

from __future__ import annotations

from layout.flows import Flow
from layout.geometry import Box
from layout.proof.marks.marks_file import Mark, MarkBox
from layout.proof.printed_copy import PrintedCopy, PrintedLine, PrintedParagraph, PrintedPicture

LONG = 10
"""Characters of a line."""


def paragraph(text: str, flow: str = "river.section-1", number: int = 1, page: int = 1) -> PrintedParagraph:
    """A paragraph in lines of ten characters, each 10 pt high and 100 pt wide."""
    lines = tuple(
        PrintedLine(
            page, Box(0, row * 10, 10 * len(text[at : at + LONG]), 10), at, min(at + LONG, len(text)),
            text[at : at + LONG].encode().hex()[:12],
        )
        for row, at in enumerate(range(0, max(len(text), 1), LONG))
    )  # fmt: skip
    return PrintedParagraph(Flow.parse(flow), number, f"river.md:{number}", text, lines)


def story(*texts: str, flow: str = "river.section-1") -> PrintedCopy:
    """A flow of several paragraphs."""
    return PrintedCopy(tuple(paragraph(text, flow, number) for number, text in enumerate(texts, 1)), ())


def with_pictures(*pictures: PrintedPicture) -> PrintedCopy:
    """A round with pictures alone."""
    return PrintedCopy((), pictures)


def mark(kind: str, copy: PrintedCopy, words: str, text: str = "", *, number: int = 1) -> Mark:
    """A mark of *kind* on *words* in the paragraph *number* of *copy*; of a point, behind them."""
    (found,) = (each for each in copy.paragraphs if each.number == number and words in each.text)
    start, end = found.text.index(words), found.text.index(words) + len(words)
    if kind == "insert":
        start = end
    return Mark(
        id="1", kind=kind, page=1, box=MarkBox(x=1, y=2, width=3, height=4), text=text, flow=str(found.flow),
        paragraph=number, copy=found.text, start=start, end=end, place=found.place, lines=found.digests(start, end),
    )  # fmt: skip
