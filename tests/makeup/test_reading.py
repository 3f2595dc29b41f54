"""What make-up reads of WeasyPrint's boxes beyond frames and pictures: kinds, shapes, gaps, what follows a band."""

from pathlib import Path

import pytest

from layout.engine.engine import Engine
from layout.flows import Chain, ElementName, Flow, WholePage
from layout.geometry import Box
from layout.page.canvas import Decision, TypeRequest
from layout.page.frames import MeasuredPage
from small_page import FONTS, make_canvas, write_page


def read(folder: Path, body: str, css: str = "") -> MeasuredPage:
    kinds = {Flow("a"): {"body": ["strong"], "heading": []}, Flow("b"): {"body": []}}
    return make_canvas(folder, body, css).types((), TypeRequest.of({Flow("a"): ["strong"], Flow("b"): []}, kinds))


def test_every_kind_of_paragraph_has_the_type_that_the_css_gives_it(tmp_path: Path) -> None:
    css = ".f [data-kind=heading] { font-size: 12pt; line-height: 14pt; text-align: center; --rows: 3 }"
    page = read(tmp_path, '<div class="f" data-flow=" a  b "></div>', css)
    frame = page.frames[0]
    assert str(frame.chain) == "a b"
    heading = frame.type.of("heading")
    assert (heading.size, heading.leading, heading.align) == (pytest.approx(12), pytest.approx(14), "center")
    assert heading.options["rows"] == "3"
    assert frame.type.of("body").size == pytest.approx(8)
    assert frame.type.of("body").roles["strong"].faces == ("hei-500",)
    assert "rows" not in frame.type.options


def test_a_shape_is_its_margin_box(tmp_path: Path) -> None:
    shape = '<div data-around style="position:absolute;left:50pt;top:30pt;width:40pt;height:20pt;margin:4pt 0 6pt 8pt">'
    page = read(tmp_path, f'<div class="f" data-flow="a"></div>{shape}</div>')
    box = page.shapes[0].box
    assert (box.x, box.y, box.width, box.height) == pytest.approx((70, 50, 48, 30))


def test_a_gap_has_limits(tmp_path: Path) -> None:
    page = read(tmp_path, '<div data-gap="g" style="height:20pt;min-height:10pt;max-height:40pt"></div>')
    gap = page.gaps[0]
    assert gap.name == "g"
    assert (gap.min_height, gap.box.height, gap.max_height) == pytest.approx((10, 20, 40))


def test_what_follows_a_band_of_floats_stands_below_it(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div data-column style="float:left;width:50pt;height:90pt"></div></div>'
        '<div class="f" data-flow="a" style="height:10pt"></div>'
    )
    page = read(tmp_path, body)
    assert page.bands[0].box == Box(20, 20, 160, pytest.approx(90))
    assert page.frames[0].box.y == pytest.approx(110)
    assert page.content_bottom == pytest.approx(120)


def test_one_decision_leaves_nothing_behind_for_the_next(tmp_path: Path) -> None:
    body = '<div class="f" data-flow="a" data-step="large small" style="height:30pt"></div>'
    canvas = make_canvas(tmp_path, body, ".large { font-size: 20pt } .small { font-size: 10pt }")
    (step,) = canvas.steps()
    assert (step.words, step.name) == ("large small", Chain((Flow("a"),)))
    key, before = step.key, canvas.measured(Decision())
    for name, height, size in (("small", 40, 10), ("large", 50, 20), ("", 60, 8)):
        classes = ((key, name),) if name else ()
        (frame,) = canvas.measured(Decision.of({key: height}, classes)).frames
        assert (frame.type.size, frame.box.height) == pytest.approx((size, height))
        assert canvas.types(classes, TypeRequest()).frames[0].box.height == pytest.approx(30)
    assert canvas.measured(Decision()) == before


def test_decisions_are_known_by_their_values() -> None:
    one, other = Decision.of({"k2": 20.00001, "k1": 3}, (("k1", "small"),)), Decision.of({"k1": 3.0, "k2": 20})
    assert one.heights == other.heights
    assert one != other
    assert len({one, Decision.of({"k1": 3, "k2": 20}, (("k1", "small"),)), other}) == 2


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ('<div data-step="l s"><div data-flow="a  b" class="f"></div></div>', Chain((Flow("a"), Flow("b")))),
        ('<div data-step="l s"><div data-picture="p"></div><div data-flow="a"></div></div>', Chain.parse("picture.p")),
        ('<div data-step="l s" class="head low"><p data-flow="a"></p><p data-flow="b"></p></div>', "head"),
        ('<div data-step="l s" data-called="a"><p data-flow="a"></p><p data-flow="b"></p></div>', Chain((Flow("a"),))),
        ('<div data-step="l s" data-called="报头 与 主题"><p data-flow="a"></p></div>', "报头 与 主题"),
        ('<div data-step="l s" class="page"></div>', "page"),
    ],
)
def test_what_reports_call_the_element_of_a_step(tmp_path: Path, element: str, name: ElementName) -> None:
    (step,) = make_canvas(tmp_path, element).steps()
    assert step.name == name


def test_the_step_of_the_type_area_is_of_the_whole_page(tmp_path: Path) -> None:
    html = write_page(tmp_path, "").replace("data-fill", 'data-fill data-step="large small:4"')
    (step,) = Engine(FONTS).canvas(html, template=tmp_path / "page.html").steps()
    assert step.name == WholePage()
