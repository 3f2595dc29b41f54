"""Footnotes: numbered as they are referred to, marks and notes matched, what does not match told with its line."""

import pytest

from layout.errors import LayoutError
from layout.manuscript.markdown import Blocks, Heading, read


def blocks(markdown: str) -> tuple[Blocks, list[tuple[int | None, str]]]:
    faults: list[LayoutError] = []
    found = read(markdown, 1, "a.md", faults)
    return found, [(fault.place.line, fault.message.en) for fault in faults if fault.place]


def texts(found: Blocks) -> list[str]:
    copy = [block.paragraph if isinstance(block, Heading) else block for block in found.blocks]
    return [each.text for each in (*copy, *found.footnotes)]  # type: ignore[union-attr]


def test_notes_are_numbered_as_they_are_referred_to() -> None:
    found, faults = blocks("[^乙]: 后注。\n甲[^甲]乙[^乙]。\n\n## 题[^丙]\n丙[^甲]\n[^甲]：**前**注。\n[^丙]: 题注。")
    assert faults == []
    assert texts(found) == ["甲1乙2。", "题3", "丙1", "1　前注。", "2　后注。", "3　题注。"]
    assert [note.kind for note in found.footnotes] == ["footnote"] * 3
    assert [[run.level for run in note.runs] for note in found.footnotes][1] == ["", ""]
    assert (found.footnotes[1].place.line, found.footnotes[1].runs[1].place.column) == (1, 7)


def test_marks_in_tables_are_numbered_row_by_row() -> None:
    found, faults = blocks("前[^3]\n| 甲[^2] | 乙 |\n| - | -: |\n| 丙 | 12[^1] |\n[^1]: a\n[^2]: b\n[^3]: c")
    assert faults == []
    assert texts(found) == ["前1", "甲2", "乙", "丙", "123", "1　c", "2　b", "3　a"]
    [table] = {each.table for each in found.blocks if getattr(each, "table", None)}  # type: ignore[union-attr]
    assert [run.text for run in table.cells[0].runs] == ["甲", "2"]  # type: ignore[union-attr]


@pytest.mark.parametrize("title", ["[水位[^1]]", " [水位[^1]] ", "[[^1]水位]"])
def test_titles_of_tables_have_marks(title: str) -> None:
    for lines in (f"{title}\n| 甲 |\n| - |\n| 2 |", f"| 甲 |\n| - |\n| 2 |\n{title}"):
        found, faults = blocks(f"{lines}\n[^1]: 注")
        assert faults == []
        [table] = {each.table for each in found.blocks if getattr(each, "table", None)}  # type: ignore[union-attr]
        assert sorted(run.text for run in table.title) == ["1", "水位"]  # type: ignore[union-attr]


def test_labels_in_circles_make_marks_in_circles() -> None:
    found, faults = blocks("甲[^②]乙[^①]\n[^①]: 丙\n[^②]: 丁")
    assert faults == []
    assert texts(found) == ["甲①乙②", "①丁", "②丙"]
    assert [note.runs[0].level for note in found.footnotes] == ["", ""]


@pytest.mark.parametrize(
    ("markdown", "line", "words"),
    [
        ("甲\n\n乙[^1]", 3, "There is no note"),
        ("甲\n[^1]: 乙", 2, "Nothing refers"),
        ("甲[^1]\n[^1]: ", 2, "is empty"),
        ("甲[^1]\n[^1]: 乙\n[^1]: 丙", 3, "two notes"),
        ("甲[^1]乙[^2]\n[^1]: 丙[^2]\n[^2]: 丁", 2, "holds no note"),
    ],
)
def test_what_does_not_match_is_told_with_its_line(markdown: str, line: int, words: str) -> None:
    [(there, message)] = blocks(markdown)[1]
    assert (there, words in message) == (line, True)
