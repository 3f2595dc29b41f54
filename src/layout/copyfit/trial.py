"""One try at a page: types read, copy set, heights solved, until lines and heights agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from layout.copyfit import costs
from layout.copyfit.galley import Chain, Galley, set_chain
from layout.copyfit.model import Concession, Fit, FittedPage, Price
from layout.copyfit.pour import overset
from layout.copyfit.setter import Setter
from layout.copyfit.slots import Slot, capacity, slots_of
from layout.copyfit.solve import solve
from layout.copyfit.stacks import Need
from layout.copyfit.tracking import Tracking
from layout.errors import Faults, LayoutError, TemplateError
from layout.manuscript.model import Text
from layout.page.engine import Roles, Sheet
from layout.page.frames import Frame, FrameType, MeasuredPage
from layout.page.measure import measure

_ROUNDS = 6
"""How often heights and lines are held against each other where frames are unequal or something stands in them."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is to be set on a page: its texts by flow in reading order, and those of them that have begun elsewhere."""

    texts: Mapping[str, Text]
    resumed: frozenset[str] = frozenset()

    def roles(self) -> dict[str, list[str]]:
        """The marks each flow uses, besides plain."""
        return {flow: _marks(text) for flow, text in self.texts.items()}

    def kinds(self) -> dict[str, Roles]:
        """The kinds of paragraph in each flow, with the marks each uses."""
        found: dict[str, dict[str, list[str]]] = {}
        for flow, text in self.texts.items():
            for paragraph in text.paragraphs:
                roles = found.setdefault(flow, {}).setdefault(paragraph.kind, [])
                roles += [run.mark for run in paragraph.runs if run.mark not in ("plain", *roles)]
        return dict(found)


def _marks(text: Text) -> list[str]:
    return sorted({run.mark for paragraph in text.paragraphs for run in paragraph.runs} - {"plain"})


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
    chains = dict(_chains(page, copy))
    galleys = _set(sheet, page, chains, setter)
    natural = _natural_heights(page, galleys)
    sheet.set_heights(natural)
    if natural:
        page = with_types(measure(sheet, sheet.lay_out(), page_no, setter.fontbook), types)
    made = _Fitting(sheet, page, setter, natural).settle(chains)
    heights = natural | dict(made.fit.heights)
    sheet.set_heights(heights)
    sizes = {box.id: (box.picture, box.box.width, heights.get(box.id, box.box.height)) for box in page.pictures}
    concessions = (*made.fit.concessions, *_tracked(made.chains))
    fitted = FittedPage(
        made.galleys, made.fit, sizes, made.chains, types, tuple(copy.texts), setter, concessions
    )
    prices = tuple(_prices(page, made))
    return Trial(fitted, sum(price.cost for price in prices), prices)


def with_types(page: MeasuredPage, types: Mapping[str, FrameType]) -> MeasuredPage:
    """*page* with the types that its frames had when the probes stood in them."""
    return replace(page, frames=tuple(replace(f, type=types.get(f.id, f.type)) for f in page.frames))


def _chains(page: MeasuredPage, copy: Copy) -> Iterator[tuple[str, Chain]]:
    for flow, frames in page.chains().items():
        names = flow.split()
        texts = tuple(copy.texts[name] for name in names if name in copy.texts)
        yield flow, Chain(flow, texts, frames[0].type, resumed=bool(names) and names[0] in copy.resumed)


