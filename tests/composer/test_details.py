"""Single rules that the shared vectors leave out."""

from __future__ import annotations

import pytest

from layout.composer import Composition, Ruby, Setting, Span, compose
from layout.composer.cases import describe, run_cases, setting_of
from layout.composer.fixed import FixedMetrics
from layout.errors import UsageError


def lines(text: str, measure: float, **options: object) -> list[str]:
    case = {"id": "x", "type": "lines", "text": text, "measure_em": measure, "options": options}
    return list(run_cases([case])[0]["lines"])


def width(text: str, **options: object) -> float:
    return float(run_cases([{"id": "x", "type": "width", "text": text, "options": options}])[0]["width_em"])


def set_(text: str, measure: float, setting: Setting) -> Composition:
    return compose([Span(text, ())], setting, measure, FixedMetrics())


def test_nothing_gives_nothing() -> None:
    assert compose([], Setting(), 13, FixedMetrics()) == Composition(())


def test_number_and_unit_stay_together_by_preference() -> None:
    text = "天地玄黄宇宙332个荒日月盈昃辰宿"
    assert lines(text, 8)[0] == "天地玄黄宇宙332"
    assert lines("天地玄黄宇宙洪荒日332个荒日", 11, keep_number_unit=True)[0] == "天地玄黄宇宙洪荒日"


def test_a_unit_is_torn_rather_than_a_line_pulled_apart() -> None:
    assert lines("天地玄黄1.5万平方米宇宙洪荒日月", 6.5, keep_number_unit=True)[0] == "天地玄黄1.5"


def test_address_breaks_at_its_joints() -> None:
    found = lines("见https://www.example.gov.cn/news/2026/two-sessions?id=332网站", 10)
    assert "".join(found) == "见https://www.example.gov.cn/news/2026/two-sessions?id=332网站"
    assert all(line[-1] in "/.?&=-" for line in found[:-1])


def test_words_are_divided_on_request() -> None:
    setting = Setting(hyphenate=True, keep_number_unit=False)
    composed = set_("天地玄黄internationalization宇宙洪荒", 8, setting)
    first = composed.lines[0]
    assert first.placed[-1].inserted
    assert first.placed[-1].cluster.text == "-"
    assert first.width == pytest.approx(8)
    assert "".join(line.text for line in composed.lines) == "天地玄黄internationalization宇宙洪荒"
    assert set_("天地玄黄internationalization宇宙洪荒", 8, Setting()).lines[0].text == "天地玄黄"


def test_pause_mark_hangs_on_request() -> None:
    composed = set_("天地玄黄宇宙洪荒，日月", 8, Setting(hang=True))
    assert composed.lines[0].text == "天地玄黄宇宙洪荒，"
    assert composed.lines[0].width == pytest.approx(8)
    assert composed.lines[0].placed[-1].x == pytest.approx(8)
    assert set_("天地玄黄宇宙洪荒”，日月", 8, Setting(hang=True)).lines[0].text == "天地玄黄宇宙洪"


def test_hug_keeps_quotes_at_their_words() -> None:
    loose = set_("天地“玄黄”宇宙洪荒", 8.5, Setting(hug=True)).lines[0]
    assert loose.text == "天地“玄黄”宇宙"
    [adjustment] = [one for one in loose.adjustments if one.kind == "inter_char+"]
    assert len(adjustment.each) == 5
    gaps = {one.cluster.text: one.advance for one in loose.placed}
    assert gaps["“"] == pytest.approx(1.0)


def test_three_exclamations_take_two_em() -> None:
    assert width("！！！") == pytest.approx(2.0)
    assert width("？！”") == pytest.approx(2.0)


def test_middle_dot_between_titles() -> None:
    assert width("·") == pytest.approx(0.5)
    assert width("・（") == pytest.approx(1.5)


def test_tracking_between_all_but_the_last() -> None:
    composed = set_("天地玄黄", 20, Setting(tracking=0.1, align="start"))
    assert composed.lines[0].width == pytest.approx(4.3)


@pytest.mark.parametrize(("align", "x"), [("start", 0.0), ("center", 3.0), ("end", 6.0)])
def test_ragged_lines_are_not_stretched(align: str, x: float) -> None:
    composed = set_("天地玄黄", 10, Setting(align=align))  # type: ignore[arg-type]
    assert composed.lines[0].placed[0].x == pytest.approx(x)


def test_mixed_sizes_share_a_line() -> None:
    spans = [Span("天地", ("a",)), Span("玄", ("b",), 1.5, "strong"), Span("黄宇", ("a",))]
    line = compose(spans, Setting(), 6, FixedMetrics()).lines[0]
    assert [round(one.x, 3) for one in line.placed] == [0, 1, 2, 3.5, 4.5]
    assert line.placed[2].role == "strong"


