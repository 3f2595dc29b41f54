"""A manuscript file as a story."""

from pathlib import Path

import pytest

from layout.errors import Faults, LayoutError, ManuscriptError
from layout.manuscript.reader import read_story, suffixes

HEAD = "---\nheadline: 凝心聚力\n---\n"
WHOLE = """---
headline: 凝心聚力谋发展
kicker: 引题
deck: 副题
credits: 策划/甲
words: {year: "2026", place: 屯留}
figures:
  - 重点项目{332个}
  - "{195.7公里}农村公路"
protected: [屯留区]
---
导语。

正文第二段。

## 第一章

共谋划重点项目332个。

> 引文。

## 第二章

**195.7公里**农村公路。

***

结尾。
"""


@pytest.fixture
def read(tmp_path):
    def read(text: str | bytes, name: str = "a.md"):
        path = tmp_path / "issue" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_story(path, root=tmp_path)

    return read


def fault_of(read, text, name="a.md") -> LayoutError:
    with pytest.raises(LayoutError) as caught:
        read(text, name)
    return caught.value


def test_parts_of_a_story(read):
    story = read(WHOLE)
    assert (story.id, story.file) == ("a", "issue/a.md")
    assert [(str(text.flow), text.text) for text in story.texts()] == [
        ("a.word.year", "2026"),
        ("a.word.place", "屯留"),
        ("a.kicker", "引题"),
        ("a.headline", "凝心聚力谋发展"),
        ("a.deck", "副题"),
        ("a.lede", "导语。"),
        ("a.section-0", "正文第二段。"),
        ("a.section-1.heading", "第一章"),
        ("a.section-1", "共谋划重点项目332个。引文。"),
        ("a.section-2.heading", "第二章"),
        ("a.section-2", "195.7公里农村公路。"),
        ("a.closing", "结尾。"),
        ("a.credits", "策划/甲"),
    ]
    assert story.protected == ("屯留区",)
    assert [p.kind for text in story.texts() for p in text.paragraphs][5:] == (
        ["lede", "body", "heading", "body", "quote", "heading", "body", "closing", "credits"]
    )


def test_figures_are_quoted_and_know_both_places(read):
    first, second = read(WHOLE).figures
    assert (first.before, first.number, first.after, str(first.flow)) == ("重点项目", "332个", "", "a.figure-1")
    assert (first.place.line, first.source.line, first.source.column) == (8, 18, 4)
    assert (second.before, second.number, second.after) == ("", "195.7公里", "农村公路")
    assert [str(text.flow) for text in second.texts()] == ["a.figure-2.number", "a.figure-2.after"]
    assert [text.text for text in second.texts()] == ["195.7公里", "农村公路"]
    assert not second.text("before")


def test_bold_does_not_hide_a_figure(read):
    text = HEAD.replace("---\n", "---\nfigures: ['重点项目{332个}']\n", 1) + "重点项目**332**个。"
    assert read(text).figures[0].quotation == "重点项目332个"


def test_a_story_without_sections_or_with_windows_line_ends_and_a_mark(read):
    story = read(b"\xef\xbb\xbf" + (HEAD + "甲。\n\n乙。").replace("\n", "\r\n").encode())
    assert [str(text.flow) for text in story.running()] == ["a.lede", "a.section-0"]
    assert [text.text for text in story.running()] == ["甲。", "乙。"]
    assert story.sections[0].body.paragraphs[0].place.line == 6
    assert not story.sections[0].heading


def test_chinese_file_names_are_names(read):
    assert str(read(HEAD + "甲。", "屯留-一.md").lede.flow) == "屯留-一.lede"


