"""Finds lines too close for their dots, rules and readings, which stand in the space between two lines.

CLREQ handling_interlinear_marks: the space between lines is at least half an em where marks stand on one side of the
line, five eighths where they stand on both. A reading must not touch the line above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layout.checks import Finding, Severity
from layout.composer.ruby import reach
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.galley.inline_spans import RUBY, RUBY_LEAST
from layout.manuscript.model import Paragraph, Run
from layout.page.frames import FrameType

ONE_SIDE, BOTH_SIDES = 1.5, 1.625
"""Least distance of two lines, in em of their type."""
NEAR = 0.01
"""Points by which a leading may miss and pass."""


def cramped(chain: Chain, copy: Iterable[tuple[Paragraph, FrameType]]) -> Iterator[Finding]:
    """One warning for a chain that has marked words on lines too close for them, at the first of them.

    It tells the leading now and the least it may be, in points.
    """
    found: tuple[Run, FrameType] | None = None
    least = 0.0
    for paragraph, type_ in copy:
        marked = next((run for run in paragraph.runs if run.under or run.level == "ruby"), None)
        wanted = least_leading(paragraph, type_) if marked else 0.0
        if marked and type_.leading < wanted - NEAR:
            found, least = found or (marked, type_), max(least, wanted)
    if found:
        run, type_ = found
        now = type_.leading
        yield Finding(
            "line.cramped",
            Severity.WARNING,
            Message(
                f"“{chain}”行距 {now:g} 点，加了记号或注音的字至少要 {least:g} 点：“{run.text[:12]}”",
                f"“{chain}”: lines {now:g} pt apart; words with marks or readings want {least:g} pt: “{run.text[:12]}”",
            ),
            run.place,
            Hint(
                editor=Message("去掉这里的记号或注音。", "Take the marks or readings out."),
                designer=Message(f"把 line-height 放到 {least:g}pt 以上。", f"Set line-height to {least:g}pt or more."),
            ),
            amount={"leading_pt": now, "least_pt": least},
            flows=chain.flows,
        )


def least_leading(paragraph: Paragraph, type_: FrameType) -> float:
    """The least distance of two lines of *paragraph*, in points, rounded up to a tenth; 0 if nothing is marked."""
    under = any(run.under for run in paragraph.runs)
    ruby = any(run.level == "ruby" for run in paragraph.runs)
    if not under and not ruby:
        return 0.0
    sides = BOTH_SIDES if under and ruby else ONE_SIDE
    if type_.vertical and len({kind == "dot" for run in paragraph.runs for kind in run.under}) == 2:
        sides = BOTH_SIDES  # dots on the right, lines on the left
    size = max(type_.roles.get(run.mark, type_.roles["plain"]).size for run in paragraph.runs)
    least = sides * size
    if ruby:
        least = max(least, reach(max(RUBY, RUBY_LEAST / size), vertical=type_.vertical) * size)
    return -(-round(least, 3) * 10 // 1) / 10
