"""CSS that works on type, pictures and pages: what is measured, and what is painted."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from layout.engine.canvas_key import Sheet
from layout.engine.engine import Engine, PageContent, write_pdf
from layout.errors import Place, TemplateError
from layout.flows import Flow
from layout.geometry import Box
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.canvas import Decision, TypeRequest
from layout.page.frames import Frame, Ink, RoleType, TextLines
from small_page import CSS, FONTS, composed_page, make_canvas, natural, write_page

pytestmark = pytest.mark.slow

RED = Ink(0, 1, 0.95, 0.05)
FRAME = '<div class="a"><div class="f" data-flow="x"></div></div>'


def role(folder: Path, css: str, body: str = FRAME) -> RoleType:
    """The plain type of the only frame of a page."""
    return frames(folder, css, body)[0].type.roles["plain"]


def frames(folder: Path, css: str, body: str) -> tuple[Frame, ...]:
    return natural(make_canvas(folder, body, f"\n{css}")).frames


# -- type ----------


@pytest.mark.parametrize(
    ("css", "ink"),
    [
        (".f { color: white }", Ink(0, 0, 0, 0)),
        (".f { color: #fff }", Ink(0, 0, 0, 0)),
        (".f { color: rgb(255 255 255 / 50%) }", Ink(0, 0, 0, 0, 0.5)),
        (".f { color: black }", Ink(0, 0, 0, 1)),
        (".f { color: transparent }", Ink(0, 0, 0, 1, 0)),
        (".f { opacity: .5 }", Ink(0, 0, 0, 1, 0.5)),
        (".a { opacity: .5 } .f { opacity: .5; color: device-cmyk(0 1 .95 .05 / 80%) }", Ink(0, 1, 0.95, 0.05, 0.2)),
        ("main, .a { opacity: .5 }", Ink(0, 0, 0, 1, 0.5)),
        (".a { visibility: hidden }", Ink(0, 0, 0, 1, 0)),
        (".a { visibility: hidden } .f { visibility: visible }", Ink(0, 0, 0, 1)),
        (".f { visibility: collapse }", Ink(0, 0, 0, 1, 0)),
    ],
)
def test_the_ink_of_type(tmp_path: Path, css: str, ink: Ink) -> None:
    found = role(tmp_path, css).ink
    assert (found.c, found.m, found.y, found.k) == (ink.c, ink.m, ink.y, ink.k)
    assert found.opacity == pytest.approx(ink.opacity)


def test_ink_that_is_none_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="not CMYK") as caught:
        role(tmp_path, ".a { color: black }\n.f {\n  color: gray }")
    assert caught.value.place is not None
    assert caught.value.place.line == CSS.count("\n") + 4


def test_the_ink_of_stressed_words_obeys_too(tmp_path: Path) -> None:
    canvas = make_canvas(
        tmp_path, FRAME, ".f { opacity: .5 } [data-role=strong] { opacity: .5; text-decoration: none }"
    )
    (frame,) = canvas.types((), TypeRequest.of({Flow("x"): ["strong"]})).frames
    assert frame.type.roles["strong"].ink == Ink(0, 1, 0.95, 0.05, 0.25)


@pytest.mark.parametrize(
    ("css", "face"),
    [
        ('.f { font-weight: bold; font-family: "Song 400" }', "song-700"),
        ('.f { font: 900 8pt/10pt "Song 400" }', "song-900"),
        ('.f { font-weight: 500; font-family: "Hei 400" }', "hei-500"),
        ('.f { font-weight: 700; font-family: "Hei 400" }', "hei-900"),
        ('.f { font-weight: 600; font-family: "Kai 400" }', "kai-400"),
        ('.a { font-weight: bold } .f { font-family: "Song 400" }', "song-700"),
        ('.f { font-weight: 400; font-family: "Song 900" }', "song-900"),
        ('.f { font-weight: 300; font-family: "Song 700" }', "song-400"),
    ],
)
def test_the_weight_chooses_the_face(tmp_path: Path, css: str, face: str) -> None:
    assert role(tmp_path, css).faces[0] == face


@pytest.mark.parametrize(
    ("css", "lines"),
    [
        (".f { text-decoration: underline }", TextLines(("underline",), Ink(0, 0, 0, 1))),
        (".f { text-decoration: underline wavy }", TextLines(("underline",), Ink(0, 0, 0, 1), style="wavy")),
        (".a { text-decoration: line-through }", TextLines(("line-through",), Ink(0, 0, 0, 1))),
        (
            ".f { text-decoration: underline overline double device-cmyk(0 1 .95 .05) 1pt;"
            " text-underline-offset: 2pt }",
            TextLines(("underline", "overline"), RED, style="double", thickness=1.0, offset=2.0),
        ),
        (".f { text-decoration: underline; text-decoration-thickness: 10% }",
         TextLines(("underline",), Ink(0, 0, 0, 1), thickness=0.8)),
        (".f { text-decoration: none }", None),
    ],
)  # fmt: skip
def test_the_lines_along_type(tmp_path: Path, css: str, lines: TextLines | None) -> None:
    found = role(tmp_path, css).lines
    assert (found is None) == (lines is None)
    if found is not None and lines is not None:
        assert (found.kinds, found.ink, found.style) == (lines.kinds, lines.ink, lines.style)
        assert found.thickness == pytest.approx(lines.thickness)
        assert found.offset == pytest.approx(lines.offset)


LONG = "多数河流没有名气，它们不进课本，也上不了地图的大字，只在村口绕一个弯，流进下一条更大的河。"


def text(words: str, flow: str = "x") -> Text:
    return Text(Flow.parse(flow), (Paragraph("body", (Run(words, Place("m.md", 1)),)),))


def seen(folder: Path, body: str, css: str, *texts: Text, sheet: Sheet | None = None) -> Image.Image:
    """The page as it is printed, a pixel a point; with a sheet that bleeds, the bleed around it."""
    lines = composed_page(folder, body, *texts, css=css).lines if texts else ()
    bleed = sheet.bleed if sheet else 0.0
    engine = Engine(FONTS)
    canvas = engine.canvas(write_page(folder, body, css), template=folder / "page.html", sheet=sheet or Sheet())
    document = canvas.laid_out(Decision(), {}).document
    pdf, _ = write_pdf(engine, [PageContent(document, lines)], title="t", identifier=b"0", bleed=bleed)
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.pages[0].MediaBox = [-bleed, -bleed, 200 + bleed, 300 + bleed]
        opened.save(out := BytesIO())
    image: Image.Image = pypdfium2.PdfDocument(out.getvalue())[0].render(scale=1).to_pil().convert("RGB")
    return image


def rows_of(image: Image.Image, is_ink: Callable[[tuple[int, ...]], bool], least: int) -> set[int]:
    """The rows of pixels in which at least so many are of that ink."""
    return {y for y in range(image.height) if sum(is_ink(image.getpixel((x, y))) for x in range(image.width)) >= least}


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 180 and pixel[1] < 140


UNDER = ".f { text-indent: 0; text-decoration: underline device-cmyk(0 1 .95 .05) 2pt"


@pytest.mark.parametrize(
    ("css", "rows"),
    [
        (UNDER + " }", 1),
        (UNDER + "; text-decoration-line: underline overline }", 2),
        (UNDER + "; text-decoration-line: line-through }", 1),
        (UNDER + "; text-decoration-style: double; text-decoration-line: overline; line-height: 30pt }", 2),
    ],
)
def test_lines_are_painted_along_the_words(tmp_path: Path, css: str, rows: int) -> None:
    found = rows_of(seen(tmp_path, FRAME, f"\n{css}", text("多数河流没有名气")), is_red, 60)
    groups = [y for y in found if y - 1 not in found]
    assert len(groups) == rows


def test_a_line_along_vertical_type_stands_on_its_left(tmp_path: Path) -> None:
    css = f"\n{UNDER}; --vertical: 1; height: 100pt; width: 20pt }}"
    image = seen(tmp_path, FRAME, css, text("多数河流没有名气"))
    columns = {x for x in range(image.width) if sum(is_red(image.getpixel((x, y))) for y in range(image.height)) > 60}
    (line,) = composed_page(tmp_path, FRAME, text("多数河流没有名气"), css=css).lines
    assert columns
    assert max(columns) < line.x + 1
    column = max(columns)
    reached = [y for y in range(image.height) if is_red(image.getpixel((column, y)))]
    assert (min(reached), max(reached)) == pytest.approx((20, 20 + 8 * 8), abs=1.5)


# -- boxes ----------


@pytest.mark.parametrize(
    ("css", "top", "inside"),
    [
        (".f { box-sizing: border-box; padding: 10pt; width: 100pt }", 10, 80),
        (".f { box-sizing: border-box; padding: 0; border: 10pt solid white; width: 100pt }", 10, 80),
        (".f { padding: 10pt; width: 80pt }", 10, 80),
        (".f { box-sizing: padding-box; padding: 10pt; border: 10pt solid white; width: 100pt }", 20, 80),
    ],
)
def test_a_frame_holds_all_its_lines_inside_its_padding(tmp_path: Path, css: str, top: float, inside: float) -> None:
    page = composed_page(tmp_path, FRAME, text(LONG), css=f"\n{css}")
    (frame,) = page.page.frames
    assert (frame.box.y, frame.box.width) == pytest.approx((20 + top, inside))
    assert "".join(each.cluster.text for line in page.lines for each in line.line.placed) == LONG
    assert frame.box.height == pytest.approx(10 * len(page.lines))


def test_limits_of_a_padded_picture_are_those_of_its_content(tmp_path: Path) -> None:
    style = "box-sizing:border-box;padding:5pt;height:60pt;min-height:40pt;max-height:80pt"
    body = f'<div data-picture="p" style="{style}"></div>'
    (picture,) = natural(make_canvas(tmp_path, body)).pictures
    assert (picture.min_height, picture.box.height, picture.max_height) == pytest.approx((30, 50, 70))
    decided = Decision.of({picture.id: 40.0})
    assert make_canvas(tmp_path, body).measured(decided).pictures[0].box.height == pytest.approx(40)


ITEMS = '<div class="a"><div class="f" data-flow="x"></div><div class="f" data-flow="y"></div></div>'


@pytest.mark.parametrize(
    "css",
    [
        ".a { display: flex; gap: 10pt } .f { flex: 1 }",
        ".a { display: grid; grid-template-columns: 1fr 1fr; gap: 10pt }",
        ".a { display: grid; grid-template-columns: 60pt 90pt; padding: 3pt } .f { padding: 2pt }",
        ".a { display: flex; margin-top: 4pt } .f { width: 70pt; box-sizing: border-box; padding-top: 2pt }",
        ".a { display: inline-flex; width: 150pt } .f { flex: 1 }",
        ".a { display: flex; flex-wrap: wrap } .f { width: 50% }",
    ],
)
def test_items_of_a_row_hold_their_lines_and_begin_together(tmp_path: Path, css: str) -> None:
    page = composed_page(tmp_path, ITEMS, text(LONG[:24]), text("水量", "y"), css=f"\n{css}")
    heads = {str(line.flow): line.baseline for line in reversed(page.lines)}
    assert heads["x"] == pytest.approx(heads["y"])
    assert "".join(each.cluster.text for line in page.lines for each in line.line.placed) == LONG[:24] + "水量"


@pytest.mark.parametrize(
    "css",
    [
        ".f { width: 60pt; margin: 0 auto }",
        ".a { display: flex; height: 100pt } .f { width: 60pt; margin: auto }",
        ".a { position: relative; height: 100pt } .f { position: absolute; inset: 0; width: 60pt; margin: auto }",
        ".f { width: 60pt; margin-left: auto; margin-right: auto; float: none }",
    ],
)
def test_auto_margins_centre_a_frame(tmp_path: Path, css: str) -> None:
    (frame,) = composed_page(tmp_path, FRAME, text(LONG), css=f"\n{css}").page.frames
    assert (frame.box.x, frame.box.width) == pytest.approx((70, 60))


@pytest.mark.parametrize("parts", [2, 3, 4, 6, 7])
@pytest.mark.parametrize("side", ["left", "right"])
def test_floats_that_add_up_to_the_whole_stand_side_by_side(tmp_path: Path, parts: int, side: str) -> None:
    rooms = [(3.37, 1.13), (0.1, 0.7), (7.77, 5.55), (2.2, 0), (0.25, 9.99)]
    css = f"\n.c > div {{ float: {side}; width: calc(100% / {parts}); height: 4pt }} .c {{ overflow: hidden }}"
    css += "".join(f".c{n} {{ padding: 0 {pad}pt; margin: 0 -{out}pt }}" for n, (pad, out) in enumerate(rooms))
    flows = [[f'<div class="f" data-flow="x{n}.{part}"></div>' for part in range(parts)] for n in range(len(rooms))]
    body = "".join(f'<div class="c c{n}">{"".join(own)}</div>' for n, own in enumerate(flows))
    found = frames(tmp_path, css, body)
    for n in range(len(rooms)):
        assert len({round(frame.box.y, 3) for frame in found[n * parts : (n + 1) * parts]}) == 1


def test_floats_that_are_too_wide_fall_below(tmp_path: Path) -> None:
    one, two = frames(tmp_path, ".f { float: left; width: 50.1%; height: 4pt }", ITEMS)
    assert two.box.y > one.box.y


# -- pictures and pages ----------


@pytest.mark.parametrize(
    "css", ["border-radius: 12pt", "border-top-left-radius: 50%", "border-radius: 12pt; padding: 1pt"]
)
def test_round_corners_round_the_picture(tmp_path: Path, css: str) -> None:
    body = '<div class="p" data-picture="p"></div>'
    (tmp_path / "red.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" preserveAspectRatio="none">'
        '<rect width="9" height="9" fill="device-cmyk(0 1 1 0)"/></svg>'
    )
    engine = Engine(FONTS)
    html = write_page(tmp_path, body, f"\n.p {{ width: 40pt; height: 40pt; {css} }}")
    canvas = engine.canvas(html, template=tmp_path / "page.html", folders={"prepared": tmp_path})
    document = canvas.laid_out(Decision(), {"k0": tmp_path / "red.svg"}).document
    pdf, _ = write_pdf(engine, [PageContent(document, ())], title="t", identifier=b"0")
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    assert is_red(image.getpixel((40, 40)))
    assert not is_red(image.getpixel((21, 21)))


@pytest.mark.parametrize(
    ("css", "reached"),
    [
        ("@page { background: device-cmyk(0 1 .95 .05) }", True),
        ("html { background: device-cmyk(0 1 .95 .05) }", True),
        ("body { background: linear-gradient(device-cmyk(0 1 .95 .05), device-cmyk(0 1 1 0)) }", True),
        ("@page { bleed: 9pt; background: device-cmyk(0 1 .95 .05) }", True),
        ("@page { bleed: 0; background: device-cmyk(0 1 .95 .05) }", False),
    ],
)
def test_the_page_s_ground_runs_into_the_bleed(tmp_path: Path, css: str, reached: bool) -> None:
    image = seen(tmp_path, "", f"\n{css}", sheet=Sheet(bleed=6.0))
    assert image.size == (212, 312)
    for spot in ((1, 1), (210, 1), (1, 310), (210, 310), (1, 150)):
        assert is_red(image.getpixel(spot)) is reached, spot
    assert is_red(image.getpixel((100, 150)))


def test_what_stands_beside_copy_is_not_painted_where_there_is_none(tmp_path: Path) -> None:
    css = """
