"""A trial of a page under one choice of steps: types read, copy set, heights solved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil, floor
from types import MappingProxyType

from layout.copyfit.checks.flow_checks import left_out, one_or_all
from layout.copyfit.crop_limits import Originals, limited, shown
from layout.copyfit.model import FittedPage
from layout.copyfit.scores import Price, VariantName
from layout.copyfit.search.converge import Fitting, SettledPage, set_once, with_types
from layout.copyfit.search.lede_rest import going_on, with_lede_rest
from layout.copyfit.search.prices import crops, tracked, without
from layout.copyfit.silhouettes import with_silhouettes
from layout.errors import LayoutError, Message, TemplateError
from layout.flows import Chain, Flow
from layout.galley.line_demand import first_slots
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.search_budget import LAYOUT, STYLES, SearchBudget
from layout.galley.slots import height_of, slots_of
from layout.galley.table_blocks import name_of
from layout.galley.table_figures import shape_of
from layout.manuscript.cutting import apart
from layout.manuscript.flow_names import stands_alone
from layout.manuscript.model import Text
from layout.page.canvas import Canvas, Classes, Decision, PageOverrun, Restyled, TypeRequest, joined
from layout.page.frames import Frame, MeasuredPage
from layout.page.table_shape import TableShape

_SPARE = 0.04
"""Points by which lines may be higher than their frame: less than what ``slots.capacity`` forgives."""

_NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of a page: its texts by flow, in reading order."""

    texts: Mapping[Flow, Text]
    resumed: frozenset[Flow] = frozenset()
    """Flows whose first paragraph has begun on another page."""
    turning: frozenset[Flow] = frozenset()
    """Flows that a later page continues."""
    pictures: Originals = field(default_factory=dict)
    """The page's pictures as they came; of those that are not here nothing is known, and any crop will do."""
    optional: tuple[str, ...] = ()
    """Pictures that may be left out, the first to go first."""
    hold: Mapping[Chain, int] = field(default_factory=dict)
    """Of chains that turn over, the lines that are to stand here."""
    apart: frozenset[Flow] = frozenset()
    """Tables and footnotes that stand in frames of their own."""
    is_draft: bool = False
    """Whether what has no box on the page is passed over: whoever asks for a draft lists it."""

    def for_frames(self, flows: Collection[Flow]) -> Copy:
        """The copy for frames that ask for *flows*: tables and footnotes among these leave the running text."""
        texts: dict[Flow, Text] = {}
        for flow, text in self.texts.items():
            rest, own = apart(text, flows)
            texts |= {each.flow: each for each in (rest, *own) if each or flow in flows}
        return replace(self, texts=texts, apart=frozenset(texts.keys() - self.texts.keys()))

    def type_request(self) -> TypeRequest:
        """The marks each flow uses, besides plain; its tables; and its kinds of paragraph, with the marks each uses."""
        kinds: dict[Flow, dict[str, list[str]]] = {}
        tables: dict[Flow, list[TableShape]] = {}
        marks = {flow: _marks(text) for flow, text in self.texts.items()}
        for flow, text in self.texts.items():
            own = {paragraph.kind for paragraph in text.paragraphs if paragraph.table is None}
            kinds[flow] = {kind: _marks(text, kind) for kind in own}
            there = {each.table.number: each.table for each in text.paragraphs if each.table is not None}
            tables[flow] = [shape_of(table, name_of(flow, table)) for table in there.values()]
        for lede, flow in going_on(self.texts).items():  # its rest may come to stand there, as body
            copy = replace(flow, sub=None)
            marks[flow] = sorted({*marks[flow], *marks[lede]})
            if "body" in kinds.get(copy, ()):
                kinds[copy]["body"] = sorted({*kinds[copy]["body"], *marks[lede]})
        return TypeRequest.of(marks, kinds, tables)


