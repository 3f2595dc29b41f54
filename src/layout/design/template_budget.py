"""What filling one page may cost: steps, the size of what is made and looked at, the size of the page that comes out.

Everything is counted before it is done where its size can be known, so that one call of a compiled function
(``center``, ``replace``, ``**``) neither runs without end, deaf to signals, nor fills the memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from math import log2

STEPS = 1_000_000
"""Rounds of loops, calls, filters and operators for one page; the richest design takes some thousands."""

LONGEST = 200_000
"""Characters or items of one value; the copy of a page has some ten thousand."""

VOLUME = 20 * LONGEST
"""Characters and items that are made and looked at for one page. The richest design takes a hundredth of it."""

BITS = 1024
"""Of a whole number: one that is longer no float can hold."""

WIDEST = 100 * LONGEST
"""Characters that a function may make before the result is measured: what its arguments allow at the worst."""

PAGE = 4_000_000
"""Characters of a page's HTML; the largest sample has 30,000."""

ELEMENTS = 5_000
"""Elements of a page; the largest sample has 340. WeasyPrint takes about a minute for so many."""

NESTED = 60
"""Elements inside one another. WeasyPrint calls itself up to ten times for each; Python allows 1,000 calls."""

_MARK = re.compile(r"<(/?)([a-zA-Z][\w-]*)|(/>)")
_FIELD = re.compile(r"\d+|[{%*]")
_NOT_NESTED = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
) | frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "rt", "rp"))
"""Elements that hold nothing, and those that may be left open: the next one closes them."""


class Limit(Enum):
    """What was exceeded."""

    STEPS = "steps"
    SIZE = "size"
    NUMBER = "number"
    PAGE = "page"
    ELEMENTS = "elements"
    NESTED = "nested"


class TooMuch(Exception):
    """The template exceeds a limit: it would run for ever, or fill the memory."""

    def __init__(self, limit: Limit = Limit.STEPS):
        super().__init__(limit)
        self.limit = limit


class TemplateBudget:
    """The steps and the volume that are left for one page."""

    def __init__(self) -> None:
        self._steps = STEPS
        self._volume = VOLUME

    def step(self) -> None:
        """Counts one step."""
        self._steps -= 1
        if self._steps < 0:
            raise TooMuch(Limit.STEPS)

    def take(self, value: object) -> int:
        """Counts the size of *value*, which is what it gives."""
        size = size_of(value)
        self._volume -= size
        if self._volume < 0:
            raise TooMuch(Limit.SIZE)
        return size

    def before(self, arguments: Sequence[object]) -> None:
        """Counts the *arguments* of a function, the value that it works on first.

        Raises ``TooMuch`` where it may make more of them than it should.
        """
        self.step()
        sizes = [self.take(each) for each in arguments]
        numbers = [abs(each) for each in arguments[1:] if isinstance(each, int)]
        if max(numbers, default=0) > LONGEST:
            raise TooMuch(Limit.SIZE)
        most = max([*sizes[1:], *numbers, 1])
        if (sizes[0] + 1 if sizes else 1) * most > WIDEST:
            raise TooMuch(Limit.SIZE)

    def before_format(self, pattern: str, arguments: Iterable[object]) -> None:
        """Counts what ``%`` and ``format`` may make of *pattern*: every width that is written in it, or handed over."""
        found = _FIELD.findall(pattern)
        widths = [int(each[:9]) if len(each) < 9 else LONGEST for each in found if each[0].isdigit()]
        values = [one for each in arguments for one in (each.values() if isinstance(each, Mapping) else (each,))]
        most = max([*(each for each in values if isinstance(each, int)), *map(size_of, values), 1])
        if sum(widths) + (len(found) - len(widths)) * most > WIDEST:
            raise TooMuch(Limit.SIZE)
        if max(widths, default=0) >= LONGEST:
            raise TooMuch(Limit.SIZE)


def size_of(value: object) -> int:
    """Characters of a text, items of a list or table and of all that is in it, 1 of any other value.

    Raises ``TooMuch`` for what is larger than any value may be.
    """
    if isinstance(value, str):
        size = len(value)
    elif isinstance(value, Sequence | Mapping) and not isinstance(value, range):
        size = 0
        for size in _items(value):
            if size > LONGEST:
                break
    elif isinstance(value, int) and not -(1 << BITS) < value < 1 << BITS:
        raise TooMuch(Limit.NUMBER)
    else:
        size = 1
    if size > LONGEST:
        raise TooMuch(Limit.SIZE)
    return size


def _items(value: Sequence[object] | Mapping[object, object]) -> Iterator[int]:
    """How many items there are, counted on and on: a list may hold another several times over."""
    count, waiting = 1, [value]
    while waiting:
        each = waiting.pop()
        count += len(each)
        yield count
        for one in (*each, *each.values()) if isinstance(each, Mapping) else each:
            if isinstance(one, str):
                count += len(one)
            elif isinstance(one, Sequence | Mapping) and not isinstance(one, range):
                waiting.append(one)
    yield count


def check_power(base: object, exponent: object) -> None:
    """Raises ``TooMuch`` where ``base ** exponent`` would be a number beyond all use."""
    whole = isinstance(base, int) and isinstance(exponent, int) and exponent > 0 and abs(base) > 1
    if whole and exponent * log2(abs(base)) > BITS:  # type: ignore[operator, arg-type]  # both are whole numbers
        raise TooMuch(Limit.NUMBER)


def check_product(left: object, right: object) -> None:
    """Raises ``TooMuch`` where ``left * right`` would be too long a text or list."""
    for one, other in ((left, right), (right, left)):
        if isinstance(other, int) and isinstance(one, str | list | tuple) and len(one) * other > LONGEST:
            raise TooMuch(Limit.SIZE)


class PageSize:
    """Counts a page's HTML while it is written: characters, elements, and how deep they lie in one another."""

    def __init__(self) -> None:
        self._characters = self._elements = self._depth = 0

    def add(self, piece: str) -> None:
        """Counts one more piece. Raises ``TooMuch`` when the page has become too large.

        A tag that is split between pieces is counted by its name; an end tag too many counts for nothing.
        """
        self._characters += len(piece)
        if self._characters > PAGE:
            raise TooMuch(Limit.PAGE)
        for ends, name, closed in _MARK.findall(piece):
            if name and not ends:
                self._elements += 1
                self._depth += name.lower() not in _NOT_NESTED
                if self._depth > NESTED:
                    raise TooMuch(Limit.NESTED)
            elif closed or name.lower() not in _NOT_NESTED:
                self._depth = max(0, self._depth - 1)
        if self._elements > ELEMENTS:
            raise TooMuch(Limit.ELEMENTS)
