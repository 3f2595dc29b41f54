"""Pages with type that nobody can see, or with boxes that lie upon one another, are told by the build itself."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from in_place import build
from layout.checks import Finding, Severity
from layout.pipeline import Options

pytestmark = pytest.mark.slow

TRIALS = Path(__file__).parent / "trials"


def found(trial: str, tmp_path: Path, *checks: str) -> list[Finding]:
    folder = tmp_path / trial
    shutil.copytree(TRIALS / trial, folder)
    built = build(folder, Options(out=tmp_path / "out", png=False))
    return [each for each in built.findings if each.check in checks]


@pytest.mark.parametrize(
    ("trial", "reason"),
    [
        ("black-on-black", "ground"),
        ("transparent", "alpha"),
        ("text-1-per-cent", "tint"),
        ("text-alpha-0", "alpha"),
        ("text-red-on-red", "ground"),
    ],
)
def test_type_that_cannot_be_seen(trial: str, reason: str, tmp_path: Path) -> None:
    (told,) = found(trial, tmp_path, "text.invisible")
    assert told.severity is Severity.ERROR
    assert told.amount["reason"] == reason
    assert told.place is not None
    assert told.place.file.endswith(".md")
    assert told.boxes


@pytest.mark.parametrize(
    ("trial", "check", "elements", "lines"),
    [
        ("picover-text", "page.picture_on_type", ["div.pic", "div.b"], [6, 5]),
        ("wrap", "page.picture_on_type", ["div.wrapped", "div.body"], [3, 2]),
        ("overflow-container", "page.out_of_box", ["div", "div.fx"], [6, 6]),
    ],
)
def test_boxes_upon_one_another(trial: str, check: str, elements: list[str], lines: list[int], tmp_path: Path) -> None:
    (told,) = found(trial, tmp_path, "page.picture_on_type", "page.box_on_box", "page.out_of_box")
    assert told.check == check
    assert told.amount["elements"] == elements
    assert [(place.file, place.line) for place in told.template] == [("d/page.html", line) for line in lines]


def test_every_trial_has_its_row() -> None:
    rows = tomllib.loads((TRIALS / "PROVENANCE.toml").read_text(encoding="utf-8"))["trial"]
    assert sorted(row["folder"] for row in rows) == sorted(path.name for path in TRIALS.iterdir() if path.is_dir())


FIGURES = """
.big { position: absolute; left: 150pt; top: 60pt; width: 90pt; height: 30pt; font: 25pt/30pt "Song 900" }
.label { position: absolute; left: 150pt; top: LABEL; width: 90pt; height: 12pt; font: 8pt/12pt "Hei 500" }
"""


@pytest.mark.parametrize(("label", "is_told"), [("66pt", True), ("78pt", True), ("92pt", False)])
def test_figures_that_cross_a_label(label: str, *, is_told: bool, tmp_path: Path) -> None:
    """Large figures in whose lower part a label lies: their boxes share little, their strokes meet."""
    folder = tmp_path / "issue"
    shutil.copytree(TRIALS / "overflow-container", folder)
    style, page, copy = folder / "d" / "page.css", folder / "d" / "page.html", folder / "m.md"
    style.write_text(style.read_text(encoding="utf-8") + FIGURES.replace("LABEL", label), encoding="utf-8")
    html = page.read_text(encoding="utf-8").replace(
        '<div class="fx"><div></div></div>',
        '<div class="big" data-flow="{{ story.words.a.flow }}"></div>\n'
        '<div class="label" data-flow="{{ story.words.b.flow }}"></div>',
    )
    page.write_text(html, encoding="utf-8")
    text = copy.read_text(encoding="utf-8").replace(
        "headline: 青山绿水", "headline: 青山绿水\nwords: {a: 332个, b: 重点项目}"
    )
    copy.write_text(text, encoding="utf-8")
    built = build(folder, Options(out=tmp_path / "out", png=False))
    told = [each for each in built.findings if each.check in {"text.on_type", "page.type_on_type"}]
    assert len(told) == is_told
    for each in told:
        assert sorted(place.line or 0 for place in each.template) == [6, 7]
        assert {place.file for place in each.template} == {"d/page.html"}


@pytest.mark.parametrize(
    ("style", "check", "reason"),
    [
        (".pic { opacity: 0 }", "image.invisible", "alpha"),
        (".pic { z-index: -1 } main { background: device-cmyk(0 0 0.3 0) }", "image.invisible", "covered"),
        (".pic { display: none }", "image.missing", ""),
    ],
)
def test_a_photograph_that_does_not_reach_the_paper(style: str, check: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "issue"
    shutil.copytree(TRIALS / "picover-text", folder)
    css = folder / "d" / "page.css"
    css.write_text(f"{css.read_text(encoding='utf-8')}\n.pic {{ left: 150pt; top: 70pt }}\n{style}", encoding="utf-8")
    built = build(folder, Options(out=tmp_path / "out", png=False))
    (told,) = (each for each in built.findings if each.check in ("image.invisible", "image.missing"))
    assert (told.check, told.amount.get("reason", "")) == (check, reason)
    assert told.severity is (Severity.ERROR if reason else Severity.WARNING)
    if reason:
        assert str(told.place).startswith("issue/issue.toml:")
        assert [(place.file, place.line) for place in told.template] == [("d/page.html", 6)]
