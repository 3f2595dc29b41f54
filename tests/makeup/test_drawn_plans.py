"""Drawn issues planned: enough of them could be full, and of those nearly all have a plan by every rule."""

from pathlib import Path

import pytest

import soak
from drawn_issues import SHEETS
from makeup.drawn_plans import PlanVerdict, planned, shares

FEASIBLE, PLANNED = 0.60, 0.97
"""Shares of the issues drawn that could be full, and of those that have a full plan."""
FIRST = 100
"""Of the seeds: those below were looked at while shapes were made."""


@pytest.mark.soak
@pytest.mark.slow
@pytest.mark.parametrize("sheet", SHEETS)
def test_what_could_be_full_has_a_full_plan(tmp_path: Path, sheet: str) -> None:
    count = soak.amount(sample=3, full=300)
    verdicts: list[PlanVerdict] = [planned(tmp_path, FIRST + number, sheet) for number in range(count)]
    told = shares(verdicts)
    feasible = [each for each in verdicts if each.feasible]
    full = [each for each in feasible if each.is_full]
    assert len(feasible) >= FEASIBLE * len(verdicts), told
    assert len(full) >= PLANNED * len(feasible), told
