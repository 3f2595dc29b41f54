"""What is written as a manuscript is read back as it was: any characters, marks, tables, boxes, front matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.intake.markdown_table import guessed_head
from layout.intake.markdown_writer import quoted_value, write_manuscript
from layout.intake.model import (
    CopyBlock,
    CopyBox,
    CopyCell,
    CopyNote,
    CopyParagraph,
    CopyPlace,
    CopyRun,
    CopyTable,
    StoryDraft,
)  # fmt: skip
from layout.intake.round_trip import differences
from layout.manuscript.reader import story_of

AT = CopyPlace("来稿.docx", 1, "paragraph")
CHARACTERS = "屯留，。“”（）—Ⅱa1 *_()+&;<>[]!`\\~|:#-.{}^/?=%'\"$@／：＃"
WORDS = st.text(CHARACTERS, min_size=1, max_size=12)
RUNS = st.builds(
    CopyRun, WORDS, strong=st.booleans(), emphasis=st.booleans(), under=st.sampled_from([(), ("dot",), ("line",)]),
    level=st.sampled_from(["", "", "", "super", "sub"]), ruby=st.sampled_from(["", "", "", "tún", "a.b"]),
)  # fmt: skip
PARAGRAPHS = st.builds(
    CopyParagraph, st.lists(RUNS, min_size=1, max_size=4).map(tuple), st.just(AT),
    role=st.sampled_from(["body", "body", "quote", "item"]), number=st.sampled_from(["", "", "1.", "（一）"]),
)  # fmt: skip


def para(*words: str | CopyRun, **more) -> CopyParagraph:
    return CopyParagraph(tuple(CopyRun(each) if isinstance(each, str) else each for each in words), AT, **more)


def draft(*blocks: CopyBlock, **more) -> StoryDraft:
    front = more.pop("front", {"headline": (para("题"),)})
    return StoryDraft("稿", front, blocks, **more)


def body_of(*blocks: CopyBlock, **more) -> str:
    return write_manuscript(draft(*blocks, **more)).text.split("---\n\n", 1)[1].rstrip("\n")


def told(story: StoryDraft) -> list[str]:
    return [each.message.zh for each in differences(story, write_manuscript(story).text, "稿.md")]


def readable(paragraph: CopyParagraph) -> bool:
    """Not refused by the manuscript's reader, whatever is written: full-width signs of its own, mere blanks."""
    words = paragraph.text.strip()
    return (
        bool(words)
        and not words.startswith(("＃", "#＃", "：", ":：", "::："))
        and paragraph.runs[0].text.strip() != ""
    )


@soak.examples(sample=60, full=600)
@given(st.lists(PARAGRAPHS.filter(readable), min_size=1, max_size=4))
def test_whatever_was_received_is_read_back(paragraphs):
    story = draft(para("第一段。"), *paragraphs, para("末段。"))
    assert told(story) == []


@soak.examples(sample=30, full=300)
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_so_is_every_cell_of_a_table(rows):
    cells = tuple(
        CopyCell(row, column, (para(words),) if words.strip() else ())
        for row, line in enumerate(rows) for column, words in enumerate(line)
    )  # fmt: skip
    if any(cell.paragraphs for cell in cells):
        assert told(draft(para("第一段。"), CopyTable(len(rows), 3, cells, AT))) == []


@soak.examples(sample=60, full=600)
@given(st.text(CHARACTERS, min_size=1, max_size=20).filter(lambda words: words.strip() and words.strip("／ ")))
def test_so_is_every_value_of_the_front_matter(words):
    assert told(draft(para("第一段。"), front={"headline": (para(words),), "byline": (para("甲"), para(words))})) == []


@pytest.mark.parametrize(
    ("paragraph", "line"),
    [
        (para("《办法》[2025]12号，A*B，x^2，50~60个，a_b，{332个}"), "　　《办法》[2025]12号，A*B，x^2，50~60个，a_b，{332个}"),
        (para("见[甲](乙)，**重**，<b>，`码`"), "　　见\\[甲\\](乙)，\\*\\*重\\*\\*，\\<b>，\\`码\\`"),
        (para("# 甲"), "　　\\# 甲"),
        (para("- 甲", role="item"), "- 　- 甲"),
        (para("推进", CopyRun("“求其上”", strong=True), "理念"), "　　推进**“求其上”**理念"),
        (para("推进", CopyRun("重点 ", strong=True), "项目"), "　　推进**重点** 项目"),
        (para("a", CopyRun("b", strong=True), "c"), "　　abc"),
        (para(CopyRun("屯", ruby="tún"), CopyRun("留", ruby="liú"), "区"), "　　[屯]{tún}[留]{liú}区"),
        (para("km", CopyRun("2", level="super"), "，H", CopyRun("2", level="sub"), "O"), "　　km^2^，H~2~O"),
        (para("约", CopyRun("据初步核算", level="super")), "　　约据初步核算"),
        (para("甲\n乙"), "　　甲\n\n　　乙"),
        (para("引文", role="quote"), "> 引文"),
        (para(CopyRun("一章", strong=True), role="heading", level=1), "## 一章"),
        (para("节 C#", role="heading", level=3), "### 节 C\\#"),
        (para("甲", number="1."), "　　1.甲"),
    ],
)  # fmt: skip
def test_a_paragraph_is_written(paragraph, line):
    blocks = [paragraph, para("末。")] if paragraph.role == "heading" else [paragraph]
    assert body_of(*blocks).removesuffix("\n\n　　末。") == line


