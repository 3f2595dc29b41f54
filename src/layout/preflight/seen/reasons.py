"""Why type is not seen, as the interpreter has it: what it is painted with, and what lies under and over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from layout.errors import Message
from layout.preflight.events import Bounds, Event, ImagePainted, Paint, PathPainted, ShadingPainted, TextShown
from layout.preflight.graphics_state import overlap
from layout.preflight.places import covers, holds, touch, where
from layout.preflight.seen.judgement import MIN_SIZE

CLEAR = 0.1
"""Opacity under which ink is all but clear."""

OPAQUE = 0.9
"""Opacity from which a mark hides what lies under it."""

MAX_LOOKED = 20_000
"""Marks looked through for what lies over one run."""

FAINT_INK = 0.25
"""Ink of all plates together, 1 for a solid, from which type is no faint tint: on bare paper it is seen."""

SAMPLED = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where a place is looked at, across and up, as shares of its sides."""

PART = 0.3
"""Share of the looked-at points of a place that must be covered: a character is lost when half of its ink is, and the
ink is not spread evenly."""

SAME = 0.15
"""Ink of one plate by which type and ground may differ and still be called alike."""

Reason = Literal[
    "mode", "size", "layer", "mask", "transfer", "off", "alpha", "clip", "empty", "covered", "blend", "no_ink", "tint",
    "ground", "mixed", "alike",
]  # fmt: skip

CERTAIN: frozenset[Reason] = frozenset({"mode", "size", "layer", "mask", "transfer", "off", "clip"})
"""Reasons for which an outline is missing that the font has."""

WORDS: Mapping[Reason, Message] = MappingProxyType({
    "mode": Message("文字渲染方式是“不着墨”（Tr 3）", "its rendering mode paints nothing (Tr 3)"),
    "size": Message("字号小得看不见", "it is too small to be seen"),
    "layer": Message("它在关着的图层里", "it is on a layer that is switched off"),
    "mask": Message("软蒙版把它遮没了", "a soft mask hides it"),
    "transfer": Message("传递曲线（TR）把它的墨变没了", "a transfer curve (TR) takes its ink away"),
    "off": Message("在成品之外", "it lies off the sheet"),
    "alpha": Message("几乎全透明", "it is all but clear"),
    "clip": Message("被裁切路径裁去", "it is clipped away"),
    "empty": Message("字体里的字形没有轮廓", "its glyph has no outline in the font"),
    "covered": Message("被后画的东西盖住", "something painted later covers it"),
    "blend": Message("混合方式“{blend}”使它和底下的颜色混没了", "it blends with what lies there, by “{blend}”"),
    "mixed": Message("后画的东西压在它上面，剩下的认不出来", "what is painted over it leaves too little of it"),
    "no_ink": Message("白字，底下没有颜色", "it is white on bare paper"),
    "tint": Message("油墨淡得看不见", "its ink is too faint a tint"),
    "ground": Message("和底色一样", "it has its ground's colour"),
    "alike": Message("画与不画一个样", "the page looks the same without it"),
})  # fmt: skip

HINTS: Mapping[Reason, Message] = MappingProxyType({
    "mode": Message("把渲染方式改为填充。", "Let it be filled."),
    "size": Message("放大字号，或删去这些字。", "Set it larger, or take it out."),
    "layer": Message("打开这个图层，或连同里面的字删去，再合并图层。", "Switch it on or take it out; then flatten."),
    "mask": Message("去掉软蒙版，或改它的灰度。", "Take the soft mask away, or make it lighter."),
    "transfer": Message("去掉图形状态里的传递曲线（TR、TR2）。", "Take TR and TR2 out of the graphics states."),
    "off": Message("把它移进版面，或删去。", "Move it onto the page, or take it out."),
    "alpha": Message("把颜色改成不透明的。", "Give it an opaque colour."),
    "clip": Message("放大裁切的框（overflow、clip），或移动文字。", "Widen what clips it, or move it."),
    "empty": Message("换一份完整的字体，重新嵌入。", "Embed the font again from a whole one."),
    "covered": Message("把盖住它的东西移到下面或移开。", "Put what covers it beneath or beside it."),
    "blend": Message("把混合方式改为 Normal，或移开重叠的东西。", "Set the mode to Normal, or move what overlaps."),
    "mixed": Message("把压着它的东西移到下面或移开。", "Put what lies on it beneath or beside it."),
    "no_ink": Message("检查底色是否漏了，或换掉白色。", "See whether its ground is missing, or give it a colour."),
    "tint": Message("用更深的颜色。", "Give it a darker colour."),
    "ground": Message("改字的颜色，或改底色。", "Change its colour, or the ground's."),
    "alike": Message("检查文字的颜色、位置和叠放次序。", "See to its colour, place and order."),
})  # fmt: skip


