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


PANEL, LOGO = Place("page.css", 40), Place("d/logo.svg")
DRAWINGS = PageGeometry(
    800, 1000, 15, Box(40, 40, 700, 900),
    frames=(FrameUse("f1", STORY, Place("a.md", 3), Box(120, 320, 60, 15)),),
    marks=(
        MarkSpot("drawing", "scene.svg", Place("d/scene.svg"), Box(0, 0, 800, 1000)),
        MarkSpot("mark", "div.panel", PANEL, Box(100, 300, 200, 100)),
        MarkSpot("drawing", "logo.svg", LOGO, Box(100, 300, 200, 100)),
        MarkSpot("mark", "div.bare", BORDER, Box(400, 300, 200, 100)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("check", "box", "inside", "source"),
    [
        ("line.thin", Box(150, 350, 40, 0.1), True, "logo.svg"),
        ("ink.total", Box(150, 350, 40, 20), True, "logo.svg"),
        ("line.thin", Box(100, 300, 200, 0.1), False, "div.panel"),  # the panel's own border
        ("ink.total", Box(450, 350, 40, 20), True, "div.bare"),  # a tint that lets through, before a drawing
        ("ink.total", Box(20, 20, 10, 10), True, "scene.svg"),
        ("line.thin", Box(20, 20, 10, 0.1), False, "scene.svg"),  # painted on the page itself
    ],
)
def test_of_a_box_and_the_drawing_that_fills_it(check: str, box: Box, inside: bool, source: str) -> None:
    """The names that a file gives to drawings are nobody's: where a drawing is known, its own file is told."""
    words, bare = Message("细线。（在 d7f3 里）", "thin. (Inside d7f3.)"), Message("细线。", "thin.")
    finding = Finding(check, Severity.ERROR, words, page_no=1, boxes=(box,), bare=bare if inside else None)
    found = sources([(1, DRAWINGS)]).located(finding)
    assert (found.sources, found.message) == ((Drawn(source),), bare if inside else words)


def test_all_files_of_drawings_are_told() -> None:
    boxes = (Box(150, 350, 40, 20), Box(20, 20, 10, 10))
    finding = Finding("ink.total", Severity.ERROR, Message("", ""), page_no=1, boxes=boxes, bare=Message("", ""))
    found = sources([(1, DRAWINGS)]).located(finding)
    assert (found.place, found.template) == (LOGO, (Place("d/scene.svg"),))


def test_where_nothing_is_known_the_files_own_names_stay() -> None:
    words = Message("细线。（在 d7f3 里）", "thin. (Inside d7f3.)")
    finding = Finding("ink.total", Severity.ERROR, words, page_no=1, boxes=(Box(900, 0, 9, 9),), bare=Message("", ""))
    assert sources([(1, DRAWINGS)]).located(finding).message == words


def test_type_that_stands_in_no_frame_is_no_drawings() -> None:
    finding = Finding("text.extra", Severity.ERROR, Message("", ""), page_no=1, boxes=(Box(20, 20, 9, 9),))
    assert sources([(1, DRAWINGS)]).located(finding).sources == ()
