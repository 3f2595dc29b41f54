"""Overprint: small black prints over what lies beneath, white and gray never do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.checks import Finding, Severity
from layout.preflight.events import Bounds, Event, ImagePainted, Paint, PathPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import grown, printed, touch, where, within
from layout.preflight.record import about
from layout.preflight.rule_thickness import Ruler
from layout.preflight.rules.reversed_type import ground_of
from layout.units import MM

NEAR = 0.01
"""Points by which marks beside the page may reach onto it: numbers are written to two or three places."""


@about("overprint.black")
def black_text(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.black``: solid K text below the profile's size overprints, with overprint mode 1.

    Translucent type averages with its ground: it leaves no white edge where plates are out of register.
    """
    below = job.press.overprint.k_text_below_pt
    knocked = [event for event, fill in _small_black_type(sheet, below) if fill.alpha >= 1 and not _over(fill)]
    if knocked:
        yield job.on(
            sheet,
            "overprint.black",
            f"{len(knocked)} 处小于 {below:g} pt 的黑字没有叠印，如“{knocked[0].text.strip()[:12]}”。",
            f"{len(knocked)} runs of black text below {below:g} pt do not overprint,"
            f" such as “{knocked[0].text.strip()[:12]}”.",
            events=knocked,
            runs=len(knocked),
        )


