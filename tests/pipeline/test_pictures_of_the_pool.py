"""Of a page that is made up no picture is missed whose story the page does not take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layout.errors import Place
from layout.flows import Flow
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage
from layout.issue.model import Picture
from layout.manuscript.model import Text
from layout.pipeline.finishing import without_unused

PLACE = Place("issue.toml", 7)


def picture(name: str, story: str) -> Picture:
    empty = Text(Flow.of_picture(name, "caption"), ())
    return Picture(name, Path(name), name, empty, empty, (0.5, 0.5), "", PLACE, story=story)


def test_a_picture_goes_with_the_story_that_the_page_leaves_in_the_pool() -> None:
    shots = (picture("own", "a"), picture("spare", "b"), picture("alone", ""))
    made_up = PagePlan(1, "要闻", "auto", (), shots, {}, PLACE, auto=AutoPage())
    assert [each.id for each in without_unused(made_up, {"a"}).pictures] == ["own", "alone"]
    drawn = replace(made_up, auto=None)  # its design has a box for every picture, whatever it belongs to
    assert without_unused(drawn, {"a"}) is drawn
