"""What of a page looks otherwise than when it was built, where no other finding explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Message
from layout.geometry import Box, box_around
from layout.preflight.built_page import BuiltPage, NamedSpot
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.explained import Explained
from layout.preflight.found_text import TextAgain
from layout.preflight.job import PreflightJob
from layout.preflight.page_shift import PageShift
from layout.preflight.record import about
from layout.preflight.rules.built_looks import TONE, TwoLooks, tiles_of, two_looks
from layout.preflight.rules.changed_pictures import changed_pictures
from layout.preflight.rules.moved_text import moved_text
from layout.units import mm

SINGLE = 2 * TONE
"""Of 255: by how much one tile by itself must differ, which may be a speck of a renderer's rounding."""

NAMED = 3
"""Things that a finding names."""

MOST = 0.6
"""Share of a page's tiles from which it is said to look otherwise all over."""


@about("text.place", "image.changed", "page.looks")
def unexplained(job: PreflightJob, sheet: ExaminedPage, found: Sequence[Finding]) -> Iterator[Finding]:
    """``text.place``, ``image.changed`` and ``page.looks``, where none of what was *found* says so already.

    Of a file that was not saved again since its build nothing is asked.
    """
    built, again = job.expected.built_of(sheet.number), job.again.get(sheet.number)
    if built is None:
        return
    explained = Explained.by(found, sheet.number, built.known)
    if again is None or not any(each.before.middles for each in again.found):
        job.record.lacks("unsaid", "text.place")
    elif explained.whole:
        job.record.lacks("otherwise", "text.place")
    else:
        explained = explained.also(again.shift.box(each.spot.box) for each in again.changed)
        moved = list(moved_text(job, sheet, again, explained))
        yield from moved
        explained = explained.also(box for each in moved for box in each.boxes)
    looks = None if explained.whole else two_looks(job, sheet)
    if looks is None:
        job.record.lacks("unsaid" if built.look is None else "otherwise", "image.changed", "page.looks")
        return
    spoken = tiles_of(looks.then, (*explained.around(looks.then.side), *_of_moved(again)))
    pictures = list(changed_pictures(job, sheet, looks, spoken, explained))
    yield from pictures
    spoken |= tiles_of(looks.then, [box for each in pictures for box in each.boxes])
    yield from _otherwise(job, sheet, built, looks, looks.changed() - spoken)


def _of_moved(again: TextAgain | None) -> Iterator[Box]:
    """Where text stood that stands elsewhere now, and where it stands."""
    for each in again.found if again is not None else ():
        if each.moved(PageShift()) or each.scaled(PageShift()) != 1.0:
            yield from (each.spot.box, each.box)


def _otherwise(
    job: PreflightJob, sheet: ExaminedPage, built: BuiltPage, looks: TwoLooks, tiles: frozenset[int]
) -> Iterator[Finding]:
    """``page.looks``: one finding for all places, the largest first."""
    places = [
        place
        for place in _connected(tiles, looks.then.columns)
        if len(place) > 1 or looks.exact or max(looks.tone_apart(place[0])) > SINGLE
    ]
    if not places:
        return
    boxes = [box_around([looks.then.box(at) for at in place]) for place in sorted(places, key=len, reverse=True)]
    first, percent = boxes[0], round(100 * sum(map(len, places)) / len(looks.then.detail))
    wide, high, across, down = (mm(each) for each in (first.width, first.height, first.x, first.y))
    names = _names(built.spots, boxes)
    zh = f"，宽 {wide:.0f} mm、高 {high:.0f} mm，在离左边 {across:.0f} mm、离上边 {down:.0f} mm 处"
    en = f", {wide:.0f} × {high:.0f} mm, {across:.0f} mm from the left and {down:.0f} mm from the top"
    if len(boxes) > 1:
        zh, en = f"：{len(boxes)} 处，最大的一处{zh[1:]}", f" in {len(boxes)} places, the largest{en[1:]}"
    if percent >= 100 * MOST:
        zh, en = f"：全版的 {percent}%", f": {percent} % of it"
    found = job.on(
        sheet,
        "page.looks",
        f"这一版看上去与出版时不同{zh}{f'（{names.zh}）' if names.zh else ''}。",
        f"The page looks otherwise than it was built{en}{f' ({names.en})' if names.en else ''}.",
        places=len(boxes),
        changed_percent=percent,
    )
    place = next((spot.place for spot in _standing(built.spots, first) if spot.place is not None), found.place)
    yield replace(found, place=place, boxes=tuple(box.rounded(1) for box in boxes))


def _connected(tiles: frozenset[int], columns: int) -> Iterator[list[int]]:
    """Tiles that touch, at a corner at least."""
    left = set(tiles)
    while left:
        place = [left.pop()]
        for at in place:
            beside = [at - columns, at, at + columns]
            near = {
                each + step for each in beside for step in (-1, 0, 1) if abs((each + step) % columns - at % columns) < 2
            }
            place += sorted(near & left)
            left -= near
        yield place


def _names(spots: Sequence[NamedSpot], boxes: Sequence[Box]) -> Message:
    """What stands in *boxes*."""
    names = list(dict.fromkeys(spot.name for box in boxes for spot in _standing(spots, box)[:1]))
    more = len(names) - NAMED
    return Message(
        "、".join(name.zh for name in names[:NAMED]) + (f" 等 {len(names)} 样" if more > 0 else ""),
        ", ".join(name.en for name in names[:NAMED]) + (f" and {more} more" if more > 0 else ""),
    )


def _standing(spots: Sequence[NamedSpot], box: Box) -> list[NamedSpot]:
    """What stands in a box, that first which fills most of it; of what is as large copy and pictures,
    then the smaller, which says more."""
    shared = [(spot, _shared(spot.box, box)) for spot in spots]
    standing = [(area, not spot.drawn, -spot.box.area, index) for index, (spot, area) in enumerate(shared) if area > 0]
    return [spots[index] for *_, index in sorted(standing, reverse=True)]


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return wide * high if wide > 0 and high > 0 else 0.0