@about("overprint.black")
def black_lines(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.black`` for rules."""
    below = job.press.overprint.k_line_below_pt
    paper = _paper(sheet)
    knocked = [
        event
        for event in sheet.events
        if isinstance(event, PathPainted)
        for paint, lines in _black_lines(event, sheet.ruler, below)
        for _ in range(lines)
        if paint.alpha >= 1 and not _over(paint) and printed(event, paper)
    ]
    if knocked:
        yield job.on(
            sheet,
            "overprint.black",
            f"{len(knocked)} 条细于 {below:g} pt 的黑线没有叠印。",
            f"{len(knocked)} black rules thinner than {below:g} pt do not overprint.",
            events=knocked,
            lines=len(knocked),
        )


@about("overprint.black")
def black_in_groups(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.black`` for small black type that overprints in an isolated group: that holds within the group alone
    (ISO 32000-1, 11.7.4.5), and what lies beneath the group is knocked out.
    """
    below = job.press.overprint.k_text_below_pt
    knocked = [
        event
        for event, fill in _small_black_type(sheet, below)
        if fill.isolated is not None and _over(fill) and ground_of(event, sheet.events[: fill.isolated]).coloured
    ]
    if knocked:
        sample = knocked[0].text.strip()[:12]
        yield job.on(
            sheet,
            "overprint.black",
            f"{len(knocked)} 处小黑字在孤立的透明组里叠印，组下面的颜色照样挖空，如“{sample}”。",
            f"{len(knocked)} runs of small black text overprint in an isolated group, which knocks out what lies"
            f" beneath it all the same, such as “{sample}”.",
            events=knocked,
            runs=len(knocked),
        )


def _small_black_type(sheet: ExaminedPage, below: float) -> Iterator[tuple[TextShown, Paint]]:
    """Type of less than *below* points in solid K, and its paint."""
    paper = _paper(sheet)
    for event in sheet.events:
        if not isinstance(event, TextShown) or event.fill is None or not event.text.strip() or event.cut:
            continue
        if event.fill.colour.solid_black and round(event.size, 1) < below and printed(event, paper):
            yield event, event.fill


def _black_lines(event: PathPainted, ruler: Ruler, below: float) -> Iterator[tuple[Paint, int]]:
    """How black lines are painted that are thin through and through, and how many they are: of a frame with one thick
    side none, for it is painted in one."""
    if event.stroke is not None and event.stroke.colour.solid_black and event.fattest < below:
        yield event.stroke, 1
    if event.fill is not None and event.stroke is None and event.fill.colour.solid_black:
        yield event.fill, sum(len(bar.lines) for bar in ruler.bars(event) if bar.fattest < below)


def _over(paint: Paint) -> bool:
    """Whether K of *paint* really leaves the other plates alone.

    In DeviceCMYK only overprint mode 1 does; DeviceGray always knocks out; a Separation needs no mode.
    """
    family = paint.colour.space.family
    return paint.overprint and family != "DeviceGray" and (paint.opm == 1 or family != "DeviceCMYK")


@about("overprint.icc")
def in_icc(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.icc``: overprint mode 1 is not asked for in ICC-based CMYK."""
    paper = _paper(sheet)
    marks = [
        event
        for event in sheet.events
        if isinstance(event, (TextShown, PathPainted))
        for paint in (event.fill, event.stroke)
        if paint
        and paint.overprint
        and paint.opm == 1
        and paint.colour.space.header == "CMYK"
        and printed(event, paper)
    ]
    if marks:
        yield job.on(
            sheet,
            "overprint.icc",
            f"{len(marks)} 处带 ICC 的 CMYK 用叠印方式 1 叠印。",
            f"{len(marks)} marks in ICC-based CMYK overprint in mode 1.",
            events=marks,
            marks=len(marks),
        )


@about("overprint.white")
def white(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.white``: white (an error) and gray (a warning) do not overprint."""
    for family_zh, family_en, severity, marks in (
        ("白色", "white", None, _overprinting(sheet, white=True)),
        ("灰色", "gray", Severity.WARNING, _overprinting(sheet, white=False)),
    ):
        if marks:
            sample = next((mark for mark, _ in marks if mark), "")
            yield job.on(
                sheet,
                "overprint.white",
                f"{len(marks)} 处{family_zh}叠印" + (f"，如“{sample}”。" if sample else "。"),
                f"{len(marks)} {family_en} marks overprint" + (f", such as “{sample}”." if sample else "."),
                events=(event for _, event in marks),
                severity=severity,
                marks=len(marks),
            )


@about("overprint.colour")
def coloured(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``overprint.colour``: no coloured area overprints what lies beneath it: that shows through."""
    least = job.limit("overprint.colour", "area_mm2") * MM * MM
    found = []
    for at, event in enumerate(sheet.events):
        fill = event.fill if isinstance(event, PathPainted) and not event.apart else None
        box = where(event) if fill is not None and fill.overprint and fill.alpha >= 1 else None
        inks = fill.colour.inks() if fill is not None and box is not None else None
        if not inks or set(inks) <= {"K"} or box is None or (box[2] - box[0]) * (box[3] - box[1]) < least:
            continue
        if fill is not None and _over(fill) and _shows_through(inks, box, sheet.events[:at]):
            found.append(event)
    if found:
        yield job.on(
            sheet,
            "overprint.colour",
            f"{len(found)} 处彩色色块叠印，底下的颜色会透上来。",
            f"{len(found)} coloured areas overprint: what lies beneath them shows through.",
            events=found,
            marks=len(found),
        )


def _shows_through(inks: Mapping[str, float], box: Bounds, beneath: Sequence[Event]) -> bool:
    """Whether an area of these *inks* lets through another ink of what lies *beneath* it, down to what covers all of
    its place.
    """
    for event in reversed(beneath):
        if not isinstance(event, (ImagePainted, PathPainted)) or event.apart:
            continue
        at = where(event)
        if at is None or not touch(at, box):
            continue
        fill = event.fill
        if isinstance(event, ImagePainted):
            other, covers = not event.mask, within(box, at)
        else:
            other = fill is not None and bool(set(fill.colour.inks() or {}) - set(inks))
            covers = event.plain and within(box, at, NEAR) and fill is not None and not fill.overprint
        if other or covers:
            return other
    return False


def _overprinting(sheet: ExaminedPage, *, white: bool) -> list[tuple[str, Event]]:
    """A sample of each white (or else DeviceGray) mark that overprints."""
    found: list[tuple[str, Event]] = []
    paper = _paper(sheet)
    for event in sheet.events:
        if isinstance(event, (TextShown, PathPainted)):
            paints, sample = (event.fill, event.stroke), event.text.strip()[:12] if isinstance(event, TextShown) else ""
        elif isinstance(event, ImagePainted):
            paints, sample = (event.fill, None), event.sample
        else:
            continue
        for paint in paints:
            if paint is None or not paint.overprint:
                continue
            is_white = paint.colour.white
            meant = is_white if white else (paint.colour.space.family == "DeviceGray" and not is_white)
            if meant and printed(event, paper):
                found.append((sample, event))
    return found


def _paper(sheet: ExaminedPage) -> Bounds:
    """What is left of the page when it is cut: what a clip or the cut takes away altogether, as it does the crop marks
    of a placed advertisement, may overprint or not.
    """
    return grown(sheet.paper, -NEAR)


CHECKS = (black_text, black_lines, black_in_groups, white, coloured, in_icc)
