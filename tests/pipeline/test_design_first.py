"""While a design has a fault of room, nobody is told to cut copy for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, Place
from layout.pipeline.design_first import with_design_first

DESIGN = Path("d")
CUT = Hint(editor=Message("删 31 字", "cut 31"), designer=Message("加高", "heighten"))
WRONG = Message("“x”的值不对", "“x” has no such value")


def full(check: str) -> Finding:
    return Finding(check, Severity.ERROR, Message("溢文", "overset"), hint=CUT)


def fault(check: str, **amount: str) -> Finding:
    place = Place("d/page.css", 22, 102) if check == "design.unknown" else None
    return Finding(check, Severity.WARNING, WRONG, place, amount=amount)


@pytest.mark.parametrize("check", ["page.overset", "page.underset"])
@pytest.mark.parametrize(
    "cause",
    [
        fault("design.unknown", property="shape-outside"),
        fault("design.unknown", property="max-height"),
        fault("picture.no_contour"),
    ],
)
def test_a_fault_of_room_comes_before_the_copy(check: str, cause: Finding) -> None:
    for found, remarks in (((full(check), cause), ()), ((full(check),), (cause,))):
        told = with_design_first(found, remarks, DESIGN)[0].hint
        assert told is not None
        assert told.editor is not None
        assert told.designer is not None
        assert WRONG.zh in told.editor.zh
        assert WRONG.en in told.designer.en
        assert "31" not in told.zh + told.en
        assert ("page.css:22:102" in told.editor.zh) == (cause.place is not None)


@pytest.mark.parametrize(
    "other",
    [fault("design.unknown", property="color"), fault("design.unknown"), fault("design.words"), full("page.hole")],
)
def test_other_faults_leave_the_advice_as_it_is(other: Finding) -> None:
    assert with_design_first([full("page.overset"), other], [], DESIGN) == (full("page.overset"), other)
