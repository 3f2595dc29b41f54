"""The shared CLREQ / GB/T 15834 / WPT conformance vectors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from composer.texts import bad_edges
from layout.composer import Span, compose
from layout.composer.cases import run_cases, setting_of
from layout.composer.fixed_metrics import FixedMetrics

VECTORS = json.loads((Path(__file__).parent / "clreq_vectors.json").read_text(encoding="utf-8"))["vectors"]
LINES = [case for case in VECTORS if case["type"] in ("lines", "para")]
WIDTHS = [case for case in VECTORS if case["type"] == "width"]
FORBID = [case for case in VECTORS if case["type"] == "forbid"]


def _id(case: dict[str, Any]) -> str:
    return str(case["id"])


@pytest.mark.parametrize("case", LINES, ids=_id)
def test_lines(case: dict[str, Any]) -> None:
    [result] = run_cases([case])
    assert result["lines"] == case["expect"]["lines"]
    for number, expected in case["expect"].get("adjust", {}).items():
        got = result["adjust"].get(number, {})
        for kind, amount in expected.items():
            if amount is None:
                assert kind not in got
            else:
                assert got[kind] == pytest.approx(amount, abs=1e-3)


@pytest.mark.parametrize("case", WIDTHS, ids=_id)
def test_widths(case: dict[str, Any]) -> None:
    [result] = run_cases([case])
    assert result["width_em"] == pytest.approx(case["expect"]["width_em"], abs=1e-6)


@pytest.mark.parametrize("case", FORBID, ids=_id)
def test_forbidden(case: dict[str, Any]) -> None:
    [result] = run_cases([case])
    expect = case["expect"]
    assert not any(line.startswith(expect["not_line_start"]) for line in result["lines"])
    for line, start in zip(result["lines"], expect["lines_start"], strict=False):
        assert line.startswith(start)


def test_runs_without_expectations() -> None:
    bare = [{k: v for k, v in case.items() if k != "expect"} for case in VECTORS]
    assert [r["lines"] for r in run_cases(bare)] == [r["lines"] for r in run_cases(VECTORS)]


@pytest.mark.parametrize("fit", ["first", "total"])
@pytest.mark.parametrize("case", [*LINES, *FORBID], ids=_id)
def test_no_fit_breaks_a_rule(case: dict[str, Any], fit: str) -> None:
    setting = replace(setting_of(case), fit=fit)  # type: ignore[arg-type]
    text, measure = case["text"], float(case["measure_em"])
    composed = compose([Span(text, ())], setting, measure, FixedMetrics())
    assert bad_edges(text, composed, setting) == []
    assert all(line.last or line.width == pytest.approx(measure) for line in composed.lines)
