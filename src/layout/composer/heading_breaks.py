"""Breaks headings by sense: words stay whole, lines are even or take a shape (词意完整；正宝塔、倒宝塔、菱形)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from layout.composer.allowances import FITS
from layout.composer.breaks import FREE, ITEM, NAME, NEVER, WORD, Breaks, protected_ranges
from layout.composer.classes import SPACES, CharClass
from layout.composer.evaluate import IMPOSSIBLE, Available, Strip
from layout.composer.known_words import has_complement, tears_word
from layout.composer.model import Composition, Measure, Metrics, Remark, Setting, Shape, Span
from layout.composer.optical import with_hanging_room
from layout.composer.paragraph import available_room, prepare, set_lines
from layout.composer.phrases import phrases_in, phrases_of
from layout.composer.units import UnitChain

UNEVEN = 100.0
"""The cost of a line that misses its share of the heading by a whole share. It grows with the square of the miss."""
PLAIN_BREAK = 18.0
"""The cost of a break where the text does not pause: that of two lines that miss their share by three tenths."""
TIGHT_WORD = 14.0
"""The cost of a break beside a phrase of one character: the model may have cut a word there (强|劲动|能)."""
TORN = 2e3
"""The cost of a break inside a name, a quotation or a title: so high that it is used only if no line holds it."""
CUT = 1e3
"""The cost of a break where no phrase ends (强劲动|能): used only if no line holds the phrases."""
SQUEEZED = 20.0
"""The cost of a line whose marks are squeezed to their limits."""

OVERLONG = 1e4
"""The cost of each em beyond the measure, and of its square: used only if no breaks make the heading fit."""

WIDER = 3.0
"""Lines that stand out are looked at up to this many times their room; further only if none is found."""
STEP = 0.22
"""How much longer than the line above each line of a pagoda should be, in shares of an even line."""
_PAIRS = {"《": "》", "“": "”", "‘": "’", "（": "）", "「": "」", "『": "』", "【": "】", "〈": "〉", "(": ")"}


def compose_heading(
    spans: Sequence[Span], setting: Setting, measure: Measure, metrics: Metrics, max_lines: int
) -> Composition:
    """*spans* as a heading in as few lines of *measure* em as hold it, at most *max_lines*, never justified.

    Lines end between phrases only, at a pause if they can, never inside a protected phrase, quotation or title; a
    newline in the text always ends one. Only where *max_lines* so broken do not hold it may a line end inside such a
    phrase, and failing that off sense, wherever the prohibitions let it; a remark says so. Where they do not hold it at
    all it takes more lines than it may, and a remark says how much is too much; only what nothing may break stands out
    of its line. The lines take ``setting.shape``, or are even.
    """
    align = "start" if setting.align == "justify" else setting.align
    setting = replace(setting, align=align, last_line_min_han=0)
    plain = prepare(spans, setting, measure, metrics)
    room = available_room(setting, measure, 0)
    wide = with_hanging_room(plain, room)
    forced = [k + 1 for k, kind in enumerate(plain.chain.kinds) if kind is CharClass.NEWLINE]
    most = max(max_lines, len(forced) + 1)
    breaks = _Places.of(plain, setting, measure if isinstance(measure, float | int) else measure(0))
    headings = [
        _Heading(_with(plain, costs, breaks), wide, costs, frozenset(forced), setting.shape) for costs in breaks.tiers()
    ]
    # A part of the editor's that no line holds is broken by sense; his own breaks stand all the same.
    parted = [replace(each, forced=each.forced | set(breaks.own)) for each in headings[1:2] if breaks.own]
    for heading in (*headings[:1], *parted, *headings[1:]):
        ends = _fitting(heading, most)
        if ends:
            return set_lines(heading.strip, ends, room, metrics)
    for heading in headings:
        ends = _filled(heading)
        if len(ends) > most:
            composed = set_lines(heading.strip, ends, room, metrics)
            beyond = heading.strip.natural(ends[most - 1], ends[-1])
            return replace(composed, remarks=(*composed.remarks, Remark(most, "too_long", beyond)))
    return set_lines(headings[0].strip, _standing_out(headings[0], most), room, metrics)


def _with(strip: Strip, costs: Mapping[int, float], breaks: _Places) -> Strip:
    """*strip* with no breaks but those that have *costs*; one inside a name, quotation or word is graded as such."""
    grades = dict.fromkeys(breaks.torn, NAME) | dict.fromkeys(breaks.cut, WORD)
    grade = [grades.get(j, FREE) if j in costs else NEVER for j in range(len(strip.breaks.grade))]
    return replace(strip, breaks=Breaks(grade, {}, whole=breaks.whole))


def _fitting(heading: _Heading, most: int) -> list[int]:
    """The ends of as few lines as hold the heading, *most* at most; none if they do not."""
    for lines in range(heading.least(most), most + 1):
        ends = heading.ends(lines, 0.0)
        if ends:
            return ends
    return []


def _filled(heading: _Heading) -> list[int]:
    """The ends of as many lines as it takes, each as full as its breaks let it be; none if a line would stand out."""
    places, ends = sorted(heading.costs), [0]
    while ends[-1] < len(heading.strip.chain.kinds):
        reached = list(heading.reachable(places, ends[-1], len(ends) - 1, 0.0))
        if not reached:
            return []
        ends.append(reached[-1])
    return ends[1:]


def _standing_out(heading: _Heading, most: int) -> list[int]:
    """The ends of *most* lines, or as many as there are phrases for, some of which are too long."""
    for lines in range(most, 0, -1):
        ends = heading.ends(lines, WIDER) or heading.ends(lines, float("inf"))
        if ends:
            return ends
    return []


@dataclass(frozen=True, slots=True)
class _Places:
    """Every break that a heading may use, with its cost: the editor's ``own``, ``free``, inside names and quotations
    ``torn``, inside words ``cut``.

    A space between two Han is the editor's break: a heading of several lines ends them there alone where they so fit,
    else there and, within a part that no line holds, by sense.

    ``whole``: of each of the latter two, begin and end of what it tears, in the text. What no line can hold is broken
    by sense like any other words.
    """

    own: dict[int, float]
    free: dict[int, float]
    torn: dict[int, float]
    cut: dict[int, float]
    whole: dict[int, tuple[int, int]]

    def tiers(self) -> Iterator[dict[int, float]]:
        """The sets of breaks to try, the one that reads best first."""
        if self.own:
            yield self.own
        yield self.free
        if self.torn:
            yield self.free | self.torn
        if self.cut:
            yield self.free | self.torn | self.cut

    @classmethod
    def of(cls, strip: Strip, setting: Setting, measure: float) -> _Places:
        chain, grade = strip.chain, strip.breaks.grade
        free, torn, whole = _costs(strip, setting), dict[int, float](), dict[int, tuple[int, int]]()
        for start, end in (*_enclosed(chain), *protected_ranges(chain.text, setting.protected)):
            first, last = chain.at(start), chain.at(end - 1)
            if strip.natural(first, last + 1) > measure + FITS:
                continue
            for index in range(first + 1, last + 1):
                if grade[index] < NEVER and chain.kinds[index] not in SPACES:
                    torn[index] = TORN + min(free.get(index, CUT), torn.get(index, CUT))
                    whole[index] = (start, end)
        cut = dict[int, float]()
        for index, word in _torn_words(chain, setting.protected):
            if index in free:
                cut[index], whole[index] = free.pop(index) + CUT, word
        for index in torn:
            free.pop(index, None)
        free |= {k + 1: 0.0 for k, kind in enumerate(chain.kinds) if kind is CharClass.NEWLINE}
        free[len(chain.kinds)] = 0.0
        torn = {index: cost for index, cost in torn.items() if index not in free}
        own = {index: 0.0 for index in free if _after_own_space(chain, index)}
        if own:
            own |= {end: free[end] for end in free if end == len(chain.kinds) or _ends_line(chain, end)}
        for start, end in phrases_of(chain.text):
            for index in range(chain.at(start) + 1, chain.at(end - 1) + 1):
                if grade[index] < NEVER and chain.kinds[index] not in SPACES and index not in free | torn | cut:
                    cut[index] = CUT * (1 + grade[index])  # a number and its unit are torn last
                    whole[index] = (start, end)
        return cls(own, free, torn, cut, whole)


def _ends_line(chain: UnitChain, index: int) -> bool:
    return chain.kinds[index - 1] is CharClass.NEWLINE


def _after_own_space(chain: UnitChain, index: int) -> bool:
    """Whether unit *index* is Han or a mark behind a space, and Han or a mark stands before that."""
    before = index - 1
    while before >= 0 and chain.kinds[before] in (CharClass.SPACE, CharClass.FIXED):
        before -= 1
    if before < 0 or before == index - 1 or index == len(chain.kinds):
        return False
    return CharClass.LATIN not in (chain.kinds[before], chain.kinds[index]) and not _ends_line(chain, before + 1)


def _costs(strip: Strip, setting: Setting) -> dict[int, float]:
    """The ends of phrases, the edges of names, and pauses, with the cost of a break there."""
    chain, grade = strip.chain, strip.breaks.grade
    costs: dict[int, float] = {}
    for offset, cost in (*_phrase_ends(chain.text), *_name_edges(chain.text, setting.protected)):
        index = chain.at(offset)
        while index < len(chain.kinds) and chain.kinds[index] in SPACES:
            index += 1
        if grade[index] in (FREE, ITEM, NAME):
            costs[index] = min(cost, costs.get(index, cost))
    for index in range(1, len(chain.kinds)):
        pause = chain.kinds[index - 1] in SPACES or chain.kinds[index - 1] in (CharClass.COMMA, CharClass.STOP)
        if pause and chain.kinds[index] not in SPACES and grade[index] in (FREE, ITEM, NAME):
            costs[index] = 0.0
    return costs


def _torn_words(chain: UnitChain, protected: tuple[str, ...]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where the model may see the end of a phrase inside a known word, with the word; edges of names are none."""
    edges = {edge for edge, _ in _name_edges(chain.text, protected)}
    for offset in range(1, len(chain.text)):
        if offset not in edges and tears_word(chain.text, offset):
            yield chain.at(offset), (offset - 1, offset + 1)


