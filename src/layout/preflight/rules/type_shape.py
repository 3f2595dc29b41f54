"""Type in the shape that its face has: neither scaled by much, nor leant, nor made bold by a line around it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.errors import Hint, Message
from layout.preflight.events import TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import touch
from layout.preflight.record import about

QUOTED = 12
"""Characters of a run that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Misshapen:
    """Runs that are printed in another shape than their face's, in one way."""

    runs: Sequence[TextShown]
    worst: TextShown
    how: Message
    hint: Message
    amount: float


@about("text.shape")
def shaped(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.shape``: one finding for each way in which type loses its shape."""
    trim = sheet.trim
    runs = [run for run in sheet.events if isinstance(run, TextShown) and is_set(run) and touch(run.box, trim)]
    narrow, wide = job.limit("text.shape", "narrow"), job.limit("text.shape", "wide")
    for found in (
        _scaled([run for run in runs if not narrow <= run.stretch <= wide]),
        _leant([run for run in runs if abs(run.slant) > job.limit("text.shape", "slant")]),
        _bold([run for run in runs if line_of(run) > job.limit("text.shape", "line_em")]),
    ):
        if found is not None:
            sample, size = found.worst.text.strip()[:QUOTED], found.worst.size
            told = job.on(
                sheet,
                "text.shape",
                f"{len(found.runs)} 处文字{found.how.zh}，如“{sample}”（{size:.1f} pt）。",
                f"{len(found.runs)} runs of type {found.how.en}, such as “{sample}” ({size:.1f} pt).",
                events=found.runs,
                runs=len(found.runs),
                amount=round(found.amount, 1),
            )
            yield replace(told, hint=Hint(designer=found.hint) if job.expected.planned else Hint(maker=found.hint))


def _scaled(runs: Sequence[TextShown]) -> Misshapen | None:
    if not runs:
        return None
    worst = max(runs, key=lambda run: max(run.stretch, 1 / run.stretch) if run.stretch else math.inf)
    share = 100 * worst.stretch
    how = Message(f"横向缩放到 {share:.0f}%", f"are scaled to {share:.0f} % across")
    hint = Message("换窄体或宽体的字体，或改字号、栏宽。", "Take a narrow or wide face, or another size or measure.")
    return Misshapen(runs, worst, how, hint, share)


def _leant(runs: Sequence[TextShown]) -> Misshapen | None:
    if not runs:
        return None
    worst = max(runs, key=lambda run: abs(run.slant))
    angle = math.degrees(math.atan(abs(worst.slant)))
    how = Message(f"硬斜了 {angle:.0f}°", f"are leant by {angle:.0f}°, which is no italic of the face")
    return Misshapen(
        runs,
        worst,
        how,
        Message("换楷体、行楷，或有斜体的字体。", "Take another face, or one that has an italic."),
        angle,
    )


def _bold(runs: Sequence[TextShown]) -> Misshapen | None:
    if not runs:
        return None
    worst = max(runs, key=line_of)
    share = 100 * line_of(worst)
    how = Message(f"描边加粗，线宽是字号的 {share:.1f}%", f"are made bold by a line of {share:.1f} % of their size")
    return Misshapen(runs, worst, how, Message("换同一字体更粗的字重。", "Take a heavier weight of the face."), share)


def is_set(run: TextShown) -> bool:
    """Whether it is type on the page with a letter or figure in it; a Type 3 font is as it is drawn."""
    printed = run.visible and not run.apart and not run.cut and run.face.kind not in {"", "Type3"}
    return printed and any(map(str.isalnum, run.text))


def line_of(run: TextShown) -> float:
    """The width, in ems, of a line around the glyphs in their own colour; 0 where there is none."""
    if run.fill is None or run.stroke is None or not run.size or run.fill.colour != run.stroke.colour:
        return 0.0
    return run.stroke_width / run.size


CHECKS = (shaped,)
