"""The structure of a story: its lede, headings of two levels, boxes, and the keys of its front matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from layout.errors import LayoutError
from layout.manuscript.cutting import apart, own_flow
from layout.manuscript.front_matter import keys
from layout.manuscript.model import Story
from layout.manuscript.reader import read_story

Read = Callable[..., Story]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(body: str, front: str = "") -> Story:
        (tmp_path / "a.md").write_text(f"---\nheadline: 题\n{front}---\n{body}", encoding="utf-8")
        return read_story(tmp_path / "a.md", root=tmp_path)

    return read


def running(story: Story) -> list[tuple[str, list[str]]]:
    """By the flow's own name, its paragraphs."""
    return [(text.flow.own, [paragraph.text for paragraph in text.paragraphs]) for text in story.running()]


@pytest.mark.parametrize(
    ("body", "front", "parts"),
    [
        ("一\n\n二", "", [("lede", ["一"]), ("section-0", ["二"])]),
        ("一", "", [("lede", ["一"])]),
        ("一{.lede}\n二  {.lede}\n三", "", [("lede", ["一", "二"]), ("section-0", ["三"])]),
        ("**一**{.lede}\n二", "", [("lede", ["一"]), ("section-0", ["二"])]),
        ("一\n二", "lede: 导\n", [("lede", ["导"]), ("section-0", ["一", "二"])]),
        ("一\n二", "导语: [导, 语]\n", [("lede", ["导", "语"]), ("section-0", ["一", "二"])]),
        ("各位代表：\n一", "lede: 无\n", [("section-0", ["各位代表：", "一"])]),
        ("一\n二", "lede: false\n", [("section-0", ["一", "二"])]),
        ("> 按\n\n一", "", [("section-0", ["按", "一"])]),
        ("- 一\n- 二", "", [("section-0", ["一", "二"])]),
        ("## 甲\n一\n二", "", [("section-1.heading", ["甲"]), ("section-1", ["一", "二"])]),
        ("一\n二\n## 甲\n三", "", [
            ("lede", ["一"]), ("section-0", ["二"]), ("section-1.heading", ["甲"]), ("section-1", ["三"]),
        ]),
        ("一\n***\n二", "", [("lede", ["一"]), ("closing", ["二"])]),
        ("一", "closing: 尾\n", [("lede", ["一"]), ("closing", ["尾"])]),
        ("一\n二[^1]\n[^1]: 注", "", [("lede", ["一"]), ("section-0", ["二1", "1　注"])]),
        ("一[^1]\n[^1]: 注", "结尾: 尾\n", [("lede", ["一1"]), ("closing", ["尾", "1　注"])]),
    ],
)  # fmt: skip
def test_lede_copy_and_closing_are_parted(
    read: Read, body: str, front: str, parts: list[tuple[str, list[str]]]
) -> None:
    assert running(read(body, front)) == parts


def test_every_character_of_the_copy_is_in_a_part_in_its_order(read: Read) -> None:
    body = "一{.lede}\n二\n### 三\n四\n## 五\n六\n### 七\n八\n::: 九\n十\n:::\n百\n***\n千\n"
    assert "".join(text.text for text in read(body).running()) == "一二三四五六七八九十百千"


def test_a_heading_of_the_second_level_is_a_paragraph_of_its_section(read: Read) -> None:
    story = read("一\n### 甲\n二\n三\n## 乙\n### 丙**丁**\n四")
    [opening, section] = story.sections
    assert not opening.heading
    assert section.heading.text == "乙"
    assert [(each.kind, each.text, each.after_heading) for each in opening.body.paragraphs] == [
        ("subheading", "甲", False), ("body", "二", True), ("body", "三", False),
    ]  # fmt: skip
    first, copy = section.body.paragraphs
    assert (first.kind, [(run.text, run.mark) for run in first.runs]) == (
        "subheading",
        [("丙", "plain"), ("丁", "strong")],
    )
    assert copy.after_heading


def test_a_box_has_a_title_and_stands_in_the_running_text_or_apart(read: Read) -> None:
    story = read("一\n::: 链接 什么是**水网**\n- 甲\n\n乙\n\n> 丙\n:::\n二\n:::名词\n丁\n::::\n")
    text = story.sections[0].body
    assert [(each.kind, each.text, each.box) for each in text.paragraphs] == [
        ("box-title", "链接 什么是水网", 1), ("item", "甲", 1), ("box", "乙", 1), ("quote", "丙", 1),
        ("body", "二", None), ("box-title", "名词", 2), ("box", "丁", 2),
    ]  # fmt: skip
    assert text.paragraphs[0].place.line == 5
    flows = {str(own_flow(text.flow, each)) for each in text.paragraphs if each.box}
    assert flows == {"a.box-1", "a.box-2"}
    rest, taken = apart(text, {own_flow(text.flow, text.paragraphs[0])})  # type: ignore[arg-type]
    assert [each.text for each in rest.paragraphs] == ["二", "名词", "丁"]
    assert [(str(each.flow), each.text) for each in taken] == [("a.box-1", "链接 什么是水网甲乙丙")]
    assert [len(box) for box in story.boxes] == [4, 2]