def _phrase_ends(text: str) -> Iterator[tuple[int, float]]:
    """The ends of BudouX's phrases, with the cost of a break there; for one between a verb and what comes of
    it, which stays with the verb, those around them too: 村喝|上放心水, and so 村|喝上|放心水.
    """
    offset = 0
    for line in text.splitlines(keepends=True):
        phrases = phrases_in(line)
        for phrase, following in zip(phrases, [*phrases[1:], "  "], strict=True):
            offset += len(phrase)
            short = len(phrase.strip()) < 2 or len(following.strip()) == 1
            yield offset, PLAIN_BREAK + (TIGHT_WORD if short else 0.0)
            if has_complement(text[offset - 1 : offset + 1]) and tears_word(text, offset):
                for edge in (offset - 1, offset + 1):
                    if text[edge : edge + 1].strip() and text[edge] not in _CLINGING and not tears_word(text, edge):
                        yield edge, PLAIN_BREAK + TIGHT_WORD


def _name_edges(text: str, protected: tuple[str, ...]) -> Iterator[tuple[int, float]]:
    """Before and after a name a phrase ends, whatever the model takes it for; but 的 and its like stay with it."""
    for start, end in protected_ranges(text, protected):
        yield start, PLAIN_BREAK
        if end < len(text) and text[end] not in _CLINGING:
            yield end, PLAIN_BREAK


