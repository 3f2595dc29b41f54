"""Drop caps (首字下沉): a text's first letter as high as several rows, which begin beside it.

It stands by its ink and not by its em: a Han character reaches from the ink's top on the first row to the ink's foot on
the last, a capital from the first row's top to the last row's foot, or baseline where the words beside it are Western.
Its left edge is that of the rows below it. What it takes of the rows is whole characters or half ones, so that the
lines beside it hold whole characters and at most one mark that gives its half; beside Western words it is what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil

from layout.checks import Finding, Severity, room_checks
from layout.composer import Composition, Line, Placed
from layout.composer.classes import CharClass, kind_of
from layout.errors import Message
from layout.fontbook import Cluster, Fontbook
from layout.fontbook.clusters import InkExtent
from layout.manuscript.cutting import since
from layout.manuscript.model import Paragraph
from layout.page.frames import INITIAL, FrameType, InitialType

LEAST_GAP = 0.3
"""Em of the text between the letter's ink and the lines beside it, where the design says nothing: a third of a
character, twice what stands between two characters, so that the letter is read as belonging to its line."""
WORD_GAP = 0.15
"""The same where a Western word goes on beside its capital."""
FULL = 0.8
"""Share of a face's usual height from which on a Han character is fitted by its own ink. 一 and 四 are lower: they are
made as large as the others of their face, and stand where they stand in it."""
HALF = 0.5
"""Em in which the room beside Han is counted: whole characters alone would leave a hole of up to one and a third."""
QUOTE = 0.5
"""A quotation mark's size before the letter: of its own size it would be read as two large commas."""
QUOTE_GAP = 0.06
"""Em of the letter between such a mark and the letter."""
LONGEST_NUMBER = 4
"""Digits that stand as one initial: a year does, longer numbers would fill the line."""
SAMPLE_HAN, SAMPLE_CAPITAL, SAMPLE_DIGIT = "国", "H", "1"
"""Characters that fill the height of their kind: frame of a Han face, flat capital, flat figure."""
_HEAD = 0.88
"""How far below a vertical line's head the baseline of its first character lies, in em (fonts/FONTS.toml)."""

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?", re.ASCII)
_QUOTES = "“‘「『﹁﹃\"'"


@dataclass(frozen=True, slots=True)
class DropCap:
    """A letter set: its glyphs, for the first line beside it, and what it takes of the rows."""

    placed: tuple[Placed, ...]
    """Pens in em of the text, from where the lines beside it begin."""
    length: int
    """Characters of the copy."""
    room: float
    """Points that it takes of every row."""
    rows: int

    def with_lines(self, rest: Composition) -> Composition:
        """The lines of the *rest* of its paragraph, with the letter at the head of the first."""
        lines = [self._moved(line) for line in rest.lines]
        text = "".join(placed.cluster.text for placed in self.placed)
        first = lines[0]
        lines[0] = replace(first, placed=(*self.placed, *first.placed), text=text + first.text, start=0)
        return replace(rest, lines=tuple(lines))

    def _moved(self, line: Line) -> Line:
        placed = tuple(replace(each, offset=each.offset + self.length) for each in line.placed)
        return replace(line, placed=placed, start=line.start + self.length, end=line.end + self.length)


class NoDropCap(Exception):  # no error: the paragraph is set like any other
    """Why a paragraph begins like any other."""

    def __init__(self, message: Message):
        super().__init__(message.en)
        self.message = message


def drop_cap(paragraph: Paragraph, type_: FrameType, leading: float, initial: InitialType, book: Fontbook) -> DropCap:
    """The first letter of *paragraph* as high as the rows that the design gives it, *leading* points apart.

    Raises ``NoDropCap`` with why there is none, ``NoGlyphError`` for a character that no face of its type has.
    """
    marks, letter = head_of(paragraph)
    fit = _Fit(paragraph.text, marks, letter, type_, leading, initial, book)
    return fit.vertical() if type_.vertical else fit.level()


