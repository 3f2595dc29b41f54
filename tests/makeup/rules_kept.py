"""The hard rules of make-up, asked of a page as it is printed. Their figures are written here a second time on purpose:
nothing of the program's own rules is imported.

1 rectangles, level feet, one grid · 2 ranks of headlines, the heavier first · 3 meeting headlines (碰题) · 4 gaps
through the page (断版) · 5 copy begins under its headline · 6 stubs · 7 pictures of two stories · 8 lines of headlines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

from makeup.printed_page import Line, PrintedPage, PrintedStory, Rect, Shot, around

SHORT = 2
"""Lines that the last column of a piece may be short."""
STUB = 5
"""Lines in every column of a piece, and under every picture in it; or none."""
LEAD, MEETING, MEETING_LINES = 1.35, 1.3, 1.15
DOMINANT = 0.4
"""Share of the page that no picture exceeds."""
GUTTER = 30.0
"""Points: what stands farther apart is no neighbour."""
GAP = 1.25
"""Rows of white that are a gap between what stands one below the other: less stands between a headline and its copy."""
NEXT_COLUMN = 25.0
"""Points between columns at most."""
RANKS = {
    "tabloid": ((24.0, 28.0), (18.0, 21.0), (13.0, 14.0)),
    "broadsheet": ((28.0, 36.0), (22.0, 26.0), (13.0, 16.0)),
}
"""Sizes of seconds, thirds and briefs; a lead's are above."""
FORBIDDEN_AT_START = "，。、；：？！）》”’…—·"


@dataclass(frozen=True)
class Broken:
    """A rule that a page breaks."""

    rule: int
    words: str


def broken_rules(page: PrintedPage, sheet: str, *, free: frozenset[str] = frozenset()) -> list[Broken]:
    """What is wrong with *page*; the stories of *free* are pinned, and stand in any order."""
    found = [Broken(rule, words) for rule, check in RULES.items() for words in check(page, sheet)]
    return found + [Broken(2, words) for words in _order(page, free)]


def _rectangles(page: PrintedPage, _: str) -> Iterator[str]:
    sizes = {round(line.size, 1) for story in page.stories for line in story.body if _is_body(line, page)}
    if len(sizes) > 1:
        yield f"running text in {sizes}"
    areas = [(story.id, story.area) for story in page.stories]
    areas += [(shot.id or "picture", shot.box) for shot in page.loose]
    for (name, one), (other_name, other) in combinations(areas, 2):
        if one.across(other) > 1 and one.down(other) > 1:
            yield f"{name} and {other_name} overlap"
    yield from _off_grid(page)
    for story in page.stories:
        yield from _unlevel(story, page)


def _is_body(line: Line, page: PrintedPage) -> bool:
    return abs(line.size - page.body_size) < 1.2


def _off_grid(page: PrintedPage) -> Iterator[str]:
    lines = [line for story in page.stories for line in story.body if abs(line.size - page.body_size) < 0.05]
    if not lines or not page.row:
        return
    first = lines[0].y
    for line in lines:
        off = (line.y - first) / page.row
        if abs(off - round(off)) * page.row > 0.3:
            yield f"“{line.text[:8]}” is off the grid by {(off - round(off)) * page.row:.2f} pt"


def _foot(column: Sequence[Line], story: PrintedStory) -> float:
    """Where a column ends: at its last line, or at what stands below it in its width."""
    ink = around([line.ink for line in column])
    below = [shot.box for shot in story.pictures] + list(story.beside)
    return max([column[-1].y, *(box.bottom for box in below if box.across(ink) > 1 and box.top > column[-1].y)])


def _unlevel(story: PrintedStory, page: PrintedPage) -> Iterator[str]:
    columns = story.columns
    if len(columns) < 2 or not page.row:
        return
    feet = [_foot(column, story) for column in columns]
    lowest = max(feet)
    for number, foot in enumerate(feet, 1):
        missing = round((lowest - foot) / page.row)
        if missing > (SHORT if number == len(feet) else 0):
            yield f"{story.id}: column {number} of {len(feet)} is {missing} lines short"


