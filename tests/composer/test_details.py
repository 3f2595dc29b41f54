"""Single rules that the shared vectors leave out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from layout.composer import Composition, Ruby, Setting, Span, compose, compose_heading
from layout.composer.breaks import items_of
from layout.composer.cases import describe, run_cases, setting_of
from layout.composer.fixed_metrics import FixedMetrics
from layout.composer.ruby import LIFT
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


def test_an_ordinal_stays_with_its_number() -> None:
    assert lines("天地玄黄宇宙洪第3届荒日月", 8, keep_number_unit=True)[0] == "天地玄黄宇宙洪"
    assert lines("天地玄黄宇宙洪第3届荒日月", 8)[0] == "天地玄黄宇宙洪第"
    composed = set_("天地第2026届荒日月", 3, Setting(fit="first", last_line_min_han=0))
    assert [one.torn for one in composed.remarks if one.torn] == ["第|2", "2026|届"]


def test_a_unit_is_torn_rather_than_a_line_pulled_apart() -> None:
    assert lines("天地玄黄1.5万平方米宇宙洪荒日月", 6.5, keep_number_unit=True)[0] == "天地玄黄1.5"


ADDRESSES = [
    ("见https://www.example.gov.cn/news/2026/two-sessions?id=332网站", 10),
    ("请发邮件至zhangsan2026@163.com联系。", 8),
    ("来稿请寄bjb@news.example.gov.cn，欢迎来稿。", 9),
    ("联系电话：0355-1234567、400-800-1234，手机139-0355-1234。", 8),
    ("联系电话：0355-1234567、400-800-1234，手机139-0355-1234。", 11),
    ("详情请见https://www.example.gov.cn/zwgk/2026/02/05/content_1234567.html查询。", 11),
    ("详情请见https://www.example.gov.cn/zwgk/2026/02/05/content_1234567.html查询。", 13),
]


@pytest.mark.parametrize(("text", "measure"), ADDRESSES)
def test_an_address_breaks_at_its_joints_and_else_between_letters(text: str, measure: float) -> None:
    composed = set_(text, measure, Setting(fit="total"))
    assert "".join(line.text for line in composed.lines) == text
    assert not {one.what for one in composed.remarks} & {"very_loose", "overlong"}
    for line, following in pairwise(composed.lines):
        torn = line.text[-1] + following.text[0]
        assert not torn.isdigit()
        assert line.text[-1] in "/.?&=-@_" or not torn.isascii() or torn.isalnum()


@pytest.mark.parametrize(
    ("number", "broken"), [("0355-1234567", True), ("400-800-1234", True), ("2020-2025", False), ("1-12345678", False)]
)
def test_a_telephone_number_breaks_after_a_hyphen_and_a_range_does_not(number: str, broken: bool) -> None:
    found = lines(f"天地玄黄宇宙{number}荒日月盈昃", 9)
    assert any(line.endswith("-") for line in found) == broken


def test_a_line_short_beside_an_address_is_told_as_such() -> None:
    def told(text: str) -> list[str]:
        return [one.what for one in set_(text, 8, Setting(fit="first")).remarks if one.missing]

    assert told("天地玄黄400-800-1234荒") == ["short_address"]
    assert told("天地玄黄2026.123.1234.55荒") == ["very_loose"]


@pytest.mark.parametrize("fit", ["first", "total"])
def test_what_no_line_holds_of_an_address_breaks_between_letters(fit: str) -> None:
    text = "请登录http://www.tunliushirenmin2026zhengfu.gov.cn查看"
    composed = set_(text, 6, Setting(fit=fit))  # type: ignore[arg-type]
    assert "".join(line.text for line in composed.lines) == text
    assert "overlong" not in {one.what for one in composed.remarks}
    assert any("2026" in line.text for line in composed.lines)


@pytest.mark.parametrize(
    ("text", "measure", "torn"),
    [
        ("天地玄黄宇宙0355-1234567荒日月盈昃", 9, ["0355-|1234567"]),
        (
            "发到gongnuanfuwuzhongxin@tunliu.cn即可",
            7,
            ["gongnuanf|uwuzhongxin@tunliu.cn", "gongnuanfuwuzhongxin@tu|nliu.cn"],
        ),
        ("天地玄黄宇宙0355-1234567荒日月盈昃", 20, []),
        ("详见详见www.tunliu.cn/news/2026荒日月", 11.25, []),  # at a joint
        ("天地玄黄宇宙2020-2025年荒日月盈昃", 9, []),
    ],
)
def test_an_address_torn_in_a_full_line_is_told(text: str, measure: float, torn: list[str]) -> None:
    remarks = set_(text, measure, Setting()).remarks
    assert [one.torn for one in remarks if one.what == "torn_address"] == torn


def test_words_are_divided_on_request() -> None:
    setting = Setting(hyphenate="en_US", keep_number_unit=False)
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


NAMED = "天地玄黄宇宙习近平新时代"


def test_what_no_line_holds_is_not_kept_together() -> None:
    composed = set_(NAMED, 8, Setting(protected=(NAMED,)))
    assert composed.lines[0].text == "天地玄黄宇宙习近"
    assert not composed.remarks


@pytest.mark.parametrize("fit", ["first", "total"])
@pytest.mark.parametrize(
    ("measure", "first"), [(8, "天地玄黄宇宙习近"), (11, "天地玄黄宇宙洪荒日")]
)  # to keep the name, 2 em over 5 gaps: 0.4 em each; 2 over 8: 0.25
def test_a_name_opens_a_line_so_far_and_no_further(fit: str, measure: float, first: str) -> None:
    text = NAMED if measure == 8 else "天地玄黄宇宙洪荒日习近平新时代"
    composed = set_(text, measure, Setting(fit=fit, protected=("习近平",), keep_names=0.3))  # type: ignore[arg-type]
    assert composed.lines[0].text == first
    torn = [remark.torn for remark in composed.remarks if remark.what == "torn_name"]
    assert torn == (["习近|平"] if measure == 8 else [])
    assert set_(text, measure, Setting(fit="total", protected=("习近平",), keep_names=0.0)).lines[0].text[-1] == "近"


def test_names_are_dearer_than_figures_and_figures_than_titles() -> None:
    """Four ways to end the line, each tearing something: the cheapest goes first, and the report says which."""
    for text, torn in (
        ("天地玄黄宇宙《史记》张三丰天地玄黄宇宙", "《史|记》"),
        ("天地玄黄宇宙332个张三丰天地玄黄宇宙", "332|个"),
    ):
        setting = Setting(fit="first", protected=("张三丰",), gap_error=0.01, keep_titles=6)
        composed = set_(text, 8, replace(setting, kinsoku="none"))
        assert [remark.torn for remark in composed.remarks if remark.torn][:1] == [torn]


def test_a_graded_penalty_never_makes_a_line_looser_than_its_limit() -> None:
    """The whole sample at every measure: with names and figures kept, no line of a paragraph is looser than without
    them by more than the larger of its grade's limit."""
    names = (
        "求其上",
        "屯留区",
        "瑞赛格",
        "协鑫",
        "江河新能源",
        "北京格玻光电",
        "屯绛水库",
        "两个确立",
        "两个维护",
        "五大攻坚战",
    )
    copy = [line for line in (Path(__file__).parent / "tunliu.txt").read_text("utf-8").splitlines() if line]
    counted = {"names": 0, "free": 0}
    for measure in (9, 11, 13, 17):
        for text in copy:
            kept = Setting(indent=2, protected=names, keep_names=0.25, keep_limit=0.05)
            free = set_(text, measure, replace(kept, keep_names=0.0, keep_limit=0.0))
            held = set_(text, measure, kept)
            loosest = [max(line.loosest_gap for line in one.lines) for one in (free, held)]
            assert loosest[1] <= max(loosest[0], 0.25) + 1e-6
            for name, one in (("free", free), ("names", held)):
                counted[name] += sum(remark.what == "torn_name" for remark in one.remarks)
            assert not [one for one in held.remarks if one.what == "overlong"]
    assert counted["names"] <= counted["free"] / 2


