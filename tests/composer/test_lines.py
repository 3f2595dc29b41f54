"""Every line, whether it bears a remark or not, is set as it was predicted, and by the published limits.

The first half holds the setting of lines to their evaluation. The second half knows neither: it reads off the glyphs
what a line's marks and spaces could still give, so that a limit that is wrong in both is caught as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from composer.texts import PIECES, settings_of
from composer.texts import copy as short_copy
from layout.composer import Line, Placed, Remark, Ruby, Setting, Span, compose
from layout.composer.allowances import FITS
from layout.composer.breaks import NEVER
from layout.composer.classes import CharClass, kind_of
from layout.composer.evaluate import IMPOSSIBLE, Strip
from layout.composer.fixed_metrics import FixedMetrics
from layout.composer.justify import set_line
from layout.composer.model import HAN_LATIN_EASE
from layout.composer.paragraph import _turn_over, available_room, prepare

METRICS = FixedMetrics()
EXACT = 1e-9
copy = short_copy | st.lists(st.sampled_from(PIECES), min_size=20, max_size=50).map("".join)
"""Half of it long enough for several lines with marks of every class."""
measures = st.sampled_from([3.0, 5.0, 7.3, 8.0, 9.9996, 10.37, 11.0, 13.0004, 14.5, 17.123])
"""Some of them no multiple of a size, some of them off it by less than a line may differ from its measure."""
styles = st.builds(
    replace,
    settings_of,
    align=st.sampled_from(["justify", "justify", "justify", "start", "center", "end"]),
    overstretch=st.sampled_from([False, False, True]),
    vertical=st.booleans(),
)
pieces = st.builds(
    Span,
    text=copy,
    faces=st.just(()),
    scale=st.sampled_from([1.0, 1.0, 0.6, 1.5]),
    ruby=st.sampled_from([None, None, None, Ruby("ā", ()), Ruby("zhuāng", ())]),
) | st.builds(
    Span, text=st.sampled_from(["今属长治市，古称余吾", "见《史记》"]), faces=st.just(()), split=st.just(True)
)
paragraphs = copy.map(lambda text: [Span(text, ())]) | st.lists(pieces, min_size=1, max_size=4)


@soak.examples(sample=100, full=300)
@given(paragraphs, styles, measures)
def test_every_line_is_set_as_predicted(spans: list[Span], setting: Setting, measure: float) -> None:
    composed = compose(spans, setting, measure, METRICS)
    strip = prepare(spans, setting, measure, METRICS)
    available = available_room(setting, measure, 0, _turn_over(strip, measure))
    remarks = {one.line: one for one in composed.remarks if one.what in ("overlong", "very_loose", "loose")}
    for number, line in enumerate(composed.lines):
        i, j, room = strip.chain.at(line.start), strip.chain.at(line.end), available(number)
        expected = predicted(strip, i, j, room, justified=setting.align == "justify" and not line.last)
        beyond = sum(one.advance for one in line.placed) - room
        assert beyond == pytest.approx(expected.beyond, abs=EXACT)
        assert setting.align in ("center", "end") or line.width == pytest.approx(line.measure + beyond, abs=EXACT)
        assert line.loosest_gap == pytest.approx(expected.gap, abs=EXACT)
        assert line.wanted_gap == pytest.approx(expected.wanted, abs=EXACT)
        assert remarked(remarks.get(number), line, beyond) == expected.remark


@soak.examples(sample=50, full=150)
@given(paragraphs, styles, st.floats(-1.5, 3.0))
def test_any_two_breaks_make_a_line_as_predicted(spans: list[Span], setting: Setting, less: float) -> None:
    """The lines that the composer does not choose as well: a limit forgotten in the prediction makes it avoid them."""
    strip = prepare(spans, setting, 13.0, METRICS)
    breaks = [0, *(k for k, grade in enumerate(strip.breaks.grade) if k and grade < NEVER)]
    for i, j in [*zip(breaks, breaks[9:], strict=False)][:12]:
        room = strip.natural(i, j) - less
        line = set_line(strip, i, j, room, indent=0.0, metrics=METRICS, last=False)
        expected = predicted(strip, i, j, room, justified=setting.align == "justify")
        assert sum(one.advance for one in line.placed) - room == pytest.approx(expected.beyond, abs=EXACT)
        assert (line.loosest_gap, line.wanted_gap) == pytest.approx((expected.gap, expected.wanted), abs=EXACT)


@dataclass(frozen=True)
class Prediction:
    """What the evaluation of a line says of its setting: how far it ends beyond its room, its gaps, its remark."""

    beyond: float
    gap: float = 0.0
    wanted: float = 0.0
    remark: str = ""


def predicted(strip: Strip, i: int, j: int, room: float, *, justified: bool) -> Prediction:
    strain = strip.strain(i, j, room)
    if strip.tail[j] <= strip.head[i]:
        return Prediction(-room)
    beyond = strip.natural(i, j) - room
    beyond -= strip.hung(-beyond, j)
    if strain == IMPOSSIBLE:
        left, right = strip.gives
        beyond -= right[j] - left[i]
        assert beyond > FITS
        return Prediction(beyond, remark="overlong") if beyond > 2 * FITS else Prediction(0.0)
    if strain > 0 and justified:
        places = next((count for left, right, _ in strip.openings if (count := right[j] - left[i])), 0)
        return opened(strain, places, strip.setting)
    spread = (strain < 0 or justified) and strip.tail[j] - strip.head[i] > 1
    return Prediction(0.0 if spread else beyond)


def opened(strain: float, places: float, setting: Setting) -> Prediction:
    if not places:
        return Prediction(-strain, wanted=strain, remark="very_loose")
    very, loose = (strain > limit + FITS for limit in (setting.gap_error, setting.gap_warn))
    if very and not setting.overstretch:
        return Prediction(places * (setting.gap_error - strain), setting.gap_error, strain, "very_loose")
    return Prediction(0.0, strain, remark="very_loose" if very else "loose" if loose else "")


def remarked(remark: Remark | None, line: Line, beyond: float) -> str:
    """What is remarked on a line, once its amounts are those of the line."""
    if remark is None:
        return ""
    if remark.what == "overlong":
        assert remark.amount == pytest.approx(beyond, abs=EXACT)
    elif remark.missing:
        assert remark.missing == pytest.approx(-beyond, abs=EXACT)
        assert remark.amount == line.wanted_gap
    else:
        assert remark.amount == line.loosest_gap
    return remark.what


# What follows knows only the published rules and where the glyphs stand.

ORDER = ["line_end", "word_space", "interpunct", "bracket", "comma", "han_latin", "stop"]
"""CLREQ procedures_for_inter-character_spacing_reduction."""
ENDING = (CharClass.CLOSE, CharClass.COMMA, CharClass.STOP)
CLASSES = {CharClass.INTERPUNCT: "interpunct", CharClass.OPEN: "bracket", CharClass.CLOSE: "bracket"} | {
    CharClass.COMMA: "comma",
    CharClass.STOP: "stop",
    CharClass.SPACE: "word_space",
}
plain_copy = copy.map(lambda text: text.replace("’", "”").replace("‘", "“")).filter(str.strip)
"""Without the mark that is an apostrophe inside a word."""
plain_styles = st.builds(replace, settings_of, **{name: st.just(0.0) for name in ("tracking", "indent")},
                         items=st.just("plain"), hang=st.just(False))  # fmt: skip


def class_of(one: Placed) -> CharClass:
    return CharClass.LATIN if one.cluster.text == "-" else kind_of(one.cluster.text[0])  # it may be a number's sign


def left_to_give(line: Line, setting: Setting) -> Iterator[tuple[str, float]]:
    """What each mark, word space and Han–Latin gap of *line* can still be squeezed by, with its class."""
    inked = [one for one in line.placed if not one.inserted]
    while inked and not inked[-1].cluster.text.strip():
        inked.pop()
    while inked and not inked[0].cluster.text.strip():
        inked.pop(0)
    for one, following in pairwise([*inked, None]):
        kind = class_of(one)
        if kind is CharClass.STOP and not setting.squeeze_stop:
            kind = CharClass.COMMA if following is None and setting.line_end == "allow-end" else CharClass.HAN
        if kind in ENDING and following is None:
            if setting.line_end == "allow-end" and setting.punctuation != "full":
                yield "line_end", one.advance - 0.5
        elif kind is CharClass.SPACE:
            yield "word_space", max(0.0, one.advance - 0.25) if one.advance else 0.0
        elif kind in CLASSES:
            yield CLASSES[kind], one.advance - 0.5
        elif following is not None and setting.han_latin and {kind, class_of(following)} == JOINT:
            gap = one.advance - one.cluster.advance
            yield "han_latin", gap - setting.han_latin_min if gap > EXACT else 0.0  # none beside a lone sign


JOINT = {CharClass.HAN, CharClass.LATIN}


def alone(text: str, setting: Setting, room: float) -> Line:
    """The whole of *text* as one line in *room* em, whether it may be broken or not."""
    strip = prepare([Span(text, ())], setting, room, METRICS)
    return set_line(strip, 0, len(strip.chain.units), room, indent=0.0, metrics=METRICS, last=False)


def strained(text: str, setting: Setting, room: float) -> float:
    strip = prepare([Span(text, ())], setting, room, METRICS)
    return strip.strain(0, len(strip.chain.units), room)


@soak.examples(sample=50, full=150)
@given(plain_copy, plain_styles)
def test_a_line_is_squeezed_by_what_its_marks_can_give_and_no_more(text: str, setting: Setting) -> None:
    setting = replace(setting, align="start")
    natural = alone(text, setting, 1e4)
    capacity = sum(amount for _, amount in left_to_give(natural, setting))
    room = natural.width - capacity
    squeezed = alone(text, setting, room)
    assert squeezed.width == pytest.approx(room, abs=EXACT)
    assert strained(text, setting, room) == pytest.approx(-1.0 if capacity > FITS else 0.0)
    assert strained(text, setting, room - 0.01) == IMPOSSIBLE
    assert alone(text, setting, room - 0.01).width == pytest.approx(room, abs=EXACT)


@soak.examples(sample=50, full=150)
@given(plain_copy, plain_styles, measures)
def test_a_line_that_sticks_out_has_given_all_it_can(text: str, setting: Setting, measure: float) -> None:
    composed = compose([Span(text, ())], setting, measure, METRICS)
    for remark in composed.remarks:
        if remark.what == "overlong":
            assert not [one for one in left_to_give(composed.lines[remark.line], setting) if one[1] > EXACT]


@soak.examples(sample=50, full=150)
@given(plain_copy, plain_styles, st.lists(st.floats(0.0, 1.0), min_size=1, max_size=4))
def test_a_class_gives_only_when_those_before_it_have_given_all(
    text: str, setting: Setting, parts: list[float]
) -> None:
    natural = alone(text, replace(setting, align="start"), 1e4)
    capacity = sum(amount for _, amount in left_to_give(natural, setting))
    for part in parts:
        line = alone(text, setting, natural.width - part * capacity)
        given_by = {one.kind for one in line.adjustments} & {*ORDER}
        given_by -= {"line_end"} if setting.line_end != "allow-end" else set()
        last = max((ORDER.index(kind) for kind in given_by), default=0)
        for kind, amount in left_to_give(line, setting):
            assert ORDER.index(kind) >= last or amount < 2 * FITS
        for one in line.adjustments:
            if one.kind in given_by:  # inside a class all give alike, but who has no more
                assert [each for each in one.each if each < max(one.each) - EXACT] == pytest.approx(
                    [0.5 for each in one.each if each < max(one.each) - EXACT]
                )


@soak.examples(sample=50, full=150)
@given(plain_copy, plain_styles, measures)
def test_characters_part_only_when_spaces_have_taken_all(text: str, setting: Setting, measure: float) -> None:
    """Then each gap between two Han takes the same, each Han–Latin gap as much up to an eighth of an em; and an opened
    line is flush."""
    composed = compose([Span(text, ())], setting, measure, METRICS)
    short = {one.line for one in composed.remarks if one.what == "very_loose"}
    for number, line in enumerate(composed.lines):
        opened = [one.each for one in line.adjustments if one.kind == "inter_char+"]
        if not opened or any(one.kind == "word_space+" and max(one.each) > 0.25 for one in line.adjustments):
            continue
        assert number in short or line.width == pytest.approx(measure, abs=EXACT)
        for before, one, following in zip([None, *line.placed], line.placed, line.placed[1:], strict=False):
            kind, after = class_of(one), class_of(following)
            typed = before is not None and {class_of(before), after} == JOINT  # a space that stands for such a gap
            if kind is after is CharClass.HAN:
                assert one.advance - 1 == pytest.approx(line.loosest_gap, abs=FITS)
            latin = (one if kind is CharClass.LATIN else following).cluster.text
            if (
                setting.han_latin
                and {kind, after} == JOINT
                and latin.isalnum()
                and one.advance > one.cluster.advance + EXACT
            ):
                opened = one.advance - one.cluster.advance - setting.han_latin
                assert opened == pytest.approx(min(line.loosest_gap, HAN_LATIN_EASE), abs=2 * FITS)
            if kind is CharClass.SPACE and one.advance and following.advance and not typed:
                assert one.advance >= 0.5 - FITS


@pytest.mark.parametrize("measure", [12.9996, 13.0004, 13.0])
@pytest.mark.parametrize("text", ["天" * 13, "天地，玄黄。宇宙洪荒、日月"])
def test_what_rounding_leaves_is_spread_and_the_line_is_flush(text: str, measure: float) -> None:
    line = alone(text, Setting(), measure)
    assert not [one for one in line.adjustments if one.kind.endswith("+")]
    last = line.placed[-1]
    assert last.x + last.cluster.advance == pytest.approx(measure, abs=EXACT)
    shares = {round(one.advance - round(one.advance, 1), 9) for one in line.placed[:-1]}
    assert shares == {round((measure - 13) / (len(text) - 1), 9)}


@pytest.mark.parametrize(
    ("text", "width", "within"), [("well known", 9 * 0.5 + 0.5, 0.0), ("天AI地", 3 + 2 * 0.3, 0.05)]
)
def test_a_line_opened_past_a_published_limit_is_loose_however_little_it_is(
    text: str, width: float, within: float
) -> None:
    """It has no ordinary gap: a word space goes past half an em, a Han–Latin gap past ``han_latin_max``."""
    setting = Setting(han_latin_max=0.3)
    for more, gap in ((0.0, within), (0.02, setting.gap_warn + 2 * FITS)):
        line = alone(text, setting, width + more)
        assert line.width == pytest.approx(width + more, abs=EXACT)
        assert line.loosest_gap == pytest.approx(gap, abs=EXACT)


def test_a_line_that_sticks_out_on_its_left_is_remarked_on() -> None:
    for align, left in (("start", 0.0), ("center", -1.0), ("end", -2.0)):
        setting = Setting(align=align, last_line_min_han=0)  # type: ignore[arg-type]
        composed = compose([Span("天international地", ())], setting, 4.5, METRICS)
        assert [(one.line, one.what, one.amount) for one in composed.remarks] == [(1, "overlong", pytest.approx(2.0))]
        assert composed.lines[1].placed[0].x == pytest.approx(left)
