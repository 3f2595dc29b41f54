"""Finds what an issue prints otherwise than before: a function for each row of ``meaning_changes.toml``, by its id.

They look at the issue as it is read now, at the lines of its manuscripts, and at its pages as they are set now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from layout.composer.classes import CharClass, marks
from layout.errors import ManuscriptError, Place
from layout.fontbook.western_quotes import western_quotes
from layout.issue import Issue
from layout.manuscript.emphasis import flanking
from layout.manuscript.encoding import decode
from layout.manuscript.figures import place_at
from layout.manuscript.front_matter import CLOSING
from layout.manuscript.model import Paragraph, ParagraphKind, Text
from layout.manuscript.story_parts import story_flow
from layout.page.frames import SetLine

INDENT = "\u3000"
"""The ideographic space: a line that begins with it was a paragraph of its own before, too."""

QUOTED = 16
"""Characters quoted of a passage: enough to find it beside its line."""


@dataclass(frozen=True, slots=True)
class AffectedPassage:
    """Words of an issue that print otherwise."""

    place: Place
    words: str


@dataclass(frozen=True)
class ExaminedIssue:
    """An issue with its lines as set."""

    issue: Issue
    lines: Sequence[SetLine]

    def texts(self) -> Iterator[Text]:
        """The texts of all stories."""
        return (text for story in self.issue.stories for text in story.texts())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Their paragraphs."""
        return (paragraph for text in self.texts() for paragraph in text.paragraphs)

    @cached_property
    def _written(self) -> Mapping[str, Sequence[str]]:
        """The lines of the manuscripts, by the file's name as places have it."""
        files = {story.file: self.issue.folder.parent / story.file for story in self.issue.stories}
        return {
            name: decode(path.read_bytes(), name, ManuscriptError).split("\n")
            for name, path in files.items()
            if path.is_file()
        }

    def lines_of(self, file: str) -> Sequence[str]:
        """The lines of the manuscript *file*, as places name it."""
        return self._written.get(file, ())

    def written(self, place: Place) -> str:
        """The line at *place* as it is written; nothing where it is not known."""
        lines = self._written.get(place.file, ())
        return lines[place.line - 1] if place.line and place.line <= len(lines) else ""


Finder = Callable[[ExaminedIssue], Iterator[AffectedPassage]]

_RAISED_BEFORE = re.compile(
    r"[+\-−]?\d{1,4}|[A-Za-z]{1,3}[+\-−]?|[+\-−]|\d[+\-−]|[①-⑳*※]|[\[〔(（]\d{1,3}[\]〕)）]|注\d*"
)
_LOWERED_BEFORE = re.compile(r"[0-9A-Za-z+\-]{1,4}")
"""What 0.1.0 raised and lowered."""


def _levels(examined: ExaminedIssue, *, before: bool) -> Iterator[AffectedPassage]:
    """Characters that are raised or lowered, those that 0.1.0 knew (*before*) or the others."""
    for paragraph in examined.paragraphs():
        for run in paragraph.runs:
            if run.level in ("super", "sub"):
                sign, known = ("^", _RAISED_BEFORE) if run.level == "super" else ("~", _LOWERED_BEFORE)
                if bool(known.fullmatch(run.text)) is before:
                    yield AffectedPassage(run.place, f"{sign}{run.text}{sign}")