_CLINGING = "的地得了着过们等之者及与和、，。"


def _enclosed(chain: UnitChain) -> Iterator[tuple[int, int]]:
    """Begin and end of every stretch in quotes, brackets or title marks, with its marks."""
    stack: list[tuple[str, int]] = []
    for offset, character in enumerate(chain.text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], offset))
        elif stack and character == stack[-1][0]:
            yield stack.pop()[1], offset + 1


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading and the breaks it may use."""

    strip: Strip
    room: Available
    costs: dict[int, float]
    forced: frozenset[int]
    shape: Shape

    @property
    def whole(self) -> float:
        """Its width in one line, in em."""
        return self.strip.natural(0, len(self.strip.chain.kinds))

    def least(self, most: int) -> int:
        """How many lines it takes if each holds all it can; more than *most* if so many do not hold it."""
        places, start = sorted(self.costs), 0
        for number in range(most):
            reached = list(self.reachable(places, start, number, 0.0))
            if not reached:
                break
            start = reached[-1]
            if start == len(self.strip.chain.kinds):
                return number + 1
        return most + 1

    def ends(self, lines: int, beyond: float) -> list[int]:
        """The best ends of just so many *lines*; none if it has too few breaks or too many newlines, or if a line would
        stand out. With *beyond*, lines may be that many times wider than their room or share.
        """
        size = len(self.strip.chain.kinds)
        places = sorted(self.costs)
        parts, whole = shares(self.shape, lines), self.whole
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for number in range(lines):
            following: dict[int, tuple[float, tuple[int, ...]]] = {}
            widest = max(self.room(number), whole / lines) * beyond
            for start, (cost, ends) in best.items():
                for end in self.reachable(places, start, number, widest):
                    if (end == size) != (number == lines - 1):
                        continue
                    total = cost + self._cost(start, end, number, parts[number] * whole, whole / lines)
                    if end not in following or total < following[end][0]:
                        following[end] = (total, (*ends, end))
            best = following
        return list(best[size][1]) if size in best else []

    def reachable(self, places: Sequence[int], start: int, number: int, widest: float) -> Iterator[int]:
        """Line ends after *start*, none past the next newline, none too far for the room and for *widest*."""
        barrier = min((stop for stop in self.forced if stop > start), default=len(self.strip.chain.kinds))
        for end in places[bisect_right(places, start) :]:
            fits = self.strip.strain(start, end, self.room(number)) != IMPOSSIBLE
            if end > barrier or not (fits or self.strip.natural(start, end) <= widest):
                return
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
    """The part of a heading that each of its *lines* should hold, so that together they take *shape*."""
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
