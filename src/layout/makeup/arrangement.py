"""Arrangements (组版方案): which shape each story takes, and how the pieces stand to one another, not their heights.

In one line, as reports and plans write it: ``s03 5 lead-right 60x1 +p1 / ((s05 3 second-box 32x1 / s08 3 third-headline
24x1) | s06 2 brief-column 14x2)``: ``/`` stands one over the other, ``|`` side by side; a piece is its story, its
columns, its shape, its headline's size in points and lines, the columns of its picture (``p3``), and its pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from layout.errors import Message, Place, PlanError

_TOKEN = re.compile(r"\s*(?:(?P<mark>[()/|])|(?P<word>[^\s()/|]+))")
_SPAN = re.compile(r"p(\d+)")
_HEAD = re.compile(r"(?P<size>\d+(?:\.\d+)?)x(?P<lines>\d+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A story in a shape; or a picture, or what is kept free, of that id."""

    id: str
    columns: int
    shape: str
    size: float = 0.0
    """Of its headline in points; 0 where it has none."""
    lines: int = 0
    pictures: tuple[str, ...] = ()
    span: int = 0
    """The columns that its first picture takes, where they are chosen."""
    head_rows: int = field(default=0, compare=False)
    """Rows of its headline's block: they follow from the size, the lines and the words."""

    def __str__(self) -> str:
        head = f" {self.size:g}x{self.lines}" if self.lines else ""
        head += f" p{self.span}" if self.span else ""
        return f"{self.id} {self.columns} {self.shape}{head}" + "".join(f" +{name}" for name in self.pictures)


@dataclass(frozen=True, slots=True)
class Above:
    """Parts one over the other."""

    parts: tuple[Arrangement, ...]

    def __str__(self) -> str:
        return " / ".join(f"({each})" if isinstance(each, Above) else str(each) for each in self.parts)


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts side by side."""

    parts: tuple[Arrangement, ...]

    def __str__(self) -> str:
        return "(" + " | ".join(f"({each})" if isinstance(each, Above) else str(each) for each in self.parts) + ")"


Arrangement = Piece | Above | Beside


def pieces(arrangement: Arrangement) -> Iterator[Piece]:
    """The pieces, from the head down and from left to right."""
    if isinstance(arrangement, Piece):
        yield arrangement
        return
    for part in arrangement.parts:
        yield from pieces(part)


def columns(arrangement: Arrangement) -> int:
    """The basic columns that it takes."""
    match arrangement:
        case Piece():
            return arrangement.columns
        case Above():
            return columns(arrangement.parts[0])
        case Beside():
            return sum(map(columns, arrangement.parts))


def read_arrangement(words: str, place: Place) -> Arrangement:
    """The arrangement that *words* say. Raises ``PlanError`` with the column of what is not understood."""
    return _Reader(words, place).arrangement()


class _Reader:
    def __init__(self, words: str, place: Place):
        self._words, self._place, self._at = words, place, 0

    def arrangement(self) -> Arrangement:
        found = self._above()
        if self._next() is not None:
            raise self._fault(Message("这里多出几个字", "this is one too many"))
        return found

    def _above(self) -> Arrangement:
        parts = [self._beside()]
        while self._takes("/"):
            parts.append(self._beside())
        return parts[0] if len(parts) == 1 else Above(tuple(parts))

    def _beside(self) -> Arrangement:
        parts = [self._part()]
        while self._takes("|"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else Beside(tuple(parts))

    def _part(self) -> Arrangement:
        if self._takes("("):
            found = self._above()
            if not self._takes(")"):
                raise self._fault(Message("少一个“)”", "a “)” is missing"))
            return found
        return self._piece()

    def _piece(self) -> Piece:
        name, columns_, shape = self._word(), self._word(), self._word()
        if not columns_.isdecimal():
            raise self._fault(Message("稿名后面写占几栏", "the columns stand behind a story's name"))
        size, lines, span, pictures = 0.0, 0, 0, []
        while (word := self._peek_word()) is not None:
            if head := _HEAD.fullmatch(word):
                size, lines = float(head["size"]), int(head["lines"])
            elif spanned := _SPAN.fullmatch(word):
                span = int(spanned[1])
            elif word.startswith("+"):
                pictures.append(word[1:])
            else:
                raise self._fault(Message(f"不懂“{word}”", f"“{word}” is not understood"))
            self._word()
        return Piece(name, int(columns_), shape, size, lines, tuple(pictures), span)

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.match(self._words, self._at) if self._words[self._at :].strip() else None

    def _takes(self, mark: str) -> bool:
        found = self._next()
        if found is None or found["mark"] != mark:
            return False
        self._at = found.end()
        return True

    def _peek_word(self) -> str | None:
        found = self._next()
        return found["word"] if found else None

    def _word(self) -> str:
        found = self._next()
        if found is None or found["word"] is None:
            raise self._fault(Message("这里要一块稿：稿名、栏数、稿块", "a piece stands here: story, columns, shape"))
        self._at = found.end()
        return found["word"]

    def _fault(self, message: Message) -> PlanError:
        found = self._next()
        at = self._at if found is None else found.start("mark" if found["mark"] else "word")
        return PlanError(
            Message(f"组版方案第 {at + 1} 字：{message.zh}", f"arrangement, character {at + 1}: {message.en}"),
            place=self._place,
            hint=Message("写成 s01 5 lead-right 60x1 +p1 / (s02 3 second-headline 32x1 | s03 2 third-headline 22x1)",
                         "write s01 5 lead-right 60x1 +p1 / (s02 3 second-headline 32x1 | s03 2 third-headline 22x1)"),
        )  # fmt: skip
