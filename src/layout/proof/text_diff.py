"""Compares the words of a page with an earlier one, passage by passage, whatever their lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from layout.preflight.reading import PageChar

CONTEXT = 12
"""Characters shown before and after a passage."""

NEAR = 2
"""Two changes with no more words between them are one: “时光”→“岁月无”, not 时→岁 and 光→月."""

CARET = 2.0
"""Width in points of the mark where something was taken out."""

_GAP = 0.22
"""Em of white between two letters beyond which they belong to two words."""

CharBox = tuple[float, float, float, float]
"""Left, bottom, right, top in points, y upwards."""

Range = tuple[int, int, int, int]
"""Words of the old page from and to, words of the new page from and to."""


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A stretch that reads otherwise. White space does not count; ``old`` is empty where something was added."""

    kind: Literal["added", "removed", "changed", "moved"]
    old: str
    new: str
    before: str
    """What stands before it, and after it, on the new page."""
    after: str


Found = tuple[ChangedPassage, tuple[CharBox, ...]]
"""A passage and where it stands, a box for each line of it."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A page cut into words: a number, a Latin word, or one character of anything else."""

    chars: Sequence[PageChar]
    starts: tuple[int, ...]
    """Where each word begins; at the end, where the last one ends."""

    @classmethod
    def of(cls, chars: Sequence[PageChar]) -> _Words:
        starts = [index for index in range(len(chars)) if not index or not _one_word(chars[index - 1], chars[index])]
        return cls(chars, (*starts, len(chars)))

    def words(self) -> list[str]:
        return [self.text(index, index + 1) for index in range(len(self.starts) - 1)]

    def part(self, first: int, last: int) -> Sequence[PageChar]:
        return self.chars[self.starts[first] : self.starts[last]]

    def text(self, first: int, last: int) -> str:
        return "".join(char.text for char in self.part(first, last))

    def before(self, at: int) -> str:
        """Whole words that end where word *at* begins, enough for context."""
        first = at
        while first > 0 and len(self.text(first, at)) < CONTEXT:
            first -= 1
        return self.text(first, at)

    def after(self, at: int) -> str:
        """Whole words from *at* on, enough for context."""
        last = at
        while last < len(self.starts) - 1 and len(self.text(at, last)) < CONTEXT:
            last += 1
        return self.text(at, last)

    def plain(self, first: int, last: int) -> str:
        """The text without hyphens that may only be there because a line ends."""
        return "".join(char.text for char in self.part(first, last) if not char.hyphen)


def changed_passages(old: Sequence[PageChar], new: Sequence[PageChar]) -> list[Found]:
    """What reads otherwise in *new*, in its order, and where it stands there: a box for each line of it."""
    one, other = _Words.of(old), _Words.of(new)
    matcher = SequenceMatcher(None, one.words(), other.words(), autojunk=False)
    ranges = [codes[1:] for codes in matcher.get_opcodes() if codes[0] != "equal"]
    found = [
        (_passage(one, other, where), _boxes(other, *where[2:]))
        for where in _joined(ranges)
        if not _same_but_hyphens(one, other, where)
    ]
    return _with_moves(found)


def _one_word(left: PageChar, right: PageChar) -> bool:
    """Whether two characters in a row belong to one word or number."""
    if abs(left.y - right.y) > 0.5 or right.x <= left.x:
        return False
    if _is_letter(left.text) and _is_letter(right.text):
        return right.box[0] - left.box[2] < _GAP * left.size
    within = _is_digit(left.text) and (_is_digit(right.text) or right.text in ".,%")
    return within or (left.text in ".," and _is_digit(right.text))


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_letter(text: str) -> bool:
    return text.isalpha() and ord(text[0]) < 0x250


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Changes near each other as one."""
    held: Range | None = None
    for found in ranges:
        if held is not None and found[0] - held[1] <= NEAR:
            held = (held[0], found[1], held[2], found[3])
            continue
        if held is not None:
            yield held
        held = found
    if held is not None:
        yield held


def _same_but_hyphens(one: _Words, other: _Words, where: Range) -> bool:
    """A word broken at a line's end is the same word."""
    old = {one.text(*where[:2]), one.plain(*where[:2])}
    new = {other.text(*where[2:]), other.plain(*where[2:])}
    return bool(old & new)


def _passage(one: _Words, other: _Words, where: Range) -> ChangedPassage:
    old, new = one.text(*where[:2]), other.text(*where[2:])
    kind: Literal["added", "removed", "changed"] = "changed" if old and new else "added" if new else "removed"
    return ChangedPassage(kind, old, new, other.before(where[2]), other.after(where[3]))


def _with_moves(
    found: list[Found],
) -> list[Found]:
    """What was taken out here and put in there was moved: one passage, where it stands now."""
    gone = [passage.old for passage, _ in found if passage.kind == "removed" and len(passage.old) > NEAR]
    moved = {passage.new for passage, _ in found if passage.kind == "added" and passage.new in gone}
    joined = []
    for passage, boxes in found:
        if passage.kind == "added" and passage.new in moved:
            joined.append((ChangedPassage("moved", passage.new, passage.new, passage.before, passage.after), boxes))
        elif passage.kind != "removed" or passage.old not in moved:
            joined.append((passage, boxes))
    return joined


def _boxes(words: _Words, first: int, last: int) -> tuple[CharBox, ...]:
    """One box for each line of a stretch; a caret where nothing is left of it."""
    part = words.part(first, last)
    if not part:
        after = words.chars[words.starts[first] : words.starts[first] + 1]
        return _caret(after[0].box, at_end=False) if after else _caret(words.chars[-1].box) if words.chars else ()
    lines = [part[0].box]
    for before, char in pairwise(part):
        if _adjacent(before, char):
            lines[-1] = _around(lines[-1], char.box)
        else:
            lines.append(char.box)
    return tuple(lines)


def _caret(box: CharBox, *, at_end: bool = True) -> tuple[CharBox, ...]:
    x = box[2] if at_end else box[0] - CARET
    return ((x, box[1], x + CARET, box[3]),)


def _adjacent(one: PageChar, other: PageChar) -> bool:
    """Whether two characters in a row stand in one line, lying or upright."""
    em = max(one.size, other.size)
    across, down = (abs(sum(other.box[i::2]) - sum(one.box[i::2])) / 2 for i in (0, 1))
    return (down < 0.6 * em and across < 3 * em) or (across < 0.6 * em and down < 3 * em)


def _around(one: CharBox, other: CharBox) -> CharBox:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
