"""Pages under other classes without a layout of their own: known from their styles where those change nothing else."""

from pathlib import Path

import pytest

from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.flows import Flow
from layout.page.canvas import Classes, Decision, Restyled, TypeRequest
from layout.page.frames import MeasuredPage
from small_page import FONTS, write_page

COLUMN = '<div data-column class="c">{}<div class="f body" data-flow="s.1"></div></div>'
BODY = (
    '<div class="f title" data-flow="h"></div><p class="air"></p><div class="plate"></div>'
    f'<div data-band="one">{COLUMN.format("")}'
    f"{COLUMN.format('<div class=p data-picture=p></div>')}</div>"
    f'<div data-band="two" style="min-height:40pt;max-height:90pt">{COLUMN.format("")}'
    f"{COLUMN.format('<div class=q data-picture=q></div>')}</div>"
    '<div class="loose" data-picture="r"></div><div class="f foot" data-flow="foot"></div>'
)
CSS = """
:root { --size: 8pt } .body { font-size: var(--size) } .body::first-letter { --drop: 2 }
.c { float: left; width: 76pt; margin-left: 8pt } .c:first-child { margin-left: 0 } .air { height: 10pt }
.title { height: 30pt } .plate { height: 10pt; background: device-cmyk(0 0 0 0.2) }
.p, .q { height: 20pt; min-height: 10pt; max-height: 40pt } .loose { height: 10pt; width: 20pt }
[data-band]::after { content: ""; display: block; clear: both }
[data-kind=heading] { font-family: "Hei 500"; --rows: 2 }
"""
REQUEST = TypeRequest.of(
    {Flow("s", "1"): ["strong"], Flow("h"): [], Flow("foot"): []},
    {Flow("s", "1"): {"body": ["strong"], "heading": []}},
)
OTHER: Classes = (("k0", "x"),)


def canvas(folder: Path, css: str) -> HtmlCanvas:
    html = write_page(folder, BODY, CSS + css)
    html = html.replace("<div data-fill>", '<div data-fill data-step="w x:1">')
    return Engine(FONTS).canvas(html, template=folder / "page.html")


def both(folder: Path, css: str) -> tuple[Restyled | None, MeasuredPage]:
    """The page of class x as it is known from the page of class w; and as it is laid out by itself."""
    known = canvas(folder / "known", css)
    known.types((("k0", "w"),), REQUEST)
    return known.restyled(OTHER, REQUEST, {}), canvas(folder / "laid", css).types(OTHER, REQUEST)


@pytest.mark.parametrize(
    "css",
    [
        ".x .body { font-size: 7pt; text-indent: 14pt }",
        ".x { --size: 7pt }",
        '.x .title { font-size: 20pt; line-height: 24pt; font-family: "Kai 400"; text-align: center }',
        ".x .body [data-role=strong] { color: device-cmyk(1 0 0 0) }",
        ".x [data-kind=heading] { --rows: 3; font-size: 9pt }",
        ".x .body::first-letter { --drop: 3; margin-right: 3pt }",
        ".x .body { --fit: total; letter-spacing: 0.4pt }",
        ".x { color: device-cmyk(0 1 1 0) } .x .plate { background: device-cmyk(0 0 0 0.1) }",
        ".x .p { height: 30pt; max-height: 60pt }",
        ".x { --more: 10pt } .p { height: calc(20pt + var(--more, 0pt)) }",
        ".x .body { unknown: 3; width: 0 } .x .body { width: auto }",
        ".y { display: none }",
    ],
)
def test_a_class_that_changes_type_or_what_a_picture_wants_needs_no_layout(tmp_path: Path, css: str) -> None:
    known, laid = both(tmp_path, css)
    assert known is not None
    assert known.like == (("k0", "w"),)
    page = known.page
    assert [frame.type for frame in page.frames] == [frame.type for frame in laid.frames]
    assert [(each.best, each.min_height, each.max_height, each.options) for each in page.pictures] == [
        (pytest.approx(each.best), each.min_height, pytest.approx(each.max_height), each.options)
        for each in laid.pictures
    ]
    assert [(each.box.x, each.box.width) for each in page.frames] == [
        (each.box.x, each.box.width) for each in laid.frames
    ]
    assert [(each.check, each.message) for each in page.messages] == [
        (each.check, each.message) for each in laid.messages
    ]
    assert (page.row, page.type_area, page.options) == (laid.row, laid.type_area, laid.options)


