"""Pages that differ in whose copy and pictures they ask for alone share their layouts, and each finds its own names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.test_stand_ins import Counting
from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.errors import LayoutError
from layout.flows import Chain, Flow
from layout.page.canvas import Decision, TypeRequest
from layout.page.table_shape import CellShape, TableShape
from small_page import FONTS, write_page

BODY = (
    '<div class="f {more}" data-step="plain big:4" data-flow="{story}.lede" style="height:50pt"></div>'
    '<div class="f" data-flow="{story}.section-1 page.folio.date" style="height:20pt"></div>'
    '<div class="p" data-picture="{picture}" style="height:40pt"></div>'
    '<div class="f" data-flow="picture.{picture}.caption" style="height:12pt"></div>'
)
BIG = ".big { font-size: 10pt } .tall { height: 60pt }"


class Folder:
    """A design, a prepared picture for each page, and one worker's engine."""

    def __init__(self, path: Path, css: str = BIG):
        self.path, self.css, self.engine = path, css, Engine(FONTS)
        (path / "prepared").mkdir(parents=True)
        for number, name in enumerate(("one.jpg", "two.jpg")):
            Image.new("CMYK", (30 + number, 20), (0, 0, 0, 90 * number)).save(path / "prepared" / name)

    def page(self, story: str, picture: str, body: str = BODY, engine: Engine | None = None) -> HtmlCanvas:
        html = write_page(self.path, body.format(story=story, picture=picture, more=""), self.css)
        folders = {"prepared": self.path / "prepared"}
        return (engine or self.engine).canvas(html, template=self.path / "page.html", folders=folders)


def request(story: str) -> TypeRequest:
    return TypeRequest.of({Flow(story, "lede"): ["strong"], Flow(story, "byline"): []})


def everything(one: HtmlCanvas, story: str, file: str) -> tuple[object, ...]:
    """What is asked of a page: its types, those under other classes, its heights, itself with its picture."""
    decision = Decision.of({"k0": 44.0})
    types, other = one.types((("k0", "plain"),), request(story)), one.restyled((("k0", "big"),), request(story), {})
    measured = one.measured(decision)
    laid = one.laid_out(decision, {"k2": Path(file)})
    drawn = bytes(laid.document.write_pdf(uncompressed_pdf=True, pdf_identifier=b"x"))
    return types, other, one.steps(), measured, laid.page, laid.origins, drawn


def test_another_page_of_the_form_is_not_laid_out_and_is_what_it_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    layouts = Counting(monkeypatch)
    found = [
        everything(folder.page("a", "hill"), "a", "one.jpg"),
        everything(folder.page("b", "lake"), "b", "two.jpg"),
        everything(folder.page("a", "hill"), "a", "one.jpg"),
    ]
    assert layouts.count == 3  # with its types; with the heights and a stand-in, for which boxes are read off a third
    alone = [
        everything(folder.page(*names, engine=Engine(FONTS)), names[0], file)
        for names, file in ((("a", "hill"), "one.jpg"), (("b", "lake"), "two.jpg"))
    ]
    assert found == [alone[0], alone[1], alone[0]]
    assert found[1][0] != found[0][0]


def test_pages_that_are_held_take_turns_with_one_layout_and_each_is_what_it_is_alone(tmp_path: Path) -> None:
    """From the second time on a page's canvas is held, with what was measured on it: while another of its form is asked
    for, the layouts bear that one's names.
    """
    folder = Folder(tmp_path)
    pages = ((("a", "hill"), "one.jpg"), (("b", "lake"), "two.jpg"))
    alone = [everything(folder.page(*names, engine=Engine(FONTS)), names[0], file) for names, file in pages]
    canvases = []
    for _ in range(4):
        for number, (names, file) in enumerate(pages):
            canvas = folder.page(*names)
            assert everything(canvas, names[0], file) == alone[number]
            canvases.append(canvas)
    assert canvases[4:6] == canvases[6:]


