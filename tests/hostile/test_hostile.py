"""Hostile issues: nothing outside is read or written, nothing is called, all come to an end, each with a sentence."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hostile.cases import cases
from patience import PATIENCE
from soak import amount

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[1]
TOGETHER = 10
"""Issues that one process reads and checks."""


def _became(folder: Path, numbers: list[int]) -> Iterator[Mapping[str, Any]]:
    for first in range(0, len(numbers), TOGETHER):
        own = folder / str(first)
        own.mkdir()
        program = [sys.executable, "-m", "hostile.watch", str(own), *map(str, numbers[first : first + TOGETHER])]
        ran = subprocess.run(
            program,
            env={**os.environ, "PYTHONPATH": f"{TESTS.parent / 'src'}{os.pathsep}{TESTS}"},
            timeout=PATIENCE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr[-2000:]
        yield from map(json.loads, ran.stdout.splitlines())


def test_there_are_enough_and_each_has_a_name() -> None:
    every = [(case.room, case.name) for case in cases()]
    assert len(every) == len(set(every)) >= 300


@pytest.mark.soak
def test_hostile_issues(tmp_path: Path) -> None:
    every = list(range(len(list(cases()))))
    numbers = sorted(random.Random(2026).sample(every, amount(sample=16, full=len(every))))
    became = list(_became(tmp_path, numbers))
    assert [each["number"] for each in became] == numbers
    assert [each for each in became if _wrong(each)] == []


def _wrong(each: Mapping[str, Any]) -> str:
    """What is wrong with what became of a case; empty for nothing."""
    if each["crash"] or each["leaked"] or each["changed"] or each["called"] or each["touched"]:
        return "got out, or an internal error"
    if each["exit"] not in (0, 1, 3, 4):
        return "the program's own fault"
    if each["exit"] == 3:
        return "" if all(re.match(r"\S.*?:\d+", fault) for fault in each["faults"]) else "no line"
    return ""
