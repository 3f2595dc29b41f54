"""Measures the shapes of a design with empty copy, once for each width and each outline of a story, and the page that
they are to stand on.

On the sheet of samples stands nobody's story: what is measured holds for all stories of its outline, in every issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

from layout.design.shapes import Head, Shape
from layout.design.template_records import (
    FigureRecord,
    GroupRecord,
    HeadRecord,
    ParagraphRecord,
    PictureRecord,
    PieceRecord,
    SectionRecord,
    TemplateRecord,
    TextRecord,
)
from layout.engine.html_canvas import HtmlCanvas
from layout.flows import Chain, Flow
from layout.issue.auto_page import Pin
from layout.makeup.sample_sheet import PageFrame, SampleSheet, SampleWish, wishes
from layout.makeup.shape_measures import Sample, ShapeKey, samples
from layout.makeup.story_copy import TABLES, StoryCopy
from layout.manuscript.story_parts import story_flow, story_parts
from layout.page.canvas import Decision, TypeRequest
from layout.page.frames import Frame, FrameType, MeasuredPage
from layout.pipeline.job import Job
from layout.pipeline.sample_cache import SampleCache, digest_of

_NAME = "sample"
"""What the story of the sheet is called."""
_ON_A_SHEET = 40
"""Samples that are filled into one template: more of the widest, eight columns with three pictures (4,500 characters
each), would pass its bounds."""
_EMPTY = (ParagraphRecord("body", "", after_heading=False),)
_RUNNING = frozenset(row.name for row in story_parts().values() if row.is_running)
_OWN = ("tables", "boxes", "footnotes", "editor_note")
"""What is as high as its words, or is asked for by the story's own names: such a story is measured for itself."""

Story = tuple[StoryCopy, Pin | None]
"""A story with what pins it."""


