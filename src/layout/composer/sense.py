"""Headings, broken by sense: words stay whole, lines are balanced or take a shape (词意完整；正宝塔、倒宝塔、菱形)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import budoux

from layout.composer.breaks import FREE, NEVER, Breaks, protected_ranges
from layout.composer.classes import SPACES, Kind
from layout.composer.evaluate import FITS, IMPOSSIBLE, Available, Strip
from layout.composer.model import Composition, Measure, Metrics, Setting, Shape, Span
from layout.composer.paragraph import available_room, prepare, set_lines
from layout.composer.units import Chain

UNEVEN = 100.0
"""A line that misses its share of the heading by a whole share; the miss counts squared."""
PLAIN_BREAK = 18.0
"""Breaking where the text does not pause: worth two lines that miss their share by three tenths of it."""
TIGHT_WORD = 14.0
"""Breaking beside a phrase of one character: the model may have cut a word there (强|劲动|能)."""
SQUEEZED = 20.0
"""Marks squeezed to the last to make a line fit."""

OVERLONG = 1e4
"""Per em beyond the measure, and per em squared: only where the lines allowed cannot hold the phrases."""

STEP = 0.22
"""How much longer than the line above (of an even share) each line of a pagoda wants to be."""
_PAIRS = {"《": "》", "“": "”", "‘": "’", "（": "）", "「": "」", "『": "』", "【": "】", "〈": "〉", "(": ")"}


@lru_cache(maxsize=1)
def _parser() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()


def compose_heading(
    spans: Sequence[Span], setting: Setting, measure: Measure, metrics: Metrics, max_lines: int
) -> Composition:
    """*spans* as a heading in as few lines of *measure* em as hold it, at most *max_lines*, never justified.

    Lines end between phrases only, at a pause if they can, never inside a protected phrase, quotation or title; a
    newline in the text always ends one. Where *max_lines* cannot hold it a remark says how far the longest line
    stands out. The lines take ``setting.shape``, or are even.
    """
    align = "start" if setting.align == "justify" else setting.align
    setting = replace(setting, align=align, last_line_min_han=0)
    plain = prepare(spans, setting, measure, metrics)
    costs = _costs(plain, setting)
    grade = [FREE if j in costs else NEVER for j in range(len(plain.breaks.grade))]
    strip = replace(plain, breaks=Breaks(grade, {}))
    room = available_room(setting, measure, 0)
    forced = [k + 1 for k, kind in enumerate(strip.chain.kinds) if kind is Kind.NEWLINE]
    best: list[int] = []
    for lines in range(1, max(max_lines, len(forced) + 1) + 1):
        tried = _Heading(strip, room, costs, frozenset(forced), setting.shape, lines).ends()
        best = tried or best
        if tried and all(_holds(strip, room, tried)):
            break
    return set_lines(strip, best, room, metrics)


def _holds(strip: Strip, room: Available, ends: Sequence[int]) -> Iterator[bool]:
    position = 0
    for number, end in enumerate(ends):
        yield strip.strain(position, end, room(number)) != IMPOSSIBLE
        position = end


def _costs(strip: Strip, setting: Setting) -> dict[int, float]:
    """Every break a heading may use, with what it costs."""
    chain, grade = strip.chain, strip.breaks.grade
    costs: dict[int, float] = {}
    for offset, cost in _phrase_ends(chain.text):
        index = chain.at(offset)
        while index < len(chain.kinds) and chain.kinds[index] in SPACES:
            index += 1
        if grade[index] == FREE:
            costs[index] = min(cost, costs.get(index, cost))
    for index in range(1, len(chain.kinds)):
        pause = chain.kinds[index - 1] in SPACES or chain.kinds[index - 1] in (Kind.COMMA, Kind.STOP)
        if pause and chain.kinds[index] not in SPACES and grade[index] == FREE:
            costs[index] = 0.0
    for start, end in (*protected_ranges(chain.text, setting.protected), *_enclosed(chain)):
        for offset in range(start + 1, end):
            costs.pop(chain.at(offset), None)
    costs |= {k + 1: 0.0 for k, kind in enumerate(chain.kinds) if kind is Kind.NEWLINE}
    return costs | {len(chain.kinds): 0.0}


def _phrase_ends(text: str) -> Iterator[tuple[int, float]]:
    """Where BudouX's phrases end, and what a break there costs."""
    offset = 0
    for line in text.splitlines(keepends=True):
        phrases = _parser().parse(line)
        for phrase, following in zip(phrases, [*phrases[1:], "  "], strict=True):
            offset += len(phrase)
            short = len(phrase.strip()) < 2 or len(following.strip()) == 1
            yield offset, PLAIN_BREAK + (TIGHT_WORD if short else 0.0)


def _enclosed(chain: Chain) -> Iterator[tuple[int, int]]:
    """What stands inside quotes, brackets and title marks, marks included."""
    stack: list[tuple[str, int]] = []
    for offset, character in enumerate(chain.text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], offset))
        elif stack and character == stack[-1][0]:
            yield stack.pop()[1], offset + 1


@dataclass(frozen=True, slots=True)
class _Heading:
    """The best way to set a heading in just so many lines."""

    strip: Strip
    room: Available
    costs: dict[int, float]
    forced: frozenset[int]
    shape: Shape
    lines: int

    def ends(self) -> list[int]:
        """The ends of its lines; none if it has too few breaks, or too many newlines."""
        size = len(self.strip.chain.kinds)
        places = sorted(self.costs)
        wanted = shares(self.shape, self.lines)
        whole = self.strip.natural(0, size)
        best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        for number in range(self.lines):
            following: dict[int, tuple[float, list[int]]] = {}
            for start, (cost, ends) in best.items():
                for end in self._reachable(places, start, number, size):
                    total = cost + self._cost(start, end, number, wanted[number] * whole, whole / self.lines)
                    if end not in following or total < following[end][0]:
                        following[end] = (total, [*ends, end])
            best = following
        return best[size][1] if size in best else []

    def _reachable(self, places: Sequence[int], start: int, number: int, size: int) -> Iterator[int]:
        """Line ends after *start*, none beyond the next newline; the heading's end on its last line alone."""
        barrier = min((stop for stop in self.forced if stop > start), default=size)
        for end in places:
            if start < end <= barrier and (end == size) == (number == self.lines - 1):
                yield end

    def _cost(self, start: int, end: int, number: int, wanted: float, share: float) -> float:
        room, width = self.room(number), self.strip.natural(start, end)
        strain = self.strip.strain(start, end, room)
        cost = 0.0 if end == len(self.strip.chain.kinds) else self.costs[end]
        if strain == IMPOSSIBLE:
            return cost + OVERLONG * (1 + (width - room) + (width - room) ** 2)
        cost += SQUEEZED * strain * strain if strain < 0 else 0.0
        miss = (width - wanted) / max(share, FITS)
        return cost + UNEVEN * miss * miss


def shares(shape: Shape, lines: int) -> list[float]:
    """What part of a heading each of its *lines* wants, so that together they take *shape*."""
    middle = (lines - 1) / 2
    if shape == "pagoda":
        weights = [1 + STEP * (k - middle) for k in range(lines)]
    elif shape == "inverted":
        weights = [1 - STEP * (k - middle) for k in range(lines)]
    elif shape == "diamond":
        weights = [1 - STEP * (abs(k - middle) - middle / 2) for k in range(lines)]
    else:
        weights = [1.0] * lines
    total = sum(weights)
    return [max(0.1, weight) / total for weight in weights]
