"""What the room leans on inside WeasyPrint. When one fails, the version has moved: read engine, measure, typeset."""

from pathlib import Path

import pydyf
import weasyprint
from weasyprint.document import Page
from weasyprint.pdf.stream import Stream

from layout.engine.parsed_style import _pending
from small_page import document_of, make_canvas


def test_the_pinned_versions() -> None:
    assert weasyprint.__version__ == "70.0"
    assert pydyf.__version__ == "0.13.0"


def test_boxes_carry_elements_styles_and_content_boxes(tmp_path: Path) -> None:
    document = document_of(make_canvas(tmp_path, '<div class="f" data-flow="a" style="height:40pt;--fit:total"></div>'))
    boxes = [box for box in document.pages[0]._page_box.descendants() if getattr(box.element, "tag", "") == "div"]
    frame = next(box for box in boxes if box.element.get("data-flow"))
    assert frame.content_box_y() * 0.75 == 20
    assert frame.height * 0.75 == 40
    assert frame.style["__fit"][0].value == "total"
    assert frame.style["color"].space == "device-cmyk"


def test_the_paint_door_is_there() -> None:
    for name in (
        "add_font",
        "begin_text",
        "end_text",
        "set_text_matrix",
        "set_font_size",
        "show_text",
        "set_text_rise",
        "stacked",
    ):
        assert callable(getattr(Stream, name))
    assert callable(Page.paint)


def test_an_empty_frame_is_no_text(tmp_path: Path) -> None:
    document = document_of(make_canvas(tmp_path, '<div class="f" data-flow="a" style="height:40pt"></div>'))
    assert not document.fonts


def test_values_with_variables_are_found_and_say_again_what_is_wrong() -> None:
    css = weasyprint.CSS(
        string="#a { top: var(--x) } .a { border: var(--x) } a { width: var(--x) } [a], :lang(a) { color: var(--x) }"
        "@page { margin: var(--x); @top-left { content: var(--x) } } @media print { .b { left: var(--x) } }"
    )
    pending = list(_pending(css))
    assert len({id(each) for each in pending}) >= 7
    assert all(each._reported_error is False for each in pending)