@dataclass(frozen=True)
class Sampler:
    """Measures the samples of a page. *fill* makes HTML of an arrangement, *canvas* a canvas of a template's HTML."""

    job: Job
    kind: str
    """Of the page."""
    shapes: Sequence[Shape]
    records: Mapping[str, TemplateRecord]
    """Of the stories, by id."""
    pictures: Mapping[str, PictureRecord]
    request: TypeRequest
    """What the page's copy asks of its types."""
    fill: Callable[[TemplateRecord], str]
    canvas: Callable[[str, str], HtmlCanvas]
    cache: SampleCache
    notes: Callable[[MeasuredPage], Mapping[str, float]]
    """The heights of frames that are as high as their words, which stand on the sheet where a story is itself."""

    def outline(self, story: str, pictures: Sequence[str]) -> str:
        """The outline of *story*, or of a picture of none; see ``StoryCopy``."""
        return " ".join((*_parts(self.records.get(story)), *(_words(self.pictures[name]) for name in pictures)))

    def sheet(self, stories: Sequence[Story]) -> SampleSheet | None:
        """The samples of *stories*; None where no shape takes any of them."""
        wanted = wishes(self.shapes, stories)
        if not wanted:
            return None
        digest = digest_of(self.job.design, self.job.issue.sheet, [face.digest for face in self.job.faces])
        known = self.cache.of(digest)
        there = {key: known[name] for key in wanted if (name := self._name(key)) in known}
        new = self._measured([wish for key, wish in wanted.items() if key not in there], stories)
        if shared := {self._name(key): each for key, each in new.items() if _is_shared(key)}:
            self.cache.add(digest, shared)
        found = {key: there.get(key) or new[key] for key in wanted}
        outlines = {story.id: story.outline for story, _ in stories}
        return SampleSheet(self._frame(next(iter(wanted.values())), stories), found, self.shapes, outlines)

    def _name(self, key: ShapeKey) -> str:
        asked = (*self._roles, *(f"{kind}:" for kind in self._kinds))
        return " ".join(map(str, (self.kind, key.shape, key.columns, key.pictures, key.span, key.outline, *asked)))

    def _measured(self, wanted: Sequence[SampleWish], stories: Sequence[Story]) -> dict[ShapeKey, Sample]:
        found: dict[ShapeKey, Sample] = {}
        tabled = {story.outline for story, _ in stories if TABLES in story.parts}
        alone = [[wish] for wish in wanted if wish.key.outline in tabled]  # a table is measured where its copy begins
        others = [wish for wish in wanted if wish.key.outline not in tabled]
        sheets = [others[first : first + _ON_A_SHEET] for first in range(0, len(others), _ON_A_SHEET)]
        for own in (*alone, *sheets):
            found |= self._on_a_sheet(own, stories)
        return found

    def _on_a_sheet(self, wanted: Sequence[SampleWish], stories: Sequence[Story]) -> dict[ShapeKey, Sample]:
        names = {f"{_NAME}-{number}": wish for number, wish in enumerate(wanted)}
        pieces = tuple(self._piece(name, wish, stories) for name, wish in names.items())
        canvas = self.canvas(self.kind, self.fill(_one_below_the_other(pieces)))
        typed: MeasuredPage = canvas.types((), self._request(canvas))
        notes = self.notes(typed)
        page: MeasuredPage = canvas.measured(Decision.of(notes)) if notes else typed
        page = replace(page, frames=_with_types(page.frames, typed.frames))
        heads = {name: wish.head.rows if wish.head else 0 for name, wish in names.items()}
        return {each.key: each for each in samples(page, {name: wish.key for name, wish in names.items()}, heads)}

    def _frame(self, wish: SampleWish, stories: Sequence[Story]) -> PageFrame:
        """The page itself, with two pieces one over the other."""
        pieces = tuple(self._piece(f"{_NAME}-{number}", wish, stories) for number in range(2))
        page: MeasuredPage = self.canvas(self.kind, self.fill(_one_below_the_other(pieces))).measured(Decision())
        area, (first, second) = page.type_area, [band.box for band in page.bands if band.name.startswith(_NAME)]
        rows, air = round((area.bottom - first.y) / page.row), round((second.y - first.bottom) / page.row)
        return PageFrame(area.width, rows, page.row, air, rows * page.row * area.width)

    def _piece(self, name: str, wish: SampleWish, stories: Sequence[Story]) -> PieceRecord:
        story = next(each for each, _ in stories if each.outline == wish.key.outline)
        record, pictures = self.records.get(story.id), tuple(self.pictures[each] for each in story.pictures)
        if record is not None and _is_shared(wish.key):
            record = _neutral(record)
        shots = tuple(_neutral_picture(number, each) for number, each in enumerate(pictures))
        return PieceRecord(
            name, record, wish.shape.file, wish.key.columns, shots, (0,) * len(shots), wish.key.span,
            _head_record(wish.head),
        )  # fmt: skip

    @cached_property
    def _roles(self) -> tuple[str, ...]:
        """All that the page's copy uses: what is asked of one sample is asked of all."""
        return tuple(sorted({role for _, roles in self.request.roles for role in roles}))

    @cached_property
    def _kinds(self) -> tuple[str, ...]:
        return tuple(sorted({kind for flow, own in self.request.kinds if _runs(flow) for kind, _ in own}))

    def _request(self, canvas: HtmlCanvas) -> TypeRequest:
        flows = canvas.flows()
        kinds = {flow: dict.fromkeys(self._kinds, self._roles) for flow in flows if _runs(flow)}
        asked = TypeRequest.of(dict.fromkeys(flows, self._roles), kinds, dict(self.request.tables))
        return replace(asked, first=True)


def _with_types(frames: Sequence[Frame], typed: Sequence[Frame]) -> tuple[Frame, ...]:
    """*frames* with the types of those that were asked, of which each band has one for the same copy."""
    types: dict[tuple[str | None, Chain], FrameType] = {}
    for each in typed:
        types.setdefault((each.band, each.chain), each.type)
    return tuple(replace(each, type=types.get((each.band, each.chain), each.type)) for each in frames)


