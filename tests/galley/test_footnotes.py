"""Footnotes in running text: below a rule on a line of its own, which is not parted from the first of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.inline_spans import spans_of
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Level, Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType
from layout.page.table_style import CellEdge
from small_page import FONTS

BLACK = Ink(0, 0, 0, 1)
NOTE = FrameType(
    {"plain": RoleType(("song-400",), 7.0, BLACK)}, 10.0, 0.0, "justify", False, {}, rule=CellEdge(0.4, BLACK)
)
BODY = FrameType({"plain": RoleType(("song-400",), 8.0, BLACK)}, 10.0, 0.0, "justify", False, {}, {"footnote": NOTE})
RAISED: tuple[tuple[str, Level], ...] = (("堤", ""), ("1", "super"), ("2", "sub"))


def galley(paragraphs: int, *columns: int) -> Galley:
    """So many paragraphs of one line and two notes, in columns of so many slots."""
    kinds = ["body"] * paragraphs + ["footnote"] * 2
    own = tuple(Paragraph(kind, (Run("天地玄黄", Place("a.md", n)),)) for n, kind in enumerate(kinds, 1))
    slots = [Slot(n, n * 100.0, row * 10.0, 80.0) for n, count in enumerate(columns) for row in range(count)]
    text = Text(Flow.parse("a.lede"), own)
    return set_chain(TextChain(Chain((text.flow,)), (text,), BODY), slots, Setter(FONTS), 80.0)


def test_a_rule_stands_above_the_first_note() -> None:
    found = galley(3, 10)
    assert [line.slot for line in found.lines] == [0, 1, 2, 4, 5]
    [rule] = found.boxes
    assert (rule.slot, rule.inked.box.width, rule.inked.box.height) == (3, 20.0, 0.4)
    assert rule.inked.box.y == 4.8
    assert found.empty == ()


def test_the_rule_is_not_parted_from_the_first_note() -> None:
    found = galley(3, 4, 10)
    assert [line.slot for line in found.lines] == [0, 1, 2, 5, 6]
    assert found.boxes[0].slot == 4


def test_the_rule_goes_on_with_a_note_of_which_too_few_lines_would_stand_below_it() -> None:
    together = replace(NOTE, options={"orphans": "2", "widows": "2"})
    body = replace(BODY, kinds={"footnote": together})
    own = (
        *(Paragraph("body", (Run("天地玄黄", Place("a.md", 1)),)) for _ in range(2)),
        Paragraph("footnote", (Run("天地玄黄宇宙洪荒日月盈昃", Place("a.md", 2)),)),
    )
    slots = [Slot(n, n * 100.0, row * 10.0, 80.0) for n in range(2) for row in range(4)]
    text = Text(Flow.parse("a.lede"), own)
    found = set_chain(TextChain(Chain((text.flow,)), (text,), body), slots, Setter(FONTS), 80.0)
    assert [line.slot for line in found.lines] == [0, 1, 5, 6]
    assert [box.slot for box in found.boxes] == [4]
    assert found.empty == (2, 3)


def test_notes_alone_in_their_frame_have_no_rule() -> None:
    found = galley(0, 10)
    assert [line.slot for line in found.lines] == [0, 1]
    assert found.boxes == ()


@pytest.mark.parametrize(("size", "mark"), [(12, 7.2), (10, 6.0), (7.5, 6.0), (5, 5.0)])
def test_marks_are_no_smaller_than_newsprint_prints(size: float, mark: float) -> None:
    type_ = FrameType({"plain": RoleType(("song-400",), size, BLACK)}, 15.0, 0.0, "start", False, {})
    runs = tuple(Run(words, Place("a.md", 1), level=level) for words, level in RAISED)
    plain, raised, lowered = spans_of(Paragraph("body", runs), type_)
    assert (plain.scale, plain.rise) == (1, 0)
    assert [each.scale * size for each in (raised, lowered)] == pytest.approx([mark, mark])
    assert lowered.rise < 0 < raised.rise  # as far off the baseline as ever: 3.05 with a mark is not 3.052
