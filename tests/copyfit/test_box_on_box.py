"""Pictures over text or across panels, what leaves its box, and what pushes a column off the grid: told with both."""

from pathlib import Path

import pytest

from layout.checks import Finding
from layout.copyfit.checks.box_on_box import box_findings
from layout.copyfit.checks.legibility import ink_of
from layout.copyfit.fit import pour_page
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.engine.standing_boxes import standing_boxes
from layout.errors import Place
from layout.flows import Flow
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph, Run, Text
from small_page import FONTS, make_canvas

COPY = "多数河流没有名气它们不进课本也上不了地图的大字只在村口绕一个弯流进下一条更大的河" * 2
TEXT = '<div class="f text" data-flow="s.lede" style="width:70pt;height:120pt"></div>'
PICTURE = "position:absolute;width:40pt;height:40pt"


def found(folder: Path, body: str, css: str = "", opening: str = "") -> list[Finding]:
    """What is said of the boxes of a page that holds *body*; its copy begins with *opening*."""
    canvas = make_canvas(folder, body, css)
    flow = Flow.parse("s.lede")
    words = {flow: opening + COPY, Flow.of_picture("p", "caption"): "湖边的亭子去年建成"}
    texts = {flow: Text(flow, (Paragraph("body", (Run(own, Place("s.md", 1)),)),)) for flow, own in words.items()}
    copy = Copy({flow: text for flow, text in texts.items() if str(flow) in body})
    setter = Setter(FONTS)
    fitted = fit_variants({VariantName("page"): canvas}, copy, setter)
    layout = canvas.laid_out(fitted.decision, {})
    composed = pour_page(layout.page, fitted, setter)
    return list(
        box_findings(
            composed.page, composed.lines, standing_boxes(layout.document.pages[0]._page_box), layout.files.element
        )
    )


def picture(style: str, attributes: str = "") -> str:
    return f'<div class="pic" data-picture="p" {attributes} style="{PICTURE};{style}"></div>'


PANEL = '<div class="panel" style="position:absolute;left:90pt;top:20pt;width:60pt;height:60pt;{more}"></div>'
TINT = "background:device-cmyk(.1 0 0 0)"

ROUND = "left:40pt;top:20pt;border-radius:20pt;shape-outside:circle();"
CAPTION = (
    '<div class="f" data-flow="picture.p.caption" {more} style="position:absolute;left:20pt;top:61pt;width:60pt;'
    'height:8pt;line-height:8pt;font-size:6pt"></div>'
)
"""Below the picture, in its ``shape-margin``."""

