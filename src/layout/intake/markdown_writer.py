"""Writes a story, its parts sorted, as a manuscript; what a manuscript cannot hold of it is told.

Paragraphs begin with two ideographic spaces, as Chinese copy does; so no sign at their beginning means anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from layout.checks import Finding
from layout.errors import LayoutError, Message
from layout.intake.markdown_table import lines_of_runs, table_lines
from layout.intake.markdown_text import all_escaped, begins_block, inline, plain_runs, without_opening_hash
from layout.intake.model import CopyBlock, CopyBox, CopyParagraph, CopyPicture, CopyRun, CopyTable, StoryDraft
from layout.intake.notices import notice, quoted
from layout.manuscript import markdown
from layout.manuscript.front_matter import FENCE
from layout.manuscript.markdown import LEDE_MARK, Heading
from layout.manuscript.model import Paragraph

_INDENT = "\u3000\u3000"
_PLAIN_VALUE = re.compile(r"[\w\u3000-\u303f\uff01-\uff60“”‘’—…·][\w\u3000-\u303f\uff01-\uff60“”‘’—…·/、 ]*")
"""Values that YAML reads as they stand, without quotes."""
_YAML_WORDS = re.compile(r"true|false|yes|no|on|off|null|none|无|~", re.IGNORECASE)
_BREAK = "／"
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
"""ASCII marks: one of them may mean something."""
_TITLE = re.compile(r"(?!\^)[^\[\]|\\]+")
LONGEST_BOX_TITLE = 30
"""Characters of a text box's first line that is its title."""
_SENTENCE_ENDS = "。！？；…，：,;:"


@dataclass(frozen=True, slots=True)
class WrittenManuscript:
    """A manuscript's text, and what of the story is not in it or stands otherwise."""

    text: str
    findings: tuple[Finding, ...]


def write_manuscript(draft: StoryDraft) -> WrittenManuscript:
    """The manuscript of *draft*. Pictures are none of it; they stand in ``issue.toml``."""
    writer = _Writer(draft)
    head = list(writer.front())
    body = [*writer.blocks(draft.blocks, draft.lede or 0), *writer.closing()]
    notes = list(writer.notes())
    text = "\n".join([FENCE, *head, FENCE, "", "\n\n".join([*body, *notes]), ""])
    return WrittenManuscript(text, tuple(writer.findings))


@dataclass(slots=True)
class _Writer:
    draft: StoryDraft
    findings: list[Finding] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    """Labels of the notes whose marks stand in the copy."""

    # --- the front matter ---

    def front(self) -> Iterator[str]:
        for part, paragraphs in self.draft.front.items():
            values = [self._value(each) for each in paragraphs]
            values = [each for each in values if each]
            if len(values) == 1:
                yield f"{part}: {quoted_value(values[0])}"
            elif values:
                yield f"{part}:"
                yield from (f"  - {quoted_value(each)}" for each in values)
        if self.draft.lede == 0 and "lede" not in self.draft.front:
            yield "lede: 无"

    def _value(self, paragraph: CopyParagraph) -> str:
        """The words of a part of the front matter: one line, without marks. A break inside is the writer's own."""
        marked = [run for run in paragraph.runs if run.ruby or run.note or run.under or run.level]
        if marked:
            kinds = Message("着重、注音或注", "emphasis, reading or note")
            self.findings.append(
                notice("intake.mark_left", paragraph.place.place, where=paragraph.place.where, found=kinds)
            )
        return re.sub(r"[ \t]*\n[ \t]*", _BREAK, paragraph.text.strip()).replace("\t", " ")

    # --- the body ---

    def blocks(self, blocks: Sequence[CopyBlock], lede: int = 0) -> Iterator[str]:
        """The text of each block, the first of them the *lede* where that is several; items in a row are one."""
        items: list[str] = []
        for number, block in enumerate(blocks):
            if isinstance(block, CopyParagraph) and block.role == "item":
                items += [f"- {_protected(line)}" for line in self._lines(block)]
                continue
            if items:
                yield "\n".join(items)
                items = []
            yield from self._block(block, LEDE_MARK if number < lede > 1 else "")
        if items:
            yield "\n".join(items)

    def _block(self, block: CopyBlock, mark: str) -> Iterator[str]:
        match block:
            case CopyParagraph():
                yield from self._paragraph(block, mark)
            case CopyTable():
                yield from self._table(block)
            case CopyBox():
                yield from self._box(block)
            case CopyPicture():
                pass

    def _paragraph(self, paragraph: CopyParagraph, mark: str) -> Iterator[str]:
        if paragraph.role == "heading":
            sign = "#" * (min(max(paragraph.level, 1), 2) + 1)
            words = " ".join(self._lines(replace(paragraph, runs=_unbold(paragraph.runs))))
            yield f"{sign} {re.sub(r'(#+)$', _hashes, words)}"
        elif paragraph.role == "quote":
            yield "\n".join(f"> {_protected(line)}" for line in self._lines(paragraph))
        else:
            yield from (f"{_INDENT}{without_opening_hash(line)}{mark}" for line in self._lines(paragraph))

    def _lines(self, paragraph: CopyParagraph) -> list[str]:
        """A paragraph's lines as Markdown: each is a paragraph of the manuscript."""
        number = [CopyRun(paragraph.number)] if paragraph.number else []
        lines = lines_of_runs([*number, *paragraph.runs])
        own = [[run for run in line if run.text or run.note] for line in lines]
        return [self._line(line, paragraph) for line in own if any(run.text.strip() or run.note for run in line)]

    def _line(self, runs: Sequence[CopyRun], paragraph: CopyParagraph) -> str:
        """One line; where its marks would not be read back as they are, without them, which is told."""
        if len(runs) == 1 and runs[0] == CopyRun(runs[0].text) and not _SIGNS.search(runs[0].text):
            return runs[0].text.strip()
        self.referred += [run.note for run in runs if run.note and run.note not in self.referred]
        words = inline(runs).strip()
        if _is_plain(runs, words) or _read_back([run for run in runs if not run.note]) == _expected(runs):
            return words
        found = Message("着重、上标或下标", "emphasis, raised or lowered characters")
        self.findings.append(
            notice("intake.mark_left", paragraph.place.place, where=paragraph.place.where, found=found)
        )
        return inline(plain_runs(runs)).strip()

    def _table(self, table: CopyTable) -> Iterator[str]:
        first, *others = table_lines(table, lambda runs: self._line(runs, _placed(table)))
        title = table.title.text.strip() if table.title else ""
        if title and (not _TITLE.fullmatch(title) or inline([CopyRun(title)]) != title):
            yield f"{_INDENT}{without_opening_hash(inline([CopyRun(title)]))}"
            title = ""
        yield "\n".join([*([f"[{title}]"] if title else []), *first])
        yield from ("\n".join(lines) for lines in others)

    def _box(self, box: CopyBox) -> Iterator[str]:
        title, paragraphs = box_title(box)
        where = box.place.where
        if title is None or not paragraphs:
            found = quoted((title or paragraphs[0]).text) if title or paragraphs else ""
            self.findings.append(notice("intake.box_left", box.place.place, where=where, found=found))
            for each in [*([title] if title else []), *paragraphs]:
                yield from self._paragraph(replace(each, role="body"), "")
            return
        self.findings.append(notice("intake.box_title", box.place.place, where=where, found=quoted(title.text)))
        lines = [f"{_INDENT}{without_opening_hash(line)}" for each in paragraphs for line in self._lines(each)]
        yield "\n".join([f"::: {' '.join(self._lines(replace(title, runs=_unbold(title.runs))))}", *lines, ":::"])

    def closing(self) -> Iterator[str]:
        """The break and what follows it."""
        if self.draft.closing:
            yield "***"
            yield from self.blocks(self.draft.closing)

    def notes(self) -> Iterator[str]:
        """The notes that the copy refers to; others are told with their words."""
        for note in self.draft.notes:
            words = " ".join(
                line for each in note.paragraphs for line in self._lines(replace(each, runs=_no_notes(each)))
            )
            if note.label in self.referred and words:
                yield f"[^{note.label}]: {words}"
            else:
                self.findings.append(notice("intake.note_left", note.place.place, label=note.label, found=words))


