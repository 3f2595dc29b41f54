"""A finished page for whoever inspects it: its frames, pictures, lines and elements, and where each comes from.

Made in the worker while its assistant checks the page, where a task asks for it; a build asks for none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from layout.copyfit.model import ComposedPage
from layout.design.template_parents import template_chain
from layout.engine.element_sources import PageElement, ValueSource
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.fontbook import Fontbook
from layout.geometry import Box
from layout.issue import PagePlan
from layout.page.frames import Band, Column, Frame, Gap, PictureBox, SetLine
from layout.pictures.crop import CroppedPicture, ShareBox
from layout.pipeline.design_elements import design_elements, template_folders
from layout.pipeline.job import Job
from layout.pipeline.laid_page import LaidPage
from layout.pipeline.short_places import short_place
from layout.units import MM


@dataclass(frozen=True, slots=True)
class InspectedFrame:
    """A text frame with its type, and how full it is."""

    id: str
    chain: Chain
    number: int
    """Which frame of its chain it is, from 1."""
    of: int
    """How many frames the chain has."""
    box: Box
    lines: int
    """Lines that stand in it."""
    room: int
    """Lines of its leading that it has room for."""
    height_by: str
    vertical: bool
    place: Place | None
    """Where its copy begins in the manuscript."""
    values: tuple[ValueSource, ...]
    """Face, size, leading, tracking, alignment and ink, and the options in force."""


@dataclass(frozen=True, slots=True)
class InspectedPicture:
    """A picture's box and what it shows."""

    id: str
    picture: str
    box: Box
    min_height: float
    max_height: float
    source: str
    place: Place | None
    focus: tuple[float, float]
    keep: ShareBox | None
    shown: ShareBox | None
    """What of the picture the box shows, in shares of it; nothing of what is placed whole."""
    is_form: bool


@dataclass(frozen=True, slots=True)
class InspectedLine:
    """A line of type: the box of its cells, where its copy is written, how far its gaps are from their own width."""

    box: Box
    frame: str
    flow: Flow
    place: Place | None
    gap: float
    """Thousandths of an em, in the mean of its gaps: above 0 they are opened, below squeezed."""


@dataclass(frozen=True, slots=True)
class InspectedRegion:
    """A band, a column or an elastic gap."""

    id: str
    name: str
    box: Box
    min_height: float = 0.0
    max_height: float = 0.0


@dataclass(frozen=True, slots=True)
class PageInspection:
    """All of a page that can be inspected, in points from the trimmed page's corner."""

    number: int
    width: float
    height: float
    row: float
    type_area: Box
    bleed: float
    safe: float
    fold: tuple[float, ...]
    """Heights at which the paper is folded across."""
    fold_down: tuple[float, ...]
    """Where a spread is folded down its middle."""
    frames: tuple[InspectedFrame, ...]
    pictures: tuple[InspectedPicture, ...]
    bands: tuple[InspectedRegion, ...]
    columns: tuple[InspectedRegion, ...]
    gaps: tuple[InspectedRegion, ...]
    lines: tuple[InspectedLine, ...]
    elements: tuple[PageElement, ...]
    variant: str
    """The template that it was made by."""
    templates: tuple[Place, ...]
    """The file of that template and those of its parents (``extends``), with the lines that name them."""
    pinned: str
    """The variant that issue.toml asks for; nothing where it is left to the program."""


BROADSHEET = 400.0 * MM
"""Points of height from which on a sheet is folded across its middle: a broadsheet's 540 mm, not a tabloid's 350."""


