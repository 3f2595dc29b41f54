"""Plans the pages of an issue that is made of received copy: which story has a page, which follow in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

from layout.design.copy_amount import KEY
from layout.design.design_files import read_design_toml
from layout.design.shapes import SHEETS, read_shapes
from layout.design.shown_parts import shown_parts
from layout.issue_writing.issue_folder import shipped_design
from layout.issue_writing.plan_lines import new_issue_table

ALONE_FROM = 800
"""Characters from which a story has a page of its own beside others: some two fifths of a tabloid page, which its
pictures and headline then fill."""
_MADE_UP = "auto"
"""The kind of page that the program makes up."""
PAGE, HEADLINE, PICTURE = 4000, 90, 400
"""Characters that fill a tabloid page which is made up, and those for which a headline and a picture stand: its columns
have room for 4,400, and half the pictures are larger."""
_MOST_PICTURES = 9
"""Of a page whose design does not say: as many as those that do."""


@dataclass(frozen=True, slots=True)
class DesignKinds:
    """What a design says of its kinds of page, as far as copy is given out by it."""

    name: str
    alone: tuple[str, ...]
    """Kinds of page for one story, in turn."""
    run: str | None
    """The kind of a run of pages; None where the design has none."""
    made_up: bool
    """Whether all its pages are made up by the program, of any stories."""
    values: Mapping[str, Any] = field(repr=False)
    """Of its design.toml."""
    most_of_a_story: int = _MOST_PICTURES
    """Pictures that one story may have where pages are made up: those of the shape with the most."""

    @property
    def most_pictures(self) -> int:
        """Pictures that a page takes."""
        return int(self.values.get("pictures", {}).get("most", _MOST_PICTURES))

    def shown(self, kind: str) -> frozenset[str] | None:
        """The parts of a story that *kind* has a place for; None where the design does not say."""
        shown = shown_parts(self.values, kind)
        return None if shown is None else frozenset(shown)

    def words(self, kind: str) -> tuple[str, ...]:
        """Words for the page that *kind* wants."""
        return tuple(self.values.get("words", {}).get(kind, ()))

    def takes(self, kind: str, characters: int, pictures: int) -> bool:
        """Whether a page of *kind* with so many pictures takes so many characters; where it does not say it does."""
        rows = self.values.get(KEY, {}).get(kind)
        if not rows:
            return True
        least, most = rows[min(pictures, len(rows) - 1)]
        return bool(least <= characters <= most)


def design_kinds(design: str, issue: Path) -> DesignKinds:
    """The kinds of page of *design*, which is the program's or lies in the folder of the *issue*.

    Raises ``UsageError`` where there is no such design, ``TemplateError`` or ``Faults`` where its shapes are faulty.
    """
    own = issue / design
    folder = own if (own / "design.toml").is_file() else shipped_design(design)
    toml = read_design_toml(folder)
    values: Mapping[str, Any] = toml.values if toml is not None else {}
    said = new_issue_table()["page"].get(design, {})
    kinds = tuple(str(kind) for kind in values.get("kinds", ("page",)))
    made_up = bool(kinds) and all(kind.partition("-")[0] == _MADE_UP for kind in kinds)
    shapes = [shape for sheet in SHEETS for shape in read_shapes(folder, sheet)] if made_up else []
    most = max((shape.pictures[1] for shape in shapes), default=_MOST_PICTURES)
    return DesignKinds(design, tuple(said.get("alone", kinds[:1])), said.get("run"), made_up, values, most)


@dataclass(frozen=True, slots=True)
class PlannedStory:
    """What of a story decides where it goes."""

    file: str
    characters: int
    """Of its lede, sections and closing."""
    parts: frozenset[str]
    """The parts that it has, by the names of ``story_parts.toml``."""
    pictures: tuple[str, ...] = ()
    """The ids of its pictures."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page, or a run of pages, to be written into issue.toml."""

    first: int
    """Its number, or that of the first of a run."""
    is_run: bool
    title: str
    kind: str
    stories: tuple[str, ...]
    pictures: tuple[str, ...]
    left: tuple[str, ...] = ()
    """Pictures for which it has no box."""
    last: int | None = None
    """The highest number of a run; None where it has as many pages as it takes."""

    def values(self) -> dict[str, Any]:
        """As issue.toml has it."""
        number: dict[str, Any] = {"pages": f"{self.first}-{self.last or ''}"} if self.is_run else {"number": self.first}
        values = number | {"title": self.title, "kind": self.kind, "stories": list(self.stories)}
        return values | ({"pictures": list(self.pictures)} if self.pictures else {})


