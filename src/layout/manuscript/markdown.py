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
from layout.manuscript.reading_notes import ReadingNote, counted, wrapped

_LONE_SIGN = "lone_sign"
"""Takes the place of a list's token where the list has one item: its sign is copy, as in a note below a table."""


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
class Blocks:
    """What a manuscript's body holds, and what of it is not set as it was typed."""

    blocks: tuple[Block, ...]
    notes: tuple[ReadingNote, ...]


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


def read(text: str, first_line: int, file: str, faults: list[LayoutError]) -> Blocks:
    """The blocks of *text*, which starts on line *first_line* of *file*. Mistakes are added to *faults*.

    Paragraphs come with kind "body", "quote" or "item"; the reader of the story knows lede from closing. A line is a
    paragraph: in Chinese copy a single line break is never a soft one.
    """
    lines = [_blank_if_empty(line) for line in text.split("\n")]
    walk = _Walk(lines, first_line, file, faults)
    blocks = tuple(walk.blocks(_parser().parse("\n".join(lines))))
    return Blocks(blocks, tuple(counted(walk.notes)))


@dataclass(slots=True)
class _Walk:
    lines: list[str]
    first_line: int
    file: str
    faults: list[LayoutError]
    around: list[str] = field(default_factory=list)
    """The quotes and lists that are open."""
    notes: list[ReadingNote] = field(default_factory=list)
    marker: Run | None = None
    """What stands before a list's item and is copy: the number of an ordered list, a sign that makes no list."""

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
            elif token.type == "bullet_list_open" and token.markup != "-":
                self._enter_list(token, items=_items(tokens[index:]))
            else:
                self._enter_or_leave(token)

    def _enter_list(self, token: Token, *, items: int) -> None:
        """A list whose sign may be copy: ``* `` and ``+ `` begin an item where another follows, and a note where none
        does."""
        self._enter_or_leave(token)
        if items == 1:
            self.around[-1] = _LONE_SIGN
        else:
            self.notes.append(ReadingNote("list_mark", token.markup, self._start_of(token, token.markup), items))

    def _enter_or_leave(self, token: Token) -> None:
        if token.type in ("blockquote_open", "bullet_list_open", "ordered_list_open"):
            if self.around:
                message = Message("引文和列表不能套在一起。", "Quotations and lists cannot stand inside one another.")
                self._fault(message, self._start_of(token, token.markup), Message("改成一层。", "Make it one level."))
            self.around.append(token.type)
        elif token.type in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            self.around.pop()
        elif token.type == "list_item_open":
            number = token.info + token.markup if token.info or self.around[-1] == _LONE_SIGN else ""
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
        if match := re.match(r"#?＃[#＃]*(?=\s|[^#＃]*$)", token.content):
            message = Message(f"全角的 {match[0]} 不成小标题。", f"The full-width {match[0]} makes no heading.")
            self._fault(message, self._start_of(token), Message("写成“## 小标题”。", "Write “## the heading”."))
        kind: ParagraphKind = "body"
        self._look_for_wrapped(token)
        if self.around and self.around[-1] != _LONE_SIGN:
            kind = "quote" if self.around[-1] == "blockquote_open" else "item"
        for runs in self._paragraphs(token):
            yield Paragraph(kind, runs)

    def _look_for_wrapped(self, token: Token) -> None:
        lines = token.content.split("\n")
        if (found := wrapped(lines)) and token.map:
            first, count = found
            place = Place(self.file, self.first_line + token.map[0] + first)
            self.notes.append(ReadingNote("wrapped_lines", lines[first].strip(), place, count))

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
        """The runs of an inline token: a paragraph for each of its lines."""
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
        self.strong = 0
        self.runs: list[Run] = []
        self.done: list[tuple[Run, ...]] = []

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
            self._end_paragraph()
        elif child.type in REFUSED:
            sign = "<" if child.info == "auto" else REFUSED[child.type].sign
            self.walk._refuse(child.type, self._place(max(self.content.find(sign, self.cursor), 0)))
        else:
            self.strong += child.nesting if child.tag == "strong" else 0

    def _text(self, text: str) -> None:
        start = max(self.content.find(text, self.cursor), self.cursor)
        self.cursor = start + len(text)
        if not self.runs:
            start += len(text) - len(text.lstrip())
            text = text.lstrip()
        if not text:
            return
        if "\t" in text.rstrip():
            note = ReadingNote("tab", "\t", self._place(start + text.index("\t")), text.rstrip().count("\t"))
            self.walk.notes.append(note)
        mark: Mark = "strong" if self.strong else "plain"
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


def _blank_if_empty(line: str) -> str:
    """To Markdown a line of ideographic spaces, alone or in a quotation, is not blank."""
    if not line.strip():
        return ""
    return line if line.strip("> \t\u3000") else line.rstrip()


def _items(tokens: list[Token]) -> int:
    """How many items the list has that the first of *tokens* opens."""
    count = 0
    for token in tokens[1:]:
        if token.level == tokens[0].level:
            break
        count += token.type == "list_item_open" and token.level == tokens[0].level + 1
    return count


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