def no_drop_cap(paragraph: Paragraph, rows: int, why: Message) -> tuple[Finding, ...]:
    """A finding that *paragraph* has no drop cap of *rows* rows, and why."""
    message = Message(
        f"首字下沉 {rows} 行排不成：{why.zh}（“{paragraph.text[:8]}…”）",
        f"no drop cap of {rows} rows: {why.en} (“{paragraph.text[:8]}…”)",
    )
    hint = room_checks("galley")["line.drop_cap"].hint()
    return (Finding("line.drop_cap", Severity.WARNING, message, paragraph.place, hint, amount={"rows": rows}),)


def letter_of(paragraph: Paragraph) -> int:
    """How many characters the first letter of *paragraph* is, opening marks with it; 0 where it begins otherwise."""
    try:
        return len("".join(head_of(paragraph)))
    except NoDropCap:
        return 0


def rest_of(paragraph: Paragraph, cap: DropCap) -> Paragraph:
    """*paragraph* without its first letter."""
    return replace(paragraph, runs=tuple(since(paragraph, cap.length)))


def head_of(paragraph: Paragraph) -> tuple[str, str]:
    """The opening marks and the letter, or the number, that a paragraph begins with.

    Raises ``NoDropCap`` where it begins otherwise.
    """
    text = paragraph.text
    marks = ""
    for character in text:
        if character not in _QUOTES and kind_of(character) is not CharClass.OPEN:
            break
        marks += character
    rest = text[len(marks) :]
    number = _NUMBER.match(rest)
    letter = number[0] if number else rest[:1]
    if not letter or not letter[0].isalnum() or len(letter) == len(rest):
        raise NoDropCap(Message("段首不是字", "it begins with no letter"))
    if number and len(letter) > LONGEST_NUMBER:
        raise NoDropCap(Message(f"段首的数“{letter}”太长", f"the number “{letter}” is too long"))
    run, following = paragraph.runs[0], paragraph.runs[1:2]
    whole = len(run.text) >= len(marks + letter) and not any(each.level == "ruby" for each in following)
    if run.under or run.level or not whole:
        raise NoDropCap(Message("首字有记号或注音", "its first letter bears a mark or a reading"))
    return marks, letter


