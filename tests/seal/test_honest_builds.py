"""Two hundred different issues, built and not touched: none is called different, as it was written or saved anew.

A page that was built with faults says so in its seal, and is never the whole copy: that is no false alarm.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from in_place import build
from layout.checks import Severity
from layout.pipeline import Built, Options
from layout.pipeline.sealing import LOST_OR_UNSEEN
from layout.pipeline.verifying import verify
from pipeline.small_issue import make_issue
from seal.saved_anew import SAME
from soak import cases
from story_generator import Bounds, Copy, write_issue

pytestmark = pytest.mark.slow

SMALL = Bounds(characters=(200, 1500), headings=(0, 3), pictures=(0, 3), headline=(4, 30), figures=(0, 4))
KINDS = {"page": "lianghui-broadsheet", "front": "tabloid-river"}


def issue(folder: Path, seed: int) -> Path:
    """Each fourth is a page of a design that is shipped, with pictures; the others have a small one of two frames."""
    if seed % 4 == 0:
        kind = list(KINDS)[seed // 4 % len(KINDS)]
        return write_issue(folder, KINDS[kind], kind, seed, SMALL).folder
    copy = Copy(random.Random(seed))
    level, down = ("".join(copy.paragraph(60) for _ in range(1 + seed % 3)) for _ in range(2))
    return make_issue(folder, level, down)


def faulty(made: Built) -> bool:
    """Whether the build itself found copy lost, added or unseen."""
    return any(each.check in LOST_OR_UNSEEN and each.severity is Severity.ERROR for each in made.findings)


@cases("seed", range(200), sample=4)
def test_an_honest_build_raises_no_alarm(seed: int, tmp_path: Path) -> None:
    folder = issue(tmp_path / f"issue-{seed}", seed)
    made = build(folder, Options(out=tmp_path / "out"))
    expected = {"seal.fault"} if faulty(made) else set()
    written = verify(made.pdf, folder)
    assert written.as_written
    assert {each.check for each in written.findings} == expected
    way = list(SAME)[seed % len(SAME)]
    SAME[way](made.pdf, tmp_path / "back.pdf")
    anew = verify(tmp_path / "back.pdf", tmp_path / "out")
    assert {each.check for each in anew.findings} == expected, (way, [each.message.en for each in anew.findings])
    assert anew.doubts == ()