@pytest.mark.parametrize(
    "css",
    [
        BIG + '.f[data-flow^="b."] { margin-left: 9pt }',
        BIG + ".f::before { content: attr(data-flow); display: block }",
        BIG + '[data-\\70icture="lake"] { margin-left: 9pt }',
        BIG + "head, head title { display: block }",
    ],
)
def test_a_style_sheet_that_looks_at_names_is_obeyed(css: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, layouts = Folder(tmp_path, css), Counting(monkeypatch)
    one, other = (everything(folder.page(*names), names[0], "one.jpg") for names in (("a", "hill"), ("b", "lake")))
    assert layouts.count == 6
    assert other == everything(folder.page("b", "lake", engine=Engine(FONTS)), "b", "one.jpg") != one


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("{story}.lede", "{story}.closing"),
        BODY.replace("{story}.lede", "c.lede"),
        BODY.replace("picture.{picture}", "picture.sea"),
        BODY.replace("page.folio.date", "page.folio.title"),
        BODY.replace("height:20pt", "height:30pt"),
        BODY.replace("{more}", "tall"),
        BODY + "<p>。</p>",
        BODY + '<style>[data-flow="b.lede"] {{ margin-left: 3pt }}</style>',
    ],
)
def test_a_page_that_differs_in_anything_else_is_of_another_form(
    other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, layouts = Folder(tmp_path), Counting(monkeypatch)
    decision = Decision.of({"k0": 44.0})
    folder.page("a", "hill").measured(decision)
    before = layouts.count
    folder.page("b", "lake", other).measured(decision)
    assert layouts.count > before


def test_a_page_that_is_yet_to_be_painted_keeps_its_layout(tmp_path: Path) -> None:
    folder, decision = Folder(tmp_path), Decision.of({"k0": 44.0})
    first = folder.page("a", "hill").laid_out(decision, {"k2": Path("one.jpg")})
    before = bytes(first.document.write_pdf(uncompressed_pdf=True, pdf_identifier=b"x"))
    folder.engine.hold(first.document)
    second = folder.page("b", "lake").laid_out(decision, {"k2": Path("two.jpg")})
    assert second.document is not first.document
    assert bytes(first.document.write_pdf(uncompressed_pdf=True, pdf_identifier=b"x")) == before
    assert Chain((Flow("a", "lede"),)) in {each.chain for each in first.page.frames}
    assert [each.get("data-picture") for each in first.root.iter() if each.get("data-picture")] == ["hill"]


def test_a_changed_file_of_a_picture_is_seen(tmp_path: Path) -> None:
    folder, decision = Folder(tmp_path), Decision.of({"k0": 44.0})

    def drawn() -> bytes:
        laid = folder.page("a", "hill").laid_out(decision, {"k2": Path("one.jpg")})
        return bytes(laid.document.write_pdf(uncompressed_pdf=True, pdf_identifier=b"x"))

    before = drawn()
    assert drawn() == before
    Image.new("CMYK", (30, 20), (0, 90, 0, 0)).save(tmp_path / "prepared" / "one.jpg")
    assert drawn() != before


def test_what_only_the_copy_of_a_second_page_shows_of_the_styles_is_remarked(tmp_path: Path) -> None:
    """Whether that is another page of the form, or the same with other copy."""
    body = '<div class="f" data-flow="{story}.lede" style="height:50pt"></div>'
    folder = Folder(tmp_path, '[data-role="strong"]::before { content: "＊" } th { border-bottom: 1pt dotted }')
    table = TableShape("t", 1, 1, 1, (CellShape(0, 0, 1, 1, "", figures=False),))
    for story in ("a", "b", "b", "b"):
        canvas = folder.page(story, "hill", body)
        flow = Flow(story, "lede")
        assert not canvas.types((), TypeRequest.of({flow: []})).messages
        (remark,) = canvas.types((), TypeRequest.of({flow: ["strong"]})).messages
        assert "＊" in remark.message.zh
        assert not canvas.types((), TypeRequest.of({flow: []}, tables={flow: [replace(table, head=0)]})).messages
        (remark,) = canvas.types((), TypeRequest.of({flow: []}, tables={flow: [table]})).messages
        assert "border-bottom-style" in remark.message.zh


@pytest.mark.parametrize("style", ["background: url(gone.png)", "background: url(gone.svg)"])
def test_a_file_that_is_not_there_is_told_each_time_and_seen_as_soon_as_it_is(style: str, tmp_path: Path) -> None:
    """A canvas is held from the second time on, and WeasyPrint remembers which images it could not load."""
    folder = Folder(tmp_path, f".f {{ {style} }}")
    for _ in range(4):
        with pytest.raises(LayoutError, match="gone"):
            folder.page("a", "hill").measured(Decision())
    Image.new("RGB", (3, 3)).save(tmp_path / "gone.png")
    (tmp_path / "gone.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3"/>')
    laid = folder.page("a", "hill").laid_out(Decision(), {})
    assert any(layer.image is not None for layer in _grounds(laid.document.pages[0]._page_box))


def test_a_canvas_that_is_held_does_not_hold_the_pictures_of_every_build(tmp_path: Path) -> None:
    folder, decision, held = Folder(tmp_path), Decision.of({"k0": 44.0}), []
    for number in range(6):
        name = f"{number}.jpg"
        Image.new("CMYK", (30, 20 + number)).save(tmp_path / "prepared" / name)
        canvas = folder.page("a", "hill")
        canvas.laid_out(decision, {"k2": Path(name)})
        held.append((canvas, sum(isinstance(each, bytes) for each in canvas._images.values())))
    assert held[-1] == held[1] == (canvas, 1)


def _grounds(box: Any) -> Iterator[Any]:
    yield from getattr(getattr(box, "background", None), "layers", ())
    for child in getattr(box, "children", ()):
        yield from _grounds(child)
