"""What the room leans on inside WeasyPrint. When one fails, the version has moved: read engine, measure, typeset."""

from pathlib import Path

import pydyf
import weasyprint
from weasyprint.document import Page
from weasyprint.pdf.stream import Stream

from small_page import make_sheet


def test_the_pinned_versions() -> None:
    assert weasyprint.__version__ == "70.0"
    assert pydyf.__version__ == "0.13.0"


def test_boxes_carry_elements_styles_and_content_boxes(tmp_path: Path) -> None:
    document = make_sheet(tmp_path, '<div class="f" data-flow="a" style="height:40pt;--fit:total"></div>').lay_out()
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
    document = make_sheet(tmp_path, '<div class="f" data-flow="a" style="height:40pt"></div>').lay_out()
    assert not document.fonts