def _sizes(page: PrintedPage, sheet: str) -> Iterator[str]:
    heads = [(story, story.headline.size) for story in page.stories if story.headline]
    if not heads:
        return
    (lead, size), others = heads[0], heads[1:]
    largest = max((other for _, other in others), default=0.0)
    if size < LEAD * largest - 0.05:
        yield f"the lead's headline has {size:.1f} pt beside {largest:.1f} pt"
    if others and size < RANKS[sheet][0][1]:
        yield f"the lead's headline of {size:.1f} pt is no lead's"
    for low, high in RANKS[sheet]:
        rank = [(story, own) for story, own in others if low - 0.3 <= own <= high + 0.3]
        for (heavier, one), (lighter, other) in combinations(rank, 2):
            if other > one + 0.3:
                yield f"{lighter.id} has {other:.1f} pt, {heavier.id} before it {one:.1f}"
    for story, own in others:
        if not any(low - 0.3 <= own <= high + 0.3 for low, high in RANKS[sheet]):
            yield f"{story.id}: {own:.1f} pt is the size of no rank"
    top = page.area.top
    first = [story for story, _ in heads if story.area.top < top + 3 * page.row]
    if lead not in first:
        yield f"the lead {lead.id} does not stand at the top"


@dataclass(frozen=True)
class _Placed:
    """Something that is a part of the page by itself."""

    area: Rect
    weight: int | None


def _order(page: PrintedPage, free: frozenset[str]) -> list[str]:
    parts = [_Placed(story.area, None if story.id in free else story.weight) for story in page.stories]
    parts += [_Placed(shot.box, None) for shot in page.loose]
    return _cut(parts, page.row)


def _cut(parts: Sequence[_Placed], row: float) -> list[str]:
    """What is wrong with the order of *parts* as they may be read best.

    Where gaps run both ways either may be the page's own cut, and not every gap need be one: what is left together is
    then cut the other way. But all that is cut one way at once stands in one order: of three stories one over the
    other the third is not read before the second because the first two might have been meant as one.
    """

    @cache
    def of(own: tuple[_Placed, ...], downwards: bool) -> tuple[str, ...]:
        groups = _groups(own, 1, 3, GAP * row) if downwards else _groups(own, 0, 2)
        best: tuple[str, ...] | None = None
        for some in _joined(groups):
            wrong = [*_order_of(some, "from the head down" if downwards else "from left to right")]
            for part in some:
                wrong += of(part, not downwards) if len(part) > 1 else ()
            best = tuple(wrong) if best is None or len(wrong) < len(best) else best
            if not best:
                break
        return best if best is not None else (f"no cut goes through {sorted(str(each.weight) for each in own)}",)

    whole = tuple(parts)
    return list(min((of(whole, way) for way in (True, False)), key=len)) if len(whole) > 1 else []


def _joined(groups: Sequence[Sequence[_Placed]]) -> Iterator[tuple[tuple[_Placed, ...], ...]]:
    """Every way to leave neighbours of *groups* together, in two parts at the least; the finest first."""
    gaps = len(groups) - 1
    for kept in sorted(range(1, 1 << gaps), key=lambda bits: -bits.bit_count()) if gaps > 0 else ():
        some: list[list[_Placed]] = [[*groups[0]]]
        for number, group in enumerate(groups[1:]):
            if kept >> number & 1:
                some.append([])
            some[-1] += group
        yield tuple(map(tuple, some))


def _order_of(parts: Sequence[Sequence[_Placed]], words: str) -> list[str]:
    """Whether the heavier of neighbours stands first; pictures and what is pinned weigh nothing."""
    own = [min((w for each in part if (w := each.weight) is not None), default=None) for part in parts]
    known = [weight for weight in own if weight is not None]
    return [f"the stories {known} stand {words}"] if known != sorted(known) else []


def _groups(parts: Sequence[_Placed], start: int, end: int, gap: float = -1) -> list[list[_Placed]]:
    """*parts*, parted where a gap so wide runs through all of them."""
    groups: list[list[_Placed]] = []
    foot = float("-inf")
    for part in sorted(parts, key=lambda each: each.area[start]):
        if part.area[start] >= foot + gap:
            groups.append([])
        groups[-1].append(part)
        foot = max(foot, part.area[end])
    return groups


