"""The body of a manuscript: as much of CommonMark as a newspaper page holds, every character kept and placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.manuscript import emphasis
from layout.manuscript.characters import joint
from layout.manuscript.inline_marks import marked
from layout.manuscript.model import Mark, Paragraph, ParagraphKind, Run

INDENT = "\u3000"
"""The ideographic space with which typed copy begins a paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading as found."""

    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Break:
    """A thematic break: what follows is the closing."""

    place: Place


Block = Paragraph | Heading | Break


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
    "table_open": Refused("", Message("现在还不能排表格。", "Tables cannot be set yet."), _PLAIN),
}
"""What a manuscript cannot hold, by markdown-it's names for it. docs/manuscript.md has this table."""


@cache
def _parser() -> MarkdownIt:
    """CommonMark without what eats characters of copy.

    That is: escapes, entities, definitions, ``_``, indented code, headings by underlining.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.disable(["escape", "entity", "reference", "lheading", "code"])
    parser.inline.ruler.at("emphasis", emphasis.tokenize)
    return parser


def read(text: str, first_line: int, file: str, faults: list[LayoutError]) -> list[Block]:
    """The blocks of *text*, which starts on line *first_line* of *file*. Mistakes are added to *faults*.

    Paragraphs come with kind "body", "quote" or "item"; the reader of the story knows lede from closing.
    """
    lines = [line if line.strip() else "" for line in text.split("\n")]  # to Markdown, U+3000 alone is no blank line
    return list(_Walk(lines, first_line, file, faults).blocks(_parser().parse("\n".join(lines))))


@dataclass(slots=True)
class _Walk:
    lines: list[str]
    first_line: int
    file: str
    faults: list[LayoutError]
    around: list[str] = field(default_factory=list)
    """The quotes and lists that are open."""
    marker: Run | None = None
    """The number of an ordered list's item, which is copy."""

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        skip_to = ""
        for index, token in enumerate(tokens):
            if skip_to:
                skip_to = "" if token.type == skip_to else skip_to
            elif token.type in REFUSED:
                self._refuse(token.type, self._start_of(token))
                skip_to = "table_close" if token.type == "table_open" else ""
            elif token.type == "inline":
                yield from self._inline(tokens[index - 1], token)
            elif token.type == "hr":
                self._only_outside(token)
                yield Break(self._start_of(token))
            else:
                self._enter_or_leave(token)

    def _enter_or_leave(self, token: Token) -> None:
        if token.type in ("blockquote_open", "bullet_list_open", "ordered_list_open"):
            if self.around:
                message = Message("引文和列表不能套在一起。", "Quotations and lists cannot stand inside one another.")
                self._fault(message, self._start_of(token, token.markup), Message("改成一层。", "Make it one level."))
            self.around.append(token.type)
        elif token.type in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self.around.pop()
        elif token.type == "list_item_open":
            number = token.info + token.markup if token.info else ""
            self.marker = Run(number, self._start_of(token, number)) if number else None

    def _inline(self, opened: Token, token: Token) -> Iterator[Block]:
        if opened.type == "heading_open":
            yield from self._heading(opened, token)
            return
        if match := re.match(r"#{2,6}(?=[^#\s])", token.content):
            message = Message(
                f"{match[0]} 后面少一个空格，不成小标题。", f"There is no space after {match[0]}, so it is no heading."
            )
            self._fault(message, self._start_of(token), Message("写成“## 小标题”。", "Write “## the heading”."))
        kind: ParagraphKind = "body"
        if self.around:
            kind = "quote" if self.around[-1] == "blockquote_open" else "item"
        for runs in self._paragraphs(token):
            yield Paragraph(kind, runs)

    def _heading(self, opened: Token, token: Token) -> Iterator[Block]:
        self._only_outside(opened)
        if opened.tag == "h1":
            message = Message("正文里不写主题（# ）。", "The headline (# ) does not stand in the body.")
            self._fault(
                message,
                self._start_of(opened),
                Message(
                    "主题写在文件头 headline；小标题用 ## 。", "It goes into the front matter; sections begin with ## ."
                ),
            )
        elif opened.tag != "h2":
            message = Message(
                f"小标题只有一级，不能用 {opened.markup} 。",
                f"There is one level of headings; {opened.markup} cannot be used.",
            )
            self._fault(message, self._start_of(opened), Message("改成 ## 。", "Make it ## ."))
        runs = next(iter(self._paragraphs(token)), ())
        if runs:
            yield Heading(Paragraph("heading", runs))
        else:
            message = Message("小标题是空的。", "The heading is empty.")
            self._fault(
                message, self._start_of(opened), Message("填上文字，或删去 ## 。", "Fill it in, or delete the ## .")
            )

    def _paragraphs(self, token: Token) -> list[tuple[Run, ...]]:
        """The runs of an inline token: one paragraph, or more where lines begin with an ideographic space."""
        walk = _Inline(self, token)
        paragraphs = walk.paragraphs()
        if self.marker and paragraphs:
            gap = joint(self.marker.text, paragraphs[0][0].text)
            paragraphs[0] = (Run(self.marker.text + gap, self.marker.place), *paragraphs[0])
        self.marker = None
        return paragraphs

    def _only_outside(self, token: Token) -> None:
        if self.around:
            message = Message(
                "引文和列表里不能有小标题或分隔线。", "A quotation or list cannot hold a heading or a break."
            )
            self._fault(message, self._start_of(token, token.markup), Message("把它移到外面。", "Move it outside."))

    def _start_of(self, token: Token, sign: str = "") -> Place:
        index = token.map[0] if token.map else 0
        line = self.lines[index]
        column = line.find(sign) if sign and sign in line else len(line) - len(line.lstrip())
        return Place(self.file, self.first_line + index, column + 1)

    def _refuse(self, type_: str, place: Place) -> None:
        refused = REFUSED[type_]
        self._fault(refused.message, place, refused.hint)

    def _fault(self, message: Message, place: Place, hint: Message) -> None:
        self.faults.append(ManuscriptError(message, place=place, hint=hint))


