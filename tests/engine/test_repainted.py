"""A page whose style sheets changed in colours alone is not laid out again, and is painted as if it had been."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from layout.engine.engine import Engine, PageContent, write_pdf
from layout.engine.html_canvas import HtmlCanvas
from layout.flows import Flow
from layout.page.canvas import Decision, TypeRequest
from small_page import FONTS, write_page
from soak import amount

BODY = (
    '<div class="f title" data-flow="h"></div><p class="air">·</p><div class="plate"><i class="mark"></i></div>'
    '<div data-band="one"><div data-column class="c"><div class="f body" data-flow="s.1"></div></div>'
    '<div data-column class="c"><div class=p data-picture=p></div></div></div>'
    '<ul class="list"><li>一<li>二</ul><table class="t"><tr><td>三<td class="dark">四</table>'
    '<div class="grid"><b>五</b><b>六</b></div><div class="f foot" data-flow="foot"></div>'
)
CSS = """
@page { background: device-cmyk(0 0 0.1 0) }
:root { --size: 8pt; --line: 1pt } .body { font-size: var(--size); color: device-cmyk(0 0 0 1) }
.body::first-letter { --drop: 2 }
.title { height: 30pt; color: device-cmyk(0.1 0.2 0.3 0.4); border-bottom: var(--line) solid }
.air { height: 10pt; text-decoration: underline; text-decoration-color: device-cmyk(0 0 1 0) }
.plate { height: 10pt; background: device-cmyk(0 0 0 0.2); outline: 1pt solid device-cmyk(1 0 0 0) }
.mark { position: absolute; right: 0; width: 8pt; height: 8pt; border: 1pt solid device-cmyk(0 1 0 0) }
.mark::after { content: "・{}"; color: device-cmyk(0 0 0 0.5) }
.c { float: left; width: 76pt; margin-left: 8pt; border-left: 0.5pt solid device-cmyk(0 0 0 0.3) } .p { height: 20pt }
.list { margin: 0; padding-left: 20pt; color: device-cmyk(0.5 0 0 0) } .list li { background-color: currentcolor }
.t { border-spacing: 2pt } .t td { background: device-cmyk(0 0.3 0 0) } .dark { color: device-cmyk(0 0 0 0) }
.grid { display: grid; grid-template-columns: 1fr 1fr; background: device-cmyk(0.2 0 0 0) }
[data-band]::after { content: ""; display: block; clear: both }
"""
REQUEST = TypeRequest.of({Flow("s", "1"): ["strong"]}, {Flow("s", "1"): {"body": ["strong"]}})
COLOUR = re.compile(r"device-cmyk\([^)]*\)")


class Counted:
    """An engine, and how many layouts its canvases made."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.folder, self.engine, self.layouts = folder, Engine(FONTS), 0
        rendered = HtmlCanvas._rendered

        def counted(canvas: HtmlCanvas, page: object) -> object:
            self.layouts += 1
            return rendered(canvas, page)  # type: ignore[arg-type]

        monkeypatch.setattr(HtmlCanvas, "_rendered", counted)

    def page(self, css: str, body: str = BODY) -> tuple[object, ...]:
        """All that is known of the page, and the page as it is painted."""
        return looked_at(self.engine, self.folder, css, body)


def looked_at(engine: Engine, folder: Path, css: str, body: str) -> tuple[object, ...]:
    html = write_page(folder, body, css)
    canvas = engine.canvas(html, template=folder / "page.html")
    types, laid = canvas.types((), REQUEST), canvas.laid_out(Decision(), {})
    painted, objects = write_pdf(engine, [PageContent(laid.document, ())], title="t", identifier=b"1")
    return types, canvas.measured(Decision()), laid.origins, laid.standing.boxes, painted, objects.ground


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(tmp_path / "page", monkeypatch)


def afresh(counted: Counted, css: str, body: str = BODY) -> tuple[object, ...]:
    """The page made by an engine that knows nothing, of the same folder."""
    return looked_at(Engine(FONTS), counted.folder, css, body)


@pytest.mark.soak
def test_random_colours_are_painted_without_a_layout(counted: Counted) -> None:
    css, draw = CSS, random.Random(20)
    counted.page(css)
    for _ in range(amount(sample=5, full=60)):
        places = draw.sample([each.span() for each in COLOUR.finditer(css)], draw.randint(1, 3))
        for start, end in sorted(places, reverse=True):
            other = " ".join(f"{draw.randint(0, 100) / 100:g}" for _ in range(4))
            css = f"{css[:start]}device-cmyk({other}){css[end:]}"
        counted.layouts = 0
        again = counted.page(css)
        assert counted.layouts == 0
        assert again == afresh(counted, css)