def test_a_heading_breaks_inside_a_name_only_where_nothing_else_holds_it() -> None:
    setting = Setting(align="start", protected=("王家庄水库",))
    held = compose_heading([Span("王家庄水库除险加固", ())], setting, 6, FixedMetrics(), 2)
    assert [line.text for line in held.lines] == ["王家庄水库", "除险加固"]
    torn = compose_heading([Span("修好王家庄水库坝", ())], setting, 5, FixedMetrics(), 2)
    assert [remark.what for remark in torn.remarks] == ["torn_name"]
    assert torn.remarks[0].torn.replace("|", "") == "王家庄水库"
    assert all(line.width <= 5 for line in torn.lines)
    wide = compose_heading([Span("“修好王家庄水库惠及万家”", ())], setting, 6, FixedMetrics(), 3)
    assert not wide.remarks  # a quotation that is the heading itself is broken by sense


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


@pytest.mark.parametrize(
    "word", ["o\ufb00er", "\ufb02ow", "\ufb01", "αβγ", "Привет", "Ελλάς", "\u1e3fx", "ɐʁ", "µm", "km²"]
)
def test_words_of_any_alphabet_are_turned_in_a_vertical_line(word: str) -> None:
    placed = set_(f"天{word}地", 20, Setting(vertical=True)).lines[0].placed
    assert [one.rotated for one in placed] == [False, *[True] * (len(placed) - 2), False]


