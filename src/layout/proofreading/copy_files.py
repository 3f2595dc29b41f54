"""What the proofreader reads: a manuscript, a text, a received file, an issue, as copy on the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from layout.errors import ManuscriptError, Message, Place, UsageError, unreadable
from layout.flows import Flow
from layout.intake.model import CopyBox, CopyParagraph, CopyTable, Received
from layout.intake.readers import READERS, read_received
from layout.intake.text_encoding import decode_text
from layout.issue import ISSUE_FILE, Issue, read_issue
from layout.manuscript.model import Paragraph, Run, Story, Text
from layout.manuscript.reader import read_story
from layout.manuscript.silences import without_silences
from layout.proofreading.copy_kinds import kinds_of
from layout.proofreading.desk import DeskCopy
from layout.proofreading.paper_lists import LISTS_FOLDER
from layout.proofreading.word_copy import WordCopy, read_word_copy

_FLOW = Flow.parse("copy.lede")
"""A flow for copy that no page asks for yet."""
_MARKDOWN, _TEXT, _WORD = (".md", ".markdown"), (".txt", ".text"), (".docx", ".docm", ".dotx")
_FENCE = "---"
_HASHES = re.compile(r"\s*#{1,6}\s+(?=\S)")
"""What a heading begins with in Markdown that has no front matter."""


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """What was read of one path: its copy, the day that it is for, and where lists may lie."""

    copies: tuple[DeskCopy, ...]
    folder: Path
    day: date | None = None
    word: WordCopy | None = None
    """Of a Word file: the document that comments are written into."""

    @property
    def lists(self) -> tuple[Path, ...]:
        """The folder of the paper's lists, where it has one."""
        folder = self.folder / LISTS_FOLDER
        return (folder,) if folder.is_dir() else ()


def read_copies(path: Path) -> ReadCopy:
    """The copy of *path*: an issue's folder, a folder of received files, or one file.

    Raises ``UsageError`` for what is not there, ``ManuscriptError`` for a file that cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        hint = Message("查一查文件名和位置。", "Check its name and folder.")
        raise UsageError(
            Message(f"找不到 {path.name}。", f"There is no {path.name}."), place=Place(path.name), hint=hint
        )
    suffix = path.suffix.lower()
    if suffix in _WORD:
        word = read_word_copy(_bytes(path), path.name)
        return ReadCopy((word.copy,), path.parent, word=word)
    if suffix in (*_MARKDOWN, *_TEXT):
        text = decode_text(_bytes(path), path.name).text
        if suffix in _MARKDOWN and text.lstrip("\ufeff").startswith(_FENCE):
            return ReadCopy((story_copy(read_story(path, root=path.parent)),), path.parent)
        return ReadCopy((plain_copy(text, path.name),), path.parent)
    return ReadCopy((received_copy(read_received(path)),), path.parent)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, ManuscriptError, path.name) from error


def _folder(path: Path) -> ReadCopy:
    if (path / ISSUE_FILE).is_file():
        issue = read_issue(path)
        return ReadCopy(issue_copies(issue), path, issue.date)
    files = sorted(
        each for each in path.iterdir() if each.suffix.lower() in READERS and not each.name.startswith((".", "~"))
    )
    if not files:
        hint = Message(
            "放进 .docx、.md、.txt 稿件，或给出文件。", "Put .docx, .md or .txt copy into it, or name a file."
        )
        raise UsageError(Message("文件夹里没有稿件。", "The folder holds no copy."), place=Place(path.name), hint=hint)
    return ReadCopy(tuple(copy for each in files for copy in read_copies(each).copies), path)


def story_copy(story: Story) -> DeskCopy:
    """The copy of a manuscript."""
    return DeskCopy(story.file, tuple(story.texts()), story.protected, story.silences)


def issue_copies(issue: Issue) -> tuple[DeskCopy, ...]:
    """The copy of an issue: its stories, then page by page the captions and credits of its pictures."""
    stories = {story.id: story_copy(story) for story in issue.stories}
    captions = []
    for page in issue.pages:
        texts = tuple(text for picture in page.pictures for _, text in picture.texts())
        about = tuple(paragraph for story in page.stories for paragraph in stories[story.id].paragraphs)
        if texts:
            captions.append(DeskCopy(issue.file, texts, about=about))
    return (*stories.values(), *captions)


def plain_copy(text: str, file: str) -> DeskCopy:
    """The copy of a text whose lines are paragraphs; its columns count from the line's beginning."""
    lines, silences = without_silences(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"))
    return DeskCopy(file, (Text(_FLOW, tuple(_lines(lines, file))),), silences=silences)


def _lines(lines: Sequence[str], file: str) -> Iterator[Paragraph]:
    written = [(number, line, _HASHES.match(line)) for number, line in enumerate(lines, 1) if line.strip()]
    kinds = kinds_of([("heading" if hashes else "body", line) for _, line, hashes in written])
    for kind, (number, line, hashes) in zip(kinds, written, strict=True):
        at = hashes.end() if hashes else len(line) - len(line.lstrip())
        yield Paragraph(kind, (Run(line[at:].strip(), Place(file, number, at + 1)),))


def received_copy(received: Received) -> DeskCopy:
    """The copy of a received file of another kind; its places are lines or paragraphs, as the file is counted."""
    written = [each for each in _received(received) if each.text.strip()]
    kinds = kinds_of([(_ROLES.get(each.role, "body"), each.text) for each in written])
    paragraphs = tuple(
        Paragraph(kind, (Run(each.text, Place(received.file, each.place.number, 1)),))
        for kind, each in zip(kinds, written, strict=True)
    )
    return DeskCopy(received.file, (Text(_FLOW, paragraphs),))


_ROLES = {"title": "headline", "heading": "heading", "caption": "caption", "quote": "quote", "item": "item"}


def _received(received: Received) -> Iterator[CopyParagraph]:
    for block in received.blocks:
        match block:
            case CopyParagraph():
                yield block
            case CopyTable():
                yield from (paragraph for cell in block.cells for paragraph in cell.paragraphs)
            case CopyBox():
                yield from block.paragraphs
    for note in received.notes:
        yield from note.paragraphs
