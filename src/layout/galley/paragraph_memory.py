"""Composed paragraphs, remembered from one page to the next as far as they come to so many characters."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from layout.composer import Composition

MOST = 40_000
"""Characters remembered, a quarter of a kilobyte each: some 10 MB. A page, with all that its search tries, takes 2,000
to 6,000; a word that an editor changes changes one paragraph of the pages open before him.
"""

_Told = tuple[tuple[int, float], ...]
"""Lines that were asked for, in their order, and how long each is."""

_UNEVEN = 500
"""Paragraphs on lines of differing measures of which it is known which lines were asked for: a page has a dozen."""

_WAYS = 4
"""Lists of such lines that are remembered of one paragraph."""


class ParagraphMemory:
    """The paragraphs that were set last, by all that the composer was given."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Composition] = OrderedDict()
        self._uneven: OrderedDict[Hashable, tuple[_Told, ...]] = OrderedDict()
        self.characters = 0
        """Those of all that is remembered."""

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Hashable, work: Callable[[], Composition]) -> Composition:
        """What is remembered under *key*, or else what *work* makes; what was not asked for longest is forgotten."""
        if key not in self._known:
            made = self._known[key] = work()
            self.characters += _characters(made)
            while self.characters > self._most and len(self._known) > 1:
                self.characters -= _characters(self._known.popitem(last=False)[1])
        self._known.move_to_end(key)
        return self._known[key]

    def get_uneven(
        self, key: Hashable, measure: Callable[[int], float], work: Callable[[Callable[[int], float]], Composition]
    ) -> Composition:
        """What *work* makes of a *measure* that differs from line to line, remembered by *key* and by what it was told
        of those lines that it asked for: told the same, it asks for the same.
        """
        for told in self._uneven.get(key, ()):
            if (key, told) in self._known and all(measure(line) == room for line, room in told):
                return self.get((key, told), lambda: work(measure))
        asked = _Asked(measure)
        made = work(asked)
        told = tuple(asked.lines.items())
        self._uneven[key] = (told, *self._uneven.pop(key, ()))[:_WAYS]
        while len(self._uneven) > _UNEVEN:
            self._uneven.popitem(last=False)
        return self.get((key, told), lambda: made)


class _Asked:
    """A measure, and which of its lines were asked for."""

    def __init__(self, measure: Callable[[int], float]) -> None:
        self._measure = measure
        self.lines: dict[int, float] = {}

    def __call__(self, line: int) -> float:
        found = self.lines.get(line)
        if found is None:
            found = self.lines[line] = self._measure(line)
        return found


def _characters(composition: Composition) -> int:
    return sum(len(line.placed) for line in composition.lines)
