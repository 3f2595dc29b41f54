"""What parts of an issue are called: the names by which a design's frames ask for copy.

Of a story ``tunliu.headline``, ``tunliu.section-2``, ``tunliu.section-2.heading``, ``tunliu.word.slogan``,
``tunliu.figure-1.number``; of a picture ``picture.ridge`` (the picture itself), ``picture.ridge.caption`` and
``picture.ridge.credit``; of the page's head ``page.folio.date``. What a style sheet draws has no copy and is called
``design/`` and the element's selector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PICTURE, PAGE = "picture", "page"
"""What the names of pictures' texts and of the page's own begin with; no story can be called so."""

_NUMBERED = re.compile(r"(?P<part>[^.]*)-(?P<index>0|[1-9][0-9]*)(?P<sub>\..*)?", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Flow:
    """The name of one text. ``str`` and ``Flow.parse`` are exact inverses, whatever the name."""

    story: str
    """The story's id; ``picture`` for a picture's texts, ``page`` for the page's own."""
    part: str | None = None
    """``headline``, ``section``, ``word`` …; of a picture its id."""
    index: int | None = None
    """Which of several, from 1: of sections and figures."""
    sub: str | None = None
    """``heading`` of a section, ``number`` of a figure, a word's name; ``caption`` or ``credit`` of a picture."""

    @classmethod
    def parse(cls, name: str) -> Flow:
        """The flow of that *name*; a name that is none of ours has what follows its first full stop for its part."""
        story, dot, rest = name.partition(".")
        if not dot:
            return cls(story)
        if story not in (PICTURE, PAGE) and (found := _NUMBERED.fullmatch(rest)):
            sub = found["sub"]
            return cls(story, found["part"], int(found["index"]), None if sub is None else sub[1:])
        part, dot, sub = rest.partition(".")
        return cls(story, part, None, sub if dot else None)

    @classmethod
    def of_picture(cls, picture: str, text: str | None = None) -> Flow:
        """A picture, or its *text*: ``caption`` or ``credit``."""
        return cls(PICTURE, picture, None, text)

    def __str__(self) -> str:
        index = "" if self.index is None else f"-{self.index}"
        part = "" if self.part is None else f".{self.part}{index}"
        return f"{self.story}{part}" + ("" if self.sub is None else f".{self.sub}")

    @property
    def own(self) -> str:
        """The name without the story's: ``section-2.heading``."""
        return str(self)[len(self.story) + 1 :]

    @property
    def picture(self) -> str | None:
        """The id of the picture whose text it is, or that it is."""
        return self.part if self.story == PICTURE else None


@dataclass(frozen=True, slots=True, order=True)
class Drawn:
    """What a style sheet draws: the element as a selector would call it, ``header.folio::after``."""

    selector: str

    def __str__(self) -> str:
        return f"{_DRAWN}{self.selector}"


PageSource = Flow | Drawn
"""What a mark on the page comes from."""

_DRAWN = "design/"


def source(name: str) -> PageSource:
    """What is called *name* in a report."""
    return Drawn(name.removeprefix(_DRAWN)) if name.startswith(_DRAWN) else Flow.parse(name)


def chain(names: str) -> tuple[Flow, ...]:
    """The flows that a frame asks for in one ``data-flow``, in reading order."""
    return tuple(Flow.parse(name) for name in names.split())


def chain_name(flows: Iterable[Flow]) -> str:
    """A chain as ``data-flow`` writes it: the inverse of ``chain``."""
    return " ".join(map(str, flows))
