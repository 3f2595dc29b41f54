"""What a story is besides its parts: shapes are made for some kinds."""

import pytest

from layout.makeup.story_kinds import kinds_of
from layout.manuscript.reader import story_of

WORDS = "秋天的林子要看火，春天的林子要看芽。" * 24
CHAPTERS = "\n\n".join(f"## 第{number}章\n\n{WORDS}" for number in "一二三")
TALK = "\n\n".join(["记者：您上山多少年了？", "老陈：二十年。", "**记者：**最难的是哪一年？", "老陈：头一年。"])


@pytest.mark.parametrize(
    ("head", "body", "kinds"),
    [
        ("", WORDS, set()),
        ('deck: ["先修水", "再修路"]\n', WORDS, {"decks"}),
        ("deck: 先修水\n", WORDS, set()),
        ("", CHAPTERS, {"chapters"}),
        ("", CHAPTERS[:600], set()),
        ("", TALK, {"dialogue"}),
        ("", "记者：走了一天，看到三件事：路、水、田。\n\n" + WORDS, set()),
    ],
)
def test_the_kinds_of_a_story(head: str, body: str, kinds: set[str]) -> None:
    text = f"---\nheadline: 山上\n{head}---\n\n{body}\n"
    assert set(kinds_of(story_of(text.encode(), "s01", "s01.md"))) == kinds
