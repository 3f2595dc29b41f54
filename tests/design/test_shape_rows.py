"""``[[shape]]`` of a design.toml: what it may say, and what is told where it says something else."""

from pathlib import Path

import pytest

from layout import assets
from layout.design.shapes import KINDS, read_shapes
from layout.errors import Faults, LayoutError

ROW = '[[shape]]\nfile = "components/shapes/third-side.html"\nrole = "third"\ncolumns = [2, 3]\nsizes = [21, 18]\n'


def design(folder: Path, text: str) -> Path:
    (folder / "design.toml").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, text: str) -> str:
    with pytest.raises((LayoutError, Faults)) as raised:
        read_shapes(design(folder, text), "tabloid")
    return "\n".join(f"{each}\n{each.hint}" for each in raised.value.faults())


def test_a_shape_is_a_partial_that_designs_share_or_one_of_the_designs_own(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "third-mine.html").write_text("", encoding="utf-8")
    own = ROW.replace("components/shapes/third-side", "shapes/third-mine")
    assert [each.name for each in read_shapes(design(tmp_path, ROW + own), "tabloid")] == ["third-side", "third-mine"]


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("components/shapes/third-side.html", "components/shapes/third-sid.html", "components/shapes/third-side.html"),
        ("components/shapes/third-side.html", "shapes/third-side.html", "components/shapes/third-side.html"),
        ("[2, 3]", '[2, 3]\nsuits = ["dialog"]', "dialogue"),
        ("[2, 3]", '[2, 3]\nsuit = ["dialogue"]', "suits"),
        ('"third"', '"thrid"', "third"),
        ("[2, 3]", '[2, 3]\nneeds = "deck"', 'needs = ["deck"]'),
        ("sizes = [21, 18]", "", "sizes = [28, 24]"),
        ("[21, 18]", "{ broadsheet = [26] }", "sizes = [28, 24]"),
        ('"third"', '"picture"', "pictures = [1, 1]"),
    ],
)
def test_what_is_mistyped_is_told_with_what_may_be_meant(tmp_path: Path, wrong: str, right: str, words: str) -> None:
    assert words in told(tmp_path, ROW.replace(wrong, right))


def test_two_shapes_of_one_name_are_told_where_they_are_for_one_sheet(tmp_path: Path) -> None:
    """Else a story would be reckoned by the one and set by the other."""
    broadsheet = ROW.replace("[2, 3]", "{ broadsheet = [2, 4] }")
    assert [each.columns for each in read_shapes(design(tmp_path, ROW + broadsheet), "tabloid")] == [(2, 3)]
    assert "third-side" in told(tmp_path, ROW + ROW.replace("[2, 3]", "[1, 1]"))


@pytest.mark.parametrize("name", ["yaowen", "tabloid-river"])
def test_the_designs_have_a_shape_for_each_kind_of_story(name: str) -> None:
    shapes = {
        each.name: each
        for sheet in ("broadsheet", "tabloid")
        for each in read_shapes(assets.templates_dir() / name, sheet)
    }
    assert len(shapes) >= 18
    assert {kind for each in shapes.values() for kind in each.suits} == {*KINDS, "editor_note", "tables"}


def test_spans_are_those_of_pictures_or_of_the_headline_where_there_are_none(tmp_path: Path) -> None:
    (own,) = read_shapes(design(tmp_path, ROW.replace("[2, 3]", "[2, 3]\nspans = [1, -1]")), "tabloid")
    assert [[*own.spans(columns, 0)] for columns in (2, 3)] == [[1], [1, 2]]
    (pictures,) = read_shapes(
        design(tmp_path, ROW.replace("[2, 3]", "[2, 3]\npictures = [0, 1]\nspans = [1, -1]")), "tabloid"
    )
    assert [[*pictures.spans(3, count)] for count in (0, 1)] == [[0], [1, 2]]
