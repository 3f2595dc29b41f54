"""The table of docs/manuscript.md, “what is typed, what is set, what is told”, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.errors import LayoutError
from layout.manuscript.reader import read_story
from layout.proofreading.copy_checks import check_story

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "manuscript.md"
SIGNS = str.maketrans({"⏎": "\n", "⇥": "\t", "⍽": "\u00a0", "□": "\u3000", "¦": "|", "◌": ""})


def rows() -> list[tuple[str, str, str]]:
    table = GUIDE.read_text("utf-8").split("<!-- typed and set -->")[1].split("<!-- / -->")[0]
    cells = [[cell.strip(" ") for cell in line.split("|")[1:-1]] for line in table.strip().split("\n")[2:]]
    return [(typed.strip("`").translate(SIGNS), set_.translate(SIGNS), told) for typed, set_, told in cells]


@pytest.mark.parametrize(("typed", "set_", "told"), rows())
def test_a_row_of_the_table(tmp_path: Path, typed: str, set_: str, told: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\nheadline: 题\n---\n{typed}\n", encoding="utf-8")
    if told.startswith("拒绝"):
        with pytest.raises(LayoutError) as caught:
            read_story(path, root=tmp_path)
        assert all(fault.place.line >= 4 and fault.hint for fault in caught.value.faults())
        return
    story = read_story(path, root=tmp_path)
    assert [paragraph.text for text in story.running() for paragraph in text.paragraphs] == set_.split("\n")
    assert {finding.check for finding in check_story(story)} == set(told.replace("`", "").split())


def test_the_table_has_rows_that_are_told_and_rows_that_are_not() -> None:
    assert len(rows()) > 30
    assert {bool(told) for _, _, told in rows()} == {True, False}
