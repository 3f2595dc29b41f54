"""The table of a story's parts: what it says holds for every room that goes by it."""

import pickle
from pathlib import Path

import pytest

from layout.flows import Flow
from layout.manuscript.flow_names import spoken
from layout.manuscript.model import Story, Text
from layout.manuscript.reader import read_story
from layout.manuscript.story_parts import StoryPart, story_flow, story_parts

ROWS = story_parts().values()
VALUES = {
    "text": "{0}一",
    "running": "{0}一",
    "short": "{0}一",
    "words": "{{某词: {0}一}}",
    "quotations": "['{{正文}}']",
    "phrases": "[正文]",
    "flag": "true",
}
BODY = "正文。\n\n## 小标题\n\n正文。\n\n::: 链接\n什么是水网。\n:::\n"


@pytest.fixture
def full(tmp_path: Path) -> Story:
    """A story that has every part of the table."""
    front = [f"{row.name}: {VALUES[row.form].format(row.name)}" for row in ROWS if row.is_key]
    (tmp_path / "a.md").write_text("\n".join(["---", *front, "---", BODY]), encoding="utf-8")
    return read_story(tmp_path / "a.md", root=tmp_path)


def test_a_story_has_every_part_in_the_order_of_the_table(full: Story) -> None:
    assert list(full.parts) == [row.name for row in ROWS if row.is_copy]
    assert all(full.parts.values())
    assert [story_flow(text.flow).part.name for text in full.texts()] == sorted(
        (story_flow(text.flow).part.name for text in full.texts()), key=list(full.parts).index
    )


def test_of_a_story_that_is_turned_over_no_part_stays(full: Story) -> None:
    over = {text.flow: Text(text.flow, ()) for text in full.texts()}
    assert not list(full.with_texts(over).texts())
    assert not any(full.with_texts(over).parts.values())
    (kept,) = full.with_texts({flow: text for flow, text in over.items() if str(flow) != "a.closing"}).texts()
    assert kept is full.closing


def test_a_story_can_be_sent_to_another_process(full: Story) -> None:
    assert pickle.loads(pickle.dumps(full)) == full


def test_the_parts_cannot_be_changed(full: Story) -> None:
    with pytest.raises(TypeError):
        full.parts["headline"] = full.lede  # type: ignore[index]
    with pytest.raises(TypeError):
        full.parts["words"]["某词"] = full.lede  # type: ignore[index]


@pytest.mark.parametrize("row", ROWS, ids=story_parts())
def test_a_name_is_one_that_templates_can_ask_for(row: StoryPart, full: Story) -> None:
    assert row.name.isidentifier()
    assert not row.is_copy or getattr(full, row.name, full.parts[row.name]) is full.parts[row.name]
    assert row.is_copy or hasattr(full, row.name)


@pytest.mark.parametrize("row", [row for row in ROWS if row.has_flow], ids=lambda row: row.name)
def test_its_flows_are_known_by_their_names(row: StoryPart) -> None:
    index = "2" if "{}" in row.flow else ""
    found = story_flow(row.flow_of("a", index))
    assert found is not None
    assert (found.story, found.part, found.index, found.piece) == ("a", row, index, "")
    assert spoken(row.flow_of("a", index), "zh") == f"a {row.called(index).zh}"


@pytest.mark.parametrize("flow", ["page.folio.date", "picture.headline.caption", "a.to", "a.section", "a", "a.wordy.x"])
def test_other_flows_are_no_parts(flow: str) -> None:
    assert story_flow(Flow.parse(flow)) is None
