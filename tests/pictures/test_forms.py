"""An advertisement's page in its box: the size that it must have, its bleed, its turn, what of its file is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layout.geometry import apply
from layout.pictures.forms import FormFacts, form_in_box
from layout.units import MM

BOX = (80 * MM, 50 * MM)
TRIM = (10.0, 20.0, 10 + BOX[0], 20 + BOX[1])
FACTS = FormFacts(Path("ads/bank.pdf"), "0" * 64, 1, 1, TRIM, TRIM)


def _corners(facts: FormFacts, box: tuple[float, float], folder: Path) -> list[tuple[float, float]]:
    """Where the lower left and the upper right corner of what shows come to lie in the box, 0 to 1."""
    placed = form_in_box(facts, "ads/bank.pdf", box, folder).restored
    left, bottom, right, top = placed.box
    ends = apply(placed.matrix, left, bottom), apply(placed.matrix, right, top)
    return [(round(x, 6), round(y, 6)) for x, y in ends]


def test_the_trim_fills_the_box(tmp_path: Path) -> None:
    form = form_in_box(FACTS, "ads/bank.pdf", BOX, tmp_path)
    assert form.findings == ()
    assert form.path.is_file()
    assert _corners(FACTS, BOX, tmp_path) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(("more_mm", "found"), [(0.45, ()), (-0.45, ()), (0.55, ("advertisement.size",))])
def test_half_a_millimetre_is_forgiven(tmp_path: Path, more_mm: float, found: tuple[str, ...]) -> None:
    form = form_in_box(FACTS, "ads/bank.pdf", (BOX[0], BOX[1] + more_mm * MM), tmp_path)
    assert tuple(each.check for each in form.findings) == found


def test_the_error_has_both_sizes_and_the_page_is_shown_whole(tmp_path: Path) -> None:
    (finding,) = form_in_box(FACTS, "ads/bank.pdf", (BOX[0], 100 * MM), tmp_path).findings
    assert "80.0×50.0 mm" in finding.message.zh
    assert "80.0×100.0 mm" in finding.message.zh
    assert str(finding.place) == "ads/bank.pdf"
    assert _corners(FACTS, (BOX[0], 100 * MM), tmp_path) == [(0, 0.25), (1, 0.75)]


@pytest.mark.parametrize(("turn", "ends"), [(90, [(0, 1), (1, 0)]), (180, [(1, 1), (0, 0)]), (270, [(1, 0), (0, 1)])])
def test_a_turned_page_is_as_large_as_it_is_shown(tmp_path: Path, turn: int, ends: list[tuple[float, float]]) -> None:
    box = BOX if turn == 180 else (BOX[1], BOX[0])
    facts = replace(FACTS, turn=turn)
    assert form_in_box(facts, "ads/bank.pdf", box, tmp_path).findings == ()
    assert _corners(facts, box, tmp_path) == ends


def test_a_box_that_reaches_into_the_bleed_has_the_bleed_box(tmp_path: Path) -> None:
    bleed = (TRIM[0] - 3 * MM, TRIM[1] - 3 * MM, TRIM[2] + 3 * MM, TRIM[3] + 3 * MM)
    facts = replace(FACTS, bleed=bleed)
    form = form_in_box(facts, "ads/bank.pdf", (86 * MM, 56 * MM), tmp_path)
    assert form.findings == ()
    assert form.restored.box == bleed


def test_a_drawing_without_a_size_needs_the_shape(tmp_path: Path) -> None:
    facts = replace(FACTS, trim=(0, 0, 1000, 625), bleed=(0, 0, 1000, 625), scalable=True)
    assert form_in_box(facts, "ads/bank.svg", BOX, tmp_path).findings == ()
    (finding,) = form_in_box(facts, "ads/bank.svg", (BOX[0], BOX[0]), tmp_path).findings
    assert finding.check == "advertisement.size"
    assert "1.600" in finding.message.zh


def test_what_of_the_file_is_lost_is_told(tmp_path: Path) -> None:
    facts = replace(
        FACTS, annotations=("Link", "Link"), acts=("JavaScript",), hidden_layers=("草稿",), encrypted=True, page_no=2
    )
    form = form_in_box(facts, "ads/bank.pdf", BOX, tmp_path)
    assert [each.check.partition(".")[2] for each in form.findings] == ["annotation", "script", "layers", "encrypted"]
    assert form.restored.source == "ads/bank.pdf#page=2"


def test_two_ways_of_placing_have_two_stand_ins_and_one_has_one(tmp_path: Path) -> None:
    other = replace(FACTS, page_no=2)
    names = {form_in_box(each, "ads/bank.pdf", BOX, tmp_path).path.name for each in (FACTS, other, FACTS)}
    assert len(names) == 2
