"""What a press profile changes in the judging: severities, checks that are off, tolerances, the part of PDF/X."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout.checks import Severity
from layout.cli.console import CommandContext
from layout.cli.preflight_command import _not_run, _overrides
from layout.pipeline.reporting import checks_run
from layout.preflight.judge import judge
from layout.preflight.record import Record
from layout.preflight.verdict import examine
from layout.press import CheckLevel, Reason, Tolerance
from layout.press.model import PressProfile
from layout.proof.marked import verdict_lines
from layout.proof.marked_html import marked_html
from preflight import support
from preflight import test_faults as faults
from preflight.support import EXPECTED, clean_pdf, drawn, image, with_fault


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def leveled(press: PressProfile, **levels: Severity | None) -> PressProfile:
    """*press* with its say on checks, whose ids have two underscores for the dot."""
    each = tuple(CheckLevel(key.replace("__", "."), severity, "薄纸") for key, severity in levels.items())
    reasons = tuple(
        Reason(
            f"check.{level.check}", "error", level.severity.name.lower() if level.severity else "off", "薄纸", "own:1"
        )
        for level in each
    )
    return replace(press, levels=each, reasons=reasons)


def severities(pdf: bytes, press: PressProfile) -> dict[str, Severity]:
    return {finding.check: finding.severity for finding in judge(pdf, press, EXPECTED)}


@pytest.mark.parametrize("severity", list(Severity))
def test_every_finding_of_a_check_is_as_grave_as_the_plant_takes_it(press: PressProfile, severity: Severity) -> None:
    pdf = with_fault(faults.rgb_drawing)
    assert severities(pdf, press) == {"colour.space": Severity.ERROR}
    assert severities(pdf, leveled(press, colour__space=severity)) == {"colour.space": severity}
    assert severities(pdf, leveled(press, page__safe=severity)) == {"colour.space": Severity.ERROR}


def test_a_check_that_is_off_finds_nothing_and_has_not_passed(press: PressProfile) -> None:
    pdf, off = with_fault(faults.rgb_drawing), leveled(press, colour__space=None)
    verdict = examine(pdf, off, EXPECTED, ink=False)
    assert verdict.findings == ()
    assert verdict.results["colour.space"].status == "off"
    assert verdict.as_json("zh")["checks"]["colour.space"] == "off: 薄纸"  # type: ignore[index, call-overload]
    assert "colour.space" not in dict(verdict.not_run())
    assert verdict.off() == [("colour.space", verdict.results["colour.space"].why)]
    run = checks_run(verdict.findings, Record(), off)["colour.space"]
    assert (run.status, run.why and run.why.zh) == ("off", "薄纸")


def test_a_check_that_is_off_is_said_once_with_its_reason(press: PressProfile) -> None:
    pdf = with_fault(faults.rgb_drawing)
    verdict = examine(pdf, leveled(press, colour__space=None), EXPECTED, ink=False)
    context = CommandContext("zh")
    terminal = [*_not_run(verdict, context), *_overrides(verdict, context)]
    for said in (terminal, [line for line, _ in verdict_lines(verdict, "zh")]):
        assert sum("薄纸" in line for line in said) == 1
        assert [line for line in said if "check.colour.space" in line and "off" in line and "薄纸" in line]
    assert marked_html(pdf, verdict, "zh").count("薄纸") == 1
    assert json.dumps(verdict.as_json("zh")["overrides"], ensure_ascii=False).count("薄纸") == 1


@pytest.mark.parametrize(("tolerance", "told"), [(0.1, True), (0.9, False)])
def test_the_trimmed_size_has_the_plants_tolerance(press: PressProfile, tolerance: float, told: bool) -> None:
    wider = replace(EXPECTED, trim=(support.WIDTH + 2.0, support.HEIGHT))  # 0.7 mm
    found = judge(clean_pdf(), replace(press, tolerance=Tolerance(trim_mm=tolerance)), wider)
    assert ("page.size" in {each.check for each in found}) is told


@pytest.mark.parametrize(("tolerance", "told"), [(0.1, True), (2.0, False)])
def test_type_may_come_nearer_to_the_cut_by_the_plants_tolerance(
    press: PressProfile, tolerance: float, told: bool
) -> None:
    def near(pdf: Pdf) -> None:  # 2 mm from the left edge
        drawn(pdf, f"q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 {support.BLEED + 5.7} 150 Tm <0001> Tj ET Q")

    found = judge(with_fault(near), replace(press, tolerance=Tolerance(safe_mm=tolerance)), EXPECTED)
    assert ("page.safe" in {each.check for each in found}) is told


def older(mark: str, change: Callable[[Pdf], None] | None = None, version: str = "1.4", **options: Any) -> bytes:
    """The clean page as PDF/X-1a or X-3: identified in its information dictionary, without XMP, in a plain file."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        del pdf.Root.Metadata
        pdf.trailer.Info.GTS_PDFXVersion = String("PDF/X-1:2001" if mark == "PDF/X-1a:2001" else mark)
        if mark == "PDF/X-1a:2001":
            pdf.trailer.Info.GTS_PDFXConformance = String(mark)
        if change is not None:
            change(pdf)
        out = io.BytesIO()
        plain = pikepdf.ObjectStreamMode.disable
        pdf.save(out, force_version=version, **{"object_stream_mode": plain, "deterministic_id": True, **options})
        return out.getvalue()


