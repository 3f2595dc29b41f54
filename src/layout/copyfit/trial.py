"""One try at a page: types read, copy set, heights solved, until lines and heights agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil

from layout.copyfit.checking import left_out, one_or_all
from layout.copyfit.galley import Chain, Galley, set_chain
from layout.copyfit.model import Fit, FittedPage, Price
from layout.copyfit.needs import first_slots, key_of, needs_of
from layout.copyfit.pricing import prices_of, tracked
from layout.copyfit.setter import Setter
from layout.copyfit.slots import slots_of
from layout.copyfit.solve import solve
from layout.copyfit.tracking import Tracking
from layout.errors import LayoutError, TemplateError
from layout.manuscript.model import Text
from layout.page.engine import Roles, Sheet
from layout.page.frames import Frame, FrameType, MeasuredPage
from layout.page.measure import measure

_ROUNDS = 6
"""How often heights and lines are held against each other where frames are unequal or something stands in them."""

WELL = 4.0
"""What a page may cost before tracking is tried."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set on a page: its texts by flow, in reading order."""

    texts: Mapping[str, Text]
    resumed: frozenset[str] = frozenset()
    """Flows whose first paragraph has begun on another page."""
    turning: frozenset[str] = frozenset()
    """Flows that a later page continues."""

    def roles(self) -> dict[str, list[str]]:
        """The marks each flow uses, besides plain."""
        return {flow: _marks(text) for flow, text in self.texts.items()}

    def kinds(self) -> dict[str, Roles]:
        """The kinds of paragraph in each flow, with the marks each uses."""
        found: dict[str, Roles] = {}
        for flow, text in self.texts.items():
            kinds = {paragraph.kind for paragraph in text.paragraphs}
            found[flow] = {kind: _marks(text, kind) for kind in sorted(kinds)}
        return found


