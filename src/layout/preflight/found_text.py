"""The paragraphs of a page found again in a file that was saved again: in their places, or wherever they stand now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layout.geometry import Box
from layout.preflight.page_geometry import ParagraphSpot, PrintedText
from layout.preflight.page_shift import PageShift, Point, shift_of
from layout.preflight.printed_text import PlacedChar, by_paragraph, digest_of, marked, printed, usual_size

MAX_COMPARED = 100_000_000
"""Characters of a page's text that are read for paragraphs which do not stand in their places, stretch by stretch: a
full page has some twenty million, a second's work.
"""

MISPLACED = 1.0
"""Points by which a character may stand elsewhere: programs that save a file again round to a tenth of that."""

OTHER_SIZE = 0.02
"""Share by which a paragraph's type may be larger or smaller."""


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    """A paragraph that reads as it did, and where."""

    spot: ParagraphSpot
    before: PrintedText
    chars: tuple[PlacedChar, ...]

    @property
    def pairs(self) -> list[tuple[Point, Point]]:
        """Where some of its characters were, and where they are."""
        return pairs_of(self.before, self.chars)

    @property
    def box(self) -> Box:
        """Around the ink of its characters, where it is now."""
        left, right = ([char.x + side * char.size / 2 for char in self.chars] for side in (-1, 1))
        top, bottom = ([char.y + side * char.size / 2 for char in self.chars] for side in (-1, 1))
        return Box(min(left), min(top), max(right) - min(left), max(bottom) - min(top))

    def moved(self, shift: PageShift) -> list[tuple[Point, Point]]:
        """Of the same those that stand elsewhere than *shift* puts them, the first as it puts them."""
        put = [(shift.point(then), now) for then, now in self.pairs]
        return [(then, now) for then, now in put if max(abs(now[0] - then[0]), abs(now[1] - then[1])) > MISPLACED]

    def scaled(self, shift: PageShift) -> float:
        """By how much its type is larger than *shift* makes it; 1 where it is as large."""
        before = self.before.size * shift.scale
        share = usual_size(self.chars) / before if before else 1.0
        return share if abs(share - 1) > OTHER_SIZE else 1.0


@dataclass(frozen=True, slots=True)
class ReadOtherwise:
    """A paragraph in whose place the page has other characters, or more."""

    spot: ParagraphSpot
    before: PrintedText
    chars: tuple[PlacedChar, ...]

    @property
    def now(self) -> str:
        """What stands there now."""
        return "".join(char.text for char in self.chars)


@dataclass(frozen=True, slots=True)
class TextAgain:
    """The text of a page against that of its build."""

    found: tuple[FoundParagraph, ...]
    """The paragraphs that read as they did."""
    changed: tuple[ReadOtherwise, ...]
    """The others, with what stands in their places."""
    added: tuple[ReadOtherwise, ...]
    """Paragraphs in whose places there is more than they read, with what there is besides."""
    left: tuple[PlacedChar, ...]
    """The characters that belong to none of these, and stand in no paragraph's place."""
    shift: PageShift
    """How all of the page lies."""


def text_again(
    chars: Sequence[PlacedChar], paragraphs: Sequence[ParagraphSpot], rest: PrintedText | None = None
) -> TextAgain:
    """The *paragraphs* of a page as it was built, and the *rest* of its text, in its *chars* now."""
    known = [(spot, spot.printed) for spot in paragraphs if spot.printed is not None and spot.printed.characters]
    places = _in_place(chars, [spot for spot, _ in known])
    taken = [False] * len(chars)
    own: list[tuple[int, ...] | None] = []
    for (_, before), place in zip(known, places, strict=True):
        here = printed([chars[at] for at in place]).digest == before.digest
        own.append(place if here else None)
        for at in place if here else ():
            taken[at] = True
    windows = _Windows(chars, taken)
    for index, (spot, before) in enumerate(known):
        if own[index] is None:
            own[index] = windows.find(spot, before)
    found, changed = [], []
    for (spot, before), place, mine in zip(known, places, own, strict=True):
        if mine is not None:
            found.append(FoundParagraph(spot, before, tuple(chars[at] for at in mine)))
        else:
            free = [at for at in place if not taken[at]]
            changed.append(ReadOtherwise(spot, before, tuple(chars[at] for at in free)))
            for at in free:
                taken[at] = True
    pairs = [pair for each in found for pair in each.pairs]
    left = tuple(char for char, has in zip(chars, taken, strict=True) if not has)
    if rest is not None and printed(left).digest == rest.digest:
        pairs += pairs_of(rest, left)
        return TextAgain(tuple(found), tuple(changed), (), left, shift_of(pairs) or PageShift())
    added = []
    for (spot, before), place in zip(known, places, strict=True):
        if more := [at for at in place if not taken[at]]:
            added.append(ReadOtherwise(spot, before, tuple(chars[at] for at in more)))
            for at in more:
                taken[at] = True
    beyond = tuple(char for char, has in zip(chars, taken, strict=True) if not has)
    return TextAgain(tuple(found), tuple(changed), tuple(added), beyond, shift_of(pairs) or PageShift())


def pairs_of(before: PrintedText, chars: Sequence[PlacedChar]) -> list[tuple[Point, Point]]:
    """Where some characters of a text that reads as it did were, and where they are."""
    now = [(chars[at].x, chars[at].y) for at in marked(len(chars))]
    return list(zip(before.middles, now, strict=False))


def _in_place(chars: Sequence[PlacedChar], spots: Sequence[ParagraphSpot]) -> list[tuple[int, ...]]:
    """The indexes of the characters that stand in each of *spots*."""
    index_of = {id(char): at for at, char in enumerate(chars)}
    texts, _ = by_paragraph(chars, spots)
    return [tuple(index_of[id(char)] for char in own) for own in texts]


class _Windows:
    """Stretches of a page's text by their digests."""

    def __init__(self, chars: Sequence[PlacedChar], taken: list[bool]):
        self._chars = chars
        self._text = "".join(char.text for char in chars)
        self._taken = taken
        self._left = MAX_COMPARED
        self._known: dict[int, dict[str, list[int]]] = {}

    def find(self, spot: ParagraphSpot, before: PrintedText) -> tuple[int, ...] | None:
        """The indexes of the characters of a paragraph that stands elsewhere; the nearest of several. They are taken
        then.
        """
        length = before.characters
        starts = self._of(length).get(before.digest, [])
        free = [start for start in starts if not any(self._taken[start : start + length])]
        if not free:
            return None
        start = min(free, key=lambda each: _far(spot.box, self._chars[each]))
        self._taken[start : start + length] = [True] * length
        return tuple(range(start, start + length))

    def _of(self, length: int) -> dict[str, list[int]]:
        if length not in self._known:
            count = len(self._chars) - length + 1
            found: dict[str, list[int]] = {}
            # Each character is one of Unicode's: as PDFium gives them.
            if 0 < count * length <= self._left and len(self._text) == len(self._chars):
                self._left -= count * length
                for start in range(count):
                    found.setdefault(digest_of(self._text[start : start + length]), []).append(start)
            self._known[length] = found
        return self._known[length]


def _far(box: Box, char: PlacedChar) -> float:
    return abs(char.x - box.x) + abs(char.y - box.y)
