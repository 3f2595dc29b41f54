"""Frames, pictures and bands read from the CSS, in points."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from layout.engine.engine import Engine
from layout.errors import Faults, FontError, Place, TemplateError
from layout.flows import Flow
from layout.geometry import Box, apply
from layout.page.canvas import TypeRequest
from layout.page.frames import INITIAL, LEAD_IN, Ink, MeasuredPage
from small_page import FONTS, make_canvas, natural, write_page

BODY = """
<div data-band="one" style="min-height:50pt;max-height:90pt">
  <div data-column style="width:80pt;float:left">
    <div data-picture="p" style="height:30pt;min-height:20pt;max-height:40pt"></div>
    <div class="f" data-flow="s.1" style="--fit:total;--han-latin:0"></div>
  </div>
  <div data-column style="width:80pt;float:right"><div class="f" data-flow="s.1"></div></div>
</div>
<div class="f" data-flow="foot" style="clear:both;text-align:center"></div>
"""


def read(folder: Path, body: str, css: str = "") -> MeasuredPage:
    return make_canvas(folder, body, css).types((), TypeRequest.of({Flow("s", "1"): ["strong"], Flow("foot"): []}))


def test_the_page(tmp_path: Path) -> None:
    page = read(tmp_path, BODY)
    assert (page.width, page.height) == pytest.approx((200, 300))
    assert page.type_area == Box(20, 20, 160, 260)
    assert page.row == pytest.approx(10)
    assert [str(frame.chain) for frame in page.frames] == ["s.1", "s.1", "foot"]


def test_types_may_be_asked_of_the_first_frame_of_a_chain_in_each_band(tmp_path: Path) -> None:
    asked = TypeRequest.of({Flow("s", "1"): ["strong"], Flow("foot"): ["strong"]})
    canvas = make_canvas(
        tmp_path, BODY + BODY.replace('"one"', '"two"').replace('data-picture="p"', 'data-picture="q"')
    )
    every, first = canvas.types((), asked), canvas.types((), replace(asked, first=True))
    assert ["strong" in frame.type.roles for frame in every.frames] == 2 * [True, True, True]
    assert ["strong" in frame.type.roles for frame in first.frames] == [True, False, True, True, False, True]


def test_a_frame_says_its_type(tmp_path: Path) -> None:
    frame = read(tmp_path, BODY).frames[0]
    assert frame.type.roles["plain"].faces == ("song-400", "hei-400")
    assert frame.type.roles["strong"].faces == ("hei-500",)
    assert frame.type.roles["strong"].ink == Ink(0, 1, 0.95, 0.05)
    assert (frame.type.size, frame.type.leading, frame.type.indent) == pytest.approx((8, 10, 16))
    assert frame.type.options["fit"] == "total"
    assert frame.type.options["han-latin"] == "0"


def test_a_frame_says_the_type_of_its_first_letter_and_first_words(tmp_path: Path) -> None:
    css = """
    .f::first-letter { --drop: 3; font-family: "Hei 500"; color: device-cmyk(0 1 0.95 0.05); margin-right: 4pt }
    .f::first-line { --lead-in: 6; font-family: "Kai 400" }"""
    type_ = read(tmp_path, BODY, css).frames[0].type
    assert type_.initial is not None
    assert (type_.initial.rows, type_.initial.gap, type_.initial.role.faces) == (3, pytest.approx(4), ("hei-500",))
    assert type_.roles[INITIAL].ink == Ink(0, 1, 0.95, 0.05)
    assert type_.lead is not None
    assert (type_.lead.characters, type_.roles[LEAD_IN].faces) == (6, ("kai-400",))
    alone = read(tmp_path, BODY, ".f { --drop: 2 } .f::first-line { --lead-in: clause }").frames[0].type
    assert alone.initial is not None
    assert (alone.initial.rows, alone.initial.gap, alone.initial.role) == (2, None, alone.roles["plain"])
    assert alone.lead is not None
    assert alone.lead.characters == "clause"


@pytest.mark.parametrize("css", [".f::first-letter { --drop: three }", ".f::first-line { --lead-in: 0 }"])
def test_rows_and_characters_that_count_nothing_are_refused_at_their_line(tmp_path: Path, css: str) -> None:
    with pytest.raises(TemplateError, match="has a value nobody knows") as caught:
        read(tmp_path, BODY, f"\n{css}")
    assert caught.value.place is not None
    assert caught.value.place.file.endswith("page.css")


@pytest.mark.parametrize(
    ("css", "corner"),
    [
        (".f { transform: rotate(90deg); transform-origin: 0 0 }", (0, 10)),
        (".o { transform: translate(5pt, 7pt) } .f { transform: rotate(180deg); transform-origin: 0 0 }", (-5, 7)),
        (".o { transform: rotate(90deg); transform-origin: 0 0 }", (0, 10)),
        (".f { transform: scale(2); transform-origin: 0 0 }", (10, 0)),
    ],
)
def test_a_turned_frame_says_how(tmp_path: Path, css: str, corner: tuple[float, float]) -> None:
    body = '<div class="o"><div class="f" data-flow="x" style="height:30pt"></div></div>'
    (frame,) = natural(make_canvas(tmp_path, body, css)).frames
    x, y = apply(frame.turn, frame.box.x + 10, frame.box.y)
    assert (x - frame.box.x, y - frame.box.y) == pytest.approx(corner)


def test_who_decides_a_height(tmp_path: Path) -> None:
    page = read(tmp_path, BODY)
    assert [frame.height_by for frame in page.frames] == ["rest", "rest", "lines"]


def test_limits_of_pictures_and_bands(tmp_path: Path) -> None:
    page = read(tmp_path, BODY)
    assert (page.pictures[0].min_height, page.pictures[0].max_height) == pytest.approx((20, 40))
    assert page.pictures[0].elastic
    assert (page.bands[0].min_height, page.bands[0].max_height) == pytest.approx((50, 90))
    assert {column.band for column in page.columns} == {page.bands[0].id}


def test_an_unknown_font_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FontError) as caught:
        read(tmp_path, BODY, '\n.f { font-family: "Sung 400" }')
    assert "Sung 400" in caught.value.message.zh
    assert caught.value.place is not None
    assert caught.value.place.file.endswith("page.css")
    assert caught.value.place.line is not None


def test_a_colour_that_is_not_cmyk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="not CMYK"):
        read(tmp_path, BODY, "\n.f { color: red }")


def test_a_design_without_type_area_is_refused(tmp_path: Path) -> None:
    html = write_page(tmp_path, "").replace("data-fill", "")
    with pytest.raises(TemplateError, match="type area"):
        natural(Engine(FONTS).canvas(html, template=tmp_path / "page.html"))


def test_a_file_outside_the_fence_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(Faults) as caught:
        natural(make_canvas(tmp_path / "design", '<img src="../secret.svg">'))
    assert "secret.svg" in caught.value.message.zh


@pytest.mark.parametrize("name", ["ribbon.svg", "a b.svg", "a%20b.svg", "ornaments/丝带.svg"])
def test_a_missing_ornament_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(Faults) as caught:
        natural(make_canvas(tmp_path, f'<p>\n</p>\n<img src="{name}">'))
    (fault,) = caught.value.faults()
    assert unquote(name).rsplit("/", 1)[-1] in fault.message.zh
    assert fault.place == Place(str(tmp_path / "page.html"), 3)


def test_css_that_weasyprint_does_not_know_is_a_finding(tmp_path: Path) -> None:
    (finding,) = natural(make_canvas(tmp_path, "<p></p>", "\np { colour: red }")).messages
    assert finding.check == "design.unknown"
    place = finding.place
    assert place is not None
    assert place.file.endswith("page.css")


def test_a_page_too_many_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="2 pages"):
        natural(make_canvas(tmp_path, '</div><p style="break-before:page">x</p><div>'))


PHOTO = '<div data-picture="p" style="height:60pt"></div><div style="height:20pt"></div>'
COLUMN = '<div data-column style="float:left;width:50pt"><div class="f" data-flow="a"></div>{0}</div>'


@pytest.mark.parametrize(
    ("under", "height"),
    [
        ("", 0),
        ('<div style="clear:both;height:30pt"></div>', 30),
        ('<div style="clear:both;padding-top:10pt"><div style="height:30pt"></div></div>', 40),
        ('<div style="float:left;clear:both;margin:10pt 0 5pt;width:90pt;height:30pt"></div>', 45),
        (f'<div style="clear:both">{PHOTO}</div>', 20),
        ('<div style="clear:both;height:20pt"></div><div style="height:10pt"></div>', 30),
        ('<div style="position:absolute;bottom:0;height:40pt;width:90pt"></div>', 0),
    ],
    ids=["nothing", "a box", "air and a box", "margins", "a picture and its caption", "two boxes", "out of the flow"],
)  # fmt: skip
def test_what_stands_below_a_column_in_its_band(tmp_path: Path, under: str, height: float) -> None:
    """All of it that never changes: a picture's own height is copyfit's to choose. A column beside has none."""
    pair = COLUMN.format("") + COLUMN.format("")
    body = (
        f'<div data-band="one"><div style="float:left;width:100.2pt">{pair}{under}</div>'
        '<div data-column style="float:left;width:50pt"><div class="f" data-flow="a"></div></div></div>'
    )
    page = read(tmp_path, body)
    assert [column.below for column in page.columns] == pytest.approx([height, height, 0])


def test_padding_around_columns_is_below_them(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div style="float:left;width:100.2pt;padding-bottom:8pt">'
        + COLUMN.format("") + '<div data-column style="float:left;width:50pt;margin-bottom:6pt">'
        '<div class="f" data-flow="a"></div></div></div></div>'
    )  # fmt: skip
    assert [column.below for column in read(tmp_path, body).columns] == pytest.approx([8, 14])


def test_what_is_drawn_up_over_a_wrappers_foot(tmp_path: Path) -> None:
    body = (
        '<div data-band="one"><div style="padding-bottom:20pt"><div data-column>'
        '<div class="f" data-flow="a" style="height:100pt"></div></div></div>'
        '<div style="margin-top:-10pt;height:30pt"></div></div>'
    )
    (column,) = read(tmp_path, body).columns
    assert column.below == pytest.approx(40)


def test_a_picture_inside_a_column_is_not_below_it(tmp_path: Path) -> None:
    body = f'<div data-band="one">{COLUMN.format("<div style=height:30pt></div>")}</div>'
    assert [column.below for column in read(tmp_path, body).columns] == [0]


def test_frames_without_height_stand_in_their_columns(tmp_path: Path) -> None:
    """A float without height is put at the page's edge by the engine: no frame is without."""
    page = read(tmp_path, f'<div data-band="one">{COLUMN.format("")}{COLUMN.format("")}</div>')
    assert [column.box.x for column in page.columns] == pytest.approx([20, 70])