def box_title(box: CopyBox) -> tuple[CopyParagraph | None, list[CopyParagraph]]:
    """The title of *box* and its copy: its own, or its first line where that is short and no sentence."""
    if box.title is not None or not box.paragraphs:
        return box.title, list(box.paragraphs)
    first, *others = box.paragraphs
    words = first.text.strip()
    if others and len(words) <= LONGEST_BOX_TITLE and "\n" not in words and words[-1:] not in _SENTENCE_ENDS:
        return first, others
    return None, list(box.paragraphs)


def quoted_value(words: str) -> str:
    """*words* as a value of YAML, in quotes where it would read them otherwise without."""
    if _PLAIN_VALUE.fullmatch(words) and not words.endswith(" ") and not _YAML_WORDS.fullmatch(words):
        return words
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _hashes(found: re.Match[str]) -> str:
    return all_escaped(found[1])


def _protected(line: str) -> str:
    """A line inside a list or a quotation, whose beginning means nothing."""
    return f"\u3000{without_opening_hash(line)}" if begins_block(line) else line


def _unbold(runs: Sequence[CopyRun]) -> tuple[CopyRun, ...]:
    """The runs of a heading, which is bold as it is."""
    return tuple(replace(run, strong=False) for run in runs)


def _no_notes(paragraph: CopyParagraph) -> tuple[CopyRun, ...]:
    """The runs of a note, which holds no note."""
    return tuple(run for run in paragraph.runs if not run.note)


def _is_plain(runs: Sequence[CopyRun], words: str) -> bool:
    """Whether nothing but bold stands in a line, all of it written: it is known whether ``**`` opens and closes."""
    marked = any(run.emphasis or run.under or run.level or run.ruby for run in runs)
    bold = sum(strong for strong, _ in groupby(runs, key=lambda run: run.strong and bool(run.text.strip())))
    return not marked and not any(_SIGNS.search(run.text) for run in runs) and words.count("**") == 2 * bold


def _placed(table: CopyTable) -> CopyParagraph:
    return CopyParagraph((), table.place)


def _read_back(runs: Sequence[CopyRun]) -> list[tuple[str, str]]:
    """The words of a line as a manuscript's reader has them, each character with how it is marked."""
    faults: list[LayoutError] = []
    blocks = markdown.read(_INDENT + inline(runs).strip(), 1, "", faults).blocks
    paragraphs = [block.paragraph if isinstance(block, Heading) else block for block in blocks]
    found = [run for each in paragraphs if isinstance(each, Paragraph) for run in each.runs]
    own = [run for run in found if run.level != "ruby"]
    signs = [(char, str(run.level or run.mark)) for run in own for char in run.text if char.strip()]
    return [] if faults else signs


def _expected(runs: Sequence[CopyRun]) -> list[tuple[str, str]]:
    signs: list[tuple[str, str]] = []
    for run in runs:
        mark = run.level or ("emphasis" if run.emphasis and not run.ruby else "strong" if run.strong else "plain")
        signs += [(char, mark) for char in run.text if char.strip()]
    return signs
