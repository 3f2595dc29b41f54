"""The real thing: the sample issue's PDF is clean, and faults put into it are found there too."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from in_place import build
from layout import assets
from layout.checks import Severity
from layout.pipeline import Options
from layout.preflight.judge import judge
from layout.preflight.outside import drawing
from layout.preflight.verdict import examine
from layout.press.load import load_profile
from layout.press.model import PressProfile
from preflight import test_faults as faults
from preflight.support import Fault, saved

pytestmark = pytest.mark.slow

ANYWHERE = (
    faults.rgb_drawing, faults.no_intent, faults.no_trim_box, faults.no_pdfx_key, faults.trapped_unknown,
    faults.ink_patch, faults.intent_of_three, faults.link, faults.javascript, faults.rotated, faults.spot,
    faults.missing_font, faults.user_unit, faults.wrong_condition, faults.other_profile, faults.display_profile,
    faults.titles_differ, faults.no_date, faults.attachment, faults.layer, faults.unknown_operator,
    faults.wrong_operands, faults.saves_left_open, faults.rgb_inline, faults.rgb_group, faults.rule_knocks_out,
    faults.coloured_hairline,
)  # fmt: skip
"""Faults that need nothing of the page they are put into."""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = Path(__file__).parents[2] / "issues" / "tunliu-2026"
    return build(folder, Options(out=tmp_path_factory.mktemp("out"), png=False)).pdf.read_bytes()


@pytest.fixture(scope="module")
def press() -> PressProfile:
    return load_profile("newsprint-coldset", [assets.press_dir()])


def _found(pdf: bytes, press: PressProfile, least: Severity = Severity.WARNING) -> set[str]:
    return {finding.check for finding in judge(pdf, press) if finding.severity >= least}


def test_the_sample_issue_passes(pdf: bytes, press: PressProfile) -> None:
    assert _found(pdf, press) == set()


@pytest.mark.skipif(bool(drawing.missing()), reason="a renderer is missing here")
def test_its_plates_hold_the_limit_and_four_renderers_agree(pdf: bytes, press: PressProfile) -> None:
    verdict = examine(pdf, press, deep=True)
    assert [finding.message.en for finding in verdict.findings if finding.severity >= Severity.WARNING] == []
    assert verdict.results["ink.raster"].status == verdict.results["render.agree"].status == "passed"


@pytest.mark.parametrize("fault", ANYWHERE, ids=lambda fault: fault.__name__)
def test_fault_is_found_in_it(fault: Fault, pdf: bytes, press: PressProfile) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fault(document)
        # Another vendor's profile of the same condition is a note.
        least = Severity.NOTE if fault is faults.other_profile else Severity.WARNING
        assert _found(saved(document), press, least) >= set(faults.FAULTS[fault].split())
