"""What a sub-editor would mark in text that reads otherwise than it was sealed: wrong, missing, too much, exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from layout.geometry import Box
from layout.preflight.found_text import ReadOtherwise, TextAgain
from layout.preflight.page_geometry import ParagraphSpot, PrintedText
from layout.preflight.printed_text import PlacedChar
from layout.seal.text_mark import MarkKind, TextMark

EXCHANGED = 12
"""Characters of each of two stretches that are marked as exchanged: more is told as text that is missing here and too
much there."""

ALIKE = 0.3
"""Share of a paragraph's characters that must still stand in it, in order, for it to be marked character by character
(difflib's ratio); with less another text stands there."""

TWICE = 4
"""Characters of a paragraph from which a second one like it is known as that."""

MAX_CHARACTERS = 4000
"""Of a paragraph that is compared character by character: the longest of a newspaper have a quarter of it."""

APART = 1.8
"""Of a character's size: by how much the middle of the next one is off at the most where nothing stands between."""

BESIDE = 4
"""Characters on either side of a slip that are told with it: two words of Chinese, by which it is found in the line."""

LINE = 0.6
"""Of a character's size: by how much the next one may stand higher or lower and be on its line."""


def text_marks(again: TextAgain, rest: PrintedText | None) -> tuple[TextMark, ...]:
    """The marks of one page, whose text is *again* held against its seal; *rest* is what stood in no paragraph."""
    if again.changed and _share_found(again) < ALIKE and not any(map(_is_like, again.changed)):
        return (TextMark("other page", None, "", "", ()),)
    left = list(again.left)
    marks = [mark for each in again.changed for mark in _changed(_with_overhang(each, left))]
    known = {each.before.text: each.spot for each in again.changed}
    known |= {each.before.text: each.spot for each in again.found}
    for each in again.added:
        marks.append(_added(each, known))
    before = rest.text if rest is not None else ""
    if (now := "".join(char.text for char in left)) != before:
        marks += _beside(before, now, left, known)
    return tuple(marks)


def _share_found(again: TextAgain) -> float:
    """How much of the page's copy stands on it still, paragraph by paragraph."""
    found = sum(each.before.characters for each in again.found)
    return found / (found + sum(each.before.characters for each in again.changed))


def _is_like(paragraph: ReadOtherwise) -> bool:
    """Whether some of a paragraph still stands in its place."""
    if max(paragraph.before.characters, len(paragraph.chars)) > MAX_CHARACTERS:
        return False
    return SequenceMatcher(None, paragraph.before.text, paragraph.now, autojunk=False).ratio() >= ALIKE


def _with_overhang(paragraph: ReadOtherwise, left: list[PlacedChar]) -> ReadOtherwise:
    """*paragraph* with what of its lines sticks out of its place, since there is more in them; it is taken out of what
    is *left*.
    """
    chars: list[PlacedChar] = []
    for at, char in enumerate(paragraph.chars):
        chars.append(char)
        after = paragraph.chars[at + 1] if at + 1 < len(paragraph.chars) else None
        while left and (after is None or abs(after.y - chars[-1].y) > chars[-1].size * LINE):
            near = next((each for each in left if _follows(chars[-1], each)), None)
            if near is None:
                break
            left.remove(near)
            chars.append(near)
    return replace(paragraph, chars=tuple(chars))


def _follows(char: PlacedChar, other: PlacedChar) -> bool:
    """Whether *other* stands right behind *char* on its line."""
    size = max(char.size, other.size)
    return 0 < other.x - char.x <= APART * size and abs(other.y - char.y) <= size * LINE


def _changed(paragraph: ReadOtherwise) -> Iterator[TextMark]:
    spot, chars, was, now = paragraph.spot, paragraph.chars, paragraph.before.text, paragraph.now
    if not now:
        yield TextMark("all missing", spot.flow, was, "", (spot.box,), spot.place)
        return
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if max(len(was), len(now)) > MAX_CHARACTERS or len(chars) != len(now) or matcher.ratio() < ALIKE:
        yield TextMark("other text", spot.flow, was, now, _lines(chars), spot.place)
        return
    yield from _marks(spot, (was, now), chars, matcher.get_opcodes())


_Opcode = tuple[str, int, int, int, int]


def _marks(
    spot: ParagraphSpot | None, texts: tuple[str, str], chars: Sequence[PlacedChar], opcodes: Sequence[_Opcode]
) -> Iterator[TextMark]:
    """The marks of the slips in a text, as it was and as it is; *spot* is the paragraph that it is."""
    was, now = texts
    flow, place = (spot.flow, spot.place) if spot is not None else (None, None)
    left = list(opcodes)
    kind: MarkKind
    while left:
        what, first, last, start, end = left.pop(0)
        if what == "equal":
            continue
        swapped = _exchanged((what, first, last, start, end), left, texts)
        if swapped is not None:
            taken, (first, last, start, end) = swapped
            del left[:taken]
            kind, boxes = "exchanged", _lines(chars[start:end])
        elif what == "delete":
            kind, boxes = "missing", (_gap(chars, start),)
        else:
            kind, boxes = "wrong" if what == "replace" else "too much", _lines(chars[start:end])
        around = was[max(0, first - BESIDE) : first], was[last : last + BESIDE]
        yield TextMark(kind, flow, was[first:last], now[start:end], boxes, place, *around)


def _exchanged(
    one: _Opcode, after: Sequence[_Opcode], texts: tuple[str, str]
) -> tuple[int, tuple[int, int, int, int]] | None:
    """Whether with *one* two stretches that stand side by side have changed places: how many of those *after* belong
    to it, and the bounds of both in what was and what is.
    """
    was, now = texts
    what, first, last, start, end = one
    if what == "replace" and last - first == end - start:
        here, there = was[first:last], now[start:end]
        if here != there and any(here[cut:] + here[:cut] == there for cut in range(1, len(here))):
            return 0, (first, last, start, end)
    if len(after) < 2 or after[0][0] != "equal" or {what, after[1][0]} != {"insert", "delete"}:
        return None
    middle, other = after[0], after[1]
    gone, come = (one, other) if what == "delete" else (other, one)
    moved = was[gone[1] : gone[2]]
    if moved != now[come[3] : come[4]] or max(len(moved), middle[2] - middle[1]) > EXCHANGED:
        return None
    return 2, (first, other[2], start, other[4])


def _added(paragraph: ReadOtherwise, known: Mapping[str, ParagraphSpot]) -> TextMark:
    now, chars = paragraph.now, paragraph.chars
    twice, spot = len(now) >= TWICE and now in known, known.get(now, paragraph.spot)
    return TextMark("set twice" if twice else "too much", spot.flow, "", now, _lines(chars), spot.place)


def _beside(
    before: str, now: str, chars: Sequence[PlacedChar], known: Mapping[str, ParagraphSpot]
) -> Iterator[TextMark]:
    """The marks in text that stands in no paragraph's place: paragraphs that are there a second time, then the rest."""
    taken = [False] * len(chars)
    if len(chars) != len(now):
        yield TextMark("other text", None, before, now, _lines(chars))
        return
    for text, spot in known.items():
        at = now.find(text) if len(text) >= TWICE and text not in before else -1
        if at >= 0:
            taken[at : at + len(text)] = [True] * len(text)
            yield TextMark("set twice", spot.flow, "", text, _lines(chars[at : at + len(text)]), spot.place)
    left = [char for char, has in zip(chars, taken, strict=True) if not has]
    now = "".join(char.text for char in left)
    if now != before and max(len(now), len(before)) <= MAX_CHARACTERS:
        yield from _marks(None, (before, now), left, SequenceMatcher(None, before, now, autojunk=False).get_opcodes())


def _lines(chars: Sequence[PlacedChar]) -> tuple[Box, ...]:
    """Boxes around *chars*, one for each line of them."""
    boxes: list[Box] = []
    line: list[PlacedChar] = []
    for char in chars:
        near = max(char.size, 4.0) * LINE
        if line and abs(char.y - line[-1].y) > near and abs(char.x - line[-1].x) > near:
            boxes.append(_around(line))
            line = []
        line.append(char)
    return (*boxes, _around(line)) if line else ()


def _around(chars: Sequence[PlacedChar]) -> Box:
    half = [max(char.size, 2.0) / 2 for char in chars]
    left = min(char.x - by for char, by in zip(chars, half, strict=True))
    top = min(char.y - by for char, by in zip(chars, half, strict=True))
    right = max(char.x + by for char, by in zip(chars, half, strict=True))
    bottom = max(char.y + by for char, by in zip(chars, half, strict=True))
    return Box(left, top, right - left, bottom - top).rounded(1)


def _gap(chars: Sequence[PlacedChar], at: int) -> Box:
    """Where something is missing before character *at*: an upright line without width."""
    beside, after = (chars[at - 1], True) if at else (chars[0], False)
    half = max(beside.size, 4.0) / 2
    return Box(round(beside.x + (half if after else -half), 1), round(beside.y - half, 1), 0.0, round(2 * half, 1))
