"""What parts of an issue are called: the names by which a design's frames ask for copy.

Of a story ``tunliu.headline``, ``tunliu.section-2``, ``tunliu.section-2.heading``, ``tunliu.word.slogan``,
``tunliu.figure-1.number``; of a picture ``picture.ridge`` (the picture itself), ``picture.ridge.caption`` and
``picture.ridge.credit``; of the page's head ``page.folio.date``; of the design's own words ``page.label.guide``. What a
style sheet draws has no copy and is called ``design/`` and the element's selector.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

LABEL = "label"
"""The part of the page's own texts that are the design's: ``page.label.guide``."""

PICTURE, PAGE = "picture", "page"
"""What the names of pictures' texts and of the page's own begin with; no story can be called so."""

_NUMBERED = re.compile(r"(?P<part>[^.]*)-(?P<index>0|[1-9][0-9]*)(?P<sub>\..*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Flow:
    """The name of one text. ``str`` and ``Flow.parse`` are exact inverses, whatever the name. Flows sort as written."""

    story: str
    """The story's id; ``picture`` for a picture's texts, ``page`` for the page's own."""
    part: str | None = None
    """``headline``, ``section``, ``word`` …; of a picture its id."""
    index: int | None = None
    """Which of several, from 1: of sections and figures."""
    sub: str | None = None
    """``heading`` of a section, ``number`` of a figure, a word's name; ``caption`` or ``credit`` of a picture."""
    _name: str = field(init=False, repr=False, compare=False)
    """As written: flows are keys of tables, and a string takes its hash but once."""

    def __post_init__(self) -> None:
        index = "" if self.index is None else f"-{self.index}"
        part = "" if self.part is None else f".{self.part}{index}"
        sub = "" if self.sub is None else f".{self.sub}"
        object.__setattr__(self, "_name", f"{self.story}{part}{sub}")

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
        return self._name

    def __hash__(self) -> int:
        return hash(self._name)

    def __lt__(self, other: Flow) -> bool:
        return self._name < other._name

    @property
    def name(self) -> str:
        """The last word of its name: ``number`` of a figure, ``lede`` of a story."""
        return self.sub or self.part or self.story

    def with_sub(self, sub: str) -> Flow:
        """A text that belongs to it: the ``heading`` of a section, the ``number`` of a figure."""
        return Flow(self.story, self.part, self.index, sub)

    @property
    def own(self) -> str:
        """The name without the story's: ``section-2.heading``."""
        return self._name[len(self.story) + 1 :]

    @property
    def is_label(self) -> bool:
        """Whether its words are the design's own."""
        return self.story == PAGE and self.part == LABEL

    @property
    def picture(self) -> str | None:
        """The id of the picture whose text it is, or that it is."""
        return self.part if self.story == PICTURE else None


@dataclass(frozen=True, slots=True)
class Chain:
    """The flows that run on one after the other, in reading order. Chains sort as ``data-flow`` writes them."""

    flows: tuple[Flow, ...] = ()
    _name: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_name", " ".join(map(str, self.flows)))

    @classmethod
    def parse(cls, names: str) -> Chain:
        """The chain that a frame asks for in one ``data-flow``: the names stand with white space between them."""
        return _chain(names)

    def __str__(self) -> str:
        return self._name

    def __bool__(self) -> bool:
        return bool(self.flows)

    def __hash__(self) -> int:
        return hash(self._name)

    def __lt__(self, other: Chain) -> bool:
        return self._name < other._name

    @property
    def called(self) -> str:
        """What messages call it: its flow, or the first and the last of several."""
        return self._name if len(self.flows) < 2 else f"{self.flows[0]} … {self.flows[-1]}"


@lru_cache(maxsize=4096)
def _chain(names: str) -> Chain:
    """A page is measured again and again, and asks for the same chains each time."""
    return Chain(tuple(Flow.parse(name) for name in names.split()))


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


@dataclass(frozen=True, slots=True)
class WholePage:
    """The page itself, where something is said of all of it."""

    def __str__(self) -> str:
        return PAGE


ElementName = Chain | WholePage | str
"""What reports call an element of a design: by the copy or the picture in it, or in the design's own word."""
