"""A page planned in black alone: its photographs become grays, and whatever else is in colour is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from in_place import build
from layout.errors import LayoutError
from layout.pictures import PictureRequest, Prepared, prepare_many
from layout.pipeline import Options
from layout.press import PressProfile

TOP = Path(__file__).parents[2]


def _ready(path: Path, press: PressProfile, store: Path, *, black: bool) -> Prepared:
    return prepare_many([PictureRequest(path, 72, 48, black=black)], profile=press, cache_dir=store)[0]


def _bands(picture: Prepared) -> tuple[Image.Image, ...]:
    return Image.open(picture.path).split()


def test_a_colour_picture_becomes_grays(newsprint: PressProfile, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "flag.png"
    flag = Image.new("RGB", (300, 200), (200, 20, 30))
    flag.paste((250, 240, 60), (0, 0, 150, 200))
    flag.save(path)
    colour, black = (_ready(path, newsprint, store, black=wish) for wish in (False, True))
    assert _bands(colour)[1].getbbox() is not None
    cyan, magenta, yellow, key = _bands(black)
    assert cyan.getbbox() is magenta.getbbox() is yellow.getbbox() is None
    assert black.facts.kind == "gray"
    # Yellow is light and red is dark, as the eye has it.
    light, dark = key.getpixel((10, 50)), key.getpixel((key.width - 10, 50))
    assert isinstance(light, int)
    assert isinstance(dark, int)
    assert light + 60 < dark < 255 * newsprint.max_tone / 100 + 3


@pytest.mark.parametrize("mode", ["CMYK", "LAB"])
def test_of_any_kind(mode: str, newsprint: PressProfile, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "picture.tif"
    Image.merge(mode, [Image.linear_gradient("L")] * len(Image.new(mode, (1, 1)).getbands())).save(path)
    bands = _bands(_ready(path, newsprint, store, black=True))
    assert [band.getbbox() is None for band in bands] == [True, True, True, False]


@pytest.mark.slow
def test_what_else_is_in_colour_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    plan = folder / "issue.toml"
    plan.chmod(0o644)
    plan.write_text(
        plan.read_text("utf-8").replace('title = "两会特刊"\n', 'title = "两会特刊"\nplates = ["K"]\n'), "utf-8"
    )
    built = build(folder, Options(out=tmp_path / "out", png=False))
    told = [each for each in built.findings if each.check == "colour.plates"]
    # Type and drawings in red; of the photographs none: they were made gray.
    assert {each.message.en.partition("(")[2].partition(")")[0] for each in told} == {"text", "drawing"}
    assert any("page.css" in place.file for each in told for place in each.template)
    assert built.report["pages"][0]["plates"] == ("K",)
    assert built.exit_code == 1


def test_a_plate_that_there_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    plan = folder / "issue.toml"
    plan.chmod(0o644)
    plan.write_text(
        plan.read_text("utf-8").replace('title = "两会特刊"\n', 'title = "两会特刊"\nplates = ["B"]\n'), "utf-8"
    )
    with pytest.raises(LayoutError) as caught:
        build(folder, Options(out=tmp_path / "out"))
    (fault,) = caught.value.faults()
    assert "'C', 'M', 'Y' or 'K'" in fault.message.en
    assert fault.place is not None
    assert fault.place.line == plan.read_text("utf-8").splitlines().index('plates = ["B"]') + 1