def test_marks_that_a_manuscript_cannot_hold_are_told_with_their_place():
    written = write_manuscript(
        draft(para("a", CopyRun("b", strong=True), "c"), front={"headline": (para("题", CopyRun("", note="1")),)})
    )
    assert [(each.check, each.message.zh) for each in written.findings] == [
        ("intake.mark_left", "第 1 段的着重、注音或注稿件里写不了，只收了字"),
        ("intake.mark_left", "第 1 段的着重、上标或下标稿件里写不了，只收了字"),
    ]


def test_spans_header_title_and_alignment_of_a_table():
    cells = (
        CopyCell(0, 0, (para("科目"),), 2), CopyCell(0, 1, (para("预算"),), 1, 2), CopyCell(1, 1, (para("金额"),)),
        CopyCell(1, 2, (para("增长"),)), CopyCell(2, 0, (para("教育"),)), CopyCell(2, 1, (para("5.1"),), align="right"),
        CopyCell(2, 2, ()),
    )  # fmt: skip
    table = CopyTable(3, 3, cells, AT, title=para("表1"))
    assert guessed_head(table) == 2
    assert body_of(table) == "[表1]\n| 科目 | 预算 ||\n| ^^ | 金额 | 增长 |\n| --- | --: | --- |\n| 教育 | 5.1 |  |"
    assert told(draft(para("段。"), table)) == []


def test_a_table_without_a_header_has_an_empty_one():
    table = CopyTable(1, 2, (CopyCell(0, 0, (para("甲"),)), CopyCell(0, 1, (para("1"),))), AT)
    assert body_of(table) == "|  |  |\n| --- | --- |\n| 甲 | 1 |"


def test_a_table_of_more_cells_than_a_manuscript_holds_is_several():
    cells = tuple(CopyCell(row, column, (para(f"{row}.{column}"),)) for row in range(300) for column in range(4))
    assert told(draft(para("段。"), CopyTable(300, 4, cells, AT))) == []


def test_a_box_has_its_first_line_for_a_title_or_stands_in_the_copy():
    assert body_of(CopyBox((para("名词解释"), para("标准地：土地。")), AT)) == "::: 名词解释\n　　标准地：土地。\n:::"
    written = write_manuscript(draft(CopyBox((para("标准地：带着标准出让的土地。"),), AT)))
    assert written.text.endswith("\n　　标准地：带着标准出让的土地。\n")
    assert [each.check for each in written.findings] == ["intake.box_left"]


def test_notes_stand_at_the_end_and_one_without_its_mark_is_told():
    notes = (CopyNote("1", (para("含续建。"),), AT), CopyNote("2", (para("没有记号。"),), AT))
    story = draft(para("甲", CopyRun("", note="1"), "。"), notes=notes)
    written = write_manuscript(story)
    assert written.text.endswith("　　甲[^1]。\n\n[^1]: 含续建。\n")
    assert [each.message.zh for each in written.findings] == ["注 2 的记号不在正文里，注文没有收：“没有记号。”"]
    assert told(story) == []


def test_lede_and_closing():
    story = draft(para("甲。"), para("乙。"), para("丙。"), lede=2, closing=(para("结尾。"),))
    assert (
        body_of(*story.blocks, lede=2, closing=story.closing)
        == "　　甲。{.lede}\n\n　　乙。{.lede}\n\n　　丙。\n\n***\n\n　　结尾。"
    )
    read = story_of(write_manuscript(story).text.encode(), "稿", "稿.md")
    assert [each.text for each in read.lede.paragraphs] == ["甲。", "乙。"]
    assert read.closing.text == "结尾。"
    assert not story_of(write_manuscript(replace(story, lede=0)).text.encode(), "稿", "稿.md").lede


@pytest.mark.parametrize(
    ("words", "value"),
    [("凝心聚力 谋发展", "凝心聚力 谋发展"), ("甲：乙", "甲：乙"), ("a: b", '"a: b"'), ('“甲”"乙"', '"“甲”\\"乙\\""'), ("无", '"无"'),
     ("#甲", '"#甲"'), ("true", '"true"')],
)  # fmt: skip
def test_values_stand_in_quotes_where_yaml_reads_them_otherwise(words, value):
    assert quoted_value(words) == value


def test_a_difference_is_shown_with_its_place():
    story = draft(para("全区谋划项目332个。"), para("总投资893亿元。"))
    changed = write_manuscript(story).text.replace("893", "839")
    found = differences(story, changed, "稿.md")
    assert {each.check for each in found} == {"intake.difference"}
    assert found[0].message.zh == "录入的和收到的不一样：“…32个。总投资8[ → 3]…”"


def test_where_all_differs_that_is_said_once():
    story = draft(para("全区上下谋发展。" * 3000))
    changed = write_manuscript(story).text.replace("全区上下谋发展。" * 3000, "另一篇稿说的是别的事。" * 3000)
    (found,) = differences(story, changed, "稿.md")
    assert found.check == "intake.difference"
