"""What holds for every text and every setting."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from composer.texts import anything, bad_edges, characters, copy, settings_of
from layout.composer import Ruby, Setting, Span, compose
from layout.composer.fixed_metrics import FixedMetrics
from layout.composer.gaps import most_han_latin
from layout.composer.model import Kinsoku, Under

METRICS = FixedMetrics()
measures = st.sampled_from([5.0, 8.0, 11.0, 13.0, 14.5, 17.0])


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_keeps_every_character_and_every_prohibition(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert characters(composed) == text
    assert "".join(line.text for line in composed.lines) == text
    assert bad_edges(text, composed, setting) == []
    for line in composed.lines:
        for one in line.placed:
            assert one.inserted or text.startswith(one.cluster.text, one.offset)


PLAIN = Setting(fit="first", last_line_min_han=0, keep_number_unit=False, keep_titles=0)


@soak.examples(sample=50, full=150)
@given(copy, measures, st.sampled_from(["basic", "gb", "strict"]))
def test_a_wider_measure_never_takes_more_lines(text: str, measure: float, level: Kinsoku) -> None:
    """Line by line, and with nothing but prohibitions to mind: preferences may spend a line."""
    setting = replace(PLAIN, kinsoku=level, line_start="full", line_end="full", adjacent="none")
    counts = [len(compose([Span(text, ())], setting, measure + more, METRICS).lines) for more in (0, 0.25, 1, 3, 20)]
    assert counts == sorted(counts, reverse=True)


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_setting_a_set_line_again_changes_nothing(text: str, setting: Setting, measure: float) -> None:
    setting = replace(setting, indent=0.0, items="plain", hyphenate="", last_line_min_han=0)
    setting = replace(setting, fit="first", keep_number_unit=False, keep_titles=0)  # half a unit is none
    composed = compose([Span(text, ())], setting, measure, METRICS)
    for line in composed.lines:
        if line.text.endswith("-"):  # alone it is no longer inside a word
            continue
        [again] = compose([Span(line.text, ())], setting, max(measure, line.width), METRICS).lines
        assert again.text == line.text


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_no_gap_leaves_its_limits_unremarked(text: str, setting: Setting, measure: float) -> None:
    """Every adjustment by class: nothing gives more than its half, a word space stays between 1/4 and 1/2 em."""
    composed = compose([Span(text, ())], setting, measure, METRICS)
    remarked = {one.line for one in composed.remarks if one.what != "runt"}
    for number, line in enumerate(composed.lines):
        for one in line.adjustments:
            if one.kind.endswith("+") or one.kind == "hang":
                beyond = setting.gap_error if one.kind == "inter_char+" else 0.5
                if one.kind == "han_latin+":
                    assert max(one.each) <= most_han_latin(setting) - setting.han_latin + 1e-3
                assert number in remarked or one.kind == "hang" or max(one.each) <= beyond + 1e-3
            else:
                assert max(one.each) <= 0.5 + 1e-3


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures, st.sampled_from([(), ("dot",), ("line", "dot"), ("name",)]))
def test_marks_and_ruby_change_no_line(text: str, setting: Setting, measure: float, under: tuple[Under, ...]) -> None:
    plain = compose([Span(text, ())], setting, measure, METRICS)
    marked = compose([Span(text, (), under=under, ruby=None)], setting, measure, METRICS)
    assert [(line.text, line.placed) for line in marked.lines] == [(line.text, line.placed) for line in plain.lines]
    for line in marked.lines:
        for one in line.decorations:
            assert -0.5 <= one.start <= one.end + 0.2
            assert one.end <= line.width + 0.51


@soak.examples(sample=50, full=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["天", "地玄", "，", "黄宇宙", "12", "（", "。"]),
            st.sampled_from(["", "", "ā", "zhuāng", "tún liú"]),
        ),
        min_size=1,
        max_size=12,
    ),
    measures,
    st.sampled_from([0.0, 0.25, 0.5, 2.0]),
    st.booleans(),
)
def test_ruby_keeps_its_base_together_and_clear_of_its_neighbour(
    parts: list[tuple[str, str]], measure: float, overhang: float, vertical: bool
) -> None:
    """Whatever the marks between two of them give, and whatever the style lets them reach over."""
    spans = [Span(text, (), ruby=Ruby(note, ()) if note and text not in "，（。" else None) for text, note in parts]
    composed = compose(spans, Setting(ruby_overhang=overhang, vertical=vertical), measure, METRICS)
    assert characters(composed) == "".join(text for text, _ in parts)
    for line in composed.lines:
        notes = [one for one in line.placed if one.annotation]
        for one, following in pairwise(notes):
            if one.offset != following.offset:
                assert following.x >= one.x + one.cluster.advance * one.scale + 0.12
        for one in notes if not any(remark.what == "overlong" for remark in composed.remarks) else ():
            assert one.x >= -1e-6
            assert one.x + one.cluster.advance * one.scale <= max(line.measure, line.width) + 1e-6


dressed = st.builds(
    Span,
    text=st.sampled_from(["天", "地玄，", "黄“宇”宙", "12", "editor", "…………", "GDP"]),
    faces=st.just(()),
    scale=st.sampled_from([1.0, 0.6, 1.5]),
    rise=st.sampled_from([0.0, 0.0, 0.34, -0.14]),
    under=st.sampled_from([(), ("dot",), ("line", "dot"), ("name",), ("wave",)]),
    ruby=st.sampled_from([None, None, Ruby("ā", ()), Ruby("zhuāng zhuāng", ())]),
)
noted = st.builds(
    Span,
    text=st.sampled_from(["今属长治市，古称余吾", "见《史记》", "注", "2026年GDP增长5%，位列第一。", "甲 乙\n丙"]),
    faces=st.just(()),
    scale=st.sampled_from([0.5, 0.6]),
    split=st.just(True),
)


@soak.examples(sample=50, full=150)
@given(st.lists(dressed | noted, max_size=12), settings_of, st.sampled_from([0.5, 3.0, 8.0, 13.0]), st.booleans())
def test_marks_of_every_kind_together(spans: list[Span], setting: Setting, measure: float, vertical: bool) -> None:
    composed = compose(spans, replace(setting, vertical=vertical), measure, METRICS)
    assert characters(composed) == "".join(span.text for span in spans)
    notes = [one.cluster.text for line in composed.lines for one in line.placed if one.annotation]
    assert "".join(notes) == "".join(span.ruby.text for span in spans if span.ruby)
    for line in composed.lines:
        assert sum(one.advance for one in line.placed) <= line.width + 1e-6


@soak.examples(sample=50, full=150)
@given(st.lists(dressed | noted, min_size=1, max_size=8), settings_of, st.sampled_from([4.0, 8.0, 13.0]), st.booleans())
def test_notes_in_two_rows_fill_their_lines(
    spans: list[Span], setting: Setting, measure: float, vertical: bool
) -> None:
    """Each justified line sums to its measure; in every part of a note the rows are read one after the other, neither
    overlaps itself, and none is longer than what the line gives the part."""
    composed = compose(spans, replace(setting, vertical=vertical), measure, METRICS)
    poor = {one.line for one in composed.remarks if one.what in ("overlong", "very_loose")}
    for number, line in enumerate(composed.lines):
        assert number in poor or line.last or line.width == pytest.approx(measure, abs=1e-3)
        rows = [one for one in line.placed if one.scale in (0.5, 0.6) and not one.annotation]
        for one, following in pairwise(rows):
            side = "across" if vertical else "rise"
            if getattr(one, side) == getattr(following, side) and following.offset == one.offset + 1:
                assert following.x >= one.x - 1.01


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_pens_never_run_backwards(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    for line in composed.lines:
        inks = [one.x for one in line.placed if one.cluster.text.strip()]
        assert all(after > before - 0.51 for before, after in pairwise(inks))


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_total_fit_is_never_looser(text: str, setting: Setting, measure: float) -> None:
    first = compose([Span(text, ())], replace(setting, fit="first"), measure, METRICS)
    total = compose([Span(text, ())], replace(setting, fit="total"), measure, METRICS)
    grave = ("overlong", "very_loose", "runt")
    faults = [sum(one.what in grave for one in composed.remarks) for composed in (first, total)]
    assert faults[1] <= faults[0]
    if faults[0] == faults[1]:
        assert sum(x.loosest_gap for x in total.lines) <= sum(x.loosest_gap for x in first.lines) + 1e-3


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_keeping_words_together_costs_no_line_that_does_not_fit(text: str, setting: Setting, measure: float) -> None:
    """Whatever is to be kept: no more lines past their measure, nor looser than the error limit; what is torn is
    said, and how far a line opened for it stays within the largest limit of the style."""
    plain = replace(setting, protected=(), keep_number_unit=False, keep_titles=0)
    kept = replace(setting, protected=("天地", "玄黄宇宙", "盈昃辰", "人民"), keep_number_unit=True, keep_titles=8)
    grave = [
        sum(one.what in ("overlong", "very_loose") for one in compose([Span(text, ())], each, measure, METRICS).remarks)
        for each in (plain, kept)
    ]
    assert grave[1] <= grave[0]
    composed = compose([Span(text, ())], kept, measure, METRICS)
    ends = {line.end for line in composed.lines[:-1]}
    names = [match.span() for match in re.finditer("玄黄宇宙|盈昃辰|天地|人民", text)]
    torn = {end for end in ends for start, after in names if start < end < after}
    message = [one for one in composed.remarks if one.what == "torn_name"]
    assert len(message) == len(torn)
    for one in message:
        assert one.torn.replace("|", "") in kept.protected


@soak.examples(sample=50, full=150)
@given(copy, measures)
def test_the_rest_of_a_paragraph_sets_alike(text: str, measure: float) -> None:
    setting = replace(PLAIN, ellipses_alone=False)
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert compose([Span(text, ())], setting, measure, METRICS) == composed
    if len(composed.lines) > 2:
        rest = compose([Span(text[composed.lines[1].start :], ())], setting, measure, METRICS)
        assert [line.text for line in rest.lines] == [line.text for line in composed.lines[1:]]


@soak.examples(sample=50, full=150)
@given(anything, settings_of, st.sampled_from([0.3, 1.0, 2.5, 13.0]), st.booleans())
def test_any_text_at_any_measure(text: str, setting: Setting, measure: float, vertical: bool) -> None:
    setting = replace(setting, vertical=vertical)
    composed = compose([Span(text, ())], setting, measure, METRICS)
    assert characters(composed) == text
    assert "".join(line.text for line in composed.lines) == text


@soak.examples(sample=50, full=150)
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


@soak.examples(sample=50, full=150)
@given(copy, settings_of, measures)
def test_no_gap_is_opened_beyond_the_error_limit(text: str, setting: Setting, measure: float) -> None:
    """What it would take is said instead: the line, the gap that would fill it, and how much it lacks."""
    composed = compose([Span(text, ())], setting, measure, METRICS)
    short = {one.line: one for one in composed.remarks if one.what == "very_loose"}
    for number, line in enumerate(composed.lines):
        assert line.loosest_gap <= setting.gap_error + 1e-3
        if number in short:
            assert short[number].missing == pytest.approx(measure - line.width)
            assert short[number].amount > setting.gap_error
        assert line.last or line.width >= measure - 1e-3 or number in short or setting.align != "justify"


words = st.lists(
    st.sampled_from(
        [*"天地玄黄宇宙，。、“”（）《》：", "2026", "12.5%", "GDP", "International", "——", "……", " ", "洪荒日月"]
    ),
    min_size=15,
    max_size=90,
).map("".join)


@soak.examples(sample=133, full=400)
@given(words, measures, st.sampled_from([0, 2]))
def test_total_fit_has_no_wider_gap_and_no_greater_squares(text: str, measure: float, least: int) -> None:
    """Unless it breaks fewer rules. The gaps are those that would fill the lines."""
    setting = Setting(keep_number_unit=False, keep_titles=0, last_line_min_han=least)
    judged = []
    for fit in ("first", "total"):
        composed = compose([Span(text, ())], replace(setting, fit=fit), measure, METRICS)  # type: ignore[arg-type]
        gaps = [max(line.loosest_gap, line.wanted_gap) for line in composed.lines]
        broken = sum(one.what in ("overlong", "runt") for one in composed.remarks)
        judged.append((broken, max(gaps), sum(gap * gap for gap in gaps)))
    first, total = judged
    assert total[0] <= first[0]
    if total[0] == first[0]:
        assert total[1] <= first[1] + 1e-3
        assert total[2] <= first[2] + 1e-3