def test_a_single_capital_of_any_alphabet_stands_upright() -> None:
    for capital in "AΩЯ":
        placed = set_(f"天{capital}地", 20, Setting(vertical=True)).lines[0].placed
        assert not any(one.rotated for one in placed)
        assert placed[2].x - placed[0].x >= 2


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
    assert all(one.rise == pytest.approx(LIFT) and one.advance == 0 for one in placed if one.annotation)


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


def note(text: str, scale: float = 0.5) -> Span:
    return Span(text, (), scale, split=True)


def rows_of(composed: Composition, number: int = 0) -> list[tuple[str, float, float]]:
    """The rows of the notes on a line: their text, where they begin, how high they stand."""
    found: list[list[tuple[str, float, float]]] = []
    for one in composed.lines[number].placed:
        if one.scale == 0.5:
            if not found or found[-1][-1][2] != one.rise:
                found.append([])
            found[-1].append((one.cluster.text, one.x, one.rise))
    return [("".join(text for text, _, _ in row), row[0][1], row[0][2]) for row in found]


def test_a_note_stands_in_two_rows_inside_the_line() -> None:
    composed = compose([Span("天地", ()), note("今属长治市"), Span("玄黄", ())], Setting(), 20, FixedMetrics())
    assert composed.lines[0].text == "天地今属长治市玄黄"
    assert rows_of(composed) == [("今属长", 2.0, pytest.approx(0.44)), ("治市", 2.0, pytest.approx(-0.06))]
    assert composed.lines[0].placed[-1].x == pytest.approx(2 + 1.5 + 1)
    assert composed.lines[0].width == pytest.approx(2 + 1.5 + 2)


def test_a_long_note_goes_on_in_the_next_line_in_two_rows_again() -> None:
    spans = [Span("天地玄黄", ()), note("今属山西省长治市古称余吾汉置县属上党郡"), Span("宇宙", ())]
    composed = compose(spans, Setting(fit="first"), 8, FixedMetrics())
    assert [line.text for line in composed.lines] == ["天地玄黄今属山西省长治市古称余吾汉置县", "属上党郡宇宙"]
    assert [row for row, _, _ in rows_of(composed)] == ["今属山西省长治市", "古称余吾汉置县"]
    assert [row for row, _, _ in rows_of(composed, 1)] == ["属上", "党郡"]
    assert composed.lines[0].width == pytest.approx(8)


