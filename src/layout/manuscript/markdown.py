"""The body of a manuscript: as much of CommonMark as a newspaper page holds, every character kept and placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from layout.errors import LayoutError, Message, Place
from layout.manuscript import emphasis, escapes
from layout.manuscript.characters import first_column, joint
from layout.manuscript.footnotes import Footnotes, is_definition
from layout.manuscript.markdown_boxes import CLOSED, FULL_WIDTH, OPENED, find_box
from layout.manuscript.markdown_inline import REFUSED, Inline, Manuscript
from layout.manuscript.markdown_tables import TOKEN, find_table, is_full_width_delimiter, read_table
from layout.manuscript.model import Paragraph, ParagraphKind, Run
from layout.manuscript.reading_notes import ReadingNote, counted, tab_tables, wrapped

_LONE_SIGN = "lone_sign"
"""Takes the place of a list's token where the list has one item: its sign is copy, as in a note below a table."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading (``##``) as found; those of the second level are paragraphs of its copy."""

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
    footnotes: tuple[Paragraph, ...] = ()
    """In the order of their numbers."""


@cache
def _parser() -> MarkdownIt:
    """CommonMark without what eats characters of copy.

    That is: entities, definitions, ``_``, indented code, headings by underlining. A backslash is read by ``escapes``.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.block.ruler.at("table", find_table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("fence", "box", find_box, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.disable(["entity", "reference", "lheading", "code"])
    parser.inline.ruler.at("emphasis", emphasis.tokenize)
    parser.inline.ruler.at("escape", escapes.tokenize)
    return parser


def read(text: str, first_line: int, file: str, faults: list[LayoutError]) -> Blocks:
    """The blocks of *text*, which starts on line *first_line* of *file*. Mistakes are added to *faults*.

    Paragraphs come with kind "body", "quote", "item", "subheading", "box" or "box-title", and those marked
    ``{.lede}`` with kind "lede"; the reader of the story knows the rest of the lede, and the closing. A line is a
    paragraph: in Chinese copy a single line break is never a soft one.
    """
    lines = [_blank_if_empty(line) for line in text.split("\n")]
    walk = _Walk(Manuscript(lines, first_line, file, faults))
    blocks = list(walk.blocks(_parser().parse("\n".join(lines))))
    footnotes = Footnotes(faults)
    footnotes.take(each for each in blocks if isinstance(each, Paragraph) and is_definition(each))
    copy = [each for each in blocks if not (isinstance(each, Paragraph) and is_definition(each))]
    numbered = tuple(map(_unshielded, _numbered(copy, footnotes)))
    notes = tuple(replace(each, runs=escapes.unshielded(each.runs)) for each in footnotes.notes())
    return Blocks(numbered, tuple(counted(walk.manuscript.notes)), notes)


def _unshielded(block: Block) -> Block:
    """*block* with the marks that stood behind a backslash; those of tables have theirs already."""
    if isinstance(block, Break):
        return block
    paragraph = block.paragraph if isinstance(block, Heading) else block
    runs = escapes.unshielded(paragraph.runs)
    if runs is paragraph.runs:
        return block
    changed = replace(paragraph, runs=runs)
    return Heading(changed) if isinstance(block, Heading) else changed


def _numbered(blocks: Sequence[Block], footnotes: Footnotes) -> Iterator[Block]:
    for is_text, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        if is_text:
            yield from footnotes.numbered([block for block in group if isinstance(block, Paragraph)])
            continue
        for block in group:
            if isinstance(block, Heading):
                yield from map(Heading, footnotes.numbered([block.paragraph]))
            else:
                yield block


@dataclass(slots=True)
class _Walk:
    manuscript: Manuscript
    around: list[str] = field(default_factory=list)
    """The quotes and lists that are open."""
    marker: Run | None = None
    """What stands before a list's item and is copy: the number of an ordered list, a sign that makes no list."""

    tables: int = 0
    """How many tables have been read."""
    boxes: int = 0
    """How many boxes have been opened."""
    box: int | None = None
    """The number of the box that is open."""

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        for index, token in enumerate(tokens):
            if token.type in REFUSED:
                self.manuscript.refuse(token.type, self._start_of(token))
            elif token.type == TOKEN:
                yield from self._table(token)
            elif token.type == OPENED:
                yield from self._open_box(token, empty=tokens[index + 1].type == CLOSED)
            elif token.type == CLOSED:
                self.box = None
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
            self.manuscript.notes.append(
                ReadingNote("list_mark", token.markup, self._start_of(token, token.markup), items)
            )

    def _enter_or_leave(self, token: Token) -> None:
        if token.type in ("blockquote_open", "bullet_list_open", "ordered_list_open"):
            if self.around:
                message = Message("引文和列表不能套在一起。", "Quotations and lists cannot stand inside one another.")
                self.manuscript.fault(
                    message, self._start_of(token, token.markup), Message("改成一层。", "Make it one level.")
                )
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
            self.manuscript.fault(
                message, self._start_of(token), Message("写成“## 小标题”。", "Write “## the heading”.")
            )
        if match := re.match(r"#?＃[#＃]*(?=\s|[^#＃]*$)", token.content):
            message = Message(f"全角的 {match[0]} 不成小标题。", f"The full-width {match[0]} makes no heading.")
            self.manuscript.fault(
                message, self._start_of(token), Message("写成“## 小标题”。", "Write “## the heading”.")
            )
        self._look_for_full_width(token)
        kind: ParagraphKind = "body" if self.box is None else "box"
        self._look_for_wrapped(token)
        if self.around and self.around[-1] != _LONE_SIGN:
            kind = "quote" if self.around[-1] == "blockquote_open" else "item"
        for runs in self._paragraphs(token):
            words = _without_mark(runs)
            if words is not None and (kind != "body" or not words):
                self._no_lede(runs[-1])
            yield Paragraph("lede", words) if words else Paragraph(kind, runs, box=self.box)

    def _look_for_wrapped(self, token: Token) -> None:
        lines = token.content.split("\n")
        start = token.map[0] if token.map else 0
        for first, count in tab_tables(lines):
            place = self.manuscript.place(start + first, first_column(lines[first]))
            typed = lines[first].strip().replace("\t", " ")
            self.manuscript.notes.append(ReadingNote("tab_table", typed, place, count))
            lines[first : first + count] = [""] * count
        if found := wrapped(lines):
            first, count = found
            place = self.manuscript.place(start + first, first_column(lines[first]))
            self.manuscript.notes.append(ReadingNote("wrapped_lines", lines[first].strip(), place, count))

    def _look_for_full_width(self, token: Token) -> None:
        """A table that was typed with full-width bars, a box with full-width colons."""
        for number, line in enumerate(token.content.split("\n")):
            if FULL_WIDTH.match(line) and token.map:
                message = Message("全角的冒号“：：：”不成框。", "Full-width colons “：：：” make no box.")
                hint = Message("冒号用半角：::: 链接 标题", "Type them half-width: ::: the title")
                self.manuscript.fault(message, self.manuscript.place(token.map[0] + number), hint)
            if is_full_width_delimiter(line) and token.map:
                message = Message("全角的竖线“｜”不成表格。", "Full-width bars “｜” make no table.")
                hint = Message("竖线、横线都用半角：| --- | --- |", "Type bars and dashes half-width: | --- | --- |")
                self.manuscript.fault(message, self.manuscript.place(token.map[0] + number), hint)

    def _heading(self, opened: Token, token: Token) -> Iterator[Block]:
        self._only_outside(opened)
        if opened.tag == "h1":
            message = Message("正文里不写主题（# ）。", "The headline (# ) does not stand in the body.")
            self.manuscript.fault(
                message,
                self._start_of(opened),
                Message(
                    "主题写在文件头 headline；小标题用 ## 。", "It goes into the front matter; sections begin with ## ."
                ),
            )
        elif opened.tag not in ("h2", "h3"):
            message = Message(
                f"小标题只有两级，不能用 {opened.markup} 。",
                f"There are two levels of headings; {opened.markup} cannot be used.",
            )
            self.manuscript.fault(message, self._start_of(opened), Message("改成 ## 或 ### 。", "Make it ## or ### ."))
        runs = next(iter(self._paragraphs(token)), ())
        if runs and _without_mark(runs) is not None:
            self._no_lede(runs[-1])
        if runs:
            yield Paragraph("subheading", runs) if opened.tag == "h3" else Heading(Paragraph("heading", runs))
        else:
            message = Message("小标题是空的。", "The heading is empty.")
            self.manuscript.fault(
                message, self._start_of(opened), Message("填上文字，或删去 ## 。", "Fill it in, or delete the ## .")
            )

    def _no_lede(self, run: Run) -> None:
        message = Message(
            f"{LEDE_MARK} 只能写在正文段落的末尾。", f"{LEDE_MARK} goes at the end of a paragraph of plain copy."
        )
        self.manuscript.fault(message, run.place, Message("去掉这个记号。", "Take the mark out."))

    def _open_box(self, token: Token, *, empty: bool) -> Iterator[Paragraph]:
        self._only_outside(token)
        place = self._start_of(token)
        example = Message(
            "写成“::: 链接 标题”，正文，再用一行“:::”收住。",
            "Write “::: the title”, the copy, and close it with a line “:::”.",
        )
        if not token.info:
            message = Message("这里没有要收住的框。", "There is no box to be closed here.")
            self.manuscript.fault(message, place, example)
            return
        if not token.meta["closed"]:
            message = Message(f"框“{token.info}”没有收住。", f"The box “{token.info}” is not closed.")
            self.manuscript.fault(message, place, example)
        elif empty:
            message = Message(f"框“{token.info}”是空的。", f"The box “{token.info}” is empty.")
            self.manuscript.fault(message, place, example)
        self.boxes += 1
        self.box = self.boxes
        index = token.map[0] if token.map else 0
        runs = self._words(token.info, index, self.manuscript.lines[index].find(token.info))
        yield from [Paragraph("box-title", runs, box=self.box)] if runs else []

    def _table(self, token: Token) -> Iterator[Paragraph]:
        self._only_outside(token)
        if self.around or self.box is not None:
            return
        self.tables += 1
        table = read_table(self.manuscript, token, self.tables, self._words)
        yield from table.paragraphs() if table else ()

    def _words(self, words: str, index: int, column: int) -> tuple[Run, ...]:
        """The runs of words that stand in line *index* from *column* on: those of a table's cell."""
        [token] = _parser().parseInline(words)
        token.map = [index, index + 1]
        return escapes.unshielded(next(iter(Inline(self.manuscript, token, column).paragraphs()), ()))

    def _paragraphs(self, token: Token) -> list[tuple[Run, ...]]:
        """The runs of an inline token: a paragraph for each of its lines."""
        walk = Inline(self.manuscript, token)
        paragraphs = walk.paragraphs()
        if self.marker and paragraphs:
            gap = joint(self.marker.text, paragraphs[0][0].text)
            paragraphs[0] = (Run(self.marker.text + gap, self.marker.place), *paragraphs[0])
        self.marker = None
        return paragraphs

    def _only_outside(self, token: Token) -> None:
        if self.around or self.box is not None:
            message = Message(
                "引文、列表和框里不能有小标题、分隔线、表格或框。",
                "A quotation, a list or a box cannot hold a heading, a break, a table or a box.",
            )
            self.manuscript.fault(
                message, self._start_of(token, token.markup), Message("把它移到外面。", "Move it outside.")
            )

    def _start_of(self, token: Token, sign: str = "") -> Place:
        index = token.map[0] if token.map else 0
        line = self.manuscript.lines[index]
        column = line.find(sign) if sign and sign in line else len(line) - len(line.lstrip())
        return self.manuscript.place(index, column + 1)


LEDE_MARK = "{.lede}"
"""Stands at the end of a paragraph that belongs to the lede."""


def _without_mark(runs: tuple[Run, ...]) -> tuple[Run, ...] | None:
    """*runs* of a paragraph without the mark of the lede at their end; None where there is none."""
    *others, last = runs
    if not last.text.endswith(LEDE_MARK):
        return None
    words = last.text.removesuffix(LEDE_MARK).rstrip()
    return (*others, replace(last, text=words)) if words else tuple(others)


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
