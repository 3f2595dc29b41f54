"""The characters of one stretch of Markdown: its runs, line by line, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.manuscript import escapes
from layout.manuscript.inline_marks import marked
from layout.manuscript.model import Mark, Run
from layout.manuscript.reading_notes import ReadingNote


@dataclass(frozen=True, slots=True)
class Refused:
    """A Markdown thing that no newspaper page holds."""

    sign: str
    """What it begins with, by which its place is found; empty where that is the token's own."""
    message: Message
    hint: Message


_PLAIN = Message("改成正文文字，或删去。", "Make it plain copy, or delete it.")
REFUSED = {
    "image": Refused(
        "![",
        Message("稿件里不能放图片。", "A manuscript cannot hold pictures."),
        Message("图片写在 issue.toml 的 [[picture]] 里。", "Pictures go into issue.toml as [[picture]]."),
    ),
    "link_open": Refused("[", Message("报纸版面没有链接。", "A newspaper page has no links."), _PLAIN),
    "html_inline": Refused("<", Message("稿件里不能用 HTML。", "A manuscript cannot hold HTML."), _PLAIN),
    "html_block": Refused("<", Message("稿件里不能用 HTML。", "A manuscript cannot hold HTML."), _PLAIN),
    "code_inline": Refused("`", Message("报纸版面没有代码。", "A newspaper page has no code."), _PLAIN),
    "fence": Refused("", Message("报纸版面没有代码块。", "A newspaper page has no code blocks."), _PLAIN),
}
"""What a manuscript cannot hold, by markdown-it's names for it. docs/manuscript.md has this table."""


@dataclass(slots=True)
class Manuscript:
    """A manuscript's body while it is read: its lines, its mistakes, what is not set as it was typed."""

    lines: Sequence[str]
    first_line: int
    """The number of the first of them in the file."""
    file: str
    faults: list[LayoutError]
    notes: list[ReadingNote] = field(default_factory=list)

    def place(self, index: int, column: int | None = None) -> Place:
        """Where line *index* stands, or its column from 1."""
        return Place(self.file, self.first_line + index, column)

    def refuse(self, type_: str, place: Place) -> None:
        """Adds the fault of what is refused by that name of markdown-it's."""
        refused = REFUSED[type_]
        self.fault(refused.message, place, refused.hint)

    def fault(self, message: Message, place: Place, hint: Message) -> None:
        """Adds a fault."""
        self.faults.append(ManuscriptError(message, place=place, hint=hint))


class Inline:
    """The characters of one inline token.

    Its children know no positions, but their words stand in its content in order, so a cursor finds them. *start* is
    where the content begins in its line, if that is known, from 0.
    """

    def __init__(self, manuscript: Manuscript, token: Token, start: int | None = None) -> None:
        self.manuscript = manuscript
        self.token = token
        self.start = start
        self.content = token.content
        self.cursor = 0
        self.strong = 0
        self.runs: list[Run] = []
        self.done: list[tuple[Run, ...]] = []

    def paragraphs(self) -> list[tuple[Run, ...]]:
        """The runs of each of its lines; an empty line has none."""
        for child in self.token.children or ():
            self._take(child)
        self._end_paragraph()
        return self.done

    def _take(self, child: Token) -> None:
        if child.type == "text":
            self._text(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            self.cursor = self.content.index("\n", self.cursor) + 1
            self._end_paragraph()
        elif child.type in REFUSED:
            sign = "<" if child.info == "auto" else REFUSED[child.type].sign
            self.manuscript.refuse(child.type, self._place(max(self.content.find(sign, self.cursor), 0)))
        else:
            self.strong += child.nesting if child.tag == "strong" else 0

    def _text(self, text: str) -> None:
        written = escapes.written(text)
        start = max(self.content.find(written, self.cursor), self.cursor)
        self.cursor = start + len(written)
        if not self.runs:
            start += len(text) - len(text.lstrip())
            text = text.lstrip()
        if not text:
            return
        if "\t" in text.rstrip():
            note = ReadingNote("tab", "\t", self._place(start + text.index("\t")), text.rstrip().count("\t"))
            self.manuscript.notes.append(note)
        mark: Mark = "strong" if self.strong else "plain"
        self.runs.append(Run(text.replace("\t", " "), self._place(start), mark))

    def _end_paragraph(self) -> None:
        if self.runs:
            last = self.runs[-1]
            self.runs[-1] = Run(last.text.rstrip(), last.place, last.mark)
            runs = marked(tuple(_merged(self.runs)), self.manuscript.faults)
            self.done += [runs] if runs else []
        self.runs = []

    def _place(self, offset: int) -> Place:
        before = self.content[:offset]
        number = before.count("\n")
        index = (self.token.map[0] if self.token.map else 0) + number
        if self.start is not None:
            return self.manuscript.place(index, self.start + offset + 1)
        line_of_content = self.content.split("\n")[number]
        # Markdown turns tabs before the words of a list's item into spaces, so only the words are looked for.
        words = line_of_content.strip()
        indent = len(line_of_content) - len(line_of_content.lstrip())
        source = self.manuscript.lines[index].rstrip()
        start = len(source) - len(words) if source.endswith(words) else max(source.find(words), 0)
        column = start + max(offset - (before.rfind("\n") + 1) - indent, 0)
        return self.manuscript.place(index, column + 1)


def _merged(runs: list[Run]) -> Iterator[Run]:
    """Runs of the same line and mark put together: a ``*`` that turned out to be copy splits a run without need."""
    held: Run | None = None
    for run in runs:
        if held and held.mark == run.mark and _continues(held, run):
            held = Run(held.text + run.text, held.place, held.mark)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _continues(held: Run, run: Run) -> bool:
    return (
        held.place.line == run.place.line
        and (held.place.column or 0) + escapes.written_length(held.text) == run.place.column
    )