@dataclass(frozen=True, slots=True)
class _Fit:
    """A letter being fitted to its rows."""

    text: str
    marks: str
    letter: str
    type: FrameType
    leading: float
    initial: InitialType
    book: Fontbook

    def level(self) -> DropCap:
        """The letter of level lines."""
        body, own, mark = self._body(), self._letter(), self.type.size
        reach = (self.initial.rows - 1) * self.leading
        whole = self._height()
        size = (reach + body.height * mark) / whole.height
        baseline = reach - body.bottom * mark + whole.bottom * size  # below the first row's, in points
        x, placed, offset = body.left * mark, [], 0
        for cluster in self._clusters(self.marks):
            ink = self._ink(cluster)
            small = size * (QUOTE if cluster.text in _QUOTES else 1.0)
            foot = baseline - (whole.top * size - ink.top * small if cluster.text in _QUOTES else 0.0)
            placed.append(_Piece(cluster, offset, small, x - ink.left * small, foot))
            x += ink.width * small + QUOTE_GAP * size
            offset += len(cluster.text)
        x -= own[0][1].left * size
        for cluster, ink in own:
            placed.append(_Piece(cluster, offset, size, x, baseline))
            edge = x + ink.right * size
            x += cluster.advance * size
            offset += len(cluster.text)
        room = self._room(edge)
        return DropCap(tuple(each.level(mark, room) for each in placed), offset, room, self.initial.rows)

    def vertical(self) -> DropCap:
        """The letter of vertical lines: it fills the columns from the right to the left, from their head down."""
        body, mark = self._body(), self.type.size
        reach = (self.initial.rows - 1) * self.leading
        clusters = [(cluster, self._ink(cluster)) for cluster in self._clusters(self.letter)]
        whole = self._width(clusters)
        size = (reach + body.width * mark) / whole.width
        left = -reach + (body.left - 0.5) * mark  # of its ink, from the axis of the first column
        right = (body.right - 0.5) * mark
        y, placed, offset = (_HEAD - body.top) * mark, [], 0
        for cluster in self._clusters(self.marks):
            ink, small = self._ink(cluster), size * (QUOTE if cluster.text in _QUOTES else 1.0)
            placed.append(_Piece(cluster, offset, small, right - ink.right * small, y + ink.top * small))
            y += ink.height * small + QUOTE_GAP * size
            offset += len(cluster.text)
        top = max(ink.top for _, ink in clusters)
        pen = left - whole.left * size
        for cluster, _ in clusters:
            placed.append(_Piece(cluster, offset, size, pen, y + top * size))
            pen += cluster.advance * size
            offset += len(cluster.text)
        edge = y + (top - min(ink.bottom for _, ink in clusters)) * size
        room = self._room(edge)
        return DropCap(tuple(each.upright(mark, room) for each in placed), offset, room, self.initial.rows)

    @property
    def _western(self) -> bool:
        """Whether the words beside the letter are Western."""
        return not any(kind_of(character) is CharClass.HAN for character in self.text)

    def _body(self) -> InkExtent:
        """What the ink of the rows reaches, in em of the text."""
        faces = self.type.roles["plain"].faces
        if not self._western:
            return self._of(faces, SAMPLE_HAN)
        return replace(self._of(faces, SAMPLE_CAPITAL), bottom=0.0)

    def _height(self) -> InkExtent:
        """What of the letter fills the height of the rows, in em of the letter."""
        faces, own = self.initial.role.faces, self._letter()[0][1]
        if self.letter[0].isascii() or kind_of(self.letter[0]) is CharClass.LATIN:
            sample = SAMPLE_DIGIT if self.letter[0].isdigit() else SAMPLE_CAPITAL
            return replace(self._of(faces, sample), bottom=0.0)
        usual = self._of(faces, SAMPLE_HAN)
        return own if own.height >= FULL * usual.height else usual

    def _width(self, clusters: list[tuple[Cluster, InkExtent]]) -> InkExtent:
        """The same across the columns of vertical lines."""
        if len(clusters) > 1:  # a number, side by side
            wide = sum(cluster.advance for cluster, _ in clusters[:-1])
            return replace(clusters[0][1], right=wide + clusters[-1][1].right)
        own, usual = clusters[0][1], self._of(self.initial.role.faces, SAMPLE_HAN)
        return own if own.width >= FULL * usual.width else usual

    def _letter(self) -> list[tuple[Cluster, InkExtent]]:
        return [(cluster, self._ink(cluster)) for cluster in self._clusters(self.letter)]

    def _clusters(self, text: str) -> list[Cluster]:
        """*text*, the marks or the letter, in the letter's faces."""
        return self.book.clusters(self.initial.role.faces, text, vertical=self.type.vertical) if text else []

    def _of(self, faces: tuple[str, ...], sample: str) -> InkExtent:
        return self._ink(self.book.clusters(faces, sample)[0])

    def _ink(self, cluster: Cluster) -> InkExtent:
        ink = self.book.ink(cluster)
        return ink or InkExtent(0.0, 0.0, cluster.advance, 0.7)

    def _room(self, edge: float) -> float:
        """What the letter takes of a row, its ink ending *edge* points from the row's begin."""
        if self.initial.gap is not None:
            return edge + self.initial.gap
        em = self.type.size
        if self._western:
            return edge + WORD_GAP * em
        return ceil((edge + LEAST_GAP * em) / (em * HALF) - 1e-6) * em * HALF


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cluster of the letter: its size, and its pen in points from the begin of the first row and its baseline, or
    from the axis and the head of the first column."""

    cluster: Cluster
    offset: int
    size: float
    x: float
    y: float

    def level(self, em: float, room: float) -> Placed:
        scale = self.size / em
        return Placed(
            self.cluster,
            (self.x - room) / em,
            self.cluster.advance * scale,
            scale,
            INITIAL,
            self.offset,
            rise=-self.y / em,
        )

    def upright(self, em: float, room: float) -> Placed:
        scale = self.size / em
        return Placed(self.cluster, (self.y - room) / em, scale, scale, INITIAL, self.offset, across=self.x / em)
