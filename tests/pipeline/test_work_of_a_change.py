"""One change is one change's work: what did not change is not read, compiled, laid out, composed or judged again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from in_place import build
from layout.design.known_looks import known_looks
from layout.pipeline import Options
from layout.pipeline.outcomes import outcomes_in
from work_done import STAGES, WorkDone

from .test_outcomes import issue_with

pytestmark = pytest.mark.slow

CHANGES = {
    "nothing": ("a.md", "", "", {}),
    "word": ("a.md", "时光无言", "岁月无言", {"paragraphs": 1}),
    "colour": ("plain/page.css", "color: device-cmyk(0 0 0 1)", "color: device-cmyk(0 1 1 0)", {"linted": 5}),
    "column width": ("plain/page.css", "width: 110pt", "width: 120pt", {"linted": 5, "layouts": 2, "paragraphs": 1}),
    "template": ("plain/page.html", "<main data-fill>", '<main data-fill id="all">',
                 {"templates": 1, "linted": 2, "layouts": 2}),
    "drawing": ("plain/art.svg", 'width="9"', 'width="8"', {"linted": 2, "layouts": 2, "finished": 2, "followed": 3}),
}  # fmt: skip
"""By what is changed: the file, what stands there, what stands there then, and all the work that it makes."""


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    outcomes_in.cache_clear()
    known_looks.cache_clear()
    yield
    outcomes_in.cache_clear()
    known_looks.cache_clear()


def test_each_kind_of_change_makes_its_own_work_and_no_other(tmp_path: Path) -> None:
    issue = issue_with(tmp_path / "issue", random.Random(4))
    options = Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False)
    with WorkDone(tmp_path / "cache").counting() as done:
        first = done.of(lambda: build(issue, options))
        assert all(first[stage] for stage in STAGES if stage != "pictures"), first
        found = {}
        for name, (file, before, after, _) in CHANGES.items():
            path = issue / file
            text = path.read_text("utf-8")
            assert before in text
            path.write_text(re.sub(re.escape(before), after, text, count=1) if before else text, "utf-8")
            found[name] = {stage: count for stage, count in done.of(lambda: build(issue, options)).items() if count}
        assert found == {name: work for name, (*_, work) in CHANGES.items()}
