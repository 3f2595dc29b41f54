"""Why type is not seen, as the interpreter has it: what it is painted with, and what lies under and over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from layout.errors import Message
from layout.preflight.events import Bounds, Event, ImagePainted, Paint, PathPainted, ShadingPainted, TextShown
from layout.preflight.graphics_state import overlap
from layout.preflight.places import covers, holds, where
from layout.preflight.seen.judgement import MIN_SIZE

CLEAR = 0.1
"""Opacity under which ink is all but clear."""

OPAQUE = 0.9
"""Opacity from which a mark hides what lies under it."""

MAX_LOOKED = 20_000
"""Marks looked through for what lies over one run."""

Reason = Literal["mode", "size", "off", "alpha", "clip", "empty", "covered", "no_ink", "tint", "ground", "alike"]

WORDS: Mapping[Reason, Message] = MappingProxyType({
    "mode": Message("文字渲染方式是“不着墨”（Tr 3）", "its rendering mode paints nothing (Tr 3)"),
    "size": Message("字号小得看不见", "it is too small to be seen"),
    "off": Message("在成品之外", "it lies off the sheet"),
    "alpha": Message("几乎全透明", "it is all but clear"),
    "clip": Message("被裁切路径裁去", "it is clipped away"),
    "empty": Message("字体里的字形没有轮廓", "its glyph has no outline in the font"),
    "covered": Message("被后画的东西盖住", "something painted later covers it"),
    "no_ink": Message("白字，底下没有颜色", "it is white on bare paper"),
    "tint": Message("油墨淡得看不见", "its ink is too faint a tint"),
    "ground": Message("和底色一样", "it has its ground's colour"),
    "alike": Message("画与不画一个样", "the page looks the same without it"),
})  # fmt: skip

HINTS: Mapping[Reason, Message] = MappingProxyType({
    "mode": Message("把渲染方式改为填充。", "Let it be filled."),
    "size": Message("放大字号，或删去这些字。", "Set it larger, or take it out."),
    "off": Message("把它移进版面，或删去。", "Move it onto the page, or take it out."),
    "alpha": Message("把颜色改成不透明的。", "Give it an opaque colour."),
    "clip": Message("放大裁切的框（overflow、clip），或移动文字。", "Widen what clips it, or move it."),
    "empty": Message("换一份完整的字体，重新嵌入。", "Embed the font again from a whole one."),
    "covered": Message("把盖住它的东西移到下面或移开。", "Put what covers it beneath or beside it."),
    "no_ink": Message("检查底色是否漏了，或换掉白色。", "See whether its ground is missing, or give it a colour."),
    "tint": Message("用更深的颜色。", "Give it a darker colour."),
    "ground": Message("改字的颜色，或改底色。", "Change its colour, or the ground's."),
    "alike": Message("检查文字的颜色、位置和叠放次序。", "See to its colour, place and order."),
})  # fmt: skip


def reason_of(run: TextShown, place: Bounds, page: Bounds, earlier: Sequence[Event], later: Sequence[Event]) -> Reason:
    """Why the characters of *run* at *place* are not seen on the visible *page*.

    *earlier* and *later* are what the page paints before and after it. That a glyph has no outline is not known here.
    """
    for reason, applies in (
        ("mode", not run.visible),
        ("size", run.size < MIN_SIZE),
        ("off", _share(place, page) < 0.5),
        ("alpha", all(paint.alpha < CLEAR for paint in _paints(run))),
        ("clip", _share(place, run.clip) < 0.5),
        ("covered", _covered(place, later)),
    ):
        if applies:
            return reason  # type: ignore[return-value]  # the rows above are of its kind
    if _ground(place, earlier) is not None:
        return "ground"
    inks = [paint.colour.inks() for paint in _paints(run)]
    if None in inks or any(paint.colour.pattern for paint in _paints(run)):
        return "alike"
    return "tint" if any(inks) else "no_ink"


def _paints(run: TextShown) -> list[Paint]:
    return [paint for paint in (run.fill, run.stroke) if paint is not None]


def _share(box: Bounds, within: Bounds | None) -> float:
    """How much of *box* lies in *within*, by area, or by length of one that has none."""
    if within is None:
        return 1.0
    seen = overlap(within, box)
    if seen[0] > seen[2] or seen[1] > seen[3]:
        return 0.0
    share = 1.0
    for side in (0, 1):
        if (whole := box[side + 2] - box[side]) > 0:
            share *= (seen[side + 2] - seen[side]) / whole
    return share


def _covered(place: Bounds, later: Sequence[Event]) -> bool:
    return any(_hides(event, *_middle(place)) for event in later[:MAX_LOOKED])


def _ground(place: Bounds, earlier: Sequence[Event]) -> Event | None:
    """The mark with ink that was painted last under the middle of *place*."""
    x, y = _middle(place)
    return next((event for event in reversed(earlier[-MAX_LOOKED:]) if _hides(event, x, y) and _has_ink(event)), None)


def _middle(place: Bounds) -> tuple[float, float]:
    return (place[0] + place[2]) / 2, (place[1] + place[3]) / 2


def _hides(event: Event, x: float, y: float) -> bool:
    """Whether a mark covers a point so that nothing under it shows."""
    box = where(event) if isinstance(event, PathPainted | ImagePainted | ShadingPainted) else None
    if box is None or not holds(box, x, y):
        return False
    if isinstance(event, PathPainted):
        return event.fill is not None and event.fill.alpha >= OPAQUE and (event.plain or covers(event, x, y))
    if isinstance(event, ImagePainted):
        return event.alpha >= OPAQUE and not event.mask and covers(event, x, y)
    return True


def _has_ink(event: Event) -> bool:
    return not (isinstance(event, PathPainted) and event.fill is not None and event.fill.colour.white)
