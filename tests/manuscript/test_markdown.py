"""The body of a manuscript: characters kept, lines joined, marks seen, places right."""

import pytest

from layout.errors import LayoutError
from layout.manuscript.characters import joint
from layout.manuscript.markdown import Break, Heading, read
from layout.manuscript.model import Paragraph, Run


def blocks_of(text: str, first_line: int = 1) -> list:
    faults: list[LayoutError] = []
    blocks = list(read(text, first_line, "a.md", faults).blocks)
    assert not faults, [fault.message.zh for fault in faults]
    return blocks


def one(text: str) -> Paragraph:
    (block,) = blocks_of(text)
    assert isinstance(block, Paragraph)
    return block


def faults_of(text: str) -> list[LayoutError]:
    faults: list[LayoutError] = []
    read(text, 1, "a.md", faults)
    return faults


def marked(paragraph: Paragraph) -> list[tuple[str, str]]:
    return [(run.mark, run.text) for run in paragraph.runs]


@pytest.mark.parametrize(
    "copy",
    [
        "深化“承诺制+标准地+全代办”改革，出让“标准地”四宗272亩。",
        "固(气)废资源综合利用、220KV汇集站、开工率77.5%，保持Ⅱ类",
        "3*4*5=60，a_b_c，_下划线_，2 * 3 * 4，PM<2.5，a&b，&lt;，&amp;，x^2，~，|",
        "《办法》[2025]12号，[注]见下，{332个}，!感叹，\\反斜线，“‘内’外”……——",
        "1、加快建设；2.推进；（一）总则；①；#话题#；+5%；@某人；$100；50%～60%",
        "[注]: /不是链接定义",
        "网址http://example.com不成链接",
        "“”‘’…—·〇Ⅱ①㎡℃‰￥",
        "𠮷野家、㐂、䶮",
    ],
)
def test_characters_of_copy_survive(copy):
    assert one(copy).text == copy


@pytest.mark.parametrize(
    ("copy", "strong"),
    [
        ("树立**“求其上”**理念", ["“求其上”"]),
        ("**“求其上”**理念", ["“求其上”"]),
        ("理念**“求其上”**", ["“求其上”"]),
        ("推进**重点项目332个**，总投资", ["重点项目332个"]),
        ("**全年，**共谋划", ["全年，"]),
        ("共**（含续建）**332个", ["（含续建）"]),
        ("**《办法》**和**《细则》**出台", ["《办法》", "《细则》"]),
        ("共**332**个", ["332"]),
        ("**77.5%**的开工率", ["77.5%"]),
        ("开工率**77.5%**。", ["77.5%"]),
        ("实现**100%**全覆盖", ["100%"]),
        ("固**(气)**废", ["(气)"]),
    ],
)
def test_bold_works_beside_chinese_characters_and_marks(copy, strong):
    paragraph = one(copy)
    assert [text for mark, text in marked(paragraph) if mark == "strong"] == strong
    assert paragraph.text == copy.replace("*", "")


def test_emphasis_and_bold_together():
    assert marked(one("一[二]{.emphasis}三**四**")) == [
        ("plain", "一"),
        ("emphasis", "二"),
        ("plain", "三"),
        ("strong", "四"),
    ]
    assert marked(one("***重***")) == [("strong", "重")]


@pytest.mark.parametrize(
    "copy", ["5*6*7", "a*b*c", "长*宽 * 高", "带*者为候选人，带*者为列席代表。", "*号*", "**没有收", "没有开**"]
)
def test_stars_that_mark_nothing_stay(copy):
    assert marked(one(copy)) == [("plain", copy)]


@pytest.mark.parametrize(
    ("source", "paragraphs"),
    [
        ("屯留区\n聚焦转型", ["屯留区", "聚焦转型"]),
        ("the quick\nbrown fox", ["the quick", "brown fox"]),
        ("行末两个空格  \n不算什么", ["行末两个空格", "不算什么"]),
        ("行首\n  有空格", ["行首", "有空格"]),
        ("> 引文\n> 又一段\n接着", ["引文", "又一段", "接着"]),
        ("- 一项\n  第二段", ["一项", "第二段"]),
    ],
)
def test_a_line_is_a_paragraph(source, paragraphs):
    assert [block.text for block in blocks_of(source)] == paragraphs


NOTED = [
    (
        "* 甲\n* 乙\n\n+ 丙\n+ 丁\n+ 戊",
        ["甲", "乙", "丙", "丁", "戊"],
        [("list_mark", "*", 2, 1), ("list_mark", "+", 3, 4)],
    ),
    ("- 甲\n- 乙", ["甲", "乙"], []),
    ("甲。\n\n* 本文数据截至年底\n\n+ 3分", ["甲。", "*本文数据截至年底", "+ 3分"], []),
    ("甲\t乙\t丙\n\n丁\t戊\t", ["甲 乙 丙", "丁 戊"], [("tab", "\t", 3, 1)]),
    ("\t甲\t", ["甲"], []),
]


@pytest.mark.parametrize(("source", "paragraphs", "notes"), NOTED)
def test_what_is_not_set_as_typed_is_noted(source, paragraphs, notes):
    blocks = read(source, 1, "a.md", faults := [])
    assert not faults
    assert [block.text for block in blocks.blocks] == paragraphs
    assert [(each.kind, each.typed, each.count, each.place.line) for each in blocks.notes] == notes


