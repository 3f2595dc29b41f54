"""What a page turns over of a story is what the next page has of it, each character once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from layout.copyfit.model import ComposedPage
from layout.errors import Place
from layout.flows import Flow
from layout.galley.pour import Rest
from layout.issue import PagePlan
from layout.manuscript.cutting import after
from layout.manuscript.model import Story, Text
from layout.manuscript.reader import read_story
from layout.page.frames import MeasuredPage
from layout.pipeline.continuations import Turned

CHAPTER = [("a.section-1.heading", "寒"), ("a.section-1", "来暑往")]
BODY = "天地玄黄宇宙洪荒{.lede}\n日月盈昃{.lede}\n辰宿列张\n## 寒\n来暑往\n"


def turned(story: Story, flow: str, paragraph: int, offset: int) -> tuple[Story, Story, Turned]:
    """The story on the first page and on the second, where the page ends there in the text *flow*."""
    plan = PagePlan(1, "一", "page", (story,), (), {}, Place("issue.toml", 1))
    texts = list(story.texts())
    at = next(number for number, text in enumerate(texts) if str(text.flow) == flow)
    rest: dict[Flow, Text] = {text.flow: text for text in texts[at:]}
    rest[texts[at].flow] = after(texts[at], paragraph, offset)
    page = cast("MeasuredPage", SimpleNamespace())
    resumed = frozenset({texts[at].flow} if offset else ())
    state = Turned()
    composed = ComposedPage(page, (), (), (), rest=Rest(rest, resumed))
    turns = {f"{story.id}.to": Text(Flow.parse("page.turn.a.to"), ())}
    first = state.take(PagePlan(**{**_fields(plan), "turns": turns}), composed)
    return first.stories[0], state.stories[story.id], state


def _fields(plan: PagePlan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in PagePlan.__dataclass_fields__}


@pytest.mark.parametrize(
    ("flow", "paragraph", "offset", "left"),
    [
        ("a.lede", 0, 6, [("a.section-0", "洪荒日月盈昃辰宿列张"), *CHAPTER]),
        ("a.lede", 1, 0, [("a.section-0", "日月盈昃辰宿列张"), *CHAPTER]),
        ("a.section-0", 0, 2, [("a.section-0", "列张"), *CHAPTER]),
        ("a.section-1", 0, 1, [("a.section-1", "暑往")]),
    ],
)  # fmt: skip
def test_a_lede_that_a_page_does_not_end_is_body_on_the_next(
    tmp_path: Path, flow: str, paragraph: int, offset: int, left: list[tuple[str, str]]
) -> None:
    (tmp_path / "a.md").write_text(f"---\nheadline: 题\n---\n{BODY}", encoding="utf-8")
    story = read_story(tmp_path / "a.md", root=tmp_path)
    first, second, state = turned(story, flow, paragraph, offset)
    assert [(str(text.flow), text.text) for text in second.texts()] == left
    assert {each.kind for text in second.texts() for each in text.paragraphs} <= {"body", "heading"}
    whole = "".join(text.text for text in story.texts())
    assert "".join(text.text for part in (first, second) for text in part.texts()) == whole
    assert state.resumed == (frozenset({Flow.parse(left[0][0])}) if offset else frozenset())
