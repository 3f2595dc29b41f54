"""docs/press.md names every key of the model and no other; its example is a profile that loads."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

import pytest

from layout import assets
from layout.checks import Severity
from layout.press import PressProfile
from layout.press.load import known_profiles, load_profile

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "press.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)


def keys(model: type, before: str = "") -> set[str]:
    found: set[str] = set()
    hints = get_type_hints(model)
    for each in fields(model):
        inner = hints[each.name]
        found |= keys(inner, f"{before}{each.name}.") if is_dataclass(inner) else {before + each.name}
    return found


def test_every_key_is_described_and_none_that_is_not_there() -> None:
    described = set(re.findall(r"^\| `([\w.]+)` \|", TEXT.partition("## 全部的键")[2], re.MULTILINE))
    own = {"extends", "override.key", "override.value", "override.reason", "check.id", "check.severity", "check.reason"}
    assert described == keys(PressProfile) - {"reasons", "levels"} | own


def test_every_shipped_profile_is_listed_with_its_figures() -> None:
    for name in known_profiles([assets.press_dir()]):
        profile = load_profile(name, [assets.press_dir()])
        rows = re.findall(rf"^\| `{name}` \|.*$", TEXT, re.MULTILINE)
        assert len(rows) == 1, f"docs/press.md needs one row for press/{name}.toml in its table of profiles"
        cells = [cell.strip() for cell in rows[0].split("|")]
        assert cells[3] == f"{profile.ink_limit:g} %"
        assert cells[4] == (f"{profile.bleed_mm:g} mm" if profile.bleed_mm else "0")
        assert cells[5].startswith("有" if profile.marks else "无")


def test_the_plants_own_file_loads_with_its_reasons(tmp_path: Path) -> None:
    example, levels = EXAMPLES[0], next(each for each in EXAMPLES if "[[check]]" in each)
    (tmp_path / "changzhi-2026.toml").write_text(example, "utf-8")
    profile = load_profile("changzhi-2026", [tmp_path, assets.press_dir()])
    assert (profile.ink_limit, profile.overprint.k_text_below_pt, profile.marks) == (220, 14, True)
    assert [(each.key, each.was, each.value) for each in profile.reasons] == [
        ("ink_limit", 240, 220), ("overprint.k_text_below_pt", 12, 14), ("marks", False, True),
    ]  # fmt: skip
    assert all(each.reason and each.place.startswith("changzhi-2026.toml:") for each in profile.reasons)
    (tmp_path / "changzhi-2026.toml").write_text(example + levels, "utf-8")
    profile = load_profile("changzhi-2026", [tmp_path, assets.press_dir()])
    assert [(each.check, each.severity) for each in profile.levels] == [
        ("font.subset", Severity.NOTE), ("pdfx.profile", Severity.ERROR),
    ]  # fmt: skip


RECIPES = [each for each in EXAMPLES if 'key = "icc"' in each]


@pytest.mark.parametrize("recipe", RECIPES, ids=[re.findall(r'name = "(.+)"', each)[0] for each in RECIPES])
def test_the_recipes_load_with_the_plants_own_icc_file(tmp_path: Path, recipe: str) -> None:
    """Their ICC files may not be passed on: another CMYK profile stands in their place."""
    name = re.findall(r'^name = "(.+)"', recipe, re.MULTILINE)[0]
    (icc,) = re.findall(r'"(.+\.icc)"', recipe)
    (tmp_path / f"{name}.toml").write_text(recipe, "utf-8")
    (tmp_path / icc).write_bytes((assets.press_dir() / "FOGRA39L_coated.icc").read_bytes())
    profile = load_profile(name, [tmp_path, assets.press_dir()])
    table = TEXT.partition("## 加上印厂自己的印刷条件")[2]
    (row,) = [line for line in table.splitlines() if line.startswith("|") and f"`{icc}`" in line]
    assert f"{profile.ink_limit:g} %" in row
    assert profile.output_condition_identifier in row
    base = load_profile("newsprint-coldset", [assets.press_dir()])
    assert profile.output_condition != base.output_condition


def test_there_are_recipes() -> None:
    assert len(RECIPES) == 3


def test_the_page_files_of_the_example_are_as_it_says() -> None:
    from datetime import date

    from layout.press.page_files import read_pattern

    (line,) = [line for example in EXAMPLES for line in example.splitlines() if "{page:02}" in line]
    pattern, name = re.findall(r'"(.+)" +# (\S+)', line)[0]
    assert read_pattern(pattern).name(date(2026, 2, 4), "CZRB", 1, "x") == name


def test_what_the_colour_chapter_says_is_refused_is_refused(tmp_path: Path) -> None:
    from layout.design.lint_design import lint_design
    from layout.errors import LayoutError

    text = (DOCS / "colour.md").read_text("utf-8")
    (inks,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "design.toml").write_text(inks, "utf-8")
    for css in re.findall(r"```css\n(.*?)```", text, re.DOTALL):
        (tmp_path / "page.css").write_text(css, "utf-8")
        assert lint_design(tmp_path) == ()
    table = text.partition("## 不收的")[2].partition("\n| SVG")[0]
    (named,) = re.findall(r"^\| (`#.*?) \|.*nearest ink", table, re.MULTILINE)
    (tmp_path / "design.toml").write_text("[inks]\npress-blue = [90, 40, 0, 0]\n", "utf-8")
    (others,) = re.findall(r"^\| (`lab.*?) \|", table, re.MULTILINE)
    for value, row in (
        ("#c8102e", named), ("red", named), ("rgb(1 2 3)", named), ("hsl(0 9% 9%)", named),
        ("lab(9 9 9)", others), ("oklch(.5 .1 9)", others), ("color(display-p3 1 0 0)", others),
    ):  # fmt: skip
        assert value.split("(")[0] in row
        (tmp_path / "page.css").write_text(f"p {{ color: {value} }}", "utf-8")
        with pytest.raises(LayoutError) as caught:
            lint_design(tmp_path)
        # Whether the nearest ink is named, or but an example given.
        hint = caught.value.hint
        assert hint is not None
        assert ("nearest ink is press-blue" in hint.en) is (row is named), value


def test_the_colour_chapter_has_the_css_that_is_not_drawn(tmp_path: Path) -> None:
    import tomllib

    from layout.design import css_support
    from layout.design.lint_design import lint_design
    from layout.errors import LayoutError

    text = (DOCS / "colour.md").read_text("utf-8").partition("css_support.toml")[2].partition("\n## ")[0]
    told = [line for line in text.splitlines() if line.startswith("| `")]
    table = tomllib.loads(Path(css_support.__file__).with_name("css_support.toml").read_text("utf-8"))
    wanted, values = [], []
    for kind, call in (("property", ""), ("function", "()")):
        for entry in table[kind]:
            if kind == "property" and not entry.get("refused"):
                continue
            names = "、".join(f"`{name}{call}`" for name in entry["names"])
            only = "（版式的样式表里 / in a design's style sheets）" if entry.get("elements") == "page" else ""
            zh, en = (entry["hint"][lang].replace("{name}", "…").replace("{value}", "…") for lang in ("zh", "en"))
            wanted.append(f"| {names}{only} | {zh} / {en} |")
            values += [f"background: {name}(black, white)" if call else f"{name}: 1px" for name in entry["names"]]
    assert told == wanted
    for value in values:
        (tmp_path / "page.css").write_text(f"p {{ {value} }}", "utf-8")
        with pytest.raises(LayoutError):
            lint_design(tmp_path)


def test_the_colour_chapter_has_the_measured_blacks() -> None:
    from dataclasses import replace

    from PIL import Image, ImageCms

    from layout.pictures.colour import to_press

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
    assert set(told.values()) == {("relative", True)}


def test_one_table_serves_all_intents_in_the_profiles_that_come_along() -> None:
    """Why no shipped profile asks for the perceptual intent: a new ICC file with a table of its own fails here, and its
    press profile is to be measured anew."""
    from struct import unpack_from

    for path in assets.press_dir().glob("*.icc"):
        icc = path.read_bytes()
        tags = [unpack_from(">4sII", icc, 132 + 12 * number) for number in range(unpack_from(">I", icc, 128)[0])]
        tables = {name.decode(): icc[offset : offset + size] for name, offset, size in tags}
        assert tables["B2A0"] == tables["B2A1"] == tables["B2A2"], path.name


def test_compensation_keeps_the_shadows_of_newsprint_apart() -> None:
    from dataclasses import replace

    from PIL import Image

    from layout.pictures.colour import to_press

    profile = load_profile("newsprint-coldset", [assets.press_dir()])
    shadows = Image.frombytes("RGB", (9, 1), bytes(value for value in range(10, 100, 10) for _ in "RGB"))
    told = {}
    for compensated in (True, False):
        made = to_press(shadows, None, replace(profile, black_point_compensation=compensated)).tobytes()
        told[compensated] = [sum(made[at : at + 4]) for at in range(0, len(made), 4)]
    # In levels of 255: without it nine shadows, from all but black to dark gray, get the same ink.
    assert max(told[False]) - min(told[False]) < 15
    assert told[True][0] - told[True][-1] > 250
    assert max(told[True]) <= profile.ink_limit * 2.55
