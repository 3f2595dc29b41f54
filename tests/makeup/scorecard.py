"""A scorecard of looks: marks from 0 to 1 that a page as printed gets for what no hard rule asks, and their weights.

======== ====== ================================================================================================
mark     weight what it is 1 for
======== ====== ================================================================================================
balance  0.10   pictures and headlines hang about the middle: within a tenth of the page of it
heads    0.20   the lead's headline is 1.8 × the next or more (at 1.35, the least that is let through, 0.44)
meeting  0.10   no two headlines beside each other on one height are of nearly one size
gaps     0.10   no gap between stories runs down more than half of the page
evenness 0.15   at most 35 % of the page is running text without a headline or a picture near
white    0.15   headlines leave at most a fifth of their width white, the larger counting the more
pictures 0.10   a story's pictures take a sixth of its area or more; one is twice as large as any other
crops    0.10   no picture loses more than a quarter of itself; 0 where one loses six tenths
======== ====== ================================================================================================

The weights say what a glance from two metres tells first. ``crops`` came of a look at fifty pages: a portrait over
seven columns, its eyes cut off, had hardly lost a mark. ``python -m makeup.scorecard ISSUE PDF …`` prints a line for
each page; so does the gallery.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from makeup.printed_page import PrintedPage, PrintedStory, Rect, listed, read_page

WEIGHTS: Mapping[str, float] = {
    "balance": 0.10, "heads": 0.20, "meeting": 0.10, "gaps": 0.10, "evenness": 0.15, "white": 0.15, "pictures": 0.10,
    "crops": 0.10,
}  # fmt: skip
LOOSE, TIGHT = 0.1, 0.3
"""Of the page: how far the middle of what is dark may be from the page's without loss, and where nothing is left."""
GRAND = 1.8
"""Times the next headline that a lead's is at its best: a step of type sizes beyond the least, 1.35."""
NEAR = 1.3
"""Times by which headlines on one height differ."""
LONG = 0.5
"""Of the page's height that a gap may run."""
PLAIN = 0.35
"""Of the page that may be running text alone."""
WHITE = 0.2
"""Of a headline's width."""
ENOUGH, TWICE = 1 / 6, 2.0
"""Of a story's area, its pictures; times the next, the dominant one."""
WHOLE, SPOILT = 0.25, 0.6
"""Of a picture, cut away."""
_CELLS = (6, 8)
"""Columns and rows of cells in which the page is looked at."""


def marks(page: PrintedPage) -> dict[str, float]:
    """The marks of *page*."""
    return {
        "balance": _balance(page),
        "heads": _heads(page),
        "meeting": _meeting(page),
        "gaps": _gaps(page),
        "evenness": _evenness(page),
        "white": _white(page),
        "pictures": _pictures(page),
        "crops": _crops(page),
    }


def score(page: PrintedPage) -> float:
    """All marks by their weights: 0 to 1."""
    return sum(WEIGHTS[name] * mark for name, mark in marks(page).items())


def card(name: str, page: PrintedPage) -> str:
    """The marks in a line."""
    own = "  ".join(f"{key} {mark:.2f}" for key, mark in marks(page).items())
    return f"{score(page):.3f}  {own}  {name}"


def _mark(value: float, best: float, worst: float) -> float:
    """1 at *best* and beyond, 0 at *worst* and beyond."""
    return min(1.0, max(0.0, (value - worst) / (best - worst)))


def _dark(page: PrintedPage) -> list[Rect]:
    shots = [shot.box for shot in page.loose] + [shot.box for story in page.stories for shot in story.pictures]
    return shots + [story.headline.ink for story in page.stories if story.headline]


def _balance(page: PrintedPage) -> float:
    dark, area = _dark(page), page.area
    whole = sum(each.area for each in dark)
    if not whole:
        return 0.0
    across = sum((each.left + each.right) / 2 * each.area for each in dark) / whole
    down = sum((each.top + each.bottom) / 2 * each.area for each in dark) / whole
    off_across = abs(across - (area.left + area.right) / 2) / area.width
    # The lead and its picture are above: the middle of what is dark is to be above the page's, by a tenth of it.
    off_down = abs(down - area.top - 0.4 * area.height) / area.height
    return _mark(max(off_across, off_down), LOOSE, TIGHT)


