"""Copy out of a layout file: what columns have cut is joined, what belongs to the page is listed."""

import random

import pytest

import soak
from intake.received_text import FURNITURE, characters, layout_copy, paragraphs
from layout import assets
from layout.errors import ManuscriptError
from layout.intake.page_furniture import furniture_of
from layout.intake.text_reader import read_text


def read(text: str) -> tuple[list[str], dict[str, list[str]]]:
    """The paragraphs of *text*, and what was found, by check."""
    received = read_text(text.encode(), "稿.txt")
    found: dict[str, list[str]] = {}
    for each in received.findings:
        found.setdefault(each.check, []).append(str(each.amount.get("found", each.message.zh)))
    return [each.text for each in received.paragraphs()], found


@pytest.mark.soak
def test_columns_are_joined_and_furniture_is_listed() -> None:
    choose = random.Random(17)
    whole = tried = 0
    for _ in range(soak.amount(sample=40, full=2000)):
        given = layout_copy(choose)
        got, found = read(given.text)
        listed = found.get("intake.furniture", [])
        assert sorted(listed) == sorted(given.furniture)
        assert characters(iter(got)) == characters(given.paragraphs)
        whole, tried = whole + sum(each in got for each in given.paragraphs), tried + len(given.paragraphs)
    # What is not joined is a short piece, or a story's one cut at the end of a word, which is told (intake.broken_off).
    assert whole > 0.9 * tried


def test_the_received_copy_of_the_sample_is_joined_where_its_columns_cut_it() -> None:
    received = (assets.root() / "issues" / "tunliu-2026" / "as-received.txt").read_text("utf-8")
    got, found = read(received)
    assert len(found["intake.rejoined"]) == 9
    assert len(got) == 18
    assert characters(iter(got)) == characters([received])


def test_a_heading_between_two_columns_is_not_joined() -> None:
    text = [
        "全年共谋划实施重点项目332个，经济运行稳中有进。",
        "抓好节点设施提升",
        "以主干道为基础，改扩建道路7290平方米。",
    ]
    assert read("\n\n".join(text))[0] == text


def test_a_single_paragraph_that_breaks_off_at_a_word_is_told_and_left() -> None:
    first = (
        "全年共谋划实施重点项目332个，总投资893亿元，经济运行稳中有进，发展活力持续迸发，民生福祉更加殷实，城乡焕然一新"
    )
    got, found = read(f"{first}\n\n会议指出，要坚定不移推动高质量发展。\n\n会议强调，要抓好落实。")
    assert got[0] == first
    assert list(found) == ["intake.broken_off"]


def test_jump_lines_in_the_line_of_the_copy_go_and_the_copy_goes_on() -> None:
    text = "全区上下抓项目、抓招商、优环境，为高质量发展（下转第3版）\n\n（上接第1版）注入强劲动能。全年实施项目332个。"
    got, found = read(text)
    assert got == ["全区上下抓项目、抓招商、优环境，为高质量发展注入强劲动能。全年实施项目332个。"]
    assert found["intake.furniture"] == ["（下转第3版）", "（上接第1版）"]


def test_heads_that_every_page_repeats_are_furniture() -> None:
    body = paragraphs(random.Random(5), 6)[:3]
    text = "\n\n".join(f"两会特刊\n\n{each}" for each in [*body, body[0]])
    got, found = read(f"第1版\n\n{text}")
    assert got == [*body, body[0]]
    assert found["intake.furniture"] == ["第1版", *["两会特刊"] * 4]
    got, found = read(text)  # nothing else speaks of pages: it may be a refrain
    assert (got.count("两会特刊"), found) == (4, {})


def test_what_every_page_repeats_is_told_page_by_page_and_then_together() -> None:
    body = paragraphs(random.Random(6), 6)
    text = "\n".join(f"两会特刊\n{each}" for each in body * 8)
    _, found = read(f"第1版\n{text}")
    count = len(body) * 8
    assert len(found["intake.furniture"]) == 1 + min(count, 20)
    assert ("intake.furniture_more" in found) is (count > 20)


@pytest.mark.parametrize("text", ["一" * 500_001, "一\n" * 20_002])
def test_what_is_longer_than_any_copy_is_refused(text: str) -> None:
    with pytest.raises(ManuscriptError, match="more than 500000 characters or 20000 lines"):
        read(text)


@pytest.mark.parametrize("words", FURNITURE)
def test_furniture(words: str) -> None:
    assert furniture_of(words, paged=True) is not None


@pytest.mark.parametrize(
    "lines",
    [
        ["片区", "户数", "城东", "204", "城西", "530"],
        ["大事记", "3月5日", "工程开工，全县召开动员会。", "11月27日", "工程通过验收，正式投用。"],
        ["张三", "我先说两句。", "张三", "我再说两句。", "张三", "我说完了。"],
        ["（掌声）", "谢谢大家。", "（掌声）", "我们继续。", "（掌声）"],
        ["扫码点餐，方便还是麻烦", "店家说方便，老人说麻烦。"],
        ["检查 安全生产", "全县开展安全生产大检查。"],
        ["报名网址：www.example.cn", "联系电话：0355-2345678", "联系人：张三"],
        ["星期一", "全区召开会议。"],
    ],
)
def test_what_pages_and_copy_both_have_is_copy_where_nothing_else_speaks_of_pages(lines: list[str]) -> None:
    assert read("\n".join(lines)) == (lines, {})


@pytest.mark.parametrize(
    "words",
    [
        "责编今日走访了三个村",
        "2026年2月5日，全区召开会议，部署今年工作。",
        "第3版方案通过专家评审",
        "星期四的早晨",
        "转3路公交车到终点站",
        "校对：一个人的三十年",  # a headline
        "编辑部的故事",
        "新闻热线背后的故事，讲了三十年。",
        "扫码支付进了山村小店，老人也会用了。",
        "3万亩果园挂果",
        "05后大学生返乡记",
        "A股市场收盘上涨",
        "长治日报社举行开放日",
        "策划/宋玉红 统筹/秦亮 陈建波",
    ],
)
def test_what_only_resembles_furniture_is_copy(words: str) -> None:
    assert furniture_of(words, paged=True) is None, words


def test_control_characters_are_left_out_and_named() -> None:
    received = read_text("\ufeff甲\x7f甲。\x1a".encode(), "稿.txt")
    assert [each.text for each in received.paragraphs()] == ["甲甲。"]
    assert [(each.check, each.amount["found"]) for each in received.findings] == [("intake.control", "U+007F")]
