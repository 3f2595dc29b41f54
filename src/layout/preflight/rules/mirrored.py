"""Type that is printed mirrored: it cannot be read. A page of which everything is mirrored is told as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.preflight.events import ImagePainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import touch
from layout.preflight.record import about
from layout.preflight.rules.type_shape import QUOTED, is_set

HINT = Message("把它翻回来（图框的翻转、矩阵里的负号）。", "Turn it round (the frame's flip, a minus in its matrix).")


@about("text.shape", "page.turned")
def mirrored(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.shape``: no type is mirrored; it is an error. ``page.turned``: nor is the whole page."""
    runs = _set_on(sheet)
    wrong = [run for run in runs if run.mirrored]
    if not wrong:
        return
    if is_mirrored(sheet):
        yield job.on(
            sheet,
            "page.turned",
            f"整版是镜像：文字和图片都是反的，如“{wrong[0].text.strip()[:QUOTED]}”。",
            f"The page is mirrored, its type and its pictures: “{wrong[0].text.strip()[:QUOTED]}” reads backwards.",
            boxes=[sheet.trim],
        )
        return
    found = job.on(
        sheet,
        "text.shape",
        f"{len(wrong)} 处文字印成了镜像，读不了，如“{wrong[0].text.strip()[:QUOTED]}”（{wrong[0].size:.1f} pt）。",
        f"{len(wrong)} runs of type are mirrored and cannot be read, such as “{wrong[0].text.strip()[:QUOTED]}”"
        f" ({wrong[0].size:.1f} pt).",
        events=wrong,
        severity=Severity.ERROR,
        runs=len(wrong),
    )
    yield replace(found, hint=Hint(designer=HINT) if job.expected.planned else Hint(maker=HINT))


def is_mirrored(sheet: ExaminedPage) -> bool:
    """Whether all of a page is mirrored: all of its type, and what pictures it has. One run alone is none."""
    runs = _set_on(sheet)
    pictures = [event.ctm for event in sheet.events if isinstance(event, ImagePainted) and not event.mask]
    turned = [a * d - b * c < 0 for a, b, c, d, _, _ in pictures]
    return len(runs) + len(turned) > 1 and all(turned) and bool(runs) and all(run.mirrored for run in runs)


def _set_on(sheet: ExaminedPage) -> list[TextShown]:
    """The type on the trimmed page."""
    trim = sheet.trim
    return [run for run in sheet.events if isinstance(run, TextShown) and is_set(run) and touch(run.box, trim)]


CHECKS = (mirrored,)
