"""Bounds of style sheets and drawings: what is beyond them is told at its line, and what designs write is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout import assets
from layout.design import css_bounds, svg_bounds

SOUND = ".a { width: calc((1pt + 2pt) * 3); grid-template-columns: repeat(12, 1fr); z-index: 2147483647 }\n"

STYLES = [
    ("{color:black}.a" * 2001, "rules"),
    (".a{width:" + "(" * 25 + ")" * 25 + "}", "deep"),
    ("@media print{" * 25 + "}" * 25, "deep"),
    (".a{grid-template-rows:repeat(1001, 1pt)}", "repeat"),
    (".a{grid-template-rows:REPEAT(  +99999999999, 1pt)}", "repeat"),
    (".a{width:1e11pt}", "number"),
    (".a{width:1e999pt}", "number"),
    (".a{z-index:" + "9" * 5000 + "}", "number"),
    (".a{content:" + "a " * 10001 + "}", "20000 characters"),
    (".a " * 101 + "{}", "selector"),
    ("a" * 500_000, "characters"),
]


@pytest.mark.parametrize(("css", "words"), STYLES, ids=[words for _, words in STYLES])
def test_a_style_sheet_out_of_bounds_is_told_at_its_line(css: str, words: str) -> None:
    fault = next(css_bounds.out_of_bounds(SOUND + css))
    assert words in fault.message.en
    assert fault.line == 2
    assert fault.hint.en


@pytest.mark.parametrize(
    "css",
    [
        SOUND,
        "/* " + "{(" * 5000 + " */",
        '.a::before { content: "' + "((((" * 20 + '" }',
        ".a{color:device-cmyk(0 0 0 1)}" * 1999,
        ".a, .b, .c d > e + f:not(.g)" + ", .h" * 150 + " {}",
        "#c00 { margin: -.5em 0 1.25e-3pt }",
    ],
)
def test_what_a_design_may_write_is_in_bounds(css: str) -> None:
    assert list(css_bounds.out_of_bounds(css)) == []


def test_the_programs_own_designs_are_far_within() -> None:
    for path in assets.templates_dir().rglob("*.css"):
        assert list(css_bounds.out_of_bounds(path.read_text("utf-8") * 5)) == []
    for path in (*assets.templates_dir().rglob("*.svg"), *assets.images_dir().rglob("*.svg")):
        assert svg_bounds.out_of_bounds(path.read_bytes()) is None


def growing(times: int, steps: int, use: str = " var(--a{})") -> str:
    rules = ["--a0: 1pt", *(f"--a{n}: {use.format(n - 1) * times}" for n in range(1, steps))]
    return ":root {\n" + ";\n".join(rules) + "\n}"


@pytest.mark.parametrize("use", [" var(--a{})", " var( --a{} , 0)", " calc(1pt + var(--a{}))"])
def test_variables_that_multiply_one_another_are_told_where_they_become_too_long(use: str) -> None:
    path = Path("a.css")
    assert list(css_bounds.growing_variables({path: growing(2, 6, use)})) == []
    ((told, name, fault),) = css_bounds.growing_variables({path: growing(4, 14, use)})
    assert (told, fault.line) == (path, int(name.removeprefix("--a")) + 2)
    assert name in fault.message.en


def test_variables_grow_over_several_style_sheets_and_rules() -> None:
    one, other = growing(10, 5), ".b { --b: " + "var(--a4)" * 10 + " }"
    told = list(css_bounds.growing_variables({Path("a.css"): one, Path("b.css"): other}))
    assert [(path.name, name) for path, name, _ in told] == [("a.css", "--a4")]
    circle = ":root { --a: var(--b) var(--b); --b: var(--a) var(--a) }"
    assert list(css_bounds.growing_variables({Path("a.css"): circle})) == []


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n'
BOMB = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 7)) + '<g id="a0"/>'
DRAWINGS = [
    (BOMB, "elements"),
    ("<rect/>" * 20_001, "elements"),
    ('<marker id="m">' + "<path/>" * 30 + f'</marker><path marker-mid="url(#m)" d="M0 0{"L1 1" * 900}"/>', "elements"),
    ('<pattern id="p"><rect fill="url(#p)"/></pattern>', "itself"),
    ('<use id="a" xlink:href="#a"/>', "itself"),
    ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "itself"),
    ("<g>" * 61 + "</g>" * 61, "deep"),
    ('<rect width="1e300"/>', "number"),
    (f'<rect width="{"9" * 5000}"/>', "number"),
    ('<path d="M0 0 L 1e99 5"/>', "number"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), DRAWINGS, ids=[f"{n} {words}" for n, (_, words) in enumerate(DRAWINGS)])
def test_a_drawing_out_of_bounds_is_told_at_its_line(body: str, words: str) -> None:
    fault = svg_bounds.out_of_bounds(f"{HEAD}{body}</svg>".encode())
    assert fault is not None
    assert words in fault.message.en
    assert fault.line in (1, 2)


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><path/></g>' + '<use href="#a"/>' * 1000,
        '<linearGradient id="a"/><rect fill="url(#a)" stroke="url(#a)"/>' * 1000,
        '<a href="#b"><g id="b"/></a><use href="#nobody"/>',
        '<path d="M1.5-2.25e-3 4" fill="#99999999"/>',
        "not closed <g>",
    ],
)
def test_what_a_drawing_may_hold_is_in_bounds(body: str) -> None:
    assert svg_bounds.out_of_bounds(f"{HEAD}{body}</svg>".encode()) is None


@pytest.mark.parametrize(
    "value",
    [
        "repeating-linear-gradient(device-cmyk(0 0 0 1) 0, device-cmyk(0 0 0 0) 1e-9pt)",
        "repeating-radial-gradient(circle, device-cmyk(0 0 0 1) 0%, device-cmyk(0 0 0 0) 0.001%)",
        "REPEATING-LINEAR-GRADIENT(90deg, device-cmyk(0 0 0 1) 0mm, device-cmyk(0 0 0 0) 0.001mm)",
    ],
)
def test_a_gradient_repeated_more_finely_than_presses_print_is_told_at_its_line(value: str) -> None:
    (fault,) = css_bounds.out_of_bounds(f".a {{\n  background: {value};\n}}\n")
    assert (fault.line, fault.message.zh) == (2, "渐变重复得太密，印不出来")


@pytest.mark.parametrize("period", ["0.1pt", "1mm", "1%", "2em"])
def test_a_gradient_that_presses_print_is_none(period: str) -> None:
    css = f".a {{ background: repeating-linear-gradient(device-cmyk(0 0 0 1) 0, device-cmyk(0 0 0 0) {period}) }}"
    assert not list(css_bounds.out_of_bounds(css))


@pytest.mark.parametrize(
    "drawing",
    [
        b'<!DOCTYPE svg [<!ENTITY much "1e300">]><svg><rect width="&much;"/></svg>',
        b'<svg><rect width="1&#101;300"/></svg>',
        '<?xml version="1.0" encoding="utf-16"?><svg><rect width="1e300"/></svg>'.encode("utf-16"),
        '<?xml version="1.0" encoding="koi8-r"?><svg><rect width="1e300"/></svg>'.encode("koi8-r"),
    ],
    ids=["an entity", "a reference to a character", "two bytes a character", "another encoding"],
)
def test_a_number_beyond_use_is_found_however_it_is_written(drawing: bytes) -> None:
    fault = svg_bounds.out_of_bounds(drawing)
    assert fault is not None
    assert "number" in fault.message.en
