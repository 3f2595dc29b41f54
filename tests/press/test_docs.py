"""docs/press.md names every key of the model and no other; its example is a profile that loads."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

from layout import assets
from layout.press import PressProfile, known_profiles, load_profile

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "press.md").read_text("utf-8")


def keys(model: type, before: str = "") -> set[str]:
    found: set[str] = set()
    hints = get_type_hints(model)
    for each in fields(model):
        inner = hints[each.name]
        found |= keys(inner, f"{before}{each.name}.") if is_dataclass(inner) else {before + each.name}
    return found


def test_every_key_is_described_and_none_that_is_not_there() -> None:
    described = set(re.findall(r"^\| `([\w.]+)` \|", TEXT.partition("## 全部的键")[2], re.MULTILINE))
    assert described == keys(PressProfile) - {"reasons"}


def test_every_shipped_profile_is_listed_with_its_figures() -> None:
    for name in known_profiles([assets.press_dir()]):
        profile = load_profile(name, [assets.press_dir()])
        (row,) = re.findall(rf"^\| `{name}` \|.*$", TEXT, re.MULTILINE)
        cells = [cell.strip() for cell in row.split("|")]
        assert cells[3] == f"{profile.ink_limit:g} %"
        assert cells[4] == (f"{profile.bleed_mm:g} mm" if profile.bleed_mm else "0")
        assert cells[5].startswith("有" if profile.marks else "无")


def test_the_plants_own_file_loads_with_its_reasons(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "changzhi-2026.toml").write_text(example, "utf-8")
    profile = load_profile("changzhi-2026", [tmp_path, assets.press_dir()])
    assert (profile.ink_limit, profile.overprint.k_text_below_pt, profile.marks) == (220, 14, True)
    assert [(each.key, each.was, each.value) for each in profile.reasons] == [
        ("ink_limit", 240, 220), ("overprint.k_text_below_pt", 12, 14), ("marks", False, True),
    ]  # fmt: skip
    assert all(each.reason and each.place.startswith("changzhi-2026.toml:") for each in profile.reasons)


def test_what_the_colour_chapter_says_is_refused_is_refused(tmp_path: Path) -> None:
    import pytest

    from layout.errors import LayoutError
    from layout.render.lint import lint_design

    text = (DOCS / "colour.md").read_text("utf-8")
    for css in re.findall(r"```css\n(.*?)```", text, re.DOTALL):
        (tmp_path / "page.css").write_text(css, "utf-8")
        assert lint_design(tmp_path) == ()
    refused = text.partition("## 不收的")[2].partition("\n| SVG")[0]
    for value in ("#c8102e", "red", "rgb(1 2 3)", "hsl(0 9% 9%)", "lab(9 9 9)", "color-mix(in srgb, red, blue)"):
        assert value.split("(")[0] in refused
        (tmp_path / "page.css").write_text(f"p {{ color: {value} }}", "utf-8")
        with pytest.raises(LayoutError):
            lint_design(tmp_path)


def test_the_colour_chapter_has_the_measured_blacks() -> None:
    from dataclasses import replace

    from PIL import Image, ImageCms

    from layout.render.pictures.colour import to_press

    text = (DOCS / "colour.md").read_text("utf-8").partition("## 照片最深的黑")[2]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    (_, _, *values), rows = rows[0], rows[2:]
    grays = Image.frombytes("RGB", (len(values), 1), bytes(int(value) for value in values for _ in "RGB"))
    name = ""
    for row in rows:
        name = row[0] or name
        profile = load_profile(name, [assets.press_dir()])
        intent, compensated = row[1].partition("，")[0], row[1].endswith("on")
        made = to_press(grays, None, replace(profile, rendering_intent=intent, black_point_compensation=compensated))
        lab = ImageCms.buildTransform(
            str(profile.icc), ImageCms.createProfile("LAB"), "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
        )
        light = ImageCms.applyTransform(made, lab).getchannel(0).tobytes()
        assert [round(value / 2.55) for value in light] == [int(cell) for cell in row[2:]], row


def test_the_shipped_profiles_compensate_as_the_colour_chapter_says() -> None:
    by_name = {name: load_profile(name, [assets.press_dir()]) for name in known_profiles([assets.press_dir()])}
    told = {name: (each.rendering_intent, each.black_point_compensation) for name, each in by_name.items()}
    assert told["newsprint-coldset"] == told["rotary-house"] == ("perceptual", False)
    assert told["sheetfed-coated"] == ("relative", True)
