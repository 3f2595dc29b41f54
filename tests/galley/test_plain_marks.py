"""Marked words that look like the others are told: once for each kind of mark in a chain."""

from dataclasses import replace

import pytest

from layout.errors import Place
from layout.flows import Chain
from layout.galley.plain_marks import plain_marks
from layout.manuscript.model import Mark, Paragraph, Run
from layout.page.frames import FrameType, Ink, RoleType

BODY = RoleType(("song-400",), 9.0, Ink(0, 0, 0, 1))
PARAGRAPH = Paragraph(
    "body",
    (
        Run("甲", Place("a.md", 1, 1)),
        Run("乙", Place("a.md", 1, 4), "strong"),
        Run("丙", Place("a.md", 1, 9), "strong"),
        Run("丁", Place("a.md", 1, 14), "emphasis"),
    ),
)


def told(roles: dict[str, RoleType]) -> list[tuple[str, int | None, object]]:
    type_ = FrameType({"plain": BODY, **roles}, 13.0, 0.0, "justify", False, {})
    found = plain_marks(Chain.parse("a.lede"), type_, [(PARAGRAPH, type_)])
    return [(each.message.en.split(" ")[0], each.place and each.place.column, each.amount["places"]) for each in found]


def test_both_are_told_where_the_design_knows_neither() -> None:
    expected = [("“**…**”", 4, 2), ("“[…]{.emphasis}”", 14, 1)]
    assert told({}) == told({"strong": BODY, "emphasis": BODY}) == expected


@pytest.mark.parametrize(
    "other",
    [replace(BODY, faces=("hei-400",)), replace(BODY, size=10.0), replace(BODY, ink=Ink(0, 1, 1, 0))],
)
@pytest.mark.parametrize(("mark", "left"), [("strong", 1), ("emphasis", 1)])
def test_a_face_a_size_or_a_colour_is_enough(other: RoleType, mark: Mark, left: int) -> None:
    assert len(told({mark: other})) == left
    assert told({"strong": other, "emphasis": other}) == []
