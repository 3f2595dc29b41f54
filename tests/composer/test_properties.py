"""What holds for every text and every setting."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.texts import anything, bad_edges, characters, copy, settings_of
from layout.composer import Setting, Span, compose
from layout.composer.fixed import FixedMetrics

METRICS = FixedMetrics()
FEW = settings(max_examples=150, derandomize=True, deadline=None, database=None)
measures = st.sampled_from([5.0, 8.0, 11.0, 13.0, 14.5, 17.0])


@FEW
@given(copy, settings_of, measures)
def test_keeps_every_character_and_every_prohibition(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert characters(composed) == text
    assert "".join(line.text for line in composed.lines) == text
    assert bad_edges(text, composed, setting) == []
    for line in composed.lines:
        for one in line.placed:
            assert one.inserted or text.startswith(one.cluster.text, one.offset)


@FEW
@given(copy, settings_of, measures)
def test_justified_lines_fill_their_measure(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    remarked = {one.line: one for one in composed.remarks}
    for number, line in enumerate(composed.lines):
        indent = setting.indent if number == 0 else 0.0
        assert sum(one.advance for one in line.placed) + indent == pytest.approx(line.width, abs=1e-6)
        if number in remarked and remarked[number].what in ("overlong", "very_loose"):
            continue
        assert line.width <= measure + 1e-3
        assert line.loosest_gap <= setting.gap_error + 1e-3
        if not line.last:
            assert line.width == pytest.approx(measure, abs=1e-6)


@FEW
@given(copy, settings_of, measures)
def test_pens_never_run_backwards(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    for line in composed.lines:
        inks = [one.x for one in line.placed if one.cluster.text.strip()]
        assert all(after > before - 0.51 for before, after in pairwise(inks))


@FEW
@given(copy, settings_of, measures)
def test_total_fit_is_never_looser(text: str, setting: Setting, measure: float) -> None:
    first = compose([Span(text, ())], replace(setting, fit="first"), measure, METRICS)
    total = compose([Span(text, ())], replace(setting, fit="total"), measure, METRICS)
    grave = ("overlong", "very_loose", "runt")
    faults = [sum(one.what in grave for one in composed.remarks) for composed in (first, total)]
    assert faults[1] <= faults[0]
    if faults[0] == faults[1]:
        assert sum(x.loosest_gap for x in total.lines) <= sum(x.loosest_gap for x in first.lines) + 1e-3


@FEW
@given(copy, measures)
def test_the_rest_of_a_paragraph_sets_alike(text: str, measure: float) -> None:
    setting = Setting(last_line_min_han=0, keep_number_unit=False)
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert compose([Span(text, ())], setting, measure, METRICS) == composed
    if len(composed.lines) > 2:
        rest = compose([Span(text[composed.lines[1].start :], ())], setting, measure, METRICS)
        assert [line.text for line in rest.lines] == [line.text for line in composed.lines[1:]]


@FEW
@given(anything, settings_of, st.sampled_from([0.3, 1.0, 2.5, 13.0]), st.booleans())
def test_any_text_at_any_measure(text: str, setting: Setting, measure: float, vertical: bool) -> None:
    setting = replace(setting, vertical=vertical)
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert characters(composed) == text
    assert "".join(line.text for line in composed.lines) == text


@FEW
@given(st.lists(copy, min_size=1, max_size=4), measures, st.sampled_from(["first", "total"]))
def test_mixed_faces_and_uneven_columns(texts: list[str], measure: float, fit: str) -> None:
    spans = [
        Span(text, ("a", "b")[: 1 + k % 2], (1.0, 1.25)[k % 2], ("plain", "strong")[k % 2])
        for k, text in enumerate(texts)
    ]
    setting = Setting(fit=fit)  # type: ignore[arg-type]
    composed = compose(spans, setting, lambda number: measure + number % 3, METRICS, first_line=2)
    assert characters(composed) == "".join(texts)
    poor = {one.line for one in composed.remarks if one.what in ("overlong", "very_loose")}
    for number, line in enumerate(composed.lines):
        assert line.measure == measure + (number + 2) % 3
        assert number in poor or line.last or line.width == pytest.approx(line.measure, abs=1e-6)
