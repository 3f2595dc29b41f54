"""docs/matrix.md is true: of our own verdicts always, of other programs' where they are those it was made with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import soak
from layout.checks import Finding, room_checks
from layout.preflight import judge as room
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.outside import drawing, plates
from layout.preflight.verdict import examine
from layout.press.model import PressProfile
from preflight import matrix, support
from preflight.matrix import ROWS, Row

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def test_every_rule_has_a_file_that_breaks_just_it() -> None:
    alone = {row.breaks for row in ROWS}
    assert set(room_checks("preflight")) - alone == set(matrix.UNBREAKABLE)


def test_there_are_many_files() -> None:
    assert len(ROWS) >= 150
    assert all(not row.breaks for row in ROWS if row.nearly)


def test_names_are_told_apart() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


BY_PROGRAMS = [
    row
    for row in ROWS
    if row.name == "clean" or {row.breaks, row.nearly} & (matrix.DEEP | matrix.ACCOUNTED | {"ink.raster", "ink.plates"})
]


@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
@pytest.mark.parametrize("row", BY_PROGRAMS, ids=lambda row: row.name)
def test_ours(row: Row, press: PressProfile) -> None:
    assert matrix.ours(row, press) == row.breaks


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
def test_ours_in_full(press: PressProfile) -> None:
    """Every file with the plates drawn as well: what they add is ink, and nothing else."""
    for row in soak.sampled(ROWS, 10):
        wanted, told = set(row.breaks.split()), set(matrix.ours(row, press).split())
        assert wanted <= told, row.name
        assert told - wanted <= {"ink.raster", "ink.plates", "ink.drawn"}, row.name


def test_the_docs_page_is_the_matrix() -> None:
    answers = matrix.published()
    assert set(answers.objects) == {row.name for row in ROWS}
    assert matrix.PAGE.read_text(encoding="utf-8") == matrix.as_markdown(ROWS, answers)


@pytest.mark.slow
@pytest.mark.soak
def test_the_other_programs_still_say_so() -> None:
    answers, here = matrix.published(), matrix.versions()
    same = {judge for judge in matrix.JUDGES if here[judge] == answers.versions[judge] != "—"}
    if not same:
        pytest.skip("none of the programs is of the version the page was made with")
    now = matrix.outsiders(soak.sampled(ROWS, 10), same)
    for name, judges in now.items():
        assert judges == answers.objects[name] & same, name


def test_a_missing_program_keeps_its_column_and_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program is here: what the page said stays, of a file that is new there is nothing, and all are named."""
    monkeypatch.setattr(matrix, "outsiders", lambda rows, _: {row.name: set() for row in rows})
    before = matrix.published()
    new, *old = ROWS
    known = matrix.Answers(
        {row.name: before.objects[row.name] for row in old},
        {row.name: before.unasked[row.name] for row in old},
        before.versions,
    )
    now = matrix.asked_anew(known, dict.fromkeys(matrix.JUDGES, "—"))
    assert now.versions == before.versions
    assert {name: now.objects[name] for name in known.objects} == known.objects
    assert now.unasked[new.name] == set(matrix.JUDGES)
    page = matrix.as_markdown(ROWS, now)
    assert f"{matrix.NOT_HERE} {'、'.join(matrix.JUDGES)}：" in page
    assert matrix.read_back(page) == now


def test_a_program_that_is_back_is_asked_about_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(matrix, "outsiders", lambda rows, judges: asked.append(judges) or {r.name: set() for r in rows})
    before = matrix.published()
    here = {**before.versions, "mutool": "—"}
    now = matrix.asked_anew(before, here)
    assert asked == [set(matrix.JUDGES) - {"mutool"} - {judge for judge, version in here.items() if version == "—"}]
    assert "mutool" in now.missing
    assert sum("mutool" in judges for judges in now.objects.values()) == sum(
        "mutool" in judges for judges in before.objects.values()
    )


def test_ink_that_cannot_be_drawn_is_told(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    if plates.found(plates.PROGRAM) is None:
        pytest.skip("no Ghostscript here")
    monkeypatch.setattr(plates, "drawn", lambda *_: None)
    found = examine(support.clean_pdf(), press, support.EXPECTED).findings
    assert [finding.check for finding in found] == ["ink.drawn"]


def test_a_check_that_breaks_is_told(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
        raise TypeError
        yield job.finding("page.blank", "", "", page_no=sheet.number)

    monkeypatch.setattr(room, "SHEET_CHECKS", (breaks,))
    found = examine(support.clean_pdf(), press, support.EXPECTED, ink=False).findings
    assert [finding.check for finding in found] == ["preflight.incomplete"]


def test_the_page_is_where_it_should_be() -> None:
    assert Path("docs") / "matrix.md" == matrix.PAGE.relative_to(matrix.PAGE.parents[1])
