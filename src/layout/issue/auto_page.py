"""What an editor says of a page that the program makes up (``kind = "auto"``): reserves, pins, what may be used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from layout.errors import Place
from layout.manuscript.model import Story

if TYPE_CHECKING:
    from layout.issue.model import Picture

AUTO = "auto"
"""The kind of page whose arrangement the program finds; ``auto-`` and a word is such a page in another dress."""

Side = Literal["top", "foot", "left", "right"]
"""An edge of the page."""
PinnedAs = Literal["lead", "box", "brief", "vertical"]
"""How a story is to stand: as the lead, in a box, as a brief, with a vertical headline."""


def is_made_up(kind: str) -> bool:
    """Whether the program finds the arrangement of pages of *kind*: ``auto``, ``auto-festive`` and the like."""
    return kind == AUTO or kind.startswith(f"{AUTO}-")


@dataclass(frozen=True, slots=True)
class Reserve:
    """A rectangle that no story takes: an advertisement, 报眼, 导读."""

    id: str
    columns: int
    rows: int
    at: tuple[Side, ...]
    """The edges of the page that it stands at: one, or two that meet."""
    file: str
    """What stands in it, as issue.toml names it: an advertisement's file; nothing where it is left to the design."""
    path: Path | None
    """Where that lies."""
    place: Place
    labelled: bool = False
    """Whether the advertisement says 广告 in its own drawing."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A story's place as the editor fixes it (钉). What is not said is free."""

    story: str
    """The story's id."""
    stands_as: PinnedAs | None
    columns: int | None
    at: Side | None
    beside: str | None
    """The id of the story that it stands beside."""
    place: Place


@dataclass(frozen=True, slots=True)
class AutoPage:
    """What is said of a page besides its stories, in order of weight, and its pictures."""

    pool: tuple[Story, ...] = ()
    """Stories that may be used or not (备稿)."""
    fillers: tuple[Story | Picture, ...] = ()
    """What fills a page that the stories do not fill, in the order in which it is tried."""
    reserves: tuple[Reserve, ...] = ()
    pins: tuple[Pin, ...] = ()
    arrangement: str = ""
    """The arrangement that is written down, in one line; nothing where it is to be found."""
    place: Place | None = None
    """Where it is written."""

    def on_page(self, ids: Collection[str], *, first: bool, last: bool) -> AutoPage:
        """What of it holds for a page of a run with the stories *ids*: reserves are on the *first*, what may be used or
        fills on the *last*. No run parts two stories that are to stand beside each other.
        """
        names = {*ids, *(story.id for story in self.pool if last)}
        pins = tuple(pin for pin in self.pins if pin.story in names)
        own = AutoPage(pins=pins, reserves=self.reserves if first else ())
        return replace(own, pool=self.pool, fillers=self.fillers) if last else own