def test_files_outside_the_root_go_by_their_name(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(HEAD + "甲。", "utf-8")
    assert read_story(path, root=tmp_path / "elsewhere").file == "a.md"


def test_reading_twice_gives_the_same(read):
    assert read(WHOLE) == read(WHOLE)


@pytest.mark.parametrize(
    ("text", "line", "column", "words", "hint"),
    [
        (b"", 1, None, "空的", "文件头"),
        (b" \n\n", 1, None, "空的", "文件头"),
        ("正文".encode(), 1, None, "没有文件头", "---"),
        ("---\nheadline: 甲\n正文".encode(), 1, None, "没有收住", "---"),
        (HEAD.encode(), 4, None, "没有正文", "---"),
        (HEAD.encode() + "甲\n乙".encode("gbk"), 4, 1, "GBK", "UTF-8"),
        ((HEAD + "甲").encode("gbk"), 2, 11, "GBK", "UTF-8"),
        ((HEAD + "甲").encode("utf-16"), 1, 1, "UTF-16", "UTF-8"),
        (HEAD.encode() + "甲乙".encode() + b"\xff\x00", 4, 3, "不成字", "UTF-8"),
        (HEAD.encode() + "甲\n乙".encode() + "丙".encode()[:2], 5, 2, "不成字", "UTF-8"),
        ((HEAD + "甲\x00乙").encode(), 4, 2, "控制字符 U+0000", "删去"),
        ((HEAD + "甲\u2028乙").encode(), 4, 2, "控制字符 U+2028", "删去"),
        ((HEAD + "甲\n乙\ufffd").encode(), 5, 2, "U+FFFD", "原稿"),
        ((HEAD + "甲\n\n## 一\n\n## 二\n\n乙").encode(), 6, 4, "下面没有正文", "并到"),
        ((HEAD + "甲\n\n## 一").encode(), 6, 4, "下面没有正文", "补上"),
        ((HEAD + "***\n\n甲").encode(), 4, 1, "分隔线", "结尾段"),
        ((HEAD + "甲\n\n***").encode(), 6, 1, "没有结尾段", "删去"),
        ((HEAD + "甲\n\n***\n\n乙\n\n***\n\n丙").encode(), 10, 1, "分隔线", "一次"),
        ((HEAD + "甲\n\n***\n\n## 乙\n\n丙").encode(), 8, 4, "结尾段", "移到"),
        (("---\nheadline: 甲\nfigures:\n  - 332个\n---\n332个").encode(), 4, 5, "没有标出数字", "花括号"),
        (
            ("---\nheadline: 甲\nfigures:\n  - 重点项目{323个}\n---\n共重点项目332个。").encode(),
            4,
            5,
            "找不到",
            "重点项目332个",
        ),
        (("---\nheadline: 甲\nfigures:\n  - 乙{丙}\n---\n一二三四。").encode(), 4, 5, "找不到", "逐字引用"),
    ],
)
def test_bad_manuscripts(read, text, line, column, words, hint):
    fault = fault_of(read, text).faults()[0]
    assert isinstance(fault, ManuscriptError)
    assert fault.exit_code == 3
    assert words in fault.message.zh
    assert hint in fault.hint.zh
    assert (fault.place.file, fault.place.line, fault.place.column) == ("issue/a.md", line, column)


def test_mistakes_of_head_and_body_come_together(read):
    faults = fault_of(read, "---\nheadlin: 甲\n---\n<b>乙</b>\n\n## 丙")
    assert isinstance(faults, Faults)
    assert [(fault.place.line) for fault in faults.faults()] == [2, 1, 4, 4, 6]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docx", "来稿"),
        ("a.doc", "来稿"),
        ("a.txt", "来稿"),
        ("a.exe", "格式"),
        ("a b.md", "名称"),
        ("page.md", "名称"),
    ],
)
def test_names_and_kinds_of_files_that_are_refused(read, name, words):
    fault = fault_of(read, HEAD + "甲。", name)
    assert isinstance(fault, ManuscriptError)
    assert words in fault.message.zh
    assert fault.hint


def test_a_missing_file_names_the_nearest(read, tmp_path):
    read(HEAD + "甲。", "tunliu.md")
    with pytest.raises(ManuscriptError) as caught:
        read_story(tmp_path / "issue" / "tunlu.md", root=tmp_path)
    assert "tunliu.md" in caught.value.hint.zh


def test_a_folder_is_no_manuscript(tmp_path):
    (tmp_path / "a.md").mkdir()
    with pytest.raises(ManuscriptError, match="cannot be opened"):
        read_story(tmp_path / "a.md", root=tmp_path)


def test_markdown_is_what_can_be_read():
    assert suffixes() == (".md", ".markdown")
    assert all(suffix == Path("a" + suffix).suffix for suffix in suffixes())


def test_a_solidus_in_a_headline_ends_its_line_and_is_not_printed(read):
    story = read("---\nheadline: 一条小河的来路／与去处\ndeck: 甲 ／ 乙／\ncredits: 策划／甲\n---\n正文")
    assert [(p.text, p.place.column) for p in story.headline.paragraphs] == [("一条小河的来路", 11), ("与去处", 19)]
    assert [paragraph.text for paragraph in story.text("deck").paragraphs] == ["甲", "乙"]
    assert story.text("credits").text == "策划／甲"


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_manuscript_pasted_below_a_front_matter_has_a_second_one(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "稿.md"
    path.write_text(HEAD + blank + WHOLE, encoding="utf-8")
    with pytest.raises(ManuscriptError, match="a second front matter") as caught:
        read_story(path, root=tmp_path)
    assert caught.value.place is not None
    assert caught.value.place.line == 4 + len(blank)
    # A break is no front matter, whatever follows it.
    path.write_text(HEAD + "正文。\n\n---\n\n结尾: 一句。\n", encoding="utf-8")
    assert read_story(path, root=tmp_path).text("closing").text == "结尾: 一句。"