def _heads(page: PrintedPage) -> float:
    sizes = sorted((story.headline.size for story in page.stories if story.headline), reverse=True)
    return 1.0 if len(sizes) < 2 else _mark(sizes[0] / sizes[1], GRAND, 1.0)


def _meeting(page: PrintedPage) -> float:
    heads = [(story.area, story.headline) for story in page.stories if story.headline and not story.headline.vertical]
    found = 0
    for (area, one), (other_area, other) in combinations(heads, 2):
        beside = one.ink.down(other.ink) > 1 and -1 > area.across(other_area) > -40
        sizes = sorted((one.size, other.size))
        found += beside and sizes[1] < NEAR * sizes[0]
    return max(0.0, 1 - found / 2)


def _gaps(page: PrintedPage) -> float:
    """The longest gap between stories that runs straight down."""
    areas = [story.area for story in page.stories] + [shot.box for shot in page.loose]
    longest = 0.0
    for edge in {round(each.right) for each in areas if each.right < page.area.right - 40}:
        beside = sorted((each.top, each.bottom) for each in areas if abs(each.right - edge) < 8)
        top, foot = beside[0]
        for begin, end in beside:
            top, foot = (top, max(foot, end)) if begin < foot + 5 * page.row else (begin, end)
            longest = max(longest, foot - top)
    return _mark(longest / page.area.height, LONG, 1.0)


def _evenness(page: PrintedPage) -> float:
    area, dark = page.area, _dark(page)
    across, down = _CELLS
    plain = 0
    for column in range(across):
        for row in range(down):
            left, top = area.left + column * area.width / across, area.top + row * area.height / down
            cell = Rect(left, top, left + area.width / across, top + area.height / down)
            plain += not any(each.across(cell) > 1 and each.down(cell) > 1 for each in dark)
    return _mark(plain / (across * down), PLAIN, 0.8)


def _white(page: PrintedPage) -> float:
    whites = [each for story in page.stories if (each := _white_of(story)) is not None]
    whole = sum(size for size, _ in whites)
    return _mark(sum(size * white for size, white in whites) / whole, WHITE, 0.7) if whole else 1.0


def _white_of(story: PrintedStory) -> tuple[float, float] | None:
    """The size of its headline, and the share of its width that is white beside the longest line."""
    head = story.headline
    if head is None or head.vertical:
        return None
    above = [line.ink for line in story.body if line.ink.top < head.ink.bottom]
    if above:  # a strip: the copy stands beside it
        return None
    right = min(
        (shot.box.left for shot in story.pictures if shot.box.left > head.ink.left and shot.box.down(head.ink) > 1),
        default=story.area.right,
    )  # what stands beside the headline ends its place
    return head.size, max(0.0, 1 - head.ink.width / (right - story.area.left))


def _pictures(page: PrintedPage) -> float:
    shares = [
        sum(shot.box.area for shot in story.pictures) / story.area.area for story in page.stories if story.pictures
    ]
    boxes = sorted((shot.box.area for story in page.stories for shot in story.pictures), reverse=True)
    own = [_mark(share, ENOUGH, 0.0) for share in shares]
    own += [_mark(boxes[0] / boxes[1], TWICE, 1.0)] if len(boxes) > 1 else []
    return sum(own) / len(own) if own else 0.5


def _crops(page: PrintedPage) -> float:
    """By the picture of which most is cut away: one that is spoilt is seen before all that are not."""
    shots = [*page.loose, *(shot for story in page.stories for shot in story.pictures)]
    return _mark(max((shot.lost for shot in shots), default=0.0), WHOLE, SPOILT)


def read_cards(issue: Path, pdf: Path) -> Iterator[str]:
    """The card of the first page of *pdf*, which was made of *issue*."""
    yield card(pdf.stem, read_page(pdf.read_bytes(), listed(issue)))


def main() -> None:
    """Cards for pairs of an issue and its PDF."""
    given = list(map(Path, sys.argv[1:]))
    for issue, pdf in zip(given[::2], given[1::2], strict=True):
        print(*read_cards(issue, pdf), sep="\n")


if __name__ == "__main__":
    main()
