"""The text of a page as it was printed, paragraph by paragraph: how many characters, and a digest of them in order.

A build writes it into its report; a file that is held against the report later is read in the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from layout.geometry import Box
from layout.preflight.page_geometry import PageGeometry, ParagraphSpot, PrintedText
from layout.preflight.reading import PageChar

DIGITS = 16
"""Hexadecimal digits of a digest: sixty-four bits, by which no two texts of a newspaper are taken for one."""

SHORT = 24
"""Characters of a paragraph, up to which the place of each is in the report: a headline of two lines."""

EVERY = 4
"""Of a longer paragraph every so many-th character: three or more of a line of basic columns."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page as its report has it."""

    paragraphs: tuple[ParagraphSpot, ...]
    whole: PrintedText | None
    rest: PrintedText | None

    @classmethod
    def of(cls, geometry: PageGeometry) -> PageText:
        """The text of a page of ours; nothing where its report does not say."""
        return cls(geometry.paragraphs, geometry.printed, geometry.rest)


@dataclass(frozen=True, slots=True)
class PlacedChar:
    """A character and the middle of its ink, in points from the trimmed page's top left corner."""

    text: str
    x: float
    y: float
    size: float = 0.0
    """The mean of its ink's width and height."""


def placed(stream: Sequence[PageChar], left: float, top: float) -> list[PlacedChar]:
    """The characters of *stream* without white space; *left* and *top* are the trim's edges on the sheet."""
    found = []
    for char in stream:
        if not char.text.isspace():
            x0, y0, x1, y1 = char.box if char.box[2] > char.box[0] else (char.x, char.y, char.x, char.y)
            size = (x1 - x0 + y1 - y0) / 2
            found.append(PlacedChar(char.text, (x0 + x1) / 2 - left, top - (y0 + y1) / 2, size))
    return found


def printed(chars: Sequence[PlacedChar]) -> PrintedText:
    """How many characters, and their digest."""
    text = "".join(char.text for char in chars)
    return PrintedText(len(text), digest_of(text))


def digest_of(text: str) -> str:
    """The digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def marked(characters: int) -> range:
    """Which characters of a paragraph its report has the places of: all of a heading, every fourth of more, so that
    each line of a narrow column has some.
    """
    return range(0, characters, 1 if characters <= SHORT else EVERY)


def paragraph_printed(chars: Sequence[PlacedChar]) -> PrintedText:
    """The same of a paragraph or of the rest, with the places and the size of its characters."""
    middles = tuple((round(chars[at].x, 1), round(chars[at].y, 1)) for at in marked(len(chars)))
    text = "".join(char.text for char in chars)
    return replace(printed(chars), middles=middles, size=usual_size(chars), text=text)


def usual_size(chars: Sequence[PlacedChar]) -> float:
    """The median size of the ink of *chars*: it changes with their type size, and not with a glyph that is damaged."""
    return round(median(char.size for char in chars), 3) if chars else 0.0


def page_printed(chars: Sequence[PlacedChar]) -> PrintedText:
    """The same of all of a page's text, with the box around the middles of its characters."""
    return replace(printed(chars), box=_around(chars).rounded(2))


def _around(chars: Sequence[PlacedChar]) -> Box:
    if not chars:
        return Box(0.0, 0.0, 0.0, 0.0)
    left, top = min(char.x for char in chars), min(char.y for char in chars)
    return Box(left, top, max(char.x for char in chars) - left, max(char.y for char in chars) - top)


_Edges = tuple[float, float, float, float, int]
"""Left, top, right and bottom of a box, and which paragraph's it is."""


def by_paragraph(
    chars: Sequence[PlacedChar], paragraphs: Sequence[ParagraphSpot]
) -> tuple[list[list[PlacedChar]], list[PlacedChar]]:
    """The characters that stand in each of *paragraphs*, in order, and those that stand in none. Where boxes lie on
    each other the smallest holds what is in it.
    """
    boxes = [each.box for each in paragraphs]
    order = [(boxes[at].x, boxes[at].y, boxes[at].right, boxes[at].bottom, at)
             for at in sorted(range(len(boxes)), key=lambda at: boxes[at].area)]  # fmt: skip
    found: list[list[PlacedChar]] = [[] for _ in paragraphs]
    rest: list[PlacedChar] = []
    alone: dict[int, bool] = {}
    last = None  # the box of the character before: the next stands there too, unless a smaller box lies on it
    for char in chars:
        x, y, own = char.x, char.y, rest
        if last is not None and last[0] <= x <= last[2] and last[1] <= y <= last[3]:
            found[last[4]].append(char)
            continue
        for place, box in enumerate(order):  # a page has two thousand characters and a hundred paragraphs
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                own = found[box[4]]
                if place not in alone:
                    alone[place] = not any(_meet(box, smaller) for smaller in order[:place])
                last = box if alone[place] else None
                break
        own.append(char)
    return found, rest


def _meet(one: _Edges, other: _Edges) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def with_printed(geometry: PageGeometry, stream: Sequence[PageChar], beyond: float) -> PageGeometry:
    """*geometry* with the text as it was printed. *stream* is what the finished page shows, whose sheet goes *beyond*
    the trim on all sides, in points.
    """
    chars = placed(stream, beyond, beyond + geometry.height)
    texts, rest = by_paragraph(chars, geometry.paragraphs)
    spots = tuple(
        replace(spot, printed=paragraph_printed(own)) for spot, own in zip(geometry.paragraphs, texts, strict=True)
    )
    return replace(geometry, paragraphs=spots, printed=page_printed(chars), rest=paragraph_printed(rest))
