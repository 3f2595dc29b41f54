"""What can go wrong, said to a person: a place, a sentence, a hint, and the exit code.

The whole tree::

    LayoutError            (never raised itself)
    ├── UsageError         2  the command line, or a folder that is not an issue
    ├── SourceError        3  what the newsroom or the designer wrote
    │   ├── ManuscriptError
    │   ├── PlanError      issue.toml and the pages it plans
    │   └── TemplateError  Jinja, HTML, CSS of a design
    ├── MaterialError      4  what lies beside the words
    │   ├── FontError
    │   └── PictureError
    ├── PrintError         5  the PDF could not be made or read
    └── Faults             several of the above at once, said together
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages of the program."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in *lang*."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the newsroom's or designer's files: a path, a line and a column, both from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)


class LayoutError(Exception):
    """A fault with a place, a sentence and a hint. The class fixes the exit code."""

    exit_code: ClassVar[int] = 1

    def __init__(self, said: Said, *, place: Place | None = None, hint: Said | None = None):
        super().__init__(said.en)
        self.said = said
        self.place = place
        self.hint = hint

    def faults(self) -> tuple[LayoutError, ...]:
        """The single faults in it: itself, unless it is several."""
        return (self,)

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions made with keywords do not travel between processes by themselves.
        return _again, (type(self), self.args), vars(self)


def _again(kind: type[LayoutError], arguments: tuple[object, ...]) -> LayoutError:
    return kind.__new__(kind, *arguments)


class UsageError(LayoutError):
    """The command was called wrongly."""

    exit_code = 2


class SourceError(LayoutError):
    """Manuscript, plan or template at fault."""

    exit_code = 3


class ManuscriptError(SourceError):
    """The copy, or its front matter."""


class PlanError(SourceError):
    """issue.toml, or a page it plans."""


class TemplateError(SourceError):
    """A design's Jinja, HTML or CSS."""


class MaterialError(LayoutError):
    """A font or picture missing or unreadable."""

    exit_code = 4


class FontError(MaterialError):
    """A face is missing, or no face has a character."""


class PictureError(MaterialError):
    """A picture is missing, unreadable or not a picture."""


class PrintError(LayoutError):
    """The PDF could not be made, or could not be read back."""

    exit_code = 5


class Faults(LayoutError):
    """Several faults found together. Its exit code is that of the first."""

    def __init__(self, faults: Sequence[LayoutError]):
        if not faults:
            raise ValueError("no faults to report")
        first = faults[0]
        super().__init__(first.said, place=first.place, hint=first.hint)
        self.several = tuple(faults)
        self.exit_code = first.exit_code  # type: ignore[misc]  # the first fault decides

    def faults(self) -> tuple[LayoutError, ...]:
        """Every single fault, in the order found."""
        return self.several
