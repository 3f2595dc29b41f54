"""What parts of an issue are called: the names by which a design's frames ask for copy.

Of a story ``tunliu.headline``, ``tunliu.section-2``, ``tunliu.section-2.heading``, ``tunliu.word.slogan``,
``tunliu.figure-1.number``; of a picture ``picture.ridge`` (the picture itself), ``picture.ridge.caption`` and
``picture.ridge.credit``; of the page's head ``page.folio.date``. What a style sheet draws has no copy and is called
``design/`` and the element's selector.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from layout.errors import Lang

PICTURE, PAGE, FOLIO = "picture", "page", "folio"
"""What the names of pictures' texts and of the page's own begin with, and those of the words at the page's head."""

_NUMBERED = re.compile(r"(?P<part>[^.]*)-(?P<index>0|[1-9][0-9]*)(?P<sub>\..*)?", re.DOTALL)
_OF_PICTURE = frozenset({"caption", "credit"})
_ONE_PLACE = frozenset({"credits", "word", "figure"})
"""Parts of a story that stand in one frame; a headline may run over two, and the copy runs on in chains."""
_KEYS = frozenset({"headline", "kicker", "deck", "credits"})
"""Parts of a story that are called as their key in the front matter is."""


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
    def picture(self) -> str | None:
        """The id of the picture whose text it is, or that it is."""
        return self.part if self.story == PICTURE else None

    @property
    def alone(self) -> bool:
        """Whether it stands in one place: figures, captions, credits, words, the folio."""
        if self.story == PAGE:
            return self.part == FOLIO
        return self.sub in _OF_PICTURE if self.story == PICTURE else self.part in _ONE_PLACE

    @property
    def key(self) -> str:
        """The front matter's key that it comes from; nothing where it is copy, a picture's text or the page's."""
        if self.story in (PICTURE, PAGE) or self.part is None:
            return ""
        if self.part == "word" and self.sub:
            return f"words.{self.sub}"
        if self.part == "figure" and self.index is not None:
            return "figures"
        return self.part if self.part in _KEYS and self.sub is None and self.index is None else ""


@dataclass(frozen=True, slots=True, order=True)
class Drawn:
    """What a style sheet draws: the element as a selector would call it, ``header.folio::after``."""

    selector: str

    def __str__(self) -> str:
        return f"{_DRAWN}{self.selector}"


Source = Flow | Drawn
"""What a mark on the page comes from."""

_DRAWN = "design/"


def source(name: str) -> Source:
    """What is called *name* in a report."""
    return Drawn(name.removeprefix(_DRAWN)) if name.startswith(_DRAWN) else Flow.parse(name)


def chain(names: str) -> tuple[Flow, ...]:
    """The flows that a frame asks for in one ``data-flow``, in reading order."""
    return tuple(Flow.parse(name) for name in names.split())


def chain_name(flows: Iterable[Flow]) -> str:
    """A chain as ``data-flow`` writes it: the inverse of ``chain``."""
    return " ".join(map(str, flows))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads((files("layout") / "flows.toml").read_text(encoding="utf-8"))
    return table


def spoken(named: Source, lang: Lang) -> str:
    """A flow's or picture's name for people: ``tunliu.section-2`` is “tunliu 第 2 节”."""
    words = _words()
    if isinstance(named, Drawn):
        return words["design"][lang].format(named.selector)
    if named.story == PICTURE:
        said = words["picture"][lang].format(named.part or "")
        return said + (f" {words[named.sub][lang]}" if named.sub and named.sub in words else "")
    if named.story == PAGE:
        own = named.sub if named.part == FOLIO and named.sub else str(named).removeprefix(f"{PAGE}.")
        return words["folio"][lang].format(own)
    parts = [named.story]
    if named.part:
        number = "" if named.index is None else str(named.index)
        parts.append(words[named.part][lang].format(number).rstrip() if named.part in words else named.part)
    parts += [words[each][lang].format("").rstrip() if each in words else each for each in (named.sub or "").split(".")]
    return " ".join(part for part in parts if part)
