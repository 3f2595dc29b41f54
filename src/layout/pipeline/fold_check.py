"""The fold of a spread (通版): the sheet is folded down its middle, and a character there is read in two halves."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding, Severity, room_checks
from layout.copyfit.model import ComposedPage
from layout.errors import Message
from layout.issue import PagePlan
from layout.page.frames import SetLine

_EDGE = 0.04
"""How far a character's cell may reach over the fold, in em: there is no ink so near its edge."""


def on_the_fold(plan: PagePlan, composed: ComposedPage) -> Iterator[Finding]:
    """One finding for every line of a spread that has a character across the middle of the sheet."""
    if plan.through is None:
        return
    middle = composed.page.width / 2
    for line in composed.lines:
        words = "".join(each for each, left, right in _cells(line) if left < middle < right)
        if words.strip():
            yield Finding(
                "page.fold",
                Severity.NOTE,
                Message(f"“{words}”压在中缝的折线上：“{line.line.text}”",
                        f"“{words}” stands across the fold, in “{line.line.text}”"),
                hint=room_checks("pipeline")["page.fold"].hint(),
                page_no=plan.number,
                amount={"characters": words, "x": round(middle, 2)},
                flows=(line.flow,),
            )  # fmt: skip


def _cells(line: SetLine) -> Iterator[tuple[str, float, float]]:
    """Every character of *line* with the left and right edge of its ink at the most, in points on the page."""
    em = line.type.size
    edge = _EDGE * em
    for placed in line.line.placed:
        if line.vertical:
            yield placed.cluster.text, line.x + edge, line.x + em - edge
        elif not placed.annotation:
            left = line.x + placed.x * em
            yield placed.cluster.text, left + edge, left + placed.scale * em - edge
