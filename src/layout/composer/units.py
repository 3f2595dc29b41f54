"""Turns text into units: shaped clusters with what is attached to them, each with its class in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.composer.classes import SPACES, CharClass, kind_of, marks, stances
from layout.composer.model import Metrics, Ruby, Span
from layout.fontbook.clusters import Cluster
from layout.fontbook.western_quotes import western_quotes


@dataclass(frozen=True, slots=True)
class Unit:
    """A cluster with the marks attached to it, or several digits standing upright in a vertical line."""

    text: str
    clusters: tuple[Cluster, ...]
    offset: int
    span: Span
    width: float
    """Its advance in em of the paragraph."""
    turned: str = ""
    """Vertical lines only: "upright", "rotated" or "combined"."""
    pad: float = 0.0
    """Space on each side of its clusters that a wider annotation made, in em; part of ``width``."""
    lead: float = 0.0
    """How far its annotation reaches over what stands before it: room it needs where it begins a line."""
    trail: float = 0.0
    """The same behind it, where it ends one."""

    @property
    def glues(self) -> bool:
        """Whether it forbids a break after it (word joiner, or an emoji's joiner at its end)."""
        return self.text[-1] in "\u200d" or not marks().glued.isdisjoint(self.text)


BETWEEN = 0.25
"""The least space between two annotations, in em of their own size (CLREQ): pinyin must not run together."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """Ruby over units [first, last]."""

    first: int
    last: int
    ruby: Ruby
    clusters: tuple[Cluster, ...]

    @property
    def width(self) -> float:
        """Its length along the line, in em of the paragraph."""
        return sum(cluster.advance for cluster in self.clusters) * self.ruby.scale

    @property
    def room(self) -> float:
        """What it needs of the line: its length, and half the least space between two on either side."""
        return self.width + BETWEEN * self.ruby.scale


@dataclass(frozen=True, slots=True)
class UnitChain:
    """A paragraph's units in order, each with its kind and whether it is joined to the one before it.

    Joined units are parts of a number, a Western word, a —— or ……: no space is ever added between them.
    """

    text: str
    units: tuple[Unit, ...]
    kinds: tuple[CharClass, ...]
    joined: tuple[bool, ...]
    notes: tuple[Annotation, ...] = ()
    splits: tuple[tuple[int, int], ...] = ()
    """First and last unit of every note in two rows."""

    def at(self, offset: int) -> int:
        """The unit that holds the character at *offset*; the number of units for the text's end."""
        low, high = 0, len(self.units)
        while low < high:
            middle = (low + high) // 2
            if self.units[middle].offset + len(self.units[middle].text) <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def build_chain(spans: Sequence[Span], metrics: Metrics, *, vertical: bool = False) -> UnitChain:
    """The units of *spans*. No character is dropped or moved. Raises what *metrics* raises."""
    units: list[Unit] = []
    kinds: list[CharClass] = []
    for unit, kind in _pieces(spans, metrics, vertical):
        attached = kind is CharClass.ATTACHED and kinds and kinds[-1] is not CharClass.NEWLINE
        if units and (attached or (unit.text in _FLAGS and units[-1].text in _FLAGS)):
            units[-1] = _with_attached(units[-1], unit)
        else:
            units.append(unit)
            kinds.append(CharClass.WIDE if kind is CharClass.ATTACHED else kind)
    chain = UnitChain("".join(span.text for span in spans), tuple(units), tuple(kinds), (False,) * len(units))
    chain = _in_context(chain)
    return _with_splits(chain) if any(span.split for span in spans) else chain


def _with_splits(chain: UnitChain) -> UnitChain:
    """*chain* with its notes in two rows. To the line their characters are all alike: nothing in a note is squeezed,
    stretched or spaced."""
    splits: list[tuple[int, int]] = []
    kinds = list(chain.kinds)
    for index, unit in enumerate(chain.units):
        if unit.span.split and kinds[index] is not CharClass.NEWLINE:
            goes_on = splits and splits[-1][1] == index - 1
            splits[-1:] = [(splits[-1][0], index)] if goes_on else [*splits[-1:], (index, index)]
            kinds[index] = CharClass.WIDE
    return replace(chain, kinds=tuple(kinds), splits=tuple(splits))


_FLAGS = frozenset(chr(code) for code in range(0x1F1E6, 0x1F200))
"""Regional indicators: two of them are one flag."""


def _with_attached(unit: Unit, more: Unit) -> Unit:
    clusters, width = unit.clusters + more.clusters, unit.width + more.width
    return replace(unit, text=unit.text + more.text, clusters=clusters, width=width)


def _pieces(spans: Sequence[Span], metrics: Metrics, vertical: bool) -> Iterator[tuple[Unit, CharClass]]:
    offset, turned = 0, ""
    for span in spans:
        for line in span.text.splitlines(keepends=True):
            body = line.rstrip("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
            if vertical:
                for unit, kind in _vertical(span, body, offset, metrics, turned):
                    turned = unit.turned
                    yield unit, kind
            else:
                yield from _horizontal(span, body, offset, metrics)
            offset += len(body)
            if len(line) > len(body):
                ending = line[len(body) :]
                yield Unit(ending, (Cluster(ending, "", 0.0, ()),), offset, span, 0.0), CharClass.NEWLINE
                offset += len(ending)


def _horizontal(span: Span, text: str, offset: int, metrics: Metrics) -> Iterator[tuple[Unit, CharClass]]:
    scale, spaces, start = span.scale, marks().spaces, offset
    western = western_quotes(text)
    for cluster in shaped(span.faces, text, metrics):
        advance = spaces.get(cluster.text, cluster.advance)
        kind = CharClass.LATIN if offset - start in western else kind_of(cluster.text[0])
        yield Unit(cluster.text, (cluster,), offset, span, advance * scale), kind
        offset += len(cluster.text)


def shaped(faces: Sequence[str], text: str, metrics: Metrics, *, vertical: bool = False) -> Iterator[Cluster]:
    """The clusters of *text*. Spaces that no face need have are shaped as the plain one, and keep their own
    character."""
    if not text:
        return
    plain = _ODD_SPACES.sub(" ", text)
    position = 0
    for cluster in metrics.clusters(faces, plain, vertical=vertical):
        own = text[position : position + len(cluster.text)]
        yield cluster if own == cluster.text else replace(cluster, text=own)
        position += len(own)


_ODD_SPACES = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u205f]")


def _vertical(span: Span, text: str, offset: int, metrics: Metrics, before: str) -> Iterator[tuple[Unit, CharClass]]:
    """The units of *text* in a vertical line: upright Han, 纵中横排 as one unit of 1 em, turned words.

    What is raised or lowered goes with what stands *before* it: turned after a turned word.
    """
    for stretch, stance in [(text, "rotated")] if span.rise and before == "rotated" and text else stances(text):
        clusters = tuple(shaped(span.faces, stretch, metrics, vertical=stance in ("", "upright")))
        for group in [clusters] if stance == "combined" else [(cluster,) for cluster in clusters]:
            own = "".join(cluster.text for cluster in group)
            centred = stance in ("combined", "upright") or own in marks().upright_centred
            kind = CharClass.WIDE if centred else kind_of(own[0])
            # An interpunct stands in the middle of a whole em, of which the line then cuts its half (CLREQ).
            whole = stance in ("combined", "upright") or (kind is CharClass.INTERPUNCT and not stance)
            width = 1.0 if whole else marks().spaces.get(own, group[0].advance)
            yield Unit(own, group, offset, span, width * span.scale, stance or "upright"), kind
            offset += len(own)


def _in_context(chain: UnitChain) -> UnitChain:
    """Settles the classes that depend on neighbours: dashes in pairs, marks inside Western words, signs of numbers."""
    kinds, joined = list(chain.kinds), [False] * len(chain.units)
    _pair_up(chain.units, kinds, joined)
    _inside_words(chain.units, kinds)
    for index in range(1, len(kinds)):
        latin = kinds[index] is CharClass.LATIN and kinds[index - 1] is CharClass.LATIN
        word = _is_letter(chain.units[index - 1]) and _is_letter(chain.units[index])
        if latin or word or (chain.units[index].span.rise and kinds[index - 1] not in SPACES):
            joined[index] = True
    done = replace(chain, kinds=tuple(kinds), joined=tuple(joined))
    return _join_tokens(done, kinds, joined)


def _is_letter(unit: Unit) -> bool:
    """An ASCII letter or digit, whichever way it stands: in a vertical line those of an acronym are upright, and its
    kind is then that of Han, but the word is a word (CLREQ mixed_text_composition_in_vertical_writing_mode)."""
    return unit.text[0].isascii() and unit.text[0].isalnum()


def _pair_up(units: Sequence[Unit], kinds: list[CharClass], joined: list[bool]) -> None:
    """Joins two — or … in a row into one; the last of an odd run stays single."""
    pairs = marks().pairs
    index = 0
    while index < len(units):
        text = units[index].text
        if text[0] not in pairs:
            index += 1
        elif len(text) > 1 and text[1] == text[0]:  # the face has one glyph for two
            kinds[index] = CharClass.DASH
            index += 1
        elif index + 1 < len(units) and units[index + 1].text[0] == text[0]:
            kinds[index] = kinds[index + 1] = CharClass.DASH
            joined[index + 1] = True
            index += 2
        else:
            index += 1


_INNER = frozenset({CharClass.CONNECTOR, CharClass.SOLIDUS, CharClass.INTERPUNCT})


def _inside_words(units: Sequence[Unit], kinds: list[CharClass]) -> None:
    """Makes ``-`` ``/`` ``·`` and the apostrophe between Western letters or digits part of the word."""
    for index in range(1, len(units) - 1):
        mark = units[index].text[0]
        if mark == "’" or (kinds[index] in _INNER and mark not in "～〜—―"):
            western = kinds[index - 1] is CharClass.LATIN and kinds[index + 1] is CharClass.LATIN
            if western and units[index - 1].text.isalnum() and units[index + 1].text.isalnum():
                kinds[index] = CharClass.LATIN


def _join_tokens(chain: UnitChain, kinds: list[CharClass], joined: list[bool]) -> UnitChain:
    """Joins numbers with their sign and unit sign, and web addresses, into Western wholes."""
    table = marks()
    for pattern in (table.number, table.url):
        for match in pattern.finditer(chain.text):
            first, last = chain.at(match.start()), chain.at(match.end() - 1)
            for index in range(first, last + 1):
                joined[index] = joined[index] or index > first
                if kinds[index] in _INNER:
                    kinds[index] = CharClass.LATIN
            if first and kinds[first] is CharClass.LATIN and kinds[first - 1] is CharClass.LATIN:
                joined[first] = True
    return replace(chain, kinds=tuple(kinds), joined=tuple(joined))