def test_rows_of_a_note_keep_the_prohibitions_and_are_not_cut_short() -> None:
    for text in ("今属长治，古称余吾", "汉置《史记》县", "2026年增长5.5%左右"):
        composed = compose([note(text)], Setting(), 20, FixedMetrics())
        rows = [row for row, _, _ in rows_of(composed)]
        assert "".join(rows) == text
        assert rows[1][0] not in "，》%.年" or rows[1][0] == "年"
        assert rows[0][-1] not in "《"
        assert not (rows[0][-1].isdigit() and rows[1][0].isdigit())
    spans = [Span("天地玄黄宇宙", ()), note("今属长治市"), Span("洪荒", ())]
    for measure in (6.5, 7.0, 7.5):
        for line in compose(spans, Setting(), measure, FixedMetrics()).lines:
            assert "今属长治市" in line.text or not set("今属长治市") & set(line.text)  # five characters are never cut


def test_a_note_in_a_vertical_line_is_read_from_the_right() -> None:
    composed = compose([Span("天", ()), note("今属长治")], Setting(vertical=True), 20, FixedMetrics())
    spots = [(one.cluster.text, round(one.across, 3), round(one.x, 3)) for one in composed.lines[0].placed[1:]]
    assert spots == [("今", 0.0, 1.44), ("属", 0.0, 1.94), ("长", -0.5, 1.44), ("治", -0.5, 1.94)]


@pytest.mark.parametrize("fit", ["first", "total"])
def test_ruby_reaches_over_its_neighbours_before_it_spaces_them(fit: str) -> None:
    def x_of(spans: list[Span], **style: object) -> list[float]:
        line = compose(spans, Setting(fit=fit, **style), 20, FixedMetrics()).lines[0]  # type: ignore[arg-type]
        return [round(one.x, 4) for one in line.placed if not one.annotation]

    wide = ruby("庄", "zhuāng")  # six letters of a quarter em, and an eighth of air: five eighths more than its base
    assert x_of([Span("天", ()), wide, Span("地", ())]) == [0, pytest.approx(1.0625), pytest.approx(2.125)]
    assert x_of([Span("天", ()), wide, Span("地", ())], ruby_overhang=0.5) == [0, 1, 2]
    assert x_of([Span("天", ()), wide, Span("地", ())], ruby_overhang=0.0) == [0, 1.3125, 2.625]
    assert x_of([wide, Span("地", ())], ruby_overhang=0.5) == [0.3125, 1.3125]  # nothing to reach over at the edge
    assert x_of([Span("A", ()), wide, Span("地", ())], ruby_overhang=0.5, han_latin=0)[1] == pytest.approx(0.8125)
    side_by_side = x_of([wide, wide], ruby_overhang=0.5)
    assert side_by_side[1] - side_by_side[0] == pytest.approx(1.625)  # two readings keep their distance


@pytest.mark.parametrize("word", ["GDP", "A", "ABCD"])
@pytest.mark.parametrize("measure", [4, 5, 6, 7])
def test_an_upright_acronym_is_not_torn_over_two_columns(word: str, measure: float) -> None:
    composed = set_(f"大会增长了{word}多", measure, Setting(vertical=True))
    assert any(word in line.text for line in composed.lines)


@pytest.mark.parametrize("text", ["GD|P", "G|DP", "CO|VID-19", "G|20"])
def test_an_acronym_in_two_spans_is_one_word_in_a_vertical_line(text: str) -> None:
    for measure in (5, 6, 7):
        spans = [Span(part, ()) for part in f"大会增长了{text}多".split("|")]
        composed = compose(spans, Setting(vertical=True), measure, FixedMetrics())
        assert any(text.replace("|", "") in line.text for line in composed.lines)


def test_the_width_of_two_ellipses_is_four_em() -> None:
    assert width("…………") == 4.0


