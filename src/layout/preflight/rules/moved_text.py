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
from layout.preflight.page_shift import PageShift, Point
from layout.units import mm

How = Literal["exchanged", "sized", "mirrored", "turned", "moved", "part", "apart"]

TOGETHER = 1.0
"""Points within which several places have moved by the same."""

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

    @property
    def key(self) -> tuple[object, ...]:
        """What is the same of paragraphs that are told together."""
        how = "moved" if self.how == "part" else self.how
        return how, round(self.right), round(self.lower), round(self.scale, 2), self.other and id(self)


def moved_text(job: PreflightJob, sheet: ExaminedPage, again: TextAgain, explained: Explained) -> Iterator[Finding]:
    """``text.place``: one finding for all that moved alike."""
    moved = list(_moved(again))
    groups: dict[tuple[object, ...], list[_Moved]] = {}
    for each in _exchanged(moved, again.shift):
        if not explained.points([now for _, now in each.paragraph.moved(again.shift)] or [each.boxes[0].corners[0]]):
            groups.setdefault(each.key, []).append(each)
    for group in groups.values():
        first = next((each for each in group if each.how != "part"), group[0])
        words = _words(first, again.shift)
        names = list(dict.fromkeys(each.name for each in group))
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
            yield _Moved(paragraph, "sized", *_most(moved), scale)
        elif moved:
            yield _how(paragraph, moved)


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
        return _Moved(paragraph, "turned" if down else "mirrored", *_most(moved))
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


def _words(moved: _Moved, shift: PageShift) -> Message:
    right, lower = mm(moved.right), mm(moved.lower)
    if moved.how == "exchanged" and moved.other is not None:
        other = f"“{moved.other.spot.flow}”"
        return Message(f"和{other}换了位置", f"and {other} have changed places")
    if moved.how == "sized":
        percent = round(100 * moved.scale)
        return Message(f"的字号变成了出版时的 {percent}%", f"is set at {percent} % of the size that it was built with")
    if moved.how in ("mirrored", "turned"):
        zh, en = ("成了镜像", "is mirrored") if moved.how == "mirrored" else ("转了 180°", "is turned by 180°")
        # What stands on the axis has not moved.
        pairs, [(then, now), *_] = moved.paragraph.pairs, moved.paragraph.moved(shift)
        own = [each for each in pairs if abs(each[0][0] + each[1][0] - then[0] - now[0]) <= TOGETHER]
        part = len(own) < MOSTLY * len(pairs)
        return Message(f"{'有一部分' if part else ''}{zh}", f"{en}{' in part' if part else ''}")
    zh, en = _by(right, lower)
    if moved.how == "moved":
        return Message(f"不在出版时的位置：{zh}", f"does not stand where it was built: {en}")
    if moved.how == "part":
        return Message(f"有一部分不在出版时的位置：{zh}", f"does not all stand where it was built: a part is {en}")
    return Message(f"排得与出版时不同，最多差：{zh}", f"is laid out otherwise than it was built, up to {en}")


def _by(right: float, lower: float) -> tuple[str, str]:
    """By how much something has moved, in words."""
    zh, en = [], []
    if abs(right) >= TENTH:
        zh.append(f"{'右' if right > 0 else '左'}移 {abs(right):.1f} mm")
        en.append(f"{abs(right):.1f} mm to the {'right' if right > 0 else 'left'}")
    if abs(lower) >= TENTH:
        zh.append(f"{'下' if lower > 0 else '上'}移 {abs(lower):.1f} mm")
        en.append(f"{abs(lower):.1f} mm further {'down' if lower > 0 else 'up'}")
    return "，".join(zh) or "不到 0.1 mm", ", ".join(en) or "less than 0.1 mm"


TENTH = 0.05
"""Millimetres that are no tenth."""
