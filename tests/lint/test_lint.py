"""Colours the press cannot print are refused before layout, with file, line, column and what to write instead."""

from pathlib import Path

import pytest

from layout import assets
from layout.design.lint_design import lint_design
from layout.errors import LayoutError

TOML = "name = '样'\n[inks]\npress-red = [0, 100, 95, 4]\nblack = [0, 0, 0, 100]\nsky = [60, 10, 0, 0]\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n  {}\n</svg>\n'


def faults(folder: Path, **files: str) -> list[tuple[str, int | None, int | None, str, str]]:
    (folder / "design.toml").write_text(TOML, "utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    try:
        lint_design(folder)
    except LayoutError as error:
        return [
            (Path(fault.place.file).name, fault.place.line, fault.place.column, fault.message.en, fault.hint.en)
            for fault in error.faults()
            if fault.place and fault.hint
        ]
    return []


@pytest.mark.parametrize(
    "value",
    [
        "color: device-cmyk(0 1 .95 .04)",
        "color: device-cmyk(0% 100% 95% 4% / .5)",
        "color: black; background: #fff; border: 1pt solid currentcolor",
        "background: linear-gradient(90deg, device-cmyk(0 1 1 0) 10%, transparent)",
        "font-family: Red, Tan",
        "--han-latin: .25; --valign: top; grid-area: tan",
        "color: var(--red, device-cmyk(0 0 0 1))",
        "box-shadow: 1pt 1pt 4pt device-cmyk(0 0 0 .4)",
        "border: 3pt groove device-cmyk(0 1 1 0)",
        "background: url(red.svg)",
        "color: device-cmyk(0 var(--m) 0 0)",
    ],
)
def test_what_prints_is_left_alone(tmp_path: Path, value: str) -> None:
    assert faults(tmp_path, page_css=f"p {{ {value} }}") == []


@pytest.mark.parametrize(
    ("value", "column", "named"),
    [
        ("color: #c8102e", 12, "#c8102e"),
        ("color: red", 12, "red"),
        ("border-left: 2pt solid rgb(200, 16, 46)", 28, "rgb(200, 16, 46)"),
        ("background: linear-gradient(crimson, device-cmyk(0 0 0 0))", 33, "crimson"),
        ("color: hsl(0 100% 40%)", 12, "hsl(0 100% 40%)"),
        ("color: lab(50 60 40)", 12, "lab(50 60 40)"),
        ("color: color-mix(in srgb, black, white)", 12, "color-mix"),
        ("--accent: #e00", 15, "#e00"),
        ("--accent: red", 15, "red"),
        ("@media print { color: red }", 27, "red"),
    ],
)
def test_what_is_no_ink_is_refused_where_it_stands(tmp_path: Path, value: str, column: int, named: str) -> None:
    (file, line, at, message, _), *more = faults(tmp_path, page_css=f"/* 样 */\np {{ {value} }}\n")
    assert not more
    assert (file, line, at) == ("page.css", 2, column)
    assert named in message


def test_the_nearest_ink_is_named_and_by_its_property_where_there_is_one(tmp_path: Path) -> None:
    css = ":root { --red: device-cmyk(0 1 0.95 0.04) }\np { color: #d0101e }\n"
    assert "press-red: write var(--red)" in faults(tmp_path, page_css=css)[0][4]
    assert "sky: write ink(sky)" in faults(tmp_path, page_css="p { color: skyblue }")[0][4]


def test_without_named_inks_a_first_guess_is_offered(tmp_path: Path) -> None:
    (tmp_path / "page.css").write_text("p { color: #ff0000 }")
    with pytest.raises(LayoutError) as caught:
        lint_design(tmp_path)
    assert "device-cmyk(0 1 1 0)" in caught.value.hint.en


def test_inks_counted_to_a_hundred(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, page_css="p { color: device-cmyk(0 100 95 4) }")
    assert "1 is 100 %" in found[3]
    assert "device-cmyk(0 1 0.95 0.04)" in found[4]


def test_a_property_named_after_an_ink_must_be_that_ink(tmp_path: Path) -> None:
    (found,) = faults(
        tmp_path, page_css=":root {\n  --press-red: device-cmyk(0 1 1 0);\n --black: device-cmyk(0 0 0 1) }"
    )
    assert found[:3] == ("page.css", 2, 3)
    assert "design.toml says" in found[3]


def test_marks_are_the_press_profiles_business(tmp_path: Path) -> None:
    assert "press profile" in faults(tmp_path, page_css="@page { marks: crop cross }")[0][4]


UNDRAWN = [
    ("fill: device-cmyk(0 1 0 0)", 'fill="device-cmyk(0 1 0 0)"'),
    ("background: conic-gradient(device-cmyk(0 1 0 0), device-cmyk(0 0 0 1))", "linear-gradient"),
    ("--sky: conic-gradient(black, white)", "linear-gradient"),
    ("mix-blend-mode: multiply", "device-cmyk"),
    ("filter: blur(2pt)", "path"),
    ("backdrop-filter: blur(2pt)", "path"),
    ("text-shadow: 1pt 1pt device-cmyk(0 0 0 1)", "background"),
    ("text-emphasis: filled dot", "data-role"),
    ("color: color-mix(in srgb, black, white)", "device-cmyk"),
]


@pytest.mark.parametrize(("value", "hint"), UNDRAWN)
def test_what_the_engine_cannot_do_is_refused_with_what_to_write_instead(tmp_path: Path, value: str, hint: str) -> None:
    (found,) = faults(tmp_path, page_css=f":root {{ --w: 1pt }}\np {{ {value} }}\n")
    assert found[:2] == ("page.css", 2)
    assert "cannot do" in found[3]
    assert hint in found[4]
    (found,) = faults(tmp_path, page_css="", page_html=f"<svg>\n<rect style='{value}'/></svg>")
    assert (found[:2], hint in found[4]) == (("page.html", 2), True)


@pytest.mark.parametrize("shape", ["<rect style='mix-blend-mode: screen'/>", "<rect mix-blend-mode='screen'/>"])
def test_a_drawing_cannot_do_it_either(tmp_path: Path, shape: str) -> None:
    (found,) = faults(tmp_path, a_svg=SVG.format(shape))
    assert (found[:2], "cannot do" in found[3]) == (("a.svg", 2), True)


def test_what_takes_an_effect_away_is_left_alone(tmp_path: Path) -> None:
    assert faults(tmp_path, page_css="p { filter: none; mix-blend-mode: normal; text-shadow: none }") == []


@pytest.mark.parametrize(
    "shape",
    [
        "<path d='M0 0H9' fill='device-cmyk(0 1 .95 .04)'/>",
        "<rect width='9' height='9'/>",
        "<rect width='9' height='9' fill='none' stroke='black'/>",
        "<linearGradient id='g'><stop stop-color='device-cmyk(1 0 0 0)'/></linearGradient><rect fill='url(#g)'/>",
        "<rect style='fill: device-cmyk(0 0 0 .3)'/>",
    ],
)
def test_drawings_that_print(tmp_path: Path, shape: str) -> None:
    assert faults(tmp_path, a_svg=SVG.format(shape)) == []


@pytest.mark.parametrize(
    ("shape", "column", "word"),
    [
        ("<rect fill='#c00'/>", 9, "#c00"),
        ("<rect fill='currentColor'/>", 9, "currentColor"),
        ("<rect fill='inherit'/>", 9, "inherit"),
        ("<rect fill='nosuch'/>", 9, "nosuch"),
        ("<rect width='2' stroke='red'/>", 19, "red"),
        ("<rect fill='url(#none)'/>", 9, "none"),
        ("<rect style='fill: #c00'/>", 9, "#c00"),
        ("<text>字</text>", 3, "text"),
        ("<filter id='f'/>", 3, "filter"),
        ("<image href='a.jpg'/>", 3, "photograph"),
        ("<linearGradient id='g'><stop stop-color='black' stop-opacity='.5'/></linearGradient>", 51, "transparent"),
        ("<linearGradient id='g'><stop stop-color='device-cmyk(0 1 0 0 / .5)'/></linearGradient>", 32, "transparent"),
    ],
)
def test_drawings_that_do_not(tmp_path: Path, shape: str, column: int, word: str) -> None:
    (file, line, at, message, _), *more = faults(tmp_path, a_svg=SVG.format(shape))
    assert not more
    assert (file, line, at) == ("a.svg", 2, column)
    assert word in message


def test_a_style_element_in_a_drawing_and_broken_xml(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, a_svg=SVG.format("<style>\nrect { fill: #c00 }</style>"))
    assert found[1] == 3
    (found,) = faults(tmp_path, a_svg="<svg>\n<rect></svg>")
    assert (found[1], "parse" in found[3]) == (2, True)


def test_templates_are_read_past_jinja(tmp_path: Path) -> None:
    html = '{% if a %}\n<p style="width: {{ w }}pt; color: red">\n{% endif %}<style>\np { color: #123456 }\n</style>'
    assert [found[:2] for found in faults(tmp_path, page_html=html)] == [("page.html", 2), ("page.html", 4)]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, page_css="p { color: red }\nq { color: #123 }", a_svg=SVG.format("<text/>"))) == 3


