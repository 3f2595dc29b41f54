"""Checks of boxes that lie upon one another: type on type, pictures over type or panels, what leaves its box, text
off the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import ceil

from layout.checks import Finding, Severity
from layout.copyfit.checks.legibility import inks_of, quote, unturned_inks
from layout.errors import Hint, Message, Place
from layout.flows import Flow
from layout.galley.line_demand import elastic
from layout.geometry import IDENTITY, Box, apply, box_around, shared_area
from layout.page.contours import Contour
from layout.page.frames import MeasuredPage, SetLine
from layout.page.obstacles import Obstacle
from layout.page.standing import StandingBox, StandingBoxes

Finder = Callable[[Sequence[str]], Place]
"""Where the design first writes one of some words."""

_NEAR = 1.0
"""Points that two boxes may share, or one may stick out: hairlines, and roundings of lengths."""
_UPON = 0.25
"""Share of the smaller line's ink that may lie upon another line: decorations and tight display type touch."""
_ROW_SHARE = 0.02
"""Share of a row by which a height may differ from whole rows: less is not seen, and roundings are less."""


def box_findings(
    page: MeasuredPage, lines: Sequence[SetLine], standing: StandingBoxes, place_of: Finder
) -> Iterator[Finding]:
    """Everything wrong with how the boxes of *page*, and the *lines* in them, lie upon one another.

    Each names both elements, the lines of the design that write them, and the place on the page.
    """
    told = _Telling(page.page_no, place_of)
    yield from _type_on_type(page, lines, standing, told)
    yield from _pictures_on_type(page, lines, standing, told)
    yield from _pictures_on_panels(standing, told)
    yield from _out_of_boxes(lines, standing, told)
    yield from _off_grid(page, standing, told)


class _Telling:
    """Makes findings that name two elements."""

    def __init__(self, page_no: int, place_of: Finder):
        self._page_no = page_no
        self._place_of = place_of

    def of(
        self, kind: tuple[str, Severity], two: tuple[StandingBox, StandingBox], message: Message, where: Box,
        hint: Message,
    ) -> Finding:  # fmt: skip
        """A finding of a *kind* on *two* elements."""
        check, severity = kind
        places = tuple(self._place_of(each.words) for each in two)
        return Finding(
            check, severity, message, places[0], Hint(designer=hint), self._page_no,
            boxes=(where.rounded(2),), template=places,
            amount={"elements": [each.name for each in two]},
        )  # fmt: skip


def _inks(lines: Sequence[SetLine]) -> dict[str, list[Box]]:
    """The boxes of the ink of every frame's lines, by the frame's key."""
    found: dict[str, list[Box]] = {}
    for line in lines:
        if line.line.text.strip() and line.line.placed:
            found.setdefault(line.frame, []).extend(inks_of(line))
    return found


def _type_on_type(
    page: MeasuredPage, lines: Sequence[SetLine], standing: StandingBoxes, told: _Telling
) -> Iterator[Finding]:
    """Lines that lie upon others by more than decorations and tight display type do; each two flows once.

    What a line holds was set side by side by whoever set it: the marks of a drop cap are no two lines.
    """
    by_key = {each.key: each for each in standing.boxes if each.key}
    inked = [(line, ink) for line in lines if line.line.text.strip() and line.line.placed for ink in inks_of(line)]
    found: set[frozenset[Flow]] = set()
    active: list[tuple[SetLine, Box]] = []
    for line, ink in sorted(inked, key=lambda each: (each[1].y, each[1].x)):
        active = [each for each in active if each[1].bottom > ink.y]
        for other, beneath in active:
            pair = frozenset((line.flow, other.flow))
            if line is other or pair in found or not _upon(line, other, ink, beneath):
                continue
            found.add(pair)
            finding = told.of(
                ("page.type_on_type", Severity.ERROR), (by_key[line.frame], by_key[other.frame]),
                Message(f"字压字：“{quote(line)}”压在“{quote(other)}”上",
                        f"type upon type: “{quote(line)}” lies on “{quote(other)}”"),
                ink, _type_hint(page, line, other),
            )  # fmt: skip
            yield replace(finding, flows=tuple(dict.fromkeys((line.flow, other.flow))))
        active.append((line, ink))


def _type_hint(page: MeasuredPage, line: SetLine, other: SetLine) -> Message:
    """What keeps two lines apart. A contour does not reach the words that go with its picture."""
    for each in (line, other):
        if any(each.frame in shape.holds or each.flow.picture in shape.pictures for shape in page.shapes):
            return Message(f"绕排的轮廓不包括 {each.flow} 的框：给它也写 data-around，或用 shape-outside: margin-box",
                           f"the contour that text runs around does not reach {each.flow}: put data-around on its frame"
                           " too, or use shape-outside: margin-box")  # fmt: skip
    return Message(f"查一查 {line.flow} 和 {other.flow} 两个框的位置和行高",
                   f"see to the places and line heights of {line.flow} and {other.flow}")  # fmt: skip


