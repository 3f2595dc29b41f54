"""Headings break by sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from composer.texts import characters, copy
from layout.composer import Composition, Setting, Shape, Span, compose_heading
from layout.composer.fixed_metrics import FixedMetrics
from layout.composer.known_words import tears_word

CENTRED = Setting(align="center")


def heading(text: str, measure: float, lines: int, setting: Setting = CENTRED) -> Composition:
    return compose_heading([Span(text, ())], setting, measure, FixedMetrics(), lines)


def lines_of(composed: Composition) -> list[str]:
    return [line.text.strip() for line in composed.lines]


def test_breaks_at_the_space_and_hangs_it() -> None:
    composed = heading("凝心聚力谋发展 累累硕果著华章", 8, 2)
    assert lines_of(composed) == ["凝心聚力谋发展", "累累硕果著华章"]
    assert composed.lines[0].text.endswith(" ")
    assert composed.lines[0].placed[0].x == pytest.approx(0.5)
    assert composed.lines[0].placed[-1].advance == 0


def test_one_line_where_it_fits() -> None:
    assert lines_of(heading("凝心聚力谋发展 累累硕果著华章", 16, 3)) == ["凝心聚力谋发展 累累硕果著华章"]


def test_prefers_the_pause_to_the_middle() -> None:
    text = "过去一年，屯留区从严管党治党，合力固基层、强队伍、转作风，为各级干部干事创业营造良好生态"
    assert lines_of(heading(text, 16, 4)) == [
        "过去一年，屯留区从严管党治党，",
        "合力固基层、强队伍、转作风，",
        "为各级干部干事创业营造良好生态",
    ]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("双井社区数字化水网惠及万家", 9, ["双井社区", "数字化水网惠及万家"]),  # the model has a phrase end in 水|网
        ("为高质量发展注入强劲动能", 8, ["为高质量发展", "注入强劲动能"]),  # and in 强|劲, 动|能
        ("全县水价改革试点通过验收", 8, ["全县水价改革", "试点通过验收"]),
        ("老街坊有了新去处", 6, ["老街坊", "有了新去处"]),  # no line begins with a particle
        ("安全感着实提升", 5, ["安全感", "着实提升"]),  # but with a word that begins like one,
        ("欢欢喜喜过大年", 5, ["欢欢喜喜", "过大年"]),  # or a verb
        ("学校医保凭证本月起全市通用", 9, ["学校医保凭证本月起", "全市通用"]),  # nor with the 起 of a beginning,
        ("航班明年起飞", 4, ["航班明年", "起飞"]),  # but with a word that it begins
        ("138个村喝上放心水", 6, ["138个村", "喝上放心水"]),  # 上 stays with its verb: the model has 村喝|上
        ("牢牢守住耕地红线", 5, ["牢牢守住", "耕地红线"]),
    ],
)
def test_no_line_ends_inside_a_known_word(text: str, measure: float, lines: list[str]) -> None:
    composed = heading(text, measure, 2)
    assert lines_of(composed) == lines
    assert not composed.remarks


def test_a_known_word_is_torn_only_where_nothing_else_holds_the_heading_and_it_is_said() -> None:
    (remark,) = heading("水网", 1, 2).remarks
    assert (remark.what, remark.torn) == ("torn_word", "水|网")


def test_the_editors_own_names_say_where_words_end() -> None:
    composed = heading("水网惠及", 3, 2, Setting(align="center", protected=("网惠及",)))
    assert lines_of(composed) == ["水", "网惠及"]
    assert not composed.remarks


def test_what_may_belong_to_either_side_is_no_torn_word() -> None:
    assert tears_word("数字化水网惠及万家", 4)
    assert not tears_word("数字化水网惠及万家", 5)  # 网惠
    assert not tears_word("农村公路", 2)
    assert not tears_word("新和平地", 2)  # 和平, or 平地
    assert not any(tears_word(text, at) for text, at in (("", 0), ("水", 1), ("水网", 0), ("水网", 2), ("a网", 1)))


@pytest.mark.parametrize(
    "parted", ["一支队|伍守一条沟", "新和|平地区", "县|城市民", "研究生|命起源", "大学生|活", "老街|坊有了新去处"]
)
def test_a_word_that_may_belong_to_either_side_is_torn_where_the_characters_pair_off_around_it(parted: str) -> None:
    assert tears_word(parted.replace("|", ""), parted.index("|"))


@pytest.mark.parametrize("whole", ["一支|队伍守一条沟", "新|和平地区", "老城|市场", "中国人民|生活", "大学|生活"])
def test_where_they_pair_off_on_either_side_no_word_is_torn(whole: str) -> None:
    assert not tears_word(whole.replace("|", ""), whole.index("|"))


@pytest.mark.parametrize("parted", ["养|老服务", "文|明乡风", "卫|星发射", "顾|问团"])
def test_words_that_the_list_takes_for_names_are_words_too(parted: str) -> None:
    assert tears_word(parted.replace("|", ""), parted.index("|"))


@pytest.mark.parametrize("parted", ["住|上新房", "农民用|上清洁能源", "一件件办|好实事", "走|上台阶", "立|下军令状"])
def test_what_comes_of_a_verb_is_not_parted_from_it(parted: str) -> None:
    assert tears_word(parted.replace("|", ""), parted.index("|"))


@pytest.mark.parametrize("whole", ["过|上海去", "打|好球的孩子"])
def test_nor_is_a_word_parted_that_begins_like_what_comes_of_a_verb(whole: str) -> None:
    assert not tears_word(whole.replace("|", ""), whole.index("|"))


def test_a_newline_always_ends_a_line() -> None:
    assert lines_of(heading("谋好篇\n布好局", 20, 3)) == ["谋好篇", "布好局"]


def test_quotations_titles_and_protected_phrases_stay_whole() -> None:
    text = "习近平在“十五五”规划建议座谈会上强调《中国式现代化》的实践要求"
    setting = Setting(align="center", protected=("规划建议座谈会",))
    for measure in (9, 11, 13, 17, 20):
        lines = lines_of(heading(text, measure, 6, setting))
        for phrase in ("“十五五”", "《中国式现代化》", "规划建议座谈会"):
            assert any(phrase in line for line in lines)


def test_says_when_the_lines_allowed_cannot_hold_it() -> None:
    composed = heading("加快建设全国新发展格局重要节点城市", 5, 2)
    assert lines_of(composed)[2:] == ["格局重要", "节点城市"]
    assert all(line.width <= 5 for line in composed.lines)
    (remark,) = composed.remarks
    assert (remark.what, remark.line, remark.amount) == ("too_long", 2, pytest.approx(8.0))


def test_only_what_nothing_breaks_stands_out() -> None:
    composed = heading("新华社Antidisestablishmentarianism电", 5, 2)
    assert lines_of(composed) == ["新华社", "Antidisestablishmentarianism电"]
    assert [(remark.what, remark.line) for remark in composed.remarks] == [("overlong", 1)]


def test_breaks_off_sense_before_a_line_is_too_long() -> None:
    """Thirty characters in two lines of fifteen: no phrase ends in the middle, and the remark says what is torn."""
    composed = heading("中共中央国务院关于进一步深化农村改革扎实推进乡村全面振兴意见", 15.04, 2)
    assert [line.width <= 15.04 for line in composed.lines] == [True, True]
    (remark,) = composed.remarks
    assert remark.what == "torn_word"
    assert "|" in remark.torn
    wider = heading("中共中央国务院关于进一步深化农村改革扎实推进乡村全面振兴意见", 17.3, 2)
    assert not wider.remarks


@pytest.mark.parametrize(("shape", "grows"), [("pagoda", 1), ("inverted", -1)])
def test_takes_a_shape(shape: Shape, grows: int) -> None:
    text = "屯留区聚焦转型发展全力上项目抓招商优环境为高质量发展注入强劲动能"
    composed = heading(text, 14, 3, Setting(align="start", shape=shape))
    widths = [line.width * grows for line in composed.lines]
    assert len(widths) == 3
    assert widths == sorted(widths)


def test_opening_mark_is_trimmed_at_the_edge() -> None:
    composed = heading("《屯留》两会", 20, 1, Setting(align="start"))
    assert composed.lines[0].placed[0].x == pytest.approx(-0.5)


@soak.examples(sample=20, full=60)
@given(copy, st.sampled_from([4.0, 9.0, 15.0]), st.integers(1, 4), st.sampled_from(["none", "pagoda", "diamond"]))
def test_keeps_every_character(text: str, measure: float, lines: int, shape: Shape) -> None:
    composed = heading(text, measure, lines, Setting(align="center", shape=shape))
    assert characters(composed) == text
    assert len(composed.lines) <= lines or "too_long" in {remark.what for remark in composed.remarks}


@pytest.mark.parametrize("space", [" ", "\u3000"])
def test_a_space_between_han_is_the_editors_break(space: str) -> None:
    text = f"一条河{space}四季的水情账本"
    assert lines_of(heading(text, 7, 3)) == ["一条河", "四季的水情账本"]  # not even lines
    assert lines_of(heading(text, 12, 3)) == [text]
    assert lines_of(heading(text, 5, 3)) == ["一条河", "四季的", "水情账本"]  # a part that fits no line breaks by sense
    long = f"一片滩涂的归来{space}从盐碱地到候鸟驿站用了十一年"
    assert lines_of(heading(long, 12, 3)) == ["一片滩涂的归来", "从盐碱地到候鸟驿站", "用了十一年"]
    assert len(lines_of(heading(long, 12, 2))) == 2  # his break would take a line that there is not


def test_a_space_beside_western_words_is_no_break_of_the_editors() -> None:
    assert lines_of(heading("小城 AI 时代的新图景", 7, 3))[0] != "小城"
