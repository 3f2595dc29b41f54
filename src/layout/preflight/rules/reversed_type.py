"""White type: large and heavy enough for the ground it is cut out of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.checks import Finding
from layout.preflight.events import Event, ImagePainted, PathPainted, ShadingPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.faces import PdfFace
from layout.preflight.job import PreflightJob
from layout.preflight.places import covers, holds, where
from layout.preflight.record import about

MAX_RUNS = 400
"""White runs of a page for which the ground is looked for."""

MAX_LOOKED = 20_000
"""Marks looked through for one run's ground."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground under a run of type."""

    zh: str
    en: str
    inks: int
    """How many inks it has; 4 for pictures and gradients, 0 for bare paper."""
    coloured: bool = True
    """Whether any of them is not black."""


PAPER = Ground("白纸", "bare paper", 0, coloured=False)


@about("text.reversed")
def reversed_type(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.reversed``: white type does not fill in; thin faces need a larger size than heavy ones."""
    limits = job.press.min_type
    small: dict[tuple[bool, float], list[tuple[TextShown, Ground]]] = {}
    for event, ground in _white_runs(sheet):
        heavy = is_heavy(event.face, job)
        least = limits.reversed if heavy else max(limits.reversed, limits.reversed_thin)
        if round(event.size, 1) < least and ground.inks:
            small.setdefault((heavy, least), []).append((event, ground))
    for (heavy, least), runs in small.items():
        event, ground = min(runs, key=lambda run: run[0].size)
        zh, en = ("粗体", "heavy") if heavy else ("细体", "thin")
        yield job.on(
            sheet,
            "text.reversed",
            f"{len(runs)} 处{zh}反白字不到 {least:g} pt，最小 {event.size:.1f} pt，如“{event.text.strip()[:12]}”，"
            f"底下是{ground.zh}。",
            f"{len(runs)} runs of white type in a {en} face are below {least:g} pt, down to {event.size:.1f} pt,"
            f" such as “{event.text.strip()[:12]}” on {ground.en}.",
            events=(run for run, _ in runs),
            runs=len(runs),
            size_pt=round(event.size, 2),
            ground_inks=ground.inks,
        )


def _white_runs(sheet: ExaminedPage) -> Iterator[tuple[TextShown, Ground]]:
    """Every run of white type and what it stands on."""
    count = 0
    for index, event in enumerate(sheet.events):
        if not isinstance(event, TextShown) or event.fill is None or not event.text.strip() or not event.face.kind:
            continue
        if event.fill.colour.white and count < MAX_RUNS and not event.cut:
            count += 1
            yield event, ground_of(event, sheet.events[max(0, index - MAX_LOOKED) : index])


def ground_of(run: TextShown, earlier: Sequence[Event]) -> Ground:
    """What was painted last under the middle of *run*: paths and pictures by their shape, clips by their box."""
    left, bottom, right, top = run.box
    x, y = (left + right) / 2, (bottom + top) / 2
    for event in reversed(earlier):
        if isinstance(event, PathPainted):
            # The cheap questions first: a page has thousands of paths.
            if event.fill is None or event.fill.alpha < 0.5 or not any(holds(each, x, y) for each in event.subpaths):
                continue
        elif not isinstance(event, (ImagePainted, ShadingPainted)):
            continue
        box = where(event)
        if box is None or not holds(box, x, y) or not _covers(event, x, y):
            continue
        if (ground := _ground(event)) is not None:
            return ground
    return PAPER


def _covers(event: PathPainted | ImagePainted | ShadingPainted, x: float, y: float) -> bool:
    """Whether it really lies under a point, where its box does. Gradients fill their box."""
    if isinstance(event, ShadingPainted) or (isinstance(event, PathPainted) and event.plain):
        return True
    return covers(event, x, y)


def _ground(event: PathPainted | ImagePainted | ShadingPainted) -> Ground | None:
    """What a mark is as a ground; ``None`` for a stencil, which is mostly holes."""
    if isinstance(event, ShadingPainted):
        return Ground("渐变", "a gradient", 4)
    if isinstance(event, ImagePainted):
        return Ground("图片", "a picture", 4) if event.fill is None else None
    inks = event.fill.colour.inks() if event.fill is not None else None
    if event.fill is None or inks is None or event.fill.colour.pattern:
        return Ground("图案或其他颜色", "a pattern or another colour", 4)
    coloured = set(inks) != {"K"}
    return Ground(f"{len(inks)} 色底", f"{len(inks)} ink(s)", len(inks), coloured=coloured) if inks else PAPER


def is_heavy(face: PdfFace, job: PreflightJob) -> bool:
    """Whether a face's strokes are thick, by its weight or else its name: 黑体 is, 宋体 is not."""
    words = face.plain_name.casefold()
    light = any(word in words for word in job.words("text.reversed", "light"))
    return not light and any(word in words for word in job.words("text.reversed", "heavy"))


CHECKS = (reversed_type,)