def _upon(line: SetLine, other: SetLine, ink: Box, beneath: Box) -> bool:
    """Whether type lies on type; turned lines, whose rectangles hold much white, are looked at as they are turned."""
    if line.turn == IDENTITY == other.turn or _share(ink, beneath) <= _UPON:
        return _share(ink, beneath) > _UPON
    quads = [[(box.area, [apply(each.turn, x, y) for x, y in box.corners]) for box in unturned_inks(each)]
             for each in (line, other)]  # fmt: skip
    return any(
        shared_area(one, two) > _UPON * min(area, another)
        for (area, one), (another, two) in product(*quads) if min(area, another) > 0
    )  # fmt: skip


def _share(one: Box, other: Box) -> float:
    """The part of the smaller rectangle that lies within the other."""
    both = _shared(one, other)
    smaller = min(one.area, other.area)
    return both.area / smaller if both is not None and smaller > 0 else 0.0


def _pictures_on_type(
    page: MeasuredPage, lines: Sequence[SetLine], standing: StandingBoxes, told: _Telling
) -> Iterator[Finding]:
    """Pictures that the CSS paints over lines of text. Text that it paints over a picture is meant.

    Of a picture that is cut to its contour that is what the contour reaches.
    """
    inks, boxes = _inks(lines), standing.boxes
    contours = {
        key: shape.contour for shape in page.shapes if shape.contour and shape.cut for key in _keys(page, shape)
    }
    pictures = [index for index, each in enumerate(boxes) if each.kind == "picture"]
    found: dict[tuple[int, tuple[str, ...]], tuple[StandingBox, list[Box]]] = {}
    for at, frame in enumerate(boxes):
        for index in pictures if frame.key in inks else ():
            if boxes[index].order > frame.order and not standing.within(at, index):
                contour = contours.get(boxes[index].key)
                shared = [both for ink in inks[frame.key] if (both := _covered(boxes[index].box, contour, ink))]
                if shared:
                    found.setdefault((index, frame.words), (frame, []))[1].extend(shared)
    for (index, _), (frame, shared) in found.items():
        name, count = boxes[index].name, len(shared)
        yield told.of(
            ("page.picture_on_type", Severity.ERROR), (boxes[index], frame),
            Message(f"图压字：{name} 盖着 {frame.name} 的 {count} 行",
                    f"picture upon type: {name} lies over {count} lines of {frame.name}"),
            shared[0],
            Message("把图移开，或给它加 data-around 让文字绕排；要压图的字，写在图之后并给 position",
                    "move the picture, or put data-around on it so that text runs round; type that shall lie on it"
                    " comes after it, with a position"),
        )  # fmt: skip


def _keys(page: MeasuredPage, shape: Obstacle) -> Iterator[str]:
    """The keys of the pictures that *shape* is, or that stand in its element."""
    yield shape.id
    yield from (box.id for box in page.pictures if box.picture in shape.pictures)


def _covered(box: Box, contour: Contour | None, ink: Box) -> Box | None:
    """What of a line's ink a picture covers."""
    both = _shared(box, ink)
    if contour is None or both is None:
        return both
    across = contour.on_row(both.y, both.bottom)
    return None if across is None else _shared(Box(across[0], both.y, across[1] - across[0], both.height), both)


def _pictures_on_panels(standing: StandingBoxes, told: _Telling) -> Iterator[Finding]:
    """Pictures that cross the edge of a panel beside them, or are covered by it. One wholly on a panel is meant."""
    boxes = standing.boxes
    grounds = [index for index, each in enumerate(boxes) if each.kind == "ground"]
    for at, picture in enumerate(boxes):
        for index in grounds if picture.kind == "picture" else ():
            panel = boxes[index]
            shared = _shared(picture.box, panel.box)
            if shared is None or standing.within(at, index) or standing.within(index, at):
                continue
            if _holds(panel.box, picture.box) and picture.order > panel.order:
                continue
            if _holds(picture.box, panel.box) and panel.order > picture.order:
                continue
            yield told.of(
                ("page.box_on_box", Severity.WARNING), (picture, panel),
                Message(f"图和底框相交：{picture.name} 与 {panel.name} 共 {shared.width:.0f} × {shared.height:.0f} pt",
                        f"a picture crosses a panel: {picture.name} and {panel.name} share"
                        f" {shared.width:.0f} × {shared.height:.0f} pt"),
                shared,
                Message("把两个框分开，或把图放进底框里", "move them apart, or put the picture inside the panel"),
            )  # fmt: skip


