"""What WeasyPrint says of a design comes with the file and the line that are at fault, and what to do."""

from pathlib import Path

import pytest

from layout.checks import Finding
from layout.engine.engine import Engine
from layout.errors import Faults, Place, TemplateError
from layout.page.canvas import TypeRequest
from small_page import CSS, FONTS, make_canvas, natural

FIRST = CSS.count("\n") + 2
"""The line on which the style sheet of a test begins."""


def heard(folder: Path, css: str, body: str = '<p class="x"></p>') -> list[Finding]:
    canvas = make_canvas(folder, body, "\n" + css)
    first = natural(canvas).messages
    assert canvas.types((), TypeRequest()).messages == first  # laid out anew, and it is said again
    return list(first)


@pytest.mark.parametrize(
    ("css", "line", "column", "message", "hint"),
    [
        (".x {\n  color: device-cmyk(0 1 .95)\n}", 1, 3, "color: device-cmyk(0 1 .95)", "device-cmyk(0 1 0.95 0.04)"),
        (".x { color: readish }", 0, 6, "color: readish", "device-cmyk(0 1 0.95 0.04)"),
        (".x { colour: black }", 0, 6, "没有“colour”这种样式", "是不是 color？"),
        (".x { text-shadow: 1pt 1pt black }", 0, 6, "排版引擎不会“text-shadow”", "background"),
        (".x { background: conic-gradient(device-cmyk(0 1 0 0), black) }", 0, 6, "conic-gradient()", "linear-gradient"),
        (".x { zzz: black }", 0, 6, "没有“zzz”这种样式", "拼写"),
        (".x { width: 1ptt }", 0, 6, "width: 1ptt", "单位"),
        (".x { top: 0\n height: 15pt }", 0, 6, "top: 0 height: 15pt", "“height”前面少了分号"),
        ("\n.x:hovver { width: 1pt }", 1, 1, "选择器“.x:hovver”", "拼写"),
        ("@page { size: 200pt 300pt; margn: 0 }", 0, 28, "margn", "margin"),
        ("@sheet { width: 1pt }", 0, 1, "sheet", "改写"),
        (":root {\n --w: wide }\n.x { width: var(--w); border: var(--w) solid }", 1, 2, "--w 的值不能用作", "拼写"),
        (":root { --a: 1pt } .x { --a: b }\n.x { height: var(--a) }", 1, 6, "height: b", "单位"),
        (".x { width: var(--nowhere) }", 0, 6, "--nowhere 没有定义", ":root"),
        (".x { top: 0; width 10pt; left: 0 }", 0, 14, "“width 10pt”不是“属性: 值”", "width: 10pt"),
        (".x { top: 0;\n  /* wide */ wide }", 1, 14, "“wide”不是“属性: 值”", "wide: …"),
        ("width 10pt\n", 0, 1, "“width 10pt”不是“属性: 值”", "width: 10pt"),
        ("width 10pt", 0, 1, "“width 10pt”不是“属性: 值”", "width: 10pt"),
    ],
)  # fmt: skip
def test_a_fault_of_the_style_sheet(tmp_path: Path, css: str, line: int, column: int, message: str, hint: str) -> None:
    (finding,) = heard(tmp_path, css)
    assert finding.check == "design.unknown"
    assert finding.place == Place(str(tmp_path / "page.css"), FIRST + line, column)
    assert message in finding.message.zh
    assert finding.hint is not None
    assert hint in finding.hint.zh


def test_a_style_attribute_is_found_in_the_template(tmp_path: Path) -> None:
    (finding,) = heard(tmp_path, "", '<p>\n</p><p style="width: 3ccm"></p>')
    assert finding.place is not None
    assert finding.place.file == str(tmp_path / "page.html")
    assert finding.place.line == 2


@pytest.mark.parametrize(
    ("css", "body"),
    [
        ('@charset "utf-8";\n.x { width: 1pt }', "<p></p>"),
        (".x { cursor: auto; transition: none; -webkit-hyphens: none }", "<p></p>"),
        (".x { --anything: at all; width: calc(1pt + 2pt) }\n@media screen { .x { color: black } }", "<p></p>"),
        ("", '<p id="a"></p><p id="a"></p>'),
    ],
)
def test_what_changes_nothing_in_print_is_not_said(tmp_path: Path, css: str, body: str) -> None:
    assert heard(tmp_path, css, body) == []


def test_the_cause_is_told_before_the_second_page(tmp_path: Path) -> None:
    body = '</div><p class="x"></p><div>'
    canvas = make_canvas(tmp_path, body, "\n.x { break-before: page; heigth: 200pt; line-height: 10ppt }")
    with pytest.raises(Faults) as caught:
        natural(canvas)
    first, second, last = caught.value.faults()
    assert first.place == Place(str(tmp_path / "page.css"), FIRST, 26)
    assert "heigth" in first.message.zh
    assert "line-height" in second.message.zh
    assert "页，应为 1 页" in last.message.zh
    assert last.hint is not None
    assert last.hint.zh == f"先改 page.css:{FIRST}"


def test_an_imported_style_sheet_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("more.css").write_text(".x { widht: 1pt }\n.x:hovver { width: 1pt }\n", encoding="utf-8")
    html = '<html><link rel="stylesheet" href="own.css"><div data-fill class="x"></div></html>'
    tmp_path.joinpath("own.css").write_text('@import url("more.css");\n.y { heigth: 1pt }', encoding="utf-8")
    engine = Engine(FONTS)
    canvas = engine.canvas(html, template=tmp_path / "page.html")
    places = [(Path(each.place.file).name, each.place.line) for each in natural(canvas).messages if each.place]
    assert places == [("more.css", 1), ("more.css", 2), ("own.css", 2)]
    tmp_path.joinpath("more.css").write_text(".x { width: 1pt\n", encoding="utf-8")
    with pytest.raises(Faults) as caught:
        engine.canvas(html, template=tmp_path / "page.html")
    assert caught.value.place == Place(str(tmp_path / "more.css"), 1, 4)


def test_the_next_page_hears_it_too(tmp_path: Path) -> None:
    engine = Engine(FONTS)
    first = make_canvas(tmp_path, '<p class="x"></p>', "\n:root { --w: wide }\n.x { width: var(--w) }", engine)
    messages = natural(first).messages
    html = (tmp_path / "page.html").read_text(encoding="utf-8").replace("<p", "<p></p><p")
    second = engine.canvas(html, template=tmp_path / "page.html")
    assert messages == natural(second).messages != ()
    other = engine.canvas(html.replace('class="x"', ""), template=tmp_path / "page.html")
    assert natural(other).messages == ()  # the same style sheet, but nothing that the value is for


@pytest.mark.parametrize("css", [".x { color: black", ".x { color: device-cmyk(0 1 1; width: 1pt }"])
def test_what_is_left_open_stops_the_page(tmp_path: Path, css: str) -> None:
    with pytest.raises(Faults) as caught:
        make_canvas(tmp_path, "", "\n" + css)
    fault = caught.value.faults()[0]
    assert isinstance(fault, TemplateError)
    assert fault.place is not None
    assert (fault.place.file, fault.place.line) == (str(tmp_path / "page.css"), FIRST)


def test_a_picture_without_size_is_told_after_its_cause(tmp_path: Path) -> None:
    canvas = make_canvas(tmp_path, '<div class="p" data-picture="dam"></div>', "\n.p { height: 30ptt }")
    with pytest.raises(Faults) as caught:
        natural(canvas)
    cause, fault = caught.value.faults()
    assert "30ptt" in cause.message.zh
    assert "“dam”没有大小" in fault.message.zh