def test_newline_ends_a_line_unjustified() -> None:
    composed = set_("天地玄黄\n宇宙洪荒", 6, Setting())
    assert [line.width for line in composed.lines] == pytest.approx([4, 4])
    assert all(line.last for line in composed.lines)


def test_a_word_wider_than_the_column_is_remarked() -> None:
    composed = set_("天international地", 4, Setting())
    assert [remark.what for remark in composed.remarks if remark.line == 1] == ["overlong"]


def test_protected_phrase_is_not_broken_unless_no_line_holds_it() -> None:
    text = "天地玄黄宇宙习近平新时代"
    assert set_(text, 8, Setting(protected=("习近平",), gap_error=1)).lines[0].text == "天地玄黄宇宙"
    assert set_(text, 8, Setting(protected=(text,))).lines[0].text == "天地玄黄宇宙习近"


def test_straight_quotes_open_and_close_by_turns() -> None:
    assert lines('天地玄黄宇宙洪"荒"日月', 7.5)[0] == "天地玄黄宇宙洪"
    assert lines('天地玄黄宇"宙洪"荒日月', 7.5)[0] == '天地玄黄宇"宙'


def test_emoji_and_marks_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469"
    for text in (f"天地玄{family}黄", "天地玄e\u0301黄", "天地玄\u8fbb\U000e0100黄", "天地玄\U0001f1e8\U0001f1f3黄"):
        for line in set_(text, 3, Setting(last_line_min_han=0)).lines[1:]:
            assert line.text[0] not in "\u200d\u0301\U000e0100\U0001f469\U0001f1f3"


def test_vertical_line() -> None:
    composed = set_("2026年屯留12个GDP增5%，", 20, Setting(vertical=True))
    placed = {(one.cluster.text, one.offset): one for one in composed.lines[0].placed}
    assert placed["2", 0].rotated
    assert placed["1", 7].combined
    assert placed["1", 7].x == placed["2", 8].x
    assert placed["1", 7].across == pytest.approx(-0.5)
    assert placed["2", 8].across == pytest.approx(0)
    assert not placed["G", 10].rotated
    assert placed["年", 4].across == pytest.approx(-0.5)
    assert set_("天——地……", 20, Setting(vertical=True)).lines[0].placed[1].rotated
    assert set_("天：地", 20, Setting(vertical=True, line_end="gb-half")).lines[0].width == pytest.approx(3)


def test_describes_a_line() -> None:
    told = describe("天地玄黄宇宙洪荒，盈昃辰", 8)
    assert told["lines"][0]["text"] == "天地玄黄宇宙洪"
    assert told["lines"][0]["adjust"] == {"inter_char+": 0.1667, "inter_char_gaps": 6}
    assert "CLREQ" in told["lines"][0]["rules"]["inter_char+"]
    assert [remark["what"] for remark in told["remarks"]] == ["loose"]


@pytest.mark.parametrize(
    ("style", "inside", "at_end"),
    [("line-end-half", 3.5, 2.5), ("全角", 3.5, 3.0), ("开明", 3.0, 2.5), ("半角", 3.0, 2.5)],
)
def test_styles_of_marks(style: str, inside: float, at_end: float) -> None:
    """天，“玄 inside a line; 天地， at its end. The two marks of the first are adjacent: one and a half em, or one."""
    assert width("，“", punctuation=style) + 2 == pytest.approx(inside)
    composed = set_("天地，", 20, setting_of({"options": {"punctuation": style}}))
    assert composed.lines[0].width == pytest.approx(at_end)


def test_full_stops_keep_their_em_in_the_kaiming_style_only() -> None:
    assert width("。", punctuation="开明") == pytest.approx(1.0)
    assert width("、", punctuation="开明") == pytest.approx(0.5)
    assert width("。", punctuation="半角") == pytest.approx(0.5)
    assert width("《天》", punctuation="半角") == pytest.approx(2.0)


def test_an_option_that_cannot_be_is_named() -> None:
    with pytest.raises(UsageError, match="kinsoku"):
        lines("天地", 8, kinsoku="very")


@pytest.mark.parametrize("text", ["天地…………玄黄", "天地玄黄宇宙洪荒日月…………玄黄", "天地“…………”玄黄", "…………玄黄"])
def test_two_ellipses_stand_alone(text: str) -> None:
    found = lines(text, 8)
    assert [line for line in found if "…" in line] == ["“…………”" if "“" in text else "…………"]
    assert "".join(found) == text


def test_three_ellipses_are_copy() -> None:
    assert len(lines("天地………………玄黄", 20)) == 1


