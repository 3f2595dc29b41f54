"""What a worker keeps of the pages that it has made up: nothing of their search, and no more memory page after page."""

from __future__ import annotations

import gc
import resource
import shutil
from collections import Counter
from pathlib import Path

import pytest

import soak
from drawn_issues import write_drawn
from in_place import build
from layout.pipeline import Options

FIRST = 5000
OF_ONE_PAGE = ("arrangement_search", "candidates", "cheapest_parts", "choosing", "height_tables", "headlines", "mends",
               "option_heights", "sample_sheet", "story_copy")  # fmt: skip
"""Rooms of what is thought of one page; samples of shapes are kept for the next, and bounded in ``sample_cache``."""
MIB = 96
"""That forty pages may need beyond ten: the page of the longest search makes the peak (measured: 310 MiB after 8 pages,
368 after 14, 380 after 29), and caches of paragraphs and samples are not full by then."""


def kept() -> Counter[str]:
    """What is alive of those rooms, by class."""
    gc.collect()
    rooms = {f"layout.makeup.{name}" for name in OF_ONE_PAGE}
    return Counter(type(each).__name__ for each in gc.get_objects() if type(each).__module__ in rooms)


def most_memory() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.soak
def test_memory_stays_as_it_is_over_many_made_up_pages(tmp_path: Path) -> None:
    peaks, before = [], kept()
    for seed in range(FIRST, FIRST + soak.amount(sample=2, full=40)):
        folder = tmp_path / str(seed)
        issue = write_drawn(folder / "issue", seed, "tabloid").folder
        build(issue, Options(out=folder / "out", png=False))
        shutil.rmtree(folder)
        assert kept() == before
        peaks.append(most_memory())
    print(", ".join(f"{number}: {peak:.0f} MiB" for number, peak in enumerate(peaks, 1)))
    assert peaks[-1] - peaks[min(9, len(peaks) - 1)] < MIB