def moved_byline(parts: frozenset[str], shown: frozenset[str] | None) -> bool:
    """Whether a story fits a page once its byline is written as credits."""
    if shown is None or "byline" not in parts or "credits" in parts:
        return False
    return "byline" not in shown and (parts - {"byline"}) | {"credits"} <= shown


def planned_pages(
    stories: Sequence[PlannedStory], strays: Sequence[str], design: DesignKinds, first: int
) -> tuple[PlannedPage, ...]:
    """The pages from number *first* for *stories*, the weightiest first, and for *strays*, pictures of no story.

    A story that fills a page has one; what is left follows in a run where the design has that kind, else on pages of
    their own. Where pages are made up all stand in one run, of as many pages as they may come to.
    """
    if design.made_up:
        return (_made_up(stories, strays, design, first),)
    alone: list[PlannedPage] = []
    rest: list[PlannedStory] = []
    for story in stories:
        kind = _kind_for(story, design, len(alone), only=len(stories) == 1, leads=not alone and not rest)
        if kind is None and design.run is not None:
            rest.append(story)
            continue
        kind = kind or design.alone[len(alone) % len(design.alone)]
        shown, over = story.pictures[: design.most_pictures], story.pictures[design.most_pictures :]
        title = _TITLES[min(len(alone), len(_TITLES) - 1)]
        alone.append(PlannedPage(first + len(alone), False, title, kind, (story.file,), shown, over))
    sizes = {story.file: story.characters for story in stories}
    alone, left = _with_strays(alone, strays, sizes, design)
    if rest and design.run is not None:
        pictures = (*(each for story in rest for each in story.pictures), *left)
        run = PlannedPage(first + len(alone), True, _RUN, design.run, tuple(each.file for each in rest), pictures)
        return (*alone, run)
    return (*alone[:-1], replace(alone[-1], left=(*alone[-1].left, *left)))


def _made_up(stories: Sequence[PlannedStory], strays: Sequence[str], design: DesignKinds, first: int) -> PlannedPage:
    most = design.most_of_a_story
    pictures = (*(each for story in stories for each in story.pictures[:most]), *strays)
    over = tuple(each for story in stories for each in story.pictures[most:])
    amount = sum(story.characters + HEADLINE for story in stories) + PICTURE * len(pictures)
    pages = ceil(amount / PAGE)
    names = tuple(story.file for story in stories)
    last = first + pages - 1 if pages > 1 else None
    return PlannedPage(first, pages > 1, _TITLES[0], design.alone[0], names, pictures, over, last)


_TITLES = ("要闻", "专题")
_RUN = "综合"
"""What pages are called until their editor says otherwise."""


def _kind_for(story: PlannedStory, design: DesignKinds, used: int, *, only: bool, leads: bool) -> str | None:
    """The kind of page that *story* has for itself; None where it goes into a run."""
    if not (only or leads or story.characters >= ALONE_FROM):
        return None
    pictures = min(len(story.pictures), design.most_pictures)
    for number in range(len(design.alone)):
        kind = design.alone[(used + number) % len(design.alone)]
        shown = design.shown(kind)
        fits = shown is None or story.parts <= shown or moved_byline(story.parts, shown)
        if fits and design.takes(kind, story.characters, pictures):
            return kind
    return None


_ENOUGH = 3
"""Pictures of a page from which it wants no more that nobody has put there."""


def _with_strays(
    pages: Sequence[PlannedPage], strays: Sequence[str], sizes: Mapping[str, int], design: DesignKinds
) -> tuple[list[PlannedPage], list[str]]:
    """*pages* with the pictures of no story on those that have the fewest, and what then is left. *sizes*: characters
    of each story.
    """
    filled = list(pages)
    left: list[str] = []
    for stray in strays:
        open_pages = [
            index
            for index, page in enumerate(filled)
            if len(page.pictures) < min(_ENOUGH, design.most_pictures)
            and design.takes(page.kind, sizes[page.stories[0]], len(page.pictures) + 1)
        ]
        if not open_pages:
            left.append(stray)
            continue
        fewest = min(open_pages, key=lambda index: len(filled[index].pictures))
        filled[fewest] = replace(filled[fewest], pictures=(*filled[fewest].pictures, stray))
    return filled, left