def _marks(text: Text, kind: str | None = None) -> list[str]:
    wanted = [each for each in text.paragraphs if each.table is None and kind in (None, each.kind)]
    return sorted({run.mark for paragraph in wanted for run in paragraph.runs} - {"plain"})


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of a trial."""

    fitted: FittedPage
    cost: float
    prices: tuple[Price, ...]
    fitting: Fitting
    """The page, with which other limits may be tried."""
    made: SettledPage

    @property
    def stands(self) -> bool:
        """Whether the page comes out so when it is laid out. Asked of one that was reckoned it takes a layout."""
        return not self.fitting.is_reckoned or self.fitting.stands(self.made)


def try_page(
    canvas: Canvas, classes: Classes, copy: Copy, setter: Setter, budget: SearchBudget,
    *, exact: bool = False, natural_before: Mapping[str, float] = _NOTHING,
) -> Trial:  # fmt: skip
    """Sets *copy* on *canvas* with these *classes*, and decides the heights.

    *exact*: nothing is reckoned that only a layout knows for sure. *natural_before*: the heights of copy in a trial
    with other classes, most likely the same in this.

    Raises ``TemplateError`` for options nobody knows, ``FontError`` for characters that no face has.
    """
    budget.tried += 1
    known = None if exact else canvas.restyled(classes, copy.type_request(), natural_before)
    budget.spend(LAYOUT if known is None or known.heights else STYLES)
    known = known or Restyled(canvas.types(classes, copy.type_request()), classes)
    page = first = with_silhouettes(known.page, copy.pictures)
    messages = page.messages
    types = {frame.id: frame.type for frame in page.frames}
    _check_chains(canvas, page)
    gone = left_out(canvas, page, {} if copy.is_draft else copy.texts, copy.optional)
    chains = dict(_chains(page, copy))
    galleys = _first(canvas, page, chains, setter, budget)
    natural = _natural_heights(page, galleys)
    if natural:
        page, natural = _grown(canvas, page, natural, known, budget)
        page = with_silhouettes(_as_styled(page, first), copy.pictures)
    if parted := with_lede_rest(_gridded(page), chains, copy.texts, setter):
        chains |= parted
        galleys |= _first(canvas, page, parted, setter, budget)
        own = {**natural, **_natural_heights(page, galleys)}
        if own != natural:
            page, natural = _grown(canvas, page, own, known, budget)
            page = with_silhouettes(_as_styled(page, first), copy.pictures)
    limits = limited(_gridded(page), copy.pictures)
    fitting = Fitting(canvas, classes, limits, setter, natural, copy.pictures, budget, known.like, exact)
    made = fitting.settle(chains, galleys)
    heights = natural | dict(made.fit.heights)
    pictures = shown(page, copy.pictures, heights)
    fitted = FittedPage(
        variant=VariantName(canvas.template.stem),
        decision=fitting.decision(made.fit),
        galleys=made.galleys,
        fit=made.fit,
        picture_sizes={p.id: (p.picture, p.box.width, heights.get(p.id, p.best)) for p in page.pictures},
        chains=made.chains,
        types=types,
        order=tuple(copy.texts),
        concessions=(*made.fit.concessions, *crops(pictures), *tracked(made.galleys), *without(gone)),
        left_out=gone,
        pictures=pictures,
        messages=joined(messages, page.messages),
        apart=copy.apart,
        originals=copy.pictures,
        boxes=limits.pictures,
    )
    return Trial(fitted, made.cost, made.prices, fitting, made)


def _as_styled(page: MeasuredPage, first: MeasuredPage) -> MeasuredPage:
    """*page* with the types of *first*, and its pictures as these styles want them: it may stand as under others."""
    page = with_types(page, {frame.id: frame.type for frame in first.frames})
    wanted = {picture.id: picture for picture in first.pictures if picture.wanted is not None}
    pictures = (each.limited_as(wanted[each.id]) if each.id in wanted else each for each in page.pictures)
    return replace(page, pictures=tuple(pictures)) if wanted else page


def _check_chains(canvas: Canvas, page: MeasuredPage) -> None:
    """Raises ``TemplateError`` where two frames ask for words that stand in one place: the copy would run on."""
    faults: list[LayoutError] = [
        TemplateError(
            Message(f"“{chain}”有 {len(frames)} 个框，只能有一个：正文才成串",
                    f"“{chain}” has {len(frames)} frames and may have one: only running text forms chains"),
            place=canvas.place_of([str(chain)]),
            hint=Message("去掉多出的框，或让第二个框要别的一段",
                 "take the others out, or let them ask for another text"),
        )
        for chain, frames in page.chains().items()
        if len(frames) > 1 and stands_alone(chain.flows[-1])
    ]  # fmt: skip
    if faults:
        raise one_or_all(faults)


def _gridded(page: MeasuredPage) -> MeasuredPage:
    """*page* with its frames on the grid, where they will be when what stands above them has whole rows."""
    top, row = page.type_area.y, page.row
    frames = [replace(f, box=replace(f.box, y=top + round((f.box.y - top) / row) * row)) for f in page.frames]
    own = (f if abs(f.type.leading - row) > 1e-3 else g for f, g in zip(page.frames, frames, strict=True))
    return replace(page, frames=tuple(own))


def _chains(page: MeasuredPage, copy: Copy) -> Iterator[tuple[Chain, TextChain]]:
    for name, frames in page.chains().items():
        texts = tuple(copy.texts[flow] for flow in name.flows if flow in copy.texts)
        resumed = bool(texts) and texts[0].flow in copy.resumed
        turns = any(frame.turns for frame in frames) and any(text.flow in copy.turning for text in texts)
        yield name, TextChain(name, texts, frames[0].type, resumed, turns, hold=copy.hold.get(name))


def _first(
    canvas: Canvas, page: MeasuredPage, chains: Mapping[Chain, TextChain], setter: Setter, budget: SearchBudget
) -> dict[Chain, Galley]:
    """The copy of *chains* set before any height is known. Every fault of every chain is found."""
    galleys: dict[Chain, Galley] = {}
    faults: list[LayoutError] = []
    of_page = page.chains()
    for name in chains:
        frames = of_page[name]
        try:
            slots = first_slots(frames, slots_of(page, frames))
            length = frames[0].box.height if frames[0].type.vertical else frames[0].box.width
            galleys[name] = set_once(chains[name], slots, length, setter, budget)
        except TemplateError as fault:
            faults.append(fault.at(canvas.place_of(fault.about)))
        except LayoutError as fault:
            faults += fault.faults()
    if faults:
        raise one_or_all(faults)
    return galleys


def _grown(
    canvas: Canvas, page: MeasuredPage, natural: dict[str, float], known: Restyled, budget: SearchBudget
) -> tuple[MeasuredPage, dict[str, float]]:
    """The page with its frames as tall as their copy, and these heights; laid out anew where it is not so yet.

    Where it runs over its sheet then, the frames share the room that there is, in their order: the copy is overset.
    """
    if natural == known.heights:
        frames = (replace(each, height_by="css") if each.id in natural else each for each in page.frames)
        return replace(page, frames=tuple(frames)), natural
    budget.spend(LAYOUT)
    chains = page.chains()
    try:
        grown = canvas.measured(Decision.of(natural, known.like))
        if grown.chains().keys() >= chains.keys():
            return grown, natural
    except LayoutError as error:
        if not any(isinstance(fault, PageOverrun) for fault in error.faults()):
            raise
    held = dict(_held(page, natural))
    return canvas.measured(Decision.of(held, known.like)), held


def _held(page: MeasuredPage, natural: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Heights of frames in whole lines that together take no more than what the type area has left.

    A frame of one line, a headline's or a folio's, may take what the sheet has left: running text gives way to it.
    """
    free = page.type_area.bottom - page.content_bottom
    beyond = page.height - page.type_area.bottom
    for frame in page.frames:
        if frame.id in natural:
            own, leading = frame.box.height, frame.type.leading
            room = free + (beyond if natural[frame.id] <= leading else 0.0)
            height = min(natural[frame.id], floor((own + max(0.0, room)) / leading + 0.05) * leading)
            yield frame.id, max(height, own)
            free -= max(height - own, 0.0)


def _natural_heights(page: MeasuredPage, galleys: Mapping[Chain, Galley]) -> dict[str, float]:
    """Frames whose CSS height is auto are as tall as their lines; inside a band, in whole rows."""
    return {
        frame.id: _natural(page, frame, galleys[frame.chain]) for frame in page.frames if frame.height_by == "lines"
    }


def _natural(page: MeasuredPage, frame: Frame, galley: Galley) -> float:
    if frame.band:  # a table is rounded up once: not to lines of its frame and those to rows
        return ceil((galley.height - _SPARE) / page.row) * page.row
    return height_of(page, frame, galley.used)
