"""Reads the stories of received files: each file a story, the weightiest first, what came twice taken once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.errors import LayoutError, Message, Place
from layout.intake.folder_scan import ReceivedFile, is_lead, natural, own_stem, sender_s_number, story_name
from layout.intake.model import CopyBlock, CopyParagraph, CopyTable, StoryDraft
from layout.intake.notices import notice
from layout.intake.readers import read_received
from layout.intake.story_draft import draft_story
from layout.manuscript.model import Story
from layout.manuscript.reader import story_of, suffixes

_LAST = 1_000
"""Stands for the number of a file that has none: behind all that have."""


@dataclass(frozen=True, slots=True)
class ImportedStory:
    """A received file, read as a story."""

    file: ReceivedFile
    draft: StoryDraft
    ready: Story | None = None
    """The story, where the file is a manuscript already: it is copied as it is."""

    @property
    def manuscript(self) -> str:
        """The name of its manuscript."""
        return f"{self.draft.id}.md"

    @property
    def headline(self) -> str:
        """Its headline."""
        return " ".join(each.text for each in self.draft.front.get("headline", ()))

    @property
    def characters(self) -> int:
        """Characters of its lede, sections and closing, without white space and headings."""
        blocks = (*self.draft.blocks, *self.draft.closing)
        return sum(len(re.sub(r"\s", "", words)) for block in blocks for words in _copy_of(block))

    @property
    def words(self) -> str:
        """All its words: those by which a picture may be known to belong to it."""
        parts = [each.text for texts in self.draft.front.values() for each in texts]
        copy = [each.text for each in (*self.draft.blocks, *self.draft.closing) if isinstance(each, CopyParagraph)]
        return "\n".join([*parts, *copy, *(each.text for each in self.draft.captions)])

    @property
    def parts(self) -> frozenset[str]:
        """The parts that it has, by the names of ``story_parts.toml``."""
        if self.ready is not None:
            return frozenset(name for name, part in self.ready.parts.items() if part and name != "words")
        has_lede = self.draft.lede != 0 and bool(self.draft.blocks)
        own = {
            *self.draft.front,
            "sections",
            *(["lede"] if has_lede else []),
            *(["closing"] if self.draft.closing else []),
        }
        return frozenset(own)


def _copy_of(block: CopyBlock) -> Iterator[str]:
    if isinstance(block, CopyParagraph) and block.role != "heading":
        yield block.text
    elif isinstance(block, CopyTable):
        yield from (cell.text for cell in block.cells)


def imported_stories(files: Sequence[ReceivedFile], findings: list[Finding]) -> tuple[ImportedStory, ...]:
    """The stories in *files*, in the order in which they should stand. What is said of reading and guessing, and of a
    file that cannot be read, is added to *findings*.
    """
    stories: list[ImportedStory] = []
    seen: dict[str, str] = {}
    for file in files:
        try:
            received = read_received(file.path, file.name)
        except LayoutError as error:
            findings += [_left(file.name, each) for each in error.faults()]
            continue
        draft = draft_story([received], story_name(own_stem(file), (each.draft.id for each in stories)))
        ready = _manuscript(file)
        if ready is not None:
            draft = replace(draft, findings=(notice("intake.ready", Place(file.name), found=file.name),))
        story = ImportedStory(file, draft, ready)
        if not draft.blocks and not draft.closing:
            findings.append(notice("intake.file_left", Place(file.name), found=file.name, why=_NO_COPY))
            continue
        if (words := re.sub(r"\s", "", story.words)) in seen:
            findings.append(notice("intake.same_file", Place(file.name), found=file.name, other=seen[words]))
            continue
        seen[words] = file.name
        stories.append(story)
    return tuple(sorted(stories, key=_weight))


def _manuscript(file: ReceivedFile) -> Story | None:
    """The story of a file that a build could read as it is; None for any other."""
    if file.suffix not in suffixes():
        return None
    try:
        return story_of(file.path.read_bytes(), file.stem, file.name)
    except LayoutError:
        return None


_NO_COPY = Message("里面没有正文", "there is no copy in it")


def _left(name: str, fault: LayoutError) -> Finding:
    why = Message(fault.message.zh.rstrip("。"), fault.message.en.rstrip("."))
    return notice("intake.file_left", Place(name), hint=fault.hint, found=name, why=why)


def _weight(story: ImportedStory) -> tuple[int, int, int, object]:
    """Its sender's number, else 头条 before others, else the longer before the shorter."""
    number = sender_s_number(own_stem(story.file))
    lead = is_lead(story.file.name)
    return (_LAST if number is None else number, not lead, -story.characters, natural(story.file.name))


def with_byline_as_credits(story: ImportedStory, findings: list[Finding]) -> ImportedStory:
    """*story* with its byline as credits, where its page prints these alone."""
    front = dict(story.draft.front)
    byline = front.pop("byline")
    front["credits"] = byline
    place = byline[0].place.place
    findings.append(notice("intake.byline_as_credits", place, found=" ".join(each.text for each in byline)))
    return replace(story, draft=replace(story.draft, front=front))
