"""The model of an issue: planned pages, stories, pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from layout.errors import Place
from layout.flows import Flow
from layout.issue.auto_page import AutoPage
from layout.manuscript.cutting import apart
from layout.manuscript.model import Story, Text

TextKind = Literal["folio", "copy", "figure", "caption", "credit", "apart", "table_head"]
"""Why a text must appear on a page."""

DRAWING = ".svg"
FORMS = (".pdf", ".ai", DRAWING)
"""Suffixes of the files that are placed as they are; Illustrator's hold a PDF."""

LAST_PAGE = 9_999
"""The highest page number."""

MOST_PAGES = 200
"""Pages of a run that may have as many as it needs: a bound on what a line of a plan can make, beyond any issue."""

COUNT = "{n}"
"""What stands in the title of a run's pages for the number of the page in the run."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the issue. ``source`` is the file as issue.toml names it, ``path`` where it lies.

    An advertisement is a picture too: its caption and its credit may be empty.

    ``focus`` is the point that every crop keeps, as shares of width and height from the top left corner; ``keep`` the
    part that must stay whole: left, top, right, bottom.
    """

    id: str
    path: Path
    source: str
    caption: Text
    credit: Text
    focus: tuple[float, float]
    alt: str
    place: Place
    keep: tuple[float, float, float, float] | None = None
    kind: Literal["photograph", "advertisement"] = "photograph"
    page: int | None = None
    """Of an advertisement in a PDF of several pages: which, from 1."""
    labelled: bool = False
    """Whether an advertisement itself shows that it is one, in paths that nobody can read back."""
    leads: bool = False
    """Whether it is to have the largest box of its page."""
    group: str = ""
    """What pictures that share a caption have in common."""
    story: str = ""
    """The id of the story that it belongs to; nothing where it belongs to none."""

    @property
    def is_form(self) -> bool:
        """Whether it is placed as it is, and not developed: an advertisement in a PDF or a drawing."""
        return self.kind == "advertisement" and self.path.suffix.lower() in FORMS

    def texts(self) -> Iterator[tuple[TextKind, Text]]:
        """Its caption and its credit, where there are such."""
        if self.caption:
            yield "caption", self.caption
        if self.credit:
            yield "credit", self.credit