.f { position: relative; width: 60pt; height: 20pt; margin: 0 0 10pt 20pt }
.f::before, p::before { content: ""; position: absolute; left: -10pt; top: 0; width: 8pt; height: 20pt;
  background: device-cmyk(0 1 .95 .05) }
p { position: relative; margin: 0 0 0 20pt; height: 20pt }"""
    body = '<div class="f" data-flow="a.headline"></div><div class="f" data-flow="a.lede"></div><p></p>'
    engine = Engine(FONTS)
    canvas = engine.canvas(write_page(tmp_path, body, css), template=tmp_path / "page.html")
    document = canvas.laid_out(Decision(), {}).document

    def rules(*vacant: str) -> list[bool]:
        content = PageContent(document, (), vacant=frozenset(vacant))
        pdf, _ = write_pdf(engine, [content], title="t", identifier=b"0")
        image = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
        return [any(is_red(image.getpixel((x, y))) for x in range(200) for y in range(top, top + 18)) for top in tops]

    frames_of_page = canvas.measured(Decision()).frames
    first, second = (frame.id for frame in frames_of_page)
    tops = [int(frame.box.y) + 1 for frame in frames_of_page]
    tops.append(tops[-1] + 30)
    assert rules(first) == [False, True, True]
    assert rules(first, second) == [False, False, True]
    assert rules() == [True, True, True]


def test_nothing_is_painted_beyond_the_bleed(tmp_path: Path) -> None:
    body = '<div style="position:absolute;left:-60pt;top:-60pt;width:300pt;height:400pt;background:black"></div>'
    engine = Engine(FONTS)
    canvas = engine.canvas(write_page(tmp_path, body), template=tmp_path / "page.html", sheet=Sheet(bleed=6.0))
    document = canvas.laid_out(Decision(), {}).document
    pdf, _ = write_pdf(engine, [PageContent(document, ())], title="t", identifier=b"0", bleed=6.0)
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.pages[0].MediaBox = [-20, -20, 220, 320]
        opened.save(out := BytesIO())
    image = pypdfium2.PdfDocument(out.getvalue())[0].render(scale=1).to_pil().convert("L")
    assert image.getbbox() is not None
    assert image.getpixel((5, 5)) == 255
    assert image.getpixel((17, 17)) < 80


# -- running round ----------

ROUND = '<div class="f" data-flow="x"></div><div class="s" data-around></div>'


@pytest.mark.parametrize(
    "shape",
    [
        "left: 60pt; top: 50pt; width: 40pt; height: 60pt",
        "left: 0; top: 0; width: 40pt; height: 100pt",
        "right: 0; bottom: 60pt; width: 60pt; height: 90pt",
        "left: 20pt; top: 120pt; width: 120pt; height: 30pt",
    ],
)
@pytest.mark.parametrize("vertical", [0, 1])
def test_type_runs_round_level_and_vertical(tmp_path: Path, shape: str, vertical: int) -> None:
    css = f"\n.f {{ --vertical: {vertical}; height: 200pt; text-indent: 0 }} .s {{ position: absolute; {shape} }}"
    page = composed_page(tmp_path, ROUND, text(LONG * 9), css=css)
    (around,) = page.page.shapes
    assert len(page.lines) > 10
    for line in page.lines:
        em = line.type.size
        for placed in line.line.placed:
            if vertical:
                cell = Box(line.x, line.baseline + (placed.x - 0.88) * em, em, em)
            else:
                cell = Box(line.x + placed.x * em, line.baseline - 0.88 * em, em * 0.9, em)
            assert not (around.box.beside(cell) and around.box.above_or_below(cell)), placed.cluster.text
