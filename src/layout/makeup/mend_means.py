"""By what a page might be made full: stories of other lengths, pictures with more pixels, pictures that it has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.mend_steps import PictureKind
from layout.makeup.option_heights import HeightChoice
from layout.makeup.story_copy import StoryCopy

SupposedPicture = tuple[PictureKind, StoryCopy, Sequence[Option]]
"""A picture of no story that an editor might find, and every way for it to stand."""


class CopyChanges(Protocol):
    """Makes stories longer and shorter. Lines are those of a basic column."""

    @property
    def line(self) -> float:
        """The characters of a full line."""
        ...

    def characters(self, story: StoryCopy, lines: int) -> int:
        """The characters by which *story* is longer, or shorter, that has so many *lines* more, or fewer."""
        ...

    def changed(self, story: StoryCopy, characters: int) -> StoryCopy | None:
        """*story* as it would be, so many *characters* longer; None where it cannot be."""
        ...


class PicturesWithPixels(Protocol):
    """How stories might stand whose pictures had pixels enough."""

    def options_of(self, story: StoryCopy) -> Sequence[Option]:
        """Every way for *story* to stand then; none where its pictures have pixels enough."""
        ...

    def pixels(self, piece: Piece, choice: HeightChoice) -> Mapping[str, tuple[int, int]]:
        """The pixels that pictures of *piece* lack for *choice* by their ids: how many they must be."""
        ...
