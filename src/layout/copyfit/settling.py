"""Heights and lines held against each other until they agree: the page as it comes out under one setting of steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from layout.copyfit.cropping import Originals
from layout.copyfit.galley import Chain, Galley, set_chain
from layout.copyfit.model import Fit, Price
from layout.copyfit.needs import key_of, needs_of
from layout.copyfit.pricing import prices_of
from layout.copyfit.reckon import reckoned
from layout.copyfit.setter import Setter
from layout.copyfit.slots import slots_of
from layout.copyfit.solve import solve
from layout.copyfit.stacks import elastic
from layout.copyfit.tracking import Tracking
from layout.page.engine import Sheet
from layout.page.frames import FrameType, MeasuredPage
from layout.page.measure import measure

_ROUNDS = 6
"""How often heights and lines are held against each other where frames are unequal or something stands in them."""

WELL = 4.0
"""What a page may cost before tracking is tried, and blemishes before other heights are."""


@dataclass(frozen=True, slots=True)
class Made:
    """Copy and heights that agree, and what they cost."""

    chains: Mapping[str, Chain]
    galleys: Mapping[str, Galley]
    fit: Fit
    prices: tuple[Price, ...]

    @property
    def cost(self) -> float:
        """All that it costs."""
        return round(sum(price.cost for price in self.prices), 6)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A page whose heights are being sought."""

    sheet: Sheet
    page: MeasuredPage
    setter: Setter
    natural: Mapping[str, float]
    originals: Originals

    def settle(self, chains: Mapping[str, Chain], galleys: Mapping[str, Galley]) -> Made:
        """The cheapest of the rounds; tracking is tried only where the page does not come out well without it.

        Where headings meet or columns end short, other heights of the pictures beside them are tried, one at a time.
        """
        made, tracking = self.rounds(chains, galleys, None), None
        if made.cost >= WELL and Tracking.promises(made.chains, made.galleys):
            tracking = Tracking(self.setter)
            made = min(made, self.rounds(chains, galleys, tracking), key=lambda each: each.cost)
        if sum(price.cost for price in made.prices if price.kind == "blemish") < WELL:
            return made
        others = (other.rounds(chains, galleys, tracking) for other in self._moved(made))
        return min([made, *others], key=lambda each: each.cost)

    def _moved(self, made: Made) -> Iterator[Fitting]:
        """The page with one picture kept from the height it has come to."""
        row = self.page.row
        for number, picture in enumerate(self.page.pictures):
            own = elastic(picture, row)
            rows = {each: own.crop(each) for each in own.range if each != round(made.fit.heights.get(own.id, 0) / row)}
            if picture.band and picture.elastic and rows:
                other = replace(picture, allowed=rows)
                pictures = (*self.page.pictures[:number], other, *self.page.pictures[number + 1 :])
                yield replace(self, page=replace(self.page, pictures=pictures))

    def rounds(
        self, chains: Mapping[str, Chain], galleys: Mapping[str, Galley], tracking: Tracking | None = None
    ) -> Made:
        """Heights sought and copy set by turns until they agree; the cheapest of the rounds."""
        needs = needs_of(self.page, chains, galleys, tracking, first=True)
        seen: list[object] = []
        rounds: list[Made] = []
        while key_of(needs) not in seen and len(rounds) < _ROUNDS:
            seen.append(key_of(needs))
            fit = solve(self.page, needs)
            page = self.sized(fit)
            changed = dict(chains if tracking is None else tracking.chosen(page, chains, needs))
            rounds.append(self.made(page, changed, fit))
            plain = rounds[-1].galleys if tracking is None else self._galleys(page, chains)
            needs = needs_of(page, chains, plain, tracking)
        return min(rounds, key=lambda made: made.cost)

    def made(self, page: MeasuredPage, chains: Mapping[str, Chain], fit: Fit) -> Made:
        """The *chains* set on *page*, which has the heights of *fit*."""
        galleys = self._galleys(page, chains)
        return Made(chains, galleys, fit, prices_of(page, galleys, chains, fit))

    def _galleys(self, page: MeasuredPage, chains: Mapping[str, Chain]) -> dict[str, Galley]:
        return {
            flow: set_chain(chains[flow], slots_of(page, frames), self.setter, frames[0].box.width)
            for flow, frames in page.chains().items()
        }

    def sized(self, fit: Fit) -> MeasuredPage:
        """The page with the heights of *fit*: laid out anew where there are shapes to run around, else reckoned."""
        page = self.page
        if page.shapes:
            self.sheet.set_heights({**self.natural, **fit.heights})
            sized = measure(self.sheet, self.sheet.lay_out(), page.page_no, self.setter.fontbook)
            pictures = tuple(
                replace(new, allowed=old.allowed) for new, old in zip(sized.pictures, page.pictures, strict=True)
            )
            types = {frame.id: frame.type for frame in page.frames}
            return replace(with_types(sized, types), pictures=pictures)
        return reckoned(page, fit.heights)


def with_types(page: MeasuredPage, types: Mapping[str, FrameType]) -> MeasuredPage:
    """*page* with the types that its frames had when the probes stood in them."""
    return replace(page, frames=tuple(replace(f, type=types.get(f.id, f.type)) for f in page.frames))
