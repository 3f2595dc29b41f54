"""Chooses all breaks of a paragraph at once, those of least total demerit (Knuth & Plass 1981, on first-fit's own line
evaluator).

Linear in the text: a line start is dropped as soon as no line from it can be squeezed into its measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.composer.breaks import ADDRESS, FREE, ITEM, NAME, NEVER, TITLE, UNIT, WITHIN
from layout.composer.evaluate import IMPOSSIBLE, Available, Strip

LOOSE = 100.0
"""A line whose gaps stand at the warning limit. Looseness costs by its cube, so one bad line outweighs several fair
ones."""
OPENED = 60.0
"""The same line, counted by its opening alone: without it three slightly open lines would be had for nothing, where
squeezing three marks would have left them closed."""
SQUEEZED = 12.0
"""A line squeezed to the last. Chinese marks give their half without harm, so it is worth a gap of 0.03 em and no
more: cheaper than the least gap one sees. Without it marks would give where nothing has to."""
CONTRAST = 40.0
"""A loose line beside a tight one: the reader sees the step, not the gap. Worth moving it by a line, seldom opening
another for it."""
LOOSE_PAIR = 25.0
"""Two loose lines, one under the other: together they make a pale patch. Below ``CONTRAST``: a third line need not be
tightened to part them."""
TORN = {FREE: 0.0, ITEM: 30.0, TITLE: 150.0, UNIT: 250.0, WITHIN: 700.0, ADDRESS: 1500.0, NAME: 2000.0}
"""A title, a number and its unit, a unit in itself (平方|米), an address, a name torn. 250 is worth a line somewhat
above the warning limit, not one at the error limit."""
DIVIDED = 40.0
"""A Western word divided with a hyphen: dearer than squeezing the marks of three lines, cheaper than a line at the
warning limit."""
RUNT = 3000.0
"""A last line of one character must be mended (CLREQ adjustments_of_orphans_and_widows): worth a line at the error
limit."""
BEYOND = 1e5
"""A line beyond the error limit, or overlong: only where nothing else is left."""

ALMOST_LINEAR = 0.05
"""Of the cubic cost, what is left in the second try, when evening out opened more space in all than first-fit does:
the cube alone gladly opens three lines to mend a fourth, and such ends are refused."""
WEIGHTS = (10.0, 1.0)
"""What part of their price torn words cost, try after try. At ten times the price nothing is torn that can be kept;
where that opens more than the style allows, at their price the dearest are kept."""
ALMOST_FREE = 0.01
"""What part of their price they cost at least, so that of two choices alike the one that tears less is taken. Even a
name then costs less than two lines squeezed to the last, so no gap is opened for one here; ``WEIGHTS`` decide that."""
ANY_NUMBER = 1 << 30
UNSEEN = (0.03, 0.1)
"""Gaps that no reader sees, and that hardly any does: lines no looser than these are looked for first. The widest gap
is what one sees; the sum of costs alone would let one line open further to spare the marks of the others."""
SAME = 1e-6
"""Two sums of gaps within this, in em, are the same."""


@dataclass(slots=True)
class _Node:
    """The cheapest choice of breaks whose last line ends at ``position`` and looks as ``look`` says. Nothing changes
    one; that it is not frozen halves what making it takes, and a page makes thousands.
    """

    position: int
    number: int
    cost: float
    look: int
    before: _Node | None


def total_fit(
    strip: Strip, start: int, first: list[int], available: Available, number: int, *, constant: bool
) -> list[int]:
    """The line ends of least demerit from *start*; *first* are those of first-fit.

    They never break more rules than *first* (runts, overlong lines) and, unless they break or tear less, never have a
    wider gap, a greater sum of squares, or more space between characters in all: else *first* itself comes back.
    Titles, figures and names are kept together as far as ``keep_limit`` and ``keep_names`` allow.
    """
    bar = _Faults.of(strip, start, first, available, number)
    if bar.clean:
        return first
    stretch = _Stretch(strip, start, first, available, number, constant)
    if not any(strip.breaks.grade[start + 1 : first[-1]].count(grade) for grade in GRADES):
        return stretch.best(bar, stretch.limits(bar), _prices(0.0, 0.0))
    free = replace(bar, names=ANY_NUMBER, torn=ANY_NUMBER)
    ends = stretch.best(free, stretch.limits(bar), _prices(ALMOST_FREE, ALMOST_FREE))
    ends = stretch.keeping_units(stretch.keeping_names(ends, bar), bar)
    found = stretch.faults(ends)
    return first if found.looser_than(bar) and not found.buys(bar) else ends


GRADES = tuple(grade for grade in TORN if grade > FREE)


def _prices(names: float, others: float) -> tuple[float, ...]:
    """What a break costs by its grade, with parts of the full prices."""
    part = {NAME: names, ADDRESS: 1.0}
    return tuple(price * part.get(grade, others) for grade, price in sorted(TORN.items()))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A paragraph, or a part of one between newlines, with the line ends of first-fit."""

    strip: Strip
    start: int
    first: list[int]
    available: Available
    number: int
    constant: bool

    def faults(self, ends: Sequence[int]) -> _Faults:
        """The faults of *ends*."""
        return _Faults.of(self.strip, self.start, ends, self.available, self.number)

    def limits(self, bar: _Faults) -> tuple[float, ...]:
        """The widest gaps to try with: what nobody sees first, then what *bar* has, then, if that has faults, any."""
        error = self.strip.setting.gap_error
        if bar.faults:
            return *UNSEEN, error, float("inf")
        widest = min(error, bar.loosest + SAME)
        return *(each for each in UNSEEN if each < widest), widest

    def keeping_names(self, ends: list[int], bar: _Faults) -> list[int]:
        """*ends*, or others that tear fewer names and open the lines no further than the style allows for that."""
        least, keep = self.faults(ends), self.strip.setting.keep_names
        limit = least.spoilt(least.names, keep)
        for weight in WEIGHTS if least.names else ():
            found = self._kept(limit, bar, _prices(weight, ALMOST_FREE))
            if self.faults(found).names < least.names and self.faults(found).within(limit, bar):
                return found
        return ends

    def keeping_units(self, ends: list[int], bar: _Faults) -> list[int]:
        """*ends*, or others that tear fewer figures and titles, at no name's cost and within what the style allows."""
        least, keep = self.faults(ends), self.strip.setting.keep_limit
        limit = least.spoilt(least.torn, keep)
        for weight in WEIGHTS if least.torn >= 1 else WEIGHTS[:1] if least.torn else ():
            found = self._kept(limit, bar, _prices(1.0, weight))
            if found is not self.first and self._tears_less(found, least, limit, bar):
                return found
        return self.first if least.torn and self._tears_less(self.first, least, limit, bar) else ends

    def _tears_less(self, ends: list[int], least: _Faults, limit: _Faults, bar: _Faults) -> bool:
        found = self.faults(ends)
        return found.torn < least.torn and found.within(limit, bar)

    def _kept(self, limit: _Faults, bar: _Faults, prices: Sequence[float]) -> list[int]:
        free = replace(bar, names=ANY_NUMBER, torn=ANY_NUMBER)
        return self.best(free, (limit.loosest + SAME,), prices)

    def best(self, bar: _Faults, limits: Sequence[float], prices: Sequence[float]) -> list[int]:
        """The ends of least cost that are no worse than *bar*, a break costing what *prices* say for its grade;
        first-fit's own if there are none."""
        best, least = self.first, bar
        for limit in limits:
            for cubic in (LOOSE, LOOSE * ALMOST_LINEAR):
                search = _Search(self.strip, self.available, self.constant, cubic, limit, prices)
                ends = search.run(self.start, self.first[-1], self.number)
                if not ends:  # no price finds a line within the limit where there is none
                    break
                found = self.faults(ends)
                if found.no_worse_than(bar):
                    if not found.faults:
                        return ends
                    if best is self.first or found.faults < least.faults:
                        best, least = ends, found
                    break
        return best