def inspected(job: Job, laid: LaidPage, fontbook: Fontbook) -> PageInspection:
    """The page *laid* out of *job*, as an inspector shows it."""
    composed, plan = laid.page.composed, laid.page.plan
    page = composed.page
    written = {text.flow: text for _, text in plan.texts()} | dict(plan.labels)
    elements = design_elements(job, laid)
    values = {each.key: each.values for each in elements if each.key}
    counted = Counter(line.frame for line in composed.lines)
    chain = template_chain(template_folders(job), laid.layout.files.template.name)
    return PageInspection(
        number=plan.number,
        width=page.width,
        height=page.height,
        row=page.row,
        type_area=page.type_area.rounded(3),
        bleed=job.profile.bleed_mm * MM,
        safe=job.profile.safe_mm * MM,
        fold=(page.height / 2,) if page.height >= BROADSHEET else (),
        fold_down=() if plan.through is None else (page.width / 2,),
        frames=tuple(
            InspectedFrame(
                frame.id, frame.chain, number, of, frame.box.turned(frame.turn).rounded(3), counted[frame.id],
                _room(frame), frame.height_by, frame.type.vertical,
                written[frame.chain.flows[0]].paragraphs[0].place if frame.chain.flows[0] in written else None,
                tuple(_valued(frame, fontbook, values.get(frame.id, ()))),
            )
            for frame, number, of in _in_chains(composed)
        ),
        pictures=tuple(_picture(plan, box, composed.pictures.get(box.id)) for box in page.pictures),
        bands=tuple(_region(each, each.name) for each in page.bands),
        columns=tuple(_region(each, each.band or "") for each in page.columns),
        gaps=tuple(_region(each, each.name) for each in page.gaps),
        lines=tuple(
            InspectedLine(_cells(line), line.frame, line.flow, _place_of(written, line), _opened(line))
            for line in composed.lines
        ),
        elements=tuple(replace(each, values=()) for each in elements),
        variant=laid.layout.files.template.stem,
        templates=tuple(short_place(each, laid.design) or each for each in chain),
        pinned=plan.variant,
    )  # fmt: skip


def _in_chains(composed: ComposedPage) -> Iterator[tuple[Frame, int, int]]:
    """Every frame with its number in its chain, and how many that has."""
    for frames in composed.page.chains().values():
        for number, frame in enumerate(frames, 1):
            yield frame, number, len(frames)


def _room(frame: Frame) -> int:
    length = frame.box.width if frame.type.vertical else frame.box.height
    return int(length / frame.type.leading + 0.02) if frame.type.leading else 0


def _valued(frame: Frame, fontbook: Fontbook, sources: tuple[ValueSource, ...]) -> Iterator[ValueSource]:
    """The values of a frame's type beside where they come from."""
    of, plain = frame.type, frame.type.roles["plain"]
    ink = plain.ink
    parts = [f"{name}{100 * part:g}" for name, part in zip("CMYK", (ink.c, ink.m, ink.y, ink.k), strict=True) if part]
    known: Mapping[str, str] = {
        "face": "、".join(fontbook.faces[face].postscript_name for face in plain.faces),
        "weight": "",
        "size": f"{plain.size:g}",
        "leading": f"{of.leading:g}",
        "tracking": f"{float(of.options.get('tracking', '0')):.4g}",
        "align": of.align,
        "ink": " ".join(parts) or "0",
    }
    for source in sources:
        if value := source.value or known.get(source.name, ""):
            yield replace(source, value=value)


def _picture(plan: PagePlan, box: PictureBox, cropped: CroppedPicture | None) -> InspectedPicture:
    picture = next(each for each in plan.pictures if each.id == box.picture)
    return InspectedPicture(
        box.id, box.picture, box.box.rounded(3), box.min_height, box.max_height, picture.source, picture.place,
        picture.focus, picture.keep, cropped.view.shown if cropped else None, picture.is_form,
    )  # fmt: skip


def _region(each: Band | Column | Gap, name: str) -> InspectedRegion:
    if isinstance(each, Column):
        return InspectedRegion(each.id, name, each.box.rounded(3))
    return InspectedRegion(each.id, name, each.box.rounded(3), each.min_height, each.max_height)


def _cells(line: SetLine) -> Box:
    """The box of the line's cells: an em high, with the baseline 0.88 em below its head."""
    em, long = line.type.size, line.line.width * line.type.size
    wide, high, top = (em, long, line.baseline) if line.vertical else (long, em, line.baseline - 0.88 * em)
    return Box(line.x, top, wide, high).turned(line.turn).rounded(2)


def _place_of(written: Mapping[Flow, object], line: SetLine) -> Place | None:
    text = written.get(line.flow)
    paragraphs = getattr(text, "paragraphs", ())
    return paragraphs[line.paragraph].place if line.paragraph < len(paragraphs) else None


_AT_ENDS = ("line_start", "line_end", "hang")
"""Adjustments at the ends of a line, which open or squeeze no gap in it."""


def _opened(line: SetLine) -> float:
    """By how much the line's gaps are opened or squeezed, in the mean of its characters, in thousandths of an em."""
    total = sum(
        sum(each.each) * (1 if each.kind.endswith("+") else -1)
        for each in line.line.adjustments
        if each.kind not in _AT_ENDS
    )
    return round(1000 * total / max(1, len(line.line.placed) - 1), 1)