@pytest.mark.parametrize(
    "css",
    [
        ".x .title { height: 40pt }",
        ".x .body { width: 60pt }",
        ".x .body { --height: css }",
        ".x .foot { display: none }",
        ".x .air { height: 20pt }",
        ".x { line-height: 11pt }",
        ".x { --empty-max: 3 }",
        ".x .p { --crop-max: 0.2 }",
        ".x .p { height: 30% }",
        ".x .q { height: 30pt }",
        ".x .loose { height: 20pt }",
        ".x .title::before { content: '乙' }",
        ".x .c { opacity: 0.5 }",
    ],
)
def test_whatever_else_a_class_changes_is_laid_out(tmp_path: Path, css: str) -> None:
    known, _ = both(tmp_path, css)
    assert known is None


@pytest.mark.parametrize(
    ("css", "known"),
    [
        (".x .title { height: 40pt }", True),
        (".x .air { height: 20pt } .x .p { height: 30pt }", True),
        (".x .c:first-child { display: none }", True),
        (".x .c { width: 60pt }", True),
        (".x .title { height: 40pt; font-size: 9pt }", False),
        (".x .air { height: 20pt } .x .body [data-role=strong] { color: device-cmyk(1 0 0 0) }", False),
        (".x .plate { border: 1pt solid }", False),
        (".w .plate { display: none }", False),
        (".x .c { opacity: 0.5 }", False),
    ],
)
def test_a_page_whose_types_stay_is_laid_out_once_with_the_heights_of_its_copy(
    tmp_path: Path, css: str, known: bool
) -> None:
    """Its natural heights are those of the page laid out before: no layout with probes for types is needed."""
    folder, heights = tmp_path / "known", {"k15": 30.0}
    one, other = canvas(folder, css), canvas(tmp_path / "laid", css)
    one.types((("k0", "w"),), REQUEST)
    found = one.restyled(OTHER, REQUEST, heights)
    assert (found is not None) == known
    assert one.restyled(OTHER, REQUEST, {}) is None
    if found is not None:
        laid, types = other.measured(Decision.of(heights, OTHER)), other.types(OTHER, REQUEST)
        assert (found.like, found.heights) == (OTHER, heights)
        assert [each.box for each in found.page.frames] == [each.box for each in laid.frames]
        assert [each.type for each in found.page.frames] == [each.type for each in types.frames]
        assert [each.height_by for each in found.page.frames] == [each.height_by for each in types.frames]


def test_a_page_that_was_not_laid_out_before_is_not_known(tmp_path: Path) -> None:
    fresh = canvas(tmp_path, "")
    assert fresh.restyled(OTHER, REQUEST, {}) is None
    fresh.types((("k0", "w"),), REQUEST)
    assert fresh.restyled((("k0", "w"),), REQUEST, {}) is None
    assert fresh.restyled(OTHER, TypeRequest.of({Flow("h"): []}), {}) is None


def test_heights_in_the_layout_of_like_classes_are_those_of_the_page_itself(tmp_path: Path) -> None:
    """What is laid out under the classes that a page is like stands where the page itself does."""
    css = ".x .body { font-size: 7pt; line-height: 9pt } .x .title { font-size: 20pt }"
    known, laid = canvas(tmp_path / "known", css), canvas(tmp_path / "laid", css)
    heights = {each.id: 40.0 for each in laid.measured(Decision()).frames}
    one, other = known.measured(Decision.of(heights, (("k0", "w"),))), laid.measured(Decision.of(heights, OTHER))
    assert [each.box for each in one.frames] == [each.box for each in other.frames]
    assert [each.box for each in one.bands] == [each.box for each in other.bands]