@dataclass(frozen=True, slots=True)
class _Faults:
    """The faults of a choice of line ends."""

    faults: int
    """Those that ``broken`` counts, and lines beyond the error limit."""
    broken: int
    """Lines longer than their measure, and a last line too short."""
    names: int
    torn: float
    """Figures and titles torn; a unit in itself counts double, a short word of several a part."""
    opened: float
    squares: float
    loosest: float

    @property
    def clean(self) -> bool:
        """Whether nothing can be improved."""
        return not (self.faults or self.names or self.torn) and self.opened <= SAME

    @classmethod
    def of(cls, strip: Strip, start: int, ends: Sequence[int], available: Available, number: int) -> _Faults:
        strains = []
        grade, setting = strip.breaks.grade, strip.setting
        position = start
        for k, end in enumerate(ends):
            strains.append(strip.strain(position, end, available(number + k)))
            position = end
        if strains[-1] != IMPOSSIBLE:
            strains[-1] = min(0.0, strains[-1])
        runt = len(ends) > 1 and ends[-1] == len(grade) - 1 and strip.short_last(ends[-2])
        broken = strains.count(IMPOSSIBLE) + runt
        faults = broken + sum(strain > setting.gap_error for strain in strains)
        grades = [grade[end] for end in ends]
        names, torn = grades.count(NAME), sum(_COUNT.get(each, 0) for each in grades)
        gaps = [strain for strain in strains if strain > 0]
        return cls(faults, broken, names, torn, sum(gaps), sum(gap * gap for gap in gaps), max(gaps, default=0.0))

    def spoilt(self, torn: float, keep: float) -> _Faults:
        """What keeping words together may make of it: a line open by *keep* em for every one of the *torn*."""
        return replace(self, squares=self.squares + torn * keep * keep, loosest=max(self.loosest, keep))

    def within(self, limit: _Faults, bar: _Faults) -> bool:
        """Whether it is no worse than *limit*, figures and titles apart, nor opens more in all than *bar* (if that has
        as many faults and tears as many names)."""
        even = self.loosest <= limit.loosest + SAME and self.squares <= limit.squares + SAME
        less = self.faults < bar.faults or self.names < bar.names or self.opened <= bar.opened + SAME
        return self.faults <= limit.faults and self.names <= limit.names and even and less

    def no_worse_than(self, other: _Faults) -> bool:
        """Whether this choice may stand for the *other*."""
        if self.broken != other.broken:
            return self.broken < other.broken
        if self.faults > other.faults or self.names > other.names or self.torn > other.torn:
            return False
        return self.opened <= other.opened + SAME and not self.looser_than(other)

    def looser_than(self, other: _Faults) -> bool:
        """Whether its widest gap, or the sum of its gaps' squares, is greater."""
        return self.loosest > other.loosest + SAME or self.squares > other.squares + SAME

    def buys(self, other: _Faults) -> bool:
        """Whether it breaks fewer rules or tears fewer words than the *other*."""
        return self.broken < other.broken or self.names < other.names or self.torn < other.torn


