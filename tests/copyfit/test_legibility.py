"""Type that nobody can read is told: off the sheet, upon other type, off the grid."""

from dataclasses import replace
from pathlib import Path

import pytest

from layout.checks import Finding, Severity
from layout.copyfit.checks.legibility import standing_findings
from layout.geometry import Box
from layout.page.frames import MeasuredPage, PictureBox
from makeup.full_size import copy_of, sample_page
from pipeline.small_issue import built, make_issue

pytestmark = pytest.mark.slow

COPY = "全区上下一心迎着春风深入田间地头听取群众意见并现场答复了二十多个问题。"


def _found(tmp_path: Path, *edits: tuple[str, str]) -> dict[str, Finding]:
    folder = make_issue(tmp_path / "issue", COPY)
    style = folder / "plain" / "page.css"
    css = style.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in css, old
        css = css.replace(old, new)
    style.write_text(css, encoding="utf-8")
    return {finding.check: finding for finding in built(folder).findings}


def test_a_sound_page_says_nothing(tmp_path: Path) -> None:
    assert not {"page.off_sheet", "page.type_on_type", "page.off_grid", "picture.stiff"} & _found(tmp_path).keys()


@pytest.mark.parametrize("where", ["left: -70pt", "left: 552pt", "top: -60pt"])
def test_type_off_the_sheet(tmp_path: Path, where: str) -> None:
    found = _found(tmp_path, (".level {", f".head {{ position: relative; {where} }} .level {{"))
    assert len(found["page.off_sheet"].flows) == 1
    assert found["page.off_sheet"].severity is Severity.ERROR


def test_type_upon_type(tmp_path: Path) -> None:
    # The footer of a web page: it lies wherever it lands.
    found = _found(tmp_path, (".level {", ".folio { position: absolute; top: 80pt; left: 60pt } .level {"))
    assert len(set(found["page.type_on_type"].flows)) == 2
    assert found["page.type_on_type"].severity is Severity.ERROR


def test_lines_too_close(tmp_path: Path) -> None:
    close = ("font-size: 10pt; line-height: 15pt; width", "font-size: 20pt; line-height: 9pt; width")
    found = _found(tmp_path, close)
    assert len(found["page.type_on_type"].flows) == 1
    assert found["page.type_on_type"].severity is Severity.ERROR


@pytest.mark.slow
def test_text_off_the_grid(tmp_path: Path) -> None:
    page = sample_page(tmp_path / "off", copy_of(1), css=".body { line-height: 14pt }")
    (grid, *_) = page.found("page.off_grid")
    assert grid.amount["leading"] == 14
    assert grid.amount["row"] == 15
    assert not sample_page(tmp_path / "plain", copy_of(1)).found("page.off_grid", "picture.stiff")


def test_a_picture_with_limits_in_no_band() -> None:
    fixed = PictureBox("k1", "hut", Box(40, 400, 200, 100), 60, 160, None, None)
    page = MeasuredPage(1, 595, 842, Box(40, 30, 500, 750), 15, 700, (), (fixed, replace(fixed, id="k2", band="b")))
    assert [finding.amount["picture"] for finding in standing_findings(page, ())] == ["hut"]
