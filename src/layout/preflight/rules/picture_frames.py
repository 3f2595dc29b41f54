"""The frames that a page was built with pictures in, and what fills them on the page as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.geometry import Box
from layout.preflight.events import ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.page_geometry import PictureSpot
from layout.preflight.page_shift import PageShift
from layout.preflight.picture_data import remarked
from layout.preflight.picture_tones import look_of, unlike
from layout.preflight.rules.built_looks import same_picture
from layout.preflight.rules.pictures import frame_share
from layout.preflight.seen.picture_cover import PlacedPicture

GONE = 0.01
"""Share of a picture under which nothing is seen of it: an edge at a cover's edge."""

FILLED = 0.9
"""Share of a frame that its picture fills, but for what rounding leaves free at an edge."""


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """A place that the page was built with a picture in, and the picture that fills most of it."""

    spot: PictureSpot
    box: Box
    """Where it lies now: with all of the page it may have moved."""
    share: float
    look: str
    sound: bool = True
    """Whether the data of that picture is whole; of one that is not ``image.sound`` speaks."""


def filled(job: PreflightJob, sheet: ExaminedPage, spot: PictureSpot, placed: Sequence[PlacedPicture]) -> PictureFrame:
    """The frame of *spot* among the pictures *placed* on the page."""
    again = job.again.get(sheet.number)
    frame = (again.shift if again else PageShift()).box(spot.box)
    share, look, sound = 0.0, "", True
    for each in placed:
        for box in sheet.all_boxes([each.visible]):
            if (part := frame_share(frame, box)) > share:
                share, look, sound = part, _look(sheet, each.picture), _sound(job, sheet, each.picture)
    if look:
        job.record.looks[spot.id] = look
    return PictureFrame(spot, frame, share, look, sound)


def _sound(job: PreflightJob, sheet: ExaminedPage, picture: ImagePainted) -> bool:
    """Whether a picture's data is whole, as far as its decoder tells; asked of files that come from somewhere."""
    return not sheet.facts(picture).fault and not (job.expected.again and remarked(picture))


def _look(sheet: ExaminedPage, picture: ImagePainted) -> str:
    samples = sheet.facts(picture).samples
    return look_of(samples, picture.stream) if samples is not None else ""


def may_be(sheet: ExaminedPage, frame: PictureFrame, picture: ImagePainted) -> bool:
    """Whether a picture that is not seen may be the one that a frame lacks."""
    look = _look(sheet, picture)
    return not (look and frame.spot.look and unlike(look, frame.spot.look))


def missing(job: PreflightJob, sheet: ExaminedPage, frames: Sequence[PictureFrame]) -> Iterator[Finding]:
    """``image.missing``: each frame has its picture, all of it."""
    for frame in frames:
        severity: Severity | None = None
        percent = round(100 * frame.share)
        if not frame.spot.box.area:
            # A step of the design may let it go, which is told as a change.
            zh, en, severity = "版式没有显示", "is not displayed by the design", Severity.WARNING
        elif frame.share < GONE:
            zh, en = "不在版面上", "is not on the page"
        elif _is_another(job, sheet, frame):
            instead = _instead(frame, frames)
            zh, en = instead.zh, instead.en
        elif frame.share < FILLED:
            zh, en, severity = f"只占了图框的 {percent}%", f"fills only {percent} % of its frame", Severity.WARNING
        else:
            continue
        picture = frame.spot.picture
        found = job.on(
            sheet,
            "image.missing",
            f"图片“{picture}”{zh}。",
            f"The picture “{picture}” {en}.",
            severity=severity,
            filled_percent=percent,
        )
        yield replace(found, boxes=(frame.box.rounded(1),) if frame.box.area else ())


def _is_another(job: PreflightJob, sheet: ExaminedPage, frame: PictureFrame) -> bool:
    """Whether another picture fills a frame: one that is damaged, or prints otherwise, is the same one still."""
    looks = frame.spot.look and frame.look
    if not looks or not frame.sound or not unlike(frame.spot.look, frame.look):
        return False
    return not same_picture(job, sheet, frame.spot.box)


def _instead(frame: PictureFrame, frames: Sequence[PictureFrame]) -> Message:
    """What stands in a frame instead of its picture."""
    for other in frames:
        if other is not frame and other.spot.look and not unlike(other.spot.look, frame.look):
            name = other.spot.picture
            return Message(f"的位置上是图片“{name}”", f"has the picture “{name}” in its place")
    return Message("的位置上是另一张图", "has another picture in its place")
