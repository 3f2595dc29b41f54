"""Words that belong to a design: declared once, asked for by frames as often as wanted, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.design.labels import label_flow, labels_in, read_labels, text_of, told_apart
from layout.errors import LayoutError, TemplateError

TOML = '[labels]\nguide = "导读"\nplate = "图{}"\n'


def _design(folder: Path, toml: str = TOML) -> Path:
    (folder / "design.toml").write_text(toml, encoding="utf-8")
    return folder


def test_a_label_is_its_words_and_where_they_are_written(tmp_path: Path) -> None:
    labels = read_labels(_design(tmp_path))
    text = text_of(label_flow("guide"), labels)
    assert text is not None
    assert text.text == "导读"
    assert str(text.paragraphs[0].place).endswith("design.toml:2:1")


@pytest.mark.parametrize(
    ("counted", "words"), [("", "图"), ("3", "图3"), ("12~2", "图12"), ("~2", "图"), ("七", "图七")]
)
def test_a_counter_counts(tmp_path: Path, counted: str, words: str) -> None:
    text = text_of(label_flow("plate", counted), read_labels(_design(tmp_path)))
    assert text is not None
    assert text.text == words


def test_frames_of_one_label_are_texts_of_their_own(tmp_path: Path) -> None:
    frame = '<p data-flow="page.label.{}"></p>'
    html = (
        "".join(map(frame.format, ["guide", "plate.1", "guide", "plate.1", "plate.2"])) + '<p data-flow="a.lede"></p>'
    )
    apart = told_apart(html)
    texts = labels_in(apart, read_labels(_design(tmp_path)), tmp_path / "page.html")
    assert [text.text for text in texts.values()] == ["导读", "图1", "导读", "图1", "图2"]
    assert len(set(texts)) == 5
    assert '<p data-flow="a.lede"></p>' in apart


def test_a_label_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as raised:
        labels_in('<p data-flow="page.label.giude"></p>', read_labels(_design(tmp_path)), tmp_path / "page.html")
    assert "giude" in raised.value.message.zh
    assert raised.value.hint is not None
    assert "guide" in raised.value.hint.zh


@pytest.mark.parametrize("value", ["3", '""', '"一\\n二"', '["导读"]', f'"{"字" * 201}"', '"\\u0001"'])
def test_what_is_no_line_of_words_is_a_fault_at_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(LayoutError) as raised:
        read_labels(_design(tmp_path, f'[labels]\nguide = "导读"\nbad = {value}\n'))
    assert str(raised.value.place).endswith("design.toml:3:1")
