"""Type that stands twice is told wherever its copy is; shadows and neighbours are not."""

from __future__ import annotations

import io

import pikepdf
import pytest

from layout.checks import Finding, Severity
from layout.preflight import doubled_type
from layout.preflight.doubled_type import copied
from layout.preflight.judge import judge
from layout.preflight.walk import walk
from layout.press.model import PressProfile
from preflight import doubled_faults as faults
from preflight import support
from preflight.support import Fault


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def told(fault: Fault, press: PressProfile) -> list[Finding]:
    return list(judge(support.with_fault(fault), press, support.EXPECTED))


def test_a_layer_that_is_there_twice_is_counted_and_measured(press: PressProfile) -> None:
    (found,) = told(faults.layer_laid_again, press)
    assert found.check == "text.twice"
    assert found.severity is Severity.ERROR
    assert found.message.en.startswith("8 characters stand twice, 2.1 pt apart, such as “屯留区两会特刊𠀀”")
    assert "有 8 个字印了两遍，相距 2.1 pt" in found.message.zh
    assert len(found.boxes) == 2


def test_a_copy_in_other_strings_is_one(press: PressProfile) -> None:
    (found,) = told(faults.line_laid_again_in_other_strings, press)
    assert found.amount["characters"] == 2


def test_what_was_made_bold_by_hand_is_a_warning(press: PressProfile) -> None:
    (found,) = told(faults.set_beside_itself_to_look_bold, press)
    assert found.severity is Severity.WARNING
    assert "emboldened by hand" in found.message.en


def test_a_shadow_is_let_through(press: PressProfile) -> None:
    assert told(faults.shadow_in_another_colour, press) == []


def test_a_narrow_letter_beside_itself_is_no_copy() -> None:
    with pikepdf.open(io.BytesIO(support.with_fault(faults.narrow_letter_beside_itself))) as pdf:
        assert copied(walk(pdf.pages[0])) == []


def merged_onto_itself(off: float) -> bytes:
    """The clean page, drawn twice: its ground covers the first of the two."""

    def change(pdf: support.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        again = b"q\n" + content + f"\nQ\nq 1 0 0 1 {off} {-off} cm\n".encode() + content + b"\nQ"
        pdf.pages[0].Contents = pdf.make_stream(again)

    return support.with_fault(change)


@pytest.mark.parametrize("off", [0.6, 2.0])
def test_a_page_laid_upon_itself_is_not_covered_but_there_twice(off: float, press: PressProfile) -> None:
    checks = {each.check for each in judge(merged_onto_itself(off), press, support.EXPECTED)}
    assert "text.twice" in checks
    assert not checks & {"text.invisible", "image.invisible"}


def test_a_hostile_page_is_looked_through_once() -> None:
    """Ten thousand times the same character on one spot: each is held against a few of those before."""
    with pikepdf.open(io.BytesIO(support.clean_pdf())) as pdf:
        support.drawn(pdf, "q 0 0 0 1 k " + "BT /F1 9 Tf 1 0 0 1 200 250 Tm <0001> Tj ET " * 10_000 + "Q")
        assert len(copied(walk(pdf.pages[0]))) == 9_999


def test_lines_that_meet_are_found_however_many_there_are() -> None:
    apart = [((row * 10.0, 0.0, row * 10.0 + 3, 100.0), row) for row in range(50)]
    assert doubled_type._touching(apart) == set()
    assert doubled_type._touching(sorted([*apart, ((31.0, 90.0, 34.0, 120.0), 99)])) == {3, 99}
    # At one height so many that each cannot be held against each: all are looked at then.
    level = [((0.0, each * 10.0, 3.0, each * 10.0 + 5), each) for each in range(3 * doubled_type.MAX_BESIDE)]
    assert doubled_type._touching(level) == set(range(len(level)))
