"""Own faces: what a design or an issue brings in its folder ``fonts``, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from layout.errors import Message
from layout.face_values import CharacterRange, Weights
from layout.fontbook.embedding import Licence, Permission

Owner = Literal["design", "issue"]


class Axis(NamedTuple):
    """One axis of a variable font, in the axis's own units."""

    tag: str
    least: float
    default: float
    most: float


class Instance(NamedTuple):
    """One face as it is to be set: the weight, and whether it slants."""

    weight: int
    italic: bool


class PreparedFace(NamedTuple):
    """One face ready to be set: see ``prepared_faces``."""

    registered: str
    """The name under which Pango and the painted PDF know it: of its content, no other face has it."""
    path: Path


@dataclass(frozen=True, slots=True)
class OwnFace:
    """One face of a font file of a design or an issue, as it was found: nothing is made of it yet."""

    families: tuple[str, ...]
    """The names by which CSS may ask for it; the first is the one that people read."""
    file: Path
    """The file, links followed."""
    name: str
    """The file as people know it: ``fonts/Name.ttc#1``, from the folder of its owner."""
    owner: Owner
    digest: str
    """SHA-256 of the file."""
    index: int
    """Of the face in a collection; 0 in every other file."""
    postscript_name: str
    weights: Weights
    italic: bool
    format: str
    """What kind of file it is, as people say it: ``TrueType``, ``OpenType CFF``, ``WOFF2``."""
    permission: Permission
    axes: tuple[Axis, ...] = ()
    ranges: tuple[CharacterRange, ...] = ()
    """The characters that it may set; none: all that it has."""
    licence: Licence | None = None
    """What allows it all the same where its maker forbids it."""
    is_last_resort: bool = False
    """Whether it stands behind the families of every list, named there or not."""

    @property
    def family(self) -> str:
        """The name that people read."""
        return self.families[0]

    @property
    def forbidden(self) -> Message | None:
        """What its maker forbids and no licence allows; None where it may be printed."""
        return None if self.licence else self.permission.forbidden

    @property
    def is_variable(self) -> bool:
        """Whether it is several weights in one file."""
        return bool(self.axes)


FaceMaker = Callable[[OwnFace, Instance], PreparedFace]
"""Prepares a face; raises ``FontError`` for one that cannot be used."""