def found(pdf: bytes, press: PressProfile, part: str) -> list[str]:
    return sorted({finding.check for finding in judge(pdf, replace(press, pdfx=part), EXPECTED)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("mark", "part", "version"),
    [
        ("PDF/X-1a:2001", "X-1a", "1.3"), ("PDF/X-1a:2003", "X-1a", "1.4"),
        ("PDF/X-3:2002", "X-3", "1.3"), ("PDF/X-3:2003", "X-3", "1.4"),
    ],
)  # fmt: skip
def test_a_clean_file_of_an_older_part_is_clean(press: PressProfile, mark: str, part: str, version: str) -> None:
    assert found(older(mark, version=version), press, part) == []
    other = {"X-1a": "X-3", "X-3": "X-1a"}[part]
    assert "pdfx.version" in found(older(mark, version=version), press, other)
    assert "pdfx.version" in found(older(mark, version=version), press, "X-4")


@pytest.mark.parametrize("part", ["X-1a", "X-3"])
def test_x4_is_not_an_older_part(press: PressProfile, part: str) -> None:
    assert found(clean_pdf(), press, part) == ["file.version", "pdfx.version"]
    assert found(clean_pdf(), press, "X-4") == []


def translucent(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState.T = Dictionary(ca=0.5)
    drawn(pdf, "q /T gs 0 0 0 0.4 k 50 50 20 20 re f Q")


def layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


def deep_picture(pdf: Pdf) -> None:
    stream = image(pdf, 200, 150, "DeviceGray")
    stream.write(bytes(2 * 200 * 150))
    stream.BitsPerComponent = 16
    pdf.pages[0].Resources.XObject.Im1 = stream


def no_conformance(pdf: Pdf) -> None:
    del pdf.trailer.Info.GTS_PDFXConformance


def no_title(pdf: Pdf) -> None:
    del pdf.trailer.Info.Title


def no_date(pdf: Pdf) -> None:
    del pdf.trailer.Info.ModDate


def unknown_trapped(pdf: Pdf) -> None:
    pdf.trailer.Info.Trapped = Name.Unknown


def no_profile(pdf: Pdf) -> None:
    for intent in pdf.Root.OutputIntents:
        del intent.DestOutputProfile


def registered(pdf: Pdf) -> None:
    no_profile(pdf)
    for intent in pdf.Root.OutputIntents:
        intent.RegistryName = String("http://www.color.org")


@pytest.mark.parametrize(
    ("fault", "checks"),
    [
        (translucent, ["colour.transparent"]),
        (layers, ["file.version"]),
        (deep_picture, ["file.version"]),
        (no_title, ["pdfx.metadata"]),
        (no_date, ["pdfx.metadata"]),
        (unknown_trapped, ["pdfx.trapped"]),
        (no_profile, ["pdfx.profile"]),
        (registered, []),
    ],
)
@pytest.mark.parametrize(("mark", "part"), [("PDF/X-1a:2003", "X-1a"), ("PDF/X-3:2003", "X-3")])
def test_what_breaks_an_older_part(
    press: PressProfile, mark: str, part: str, fault: Callable[[Pdf], None], checks: list[str]
) -> None:
    judged = set(found(older(mark, fault), press, part))
    assert judged - {"forbidden.layers"} == set(checks)


def test_the_first_edition_of_x1a_wants_both_its_keys(press: PressProfile) -> None:
    assert found(older("PDF/X-1a:2001", no_conformance, "1.3"), press, "X-1a") == ["pdfx.version"]


@pytest.mark.parametrize(
    ("mark", "version", "told"),
    [
        ("PDF/X-1a:2003", "1.3", False), ("PDF/X-1a:2003", "1.5", True), ("PDF/X-1a:2001", "1.4", True),
        ("PDF/X-3:2002", "1.4", True),
    ],
)  # fmt: skip
def test_each_edition_ends_at_its_version_of_pdf(press: PressProfile, mark: str, version: str, told: bool) -> None:
    part = mark.removeprefix("PDF/").partition(":")[0]
    assert found(older(mark, version=version), press, part) == (["file.version"] if told else [])


def test_object_streams_are_newer_than_the_header_says(press: PressProfile) -> None:
    packed = older("PDF/X-1a:2003", version="1.5", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    packed = packed.replace(b"%PDF-1.5", b"%PDF-1.4")
    assert found(packed, press, "X-1a") == ["file.version"]


def test_x4_wants_its_profile_even_for_a_registered_condition(press: PressProfile) -> None:
    assert "pdfx.profile" in found(with_fault(registered), press, "X-4")
