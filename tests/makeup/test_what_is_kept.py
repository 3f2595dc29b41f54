"""What a worker keeps of the pages that it has made up: nothing of their search, and the same pages in no more memory
however often they are made.

Memory goes on growing while new pages bring what bounded memos do not know yet: paragraphs, samples, glyphs, colours.
Pages that were all made before bring nothing new, so that what is kept of them is what is never let go.
"""

from __future__ import annotations

import gc
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

import soak
from drawn_issues import write_drawn
from in_place import build
from layout.pipeline import Options

FIRST = 5000
ROUNDS = 4
OF_ONE_PAGE = ("arrangement_search", "candidates", "cheapest_parts", "choosing", "height_tables", "headlines", "mends",
               "option_heights", "sample_sheet", "story_copy")  # fmt: skip
"""Rooms of what is thought of one page; samples of shapes are kept for the next, and bounded in ``sample_cache``."""
BLOCKS = 500
"""Blocks of Python's memory that a page may leave in a round, of 64 bytes in the middle: what the interpreter and its
libraries note by the way (measured: 41, where the search of one page makes half a million)."""


def kept() -> Counter[str]:
    """What is alive of those rooms, by class."""
    gc.collect()
    rooms = {f"layout.makeup.{name}" for name in OF_ONE_PAGE}
    return Counter(type(each).__name__ for each in gc.get_objects() if type(each).__module__ in rooms)


@pytest.mark.soak
def test_the_same_pages_take_no_more_memory_however_often_they_are_made(tmp_path: Path) -> None:
    before, blocks, seeds = kept(), [], range(FIRST, FIRST + soak.amount(sample=1, full=10))
    for _ in range(ROUNDS):
        for seed in seeds:
            folder = tmp_path / str(seed)
            issue = write_drawn(folder / "issue", seed, "tabloid").folder
            build(issue, Options(out=folder / "out", png=False))
            shutil.rmtree(folder)
            assert kept() == before
        blocks.append(sys.getallocatedblocks())
    print(", ".join(f"round {number}: {each} blocks" for number, each in enumerate(blocks, 1)))
    assert max(blocks[2:]) - blocks[1] <= BLOCKS * len(seeds) * (ROUNDS - 2)