def _marks(text: Text, kind: str | None = None) -> list[str]:
    wanted = [paragraph for paragraph in text.paragraphs if kind in (None, paragraph.kind)]
    return sorted({run.mark for paragraph in wanted for run in paragraph.runs} - {"plain"})


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one try."""

    fitted: FittedPage
    cost: float
    prices: tuple[Price, ...]


def try_page(sheet: Sheet, page_no: int, copy: Copy, setter: Setter) -> Trial:
    """Sets *copy* on *sheet* as it stands, and writes the heights into it, ready for the last layout.

    Raises ``TemplateError`` for options nobody knows, ``FontError`` for characters that no face has.
    """
    sheet.probe(copy.roles(), copy.kinds())
    page = measure(sheet, sheet.lay_out(), page_no, setter.fontbook)
    types = {frame.id: frame.type for frame in page.frames}
    gone = left_out(sheet, page, copy.texts)
    chains = dict(_chains(page, copy))
    galleys = _first(sheet, page, chains, setter)
    natural = _natural_heights(page, galleys)
    if natural:
        sheet.set_heights(natural)
        page = with_types(measure(sheet, sheet.lay_out(), page_no, setter.fontbook), types)
    made = _Fitting(sheet, _gridded(page), setter, natural).settle(chains, galleys)
    heights = natural | dict(made.fit.heights)
    sheet.set_heights(heights)
    fitted = FittedPage(
        galleys=made.galleys,
        fit=made.fit,
        picture_sizes={p.id: (p.picture, p.box.width, heights.get(p.id, p.box.height)) for p in page.pictures},
        chains=made.chains,
        types=types,
        order=tuple(copy.texts),
        setter=setter,
        concessions=(*made.fit.concessions, *tracked(made.galleys)),
        left_out=gone,
    )
    prices = prices_of(page, made.galleys, made.chains, made.fit)
    return Trial(fitted, sum(price.cost for price in prices), prices)


def with_types(page: MeasuredPage, types: Mapping[str, FrameType]) -> MeasuredPage:
    """*page* with the types that its frames had when the probes stood in them."""
    return replace(page, frames=tuple(replace(f, type=types.get(f.id, f.type)) for f in page.frames))


def _gridded(page: MeasuredPage) -> MeasuredPage:
    """*page* with its frames on the grid, where they will be when what stands above them has whole rows."""
    top, row = page.type_area.y, page.row
    frames = [replace(f, box=replace(f.box, y=top + round((f.box.y - top) / row) * row)) for f in page.frames]
    own = (f if abs(f.type.leading - row) > 1e-3 else g for f, g in zip(page.frames, frames, strict=True))
    return replace(page, frames=tuple(own))


def _chains(page: MeasuredPage, copy: Copy) -> Iterator[tuple[str, Chain]]:
    for flow, frames in page.chains().items():
        texts = tuple(copy.texts[name] for name in frames[0].flows if name in copy.texts)
        resumed = bool(texts) and texts[0].flow in copy.resumed
        turns = any(frame.turns for frame in frames) and any(text.flow in copy.turning for text in texts)
        yield flow, Chain(flow, texts, frames[0].type, resumed, turns)


def _first(sheet: Sheet, page: MeasuredPage, chains: Mapping[str, Chain], setter: Setter) -> dict[str, Galley]:
    """The copy set before any height is known. Every fault of every chain is found."""
    galleys: dict[str, Galley] = {}
    faults: list[LayoutError] = []
    for flow, frames in page.chains().items():
        try:
            slots = first_slots(frames, slots_of(page, frames))
            length = frames[0].box.height if frames[0].type.vertical else frames[0].box.width
            galleys[flow] = set_chain(chains[flow], slots, setter, length)
        except TemplateError as fault:
            fault.place = sheet.mention(re.findall(r"--[\w-]+", fault.said.en))
            faults.append(fault)
        except LayoutError as fault:
            faults += fault.faults()
    if faults:
        raise one_or_all(faults)
    return galleys


def _natural_heights(page: MeasuredPage, galleys: Mapping[str, Galley]) -> dict[str, float]:
    """Frames whose CSS height is auto are as tall as their lines; inside a band, in whole rows."""
    return {
        frame.id: _natural(frame, galleys[" ".join(frame.flows)].used, page.row)
        for frame in page.frames
        if frame.height_by == "lines"
    }


def _natural(frame: Frame, lines: int, row: float) -> float:
    height = lines * frame.type.leading
    return ceil(height / row - 0.01) * row if frame.band else height


@dataclass(frozen=True, slots=True)
class _Made:
    """Copy and heights that agree."""

    chains: Mapping[str, Chain]
    galleys: Mapping[str, Galley]
    fit: Fit


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A page whose heights are being sought."""

    sheet: Sheet
    page: MeasuredPage
    setter: Setter
    natural: Mapping[str, float]

    def settle(self, chains: Mapping[str, Chain], galleys: Mapping[str, Galley]) -> _Made:
        """The cheapest of the rounds; tracking is tried only where the page does not come out well without it."""
        made = self._rounds(chains, galleys, None)
        if self._worth(made) < WELL or not any(Tracking.allowed(chain) for chain in chains.values()):
            return made
        other = self._rounds(chains, galleys, Tracking(self.setter))
        return other if self._worth(other) < self._worth(made) else made

    def _worth(self, made: _Made) -> float:
        return sum(price.cost for price in prices_of(self.page, made.galleys, made.chains, made.fit))

    def _rounds(self, chains: Mapping[str, Chain], galleys: Mapping[str, Galley], tracking: Tracking | None) -> _Made:
        needs = needs_of(self.page, chains, galleys, tracking, first=True)
        seen: list[object] = []
        rounds: list[_Made] = []
        while key_of(needs) not in seen and len(rounds) < _ROUNDS:
            seen.append(key_of(needs))
            fit = solve(self.page, needs)
            page = self._sized(fit)
            changed = dict(chains if tracking is None else tracking.chosen(page, chains, needs))
            made = _Made(changed, self._galleys(page, changed), fit)
            rounds.append(made)
            plain = made.galleys if tracking is None else self._galleys(page, chains)
            needs = needs_of(page, chains, plain, tracking)
        return min(rounds, key=self._worth)

    def _galleys(self, page: MeasuredPage, chains: Mapping[str, Chain]) -> dict[str, Galley]:
        return {
            flow: set_chain(chains[flow], slots_of(page, frames), self.setter, frames[0].box.width)
            for flow, frames in page.chains().items()
        }

    def _sized(self, fit: Fit) -> MeasuredPage:
        """The page with the heights of *fit*: laid out anew where there are shapes to run around, else reckoned."""
        page = self.page
        if page.shapes:
            self.sheet.set_heights({**self.natural, **fit.heights})
            sized = measure(self.sheet, self.sheet.lay_out(), page.page_no, self.setter.fontbook)
            return with_types(sized, {frame.id: frame.type for frame in page.frames})
        frames = (replace(f, box=replace(f.box, height=fit.heights.get(f.id, f.box.height))) for f in page.frames)
        return replace(page, frames=tuple(frames))