def raised(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Characters that are raised or lowered since 0.1.0."""
    return _levels(examined, before=True)


def more_raised(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Characters that are raised or lowered since 0.2.0."""
    return _levels(examined, before=False)


def line_breaks(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Lines that once went on with the paragraph above them: no blank line, no U+3000 before them."""
    for text in examined.texts():
        for above, paragraph in pairwise(text.paragraphs):
            next_line = (above.place.file, (above.place.line or 0) + 1)
            follows = (paragraph.place.file, paragraph.place.line) == next_line
            if follows and _went_on(above.kind, paragraph.kind, examined.written(paragraph.place)):
                yield AffectedPassage(paragraph.place, paragraph.text[:QUOTED])


_BEGINS = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
"""An item of a list."""


def _went_on(above: ParagraphKind, kind: ParagraphKind, written: str) -> bool:
    """Whether a line *written* so went on with the paragraph above it: no item, no quotation begins with it."""
    words = written.lstrip(" \t>")
    return not words.startswith(INDENT) and not _BEGINS.match(words) and (kind != "quote" or above == "quote")


def single_stars(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Words between single ``*``: once they were slanted, and the stars not printed."""
    for paragraph in examined.paragraphs():
        words, opened = paragraph.text, -1
        for star in re.finditer(r"(?<!\*)\*(?!\*)", words):
            before, after = (words[: star.start()] or " ")[-1], (words[star.end() :] or " ")[0]
            opens, closes = flanking(before, after)
            if opened >= 0 and closes:
                yield AffectedPassage(place_at(paragraph, opened), words[opened : star.end()][: 2 * QUOTED])
                opened = -1
            elif opens:
                opened = star.start()


def list_signs(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Lines that begin with ``*`` or ``+`` and are printed with it: once each was an item of a list."""
    for paragraph in examined.paragraphs():
        if paragraph.kind == "body" and re.match(r"\s{0,3}[*+]\s+\S", examined.written(paragraph.place)):
            yield AffectedPassage(paragraph.place, paragraph.text[:QUOTED])


def slashes(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Headlines with ``／``: once it was printed."""
    for text in examined.texts():
        part = story_flow(text.flow)
        if part is not None and part.part.heading:
            for paragraph in text.paragraphs:
                if "／" in (line := examined.written(paragraph.place)):
                    yield AffectedPassage(Place(paragraph.place.file, paragraph.place.line), line.strip())


def quotes(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Quotation marks among Western letters on level lines: once they took a whole em."""
    level = {(line.flow, line.paragraph) for line in examined.lines if not line.vertical}
    for text in examined.texts():
        for number, paragraph in enumerate(text.paragraphs):
            if (text.flow, number) in level:
                for offset in sorted(western_quotes(paragraph.text)):
                    around = paragraph.text[max(offset - QUOTED // 2, 0) : offset + QUOTED // 2]
                    yield AffectedPassage(place_at(paragraph, offset), around)


def vertical_dots(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Vertical lines with a middle dot."""
    dots = {mark for mark, kind in marks().kinds.items() if kind is CharClass.INTERPUNCT}
    texts = {text.flow: text for text in examined.texts()}
    for line in examined.lines:
        if line.vertical and line.flow in texts and dots & set(line.line.text):
            yield AffectedPassage(texts[line.flow].paragraphs[line.paragraph].place, line.line.text)


def torn_figures(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Figures with their units that end a paragraph and are torn though they begin their line: no line holds them."""
    texts = {text.flow: text for text in examined.texts()}
    for (flow, number), group in groupby(examined.lines, key=lambda line: (line.flow, line.paragraph)):
        last = [line.line.text for line in group][-2:]
        if len(last) == 2 and flow in texts and _is_figure("".join(last)):
            yield AffectedPassage(texts[flow].paragraphs[number].place, "".join(last))


def ledes(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """The first of what stands before a story's first heading and is no more its lede."""
    for story in examined.issue.stories:
        own = [section for section in story.sections if not section.heading]
        for section in own if story.lede else ():
            yield AffectedPassage(section.body.paragraphs[0].place, section.body.paragraphs[0].text[:QUOTED])


_OLD_CREDITS = re.compile(r"署名\s*[:：]")


def byline_keys(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Front matter with the key 署名."""
    for story in examined.issue.stories:
        for number, line in enumerate(examined.lines_of(story.file), 1):
            if number > 1 and line.rstrip() in CLOSING:
                break
            if _OLD_CREDITS.match(line):
                yield AffectedPassage(Place(story.file, number), line.strip()[: 2 * QUOTED])


_BACKSLASH = re.compile(r"\\[!-/:-@\[-`{}~]")
r"""Before a mark; ``\|`` has always been a bar of the copy in a table."""


def backslashes(examined: ExaminedIssue) -> Iterator[AffectedPassage]:
    """Backslashes before ASCII marks in the copy: once they were printed."""
    for file in {story.file for story in examined.issue.stories}:
        lines = examined.lines_of(file)
        head = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in CLOSING), 0)
        for number, line in enumerate(lines[head:], head + 1):
            for found in _BACKSLASH.finditer(line):
                yield AffectedPassage(Place(file, number, found.start() + 1), found[0])


def _is_figure(words: str) -> bool:
    """Whether *words* are a number with its unit, and nothing besides."""
    number = marks().number.match(words)
    unit = marks().unit.match(words, number.end()) if number else None
    return unit is not None and unit.end() == len(words)


FINDERS: Mapping[str, Finder] = {
    "raised": raised,
    "torn-figure": torn_figures,
    "line-break": line_breaks,
    "single-star": single_stars,
    "list-sign": list_signs,
    "more-raised": more_raised,
    "headline-slash": slashes,
    "western-quotes": quotes,
    "vertical-dot": vertical_dots,
    "lede": ledes,
    "byline-key": byline_keys,
    "backslash": backslashes,
}
"""By the id of a change."""
