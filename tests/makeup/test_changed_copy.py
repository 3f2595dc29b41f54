"""So many characters more or fewer as are advised really make so many lines more or fewer."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from drawn_issues import paragraph
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.column_copy import column_copy
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.makeup.changed_copy import ColumnChanges
from layout.makeup.option_heights import FEW, Standing, stands
from layout.makeup.story_copy import StoryCopy
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType
from small_page import FONTS

MEASURE = 123.5
SONG = RoleType(("song-400",), 9.5, Ink(0, 0, 0, 1))
TYPE = FrameType({"plain": SONG}, 14.0, 19.0, "justify", vertical=False, options={"orphans": "1", "widows": "2"})
FLOW = Flow("a", "body")
SETTER = Setter(FONTS)
CHANGES = ColumnChanges(TYPE, MEASURE)


def story(words: str) -> StoryCopy:
    """A story of one paragraph."""
    text = Text(FLOW, (Paragraph("body", (Run(words, Place("a.md", 1, 1)),)),) if words else ())
    return StoryCopy("a", 1, None, frozenset(), (), Chain((FLOW,)), {FLOW: text}, SETTER)


def lines(words: str) -> int:
    own = story(words)
    return column_copy(TextChain(own.flows, tuple(own.texts.values()), TYPE), SETTER, MEASURE).lines


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("more", [-5, -1, 1, 5])
def test_copy_cut_or_written_by_so_many_characters_has_so_many_lines(seed: int, more: int) -> None:
    """Of many figures, which are narrower than characters."""
    words = paragraph(random.Random(seed), 150)
    count = CHANGES.characters(story(words), more)
    assert count * more > 0
    changed = words[:count] if more < 0 else words + paragraph(random.Random(seed + 100), count)[:count]
    assert abs(lines(changed) - lines(words) - more) <= (more > 2)  # what is written has figures of its own
    supposed = CHANGES.changed(story(words), count)
    assert supposed is not None
    assert abs(supposed.copy(TYPE, MEASURE).lines - lines(words) - more) <= (more > 2)
    assert supposed.supposed == count


def test_copy_set_closer_takes_a_line_fewer_and_stands_so() -> None:
    """As it is reckoned so it stands; of one short paragraph there is nothing to save."""
    found = 0
    for seed in range(20, 60):
        own = story(paragraph(random.Random(seed), 150))
        type_ = replace(TYPE, options={**TYPE.options, "tracking-limit": "0.02"})
        for fewer, copy in enumerate(own.closer(type_, MEASURE), 1):
            chain = own.tracked(type_, MEASURE, fewer)
            assert chain is not None
            assert copy.lines == own.copy(type_, MEASURE).lines - fewer
            slots = tuple(Slot(0, 0.0, 14.0 * row, MEASURE) for row in range(copy.lines))
            assert stands(chain, slots, SETTER) == Standing(0, 0, level=True)
            found += 1
    assert found
    assert story("先办难的事。").closer(TYPE, MEASURE) == ()


def test_of_a_story_without_copy_whole_lines_are_told() -> None:
    assert CHANGES.characters(story(""), 2) == 26
    assert CHANGES.characters(story("先办难的事。"), 0) == 0
    assert CHANGES.characters(story("先办难的事。"), -3) == -6
    assert CHANGES.changed(story(""), 26) is None
    assert CHANGES.changed(story("先办难的事。"), -6) is None


def test_copy_of_four_lines_is_a_stub_and_of_five_is_none() -> None:
    words = paragraph(random.Random(3), 150)
    counts = {lines(words[:count]): CHANGES.is_stub(story(words[:count])) for count in range(1, 90)}
    assert {count for count, stub in counts.items() if stub} == {1, 2, 3, 4}
    assert max(counts) > FEW
    assert not CHANGES.is_stub(replace(story(words), flows=Chain(())))