@dataclass(frozen=True, slots=True)
class PageSpan:
    """The page numbers of a run of pages: ``2-5``, or ``2-``, of which ``last`` is None: as many as are needed."""

    first: int
    last: int | None

    def __str__(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"

    def numbers(self) -> range:
        """Every number that its pages may have."""
        last = min(self.first + MOST_PAGES - 1, LAST_PAGE) if self.last is None else self.last
        return range(self.first, last + 1)


@dataclass(frozen=True, slots=True)
class PageRun:
    """A run of pages (连版) as planned: its plan's stories and pictures are a queue, shared out among its pages."""

    span: PageSpan
    title: str
    """The title of its pages; ``{n}`` is the page's number in the run, from 1."""
    fillers: tuple[Story, ...] = ()
    """Stories that close its last page, in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page as planned. ``kind`` names the design's file for it; ``folio`` holds the words at the page's head."""

    number: int
    title: str
    kind: str
    stories: tuple[Story, ...]
    pictures: tuple[Picture, ...]
    folio: Mapping[str, Text]
    place: Place
    through: int | None = None
    """The second page of a spread (通版), whose sheet spans both and the gutter (中缝)."""
    continues: tuple[str, ...] = ()
    """Ids of the stories that began on a page before (转版)."""
    turns: Mapping[str, Text] = field(default_factory=dict)
    """``<story>.to``: 下转第×版; ``<story>.from``: 上接第×版."""
    optional: tuple[str, ...] = ()
    """Pictures, by id, that may be left out where the page cannot hold them: the first to go comes first."""
    labels: Mapping[Flow, Text] = field(default_factory=dict)
    """The design's own words that its frames ask for: known once its template is filled. None need be on the page."""
    codes: frozenset[Flow] = frozenset()
    """Texts that are drawn as QR codes, and so not set: known once the template is filled."""
    seats: Literal["shape", "order"] = "shape"
    """Which picture has which box: as they suit one another, or in the order of ``pictures``."""
    variant: str = ""
    """The variant of its design that is to be taken; nothing: the one that costs least."""
    plates: tuple[str, ...] = ("C", "M", "Y", "K")
    """The plates the page is planned to use: ``("K",)`` for one in black alone (黑白版)."""
    apart: tuple[Text, ...] = ()
    """Of a page that is made: tables and footnotes in frames of their own, no more in the text of their stories."""
    repeated: tuple[Text, ...] = ()
    """Of a page that is made: headers of tables that stand again in a later column."""
    run: PageRun | None = None
    """Of a run of pages: what is planned for all of them. ``number`` is the first's."""
    in_run: int | None = None
    """Of one page of a run: which of them it is, from 1."""
    ends_run: bool = False
    """Whether it is a run's last page, which need not be full."""
    auto: AutoPage | None = None
    """Of a page that the program makes up: what the editor says of it besides."""

    @property
    def photographs(self) -> tuple[Picture, ...]:
        """The pictures that are no advertisements: those that a design has boxes for."""
        return tuple(picture for picture in self.pictures if picture.kind == "photograph")

    @property
    def last(self) -> int:
        """The highest page number that it may come to."""
        if self.run is not None:
            return self.run.span.numbers()[-1]
        return self.through or self.number

    @property
    def may_be_seated(self) -> bool:
        """Whether its pictures may have other boxes than in their order."""
        return self.seats == "shape" and len(self.pictures) > 1

    @property
    def side(self) -> Literal["left", "right", "spread"]:
        """Where it lies when the paper is open: odd pages on the right, as page 1, even ones on the left."""
        if self.through is not None:
            return "spread"
        return "right" if self.number % 2 else "left"

    def texts(self) -> Iterator[tuple[TextKind, Text]]:
        """Every text that must appear on the page: folio, each story's copy in reading order, its figures, captions."""
        return ((kind, text) for kind, text in self._all_texts() if text.flow not in self.codes)

    def _all_texts(self) -> Iterator[tuple[TextKind, Text]]:
        for text in (*self.folio.values(), *self.turns.values()):
            yield "folio", text
        for story in self.stories:
            for text in story.texts():
                yield "copy", text
            for figure in story.figures:
                for text in figure.texts():
                    yield "figure", text
        for picture in self.pictures:
            yield from picture.texts()
        for text in self.apart:
            yield "apart", text
        for text in self.repeated:
            yield "table_head", text

    def with_apart(self, flows: Collection[Flow]) -> PagePlan:
        """The page with the tables and footnotes of *flows* taken out of the text of their stories."""
        framed, stories = list(self.apart), []
        for story in self.stories:
            texts: dict[Flow, Text] = {}
            for text in story.texts():
                texts[text.flow], own = apart(text, flows)
                framed += own
            stories.append(story.with_texts(texts) if framed != list(self.apart) else story)
        return replace(self, stories=tuple(stories), apart=tuple(framed))


@dataclass(frozen=True, slots=True)
class PageContents:
    """What the other pages of an issue may say of a page: ``stories`` and ``pictures`` are ids, ``headlines`` words."""

    number: int
    through: int | None
    title: str
    kind: str
    side: Literal["left", "right", "spread"]
    stories: tuple[str, ...]
    headlines: tuple[str, ...]
    pictures: tuple[str, ...]
    is_run: bool = False
    """Whether it stands for a run of pages of which it is not known yet how many there are."""

    @classmethod
    def of_page(cls, plan: PagePlan) -> PageContents:
        """Of the page that *plan* plans."""
        return cls(
            number=plan.number,
            through=plan.through,
            title=plan.title,
            kind=plan.kind,
            side=plan.side,
            stories=tuple(story.id for story in plan.stories),
            headlines=tuple(story.headline.text for story in plan.stories),
            pictures=tuple(picture.id for picture in plan.pictures),
            is_run=plan.run is not None,
        )


@dataclass(frozen=True, slots=True)
class Issue:
    """One special issue. ``id`` is the name of its folder; ``places`` knows where each value of its head stands."""

    id: str
    folder: Path
    file: str
    title: str
    date: date
    design: str
    press: str
    paper: str
    staff: Mapping[str, str]
    pages: tuple[PagePlan, ...]
    places: Mapping[str, Place]
    sheet: str = ""
    """The sheet that its pages are printed on, where the design has several: ``broadsheet`` or ``tabloid``."""
    protected: tuple[str, ...] = ()
    """Names, titles and set phrases that no story of the issue should tear."""
    killed: tuple[str, ...] = ()
    """Manuscripts that are taken out (撤稿), as issue.toml names them: no page has them."""
    signoff: tuple[str, ...] = ()
    """Who has to pass it before a final build (三审三校), by role; none where nobody has to."""

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, in the order of the pages."""
        return tuple({story.id: story for page in self.pages for story in page.stories}.values())

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture, in the order of the pages."""
        return tuple(picture for page in self.pages for picture in page.pictures)

    @property
    def is_one_page(self) -> bool:
        """Whether it is planned as a single page; a run may come to more than one."""
        return len(self.pages) == 1 and self.pages[0].run is None and self.pages[0].in_run is None

    def texts_of_page(self, page: PagePlan) -> tuple[tuple[TextKind, Text], ...]:
        """Every text that must appear on *page*, and as what, so that every character of it can be accounted for."""
        return tuple(page.texts())
