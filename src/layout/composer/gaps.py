"""The width of every unit and gap, inside a line and at its edges, and how far each can be squeezed or stretched."""

from __future__ import annotations

from dataclasses import dataclass

from layout.composer.classes import AVOIDED, ENDING, MARKS, POINTS, SPACES, WORD_SPACES, CharClass, marks
from layout.composer.model import HAN_LATIN_EASE, Setting
from layout.composer.units import UnitChain

HALF = 0.5
"""The body of a mark that has given up its space (GB/T 15834 5.1.10), in em of its own size."""
MIN_WORD_SPACE = 0.25
MAX_WORD_SPACE = 0.5
TRIMMABLE = 0.05
"""A mark has space to give only if it is this much wider than half an em: a proportional quote has none."""


@dataclass(slots=True)
class Gaps:
    """Per unit. ``cell``: its width inside a line; ``left``: how much of its left side is cut off or added.

    ``start`` and ``end``: its width as a line's first or last unit. ``gap``: the space after it. ``gives`` and
    ``gap_gives``: what the cell, and the Han–Latin gap after it, can be squeezed by; ``start_gives`` and ``end_gives``:
    the same for the cell of a line's first or last unit. ``takes`` and ``gap_takes``: what the word space,
    and the gap, can be stretched by within the published limits. ``open_gap``: whether the gap after it shares in the
    last step. ``spare_gap``: whether it does so when no other can. ``hangs``: whether it may stand outside the measure
    at a line's end.
    """

    cell: list[float]
    left: list[float]
    start: list[float]
    end: list[float]
    gap: list[float]
    gives: list[float]
    start_gives: list[float]
    end_gives: list[float]
    gap_gives: list[float]
    takes: list[float]
    gap_takes: list[float]
    open_gap: list[bool]
    spare_gap: list[bool]
    hangs: list[bool]


def find_gaps(chain: UnitChain, setting: Setting) -> Gaps:
    """The widths of *chain* under *setting*."""
    widths = [unit.width for unit in chain.units]
    size = len(widths)
    gaps = Gaps(
        cell=widths[:],
        left=[0.0] * size,
        start=widths[:],
        end=widths[:],
        gap=[0.0] * size,
        gives=[0.0] * size,
        start_gives=[0.0] * size,
        end_gives=[0.0] * size,
        gap_gives=[0.0] * size,
        takes=[0.0] * size,
        gap_takes=[0.0] * size,
        open_gap=[False] * size,
        spare_gap=[False] * size,
        hangs=[False] * size,
    )
    _fixed_cells(chain, setting, gaps)
    _trim_neighbours(chain, setting, gaps)
    _style(chain, setting, gaps)
    _edges(chain, setting, gaps)
    _trim_exclamations(chain, gaps)
    _squeezes(chain, setting, gaps)
    _between(chain, setting, gaps)
    for note in chain.notes:
        gaps.start[note.first] += chain.units[note.first].lead
        gaps.end[note.last] += chain.units[note.last].trail
    return gaps