def _out_of_boxes(lines: Sequence[SetLine], standing: StandingBoxes, told: _Telling) -> Iterator[Finding]:
    """What sticks out of the tinted or bordered box that it stands in, unless its style moves it there."""
    inks, boxes = _inks(lines), standing.boxes
    for at, inner in enumerate(boxes):
        own = inks.get(inner.key, []) if inner.kind == "text" else [inner.box] if inner.kind != "plain" else []
        outer = inner.parent
        while outer is not None and boxes[outer].kind != "ground":
            outer = boxes[outer].parent
        if outer is None or not own or standing.moved_out(at, outer):
            continue
        panel, around = boxes[outer], box_around(own)
        beyond = max(
            panel.box.x - around.x, panel.box.y - around.y, around.right - panel.box.right,
            around.bottom - panel.box.bottom,
        )  # fmt: skip
        if beyond > _NEAR:
            yield told.of(
                ("page.out_of_box", Severity.WARNING), (inner, panel),
                Message(f"{inner.name} 伸出它的底框 {panel.name} {beyond:.1f} pt",
                        f"{inner.name} reaches {beyond:.1f} pt out of its box {panel.name}"),
                around,
                Message("加大底框，或缩小里面的东西；有意压边的，用负的 margin 或 top、left",
                        "enlarge the box, or make what is in it smaller; where it is meant, say so by a negative margin"
                        " or offset"),
            )  # fmt: skip


def _off_grid(page: MeasuredPage, standing: StandingBoxes, told: _Telling) -> Iterator[Finding]:
    """Columns of running text that begin off the grid, with what stands above them and is no whole row."""
    by_key = {each.key: index for index, each in enumerate(standing.boxes) if each.key and each.kind == "text"}
    named: set[tuple[str, str]] = set()
    for frame in page.frames:
        if not elastic(frame) or frame.type.vertical or abs(frame.type.leading - page.row) > 1e-3:
            continue
        rows = (frame.box.y - page.type_area.y) / page.row
        short = (ceil(rows - _ROW_SHARE) - rows) * page.row
        above = _not_whole(standing, by_key[frame.id], page.row) if frame.id in by_key else None
        if short < _ROW_SHARE * page.row or above is None:
            continue
        own = standing.boxes[by_key[frame.id]]
        if (own.name, above.name) in named:
            continue
        named.add((own.name, above.name))
        yield told.of(
            ("page.off_grid", Severity.WARNING), (above, own),
            Message(f"{above.name} 高 {above.outer.height:.1f} pt，不是整行（一行 {page.row:g} pt），"
                    f"下面 {own.name} 的行要空 {short:.1f} pt 才对得上",
                    f"{above.name} is {above.outer.height:.1f} pt high, no whole row ({page.row:g} pt): the lines of"
                    f" {own.name} below it leave {short:.1f} pt empty to stand on the grid"),
            above.outer,
            Message(f"让它连同 margin 的高是 {page.row:g} pt 的整倍数",
                    f"make its height, margins included, a multiple of {page.row:g} pt"),
        )  # fmt: skip


def _not_whole(standing: StandingBoxes, at: int, row: float) -> StandingBox | None:
    """The nearest box in the flow above one whose height is no whole number of rows."""
    boxes = standing.boxes
    each: int | None = at
    while each is not None:
        own = boxes[each]
        before = [
            other for index, other in enumerate(boxes[:each])
            if index != own.parent and other.parent == own.parent and other.in_flow
            and other.outer.bottom <= own.outer.y + _NEAR
        ]  # fmt: skip
        for other in reversed(before):
            rows = other.outer.height / row
            if abs(rows - round(rows)) > _ROW_SHARE:
                return other
        each = own.parent
    return None


def _shared(one: Box, other: Box) -> Box | None:
    """What two boxes share, where that is more than a hair's breadth."""
    left, top = max(one.x, other.x), max(one.y, other.y)
    wide, high = min(one.right, other.right) - left, min(one.bottom, other.bottom) - top
    return Box(left, top, wide, high) if wide > _NEAR and high > _NEAR else None


def _holds(outer: Box, inner: Box) -> bool:
    return (
        inner.x >= outer.x - _NEAR
        and inner.y >= outer.y - _NEAR
        and inner.right <= outer.right + _NEAR
        and inner.bottom <= outer.bottom + _NEAR
    )