@pytest.mark.parametrize(
    ("number", "indent"), [("一、", 2.0), ("（一）", 2.5), ("1.", 1.0), ("（1）", 2.0), ("①", 1.0), ("十二、", 3.0)]
)
def test_turn_over_lines_of_items_hang(number: str, indent: float) -> None:
    text = f"{number}天地玄黄宇宙洪荒日月盈昃辰宿列张"
    composed = set_(text, 10, Setting(items="hanging", line_start="trim"))
    assert composed.lines[0].placed[0].x <= 0
    for line in composed.lines[1:]:
        assert line.placed[0].x == pytest.approx(indent)
        assert line.last or line.width == pytest.approx(10)
    assert set_(text, 10, Setting()).lines[1].placed[0].x == 0
    assert set_(text, 4, Setting(items="hanging")).lines[1].placed[0].x == 0  # too narrow for it


def test_short_titles_stay_whole_where_that_costs_little() -> None:
    text = "天地玄，黄宇宙洪荒日《史记》，月盈昃辰宿列张寒来暑往"
    torn = set_(text, 12, Setting(fit="first", keep_titles=0)).lines[0].text
    assert torn == "天地玄，黄宇宙洪荒日《史"
    assert set_(text, 12, Setting(fit="first")).lines[0].text == "天地玄，黄宇宙洪荒日"
    assert set_(text, 12, Setting(fit="total", keep_limit=0.0)).lines[0].text in torn + "记》，"


def ruby(text: str, reading: str, **more: object) -> Span:
    return Span(text, (), ruby=Ruby(reading, ()), **more)  # type: ignore[arg-type]


def test_ruby_is_centred_and_read_after_its_base() -> None:
    composed = compose([Span("天", ()), ruby("地", "dì"), Span("玄", ())], Setting(), 10, FixedMetrics())
    placed = composed.lines[0].placed
    assert [one.cluster.text for one in placed] == ["天", "地", "d", "ì", "玄"]
    assert [one.annotation for one in placed] == [False, False, True, True, False]
    assert [one.x for one in placed] == pytest.approx([0, 1, 1.25, 1.5, 2])
    assert composed.lines[0].text == "天地玄"
    assert all(one.rise == pytest.approx(1.0) and one.advance == 0 for one in placed if one.annotation)


def test_a_base_is_spaced_out_under_long_ruby_and_never_broken() -> None:
    spans = [Span("天地玄黄宇", ()), ruby("中国", "zhōngguórén"), Span("洪荒", ())]
    composed = compose(spans, Setting(last_line_min_han=0), 6, FixedMetrics())
    assert [line.text for line in composed.lines] == ["天地玄黄宇", "中国洪荒"]
    base = [one for one in composed.lines[1].placed if one.cluster.text in "中国"]
    notes = [one for one in composed.lines[1].placed if one.annotation]
    width = 11 * 0.5 * 0.5
    assert notes[0].x == pytest.approx(0.0625)
    assert (base[0].x + base[1].x + 1) / 2 == pytest.approx(0.0625 + width / 2)


def test_marks_under_words() -> None:
    spans = [
        Span("天地", (), under=("name",)),
        Span("玄黄", (), under=("name",)),
        Span("宇，宙", (), under=("line", "dot")),
    ]
    [line] = compose(spans, Setting(), 20, FixedMetrics()).lines
    one, two, under, dots = line.decorations
    assert (one.kind, two.kind, under.kind, dots.kind) == ("name", "name", "line", "dot")
    assert two.start - one.end == pytest.approx(0.14)
    assert (under.start, under.end) == pytest.approx((4, 7))
    assert dots.centres == pytest.approx((4.5, 6.5))  # none under the comma
    assert dots.outer


def test_a_mark_goes_on_over_the_line_s_end() -> None:
    composed = compose([Span("天地玄黄宇宙", (), under=("line",))], Setting(), 4, FixedMetrics())
    assert [(one.start, one.end) for line in composed.lines for one in line.decorations] == [(0, 4), (0, 2)]


def test_raised_figures_stay_with_their_base() -> None:
    spans = [Span("天地玄黄宇宙洪km", ()), Span("2", (), 0.6, rise=0.34), Span("荒日", ())]
    composed = compose(spans, Setting(), 8, FixedMetrics())
    assert composed.lines[0].text == "天地玄黄宇宙洪"
    raised = next(one for line in composed.lines for one in line.placed if one.cluster.text == "2")
    assert (raised.rise, raised.scale) == (0.34, 0.6)
    assert (
        compose([Span("注", ()), Span("①", (), 0.6, rise=0.34)], Setting(), 1.2, FixedMetrics()).lines[0].text == "注①"
    )