class _Inline:
    """The characters of one inline token.

    Its children know no positions, but their words stand in its content in order, so a cursor finds them.
    """

    def __init__(self, walk: _Walk, token: Token) -> None:
        self.walk = walk
        self.token = token
        self.content = token.content
        self.cursor = 0
        self.strong = self.slanted = 0
        self.runs: list[Run] = []
        self.done: list[tuple[Run, ...]] = []
        self.new_line = False

    def paragraphs(self) -> list[tuple[Run, ...]]:
        for child in self.token.children or ():
            self._take(child)
        self._end_paragraph()
        return self.done

    def _take(self, child: Token) -> None:
        if child.type == "text":
            self._text(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            self.cursor = self.content.index("\n", self.cursor) + 1
            self.new_line = True
        elif child.type in REFUSED:
            sign = "<" if child.info == "auto" else REFUSED[child.type].sign
            self.walk._refuse(child.type, self._place(max(self.content.find(sign, self.cursor), 0)))
        else:
            self.strong += child.nesting if child.tag == "strong" else 0
            self.slanted += child.nesting if child.tag == "em" else 0

    def _text(self, text: str) -> None:
        start = max(self.content.find(text, self.cursor), self.cursor)
        self.cursor = start + len(text)
        if self.new_line and text.startswith(INDENT):
            self._end_paragraph()
        if not self.runs or self.new_line:
            start += len(text) - len(text.lstrip())
            text = text.lstrip()
        if not text:
            return
        if self.new_line and self.runs:
            before = self.runs[-1]
            words = before.text.rstrip()
            self.runs[-1] = Run(words + joint(words, text), before.place, before.mark)
        self.new_line = False
        mark: Mark = "strong" if self.strong else "emphasis" if self.slanted else "plain"
        self.runs.append(Run(text.replace("\t", " "), self._place(start), mark))

    def _end_paragraph(self) -> None:
        if self.runs:
            last = self.runs[-1]
            self.runs[-1] = Run(last.text.rstrip(), last.place, last.mark)
            runs = marked(tuple(_merged(self.runs)), self.walk.faults)
            self.done += [runs] if runs else []
        self.runs = []

    def _place(self, offset: int) -> Place:
        before = self.content[:offset]
        number = before.count("\n")
        index = (self.token.map[0] if self.token.map else 0) + number
        line_of_content = self.content.split("\n")[number]
        # Markdown turns tabs before the words of a list's item into spaces, so only the words are looked for.
        words = line_of_content.strip()
        indent = len(line_of_content) - len(line_of_content.lstrip())
        source = self.walk.lines[index].rstrip()
        start = len(source) - len(words) if source.endswith(words) else max(source.find(words), 0)
        column = start + max(offset - (before.rfind("\n") + 1) - indent, 0)
        return Place(self.walk.file, self.walk.first_line + index, column + 1)


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
    return held.place.line == run.place.line and (held.place.column or 0) + len(held.text) == run.place.column
