"""Where columns of one measure may end, against what is set down the very columns."""

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from drawn_issues import paragraph
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.column_copy import ColumnCopy, ColumnHeading, column_copy
from layout.galley.galley import set_chain
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, InitialType, Ink, RoleType
from small_page import FONTS
from soak import examples

MEASURE = 123.5
LAST = 300
"""Rows of the last column: more than any copy here takes."""
SONG = RoleType(("song-400",), 9.5, Ink(0, 0, 0, 1))
PLAIN = FrameType({"plain": SONG}, 14.0, 19.0, "justify", vertical=False, options={"orphans": "2", "widows": "2"})
HEADING = replace(PLAIN, options={"rows": "2", "rows-most": "3", "break": "sense", "keep-next": "2"}, indent=0.0)
TYPE = replace(PLAIN, kinds={"heading": HEADING})
FLOW = Flow("a", "body")
SETTER = Setter(FONTS)


def copy(seed: int, count: int, *, headings: bool) -> TextChain:
    """*count* paragraphs of 1 to 12 lines, a heading before every fourth."""
    choose, paragraphs = random.Random(seed), []
    for number in range(count):
        if headings and number % 4 == 3:
            paragraphs.append(Paragraph("heading", (Run("先办难的事", Place("a.md", 1, 1)),)))
        words = paragraph(choose, choose.choice((12, 30, 50, 90, 140)))
        paragraphs.append(Paragraph("body", (Run(words, Place("a.md", 1, 1)),)))
    return TextChain(Chain((FLOW,)), (Text(FLOW, tuple(paragraphs)),), TYPE)


def down(chain: TextChain, rooms: Sequence[int]) -> Galley:
    """*chain* down columns of *rooms* rows."""
    slots = [
        Slot(column, 150.0 * column, 14.0 * row, MEASURE) for column, room in enumerate(rooms) for row in range(room)
    ]
    return set_chain(chain, slots, SETTER, MEASURE)


@examples(sample=40, full=2000)
@example(seed=1, count=6, headings=True, rooms=[9, 12])  # a heading takes a row so that the first column is filled
@given(st.integers(0, 60), st.integers(2, 14), st.booleans(), st.lists(st.integers(7, 24), min_size=1, max_size=4))
def test_columns_are_filled_where_they_are_when_they_are_set(
    seed: int, count: int, headings: bool, rooms: list[int]
) -> None:
    """The last column has room for whatever is left; every column holds a heading and what must follow it."""
    chain = copy(seed, count, headings=headings)
    used = column_copy(chain, SETTER, MEASURE).used([*rooms, LAST])
    galley = down(chain, [*rooms, LAST])
    is_filled = galley.used > sum(rooms) and not any(slot < sum(rooms) for slot in galley.empty)
    assert used == (galley.used if is_filled else None)


def test_where_a_drop_cap_stands_any_row_may_be_a_columns_last() -> None:
    capped = replace(copy(1, 6, headings=False), type=replace(TYPE, initial=InitialType(SONG, 2)))
    found = column_copy(capped, SETTER, MEASURE)
    assert found.feet is None
    assert found.used([3, LAST]) == found.lines


def test_a_column_has_as_many_lines_as_are_set_in_it_whatever_rows_its_headings_take() -> None:
    """Rows 4 to 6 are a heading of one line, which may take a row more."""
    copy = ColumnCopy(20, frozenset({0, *range(2, 5), *range(9, 21)}), (ColumnHeading(4, 7, 1),))
    assert copy.fewest([10, 10]) == 8
    assert copy.fewest([13, 7]) == 7
    assert copy.fewest([4, 9, 7]) == 4
    assert copy.fewest([14, 6]) == 6
    assert copy.fewest([3, 17]) == 3
    assert copy.fewest([5, 15]) == copy.fewest([20, 1]) == 0  # the heading has no company, nothing is left to stand
    assert replace(copy, headings=(ColumnHeading(4, 7, 1, lines=2),)).fewest([10, 10]) == 9


def test_a_heading_that_fills_its_column_adds_no_line_to_it() -> None:
    copy = ColumnCopy(20, frozenset({0, *range(2, 5), 9, *range(11, 21)}), (ColumnHeading(4, 7, 1),))
    assert copy.used([10, 12]) == 21
    assert copy.fewest([10, 12]) == 7