@pytest.mark.parametrize(("before", "after"), [
    ("color: device-cmyk(0 0 0 1)", "color: inherit"),
    ("background-color: currentcolor", "background-color: transparent"),
    ("background-color: currentcolor", "background-color: device-cmyk(0 0 0 0.1)"),
    ("border-left: 0.5pt solid device-cmyk(0 0 0 0.3)", "border-left: 0.5pt solid"),
    ("border-left: 0.5pt solid device-cmyk(0 0 0 0.3)", "border-left: 0.5pt solid device-cmyk(1 0 0 0)"),
])  # fmt: skip
def test_so_is_any_value_that_says_a_colour(counted: Counted, before: str, after: str) -> None:
    counted.page(CSS)
    counted.layouts = 0
    css = CSS.replace(before, after)
    assert css != CSS
    known = counted.page(css)
    assert known == afresh(counted, css)
    assert counted.layouts == 2, "those of the engine that knows nothing"
    assert counted.page(CSS) == afresh(counted, CSS), "and back again"


@pytest.mark.parametrize(("before", "after"), [
    ("border: 1pt solid device-cmyk(0 1 0 0)", "border: 2pt solid device-cmyk(0 1 0 0)"),
    ("border: 1pt solid device-cmyk(0 1 0 0)", "border: 2pt solid device-cmyk(1 1 0 0)"),
    ("--size: 8pt", "--size: 9pt"),
    (".dark { color", ".t .dark { color"),
    (".dark { color: device-cmyk(0 0 0 0)", ".dark { color: device-cmyk(0 0 0 0) !important"),
    (".dark { color: device-cmyk(0 0 0 0)", ".dark { color: nothing(1)"),
    (".dark { color: device-cmyk(0 0 0 0)", ".dark { colour: device-cmyk(0 0 0 0)"),
    (".dark { color: device-cmyk(0 0 0 0)", ".dark { color: device-cmyk(0 0 0 0); padding: 3pt"),
    ("・{}", "・{color: red}"),
    ("/**/", "/* } */"),
    ("background: device-cmyk(0 0.3 0 0)", "background: linear-gradient(device-cmyk(0 1 0 0), device-cmyk(1 0 0 0))"),
    ("border-bottom: var(--line) solid", "border-bottom: var(--size) solid"),
])  # fmt: skip
def test_what_may_be_more_than_a_colour_is_laid_out(counted: Counted, before: str, after: str) -> None:
    css = CSS.replace("@page", "/**/ @page")
    counted.page(css)
    counted.layouts = 0
    changed = css.replace(before, after)
    assert changed != css
    known = counted.page(changed)
    assert counted.layouts == 2
    assert known == afresh(counted, changed)


def test_a_page_that_says_colours_itself_is_laid_out(counted: Counted) -> None:
    body = BODY.replace('class="plate"', 'class="plate" style="color: device-cmyk(0 0 0 1)"')
    counted.page(CSS, body)
    counted.layouts = 0
    css = CSS.replace("device-cmyk(0 0 0 1)", "device-cmyk(0 0 0 0.9)")
    assert counted.page(css, body) == afresh(counted, css, body)
    assert counted.layouts == 4


def test_a_table_whose_rules_are_shared_is_laid_out(counted: Counted) -> None:
    css = CSS.replace("border-spacing: 2pt", "border-collapse: collapse; border: 1pt solid device-cmyk(0 0 0 0.7)")
    counted.page(css)
    counted.layouts = 0
    changed = css.replace("device-cmyk(0 0 0 0.7)", "device-cmyk(0 1 0 0)")
    assert counted.page(changed) == afresh(counted, changed)
    assert counted.layouts == 4


def test_a_letter_that_a_layout_has_given_its_colour_is_laid_out(counted: Counted) -> None:
    css = CSS.replace("--drop: 2", "--drop: 2; color: device-cmyk(0 1 1 0)")
    counted.page(css)
    counted.layouts = 0
    changed = css.replace("device-cmyk(0 1 1 0)", "device-cmyk(1 0 1 0)")
    assert counted.page(changed) == afresh(counted, changed)
    assert counted.layouts == 3


def test_a_layout_that_is_to_be_painted_keeps_its_colours(counted: Counted) -> None:
    html = write_page(counted.folder, BODY, CSS)
    laid = counted.engine.canvas(html, template=counted.folder / "page.html").laid_out(Decision(), {})
    counted.engine.hold(laid.document)
    before = write_pdf(counted.engine, [PageContent(laid.document, ())], title="t", identifier=b"1")[0]
    counted.page(CSS.replace("device-cmyk(0 0 0 0.2)", "device-cmyk(0 1 0 0)"))
    assert write_pdf(counted.engine, [PageContent(laid.document, ())], title="t", identifier=b"1")[0] == before
