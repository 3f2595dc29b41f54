"""Composed paragraphs, remembered from one page to the next as far as they come to so many characters."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from layout.composer import Composition

MOST = 40_000
"""Characters remembered, a quarter of a kilobyte each: some 10 MB. A page, with all that its search tries, takes 2,000
to 6,000; a word that an editor changes changes one paragraph of the pages open before him.
"""


class ParagraphMemory:
    """The paragraphs that were set last, by all that the composer was given."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Composition] = OrderedDict()
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


def _characters(composition: Composition) -> int:
    return sum(len(line.placed) for line in composition.lines)
