"""Real copy, set as a sub-editor would read it on a galley."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.composer import Setting, Span, compose
from layout.composer.fixed_metrics import WORD_SPACE, FixedMetrics

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "golden.yaml").read_text(encoding="utf-8"))
COPY = (HERE / "tunliu.txt").read_text(encoding="utf-8").splitlines()
HOUSE = Setting(indent=2, word_space=WORD_SPACE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden(case: dict[str, Any]) -> None:
    text = "".join(case["lines"])
    assert text in COPY, "golden cases are copy of tunliu.txt; what it has no example of goes to test_details.py"
    composed = compose([Span(text, ())], replace(HOUSE, **case["setting"]), case["measure"], FixedMetrics())
    assert [line.text for line in composed.lines] == case["lines"]


@pytest.mark.parametrize("measure", [11, 13, 14, 17])
def test_total_fit_sets_the_whole_manuscript_without_a_loose_line(measure: int) -> None:
    sums = {}
    for fit in ("first", "total"):
        composed = [compose([Span(text, ())], replace(HOUSE, fit=fit), measure, FixedMetrics()) for text in COPY]  # type: ignore[arg-type]
        sums[fit] = sum(line.loosest_gap for one in composed for line in one.lines)
    assert not [remark for one in composed for remark in one.remarks if not remark.torn]
    assert sums["total"] < 0.7 * sums["first"]
