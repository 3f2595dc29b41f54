"""Colour: which spaces and inks a page uses, and what its type is printed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Hint, Message
from layout.preflight.colours import Space
from layout.preflight.events import Event, GroupBegun, ImagePainted, PathPainted, ShadingPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import reaches, where, within
from layout.preflight.record import about
from layout.preflight.rules.marks_inside import unless_marks
from layout.press import ICC_COMPONENTS

ALLOWED = frozenset({"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern", ""})
"""Spaces that need no conversion at the plant; "" is reported by ``content.sound``."""

WHAT = {
    TextShown: ("文字", "text"), PathPainted: ("图形", "drawing"), ImagePainted: ("图片", "picture"),
    ShadingPainted: ("渐变", "gradient"), GroupBegun: ("透明组", "transparency group"),
}  # fmt: skip
Use = tuple[Space, Event, str]
"""A space, the mark it is used by, and a sample of it."""


@about("colour.space")
def spaces(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``colour.space``: every mark is CMYK, gray or a spot colour over these."""
    found: dict[tuple[str, str], list[tuple[str, Event]]] = {}
    for space, event, sample in uses(sheet):
        family = _strange(space)
        if family:
            found.setdefault((family, type(event).__name__), []).append((sample, event))
    words = {kind.__name__: message for kind, message in WHAT.items()}
    for (family, kind_name), samples in found.items():
        zh, en = words[kind_name]
        sample = next((each for each, _ in samples if each), "")
        told = job.on(
            sheet,
            "colour.space",
            f"{len(samples)} 处{zh}用了 {family}" + (f"，如“{sample}”。" if sample else "。"),
            f"{len(samples)} marks ({en}) are in {family}" + (f", such as “{sample}”." if sample else "."),
            events=(event for _, event in samples),
            marks=len(samples),
        )
        own = job.expected.planned and not job.placed
        hint = Hint(designer=PROFILED) if own else Hint(maker=PROFILED)
        yield replace(told, hint=hint) if family.startswith(PROFILED_CMYK) else told


def is_strange(space: Space) -> bool:
    """Whether a colour space is one that the plant would have to convert."""
    return bool(_strange(space))


PROFILED_CMYK = "ICCBased CMYK"
PROFILED = Message(
    "请去掉配置文件，颜色就按数值印；分色时用的是别家的条件，就转换到印厂的条件。",
    "Take the profile away, and the amounts of ink print as they are; if they were made for another condition, convert"
    " them to the press's.",
)
"""What to do about CMYK with a profile of its own: it is CMYK already."""


def _strange(space: Space) -> str:
    """The family to complain of, or nothing."""
    root = space.root
    if root.family in {"Separation", "DeviceN"} and root.base is not None:
        return _strange(root.base)
    if root.family == "Pattern" and root.base is not None:
        return _strange(root.base)
    if root.family in ALLOWED:
        return ""
    if root.family == "ICCBased":
        wrong = root.header and ICC_COMPONENTS.get(root.header) != root.components
        named = f" “{root.profile}”" if root.profile else ""
        return f"ICCBased {root.header or '?'}{named}" + (f" (N={root.components})" if wrong else "")
    return root.family


def uses(sheet: ExaminedPage) -> Iterator[Use]:
    """Every use of a colour space by a mark that prints."""
    for event in sheet.events:
        if isinstance(event, (TextShown, PathPainted)):
            sample = event.text.strip()[:12] if isinstance(event, TextShown) else ""
            for paint in (event.fill, event.stroke):
                if paint is not None:
                    yield paint.colour.space, event, sample
        elif isinstance(event, ImagePainted):
            if event.space is not None:
                yield event.space, event, event.sample
            if event.fill is not None:
                yield event.fill.colour.space, event, event.sample
        elif isinstance(event, (ShadingPainted, GroupBegun)) and event.space is not None:
            yield event.space, event, ""


@about("ink.total")
def total(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``ink.total`` for flat colours: no fill, line or text has more ink than the paper holds.

    Photographs and what lies over one another need a raster of the plates; this is not it.
    """
    limit = job.press.ink_limit
    paper = sheet.paper
    heavy: dict[int, list[tuple[str, Event]]] = {}
    for event in unless_marks(sheet):
        if not isinstance(event, (TextShown, PathPainted)):
            continue
        for paint in (event.fill, event.stroke):
            inks = paint.colour.inks() if paint else None
            percent = round(100 * paint.alpha * sum(inks.values())) if paint and inks else 0
            # Crop marks beside the page are in all inks, and are cut off.
            if percent > limit and paint and reaches(event, paper):
                heavy.setdefault(percent, []).append((str(paint.colour), event))
    for percent, marks in sorted(heavy.items(), reverse=True):
        yield job.on(
            sheet,
            "ink.total",
            f"{len(marks)} 处总墨量 {percent}%，超过 {limit:g}%（{marks[-1][0]}）。",
            f"{len(marks)} marks have {percent} % ink in all, over {limit:g} % ({marks[-1][0]}).",
            events=(event for _, event in marks),
            ink_percent=percent,
            marks=len(marks),
        )


@about("ink.tone")
def faint(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``ink.tone``: no flat tint is so light in all of its inks that the press does not hold it. Type is
    ``text.invisible``'s matter; what is white on purpose has no ink at all; the outer steps of a blend fade on purpose.
    """
    least = job.press.min_tone
    pale = list(_tints(sheet, STEPS * least))
    # The written number counts: 0.03 is three per cent.
    found = [each for each in pale if each[0] < least - 0.01 and not _is_step(each, pale, least)]
    if found:
        lightest, colour, _ = min(found, key=lambda each: each[0])
        yield job.on(
            sheet,
            "ink.tone",
            f"{len(found)} 处底色淡于 {least:g}%，印不出网点，最淡的 {lightest:.2g}%（{colour}）。",
            f"{len(found)} tints are lighter than {least:g} %, of which the press holds no dot, down to"
            f" {lightest:.2g} % ({colour}).",
            events=(event for _, _, event in found),
            tone_percent=round(lightest, 2),
            marks=len(found),
        )


STEPS = 3
"""By how many least tones the pale steps of a blend reach up."""

SCRAP = 3.0
"""Points: a mark that is smaller is a scrap of a drawing, which nobody misses."""

Tint = tuple[float, str, PathPainted]
"""The percentage of a flat tint's fullest ink, its colour, and the mark."""


def _tints(sheet: ExaminedPage, below: float) -> Iterator[Tint]:
    """The flat tints that are paler than *below* (percent)."""
    paper = sheet.paper
    for event in sheet.events:
        if not isinstance(event, PathPainted) or event.hidden or event.apart:
            continue
        for paint in (event.fill, event.stroke):
            inks = paint.colour.inks() if paint else None
            percent = 100 * max(inks.values()) * paint.alpha if paint and inks else 0.0
            if paint and 0 < percent < below and not _is_scrap(event) and reaches(event, paper):
                yield percent, str(paint.colour), event


def _is_scrap(event: PathPainted) -> bool:
    box = where(event)
    return box is None or max(box[2] - box[0], box[3] - box[1]) < SCRAP


def _is_step(tint: Tint, pale: Sequence[Tint], least: float) -> bool:
    """Whether a tint is a step of a blend: one within another, each a little darker."""
    tone, _, mark = tint
    box = where(mark)
    for other, _, beside in pale:
        there = where(beside) if 0 < abs(other - tone) <= least else None
        if box and there and (within(box, there) or within(there, box)):
            return True
    return False


CHECKS = (spaces, total, faint)
