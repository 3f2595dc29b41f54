"""What an editor might do so that a page is full: copy more or less, a story or a picture more or fewer, a pin less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PictureKind = Literal["landscape", "portrait"]
PIXELS: Mapping[PictureKind, tuple[int, int]] = {"landscape": (3000, 2000), "portrait": (2000, 3000)}
"""Pictures of no story that an editor may have, by their pixels: of such sides as cameras take them, and enough of them
for half a broadsheet's width in print.
"""

Kind = Literal["larger file", "add", "cut", "leave out", "take off", "landscape", "portrait", "unpin"]


@dataclass(frozen=True, slots=True)
class MendStep:
    """One thing to do."""

    kind: Kind
    story: str
    """Or the picture, by its id."""
    characters: int = 0
    pixels: tuple[int, int] = (0, 0)
    """Of a larger file, or of a picture more: across and down, at least."""
    is_exact: bool = False
    """Whether a line more or fewer would do no longer."""
    place: str = ""
    """Of a pin, where it is written."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What to do, all of it, after which the page is full."""

    steps: tuple[MendStep, ...]
    lines: int = field(default=0, compare=False)
    """The trouble that it is, in lines."""