def _meetings(page: PrintedPage, _: str) -> Iterator[str]:
    for one, other in combinations([story for story in page.stories if story.headline], 2):
        assert one.headline is not None
        assert other.headline is not None
        gap = -one.area.across(other.area)
        a, b = one.headline, other.headline
        if not 0 <= gap < GUTTER or one.area.down(other.area) <= 0 or a.ink.down(b.ink) <= 0.5:
            continue
        if any(_set_off(each) for each in (one, other)) or _is_between(one, other, page.row):
            continue
        larger, smaller = max(a.size, b.size), min(a.size, b.size)
        wanted = MEETING if len(a.lines) == len(b.lines) else MEETING_LINES
        apart = -a.ink.across(b.ink)
        if larger < wanted * smaller - 0.05:
            yield f"the headlines of {one.id} ({a.size:.0f} pt) and {other.id} ({b.size:.0f} pt) meet"
        elif apart < page.body_size - 0.5:
            yield f"the headlines of {one.id} and {other.id} are {apart:.1f} pt apart"


def _set_off(story: PrintedStory) -> bool:
    """Whether a box, a picture over it or its own direction sets a headline off."""
    head = story.headline
    if head is None or head.vertical or story.box is not None:
        return True
    return any(shot.box.bottom <= head.ink.top + 2 and shot.box.across(head.ink) > 1 for shot in story.pictures)


def _is_between(one: PrintedStory, other: PrintedStory, row: float) -> bool:
    """Whether copy or pictures of either stand between their headlines, beside all of the height that both share: a
    strip's headline has its first column only, a lead's ends where its picture or its last column begins.
    """
    assert one.headline is not None
    assert other.headline is not None
    left, right = sorted((one.headline.ink, other.headline.ink))
    things = [line.ink for line in (*one.body, *other.body)]
    things += [shot.box for shot in (*one.pictures, *other.pictures)]
    between = [each for each in things if left.right <= each.left + 1 and each.right <= right.left + 1]
    foot, white = max(left.top, right.top), 0.0  # down to where something stands between them, and what is free above
    for ink in sorted(between, key=lambda each: each.top):
        white = max(white, min(ink.top, left.bottom, right.bottom) - foot)
        foot = max(foot, ink.bottom)
    return bool(between) and max(white, min(left.bottom, right.bottom) - foot) < row


def _gaps(page: PrintedPage, sheet: str) -> Iterator[str]:
    areas = [story.area for story in page.stories] + [shot.box for shot in page.loose]
    parts = [_Placed(area, None) for area in areas]
    across = _groups(parts, 0, 2)
    if len(across) > 1 and not _is_strip_beside(page, across, sheet):
        yield f"a gap runs from head to foot, {len(across) - 1} of them"
    tiers = _groups(parts, 1, 3, GAP * page.row)
    for upper, lower in pairwise(tiers):
        foot, head = max(each.area.bottom for each in upper), min(each.area.top for each in lower)
        ruled = any(
            rule.height <= 3 and foot - 1 <= rule.top <= head + 1 and rule.width > 0.9 * page.area.width
            for rule in page.rules
        )
        if len(upper) > 1 and len(lower) > 1 and not ruled:
            yield f"a gap runs from side to side at {foot:.0f} pt"


def _is_strip_beside(page: PrintedPage, groups: Sequence[Sequence[_Placed]], sheet: str) -> bool:
    """Whether the gap parts a strip of briefs at an outer edge from the rest."""
    if len(groups) != 2:
        return False
    low, high = RANKS[sheet][2]
    for strip in (groups[0], groups[-1]):
        own = [story for story in page.stories if any(each.area == story.area for each in strip)]
        briefs = all(story.headline is None or low - 0.3 <= story.headline.size <= high + 0.3 for story in own)
        if own and briefs and len(own) == len(strip) and len(_groups(strip, 1, 3)) == len(strip):
            return True
    return False


