"""Pictures that nobody can see: by what the page says of them, and where that does not tell by looking at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, PrintError
from layout.preflight.doubled_type import NEAR
from layout.preflight.events import Bounds, ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob, path_of
from layout.preflight.objects import key
from layout.preflight.picture_data import PictureReading
from layout.preflight.picture_tones import flat_colour, is_white
from layout.preflight.places import touch
from layout.preflight.record import about
from layout.preflight.rules.pages import lies_on_its_side
from layout.preflight.rules.picture_frames import GONE, PictureFrame, filled, may_be, missing
from layout.preflight.rules.pictures import is_ground, is_one_picture, picture_name
from layout.preflight.seen.picture_cover import Covering, PlacedPicture, bare, coverings, placed_pictures
from layout.preflight.seen.picture_look import PictureSeen, viewer

Reason = Literal["layer", "mask", "alpha", "size", "off", "clear", "turned", "clip", "white", "covered", "alike"]

WORDS: Mapping[Reason, Message] = MappingProxyType({
    "layer": Message("所在的图层关着，不印", "its layer is switched off and does not print"),
    "mask": Message("它在一个什么也不透的蒙版后面", "it lies behind a mask that lets nothing through"),
    "alpha": Message("全透明", "it is clear"),
    "size": Message("印出来只有 {size}", "it is printed {size} in size"),
    "off": Message("在成品之外", "it lies off the sheet"),
    "clear": Message("它自己的蒙版把它全遮去", "its own mask leaves nothing of it"),
    "turned": Message("它自己的蒙版只露出空白处，画面都遮去了（蒙版反了）",
                      "its own mask shows only what is blank in it, and hides the rest (the mask is turned round)"),
    "clip": Message("被裁切路径裁去", "it is clipped away"),
    "white": Message("全是白的，没有一点油墨", "it is white all over, without any ink"),
    "covered": Message("被后画的东西盖住", "something painted later covers it"),
    "alike": Message("画与不画一个样", "the page looks the same without it"),
})  # fmt: skip

HINTS: Mapping[Reason, Message] = MappingProxyType({
    "layer": Message("把图层打开再输出；不要这张图就把它删去。", "Switch its layer on, or take the picture out."),
    "mask": Message("去掉蒙版，或让它透光。", "Take the mask away, or let it through."),
    "alpha": Message("改成不透明（opacity、ca）。", "Make it opaque (opacity, ca)."),
    "size": Message("按应有的尺寸放，或删去。", "Give it its size, or take it out."),
    "off": Message("把它移进版面，或删去。", "Move it onto the page, or take it out."),
    "clear": Message("换掉或去掉这张图的蒙版（SMask、Mask）。", "Replace or remove its mask (SMask, Mask)."),
    "turned": Message("把蒙版翻回来（SMask 的 Decode，或蒙版本身）。", "Turn the mask round (its Decode, or itself)."),
    "clip": Message("放大裁切的框（overflow、clip-path），或移动图片。",
                    "Widen what clips it (overflow, clip-path), or move it."),
    "white": Message("换上应有的照片；本来就要留白的，删去这张图。",
                     "Put the photograph in its place; if the place is meant to be white, take the picture out."),
    "covered": Message("把盖住它的东西移到下面或移开（z-index）。",
                       "Put what covers it beneath or beside it (z-index)."),
    "alike": Message("检查图片的颜色、位置和叠放次序。", "See to its colour, place and order."),
})  # fmt: skip

MIN_SIDE = 0.5
"""Points under which nothing of a picture is left. Of few pixels it may be so thin: then it is a line."""

SPOT = 4.0
"""Points: of a picture of LARGE sides that shows no more than a spot of this size nothing is seen."""
LARGE = 20.0

LEFT = 0.002
"""Share of a picture's place under which the shapes of its clips leave nothing of it."""

DOUBT = 0.5
"""Share of a picture that may be covered, from which it is looked at."""

HALF = 0.5
"""Share of a picture under which it is said to be covered."""

MAX_LOOKS = 20
"""Pictures of a page that are looked at; each takes four small drawings."""


