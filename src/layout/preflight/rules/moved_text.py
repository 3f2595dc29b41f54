"""Text that reads as it did when it was built, and stands elsewhere, is of another size, or is turned round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.geometry import Box
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.explained import Explained
from layout.preflight.found_text import FoundParagraph, TextAgain
from layout.preflight.job import PreflightJob
from layout.preflight.page_shift import PageShift, Point, distance_words
from layout.units import mm

How = Literal["exchanged", "sized", "drawn", "backwards", "turned", "moved", "part", "apart"]

TOGETHER = 1.0
"""Points within which several places have moved by the same."""

ALIKE = 0.02
"""By how much the sizes of several differ that are told together, as a share."""

NAMED = 3
"""Flows that a finding names."""

GRAVE = 2.8
"""Points, a millimetre, from which text that moved is an error: by less it stands off its grid, which is a warning."""

MOSTLY = 0.9
"""Share of a paragraph's places that have moved, from which it is all of it."""


@dataclass(frozen=True, slots=True)
class _Moved:
    """A paragraph that does not stand as it did."""

    paragraph: FoundParagraph
    how: How
    right: float = 0.0
    lower: float = 0.0
    """By how much it has moved, in points; of what has not moved as one by how much at the most."""
    scale: float = 1.0
    other: FoundParagraph | None = None
    """The paragraph with which it has changed places."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where it is now; of two that have changed places where both are."""
        return tuple(each.box for each in (self.paragraph, *([self.other] if self.other else [])))

    @property
    def name(self) -> str:
        return f"“{self.paragraph.spot.flow}”"

    def like(self, other: _Moved) -> bool:
        """Whether it is told together with another."""
        alike = ("moved", "part")
        if self.how != other.how and not (self.how in alike and other.how in alike):
            return False
        if self.other is not None and other.other is not None:
            return self.name == other.name and self.other.spot.flow == other.other.spot.flow
        near = max(abs(self.right - other.right), abs(self.lower - other.lower)) <= TOGETHER
        return self.how == "drawn" or (near and abs(self.scale - other.scale) <= ALIKE)


def moved_text(job: PreflightJob, sheet: ExaminedPage, again: TextAgain, explained: Explained) -> Iterator[Finding]:
    """``text.place``: one finding for all that moved alike."""
    moved = list(_moved(again))
    groups: list[list[_Moved]] = []
    for each in _exchanged(moved, again.shift):
        if not explained.points([now for _, now in each.paragraph.moved(again.shift)] or [each.boxes[0].corners[0]]):
            group = next((group for group in groups if group[0].like(each)), None)
            if group is None:
                groups.append([each])
            else:
                group.append(each)
    for group in groups:
        first = next((each for each in group if each.how != "part"), group[0])
        names = list(dict.fromkeys(each.name for each in group))
        words = _words(first, again.shift, several=len(names) > 1)
        more = len(names) - NAMED
        zh = "、".join(names[:NAMED]) + (f" 等 {len(names)} 处" if more > 0 else "")
        en = ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
        minor = first.how in ("moved", "part", "apart") and max(abs(first.right), abs(first.lower)) < GRAVE
        found = job.on(
            sheet,
            "text.place",
            f"{zh}{words.zh}。",
            f"{en} {words.en}.",
            severity=Severity.WARNING if minor else None,
            right_mm=round(mm(first.right), 1),
            down_mm=round(mm(first.lower), 1),
            percent=round(100 * first.scale),
        )
        place = next(
            (each.paragraph.spot.place for each in group if each.paragraph.spot.place is not None), found.place
        )
        yield replace(found, place=place, boxes=tuple(box.rounded(1) for each in group for box in each.boxes))


def _moved(again: TextAgain) -> Iterator[_Moved]:
    for paragraph in again.found:
        moved, scale = paragraph.moved(again.shift), paragraph.scaled(again.shift)
        if scale != 1.0:
            yield _Moved(paragraph, _kind_of_size(paragraph, again.shift, scale), *_most(moved), scale)
        elif moved:
            yield _how(paragraph, moved)


def _kind_of_size(paragraph: FoundParagraph, shift: PageShift, scale: float) -> How:
    """Whether a paragraph is set in another size, or only its glyphs have one: those of another face, say."""
    put = [(shift.point(then), now) for then, now in paragraph.pairs]
    wide = max((_spread([then[axis] for then, _ in put]), axis) for axis in (0, 1))
    now = _spread([now[wide[1]] for _, now in put])
    return "sized" if wide[0] and abs(now / wide[0] - 1) > abs(scale - 1) / 2 else "drawn"


