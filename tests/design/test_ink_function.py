"""Inks by name become the inks themselves before the engine sees them: in style sheets, drawings and pages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from layout.design.ink_function import in_drawing, in_elements, in_file, in_style_sheet
from layout.design.named_inks import read_inks
from layout.errors import LayoutError, TemplateError
from small_page import document_of, make_canvas

NAMED = {"press-red": (0.0, 1.0, 0.95, 0.04), "墨绿": (0.8, 0.2, 0.6, 0.3)}
RED, TINT = "device-cmyk(0 1 0.95 0.04)", "device-cmyk(0 0.4 0.38 0.016)"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("color:ink(press-red)", f"color:{RED}"),
        ("color: ink( press-red , 40% )", f"color: {TINT}"),
        (
            "background: linear-gradient(ink(press-red), ink(press-red,40%))",
            f"background: linear-gradient({RED}, {TINT})",
        ),
        ("--x: ink(墨绿)", "--x: device-cmyk(0.8 0.2 0.6 0.3)"),
        ("color: ink(none-such)", "color: ink(none-such)"),
        ("width: shrink(press-red)", "width: shrink(press-red)"),
        ("/* ink(press-red) */ a", "/* ink(press-red) */ a"),
        ('content: "ink(press-red)"', 'content: "ink(press-red)"'),
        ("content: 'it\\'s ink(press-red)'; color: ink(press-red)", f"content: 'it\\'s ink(press-red)'; color: {RED}"),
    ],
)
def test_in_a_style_sheet(written: str, read: str) -> None:
    assert in_style_sheet(written, NAMED) == read


def test_in_a_drawing_attributes_and_styles_have_them() -> None:
    svg = '<path fill="ink(press-red)" style="stroke:ink(press-red, 40%)"/><stop stop-color="ink(press-red)"/>'
    assert in_drawing(svg, NAMED) == f'<path fill="{RED}" style="stroke:{TINT}"/><stop stop-color="{RED}"/>'


def test_other_files_and_bytes_that_are_no_text_are_left_alone() -> None:
    assert in_file(Path("a.html"), b"ink(press-red)", NAMED) == b"ink(press-red)"
    assert in_file(Path("a.css"), b"\xff ink(press-red)", NAMED) == b"\xff ink(press-red)"
    assert in_file(Path("a.css"), b"color: ink(press-red)", NAMED) == f"color: {RED}".encode()


def test_in_a_page_copy_is_no_colour_and_unknown_names_come_back() -> None:
    page = ET.fromstring(
        '<main title="ink(press-red)"><style>p { color: ink(press-red) }</style>'
        '<p style="color: ink(press-red)">ink(press-red)</p><rect fill="ink(pres-red)"/></main>'
    )
    ((name, hint),) = in_elements(page, NAMED)
    assert (name, "press-red" in hint.en) == ("pres-red", True)
    assert ET.tostring(page, encoding="unicode") == (
        f'<main title="ink(press-red)"><style>p {{ color: {RED} }}</style>'
        f'<p style="color: {RED}">ink(press-red)</p><rect fill="ink(pres-red)" /></main>'
    )


@pytest.mark.parametrize(
    ("value", "spot"), [('"PANTONE 871 C"', True), ("{ name = 'Gold' }", True), ("[0, 100, 95]", False), ("7", False)]
)
def test_of_a_spot_ink_is_told_what_to_write(value: str, spot: bool, tmp_path: Path) -> None:
    (tmp_path / "design.toml").write_text(f"[inks]\ngold = {value}\n")
    with pytest.raises(TemplateError) as caught:
        read_inks(tmp_path)
    assert caught.value.hint is not None
    assert ("no spot inks" in str(caught.value.hint)) == spot
    assert "gold = [0, 100, 95, 4]" in str(caught.value.hint)


def test_a_page_has_them_behind_properties_and_in_gradients(tmp_path: Path) -> None:
    (tmp_path / "design").mkdir()
    (tmp_path / "design" / "design.toml").write_text("[inks]\npress-red = [0, 100, 95, 4]\n")
    css = ":root { --red: ink(press-red, 40%) } .f { border: 1pt solid var(--red); color: ink(press-red) }"
    canvas = make_canvas(tmp_path / "design", '<div class="f" id="x" style="background: ink(press-red)">a</div>', css)
    boxes = document_of(canvas).pages[0]._page_box.descendants()
    box = next(each for each in boxes if each.element_tag == "div" and each.element.get("id") == "x")
    colours = [box.style[key].coordinates for key in ("border_top_color", "color", "background_color")]
    assert colours == [(0, 0.4, 0.38, 0.016), (0, 1, 0.95, 0.04), (0, 1, 0.95, 0.04)]


def test_a_name_from_a_value_that_there_is_not_is_the_templates_fault(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as raised:
        make_canvas(tmp_path / "design", '<svg><path fill="ink(gold)"/></svg>')
    assert raised.value.message.en == "there is no ink called gold"
    assert raised.value.hint is not None
    assert "[inks]" in raised.value.hint.en
