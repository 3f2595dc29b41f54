"""Iterates heights and lines until they agree, for one choice of steps."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from layout.copyfit.crop_limits import Originals
from layout.copyfit.scores import Price
from layout.copyfit.search.prices import prices_of
from layout.copyfit.silhouettes import with_silhouettes
from layout.flows import Chain
from layout.galley import costs
from layout.galley.columns import Needs, band_columns, elastic
from layout.galley.galley import set_chain
from layout.galley.line_demand import key_of, needs_of
from layout.galley.model import Galley, TextChain
from layout.galley.page_tree import keeps_shapes, reckoned
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import overset
from layout.galley.row_fit import RowFit
from layout.galley.row_solver import solve
from layout.galley.search_budget import LAYOUT, LINE, SearchBudget
from layout.galley.slots import Slot, slots_of
from layout.galley.tracking import Tracking
from layout.page.canvas import Canvas, Classes, Decision
from layout.page.frames import Frame, FrameType, MeasuredPage, PictureBox

_ROUNDS = 6
"""How often heights and lines are held against each other where frames are unequal or something stands in them."""

WELL = 4.0
"""What a page may cost before tracking is tried, and blemishes before other heights are."""
_EPS = 0.01
"""Points by which sums of rows and limits of the CSS may differ."""


@dataclass(frozen=True, slots=True)
class SettledPage:
    """Copy and heights that agree, and what they cost."""

    chains: Mapping[Chain, TextChain]
    galleys: Mapping[Chain, Galley]
    fit: RowFit
    prices: tuple[Price, ...]

    @property
    def cost(self) -> float:
        """All that it costs."""
        return round(sum(price.cost for price in self.prices), 6)


@dataclass(frozen=True, slots=True)
class _Round:
    """Copy set at the heights that were solved for, and the lines that it needs as it ran there."""

    made: SettledPage
    needs: Needs


@dataclass(frozen=True, slots=True)
class Fitting:
    """A page whose heights are being sought."""

    canvas: Canvas
    classes: Classes
    page: MeasuredPage
    setter: Setter
    natural: Mapping[str, float]
    originals: Originals
    budget: SearchBudget = field(default_factory=SearchBudget)
    like: Classes = ()
    """The classes under which its boxes were laid out: others that differ in type alone."""
    exact: bool = False
    """Whether the page is laid out for every choice of heights where text runs around something; else it is reckoned
    where that stands then."""
    _unmoved: dict[Chain, tuple[TextChain, tuple[Frame, ...], Galley]] = field(default_factory=dict)
    """Chains as they were last set: most stand in no band, where nothing moves them."""

    def settle(self, chains: Mapping[Chain, TextChain], galleys: Mapping[Chain, Galley]) -> SettledPage:
        """The cheapest of the rounds; tracking is tried only where the page does not come out well without it, and
        never where copy stands as it was arranged: a line more would leave a column short that is not the last.

        Where headings meet, columns end short or copy leaves more lines empty than a page may, other heights of
        pictures and gaps are tried, one at a time, as long as more may be spent: heights are solved with the lines as
        they last fell, and a heading that finds its place, or loses it, changes how many there are.
        """
        made, tracking = self.rounds(chains, galleys, None), None
        if self.page.arranged:
            made = min(made, self._closer(made), key=lambda each: each.cost)
        elif made.cost >= WELL and Tracking.promises(made.chains, made.galleys):
            tracking = Tracking(self.setter)
            made = min(made, self.rounds(chains, galleys, tracking), key=lambda each: each.cost)
        blemishes = sum(price.cost for price in made.prices if price.kind == "blemish")
        short = sum(price.cost for price in made.prices if price.kind == "short")
        if blemishes < WELL and short < costs.HOLE:
            return made
        known: dict[Hashable, _Round] = {}
        for other in self._moved(made):
            if not self.budget.goes_on():
                break
            made = min(made, other.rounds(chains, galleys, tracking, known), key=lambda each: each.cost)
        return made

    def _closer(self, made: SettledPage) -> SettledPage:
        """*made* with copy set closer that was arranged so: what has no place as it is, by as few lines as may be. How
        many lines a heading takes is known only where it stands, so each number of lines is really set.
        """
        page, tracking = self.sized(made.fit), Tracking(self.setter, (-1,))
        chains = dict(made.chains)
        for name, frames in page.chains().items():
            if overset(made.galleys[name]):
                chains[name] = self._fitting(chains[name], frames, page, tracking)
        return made if chains == made.chains else self.made(page, chains, made.fit)

    def _fitting(
        self, chain: TextChain, frames: tuple[Frame, ...], page: MeasuredPage, tracking: Tracking
    ) -> TextChain:
        """*chain*, set closer so that it finds its place in *frames*; as it is where it cannot be."""
        slots, width = slots_of(page, frames), frames[0].box.width
        if any(abs(frame.box.width - width) > _EPS for frame in frames):
            return chain
        lines = 1
        while (closer := tracking.shorter(chain, width, lines)) and overset(self.set(closer, slots, width)):
            lines += 1
        return closer or chain

    def _moved(self, made: SettledPage) -> Iterator[Fitting]:
        """The page with one picture, or one gap, kept from the height it has come to.

        Pictures that each fill a column of one band are all as high as it is: one of them is enough, unless feet that
        are not level would be no dearer.
        """
        page, row, levels = self.page, self.page.row, set[tuple[str, float]]()
        for number, picture in enumerate(page.pictures):
            own = elastic(picture, row)
            come = round(made.fit.heights.get(own.id, 0) / row)
            rows = {each: own.crop(each) for each in own.range if each != come}
            if picture.band and picture.elastic and rows:
                level = _level_of(page, picture, come) if made.cost < costs.UNLEVEL else None
                if level in levels:
                    continue
                levels |= {level} if level else set()
                other = replace(picture, allowed=rows)
                pictures = (*page.pictures[:number], other, *page.pictures[number + 1 :])
                yield replace(self, page=replace(page, pictures=pictures))
        for number, gap in enumerate(page.gaps):
            now = made.fit.heights.get(gap.id, gap.box.height)
            for least, most in ((now + row, gap.max_height), (gap.min_height, now - row)):
                if least <= most + _EPS:
                    gaps = (
                        *page.gaps[:number],
                        replace(gap, min_height=least, max_height=most),
                        *page.gaps[number + 1 :],
                    )
                    yield replace(self, page=replace(page, gaps=gaps))

    def rounds(
        self,
        chains: Mapping[Chain, TextChain],
        galleys: Mapping[Chain, Galley],
        tracking: Tracking | None = None,
        known: dict[Hashable, _Round] | None = None,
    ) -> SettledPage:
        """Heights sought and copy set by turns until they agree; the cheapest of the rounds.

        *known* are the rounds of the same page with other limits of its heights: at the same heights it is the same.
        """
        needs = needs_of(self.page, chains, galleys, tracking, first=True)
        seen: list[object] = []
        rounds: list[SettledPage] = []
        while key_of(needs) not in seen and len(rounds) < _ROUNDS and (not rounds or self.budget.goes_on()):
            seen.append(key_of(needs))
            fit = solve(self.page, needs, self.budget)
            heights = tuple(sorted(fit.heights.items())), None if tracking is None else key_of(needs)
            again = None if known is None else known.get(heights)
            if again is None:
                again = self._round(chains, needs, fit, tracking)
            if known is not None:
                known[heights] = again
            rounds.append(again.made)
            needs = again.needs
        return min(rounds, key=lambda made: made.cost)

    def _round(self, chains: Mapping[Chain, TextChain], needs: Needs, fit: RowFit, tracking: Tracking | None) -> _Round:
        page = self.sized(fit)
        changed = dict(chains if tracking is None else tracking.chosen(page, chains, needs))
        made = self.made(page, changed, fit)
        plain = made.galleys if tracking is None else self._galleys(page, chains)
        return _Round(made, needs_of(page, chains, plain, tracking))

    def made(self, page: MeasuredPage, chains: Mapping[Chain, TextChain], fit: RowFit) -> SettledPage:
        """The *chains* set on *page*, which has the heights of *fit*."""
        galleys = self._galleys(page, chains)
        return SettledPage(chains, galleys, fit, prices_of(page, galleys, chains, fit))

    def _galleys(self, page: MeasuredPage, chains: Mapping[Chain, TextChain]) -> dict[Chain, Galley]:
        return {name: self._galley(page, chains[name], frames) for name, frames in page.chains().items()}

    def _galley(self, page: MeasuredPage, chain: TextChain, frames: tuple[Frame, ...]) -> Galley:
        last = self._unmoved.get(chain.name)
        if last and not page.shapes and last[0] is chain and last[1] == frames:
            return last[2]
        galley = self.set(chain, slots_of(page, frames), frames[0].box.width)
        self._unmoved[chain.name] = chain, frames, galley
        return galley

    def set(self, chain: TextChain, slots: tuple[Slot, ...], length: float) -> Galley:
        """See ``set_once``."""
        return set_once(chain, slots, length, self.setter, self.budget)

    def decision(self, fit: RowFit) -> Decision:
        """The heights of *fit*, and the natural ones beside them."""
        return Decision.of({**self.natural, **fit.heights}, self.classes)

    def sized(self, fit: RowFit) -> MeasuredPage:
        """The page with the heights of *fit*, reckoned; laid out anew where what text runs around changes its form."""
        page = self.page
        if page.shapes and (self.exact or not keeps_shapes(page, fit.heights)):
            return self.laid_out(fit)
        return reckoned(page, fit.heights)

    def laid_out(self, fit: RowFit) -> MeasuredPage:
        """The page with the heights of *fit*, laid out."""
        page = self.page
        self.budget.spend(LAYOUT)
        sized = with_silhouettes(self.canvas.measured(self.decision(fit)), self.originals)
        pictures = tuple(
            replace(new, allowed=old.allowed) for new, old in zip(sized.pictures, page.pictures, strict=True)
        )
        types = {frame.id: frame.type for frame in page.frames}
        return replace(with_types(sized, types), pictures=pictures)

    @property
    def is_reckoned(self) -> bool:
        """Whether anything of it is not as a layout has shown it."""
        return not self.exact and (bool(self.page.shapes) or self.like != self.classes)

    def stands(self, made: SettledPage) -> bool:
        """Whether the lines of *made* find the same room on the page as it is laid out with its heights."""
        page = self.laid_out(made.fit)
        chains = page.chains()
        return all(_room(slots_of(page, chains[name])) == _room(own.slots) for name, own in made.galleys.items())


def _level_of(page: MeasuredPage, picture: PictureBox, rows: int) -> tuple[str, float] | None:
    """The band of *picture* and how many rows it is high when that has so many; None where that does not follow: where
    more than the picture stands in its column, or it in several.
    """
    (band,) = (each for each in page.bands if each.id == picture.band)
    own = elastic(picture, page.row)
    stacks = [stack for stack in band_columns(page, band) if own in stack.elastics]
    if [(stack.elastics, stack.frame) for stack in stacks] != [((own,), None)]:
        return None
    return band.id, round(stacks[0].fixed + rows, 3)


def set_once(chain: TextChain, slots: tuple[Slot, ...], length: float, setter: Setter, budget: SearchBudget) -> Galley:
    """The copy of *chain* in its *slots*, as ``set_chain`` sets it; in the same room but once."""
    key, known = (chain.key, _room(slots), length), budget.galleys
    if key not in known:
        galley = set_chain(chain, slots, setter, length)
        budget.spend(LINE * len(galley.lines))
        known[key] = chain, galley
    galley = known[key][1]
    return galley if galley.slots == slots else replace(galley, slots=slots)


def _room(slots: Sequence[Slot]) -> Hashable:
    """What of *slots* lines and headings look at: their frames and lengths, where each stands, what is left below."""
    found: list[object] = []
    for frame, each in groupby(slots, key=lambda slot: slot.frame):
        own = list(each)
        left, top = own[0].x, own[0].top
        found.append((frame, tuple(_place(slot, left, top) for slot in own)))
    return tuple(found)


def _place(slot: Slot, left: float, top: float) -> Hashable:
    return slot.length, round(slot.x - left, 3), round(slot.top - top, 3), round(slot.below, 3)


def with_types(page: MeasuredPage, types: Mapping[str, FrameType]) -> MeasuredPage:
    """*page* with the types that its frames had when the probes stood in them."""
    return replace(page, frames=tuple(replace(f, type=types.get(f.id, f.type)) for f in page.frames))
