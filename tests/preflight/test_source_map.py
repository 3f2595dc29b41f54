"""Where a finding's marks come from, on values: what draws a thin line is not always the smallest box around it."""

from __future__ import annotations

import pytest

from layout.checks import Finding, Severity
from layout.errors import Message, Place
from layout.flows import Chain, Drawn, Flow
from layout.geometry import Box
from layout.preflight.page_geometry import FrameUse, MarkSpot, PageGeometry, ParagraphSpot, TypeOrigin
from layout.preflight.source_map import sources

STORY = Chain.parse("a.section-1")
ELEMENT, BORDER, TINT = Place("page.html", 15), Place("page.css", 11), Place("page.css", 30)
PAGE = PageGeometry(
    800, 1000, 15, Box(40, 40, 700, 900),
    frames=(FrameUse("f1", STORY, Place("a.md", 3), Box(40, 100, 160, 400)),),
    paragraphs=(
        ParagraphSpot(STORY.flows[0], Place("a.md", 3), Box(40, 100, 160, 90)),
        ParagraphSpot(STORY.flows[0], Place("a.md", 9), Box(40, 200, 60, 11)),
        ParagraphSpot(STORY.flows[0], Place("a.md", 9), Box(400, 196, 60, 11)),
    ),
    marks=(
        MarkSpot("mark", "div.columns", BORDER, Box(30, 90, 700, 500)),
        MarkSpot("mark", "div.tint", TINT, Box(40, 100, 160, 400)),
    ),
    types=(TypeOrigin("f1", "element", ELEMENT),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "source", "place", "template"),
    [
        (Box(30, 90, 700, 0.1), Drawn("div.columns"), BORDER, ()),  # a border above the frame
        (Box(30, 90, 0.1, 500), Drawn("div.columns"), BORDER, ()),
        (Box(40, 100, 160, 400), Drawn("div.tint"), TINT, ()),  # a border all round the frame
        (Box(40, 499.9, 160, 0.1), Drawn("div.tint"), TINT, ()),
        (Box(40, 215, 160, 0.1), Flow.parse("a.section-1"), Place("a.md", 9), (ELEMENT,)),  # a rule of a table
        (Box(60, 130, 40, 0.1), Flow.parse("a.section-1"), Place("a.md", 3), (ELEMENT,)),  # an underline
        (Box(300, 300, 40, 0.1), Drawn("div.columns"), BORDER, ()),  # in no frame
    ],
)
def test_what_draws_a_line(line: Box, source: object, place: Place, template: tuple[Place, ...]) -> None:
    finding = Finding("line.thin", Severity.ERROR, Message("细线", "thin"), page_no=1, boxes=(line,))
    found = sources([(1, PAGE)]).located(finding)
    assert (found.sources, found.place, found.template) == ((source,), place, template)