SPACES = [" ", "\u00a0", "\u2005", "\u2009", "\u202f"]
SIGNS = ["kV", "kg", "km/h", "m²", "kW·h", "MW", "℃", "%", "㎡", "°C", "μm", "GB"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("space", ["", *SPACES])
def test_a_number_and_its_unit_sign_stay_together(sign: str, space: str) -> None:
    for before in range(12):
        held = f"120{space}{sign}"
        composed = set_("天" * before + held + "和地玄黄宇宙洪荒", 8, Setting(ellipses_alone=False))
        assert any(held in line.text for line in composed.lines)


@pytest.mark.parametrize("space", SPACES)
def test_a_number_grouped_by_spaces_is_a_whole(space: str) -> None:
    for before in range(12):
        number = f"1{space}234{space}567"
        composed = set_("天" * before + number + "元，地玄黄宇宙洪荒", 8, Setting(keep_number_unit=False))
        assert any(number in line.text for line in composed.lines)


@pytest.mark.parametrize("text", ["在1234 5678和", "5 months和", "138 0013 8000和", "12 and和"])
def test_a_space_elsewhere_still_breaks(text: str) -> None:
    before = text.split(" ", maxsplit=1)[0] + " "
    setting = Setting(keep_number_unit=False, align="start")
    ends = {line.text for k in range(8, 40) for line in set_(f"天地玄{text}", k / 4, setting).lines}
    assert any(line.endswith(before) for line in ends)


@pytest.mark.parametrize("fit", ["first", "total"])
def test_a_line_is_left_short_rather_than_opened_beyond_the_limit(fit: str) -> None:
    composed = set_("天地玄International", 7, Setting(fit=fit))  # type: ignore[arg-type]
    line, [remark] = composed.lines[0], composed.remarks
    assert (line.text, line.loosest_gap, line.width) == ("天地玄", 0.33, pytest.approx(3.66))
    assert (remark.line, remark.what) == (0, "very_loose")
    assert (remark.amount, remark.missing) == (pytest.approx(2.0), pytest.approx(3.34))
    on = set_("天地玄International", 7, Setting(fit=fit, overstretch=True))  # type: ignore[arg-type]
    assert (on.lines[0].width, on.remarks[0].what) == (pytest.approx(7), "very_loose")


def test_what_a_han_latin_gap_gets_past_its_limit_is_inter_character_space() -> None:
    for stretch, most in (("even", None), ("in-order", None), ("in-order", 0.375)):
        line = set_("天AI地International", 3.85, Setting(stretch=stretch, han_latin_max=most)).lines[0]  # type: ignore[arg-type]
        given = {one.kind: one.each for one in line.adjustments}
        assert line.text == "天AI地"
        assert given["han_latin+"] == pytest.approx((0.125, 0.125))
        assert given["inter_char+"] == pytest.approx((0.05, 0.05))


@pytest.mark.parametrize(("text", "measure", "lines"), [
    ("1.5万平方米", 5, ["1.5万平方", "米"]),
    ("15亿元", 3, ["15亿", "元"]),
    ("3000万平方千米", 6, ["3000万平方", "千米"]),
])  # fmt: skip
def test_a_figure_and_its_unit_are_torn_where_no_line_holds_them(text: str, measure: float, lines: list[str]) -> None:
    composed = compose([Span(text, ())], Setting(keep_number_unit=True), measure, FixedMetrics())
    assert [line.text for line in composed.lines] == lines
    assert not [remark for remark in composed.remarks if remark.what == "overlong"]


INSEPARABLE = "\u2024‥…⋯\ufe19\U00010af6"
POSTFIX = "%¢°‰‱′″‴‵‶‷⁗₧₶₻₾\u20c0℃℉﹪％￠"
POSTFIX += "\u0609\u060a\u060b\u066a\u0d79\ua838\ufdfc\U00011fdd\U00011fde\U00011fdf\U00011fe0\U0001ecac\U0001ecb0"
"""Both classes whole, as Unicode 16's LineBreak.txt has them."""
HELD = "\u30fb：；\uff65‼⁇⁈⁉！？\u2010\u2013\u301c\u30a0々〻ゝゞヽヾ"
"""Centred marks, hyphens and iteration marks: with classes IN and PO all that WPT's tests of zh hold back."""


@pytest.mark.parametrize("character", [*INSEPARABLE, *POSTFIX, *HELD])
def test_strict_begins_no_line_with_what_unicode_holds_to_the_left(character: str) -> None:
    """Classes IN and PO of UAX 14, as CSS ``line-break: strict`` has them for Chinese."""
    for before in ("天地玄黄宇宙洪荒", "天地玄黄宇宙洪"):
        found = lines(f"{before}{character}日月盈昃辰宿", 8, kinsoku="strict")
        assert not [line for line in found if line.startswith(character)]


@pytest.mark.parametrize("dot", ["·", "‧", "・"])
def test_an_interpunct_stands_in_the_middle_of_its_cell_in_a_vertical_line(dot: str) -> None:
    """The glyph's em lies half its surplus before the cell: at 0.75 for the half em from 1 to 1.5."""
    placed = set_(f"记{dot}下", 8, Setting(vertical=True)).lines[0].placed
    cell = 0.5 if dot != "・" else 1.0
    assert placed[1].x - placed[0].x == pytest.approx(1 - (1 - cell) / 2)
    assert placed[2].x - placed[0].x == pytest.approx(1 + cell)


@pytest.mark.parametrize(("need", "gap", "han_latin"), [(0.25, 0.05, 0.05), (0.625, 0.125, 0.125), (1.0, 0.25, 0.125)])
def test_gaps_of_a_line_grow_together_and_han_latin_ones_to_their_limit(
    need: float, gap: float, han_latin: float
) -> None:
    line = set_("天地12玄黄宇International", 6.5 + need, Setting()).lines[0]
    given = {one.kind: one.each for one in line.adjustments}
    assert (line.text, line.loosest_gap) == ("天地12玄黄宇", pytest.approx(gap))
    assert given["inter_char+"] == pytest.approx((gap,) * 3)
    assert given["han_latin+"] == pytest.approx((han_latin,) * 2)


def test_a_space_typed_between_han_and_latin_grows_no_further_than_the_gap_it_stands_for() -> None:
    setting = Setting(word_space=0.25)
    line = set_("天地 12玄黄宇International", 7.5, setting).lines[0]
    given = {one.kind: one.each for one in line.adjustments}
    assert given["han_latin+"] == pytest.approx((0.125, 0.125))
    assert "word_space+" not in given


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("出席的有：曹敏、冯小满、许国强等。", ["曹敏", "冯小满", "许国强等"]),
        ("工业、农业、商业和服务业", ["工业", "农业", "商业", "服务业"]),
        ("工业、农业", []),
        ("表彰了曹敏、冯小满、许国强、罗志远", ["冯小满", "许国强", "罗志远"]),
        ("本报讯（记者 张三 李四光　通讯员 王五）", ["记者", "张三", "李四光", "通讯员", "王五"]),
        ("（本报记者张三）（新华社电）", ["张三"]),
    ],
)
def test_short_words_in_a_row_and_names_in_bylines_are_kept_softly(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in items_of(text)] == kept


