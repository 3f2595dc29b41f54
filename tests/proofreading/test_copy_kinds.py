"""What the paragraphs of received copy are: the lines before the copy, captions; short lines alone are a list."""

import pytest

from layout.proofreading.copy_files import plain_copy
from layout.proofreading.copy_kinds import kinds_of
from layout.proofreading.desk import DeskWork, proofread
from proofreading.desk_support import EVERY_RULE

LEDE = "本报讯　初冬时节，渠水顺着新修的渠道流向麦田。"
SPACES = "copy.space_between_han"


def kinds(*paragraphs: str) -> list[str]:
    return list(kinds_of([("body", each) for each in paragraphs]))


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (["稻花香　新渠成"], ["headline"]),
        (["两会特刊", "稻花香　新渠成", "——石桥乡见闻", "本报记者 张晓明 通讯员 李红"], ["headline"] * 3 + ["byline"]),
        (["一、渠道通水"], ["body"]),
        ([], []),
        (["2026", "屯留", "凝心聚力 著华章", "长治两会", "谋好篇 布好局", "履职尽责为人民"], ["headline"] * 6),
        (["甲"] * 8, ["body"] * 8),
    ],
)
def test_short_lines_before_the_copy(opening: list[str], expected: list[str]) -> None:
    assert kinds(*opening, LEDE, "凝心聚力 谋发展") == [*expected, "body", "body"]


def test_a_list_of_short_lines_has_no_headline() -> None:
    assert kinds("一，摸清底数", "二、管好渠口") == ["body", "body"]
    assert kinds("凝心聚力 谋发展") == ["body"]
    assert kinds() == []


def test_what_the_file_says_stays() -> None:
    assert kinds_of([("headline", "新渠"), ("heading", "一、"), ("body", LEDE)]) == ("headline", "heading", "body")


def test_a_caption_in_the_copy() -> None:
    assert kinds(LEDE, "图为村民查看水情。 李红 摄") == ["body", "caption"]


def test_spaces_are_told_in_the_copy_and_not_where_the_trade_writes_them() -> None:
    lines = [
        "稻花香　新渠成", "本报记者 张晓明 通讯员 李红", LEDE, "图为村民查看水情。 李红 摄",
        "秋日山色。（张晓明 摄）", "渠水 清清流过。",
    ]  # fmt: skip
    found = proofread([plain_copy("\n".join(lines), "a.txt")], DeskWork(EVERY_RULE))
    assert [each.place.line for each in found if each.check == SPACES and each.place] == [6]


def test_headings_of_markdown_without_front_matter_hold_spaces_and_have_their_columns() -> None:
    copy = plain_copy("# 新渠\n\n## 第二章　工资支付\n\n## 安祥的夜晚\n\n渠水 清清流过。\n\n#3号机组停了。\n", "a.md")
    assert [each.kind for each in copy.paragraphs] == ["heading", "heading", "heading", "body", "body"]
    found = proofread([copy], DeskWork(EVERY_RULE))
    assert [str(each.place) for each in found if each.check == SPACES] == ["a.md:7:3"]
    assert [str(each.place) for each in found if each.check == "copy.wrong_word"] == ["a.md:5:4"]