TOLD = {
    "a picture over text": (
        f"{TEXT}{picture('left:20pt;top:20pt')}", "page.picture_on_type", ["div.pic", "div.f.text"],
    ),
    "a picture before it in the document": (
        f"{picture('left:20pt;top:20pt')}{TEXT}", "page.picture_on_type", ["div.pic", "div.f.text"],
    ),
    "a picture's edge over it": (
        f"{TEXT}{picture('left:60pt;top:20pt')}", "page.picture_on_type", ["div.pic", "div.f.text"],
    ),
    "a square picture with a round contour": (
        f"{TEXT}{picture('left:50pt;top:20pt;shape-outside:circle(14pt);--least-measure:4', 'data-around')}",
        "page.picture_on_type", ["div.pic", "div.f.text"],
    ),
    "a picture lifted over positioned text": (
        f'<div style="position:relative">{TEXT}</div>{picture("left:20pt;top:20pt;z-index:3")}',
        "page.picture_on_type", ["div.pic", "div.f.text"],
    ),
    "a picture across a panel": (
        f"{PANEL.format(more=TINT)}{picture('left:130pt;top:60pt')}", "page.box_on_box", ["div.pic", "div.panel"],
    ),
    "a picture across a frame": (
        f"{PANEL.format(more='border:1pt solid black')}{picture('left:130pt;top:60pt')}",
        "page.box_on_box", ["div.pic", "div.panel"],
    ),
    "a panel over a picture": (
        f"{picture('left:95pt;top:25pt')}{PANEL.format(more=TINT)}", "page.box_on_box", ["div.pic", "div.panel"],
    ),
    "a child larger than its panel": (
        f'<div class="panel" style="width:40pt;height:40pt;{TINT}">'
        f'<div class="in" style="{TINT};height:70pt"></div></div>',
        "page.out_of_box", ["div.in", "div.panel"],
    ),
    "text longer than its panel": (
        f'<div class="panel" style="width:80pt;height:40pt;{TINT}">{TEXT}</div>',
        "page.out_of_box", ["div.f.text", "div.panel"],
    ),
    "a picture wider than its panel": (
        f'<div class="panel" style="position:relative;width:30pt;height:60pt;{TINT}">{picture("left:0;top:0")}</div>',
        "page.out_of_box", ["div.pic", "div.panel"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TOLD)
def test_boxes_that_lie_upon_one_another(kind: str, tmp_path: Path) -> None:
    body, check, elements = TOLD[kind]
    (told,) = found(tmp_path, body)
    assert (told.check, told.amount["elements"]) == (check, elements)
    assert len(told.template) == 2
    assert all(place.line == 1 and place.column for place in told.template)
    assert told.boxes


def test_of_a_caption_that_no_contour_reaches_is_told_what_to_write(tmp_path: Path) -> None:
    around = picture(ROUND + "shape-margin:1pt", "data-around")
    (told,) = found(tmp_path, f"{TEXT}{around}{CAPTION.format(more='')}")
    assert told.check == "page.type_on_type"
    assert "put data-around on its frame" in told.hint.en if told.hint else False


SILENT = {
    "a picture beside text": f"{TEXT}{picture('left:80pt;top:20pt')}",
    "text that runs round it": f"{TEXT}{picture('left:50pt;top:20pt', 'data-around')}",
    "text that runs round a round one": (
        f"{TEXT}{picture('left:40pt;top:20pt;border-radius:20pt;shape-outside:circle()', 'data-around')}"
    ),
    "text that runs round an element with a round picture": (
        f'{TEXT}<div data-around style="{PICTURE};left:40pt;top:20pt;shape-outside:circle()">'
        '<div data-picture="p" style="width:40pt;height:40pt;border-radius:20pt"></div></div>'
    ),
    "text that runs round a caption too": (
        f"{TEXT}{picture(ROUND + 'shape-margin:9pt', 'data-around')}"
        f"{CAPTION.format(more='data-around')}"
    ),
    "text upon a picture": (
        f"{picture('left:0;top:0')}<div style='position:absolute;left:5pt;top:5pt'>{TEXT}</div>"
    ),
    "text within a picture": (
        '<div data-picture="p" style="position:relative;width:150pt;height:150pt">'
        f'<div style="position:absolute;left:5pt;top:5pt">{TEXT}</div></div>'
    ),
    "a picture upon a panel": f"{PANEL.format(more=TINT)}{picture('left:95pt;top:25pt')}",
    "a picture in a panel": f'<div style="position:relative;height:60pt;{TINT}">{picture("left:5pt;top:5pt")}</div>',
    "a label moved onto the edge": (
        f'<div style="position:relative;height:60pt;{TINT}">'
        f'<div style="position:absolute;top:-8pt;left:5pt;width:50pt;height:14pt;{TINT}"></div></div>'
    ),
    "a rule beside a picture": f"{PANEL.format(more='border-left:1pt solid black')}{picture('left:130pt;top:60pt')}",
    "turned type beside other type, in the corner of its rectangle": (
        f"{TEXT}"
        '<div class="f" data-flow="s.lede" style="position:absolute;left:90pt;top:20pt;width:60pt;height:40pt;'
        'transform:rotate(-30deg);transform-origin:0 0"></div>'
    ).replace('class="f text" data-flow="s.lede" style="width:70pt;height:120pt"',
              'class="f text" data-flow="s.lede" style="width:70pt;height:50pt"'),
    "a box without tint": f'<div style="width:40pt;height:40pt"><div style="{TINT};height:70pt"></div></div>',
}  # fmt: skip


@pytest.mark.parametrize("kind", SILENT)
def test_boxes_that_are_meant(kind: str, tmp_path: Path) -> None:
    assert found(tmp_path, SILENT[kind]) == []


@pytest.mark.parametrize("opening", ["“", "“‘", "《“", "（《‘"])
def test_the_marks_before_a_drop_cap_lie_on_nothing(opening: str, tmp_path: Path) -> None:
    assert found(tmp_path, TEXT.replace("70pt", "150pt"), ".text::first-letter { --drop: 3 }", opening) == []


@pytest.mark.parametrize("opening", ["《", "（“"])
@pytest.mark.parametrize("way", ["horizontal-tb", "vertical-rl"])
def test_the_white_that_an_opening_mark_has_lost_sticks_out_of_nothing(opening: str, way: str, tmp_path: Path) -> None:
    style = f"160pt;writing-mode:{way};text-indent:0;--break:sense"
    body = f'<div class="panel" style="width:160pt;{TINT}">{TEXT.replace("70pt", style)}</div>'
    assert found(tmp_path, body, opening=opening) == []


def test_turned_type_upon_other_type_is_told(tmp_path: Path) -> None:
    body = (
        '<div class="f text" data-flow="s.lede" style="width:70pt;height:60pt"></div>'
        '<div class="f text" data-flow="s.lede" style="position:absolute;left:0;top:60pt;width:70pt;height:60pt;'
        'transform:rotate(-90deg);transform-origin:0 0"></div>'
    )
    assert {each.check for each in found(tmp_path, body)} == {"page.type_on_type"}


def column(above: str) -> str:
    return (
        f'<section data-band="b"><div data-column style="float:left;width:70pt">{above}'
        '<div class="f text" data-flow="s.lede"></div></div>'
        '<div data-column style="float:left;width:70pt;margin-left:10pt"><div class="f text" data-flow="s.lede"></div>'
        "</div></section>"
    )


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ('<div class="rule" style="height:3pt"></div>', "div.rule"),
        ('<div class="head" style="height:10pt;margin-bottom:4pt"></div>', "div.head"),
        ('<div class="rule" style="height:3pt"></div><div class="head" style="height:20pt"></div>', "div.rule"),
    ],
)
def test_a_column_is_pushed_off_the_grid(above: str, name: str, tmp_path: Path) -> None:
    (told,) = found(tmp_path, column(above))
    assert (told.check, told.amount["elements"]) == ("page.off_grid", [name, "div.f.text"])
    assert len(told.template) == 2