def reason_of(run: TextShown, place: Bounds, page: Bounds, earlier: Sequence[Event], later: Sequence[Event]) -> Reason:
    """Why the characters of *run* at *place* are not seen on the visible *page*.

    *earlier* and *later* are what the page paints before and after it. That a glyph has no outline is not known here.
    """
    over = [event for event in later[:MAX_LOOKED] if (box := where(event)) is not None and touch(box, place)]
    for reason, applies in (
        ("mode", not run.visible),
        ("size", run.size < MIN_SIZE),
        ("layer", run.hidden == "layer"),
        ("mask", run.hidden == "mask"),
        ("off", _share(place, page) < 0.5),
        ("alpha", run.hidden == "alpha" or all(paint.alpha < CLEAR for paint in _paints(run))),
        ("clip", _share(place, run.clip) < 0.5),
        ("transfer", run.transfer),
        ("covered", _covered(place, over)),
        ("blend", blend_of(run, place, over) != NORMAL),
        ("mask", run.veiled),
    ):
        if applies:
            return reason  # type: ignore[return-value]  # the rows above are of its kind
    ground = _ground(place, earlier)
    if ground is not None and _alike(run, ground):
        return "ground"
    if _share(place, run.clip) < 1 - PART / 2:
        return "clip"
    mixed = any(isinstance(event, (PathPainted, ImagePainted, ShadingPainted)) for event in over)
    return "mixed" if mixed else _of_ink(run)


def _of_ink(run: TextShown) -> Reason:
    """The reason where nothing lies on or under the type: its ink."""
    inks = [paint.colour.inks() for paint in _paints(run)]
    if None in inks or any(paint.colour.pattern for paint in _paints(run)):
        return "alike"
    amount = max((sum((each or {}).values()) for each in inks), default=0.0)
    if amount >= FAINT_INK:
        return "alike"
    return "tint" if amount else "no_ink"


def blend_of(run: TextShown, place: Bounds, later: Sequence[Event]) -> str:
    """The blend mode by which type may vanish in what lies there: its own, or that of what is painted over it."""
    painted = [paint.blend for paint in _paints(run)]
    for event in later:
        if isinstance(event, PathPainted) and event.fill is not None and _over(event, place) >= PART:
            painted.append(event.fill.blend)
    return next((each for each in painted if each not in {NORMAL, "Compatible"}), NORMAL)


NORMAL = "Normal"


def _alike(run: TextShown, ground: Event) -> bool:
    """Whether type has about the inks of its ground, or one of the two is not known."""
    fill = ground.fill if isinstance(ground, PathPainted) else None
    one = run.fill.colour.inks() if run.fill is not None else None
    other = fill.colour.inks() if fill is not None else None
    if one is None or other is None:
        return True
    return all(abs(one.get(ink, 0.0) - other.get(ink, 0.0)) <= SAME for ink in {*one, *other})


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


def _covered(place: Bounds, over: Sequence[Event]) -> bool:
    """Whether so much of *place* is covered by what is painted over it that a character is lost."""
    points = _points(place)
    hidden = [any(_hides(event, x, y) for event in over) for x, y in points]
    return _hides_middle(place, over) or sum(hidden) >= PART * len(points)


def _hides_middle(place: Bounds, over: Sequence[Event]) -> bool:
    return any(_hides(event, *_middle(place)) for event in over)


def _over(event: PathPainted, place: Bounds) -> float:
    """The share of *place* that a filled path covers."""
    points = _points(place)
    return sum(covers(event, x, y) for x, y in points) / len(points)


def _points(place: Bounds) -> list[tuple[float, float]]:
    left, bottom, right, top = place
    return [(left + across * (right - left), bottom + up * (top - bottom)) for across in SAMPLED for up in SAMPLED]


def _ground(place: Bounds, earlier: Sequence[Event]) -> Event | None:
    """The mark with ink that was painted last under the middle of *place*."""
    x, y = _middle(place)
    return next((event for event in reversed(earlier[-MAX_LOOKED:]) if _hides(event, x, y) and _has_ink(event)), None)


def _middle(place: Bounds) -> tuple[float, float]:
    return (place[0] + place[2]) / 2, (place[1] + place[3]) / 2


def _hides(event: Event, x: float, y: float) -> bool:
    """Whether a mark covers a point so that nothing under it shows."""
    box = where(event) if isinstance(event, (PathPainted, ImagePainted, ShadingPainted)) else None
    if box is None or not holds(box, x, y):
        return False
    if isinstance(event, PathPainted):
        fill = event.fill
        opaque = fill is not None and fill.alpha >= OPAQUE and fill.blend in {NORMAL, "Compatible"}
        return opaque and not event.hidden and (event.plain or covers(event, x, y))
    if isinstance(event, ImagePainted):
        return (
            event.alpha >= OPAQUE and not event.mask and not event.masked and not event.hidden and covers(event, x, y)
        )
    return True


def _has_ink(event: Event) -> bool:
    return not (isinstance(event, PathPainted) and event.fill is not None and event.fill.colour.white)