def _beginnings(page: PrintedPage, _: str) -> Iterator[str]:
    for story in page.stories:
        if not story.body or story.headline is None:
            continue
        first, head = story.body[0], story.headline
        if head.vertical:
            if first.ink.top > head.ink.bottom and not _is_under(first.ink, head.ink, story):
                yield f"{story.id} begins away from its vertical headline"
        elif first.ink.top < head.ink.top and first.ink.across(head.ink) > 1:
            yield f"{story.id} begins above its headline"
        elif first.ink.across(head.ink) <= 0 and first.ink.top > head.ink.bottom:
            yield f"{story.id} begins away from its headline"
        for shot in story.pictures:
            over = shot.box.across(first.ink) > 1 and shot.box.bottom <= first.ink.top + 1
            if over and shot.box.width < 0.93 * story.area.width:
                yield f"{story.id}: a picture narrower than the piece stands over its first column"
        for one, other in pairwise(story.body):
            same = one.ink.across(other.ink) > 1
            if (same and other.y < one.y - 1) or (not same and other.ink.left < one.ink.left):
                yield f"{story.id} does not read down its columns at “{other.text[:6]}”"


def _is_under(first: Rect, head: Rect, story: PrintedStory) -> bool:
    """Whether a line stands in the column of the vertical headline above it."""
    column = next(each for each in story.columns if any(line.ink == first for line in each))
    return around([line.ink for line in column]).across(head) > 1


def _stubs(page: PrintedPage, _: str) -> Iterator[str]:
    for story in page.stories:
        for number, column in enumerate(story.columns, 1):
            if len(column) < STUB:
                yield f"{story.id}: column {number} has {len(column)} lines"
            for shot in story.pictures:
                ink = around([line.ink for line in column])
                under = [line for line in column if line.ink.top >= shot.box.bottom - 1]
                if shot.box.across(ink) > 1 and 0 < len(under) < STUB:
                    yield f"{story.id}: {len(under)} lines stand under a picture"


def _pictures(page: PrintedPage, _: str) -> Iterator[str]:
    shots = [(story.id, shot) for story in page.stories for shot in story.pictures]
    shots += [(f"{shot.id or number}", shot) for number, shot in enumerate(page.loose)]
    for (owner, one), (other_owner, other) in combinations(shots, 2):
        if owner != other_owner and 0 <= -one.box.across(other.box) < NEXT_COLUMN and one.box.down(other.box) > 1:
            yield f"pictures of {owner} and {other_owner} touch across a gutter"
    for owner, shot in shots:
        if shot.box.area > DOMINANT * page.area.area:
            yield f"the picture of {owner} takes {shot.box.area / page.area.area:.0%} of the page"
    owned = [story for story in page.stories if story.pictures]
    if owned:
        largest = max(owned, key=_largest)
        if _largest(largest) > _largest(owned[0]) + 1:
            yield f"the largest picture is that of {largest.id}, and {owned[0].id} is heavier"


def _largest(story: PrintedStory) -> float:
    return max(shot.box.area for shot in story.pictures)


def _breaks(page: PrintedPage, _: str) -> Iterator[str]:
    for story in page.stories:
        head = story.headline
        if head is None:
            continue
        frame = story.area
        if head.ink.left < frame.left - 1 or head.ink.right > frame.right + 1:
            yield f"the headline of {story.id} leaves its piece"
        words = [line.text for line in head.lines]
        if "／" in story.written and words != ["".join(each.split()) for each in story.written.split("／")]:
            yield f"the headline of {story.id} is not broken where the editor breaks it: {words}"
        for one, other in pairwise(words):
            if other[0] in FORBIDDEN_AT_START or one[-1] in "（《“‘":
                yield f"the headline of {story.id} is broken at a mark: {one}/{other}"
            if re.search(r"[0-9A-Za-z.%]$", one) and re.match(r"[0-9A-Za-z.%]", other):
                yield f"the headline of {story.id} is broken in a number or a word: {one}/{other}"


RULES: dict[int, Callable[[PrintedPage, str], Iterator[str]]] = {
    1: _rectangles, 2: _sizes, 3: _meetings, 4: _gaps, 5: _beginnings, 6: _stubs, 7: _pictures, 8: _breaks,
}  # fmt: skip


def words_of(found: Sequence[Broken]) -> str:
    """What is broken, a line each."""
    return "\n".join(f"rule {each.rule}: {each.words}" for each in found)


__all__ = ["Broken", "Shot", "broken_rules", "words_of"]