@pytest.mark.parametrize(
    "inks",
    [
        "a = [0, 1, 2]",
        "a = 'red'",
        "a = [0, 0, 0, 101]",
        "a = [0, 0, 0, true, 'x']",
        "a =",
        "a = " + "[" * 3000,
        "a = " + "9" * 5000,
        "# aa\na = [1, 2]",
    ],
)
def test_inks_that_are_none(tmp_path: Path, inks: str) -> None:
    (tmp_path / "design.toml").write_text(f"[inks]\n{inks}\n")
    with pytest.raises(LayoutError) as caught:
        lint_design(tmp_path)
    assert caught.value.exit_code == 3
    assert caught.value.place
    assert caught.value.place.file.endswith("design.toml")
    assert caught.value.place.line == 2 + inks.count("\n")


def test_the_shipped_designs_are_clean() -> None:
    for folder in sorted(assets.templates_dir().iterdir()):
        if folder.is_dir():
            assert lint_design(folder) == ()


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"page_css": "p { background: url(photo.png) }"}, ("page.css", 1, 17)),
        ({"page_css": "p { background: device-cmyk(0 0 0 .1) url('photo.png') no-repeat }"}, ("page.css", 1, 39)),
        ({"page_html": "<p>\n <img src='photo.png'>"}, ("page.html", 2, 2)),
    ],
)
def test_a_photograph_placed_by_the_design_itself(tmp_path: Path, files: dict[str, str], place: tuple) -> None:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(tmp_path / "photo.png")
    (found,) = faults(tmp_path, **files)
    assert found[:3] == place
    assert "data-picture" in found[4]


