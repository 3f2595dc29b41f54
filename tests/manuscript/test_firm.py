"""``firm: true`` in the front matter: not a word of the story may be cut."""

from pathlib import Path

import pytest

from layout.errors import ManuscriptError
from layout.manuscript.model import Story
from layout.manuscript.reader import read_story


def story(folder: Path, front: str) -> Story:
    (folder / "a.md").write_text(f"---\nheadline: 公报\n{front}---\n\n导语。\n\n## 一章\n\n正文。\n", encoding="utf-8")
    return read_story(folder / "a.md", root=folder)


@pytest.mark.parametrize("written", ["firm: true", "不删: 是", "firm: Yes", 'firm: "true"'])
def test_all_its_paragraphs_say_so(tmp_path: Path, written: str) -> None:
    read = story(tmp_path, f"{written}\n")
    assert read.firm
    assert all(paragraph.firm for text in read.texts() for paragraph in text.paragraphs)


@pytest.mark.parametrize("written", ["", "firm: false\n", "不删: 否\n"])
def test_a_story_may_be_cut_unless_it_says_otherwise(tmp_path: Path, written: str) -> None:
    read = story(tmp_path, written)
    assert not read.firm
    assert not any(paragraph.firm for text in read.texts() for paragraph in text.paragraphs)


@pytest.mark.parametrize("value", ["也许", "[true]", "1", "tru"])
def test_another_value_is_refused_at_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(ManuscriptError, match="true or false") as raised:
        story(tmp_path, f"firm: {value}\n")
    assert (raised.value.place and raised.value.place.line) == 3
    assert raised.value.hint is not None
    assert "firm: true" in raised.value.hint.zh