_COUNT = {ITEM: 0.5, TITLE: 1, UNIT: 1, WITHIN: 2}
_Group = list[_Node]
"""The nodes at one position."""


@dataclass(slots=True)
class _Search:
    """One pass over the breaks of a paragraph. ``limit``: the widest gap looked at; without one, a solution is always
    found."""

    strip: Strip
    available: Available
    constant: bool
    cubic: float
    limit: float
    prices: Sequence[float]

    def run(self, start: int, end: int, number: int) -> list[int]:
        """The line ends of least cost; none if the limit allows none."""
        grade = self.strip.breaks.grade
        active: list[_Group] = [[_Node(start, number, 0.0, 1, None)]]
        for j in range(start + 1, end + 1):
            if grade[j] >= NEVER and j != end:
                continue
            found, dead = self._ends_at(active, j, end)
            if not found and not active:
                if self.limit != float("inf"):
                    return []
                found = [self._overlong(node, j) for node in dead]
            if found:
                active.append(found)
        if active[-1][0].position != end:
            return []
        return _trace(min(active[-1], key=lambda node: node.cost))

    def _ends_at(self, active: list[_Group], j: int, end: int) -> tuple[_Group, _Group]:
        """The best lines that end at *j*, one for each look (and line number, where measures differ); and, taken from
        *active*, the nearest start from which a line to *j* is already too long."""
        best: dict[tuple[int, int], _Node] = {}
        strain_of, available, limit = self.strip.strain, self.available, self.limit
        leading, dead = j not in self.strip.breaks.hyphen, 0
        priced = float("nan")  # as no strain is
        cost, look = 0.0, 0
        for group in active:
            strain = strain_of(group[0].position, j, available(group[0].number))
            if j != end and strain > limit:  # nearer line starts only give looser lines
                break
            alive = False
            for node in group:
                if not self.constant:
                    strain = strain_of(node.position, j, available(node.number))
                if strain == IMPOSSIBLE:
                    continue
                alive = True
                if strain <= limit or j == end:
                    if strain != priced:
                        priced = strain
                        cost, look = self._price(min(strain, 0.0) if j == end else strain)
                    self._keep(best, node, j, cost, look)
            leading = leading and not alive
            dead += leading
        last = active[dead - 1] if dead else []
        del active[:dead]
        return list(best.values()), last

    def _price(self, strain: float) -> tuple[float, int]:
        """What a line of that *strain* costs by itself, and how it looks."""
        if strain < 0:
            return SQUEEZED * strain * strain, 0 if strain < -0.5 else 1
        setting = self.strip.setting
        opening = strain / max(setting.gap_warn, SAME)
        cost = OPENED * opening + self.cubic * opening**3
        cost += BEYOND * strain if strain > setting.gap_error else 0.0
        return cost, 1 if opening < 0.5 else 2 if opening <= 1 else 3

    def _keep(self, best: dict[tuple[int, int], _Node], node: _Node, j: int, cost: float, look: int) -> None:
        """Enters the line from *node* to *j* in *best* if it is the cheapest of its *look*; by itself it has that
        *cost*.
        """
        grade, before = self.strip.breaks.grade, node.look
        cost += LOOSE_PAIR if look > 1 and before > 1 else 0.0
        contrast = CONTRAST if look - before > 1 or before - look > 1 else 0.0
        cost += node.cost + contrast + self.prices[min(grade[j], NAME)]
        cost += DIVIDED if j in self.strip.breaks.hyphen else 0.0
        if j == len(grade) - 1 and self.strip.short_last(node.position):
            cost += RUNT
        key = (look, 0 if self.constant else node.number)
        known = best.get(key)
        if known is None or cost < known.cost:
            best[key] = _Node(j, node.number + 1, cost, look, node)

    def _overlong(self, node: _Node, j: int) -> _Node:
        beyond = self.strip.natural(node.position, j) - self.available(node.number)
        return _Node(j, node.number + 1, node.cost + BEYOND * (1 + beyond), 0, node)


def _trace(node: _Node) -> list[int]:
    ends: list[int] = []
    while node.before is not None:
        ends.append(node.position)
        node = node.before
    return ends[::-1]