def _set(sheet: Sheet, page: MeasuredPage, chains: Mapping[str, Chain], setter: Setter) -> dict[str, Galley]:
    galleys: dict[str, Galley] = {}
    faults: list[LayoutError] = []
    frames = page.chains()
    for flow, chain in chains.items():
        try:
            galleys[flow] = set_chain(chain, slots_of(page, frames[flow]), setter)
        except Faults as several:
            faults += several.faults()
        except TemplateError as fault:
            fault.place = sheet.mention(re.findall(r"--[\w-]+", fault.said.en))
            faults.append(fault)
        except LayoutError as fault:
            faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
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

    def settle(self, chains: Mapping[str, Chain]) -> _Made:
        """The cheapest of the rounds; tracking is tried only where the page does not come out without it."""
        made = self._rounds(chains, None)
        if made.fit.cost < costs.PICTURE * 0.01:
            return made
        tracking = Tracking(self.setter)
        if not any(tracking.allowed(chain) for chain in chains.values()):
            return made
        other = self._rounds(chains, tracking)
        return other if self._worth(other) < self._worth(made) else made

    def _worth(self, made: _Made) -> float:
        return sum(price.cost for price in _prices(self.page, made))

    def _rounds(self, chains: Mapping[str, Chain], tracking: Tracking | None) -> _Made:
        page, seen, best = self.page, set(), None
        galleys = self._galleys(page, chains, first=True)
        needs = self._needs(page, chains, galleys, tracking, first=True)
        for _ in range(_ROUNDS):
            fit = solve(self.page, needs)
            page = self._sized(fit)
            tracked = chains if tracking is None else dict(tracking.chosen(page, chains, needs))
            galleys = self._galleys(page, tracked)
            made = _Made(tracked, galleys, fit)
            best = made if best is None or self._worth(made) < self._worth(best) else best
            seen.add(_key(needs))
            needs = self._needs(page, chains, galleys, tracking)
            if _key(needs) in seen:
                break
        assert best is not None
        return best

    def _galleys(self, page: MeasuredPage, chains: Mapping[str, Chain], *, first: bool = False) -> dict[str, Galley]:
        frames = page.chains()
        return {
            flow: set_chain(chain, _endless(frames[flow]) if first else slots_of(page, frames[flow]), self.setter)
            for flow, chain in chains.items()
        }

    def _sized(self, fit: Fit) -> MeasuredPage:
        """The page with the heights of *fit*: laid out anew where shapes may have moved, reckoned where there are none."""
        if self.page.shapes:
            self.sheet.set_heights({**self.natural, **fit.heights})
            types = {frame.id: frame.type for frame in self.page.frames}
            page_no, fontbook = self.page.page_no, self.setter.fontbook
            return with_types(measure(self.sheet, self.sheet.lay_out(), page_no, fontbook), types)
        frames = [
            replace(f, box=replace(f.box, height=fit.heights.get(f.id, f.box.height))) for f in self.page.frames
        ]
        return replace(self.page, frames=tuple(frames))

    def _needs(
        self,
        page: MeasuredPage,
        chains: Mapping[str, Chain],
        galleys: Mapping[str, Galley],
        tracking: Tracking | None,
        *,
        first: bool = False,
    ) -> dict[str, Need]:
        """Per chain, the lines its frames in bands must hold."""
        needs: dict[str, Need] = {}
        for flow, frames in page.chains().items():
            galley, chain = galleys[flow], chains[flow]
            outside = sum(capacity(page, frame) for frame in frames if not _elastic(frame))
            loss = {} if first else dict(_losses(page, frames, galley.slots))
            lines = max(0, galley.used - (min(outside, galley.used)))
            extra = {0: 0.0} if tracking is None else tracking.extra(chain, frames)
            table = {max(0, lines + more): cost for more, cost in sorted(extra.items(), reverse=True)}
            needs[flow] = Need(table, chain.type.leading / page.row, loss)
        return needs


def _elastic(frame: Frame) -> bool:
    return frame.height_by == "rest"


def _endless(frames: Sequence[Frame]) -> tuple[Slot, ...]:
    """Slots for reckoning how many lines a chain comes to before its heights are known."""
    long = frames[0].box.height if frames[0].type.vertical else frames[0].box.width
    return tuple(Slot(0, 0.0, 0.0, long) for _ in range(9_999)) if _elastic(frames[0]) else ()


def _losses(page: MeasuredPage, frames: Sequence[Frame], slots: Sequence[Slot]) -> Iterator[tuple[str, int]]:
    for number, frame in enumerate(frames):
        held = sum(1 for slot in slots if slot.frame == number)
        yield frame.id, max(0, capacity(page, frame) - held)


def _key(needs: Mapping[str, Need]) -> tuple[object, ...]:
    return tuple((flow, tuple(n.lines.items()), tuple(n.loss.items())) for flow, n in sorted(needs.items()))


def _tracked(chains: Mapping[str, Chain]) -> Iterator[Concession]:
    for chain in chains.values():
        for (flow, number), amount in sorted(chain.tracking.items()):
            yield Concession(f"tracking {flow} ¶{number + 1}", 0.0, round(amount * 1000, 1))


def _prices(page: MeasuredPage, made: _Made) -> Iterator[Price]:
    """What a page costs, part by part; parts that cost nothing are left out."""
    lines = {flow: len(overset(galley)) for flow, galley in made.galleys.items()}
    for flow, number in lines.items():
        if number:
            yield Price(f"overset {flow}", costs.OVERSET * number)
    yield from _fit_prices(page, made.fit)
    for chain in made.chains.values():
        for amount in chain.tracking.values():
            yield Price(f"tracking {chain.flow}", costs.TRACKING * (amount * 1000) ** 2)
    for galley in made.galleys.values():
        for finding in galley.findings:
            kind = finding.check.removeprefix("line.")
            if costs.REMARK.get(kind):
                yield Price(f"{kind} {galley.flow}", costs.REMARK[kind])


def _fit_prices(page: MeasuredPage, fit: Fit) -> Iterator[Price]:
    if fit.spare_rows:
        yield Price("rows", (costs.EMPTY_ROW if fit.spare_rows > 0 else costs.OVERSET) * abs(fit.spare_rows))
    elif not page.bands:
        return
    rest = fit.cost - sum(costs.EMPTY_ROW * fit.spare_rows for _ in (0,) if fit.spare_rows > 0)
    if 0 < rest < costs.EMPTY_ROW:
        yield Price("heights", rest)