def _fixed_cells(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """Makes · – / half an em, centred (GB/T 15834 5.1.7, 5.1.9), and a run of spaces one word space."""
    half_em = marks().half_em
    for index, kind in enumerate(chain.kinds):
        if kind in AVOIDED and chain.units[index].text[0] in half_em and chain.units[index].turned != "rotated":
            cell = HALF * chain.units[index].span.scale
            gaps.left[index] = (cell - gaps.cell[index]) / 2
            gaps.cell[index] = gaps.start[index] = gaps.end[index] = cell
        elif kind in WORD_SPACES:
            if kind is CharClass.SPACE and index and chain.kinds[index - 1] is CharClass.SPACE:
                gaps.cell[index] = 0.0
            elif setting.word_space is not None:
                gaps.cell[index] = setting.word_space * chain.units[index].span.scale


def _spare(chain: UnitChain, index: int) -> float:
    """The space inside a mark's body, in em of the paragraph: half an em of a full-width mark."""
    unit = chain.units[index]
    spare = unit.width - HALF * unit.span.scale
    return spare if spare > TRIMMABLE * unit.span.scale else 0.0


def _trim_neighbours(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """Trims adjacent marks, one of them a bracket or quote: CLREQ adjustment_of_adjacent_punctuation_marks.

    Which side gives is from CSS Text 4, fullwidth-collapsing.
    """
    if setting.adjacent == "none":
        return
    kinds = chain.kinds
    for index in range(1, len(kinds)):
        first, second = kinds[index - 1], kinds[index]
        if second is CharClass.OPEN and (first in MARKS or first is CharClass.INTERPUNCT):
            _cut_left(chain, index, gaps)
            if setting.adjacent == "1.0" and first in ENDING:
                _cut_right(chain, index - 1, gaps)
        elif first in ENDING and (
            second is CharClass.CLOSE
            or (first is CharClass.CLOSE and (second in POINTS or second is CharClass.INTERPUNCT))
        ):
            _cut_right(chain, index - 1, gaps)


_HALVED = {
    "kaiming": frozenset({CharClass.OPEN, CharClass.CLOSE, CharClass.COMMA}),
    "half": MARKS,
    "display": MARKS,
}


def _style(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """Gives marks half an em wherever they stand, in the styles 开明 and 半角."""
    halved = _HALVED.get(setting.punctuation, frozenset())
    for index, kind in enumerate(chain.kinds):
        if kind is CharClass.OPEN and kind in halved:
            _cut_left(chain, index, gaps)
            gaps.start[index] = gaps.cell[index]
        elif kind in halved:
            _cut_right(chain, index, gaps)
            gaps.start[index] = gaps.end[index] = gaps.cell[index]


def _cut_left(chain: UnitChain, index: int, gaps: Gaps) -> None:
    spare = _spare(chain, index)
    gaps.cell[index] = chain.units[index].width - spare
    gaps.left[index] = -spare


def _cut_right(chain: UnitChain, index: int, gaps: Gaps) -> None:
    gaps.cell[index] = chain.units[index].width - _spare(chain, index)


def _trim_exclamations(chain: UnitChain, gaps: Gaps) -> None:
    """Halves both of every two ？！, so that two take 1 em and three take 2 (GB/T 15834 5.1.2)."""
    exclaim = marks().exclaim
    index, size = 0, len(chain.units)
    while index + 1 < size:
        if chain.units[index].text[0] in exclaim and chain.units[index + 1].text[0] in exclaim:
            for each in (index, index + 1):
                _cut_right(chain, each, gaps)
                gaps.start[each] = gaps.end[each] = gaps.cell[each]
                gaps.end_gives[each] = 0.0
            index += 2
        else:
            index += 1


def _edges(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """Sets the widths of opening marks at a line's start (CLREQ compression_…_at_line_start) and of marks at its end
    (GB/T 15834 5.1.10)."""
    hangable = marks().hangable
    for index, kind in enumerate(chain.kinds):
        if kind is CharClass.OPEN:
            trimmed = chain.units[index].width - _spare(chain, index)
            gaps.start[index] = min(gaps.start[index], trimmed if setting.line_start == "trim" else gaps.start[index])
        else:
            gaps.start[index] = gaps.cell[index]
        if kind not in ENDING:
            gaps.end[index] = gaps.cell[index]
        else:
            _line_end(chain, setting, gaps, index)
            if (
                setting.hang
                and chain.units[index].text[0] in hangable
                and not (index and chain.kinds[index - 1] in MARKS)
            ):
                gaps.hangs[index] = True


def _line_end(chain: UnitChain, setting: Setting, gaps: Gaps, index: int) -> None:
    """Sets a mark's width at a line's end: full in the style 全角, half for a halved mark, else by ``line_end``."""
    whole = chain.units[index].width
    trimmed = whole - _spare(chain, index)
    halved = chain.kinds[index] in _HALVED.get(setting.punctuation, frozenset())
    line_end = "full" if setting.punctuation == "full" else setting.line_end
    if halved or line_end == "gb-half":
        gaps.end[index] = trimmed
    elif line_end == "allow-end":
        gaps.end_gives[index] = whole - trimmed


def _squeezes(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """What each cell can give (CLREQ procedures_for_inter-character_spacing_reduction).

    A mark's place at a line's edge decides what it gives there: an opening mark that ``line_start`` trims has nothing
    left, and what a closing mark gives at the end ``_line_end`` has said.
    """
    trims = setting.line_start == "trim"
    for index, kind in enumerate(chain.kinds):
        scale, cell, gives = chain.units[index].span.scale, gaps.cell[index], 0.0
        if kind in MARKS:
            untouched = abs(cell - chain.units[index].width) < TRIMMABLE * scale
            if untouched and (kind is not CharClass.STOP or setting.squeeze_stop):
                gives = _spare(chain, index)
        elif kind is CharClass.INTERPUNCT and cell > (HALF + TRIMMABLE) * scale:
            gives = cell - HALF * scale
        elif kind in WORD_SPACES and cell > 0:
            gives = max(0.0, cell - MIN_WORD_SPACE * scale)
            if setting.stretch == "even" and _typed_gap(chain, index):
                gaps.gap_takes[index] = max(0.0, most_han_latin(setting) * scale - cell)
            else:
                gaps.takes[index] = max(0.0, MAX_WORD_SPACE * scale - cell)
        if gives:
            gaps.gives[index] = gives
            gaps.start_gives[index] = 0.0 if trims and kind is CharClass.OPEN else gives
            if kind not in ENDING:
                gaps.end_gives[index] = gives


def _typed_gap(chain: UnitChain, index: int) -> bool:
    """Whether word space *index* stands between Han and Western, where the style would set a gap without it (7 月)."""
    around = chain.kinds[index - 1 : index] + chain.kinds[index + 1 : index + 2]
    return set(around) == {CharClass.HAN, CharClass.LATIN}


def _between(chain: UnitChain, setting: Setting, gaps: Gaps) -> None:
    """Sets the gap after each unit: Han–Latin space, and whether the stretching steps may open it."""
    for index in range(len(chain.units) - 1):
        kind, following = chain.kinds[index], chain.kinds[index + 1]
        if chain.splits and chain.units[index].span.split and chain.units[index + 1].span.split:
            continue
        blank = kind in SPACES or following in SPACES or kind is CharClass.NBSP or following is CharClass.NBSP
        if kind is not CharClass.NEWLINE and following is not CharClass.NEWLINE:
            gaps.gap[index] = setting.tracking
        if chain.joined[index + 1] or blank:
            continue
        if setting.han_latin > 0 and _meets_western(chain, index):
            _han_latin_gap(chain, setting, gaps, index)
        elif (
            kind in AVOIDED
            or following in AVOIDED
            or (setting.hug and (kind is CharClass.OPEN or following is CharClass.CLOSE))
        ):
            gaps.spare_gap[index] = True
        else:
            gaps.open_gap[index] = gaps.spare_gap[index] = True


def _meets_western(chain: UnitChain, index: int) -> bool:
    """Whether Han stands beside a Western letter or number, not beside a mark (CLREQ
    mixed_text_composition_in_horizontal_writing_mode)."""
    first, second = chain.kinds[index], chain.kinds[index + 1]
    if first is CharClass.HAN and second is CharClass.LATIN:
        return _is_western(chain, index + 1)
    return first is CharClass.LATIN and second is CharClass.HAN and _is_western(chain, index)


def _is_western(chain: UnitChain, index: int) -> bool:
    """Whether the unit is a letter, a digit, or the sign at the edge of a number."""
    if chain.units[index].text[0].isalnum():
        return True
    size = len(chain.units)
    inside = chain.joined[index] or (index + 1 < size and chain.joined[index + 1])
    return inside and chain.units[index].text[0] in "+-±−≈≥≤¥￥$€£%‰°′″"


def _han_latin_gap(chain: UnitChain, setting: Setting, gaps: Gaps, index: int) -> None:
    scale = min(chain.units[index].span.scale, chain.units[index + 1].span.scale)
    gap = setting.han_latin * scale
    gaps.gap[index] += gap
    gaps.gap_gives[index] = max(0.0, gap - setting.han_latin_min * scale)
    gaps.gap_takes[index] = max(0.0, most_han_latin(setting) * scale - gap)


def most_han_latin(setting: Setting) -> float:
    """How wide a Han–Latin gap may become, in em of its characters."""
    return setting.han_latin + HAN_LATIN_EASE if setting.han_latin_max is None else setting.han_latin_max
