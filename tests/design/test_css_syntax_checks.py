"""What a style sheet leaves open is found where it was opened."""

import pytest

from layout import assets
from layout.design.css_syntax_checks import missing_semicolon, syntax_faults


@pytest.mark.parametrize(
    ("css", "line", "column", "words"),
    [
        (".a { color: black\n.b { color: black }\n", 1, 4, "{"),
        (".a { color: black }\n\n.b { width: 1pt\n", 3, 4, "{"),
        (".a {\n  color: device-cmyk(0 1 0.95;\n  width: 1pt }\n", 2, 21, "("),
        (".a { width: 1pt }}\n", 1, 18, "}"),
        (".a { width: calc(1pt + 2pt)) }\n", 1, 28, ")"),
        ('.a { font-family: "Song 400; width: 1pt }\n.b { color: black }', 1, 19, '"'),
        (".a { width: 1pt } /* 各栏\n.b { width: 1pt }", 1, 19, "/*"),
        (":root {\n  --red: device-cmyk(0 1 1 0)\n  --row: 15pt;\n}", 3, 3, "--row"),
        (".f { --fit: total text-align: left }", 1, 19, "text-align"),
    ],
)
def test_a_slip_has_its_place(css: str, line: int, column: int, words: str) -> None:
    first = next(syntax_faults(css))
    assert (first.line, first.column) == (line, column)
    assert words in first.message.zh
    assert words in first.message.en


@pytest.mark.parametrize(
    "css",
    [
        ".a::before { content: '}'; background: url(x(.svg) }",
        '.a { content: "\\"{" } /* { */ .b { width: calc((1pt + 2pt) * 2) }',
        '.a[data-x="{"] { --fit: total; --line-end: ）。 }',
        "@media print { .a { color: black } }\n.a:not(.b):first-child { --break: sense }",
        ":root { --red: device-cmyk(0 1 1 0); --row: 15pt }",
        "",
    ],
)
def test_sound_style_sheets_have_none(css: str) -> None:
    assert list(syntax_faults(css)) == []


def test_our_own_designs_have_none() -> None:
    sheets = sorted(assets.templates_dir().rglob("*.css"))
    assert sheets
    assert [(path.name, list(syntax_faults(path.read_text(encoding="utf-8")))) for path in sheets] == [
        (path.name, []) for path in sheets
    ]


def test_missing_semicolon() -> None:
    assert missing_semicolon("0 height: 15pt") == "height"
    assert missing_semicolon("0\n --fit: total") == "--fit"
    assert missing_semicolon("url(a: b)") is None
    assert missing_semicolon('"a b: c" 1pt') is None
