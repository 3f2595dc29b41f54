"""A draft: the page of a design that is still in work. What has a frame is set, what has none is listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from math import floor

from layout.checks import Finding, Severity
from layout.copyfit.checks.flow_checks import flow_faults, lost_text
from layout.copyfit.model import DraftCopy, FittedPage
from layout.copyfit.scores import VariantName, VariantScore
from layout.copyfit.search.search import PageSearch, search
from layout.copyfit.search.trial import Copy
from layout.errors import LayoutError
from layout.flows import Flow
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run, Text
from layout.manuscript.story_parts import story_flow
from layout.page.canvas import Canvas
from layout.page.frames import Frame

CHECK = "page.draft"
"""The check by which is told what a draft lacks."""

FILLER = "稿件未到，这些字只占位置，好看出版面的样子。"
"""Said again and again where a draft is to have filler text: nobody takes it for copy."""

_FILLED = 0.9
"""Share of a chain's room that filler takes: copy that ends, as copy does, in the last column."""

_SHORT = 8
"""Characters of filler in a frame that is as high as its words are: it has no height of its own to fill."""


def lacking(fault: LayoutError, page_no: int) -> Finding:
    """What a draft lacks: the *fault* for which the page could not be built."""
    return Finding(CHECK, Severity.ERROR, fault.message, fault.place, fault.hint, page_no)


def fit_draft(
    canvases: Mapping[VariantName, Canvas], copy: Copy, setter: Setter, page_no: int, *,
    filler: bool, listed: Collection[str] = (),
) -> FittedPage:  # fmt: skip
    """The page on that of *canvases* which lacks least, with what it lacks.

    Frames for which there is no copy stay empty, or hold *filler* text. Of the pictures *listed* it is told elsewhere
    that they are not there: their captions are not missed. Raises what ``search`` raises.
    """
    name = min(canvases, key=partial(_lacks, canvases, copy))
    canvas = canvases[name]
    own = replace(copy.for_frames(canvas.flows()), is_draft=True)
    fillers = _fillers(canvas, own) if filler else {}
    trial = search(PageSearch(canvas, replace(own, texts={**own.texts, **fillers}), setter))
    framed = {flow for chain in trial.fitted.chains for flow in chain.flows}
    lost = {
        flow: text for flow, text in own.texts.items()
        if flow not in framed and flow.picture not in trial.fitted.left_out and not flow.is_label
    }  # fmt: skip
    # Of pictures that are not there, or have no box, that is told: the rest follows from it.
    boxes = canvas.pictures()
    shown = {flow: text for flow, text in own.texts.items() if flow.picture is None or flow.picture in boxes}
    uncaptioned = {flow: Text(flow, ()) for flow in canvas.flows() if flow.picture in listed}
    faults = flow_faults(canvas, {**uncaptioned, **shown}, own.optional)
    faults += [lost_text(canvas, flow, text) for flow, text in lost.items() if flow in canvas.flows()]
    found = tuple(lacking(fault, page_no) for fault in faults)
    score = VariantScore(name, round(trial.cost, 3), trial.prices, chosen=True)
    draft = DraftCopy(lost, tuple(fillers.values()), found)
    return replace(trial.fitted, variant=name, scores=(score,), draft=draft)


def _lacks(canvases: Mapping[VariantName, Canvas], copy: Copy, name: VariantName) -> int:
    """What the page by that name lacks, as a number."""
    own = copy.for_frames(canvases[name].flows())
    return len(flow_faults(canvases[name], own.texts, copy.optional))


def _fillers(canvas: Canvas, copy: Copy) -> dict[Flow, Text]:
    """Filler text for the frames that ask for what the copy has not; in a chain the first such text has all of it."""
    page = canvas.types((), copy.type_request())
    found: dict[Flow, Text] = {}
    for chain, frames in page.chains().items():
        if any(flow in copy.texts for flow in chain.flows):
            continue
        flow, place = chain.flows[0], canvas.place_of([str(chain)])
        words = _words(sum(map(_cells, frames)))
        found[flow] = Text(flow, (Paragraph(_kind(flow), (Run(words, place),)),))
        found |= {other: Text(other, ()) for other in chain.flows[1:]}
    return {flow: text for flow, text in found.items() if text}


def _cells(frame: Frame) -> int:
    """The characters that the frame has room for, about."""
    size, (wide, high) = frame.type.size, (frame.box.width, frame.box.height)
    if frame.type.vertical:
        wide, high = high, wide
    lines = floor(high / frame.type.leading + 1e-6)
    return floor(wide / size) * lines if lines and frame.height_by != "lines" else min(_SHORT, floor(wide / size))


def _words(cells: int) -> str:
    """Filler for a chain of so many cells; the last sentence may be cut."""
    count = max(1, floor(_FILLED * cells))
    return (FILLER * (count // len(FILLER) + 1))[:count]


def _kind(flow: Flow) -> str:
    """The kind of paragraph that stands under a *flow*."""
    found = story_flow(flow)
    if found is None:
        return flow.name if flow.picture else "folio"
    if found.part.name == "sections":
        return "heading" if found.piece or flow.sub == "heading" else "body"
    return found.part.name.removesuffix("s") if found.part.name in ("words", "figures") else found.part.name
