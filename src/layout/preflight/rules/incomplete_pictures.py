"""Pictures of which a part is wanting: not loaded to their end, enlarged from too few pixels, slipped in their frames.

Each is a guess from what the file holds, and so a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding, Severity
from layout.geometry import apply
from layout.preflight.events import Bounds, Event, ImagePainted, PathPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.graphics_state import box_of, overlap
from layout.preflight.job import PreflightJob
from layout.preflight.picture_data import enlarged, remarked
from layout.preflight.picture_tones import FOOT
from layout.preflight.places import touch, where, within
from layout.preflight.record import about
from layout.preflight.rules.pictures import is_ground, may_be_photograph, picture_name

QUARTER = 4
"""By how much a picture that counts as enlarged was enlarged at the least, across and down."""

EDGE = 0.1
"""Share of an empty stretch's sides that is left out at each: the frame's border is painted there."""


@about("image.sound")
def half_loaded(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.sound``: no photograph ends in a flat tone, as one that was not loaded to its end and saved so does."""
    for at, event in enumerate(sheet.events):
        if not isinstance(event, ImagePainted) or not may_be_photograph(job, event):
            continue
        samples = sheet.facts(event).samples
        if samples is None or samples.foot < FOOT or event.space is None or event.space.family == "Indexed":
            continue
        foot = box_of([apply(event.ctm, x, y) for x in (0.0, 1.0) for y in (0.0, samples.foot)])
        shown = where(event)
        if shown is None or _area(overlap(foot, shown)) < FOOT * _area(shown) or _used(sheet.events[at + 1 :], foot):
            continue
        name, percent = picture_name(job, sheet, event), round(100 * samples.foot)
        yield job.on(
            sheet,
            "image.sound",
            f"图片{name.zh}下面 {percent}% 从左到右是一个颜色，上面才是画面：多半没有载完就存下了。",
            f"The lower {percent} % of the picture {name.en} is one flat tone from edge to edge:"
            " most likely it was saved before it was loaded to its end.",
            events=[event],
            severity=Severity.WARNING,
            flat_percent=percent,
        )


def _used(later: tuple[Event, ...], foot: Bounds) -> bool:
    """Whether something stands upon a picture's foot, or hides it: it is then a ground, or nobody sees it."""
    for event in later:
        box = where(event) if isinstance(event, (TextShown, ImagePainted, PathPainted)) and not event.apart else None
        if box is not None and (within(foot, box) if isinstance(event, PathPainted) else touch(foot, box)):
            return True
    return False


@about("image.resolution")
def without_detail(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.resolution``: a photograph's pixels hold detail, and not what a few of them were stretched to."""
    warn = job.press.image_ppi.warn
    for at, event in enumerate(sheet.events):
        if not isinstance(event, ImagePainted) or not may_be_photograph(job, event) or event.line_art:
            continue
        ppi = min(event.ppi)
        if round(ppi) < warn or ppi / QUARTER >= warn or is_ground(sheet, at, event):
            continue
        if not enlarged(event, sheet.facts(event)):
            continue
        name = picture_name(job, sheet, event)
        yield job.on(
            sheet,
            "image.resolution",
            f"图片{name.zh}有 {ppi:.0f} ppi，细节却不多于 {ppi / QUARTER:.0f} ppi 的：多半是小图放大的，"
            f"应不低于 {warn:g}。",
            f"The picture {name.en} has {ppi:.0f} ppi, but no more detail than one of {ppi / QUARTER:.0f} ppi: most"
            f" likely it was enlarged from a small one; {warn:g} or more are wanted.",
            events=[event],
            severity=Severity.WARNING,
            ppi=round(ppi),
            detail_ppi=round(ppi / QUARTER),
        )


@about("image.frame")
def slipped(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.frame``: no picture has slipped in its frame, cut off at one side and with a gap at the other.

    Where the page's own frames are known, ``image.missing`` says it.
    """
    if job.expected.pictures_of(sheet.number):
        return
    for at, event in enumerate(sheet.events):
        frame = event.clip if isinstance(event, ImagePainted) else None
        if not isinstance(event, ImagePainted) or frame is None or event.clips or not may_be_photograph(job, event):
            continue
        gap = _gap(frame, event.box, job.limit("image.frame", "gap"))
        if gap is None or within(sheet.trim, frame) or _others(sheet, at, frame, gap):
            continue
        name, percent = picture_name(job, sheet, event), round(100 * (1 - _area(gap) / _area(frame)))
        yield job.on(
            sheet,
            "image.frame",
            f"图片{name.zh}只占了裁切框的 {percent}%，另一边却裁去了：多半在框里滑开了。",
            f"The picture {name.en} fills only {percent} % of the box that clips it, and is cut off at the other side:"
            " most likely it has slipped in its frame.",
            boxes=[frame],
            filled_percent=percent,
        )


def _gap(frame: Bounds, picture: Bounds, least: float) -> Bounds | None:
    """What a picture that is cut off at one side of its frame leaves empty at the other, if that is *least* of the
    frame's width or height.
    """
    left, bottom, right, top = frame
    x, y, r, u = picture
    if not touch(frame, picture):
        return None
    wide, high = least * (right - left), least * (top - bottom)
    if x - left >= wide and r - right >= wide:
        return left, bottom, x, top
    if right - r >= wide and left - x >= wide:
        return r, bottom, right, top
    if y - bottom >= high and u - top >= high:
        return left, bottom, right, y
    if top - u >= high and bottom - y >= high:
        return left, u, right, top
    return None


def _others(sheet: ExaminedPage, at: int, frame: Bounds, gap: Bounds) -> bool:
    """Whether something else is painted in the gap of a frame: then it is no gap. A ground behind all of it is none."""
    across, up = EDGE * (gap[2] - gap[0]), EDGE * (gap[3] - gap[1])
    middle = gap[0] + across, gap[1] + up, gap[2] - across, gap[3] - up
    for number, event in enumerate(sheet.events):
        box = None if number == at else where(event)
        if box is None or not touch(box, middle):
            continue
        if not isinstance(event, PathPainted) or not within(frame, box, 1.0) or number > at:
            return True
    return False


def _area(box: Bounds) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


@about("image.sound")
def damaged(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.sound``: the decoder has nothing to remark on a JPEG. A build's own photographs were just written; this
    is asked of files that come from somewhere.
    """
    for event in sheet.events:
        if isinstance(event, ImagePainted) and not sheet.facts(event).fault and remarked(event):
            name = picture_name(job, sheet, event)
            yield job.on(
                sheet,
                "image.sound",
                f"图片{name.zh}的数据有损坏：解码器跳过了一段，从那里往下颜色可能不对、错位。",
                f"The data of the picture {name.en} is damaged: the decoder left some out, and below that place colours"
                " may be wrong and blocks out of step.",
                events=[event],
                severity=Severity.WARNING,
            )


CHECKS = (half_loaded, without_detail, slipped)
