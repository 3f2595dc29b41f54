"""Spot inks that the press has, by name: others are named, however theirs are spelt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layout.preflight.judge import judge
from preflight import support
from preflight.support import EXPECTED
from preflight.test_faults import spot


@pytest.mark.parametrize(
    ("has", "strange"),
    [((), False), (("PANTONE 300 C",), True), (("pantone-185c",), False), (("PANTONE 300 C", "PANTONE 185 C"), False)],
)
def test_an_ink_that_the_plant_has_not(tmp_path: Path, has: tuple[str, ...], strange: bool) -> None:
    press = replace(support.press(tmp_path), max_spot_colours=1, spot_colours=has)
    found = [each for each in judge(support.with_fault(spot), press, EXPECTED) if each.check == "colour.spot"]
    assert [each.message.en for each in found] == (
        ["The press has no such spot colours: PANTONE 185 C."] if strange else []
    )
