"""Every property of CSS works on a frame, on what holds it, on a picture and on a box, or is reported at its line."""

from pathlib import Path

import pytest
from weasyprint.css.properties import INHERITED, KNOWN_PROPERTIES
from weasyprint.css.validation import NOT_PRINT_MEDIA
from weasyprint.css.validation.expanders import EXPANDERS

from engine.css_samples import BY_NAME
from layout.checks import Finding
from layout.design.css_support import TARGETS, Target, support_rows, told_on, without_effect
from layout.engine.engine import Engine
from layout.engine.style_effects import CONTOUR
from layout.errors import Place, TemplateError
from layout.page.frames import MeasuredPage
from small_page import CSS, FONTS, make_canvas, natural

NAMES = [name for row in support_rows("property") for name in row["names"]]
ROOM = "@page { size: 400pt 9000pt } [data-fill] { height: 8900pt }"
WRITTEN: dict[Target, str] = {
    "frame": '<div class="f t{0}" data-flow="x{0}"></div>',
    "ancestor": '<div class="t{0}"><div class="f" data-flow="x{0}"></div></div>',
    "picture": '<div class="t{0}" style="min-height:9pt;min-width:9pt" data-picture="p{0}"></div>',
    "box": '<div class="t{0}"></div>',
}
ONLY_THEN = {"transform-origin", "vertical-align", "overflow"}
ONLY_THEN_ON_BOXES = {"columns", "column-count", "column-width"}
"""Reported not for their value but for where they stand: tried below."""
BY_VALUE = {"font-style", "visibility"}
"""They work, but not with the value that they are tried with."""


def page_of(folder: Path, body: str, css: str) -> MeasuredPage:
    return natural(make_canvas(folder, body, css))


def reported(folder: Path, body: str, css: str) -> list[tuple[int, str]]:
    """The lines of *css* that are reported, with what to write instead."""
    return [(line_of(each), each.hint.en) for each in page_of(folder, body, css).messages if each.hint]


def line_of(finding: Finding) -> int:
    assert finding.place is not None
    assert finding.place.line is not None
    return finding.place.line - CSS.count("\n")


def test_every_name_stands_in_one_row_and_says_what_to_write() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert {*KNOWN_PROPERTIES, *EXPANDERS, *NOT_PRINT_MEDIA} <= set(NAMES)
    for row in (*support_rows("property"), *support_rows("pseudo")):
        assert set(row.get("told", ())) <= set(TARGETS)
        assert "hint" in row or not row.get("told"), row["names"]


@pytest.mark.parametrize("name", [n for n in NAMES if all(n not in told_on(t) for t in TARGETS) and n not in BY_NAME])
def test_what_does_nothing_anywhere_is_reported_with_any_value(name: str) -> None:
    (fault,) = without_effect(f"p {{\n  {name}: 3px }}")
    assert (fault.line, fault.column) == (2, 3)
    assert name in fault.message.zh


@pytest.mark.parametrize("target", TARGETS)
def test_every_property_works_or_is_reported_at_its_line(tmp_path: Path, target: Target) -> None:
    nowhere = {name for row in support_rows("property") if len(row.get("told", ())) == 4 for name in row["names"]}
    names = sorted((set(KNOWN_PROPERTIES) | set(EXPANDERS)) - nowhere)
    css = ROOM + "".join(f"\n.t{n} {{ {name}: {BY_NAME[name]} }}" for n, name in enumerate(names))
    body = "".join(WRITTEN[target].format(n) for n in range(len(names)))
    found = {names[line - 2] for line, _ in reported(tmp_path, body, css)}
    told = set(told_on(target))
    if target == "ancestor":
        # The frames of a small page say themselves how their lines end.
        told |= {name for name in told_on("frame") if name != "text-align-last" and name.replace("-", "_") in INHERITED}
        told |= {"font-variant", "word-wrap", "line-clamp"}
    if target in ("frame", "ancestor"):
        told |= BY_VALUE
    told |= set(CONTOUR)  # where no data-around is
    assert found == {name for name in told if name in names} - ONLY_THEN - (
        ONLY_THEN_ON_BOXES if target == "box" else set()
    )


