"""A check passes only where it was carried out: written down by the rule that ran, not read off a list."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from layout.checks import Finding, room_checks
from layout.preflight import judge as room
from layout.preflight import verdict as verdicts
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.expected import Expected
from layout.preflight.job import PreflightJob
from layout.preflight.judge import AMONG_PAGES, FILE_CHECKS, SHEET_CHECKS, WHEN_ALL_IS_FOUND, judge
from layout.preflight.outside import drawing, plates
from layout.preflight.outside.tools import ProgramRun
from layout.preflight.record import ACCOUNTED, Record, about, checks_of
from layout.preflight.verdict import examine
from layout.press.model import PressProfile
from preflight import support
from preflight import test_faults as faults
from preflight.support import EXPECTED, clean_pdf, drawn, saved, with_fault

INK = {"ink.raster", "ink.plates", "ink.drawn"}
RENDERERS = {"render.silent", "render.agree"}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def not_run(pdf: bytes, press: PressProfile, expected: Expected | None = EXPECTED, **asked: bool) -> dict[str, str]:
    """The checks that did not run, and why."""
    return {check: why.en for check, why in examine(pdf, press, expected, **asked).not_run()}


def test_every_check_of_a_file_is_carried_out_by_a_rule() -> None:
    rules = (*FILE_CHECKS, *SHEET_CHECKS, *WHEN_ALL_IS_FOUND, *AMONG_PAGES)
    declared = {check for rule in rules for check in checks_of(rule)}
    others = INK | RENDERERS | set(ACCOUNTED) | {"preflight.incomplete"}
    assert declared == set(room_checks("preflight")) - others


@pytest.mark.parametrize("fault", faults.FAULTS, ids=lambda fault: fault.__name__)
def test_a_rule_finds_only_what_it_says_it_looks_for(
    fault: support.Fault, press: PressProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = room._carried_out

    def watched(job: PreflightJob, check: room.SheetCheck, *rest: object, **more: object) -> list[Finding]:
        found = real(job, check, *rest, **more)  # type: ignore[arg-type]
        assert {each.check for each in found} <= {*checks_of(check), "preflight.incomplete"}, check.__name__
        return found

    monkeypatch.setattr(room, "_carried_out", watched)
    judge(with_fault(fault), press, faults.expected(fault))


def test_a_rule_that_is_left_out_has_not_passed(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of checks says nothing: only the rule that ran does."""
    assert "line.thin" not in not_run(clean_pdf(), press, ink=False)
    kept = tuple(rule for rule in SHEET_CHECKS if "line.thin" not in checks_of(rule))
    monkeypatch.setattr(room, "SHEET_CHECKS", kept)
    assert "line.thin" in not_run(clean_pdf(), press, ink=False)


def test_a_rule_that_breaks_has_not_passed(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    @about("line.thin")
    def breaks(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
        raise TypeError
        yield job.finding("page.blank", "", "", page_no=sheet.number)

    kept = tuple(rule for rule in SHEET_CHECKS if "line.thin" not in checks_of(rule))
    monkeypatch.setattr(room, "SHEET_CHECKS", (*kept, breaks))
    assert not_run(clean_pdf(), press, ink=False)["line.thin"] == "the check itself broke off"


def test_without_the_plan_what_needs_it_has_not_passed(press: PressProfile) -> None:
    told = not_run(clean_pdf(), press, None, ink=False)
    assert {check for check, why in told.items() if "plan" in why} == {
        "page.count", "page.size", "page.hole", "font.foreign", "colour.plates", "code.quiet_zone", "code.module",
        "image.missing", "image.changed", "text.place", "page.looks",
    }  # fmt: skip


def test_a_part_of_an_edition_has_not_passed_for_whole_sheets(press: PressProfile) -> None:
    part = Expected(1, (support.WIDTH, support.HEIGHT), whole=False)
    assert "part" in not_run(clean_pdf(), press, part, ink=False)["page.multiple"]


@pytest.mark.parametrize("gone", ["gs", "pdftoppm", "mutool"])
def test_a_program_that_is_gone(gone: str, press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    here = drawing.found
    for module in (verdicts, plates, drawing):
        monkeypatch.setattr(module, "found", lambda name: None if name == gone else here(name))
    told = not_run(clean_pdf(), press, deep=True)
    assert (set(told) >= INK) is (gone == "gs" or here("gs") is None)
    assert "render.silent" in told
    if gone == "gs":
        assert {told[check] for check in INK} == {"there is no Ghostscript"}


def test_renderers_too_few_to_agree(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "found", lambda _: None)
    assert set(not_run(clean_pdf(), press, ink=False, deep=True)) >= RENDERERS


@pytest.mark.skipif(plates.found(plates.PROGRAM) is None, reason="no Ghostscript here")
def test_plates_that_could_not_be_drawn(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plates, "run", lambda *_, **__: ProgramRun(1, "no"))
    results = examine(clean_pdf(), press, EXPECTED).results
    assert results["ink.drawn"].status == "found"
    assert results["ink.raster"].status == results["ink.plates"].status == "not run"


def test_content_without_an_end(press: PressProfile) -> None:
    """What was seen of it may be faultless; the rest was not seen."""

    def endless(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/Fm9 Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        pdf.pages[0].Resources.XObject.Fm9 = form
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm9=form))
        drawn(pdf, "q /Fm9 Do Q")

    told = not_run(with_fault(endless), press, ink=False)
    assert {"line.thin", "colour.space", "text.black", "page.bleed_filled"} <= set(told)
    assert not {"page.boxes", "page.size", "file.id", "pdfx.intent"} & set(told)


def test_pages_that_are_not_looked_at(press: PressProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        pdf.pages.append(pdf.pages[0])
        two = saved(pdf)
    known = room_checks("preflight")
    monkeypatch.setattr(PreflightJob, "limit", lambda _, check, key: 1 if key == "pages" else known[check].limits[key])
    assert {"line.thin", "page.boxes"} <= set(not_run(two, press, None, ink=False))


def test_parts_and_the_whole() -> None:
    """What ran on every page ran; what could not be on one did not; the file's own word comes first."""
    one, two, whole = Record({"a", "b", "c"}), Record({"a", "b"}, {"c": "plan", "d": "part"}), Record({"d"})
    whole.of_whole([one, two])
    assert whole.done == {"a", "b", "d"}
    assert whole.left == {"c": "plan"}