@pytest.mark.parametrize(
    ("body", "front", "line", "words", "hint"),
    [
        ("一\n二{.lede}", "", 5, "前面还有正文", "editor_note"),
        ("一\n## 甲\n二{.lede}", "", 6, "前面还有正文", "移到"),
        ("一{.lede}\n二", "lede: 导\n", 5, "导语写了两处", "留下"),
        ("一\n***\n二", "closing: 尾\n", 6, "结尾写了两处", "留下"),
        ("> 一{.lede}", "", 4, "只能写在正文", "去掉"),
        ("{.lede}\n一", "", 4, "只能写在正文", "去掉"),
        ("一\n## 甲{.lede}\n二", "", 5, "只能写在正文", "去掉"),
        ("一\n### 甲\n### 乙\n二", "", 5, "“甲”下面没有正文", "###"),
        ("一\n## 甲\n二\n### 乙", "", 7, "“乙”下面没有正文", "###"),
        ("一\n***\n### 乙\n二", "", 6, "结尾段", "移到"),
        ("一\n::: 甲\n二", "", 5, "“甲”没有收住", ":::"),
        ("一\n::: 甲\n二\n::: 乙\n三\n:::", "", 5, "“甲”没有收住", ":::"),
        ("一\n::: 甲\n:::", "", 5, "“甲”是空的", ":::"),
        ("一\n:::\n二", "", 5, "没有要收住", "::: 链接"),
        ("一\n：：： 甲\n二", "", 5, "全角的冒号", "半角"),
        ("一\n::: 甲\n## 乙\n二\n:::", "", 6, "框里不能有", "移到"),
        ("一\n::: 甲\n| 乙 |\n| - |\n| 丙 |\n:::", "", 6, "框里不能有", "移到"),
        ("> 一\n> ::: 甲\n> 二\n> :::", "", 5, "框里不能有", "移到"),
        ("一", "short: [甲, 乙]\n", 3, "只能有一行", "一行"),
        ("一", "署名: 甲\nbyline: 乙\n", 4, "写了两次", "留下"),
        ("一", "byline: ''\n", 3, "是空的", "删去"),
    ],
)
def test_slips_are_told_with_their_line_and_what_to_do(
    read: Read, body: str, front: str, line: int, words: str, hint: str
) -> None:
    with pytest.raises(LayoutError) as caught:
        read(body, front)
    told = caught.value.faults()[0]
    assert told.place is not None
    assert (told.place.file, told.place.line) == ("a.md", line)
    assert words in told.message.zh
    assert told.hint is not None
    assert hint in str(told.hint)


def test_a_name_of_an_old_key_is_the_byline_now() -> None:
    assert keys()["署名"].name == "byline"
    assert keys()["编务署名"].name == "credits"


def test_the_short_headline_is_no_copy(read: Read) -> None:
    story = read("一", "short: 短题\n")
    assert story.short is not None
    assert (story.short.text, story.short.place.line) == ("短题", 3)
    assert "短题" not in "".join(text.text for text in story.texts())


@pytest.mark.parametrize("name", ["government-report", "wage-regulation"])
def test_of_real_copy_every_character_is_in_a_part(tmp_path: Path, name: str) -> None:
    """What is typed and what is read, but for blanks and the signs of headings."""
    source = Path(__file__).with_name("real_copy") / f"{name}.md"
    text = source.read_text(encoding="utf-8")
    copy = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    headline = copy.partition("\n")[0].lstrip("# ") if copy.startswith("# ") else "题"
    copy = copy.partition("\n")[2] if copy.startswith("# ") else copy
    (tmp_path / "a.md").write_text(f"---\nheadline: {headline}\n---\n{copy}", encoding="utf-8")
    story = read_story(tmp_path / "a.md", root=tmp_path)
    typed = "".join("".join(line.lstrip("#").split()) for line in copy.split("\n"))
    assert "".join("".join(text.text.split()) for text in story.running()) == typed
    assert len(story.lede.paragraphs) <= 1
