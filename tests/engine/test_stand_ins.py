"""Pictures put into the layout that heights were found in give the page that is laid out with them."""

from pathlib import Path

import pytest
from PIL import Image

from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.engine.page_layout import PageLayout
from layout.errors import LayoutError
from layout.page.canvas import Decision
from small_page import FONTS, write_page

FRAME = '<div class="f" data-flow="a" style="height:50pt"></div>'
PICTURE = '<div class="p" data-picture="p1" style="{}"></div>'
OF_FRAME, OF_BOTH = {"k0": 45.0}, {"k0": 45.0, "k1": 33.0}
"""Heights of the text frame alone, and of the picture too."""

SAID = {
    "its height is said": ("height:40pt", OF_FRAME),
    "its height is decided": ("height:40pt; min-height:20pt; max-height:60pt", OF_BOTH),
    "it has a border and round corners": ("height:40pt; border:2pt solid; border-radius:6pt", OF_BOTH),
    "it floats": ("height:40pt; float:right; width:31pt", OF_FRAME),
    "it is pinned": ("height:40pt; position:absolute; top:3pt; right:0; width:20%", OF_FRAME),
}
UNSAID = {
    "its height follows from a minimum": ("min-height:40pt", OF_FRAME),
    "it is as high as a share of something": ("height:10%", OF_FRAME),
    "the picture is an item": ("height:40pt; display:flex", OF_FRAME),
    "the picture is a cell": ("height:40pt; display:grid", OF_BOTH),
}


class Counting:
    """Counts WeasyPrint's layouts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.count, render = 0, HtmlCanvas._rendered

        def counted(canvas: HtmlCanvas, page: object) -> object:
            self.count += 1
            return render(canvas, page)  # type: ignore[arg-type]

        monkeypatch.setattr(HtmlCanvas, "_rendered", counted)


def canvas(folder: Path, style: str, engine: Engine | None = None) -> HtmlCanvas:
    html = write_page(folder, f'<div style="height:300pt">{FRAME}{PICTURE.format(style)}<p>。</p></div>')
    prepared = folder / "prepared"
    prepared.mkdir(exist_ok=True)
    for name, size, tone in (("wide.jpg", (90, 20), 40), ("tall.jpg", (20, 90), 200)):
        Image.new("CMYK", size, (0, 0, 0, tone)).save(prepared / name)
    return (engine or Engine(FONTS)).canvas(html, template=folder / "page.html", folders={"prepared": prepared})


def put(one: HtmlCanvas, heights: dict[str, float], name: str) -> PageLayout:
    return one.laid_out(Decision.of(heights), {"k1": Path(name)})


def painted(layout: PageLayout) -> bytes:
    return bytes(layout.document.write_pdf(uncompressed_pdf=True, pdf_identifier=b"x"))


@pytest.mark.parametrize("case", SAID | UNSAID)
def test_a_page_is_what_it_is_laid_out_with_its_pictures(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    style, heights = (SAID | UNSAID)[case]
    at_once, measured = canvas(tmp_path, style), canvas(tmp_path, style)
    expected = put(at_once, heights, "wide.jpg")
    page = measured.measured(Decision.of(heights))
    layouts = Counting(monkeypatch)
    found = put(measured, heights, "wide.jpg")
    assert layouts.count == (case in UNSAID)
    assert painted(found) == painted(expected)
    assert found.page == expected.page
    if case in SAID:
        assert page.pictures == found.page.pictures


def test_other_pictures_leave_a_page_that_is_yet_to_be_painted_as_it_was(tmp_path: Path) -> None:
    engine = Engine(FONTS)
    one = canvas(tmp_path, "height:40pt", engine)
    one.measured(Decision.of(OF_FRAME))
    wide = put(one, OF_FRAME, "wide.jpg")
    engine.hold(wide.document)
    before = painted(wide)
    tall = put(one, OF_FRAME, "tall.jpg")
    assert painted(wide) == before != painted(tall)
    assert put(one, OF_FRAME, "wide.jpg").document is wide.document


def test_other_pictures_are_put_into_the_layout_of_a_page_that_is_done_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = canvas(tmp_path, "height:40pt")
    one.measured(Decision.of(OF_FRAME))
    layouts = Counting(monkeypatch)
    drawn = [painted(put(one, OF_FRAME, name)) for name in ("wide.jpg", "tall.jpg", "wide.jpg")]
    assert layouts.count == 0
    assert drawn[0] == drawn[2] != drawn[1] == painted(put(canvas(tmp_path, "height:40pt"), OF_FRAME, "tall.jpg"))


def test_a_picture_that_could_not_be_put_in_is_not_taken_for_the_one_before(tmp_path: Path) -> None:
    one = canvas(tmp_path, "height:40pt")
    one.measured(Decision.of(OF_FRAME))
    before = painted(put(one, OF_FRAME, "wide.jpg"))
    with pytest.raises(LayoutError, match=r"none\.jpg"):
        put(one, OF_FRAME, "none.jpg")
    assert painted(put(one, OF_FRAME, "wide.jpg")) == before


def test_what_was_put_in_is_still_found_when_the_heights_are_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = canvas(tmp_path, "height:40pt")
    page = one.measured(Decision.of(OF_FRAME))
    put(one, OF_FRAME, "wide.jpg")
    layouts = Counting(monkeypatch)
    assert one.measured(Decision.of(OF_FRAME)) == page
    assert layouts.count == 0


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    one = canvas(tmp_path, "height:40pt")
    one.measured(Decision.of(OF_FRAME))
    with pytest.raises(LayoutError, match=r"none\.jpg"):
        put(one, OF_FRAME, "none.jpg")