@pytest.mark.parametrize(
    "above",
    [
        "",
        '<div class="head" style="height:20pt"></div>',
        '<div class="head" style="height:16pt;margin-bottom:4pt"></div>',
    ],
)
def test_a_column_on_the_grid(above: str, tmp_path: Path) -> None:
    assert found(tmp_path, column(above)) == []


def test_a_space_where_a_vertical_headline_breaks_is_no_ink(tmp_path: Path) -> None:
    """Its words end above the copy below, and so does what is looked at."""
    head = (
        '<div class="f" data-flow="s.lede" style="width:48pt;height:160pt;font-size:20pt;line-height:24pt;--vertical:1;'
        '--break:sense;--max-lines:2"></div>'
    )
    canvas, flow = make_canvas(tmp_path, head), Flow.parse("s.lede")
    words = "电商服务点怎么建 群众说了算"
    copy = Copy({flow: Text(flow, (Paragraph("body", (Run(words, Place("s.md", 1)),)),))})
    setter = Setter(FONTS)
    fitted = fit_variants({VariantName("page"): canvas}, copy, setter)
    lines = pour_page(canvas.laid_out(fitted.decision, {}).page, fitted, setter).lines
    assert [line.line.text.strip() for line in lines] == words.split()
    assert [round(ink_of(line).height) for line in lines] == [round((len(own) - 0.3) * 20) for own in words.split()]