@pytest.mark.parametrize(
    ("css", "body"),
    [
        (".a { overflow: hidden; width: 20pt; height: 10pt } .f { width: 30pt }", WRITTEN["ancestor"]),
        (".f { display: table-cell; vertical-align: bottom }", WRITTEN["frame"]),
        (".f::first-letter { --drop: 3; font-size: 20pt }", WRITTEN["frame"]),
        (".f { --lead-in: 6 }", WRITTEN["frame"]),
        (".a::first-letter { --drop: 3 }", WRITTEN["ancestor"]),
        (".a::first-line { color: black }", WRITTEN["ancestor"]),
        ('.f::before { content: "▲" }', WRITTEN["frame"]),
        ('.a { counter-increment: n } .a::before { content: counter(n) ". " }', WRITTEN["ancestor"]),
        (".a { opacity: .5; background: black }", WRITTEN["ancestor"]),
        (".f { opacity: 50%; background: black }", WRITTEN["frame"]),
        (".f { font-weight: 300 }", WRITTEN["frame"]),
        (".f { text-decoration: underline dashed }", WRITTEN["frame"]),
        (".f { text-align: justify-all }", WRITTEN["ancestor"]),
        ("body { text-transform: uppercase }", WRITTEN["frame"]),
        ("@layer base { .f { word-spacing: 1pt } }", WRITTEN["frame"]),
        (".f { -webkit-text-stroke: 1pt black }", WRITTEN["frame"]),
        (".f { cursor: pointer }", WRITTEN["frame"]),
        (".a::footnote-call { color: black }", WRITTEN["ancestor"]),
        (".a::-moz-selection { color: black }", WRITTEN["ancestor"]),
        (".a { bleed: 3mm }", WRITTEN["box"]),
        (".a { position: running(head) }", WRITTEN["box"]),
        (".f { display: inline }", WRITTEN["frame"]),
        (".a { column-count: 2; float: left }", WRITTEN["box"]),
        (".a { columns: 2; position: absolute }", WRITTEN["box"]),
        (".a { column-width: 9pt; display: inline-block }", WRITTEN["box"]),
        (".a { display: flex; flex-wrap: wrap; width: 99.98pt } .a div { width: 49.995pt; height: 9pt }",
         '<div class="t{0}"><div></div><div></div></div>'),
    ],
)  # fmt: skip
def test_what_stands_where_it_does_nothing(tmp_path: Path, css: str, body: str) -> None:
    (found,) = reported(tmp_path, body.format(0).replace('class="t0"', 'class="a"'), f"\n{css}")
    assert found[0] == 2


@pytest.mark.parametrize(
    "css",
    [
        ".a { overflow: hidden; width: 90pt } .f { width: 30pt }",
        '.a::before { content: ""; position: absolute; background: black; width: 2pt; height: 2pt }',
        '.f::after { content: ""; display: block }',
        ".a { opacity: .5; border: 1pt solid black } .f { vertical-align: top }",
        ".f { font-weight: bold; text-decoration: underline } ",
        "@page { bleed: 3mm }",
        "html { hyphens: manual; font-kerning: normal; widows: 2; orphans: 2; white-space: normal; direction: ltr }",
        ".f { text-align: justify } .a { z-index: 2; position: relative; transform: none; columns: auto }",
        ".a { cursor: auto; -webkit-hyphens: none }",
    ],
)
def test_what_does_something_is_not_reported(tmp_path: Path, css: str) -> None:
    body = WRITTEN["ancestor"].format(0).replace('class="t0"', 'class="a"')
    assert reported(tmp_path, body, f"\n{css}") == []


def test_descriptors_of_a_font_face_that_nothing_reads_are_reported() -> None:
    read = 'font-family: "Own"; src: url(own.ttf); font-weight: 200 900; font-style: italic; unicode-range: U+4E00'
    unread = "font-stretch: 75%;\n font-familie: x"
    found = without_effect(f"p {{ color: black }}\n@font-face {{ {read}; {unread} }}")
    assert [(fault.line, fault.column) for fault in found] == [(2, 118), (3, 2)]
    assert "font-family" in found[1].hint.zh


def test_html_s_own_bold_and_slanted_type_is_not_reported(tmp_path: Path) -> None:
    page = page_of(tmp_path, '<h1 class="f" data-flow="a"></h1><em><div class="f" data-flow="b"></div></em>', "")
    assert page.messages == ()
    assert page.frames[0].type.roles["plain"].faces[0] == "song-400"


def test_a_style_attribute_is_reported_in_the_template(tmp_path: Path) -> None:
    body = '<p></p>\n<div class="f" style="text-transform:uppercase" data-flow="a"></div>\n<i style="cursor:help"></i>'
    found = page_of(tmp_path, body, "").messages
    assert [(Path(each.place.file).name, each.place.line) for each in found if each.place] == [
        ("page.html", 3),
        ("page.html", 2),
    ]


def test_a_span_that_is_a_frame_is_reported_in_the_template(tmp_path: Path) -> None:
    (found,) = page_of(tmp_path, '<p>\n<span class="f" data-flow="a"></span></p>', "").messages
    assert found.place == Place(str(tmp_path / "page.html"), 2)


@pytest.mark.parametrize(
    "style", ["font-size: 0", "font-size: .2pt", "line-height: 0", "line-height: 5000pt", "line-height: -0"]
)
def test_type_that_cannot_be_set_is_refused_at_its_line(tmp_path: Path, style: str) -> None:
    with pytest.raises(TemplateError) as caught:
        page_of(tmp_path, WRITTEN["frame"].format(0), f"\n.t0 {{ {style} }}")
    assert caught.value.place is not None
    assert caught.value.place.line == CSS.count("\n") + 2


def test_a_type_area_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="apart"):
        page_of(tmp_path, WRITTEN["frame"].format(0), "\n[data-fill] { line-height: 0 } .f { line-height: 9pt }")


def test_what_is_reported_does_not_hang_on_the_layout_cache(tmp_path: Path) -> None:
    engine = Engine(FONTS)
    first = natural(make_canvas(tmp_path, WRITTEN["frame"].format(0), "\n.t0 { columns: 2 }", engine)).messages
    assert first
    assert natural(make_canvas(tmp_path, WRITTEN["frame"].format(0), "\n.t0 { columns: 2 }", engine)).messages == first
