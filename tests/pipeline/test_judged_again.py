"""A page that is built again with some of its words changed is judged where it differs, with the findings that it has
when all of it is judged: also where the change brings a character into a face that it had not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from in_place import build
from layout.pipeline import Options
from layout.pipeline.finishing import last_page
from layout.pipeline.outcomes import outcomes_in
from layout.preflight import painting
from pipeline.test_outcomes import issue_with, outcome
from proof.test_redrawing import edited
from soak import SEED, amount

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nothing_judged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    for each in (last_page, outcomes_in):
        each.cache_clear()
    yield
    for each in (last_page, outcomes_in):
        each.cache_clear()


@pytest.mark.soak
def test_what_is_judged_again_in_part_has_the_findings_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, shown, show = random.Random(SEED), [0], painting.show

    def counted(*given: Any) -> None:
        shown[0] += 1
        show(*given)

    monkeypatch.setattr(painting, "show", counted)
    issue = issue_with(tmp_path / "issue", draw)
    options = Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False)
    copy, fewer = issue / "a.md", 0
    build(issue, options)
    for number in range(amount(sample=3, full=80)):
        copy.write_text(edited(copy.read_text("utf-8"), draw), "utf-8")
        shown[0] = 0
        again, of_again = outcome(build(issue, options)), shown[0]
        shown[0] = 0
        assert again == outcome(build(issue, replace(options, fresh=True))), number
        fewer += of_again < shown[0]
    assert fewer
