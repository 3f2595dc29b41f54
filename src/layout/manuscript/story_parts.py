"""The table of a story's parts, ``story_parts.toml``: parts are read, named, carried and documented by it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from layout.errors import Message
from layout.flows import PAGE, PICTURE, Flow

Form = Literal["text", "words", "running", "sections", "apart", "quotations", "phrases", "flag", "short"]
"""What a part is: the table's head says what each means."""

RESERVED = frozenset({PAGE, PICTURE})
"""Names that begin flow names of their own, and that no story can have."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """A row of the table."""

    name: str
    zh: str
    en: str
    flow: str
    form: Form = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    heading: bool = False
    unnumbered: Message | None = None
    """What messages call number 0 of several: the copy before the first heading."""

    @property
    def is_copy(self) -> bool:
        """Whether it is read and printed in its place. Figures quote the copy, others say how it is set; tables, boxes
        and footnotes stand in the running text, where no frame asks for them.
        """
        return self.form not in ("apart", "quotations", "phrases", "flag", "short")

    @property
    def has_flow(self) -> bool:
        """Whether frames can ask for it."""
        return self.is_copy or self.form in ("apart", "quotations")

    @property
    def is_running(self) -> bool:
        """Whether it is a stretch of the running text, which flows from column to column."""
        return self.form in ("running", "sections")

    @property
    def is_key(self) -> bool:
        """Whether it is a key of the front matter. Of running text that has aliases: it may be given there too."""
        return bool(self.aliases) if self.is_running else self.form != "apart"

    @property
    def forms_chains(self) -> bool:
        """Whether it may run over several frames."""
        return self.is_running or self.heading or self.form == "apart"

    def flow_of(self, story: str, index: int | str = "") -> Flow:
        """The name by which frames ask for it, or for one of several: ``tunliu.headline``, ``tunliu.section-2``."""
        return Flow.parse(f"{story}.{self.flow.format(index)}")

    def called(self, index: int | str = "") -> Message:
        """What messages call it, or one of several."""
        if self.unnumbered is not None and str(index) == "0":
            return self.unnumbered
        return Message(self.zh.format(index), self.en.format(index))


@dataclass(frozen=True, slots=True)
class StoryFlow:
    """A flow of a story and its row of the table."""

    story: str
    part: StoryPart
    index: str
    """Of a part of which there are several: the section's number, the word's name. Else empty."""
    piece: str
    """``heading`` of a section; ``before``, ``number`` or ``after`` of a figure. Else empty."""


@cache
def story_parts() -> Mapping[str, StoryPart]:
    """Every row by its name, in reading order."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    rows = {
        name: StoryPart(**{"name": name, "flow": name, **row, "aliases": tuple(row.get("aliases", ())),
                           "unnumbered": Message(**row["unnumbered"]) if "unnumbered" in row else None})
        for name, row in table.items()
    }  # fmt: skip
    return MappingProxyType(rows)


def story_flow(flow: Flow) -> StoryFlow | None:
    """What a flow asks for; ``None`` where it is no part of a story: a caption, the folio, 下转第×版."""
    if flow.story in RESERVED:
        return None
    for part, pattern in _patterns():
        if found := pattern.fullmatch(flow.own):
            return StoryFlow(flow.story, part, found["index"] or "", found["piece"] or "")
    return None


@cache
def _patterns() -> tuple[tuple[StoryPart, re.Pattern[str]], ...]:
    """A pattern for the flow names of each part, without the story's name."""
    return tuple((part, re.compile(_pattern(part.flow))) for part in story_parts().values() if part.has_flow)


def _pattern(flow: str) -> str:
    before, several, after = flow.partition("{}")
    index = "[^.]+" if several else ""
    return rf"{re.escape(before)}(?P<index>{index}){re.escape(after)}(?:\.(?P<piece>.+))?"