@pytest.mark.parametrize("edge", ["\u3007", "\u3400", "\u4dc0", "\u4e00", "\u9fff"])
def test_words_in_a_row_may_hold_any_han(edge: str) -> None:
    text = f"有{edge}业、农{edge}、{edge}{edge}等"
    assert [text[start:end] for start, end in items_of(text)] == [f"有{edge}业", f"农{edge}", f"{edge}{edge}等"]
    for other in ("\u3006", "\u33ff", "\ua000", "\U00020000", "a"):
        assert not list(items_of(text.replace(edge, other)))


def test_an_item_is_kept_where_that_costs_little_and_never_more_than_a_figure() -> None:
    names = "、".join(["曹敏", "冯小满", "许国强", "赵晓梅", "何立新", "罗志远", "林建平", "沈佳", "高玉兰", "丁文博"])
    torn = {}
    for keep in (True, False):
        composed = [set_(f"出席会议的有：{names}。", measure, Setting(keep_items=keep)) for measure in range(9, 20)]
        words = [(one, line.end) for one in composed for line in one.lines[:-1]]
        text = f"出席会议的有：{names}。"
        torn[keep] = sum(any(start < end < after for start, after in items_of(text)) for _, end in words)
        assert max(line.loosest_gap for one in composed for line in one.lines) <= 0.15
    assert torn[True] < 0.7 * torn[False]


def test_a_line_short_before_an_address_of_the_next_line_is_told_as_beside_it() -> None:
    composed = set_("咨询电话400-123-4567或13812345678，邮箱：news@tunliu-daily.com.cn。", 9, Setting())
    assert {one.what for one in composed.remarks if one.missing} == {"short_address"}
