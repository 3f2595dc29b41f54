"""Lines of text become paragraphs: wrapped ones are joined, others stand for themselves, no character is lost."""

import random

import pytest

import soak
from intake.received_text import characters, paragraphs, wrapped
from layout.intake.text_lines import joined_lines, lines_of
from layout.intake.text_reader import read_text


def joined(text: str) -> list[str]:
    return [each.text for each in joined_lines(list(lines_of(text)), "稿.txt").paragraphs]


@pytest.mark.soak
@pytest.mark.parametrize("mode", ["indented", "spaced", "both"])
def test_wrapped_copy_comes_back_as_it_was(mode: str) -> None:
    choose = random.Random(mode)
    wrong, tried = 0, soak.amount(sample=12, full=1500)
    for _ in range(tried):
        whole, measure = paragraphs(choose), choose.choice((14, 17, 20, 24, 30, 38, 40, 50))
        lines: list[str] = []
        for paragraph in whole:
            lines += wrapped(paragraph, measure, indented=mode != "spaced") + ([] if mode == "indented" else [""])
        got = [each.text for each in read_text("\n".join(lines).encode(), "稿.txt").paragraphs()]
        assert characters(iter(got)) == characters(whole)
        wrong += got != whole
    # A file of two lines, the first of which ends with a mark, may be two paragraphs as well as one.
    assert wrong <= tried // 100


@pytest.mark.soak
@pytest.mark.parametrize("mode", ["bare", "loose"])
def test_without_indents_or_with_a_blank_line_everywhere_nothing_is_lost(mode: str) -> None:
    """Where a paragraph ends on a full line nothing says so: the characters are all there, and most paragraphs."""
    choose = random.Random(mode)
    right = tried = 0
    for _ in range(soak.amount(sample=20, full=1500)):
        whole, measure = paragraphs(choose), choose.choice((17, 20, 24, 30, 38))
        lines = [line for paragraph in whole for line in wrapped(paragraph, measure)]
        got = joined(("\n\n" if mode == "loose" else "\n").join(lines))
        assert characters(iter(got)) == characters(whole)
        right, tried = right + sum(each in whole for each in got), tried + len(got)
    assert right > 0.7 * tried


@pytest.mark.soak
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\u3000\u3000", "\n    "])
def test_a_line_is_a_paragraph_where_nothing_is_wrapped(between: str) -> None:
    choose = random.Random(between)
    for _ in range(soak.amount(sample=12, full=800)):
        whole = paragraphs(choose)
        assert joined(between.join(whole)) == whole


def test_a_story_in_one_line_is_parted_at_the_indents_inside_it() -> None:
    whole = paragraphs(random.Random(3), 7)
    heading = "一、过去五年工作回顾"
    text = "".join(f"\u3000\u3000{each}" for each in [whole[0], heading, *whole[1:]])
    assert joined(text) == [whole[0], heading, *whole[1:]]
    assert joined_lines(list(lines_of(text)), "稿.txt").parted == len(whole)


@pytest.mark.parametrize(
    "text",
    [
        "凝心聚力谋发展\n累累硕果著华章",  # a headline in two lines
        "春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。",
        "张三、李四\n王五、赵六\n钱七、孙八",
        "时间：3月5日\n地点：区会议中心\n参加人员：各乡镇负责人",
    ],
)
def test_short_lines_stay_lines(text: str) -> None:
    assert joined(text) == text.split("\n")


def test_full_width_numbers_and_spaces_between_words_stay() -> None:
    text = "全区共有２０２６个项目，本报讯（记者　张三）报道，占地Ａ区１２.５％。"
    assert joined(f"\u3000\u3000{text}") == [text]


def test_latin_words_that_were_wrapped_have_a_space_between_them_and_percents_none() -> None:
    text = "采用的是英文名称为Battery Energy Storage System的储能系统，同比增长14.4%，占全区总量的三成。"
    lines = ["采用的是英文名称为Battery", "Energy Storage System的", "储能系统，同比增长14.4", "%，占全区总量的三成。"]
    assert joined("\n".join(lines)) == [text]


def test_a_space_between_two_names_is_kept_where_the_line_was_wrapped() -> None:
    lines = ["\u3000\u3000本报讯（记者 张三 通讯员 ", "李四）全区农业农村工作会", "议昨日召开，部署今年工作。"]
    assert joined("\n".join(lines)) == ["本报讯（记者 张三 通讯员 李四）全区农业农村工作会议昨日召开，部署今年工作。"]


def test_form_feeds_and_word_s_own_line_breaks_end_lines() -> None:
    assert joined("甲。\v乙。\f丙。") == ["甲。", "乙。", "丙。"]


def test_places_are_lines_of_the_file() -> None:
    lines = joined_lines(list(lines_of("\n\n甲甲。\n\n\u3000\u3000乙乙。")), "稿.txt").paragraphs
    assert [(each.place.number, each.indent) for each in lines] == [(3, 0), (5, 2)]
