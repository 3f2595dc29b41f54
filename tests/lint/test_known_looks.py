"""A file of a design that did not change is not looked at again; whatever changes in one is seen."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from layout import assets
from layout.design import lint_svg
from layout.design.known_looks import Looks, known_looks
from layout.design.lint_design import lint_design
from layout.errors import LayoutError
from soak import SEED, amount

DESIGNS = ("lianghui-broadsheet", "tabloid-river", "yaowen", "renwu")
CHANGES = (
    ("device-cmyk(", "rgb("), ("0 0 0 1", "0 0 0 0.9"), ("color:", "colour:"), ("data-", "date-"), ("<div", "<div 字"),
    ("", "\n"),
)  # fmt: skip
"""What somebody may do to a file of a design."""


def told(folder: Path, known: Looks | None) -> list[object]:
    """What lint says: its findings, or its faults."""
    try:
        return list(lint_design(folder, known))
    except LayoutError as error:
        return [(each.message, each.place, each.hint) for each in error.faults()]


@pytest.mark.soak
def test_the_same_is_said_with_nothing_known_and_with_everything(tmp_path: Path) -> None:
    draw, cache = random.Random(SEED), tmp_path / "outcomes"
    known = known_looks(cache)
    for number in range(amount(sample=6, full=400)):
        design = tmp_path / "design"
        shutil.rmtree(design, ignore_errors=True)
        shutil.copytree(assets.templates_dir() / draw.choice(DESIGNS), design)
        files = sorted(path for ending in ("css", "html", "svg", "toml") for path in design.glob(f"*.{ending}"))
        for _ in range(draw.randint(0, 2)):
            path = draw.choice(files)
            path.write_text(path.read_text("utf-8").replace(*draw.choice(CHANGES), 1), "utf-8")
        afresh = told(design, None)
        assert told(design, known) == afresh, number
        missing = known.tally.missing
        assert told(design, known) == afresh, number
        assert known.tally.missing == missing, "nothing changed"
        known.save()
        known_looks.cache_clear()
        known = known_looks(cache)
        assert told(design, known) == afresh, number
        assert known.tally.missing == known.tally.refused == 0


def test_of_a_design_only_the_file_that_changed_is_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    real = lint_svg._Drawing.parse
    monkeypatch.setattr(lint_svg._Drawing, "parse", lambda self: (parsed.append(self._svg.decode()), real(self))[1])
    design, known = tmp_path / "design", known_looks(None)
    shutil.copytree(assets.templates_dir() / "lianghui-broadsheet", design)
    lint_design(design, known)
    every = len(parsed)
    lint_design(design, known)
    assert len(parsed) == every > 1
    scene = design / "scene.svg"
    changed = scene.read_text("utf-8").replace("device-cmyk(", "rgb(", 1)
    scene.write_text(changed, "utf-8")
    with pytest.raises(LayoutError) as caught:
        lint_design(design, known)
    assert parsed[every:] == [changed]
    assert caught.value.place is not None
    assert caught.value.place.file == str(scene)