def _how(paragraph: FoundParagraph, moved: Sequence[tuple[Point, Point]]) -> _Moved:
    by = [(now[0] - then[0], now[1] - then[1]) for then, now in moved]
    right, lower = by[len(by) // 2]
    as_one = all(max(abs(x - right), abs(y - lower)) <= TOGETHER for x, y in by)
    if as_one:
        whole = len(moved) >= MOSTLY * len(paragraph.before.middles)
        return _Moved(paragraph, "moved" if whole else "part", right, lower)
    # Of what is turned round the sum of the old place and the new one is the same everywhere.
    across = _spread([then[0] + now[0] for then, now in moved]) <= TOGETHER
    if across and _spread([then[0] for then, _ in moved]) > TOGETHER:
        down = _spread([then[1] + now[1] for then, now in moved]) <= TOGETHER < _spread([y for _, y in by])
        return _Moved(paragraph, "turned" if down else "backwards", *_most(moved))
    return _Moved(paragraph, "apart", *_most(moved))


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _most(moved: Sequence[tuple[Point, Point]]) -> tuple[float, float]:
    """The furthest that one of the places has moved."""
    by = ((now[0] - then[0], now[1] - then[1]) for then, now in moved)
    return max(by, key=lambda each: abs(each[0]) + abs(each[1]), default=(0.0, 0.0))


def _exchanged(moved: Sequence[_Moved], shift: PageShift) -> Iterator[_Moved]:
    """The same, two that stand in each other's places as one."""
    left = list(moved)
    while left:
        one = left.pop(0)
        other = next((each for each in left if _in_place_of(one, each, shift) and _in_place_of(each, one, shift)), None)
        if other is not None:
            left.remove(other)
        yield one if other is None else replace(one, how="exchanged", other=other.paragraph)


def _in_place_of(one: _Moved, other: _Moved, shift: PageShift) -> bool:
    then, now = shift.box(other.paragraph.spot.box), one.boxes[0]
    x, y = now.x + now.width / 2, now.y + now.height / 2
    return one.how == "moved" and then.x <= x <= then.right and then.y <= y <= then.bottom


def _of_size(moved: _Moved, *, several: bool) -> Message:
    percent = round(100 * moved.scale)
    if moved.how == "sized":
        is_ = "are" if several else "is"
        return Message(f"的字号变成了出版时的 {percent}%", f"{is_} set at {percent} % of the size of the build")
    still = "are where they were" if several else "is where it was"
    return Message(
        f"的位置没变，字形却是出版时的 {percent}% 大：换了字体，或原地缩放了",
        f"{still} built, with glyphs of {percent} % of their size: another face, or scaled in place",
    )


def _words(moved: _Moved, shift: PageShift, *, several: bool) -> Message:
    right, lower = mm(moved.right), mm(moved.lower)
    is_, does = ("are", "do") if several else ("is", "does")
    if moved.how == "exchanged" and moved.other is not None:
        other = f"“{moved.other.spot.flow}”"
        return Message(f"和{other}换了位置", f"and {other} have changed places")
    if moved.how in ("sized", "drawn"):
        return _of_size(moved, several=several)
    if moved.how in ("backwards", "turned"):
        # Glyphs that are mirrored themselves are text.shape's.
        zh, en = ("排反了", "set backwards") if moved.how == "backwards" else ("转了 180°", "turned by 180°")
        # What stands on the axis has not moved.
        pairs, [(then, now), *_] = moved.paragraph.pairs, moved.paragraph.moved(shift)
        own = [each for each in pairs if abs(each[0][0] + each[1][0] - then[0] - now[0]) <= TOGETHER]
        part = len(own) < MOSTLY * len(pairs)
        return Message(f"{'有一部分' if part else ''}{zh}", f"{is_} {en}{' in part' if part else ''}")
    zh, en = distance_words(right, lower)
    if moved.how == "moved":
        return Message(f"不在出版时的位置：{zh}", f"{does} not stand as built: {en}")
    if moved.how == "part":
        return Message(f"有一部分不在出版时的位置：{zh}", f"{does} not all stand as built: a part is {en}")
    return Message(f"排得与出版时不同，最多差：{zh}", f"{is_} laid out otherwise than built, up to {en}")
