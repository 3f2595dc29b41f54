"""One finding is silenced in place, with a reason: at the desk and in a build, and nothing besides it."""

from pathlib import Path

import pytest

from layout.manuscript.reader import read_story
from layout.proofreading.copy_checks import check_story
from proofreading.desk_support import ids

SILENT = "<!-- 不改 copy.wrong_word：原文如此 -->"


@pytest.mark.parametrize("front", ["", "---\nheadline: 题目\n---\n"])
def test_the_paragraph_below_is_left_and_no_other(tmp_path: Path, front: str) -> None:
    assert ids(f"{front}安祥的夜晚。", tmp_path) == ["wrong_word"]
    assert ids(f"{front}{SILENT}\n\n安祥的夜晚。", tmp_path) == []
    assert ids(f"{front}{SILENT}\n安祥的夜晚。\n\n安祥的早晨。", tmp_path) == ["wrong_word"]
    assert ids(f"{front}{SILENT}\n安祥的夜晚，渠水。，清。", tmp_path) == ["doubled_marks"]


@pytest.mark.parametrize(
    "line",
    ["<!-- 不改 copy.wrong_word -->", "<!-- keep copy.wrong_words: as it was -->", "<!-- 不改 copy.sum：四舍五入 -->"],
)
def test_one_without_a_reason_of_no_check_or_of_nothing_is_told(tmp_path: Path, line: str) -> None:
    assert sorted(ids(f"{line}\n\n安祥的夜晚。", tmp_path)) == ["idle_silence", "wrong_word"]


def test_a_build_leaves_it_too_and_prints_no_such_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nheadline: 题\n---\n<!-- keep copy.doubled_marks: in the original -->\n水。，清。\n", "utf-8")
    story = read_story(path, root=tmp_path)
    assert [text.text for text in story.running()] == ["水。，清。"]
    assert check_story(story) == ()