def _one_below_the_other(pieces: tuple[PieceRecord, ...]) -> GroupRecord:
    return GroupRecord("stack", pieces, max(piece.columns for piece in pieces))


def _runs(flow: Flow) -> bool:
    """Whether it is running text of a story, or a heading in it."""
    found = story_flow(flow)
    return found is not None and found.part.is_running


def _is_shared(key: ShapeKey) -> bool:
    """Whether its sample holds for every story of the outline."""
    return "own=" not in key.outline


def _parts(record: TemplateRecord | None) -> Iterator[str]:
    """What a story has besides its headline and its running text."""
    if record is None:
        return
    for each in fields(record):  # type: ignore[arg-type]  # records are dataclasses
        value = getattr(record, each.name)
        if value and each.name in _OWN:
            yield f"own={record.id}"  # type: ignore[attr-defined]
        elif each.name == "figures":
            yield from (f"figure={len(one.before)}.{len(one.number)}.{len(one.after)}" for one in value)
        elif isinstance(value, Mapping):
            yield from (f"{each.name}.{name}" for name in value)
        elif each.name in _RUNNING:
            yield from ("headings" for _ in range(_has_headings(value)))
        elif isinstance(value, TextRecord) and value and each.name != "headline":
            yield f"{each.name}={_lengths(value)}"
        elif value and each.name not in ("id", "headline"):
            yield each.name


def _has_headings(value: object) -> bool:
    """Whether *value* is chapters with headings."""
    return isinstance(value, tuple) and any(section.heading for section in value)


def _words(picture: PictureRecord) -> str:
    """Which words a picture has, and how long they are."""
    return f"picture+{_lengths(picture.caption)}+{_lengths(picture.credit)}"


def _lengths(text: TextRecord) -> str:
    """The lengths of its paragraphs, in ems."""
    return ".".join(str(each.ems) for each in text.paragraphs)


def _neutral(record: TemplateRecord) -> TemplateRecord:
    """*record* without its words, its name and the number of its chapters."""
    values = {each.name: getattr(record, each.name) for each in fields(record)}  # type: ignore[arg-type]
    own = {name: _without_words(name, value) for name, value in values.items()}
    return replace(record, **{**own, "id": _NAME})  # type: ignore[type-var]


def _without_words(name: str, value: object) -> object:
    if isinstance(value, TextRecord):
        return TextRecord(_renamed(value.flow), "", _EMPTY if name in _RUNNING else _emptied(value))
    if isinstance(value, Mapping):
        return {key: _without_words(name, each) for key, each in value.items()}
    if isinstance(value, tuple):
        own = value if name not in _RUNNING else value[-1:]  # the first chapter may be without a heading
        return tuple(_without_words(name, each) for each in own)
    if isinstance(value, SectionRecord):
        heading = TextRecord(f"{_NAME}.section-1.heading", "", _EMPTY if value.heading else ())
        return SectionRecord(heading, TextRecord(f"{_NAME}.section-1", "", _EMPTY))
    if isinstance(value, FigureRecord):
        return replace(value, flow=_renamed(value.flow))
    return value


def _emptied(text: TextRecord) -> tuple[ParagraphRecord, ...]:
    """Its paragraphs, of their lengths, without a word."""
    return tuple(replace(each, text="") for each in text.paragraphs)


def _renamed(flow: str) -> str:
    _, dot, rest = flow.partition(".")
    return f"{_NAME}{dot}{rest}"


def _neutral_picture(number: int, picture: PictureRecord) -> PictureRecord:
    name = f"{_NAME}-{number}"
    caption, credit = (
        TextRecord(str(Flow.of_picture(name, part)), "", _emptied(getattr(picture, part)))
        for part in ("caption", "credit")
    )
    return PictureRecord(name, "", caption, credit, "", (0.5, 0.5), None, picture.kind)


def _head_record(head: Head | None) -> HeadRecord | None:
    return None if head is None else HeadRecord(head.size, head.lines, head.rows)