WRAPPED = (
    "全区上下谋发展深化续建项目共谋划重点\n项目三百个总投资八百亿元开工率七成五\n新增就业岗位一千个服务群众十万人次。"
)


def test_wrapped_copy_is_noted():
    (note,) = read("一句话。\n" + WRAPPED, 1, "a.md", []).notes
    assert (note.kind, note.place.line, note.count) == ("wrapped_lines", 2, 3)


@pytest.mark.parametrize(
    "copy",
    [
        WRAPPED.rsplit("\n", 1)[0],
        "\n".join(line + "。" for line in WRAPPED.split("\n")),
        "天地玄黄\n宇宙洪荒\n日月盈昃\n辰宿列张",
        "王晓明 李建国 张桂芳 赵玉兰 陈志强\n甲\n王晓明 李建国 张桂芳 赵玉兰 陈志强",
        WRAPPED.replace("\n", "\n\n"),
    ],
)
def test_what_its_writer_ended_is_not_wrapped(copy):
    assert not read(copy, 1, "a.md", []).notes


def test_joint_knows_nothing_of_an_empty_side():
    assert joint("", "a") == joint("a", "") == joint("“", "”") == ""


def test_the_ideographic_spaces_of_an_indent_are_left_out():
    assert [block.text for block in blocks_of("　　第一段。\n　　第二段。\n接着。")] == [
        "第一段。",
        "第二段。",
        "接着。",
    ]


def test_a_line_of_ideographic_spaces_is_blank():
    assert [(block.text, block.place.line) for block in blocks_of("　　\n甲\n　\n乙")] == [("甲", 2), ("乙", 4)]


def test_every_run_knows_its_line_and_column():
    first, other, heading, second = blocks_of("甲**乙**\n丙**丁**\n\n##  小标题\n\n> 引文**重**", first_line=10)
    assert [(run.text, run.place.line, run.place.column) for run in (*first.runs, *other.runs)] == [
        ("甲", 10, 1),
        ("乙", 10, 4),
        ("丙", 11, 1),
        ("丁", 11, 4),
    ]
    assert heading.paragraph.runs == (Run("小标题", heading.paragraph.place),)
    assert (heading.paragraph.place.line, heading.paragraph.place.column) == (13, 5)
    assert [(run.place.line, run.place.column) for run in second.runs] == [(15, 3), (15, 7)]


def test_repeated_words_get_their_own_columns():
    assert [run.place.column for run in one("甲**甲**甲**甲**").runs] == [1, 4, 7, 10]


def test_kinds_of_blocks():
    blocks = blocks_of("甲\n\n## 乙\n\n> 丙\n\n- 丁\n- 戊\n\n***\n己")
    kinds = [block.kind if isinstance(block, Paragraph) else type(block) for block in blocks]
    assert kinds == ["body", Heading, "quote", "item", "item", Break, "body"]


def test_a_line_of_dashes_under_a_paragraph_is_a_break_not_a_heading():
    assert [type(block) for block in blocks_of("末段\n---\n结尾")] == [Paragraph, Break, Paragraph]


def test_numbers_of_ordered_items_are_copy():
    items = blocks_of("3. 加快建设\n4. 推进**改革**\n5. Third")
    assert [item.text for item in items] == ["3.加快建设", "4.推进改革", "5. Third"]
    assert [item.place.column for item in items] == [1, 1, 1]
    assert items[1].place.line == 2


@pytest.mark.parametrize(
    ("copy", "columns"),
    [("- 甲\n\t乙", [3, 2]), ("- 甲\n  \t 乙**丙**", [3, 5, 8]), ("1. 1", [1, 4]), ("> 甲\n>\t乙", [3, 3])],
)
def test_words_of_items_and_quotations_are_found_behind_tabs_and_numbers(copy, columns):
    assert [run.place.column for block in blocks_of(copy) for run in block.runs] == columns


def test_indented_copy_is_no_code():
    assert one("        缩进的一段").text == "缩进的一段"


@pytest.mark.parametrize(
    ("source", "line", "column", "words"),
    [
        ("甲\n\n![图](a.jpg)", 3, 1, "图片"),
        ("甲[乙](丙)丁", 1, 2, "链接"),
        ("见<http://example.com>", 1, 2, "链接"),
        ("甲\n乙<b>丙</b>", 2, 2, "HTML"),
        ("甲\n\n<div>乙</div>", 3, 1, "HTML"),
        ("<!-- 编者按 -->", 1, 1, "HTML"),
        ("甲`乙`", 1, 2, "代码"),
        ("甲\n\n```\n乙\n```", 3, 1, "代码块"),
        ("# 主题", 1, 1, "主题"),
        ("甲\n\n#### 小小标题", 3, 1, "两级"),
        ("##没有空格", 1, 1, "空格"),
        ("##\n\n甲", 1, 1, "空的"),
        ("> - 引文里的列表", 1, 3, "套"),
        ("- 一\n  - 二", 2, 3, "套"),
        ("> ## 引文里的小标题", 1, 3, "引文"),
        ("> 甲\n>\n> ***", 3, 1, "引文"),
    ],
)
def test_what_a_page_cannot_hold_is_refused_with_its_place(source, line, column, words):
    fault = faults_of(source)[0]
    assert words in fault.message.zh
    assert fault.hint
    assert fault.place.line == line
    assert fault.place.column == column


def test_all_mistakes_are_told_at_once():
    assert [fault.place.line for fault in faults_of("`甲`\n\n<b>乙</b>\n\n# 丙")] == [1, 3, 3, 5]