def test_cmyk_jpegs_drawings_and_what_jinja_names_may_be_placed(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("CMYK", (4, 4)).save(tmp_path / "photo.jpg")
    html = (
        "<img src='photo.jpg'><img src='a.svg'><img src='numeral-{{ n }}.svg'><img src='{{ file }}'><img src='no.png'>"
    )
    css = "p { background: url(photo.jpg); mask: url(#m) } @font-face { src: url(a.ttf) }"
    assert faults(tmp_path, page_html=html, page_css=css, a_svg=SVG.format("<rect/>")) == []


@pytest.mark.parametrize(
    ("html", "line", "column", "hint"),
    [
        ('<main data-fill>\n<div data-flwo="x"></div></main>', 2, 6, "Did you mean data-flow?"),
        ("<div\n   class='a' data-arund></div>", 2, 14, "Did you mean data-around?"),
        ("{% if a %}<p data-colum></p>{% endif %}", 1, 14, "Did you mean data-column?"),
        ("<p data-weather=rain></p>", 1, 4, "Take it out; a style sheet may select by it: [data-weather]."),
    ],
)
def test_an_unknown_data_attribute_is_told_at_its_line(
    tmp_path: Path, html: str, line: int, column: int, hint: str
) -> None:
    ((_, at, beside, message, said),) = faults(tmp_path, page_html=html)
    assert (at, beside, said) == (line, column, hint)
    assert "has no effect" in message


@pytest.mark.parametrize(
    ("html", "line", "column"),
    [
        (
            '<main data-fill>\n  <section data-band="m"\n  {% for n in (1, 2) %}<div data-column></div>{% endfor %}',
            2,
            3,
        ),
        ("<main data-fill>\n<section\n<p class='a'></p>", 2, 1),
        ("<p><b class=a</b></p>\n<i class='b'</i></p>", 2, 1),
        ("<div data-flow='a'><p></p\n<b class='c'></b></div>", 1, 23),
        ("<div><p></p</div>", 1, 9),
    ],
)
def test_a_tag_that_swallows_the_next_is_told_at_its_line(tmp_path: Path, html: str, line: int, column: int) -> None:
    told = [(at, beside) for _, at, beside, message, _ in faults(tmp_path, page_html=html) if "not closed" in message]
    assert told == [(line, column)]


@pytest.mark.parametrize(
    "html",
    [
        "<p{% if 1 < 2 %} class='a'{% endif %}></p>",
        '<p title="1 < 2"></p>{{ "<b" }}',
        "<!-- <p <b </i <u> -->{# <p <b> #}<p></p>",
        "<p class='{{ '<i' if a else '' }}'\n></p\n>",
        "<br/><p/><svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    ],
)
def test_closed_tags_are_left_alone(tmp_path: Path, html: str) -> None:
    assert faults(tmp_path, page_html=html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p data-flow="a" data-turn data-step="x y:2" data-called="n"></p>',
        "<p data-own></p>",
        "<style>[ data-local=yes ] { color: black }</style><p data-local=yes></p>",
        '<p data-{{ name }}="x"></p>',
        "{# <p data-flwo> #}<p></p>",
    ],
)
def test_known_and_selected_data_attributes_are_left_alone(tmp_path: Path, html: str) -> None:
    assert faults(tmp_path, page_html=html, page_css="p:not([data-own]) { color: black }") == []


@pytest.mark.parametrize(
    "value",
    [
        "color: ink(press-red)",
        "background: linear-gradient(ink(press-red, 40%), ink( sky ))",
        "--red: ink(press-red); border: 1pt solid INK(black)",
        "color: var(--x, ink(black, 62.5%))",
    ],
)
def test_named_inks_are_inks(tmp_path: Path, value: str) -> None:
    assert faults(tmp_path, page_css=f"p {{ {value} }}") == []


@pytest.mark.parametrize(
    ("value", "column", "message", "hint"),
    [
        ("color: ink(pres-red)", 12, "no ink called pres-red", "Did you mean press-red?"),
        ("border: 1pt solid ink(red)", 23, "no ink called red", "There are: black, press-red, sky"),
        ("color: ink(press-red, 140%)", 12, "is no ink", "0 to 100 %"),
        ("color: ink(press-red, 0.4)", 12, "is no ink", "ink(name, 40%)"),
        ("color: ink()", 12, "is no ink", "ink(name)"),
    ],
)
def test_an_ink_that_is_not_there_is_told_where_it_stands(
    tmp_path: Path, value: str, column: int, message: str, hint: str
) -> None:
    (found,) = faults(tmp_path, page_css=f"/* 样 */\np {{ {value} }}\n")
    assert found[:3] == ("page.css", 2, column)
    assert message in found[3]
    assert hint in found[4]


def test_an_ink_that_is_not_there_is_told_in_drawings_and_templates(tmp_path: Path) -> None:
    drawing = SVG.format('<path d="M0 0H9" fill="ink(skye)" style="stroke: ink(sky)"/>')
    template = '<p style="color: ink(sk)">{{ story.headline.text }}</p>'
    found = faults(tmp_path, a_svg=drawing, page_html=template)
    assert [(file, line, message) for file, line, _, message, _ in found] == [
        ("page.html", 1, "there is no ink called sk"),
        ("a.svg", 2, "there is no ink called skye"),
    ]


def _remarks(folder: Path, **files: str) -> list[tuple[str, str]]:
    assert faults(folder, **files) == []
    return [(str(each.place).removeprefix(f"{folder}/"), each.message.en) for each in lint_design(folder)]


def test_a_colour_that_an_ink_has_a_name_for_is_told_once_a_file(tmp_path: Path) -> None:
    uses = "color: device-cmyk(0 1 .95 4%);\n  border-color: device-cmyk(0 1 0.95 0.04)"
    css = f"/* device-cmyk(0 1 0.95 0.04) */\np {{ {uses} }}\n"
    ((place, message),) = _remarks(tmp_path, page_css=css)
    assert place == "page.css:2:12"
    assert "written 2 times, is the ink press-red" in message


def test_what_looks_no_different_from_an_ink_is_told_but_in_drawings(tmp_path: Path) -> None:
    near, far = "device-cmyk(0 0.998 0.948 0.042)", "device-cmyk(0 1 0.8 0.04)"
    ((_, message),) = _remarks(tmp_path, page_css=f"p {{ color: {near} }} q {{ color: {far} }}")
    assert "looks no different from the ink press-red" in message
    (tmp_path / "page.css").write_text("")
    assert _remarks(tmp_path, a_svg=SVG.format(f'<path d="M0 0H9" fill="{near}"/>')) == []
    same = SVG.format('<path d="M0 0H9" fill="device-cmyk(0 1 0.95 0.04)"/>')
    assert [place for place, _ in _remarks(tmp_path, a_svg=same)] == ["a.svg:2:26"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"page_html": "<main><p>\n  导读 <b>一</b></p></main>"}, ["page.html:2:3", "page.html:2:9"]),
        ({"page_html": "<title>特刊</title><main>{{ words }} — <style>p { margin: 0 }</style></main>"}, []),
        ({"page_html": "{% macro one() %}1{% endmacro %}<main><img alt=''>{{ one() }}</main>"}, []),
        ({"page_css": ".a::before { content: '图' counter(n) }"}, ["page.css:1:14"]),
        ({"page_css": "/* content: '图' */ .a::before { content: '' } .b::after { content: '■' }"}, []),
    ],
)
def test_words_written_plainly_are_told(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    found = [place for place, _ in _remarks(tmp_path, **files)]
    assert found == told
