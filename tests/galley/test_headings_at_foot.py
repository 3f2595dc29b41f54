"""A heading takes its first lines along: also those of a paragraph too short to be parted where its column ends."""

from dataclasses import replace

import pytest

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.parting import least_part
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType
from small_page import FONTS

SONG = RoleType(("song-400",), 10.0, Ink(0, 0, 0, 1))
PLAIN = FrameType({"plain": SONG}, 15.0, 20.0, "justify", vertical=False, options={"orphans": "2", "widows": "2"})
TYPE = replace(PLAIN, kinds={"heading": replace(PLAIN, options={"rows": "3", "break": "sense"})})
FLOW = Flow("a", "section", 1)
ROWS = 12


def paragraph(kind: str, words: str) -> Paragraph:
    return Paragraph(kind, (Run(words, Place("a.md", 1, 1)),))


@pytest.mark.parametrize("turns", [False, True], ids=["column", "page"])
@pytest.mark.parametrize("short", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("before", range(1, ROWS))
def test_no_heading_ends_its_column(before: int, short: int, *, turns: bool) -> None:
    """*before* lines, a heading, a paragraph of *short* lines, in columns of twelve rows: the last of a page too."""
    line = "在一个冬天的早晨农机手已经开始检修播种机"
    first, own = (paragraph("body", line * (count - 1) + line[:9]) for count in (before, short))
    copy = (first, paragraph("heading", "小标题"), own, paragraph("body", line * 30))
    slots = tuple(
        Slot(column, 300.0 * column, 15.0 * row, 200.0) for column in range(1 if turns else 3) for row in range(ROWS)
    )
    chain = TextChain(Chain((FLOW,)), (Text(FLOW, copy),), TYPE, turns=turns)
    galley = set_chain(chain, slots, Setter(FONTS))
    frames = [galley.slots[each.slot].frame if each.slot < len(slots) else -1 for each in galley.lines]
    kinds = [copy[each.paragraph].kind for each in galley.lines]
    heading = kinds.index("heading")
    assert frames[heading + 1] == frames[heading]
    assert "".join(each.line.text for each in galley.lines) == "".join(each.text for each in copy)


@pytest.mark.parametrize(("lines", "part"), [(1, 2), (2, 2), (3, 3), (4, 2), (5, 2), (9, 2)])
def test_a_paragraph_is_parted_where_enough_stands_on_either_side(lines: int, part: int) -> None:
    assert least_part(lines, PLAIN, 2) == part
    assert least_part(lines, replace(PLAIN, options={}), 2) == 2
