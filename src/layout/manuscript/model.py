"""A manuscript as the program holds it: stories made of texts, made of paragraphs, made of runs.

Every run knows the file and line it came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from layout.errors import Place

Mark = Literal["plain", "strong", "emphasis"]
Under = Literal["dot", "line", "name", "wave"]
"""着重号, 着重线, 专名号, 书名号甲式: ``[…]{.dot}`` and so on."""
Level = Literal["", "super", "sub", "note", "jiazhu", "ruby"]
"""Raised, lowered, a note in small type or in two small rows, or an annotation to be set over the run before it."""
ParagraphKind = Literal[
    "body", "lede", "heading", "closing", "quote", "item", "headline", "kicker", "deck", "word", "credits", "figure",
    "caption", "credit", "folio",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that are marked alike, and where the first of them stands."""

    text: str
    place: Place
    mark: Mark = "plain"
    under: tuple[Under, ...] = ()
    level: Level = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of copy."""

    kind: ParagraphKind
    runs: tuple[Run, ...]
    after_heading: bool = False
    """Whether it is the first under a heading."""

    @property
    def text(self) -> str:
        """Its characters, without annotations."""
        return "".join(run.text for run in self.runs if run.level != "ruby")

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.runs[0].place


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs that flow together. ``flow`` is the name by which a design's frames ask for them.

    Flow names: ``<story>.headline``, ``.kicker``, ``.deck``, ``.lede``, ``.section-1.heading``, ``.section-1``,
    ``.closing``, ``.credits``, ``.word.<name>``, ``.figure-1.number``; of a picture ``picture.<id>.caption`` and
    ``picture.<id>.credit``; at the page's head ``page.folio.<name>``.
    """

    flow: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All its characters."""
        return "".join(paragraph.text for paragraph in self.paragraphs)

    def __bool__(self) -> bool:
        return bool(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a story: its heading and its body."""

    heading: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be set large, quoted from the copy: ``重点项目{332个}`` must stand in it as 重点项目332个.

    ``before`` and ``after`` are the quoted words on either side of ``number``. Either may be empty.
    """

    before: str
    number: str
    after: str
    place: Place
    source: Place
    """Where in the copy the quotation stands."""
    flow: str = ""
    """The beginning of its texts' flow names: ``<story>.figure-1``."""

    @property
    def quotation(self) -> str:
        """The words as they stand in the copy."""
        return self.before + self.number + self.after

    def text(self, part: Literal["before", "number", "after"]) -> Text:
        """One part of it as a text that a frame can ask for; empty when there are no such words."""
        words: str = getattr(self, part)
        runs = (Run(words, self.place),)
        return Text(f"{self.flow}.{part}", (Paragraph("figure", runs),) if words else ())

    def texts(self) -> Iterator[Text]:
        """Its non-empty texts in reading order."""
        parts: tuple[Literal["before", "number", "after"], ...] = ("before", "number", "after")
        yield from (text for text in map(self.text, parts) if text)


@dataclass(frozen=True, slots=True)
class Story:
    """One story (稿). Optional parts are empty texts."""

    id: str
    file: str
    headline: Text
    kicker: Text
    deck: Text
    lede: Text
    sections: tuple[Section, ...]
    closing: Text
    credits: Text
    words: Mapping[str, Text]
    """Set words of the page that are copy too: nameplate, slogans, labels."""
    figures: tuple[Figure, ...] = ()
    protected: tuple[str, ...] = field(default=())
    """Names and phrases that no line may break inside."""

    def texts(self) -> Iterator[Text]:
        """Every non-empty text, in reading order: words, headline, lede, sections, closing, credits.

        Figures are not among them, for they are quoted from these.
        """
        parts = [*self.words.values(), self.kicker, self.headline, self.deck, self.lede]
        for section in self.sections:
            parts += [section.heading, section.body]
        yield from (part for part in [*parts, self.closing, self.credits] if part)
