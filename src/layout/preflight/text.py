"""Proves that no character is lost, added or out of order between manuscript and page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from layout.checks import Finding, Severity, room_checks
from layout.errors import Hint, Message, Place
from layout.preflight.reading import PageChar, hyphens_at, read_text, restored
from layout.preflight.text_threads import ThreadBreak, Trail, follow

if TYPE_CHECKING:  # most files that are judged have no manuscript
    from layout.manuscript.model import Text

__all__ = ["Accounting", "Passage", "account", "passages", "read_text"]

CONTEXT = 12
"""Characters shown on either side of a break."""

QUOTED = 40
"""Characters quoted of a stretch; a longer one is cut in the middle."""

ALIKE = 0.6
"""How alike (difflib's ratio) a stray stretch and a lost caption must be to be the same one, damaged."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of copy, and where its first character stands in the newsroom's files."""

    text: str
    place: Place | None = None
    unset: bool = False
    """Known to be overset: it must not stand on the page, and counts as missing."""


CopyPassages = str | Sequence[Passage]
"""A text: bare, or in passages that know their place."""


@dataclass(frozen=True, slots=True)
class Accounting:
    """The characters of one page against its manuscript. White space does not count."""

    characters_set: int
    """Characters of the copy that stand on the page, in order."""
    characters_copy: int
    """Characters of the copy."""
    characters_furniture: int
    """Characters of captions, folios and figures."""
    characters_page: int
    """Characters on the page."""
    hyphens: int
    """Hyphens at line ends that the typesetter put in."""
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether every character of the page belongs, and none is missing."""
        return not self.findings


def passages(*texts: Text) -> tuple[Passage, ...]:
    """The passages of manuscript texts, in order."""
    return tuple(
        Passage(run.text, run.place) for text in texts for paragraph in text.paragraphs for run in paragraph.runs
    )


def account(
    stream: str | Sequence[PageChar],
    copy: Sequence[CopyPassages],
    furniture: Sequence[CopyPassages | Passage] = (),
    *,
    page_no: int | None = None,
) -> Accounting:
    """Prove that *stream* is exactly *copy* plus *furniture*.

    Every text of *copy* (one per story) must stand in the stream whole and in its own order, interrupted by anything
    that belongs; every piece of *furniture* must stand in a row, once. Characters are compared code point by code
    point, as the manuscript has them. What fails comes out as findings ``text.complete``, ``text.order`` and
    ``text.extra``, the first break first; passages that are known to be overset are missing from the first.
    """
    threads = [_Thread.of(text) for text in copy]
    pieces = [_Thread.of([piece] if isinstance(piece, Passage) else piece) for piece in furniture]
    shown, hyphens = _stream(stream, {char for thread in (*threads, *pieces) for char in thread.text})
    trail = follow(shown, [thread.text for thread in threads], [piece.text for piece in pieces], hyphens)
    unset = sum(len(_bare(passage.text)) for thread in threads for stretch in thread.unset for passage in stretch)
    missing = sum(len(broken.missing) for broken in trail.breaks) + unset
    wanted = sum(len(thread.text) for thread in threads) + unset
    return Accounting(
        characters_set=wanted - missing,
        characters_copy=wanted,
        characters_furniture=sum(len(piece.text) for piece in pieces),
        characters_page=len(shown),
        hyphens=trail.hyphens,
        findings=tuple(_Report(shown, threads, pieces, page_no).findings(trail)),
    )


def count_of(stream: Sequence[PageChar]) -> int:
    """How many characters a page shows, as ``account`` counts them."""
    return len(_stream(stream, ())[0])


def _stream(stream: str | Sequence[PageChar], wanted: Collection[str]) -> tuple[str, frozenset[int]]:
    """The characters without white space, and which are line-end hyphens. *wanted* are the characters of the copy."""
    if isinstance(stream, str):
        return _bare(stream), frozenset()
    shown = restored([char for char in stream if not char.text.isspace()], wanted)
    return "".join(char.text for char in shown), frozenset(hyphens_at(shown))


def _bare(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Thread:
    """A text without white space, with the place of each of its characters."""

    text: str
    source: tuple[Passage, ...]
    unset: tuple[tuple[Passage, ...], ...] = ()
    """The stretches that are known to be overset."""

    @classmethod
    def of(cls, copy: CopyPassages) -> _Thread:
        parts = (Passage(copy),) if isinstance(copy, str) else tuple(copy)
        source = tuple(passage for passage in parts if not passage.unset)
        return cls(
            "".join(_bare(passage.text) for passage in source),
            source,
            tuple(tuple(stretch) for unset, stretch in groupby(parts, lambda passage: passage.unset) if unset),
        )

    def place(self, index: int) -> Place | None:
        """Where character *index* stands; the last passage's place for an index past the end."""
        for passage in self.source:
            size = len(_bare(passage.text))
            if index < size:
                return _within(passage, index)
            index -= size
        return self.source[-1].place if self.source else None


def _within(passage: Passage, index: int) -> Place | None:
    """The place of the *index*-th visible character of a passage."""
    visible = [offset for offset, char in enumerate(passage.text) if not char.isspace()]
    place, before = passage.place, passage.text[: visible[index]]
    if place is None or place.line is None:
        return place
    breaks = before.count("\n")
    if breaks:
        return replace(place, line=place.line + breaks, column=len(before) - before.rfind("\n"))
    return place if place.column is None else replace(place, column=place.column + len(before))


@dataclass(frozen=True, slots=True)
class _Report:
    """Turns breaks into sentences."""

    stream: str
    threads: Sequence[_Thread]
    pieces: Sequence[_Thread]
    page_no: int | None

    def findings(self, trail: Trail) -> Iterator[Finding]:
        """One finding per overset stretch, per break, per lost piece; what only moved is one finding, not two."""
        yield from (self._unset(stretch) for thread in (*self.threads, *self.pieces) for stretch in thread.unset)
        breaks = list(trail.breaks)
        lost = list(trail.lost_pieces)
        gone = {broken.missing for broken in breaks if len(broken.missing) > 1}
        moved = {text for text in gone for broken in breaks if text in broken.extra}
        for broken in breaks:
            if broken.missing in moved:
                yield self._moved(broken)
                continue
            extra = broken.extra
            for text in moved:
                extra = extra.replace(text, "", 1)
            damaged = next((i for i in lost if extra and self._alike(i, extra)), None)
            if damaged is not None:
                lost.remove(damaged)
                yield self._damaged(broken, damaged)
                extra = ""
            if broken.missing:
                yield self._missing(broken, extra)
            elif extra:
                yield self._extra(broken, extra)
        yield from (self._lost(index) for index in lost)

    def _alike(self, index: int, extra: str) -> bool:
        piece = self.pieces[index].text
        return SequenceMatcher(None, piece, extra[: 4 * len(piece)], autojunk=False).ratio() >= ALIKE

    def _context(self, at: int) -> str:
        return self.stream[max(0, at - CONTEXT) : at]

    def _finding(
        self, check: str, message: Message, place: Place | None, count: int, hint: Hint | None = None
    ) -> Finding:
        hint = hint or room_checks("preflight")[check].hint()
        return Finding(check, Severity.ERROR, message, place, hint, self.page_no, {"characters": count})

    def _missing(self, broken: ThreadBreak, extra: str) -> Finding:
        thread = self.threads[broken.thread]
        wanted, count, before = _quote(broken.missing), len(broken.missing), self._context(broken.at)
        tail = broken.spent + count == len(thread.text) and broken.at + len(broken.extra) == len(self.stream)
        if extra:
            message = Message(
                f"“{before}”之后应为“{wanted}”，版面上却是“{_quote(extra)}”。",
                f"After “{before}” the manuscript has “{wanted}”, the page has “{_quote(extra)}”.",
            )
        elif tail and broken.spent:
            message = Message(
                f"稿末 {count} 个字没有印出：“{wanted}”。", f"The last {count} characters are not set: “{wanted}”."
            )
        else:
            message = Message(
                f"“{before}”之后缺 {count} 个字：“{wanted}”。",
                f"After “{before}”, {count} characters are missing: “{wanted}”.",
            )
        return self._finding("text.complete", message, thread.place(broken.spent), count)

    def _unset(self, passages: Sequence[Passage]) -> Finding:
        words = "".join(_bare(passage.text) for passage in passages)
        message = Message(
            f"有 {len(words)} 个字排不下，没有印出：“{_quote(words)}”。",
            f"{len(words)} characters have no place and are not set: “{_quote(words)}”.",
        )
        found = self._finding("text.complete", message, passages[0].place, len(words))
        return replace(found, repeats="page.overset")

    def _extra(self, broken: ThreadBreak, extra: str) -> Finding:
        before = self._context(broken.at)
        zh, en = (f"“{before}”之后", f"After “{before}”") if before else ("开头", "At its head")
        message = Message(
            f"版面上{zh}多出 {len(extra)} 个字：“{_quote(extra)}”。",
            f"{en} the page has {len(extra)} characters that are nobody's copy: “{_quote(extra)}”.",
        )
        hint = Message(
            "版面上的字都要来自稿件、图说或报眉；查一查版式（page.html、page.css 的 content）里有没有直接写的字。",
            "All text on the page must come from copy, captions or folio; look for words written in the design"
            " (page.html, content in page.css).",
        )
        return self._finding("text.extra", message, None, len(extra), Hint(designer=hint))

    def _moved(self, broken: ThreadBreak) -> Finding:
        text, count = _quote(broken.missing), len(broken.missing)
        message = Message(
            f"“{text}”（{count} 字）不在原来的位置，次序与稿件不符。",
            f"“{text}” ({count} characters) is on the page but not in the manuscript's order.",
        )
        return self._finding("text.order", message, self.threads[broken.thread].place(broken.spent), count)

    def _damaged(self, broken: ThreadBreak, index: int) -> Finding:
        piece = self.pieces[index]
        at = _first_difference(piece.text, broken.extra)
        message = Message(
            f"应为“{_quote(piece.text)}”，版面上却是“{_quote(broken.extra)}”，从第 {at + 1} 个字起不同。",
            f"“{_quote(piece.text)}” stands on the page as “{_quote(broken.extra)}”, wrong from character {at + 1} on.",
        )
        return self._finding("text.complete", message, piece.place(min(at, len(piece.text) - 1)), len(piece.text))

    def _lost(self, index: int) -> Finding:
        piece = self.pieces[index]
        message = Message(f"版面上没有“{_quote(piece.text)}”。", f"“{_quote(piece.text)}” is not on the page.")
        return self._finding("text.complete", message, piece.place(0), len(piece.text))


def _quote(text: str) -> str:
    """The stretch, its middle left out when long."""
    return text if len(text) <= QUOTED else f"{text[: QUOTED // 2]}……{text[-QUOTED // 2 :]}"


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