@dataclass(frozen=True, slots=True)
class _Unseen:
    """A picture that is not seen, or hardly."""

    placed: PlacedPicture
    reason: Reason
    share: float = 0.0


@about("image.invisible", "image.missing")
def unseen(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``image.invisible``: every picture on the page is seen. ``image.missing``: every one that the page was built with
    stands in its place.
    """
    if not sheet.followed:
        return
    placed = placed_pictures(sheet.events, sheet.sheet)
    lost = _lost(job, sheet, placed)
    spots = job.expected.pictures_of(sheet.number)
    if spots and lies_on_its_side(job, sheet):
        job.record.lacks("turned", "image.missing")
        spots = ()
    if is_one_picture(sheet):  # as image.page says: none of them is by itself any more
        spots = ()
    frames = [filled(job, sheet, spot, placed) for spot in spots]
    empty = [each for each in frames if each.share < GONE]
    for each in lost:
        # A picture that nothing is left of lies nowhere: its place is the frame that lacks it.
        frame = next((one for one in empty if _nowhere(each) and may_be(sheet, one, each.placed.picture)), None)
        if frame is not None:
            empty.remove(frame)
            frames.remove(frame)
        yield _told(job, sheet, each, frame)
    yield from missing(job, sheet, frames)


def _lost(job: PreflightJob, sheet: ExaminedPage, all_placed: Sequence[PlacedPicture]) -> list[_Unseen]:
    """The pictures that are not seen, or hardly. Those of a few pixels are pieces of something larger, and swatches."""
    least = job.limit("image.resolution", "ignore_px")
    placed = [
        each
        for each in all_placed
        if min(each.picture.width, each.picture.height) > least
        and not each.picture.cut
        and not _printers(sheet, each.picture.box)
    ]
    certain = {each.events: reason for each in placed if (reason := _certain(sheet, each)) is not None}
    doubtful = coverings(sheet.events, [each for each in placed if each.events not in certain])
    certain |= {each.placed.events: "clip" for each in doubtful if each.there < LEFT}
    lost = [_Unseen(each, certain[each.events]) for each in placed if each.events in certain]
    covered = [
        each
        for each in doubtful
        if each.there >= LEFT and each.share >= DOUBT and not _shadow(sheet, each.placed.picture)
        and not _laid_again(each.placed, all_placed)
    ]  # fmt: skip
    return [*lost, *_looked_at(job, sheet, covered)]


def _laid_again(one: PlacedPicture, placed: Sequence[PlacedPicture]) -> bool:
    """Whether the same picture is painted again later in about the same place: it is seen, in its copy."""
    number = key(one.picture.stream)
    return number is not None and any(
        key(other.picture.stream) == number
        and other.events[0] > one.events[-1]
        and all(abs(a - b) < NEAR for a, b in zip(one.picture.box, other.picture.box, strict=True))
        for other in placed
    )


def _printers(sheet: ExaminedPage, box: Bounds) -> bool:
    """Whether a picture is the printer's own, beside the page and its bleed."""
    return not touch(box, sheet.paper) and touch(box, sheet.media)


def _certain(sheet: ExaminedPage, placed: PlacedPicture) -> Reason | None:
    """Why a picture is not seen, as far as the page says it in so many words."""
    strokes = [event for at in placed.events if isinstance(event := sheet.events[at], ImagePainted)]
    picture, facts = placed.picture, sheet.facts(placed.picture)
    rows: tuple[tuple[Reason | None, bool], ...] = (
        (strokes[0].hidden or None, all(each.hidden for each in strokes)),
        ("size", _shrunk(picture)),
        ("off", not touch(picture.box, sheet.trim)),
        ("clear", facts.clear),
        ("turned", facts.turned),
        ("clip", placed.visible is None or _spot(picture, placed.visible)),
        ("white", _white(picture, facts) and not is_ground(sheet, placed.events[-1], picture)),
    )
    return next((reason for reason, applies in rows if applies), None)


def _shrunk(picture: ImagePainted) -> bool:
    """Whether a picture is scaled to nothing."""
    width, height = picture.size
    return min(width, height) < MIN_SIDE and max(width, height) < LARGE


def _spot(picture: ImagePainted, seen: Bounds) -> bool:
    """Whether the clips leave but a spot of a large picture."""
    return min(picture.size) >= LARGE and max(seen[2] - seen[0], seen[3] - seen[1]) < SPOT


def _white(picture: ImagePainted, facts: PictureReading) -> bool:
    """Whether a picture is white all over. White that is masked is a shape: a letter, a glow."""
    if facts.samples is None or picture.space is None or picture.mask or picture.masked:
        return False
    colour = flat_colour(facts.samples, picture.space, picture.stream)
    return colour is not None and is_white(colour)


def _shadow(sheet: ExaminedPage, picture: ImagePainted) -> bool:
    """Whether a picture is the shadow or the glow of something, on which that lies: one colour behind a soft mask."""
    samples = sheet.facts(picture).samples
    if not picture.soft_mask or picture.space is None or samples is None:
        return picture.soft_mask
    return flat_colour(samples, picture.space, picture.stream) is not None


def _looked_at(job: PreflightJob, sheet: ExaminedPage, covered: Sequence[Covering]) -> Iterator[_Unseen]:
    """Those of the pictures that may be covered of which the drawn page does not show much."""
    if not covered:
        return
    if len(covered) > MAX_LOOKS:
        job.record.lacks("many", "image.invisible")
    try:
        with viewer(job.readable(), sheet.number - 1, sheet.media, sheet.events) as page:
            for each in covered[:MAX_LOOKS]:
                seen = page.seen(each.placed, each.box)
                if seen is None:
                    job.record.lacks("unmatched", "image.invisible")
                elif seen.share < HALF and (found := _judged(sheet, each, seen)) is not None:
                    yield found
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        job.record.lacks("unopened", "image.invisible")


def _judged(sheet: ExaminedPage, covering: Covering, seen: PictureSeen) -> _Unseen | None:
    picture = covering.placed.picture
    if seen.alone < GONE:  # a white one that drawings stand upon is their ground
        return None if _white(picture, sheet.facts(picture)) else _Unseen(covering.placed, "alike")
    if seen.share < GONE:
        return _Unseen(covering.placed, "covered")
    # Panels with type stand upon a photograph by design.
    return _Unseen(covering.placed, "covered", seen.share) if any(bare(covering, sheet.events)) else None


def _told(job: PreflightJob, sheet: ExaminedPage, each: _Unseen, frame: PictureFrame | None) -> Finding:
    picture, words = each.placed.picture, WORDS[each.reason]
    name, percent = picture_name(job, sheet, picture), round(100 * each.share)
    if each.reason == "size":
        size = " × ".join(f"{side:.2g}" for side in picture.size) + " pt"
        words = Message(words.zh.format(size=size), words.en.format(size=size))
    zh, en = f"图片{name.zh}印出来看不见：{words.zh}。", f"The picture {name.en} will not be seen: {words.en}."
    if each.share:
        zh = f"图片{name.zh}只看得见 {percent}%：{words.zh}。"
        en = f"Only {percent} % of the picture {name.en} is seen: {words.en}."
    path = path_of([picture])
    found = job.on(
        sheet,
        "image.invisible",
        zh + path.zh,
        en + path.en,
        boxes=[each.placed.visible or picture.box],
        severity=Severity.WARNING if each.share else None,
        reason=each.reason,
        seen_percent=percent,
    )
    hint = HINTS[each.reason]
    # Our own photographs are the editor's, all else about them the designer's.
    ours = Hint(editor=hint) if each.reason == "white" else Hint(designer=hint)
    found = replace(
        found,
        hint=ours if job.expected.planned else Hint(maker=hint),
        bare=Message(zh, en) if path.zh else None,
    )
    return found if frame is None else replace(found, boxes=(frame.spot.box.rounded(1),))


def _nowhere(each: _Unseen) -> bool:
    """Whether nothing is left of a picture by which its place would be known."""
    return each.placed.visible is None or each.reason in {"size", "clip"}


CHECKS = (unseen,)
