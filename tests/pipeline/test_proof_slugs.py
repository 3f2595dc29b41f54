"""The strips under the pages of proofs: what make-up cost is told to the newsroom, not to those who approve."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.issue import read_issue
from layout.pipeline import proofs
from sample_issue import FOLDER, sample

pytestmark = pytest.mark.slow


def test_what_make_up_cost_stands_on_the_newsrooms_proof_alone() -> None:
    arrangement = {"chosen": {"cost": 175.042}, "others": [{"why": "贵 4.1"}]}
    page = {**sample().built.report["pages"][0], "arrangement": arrangement}
    built = replace(sample().built, report={**sample().built.report, "pages": [page]})  # type: ignore[typeddict-item]
    plain = proofs._slugs(read_issue(FOLDER), built, ["第1版 要闻"], 1)
    assert "代价" not in plain[0].text()
    assert proofs._priced(plain, built)[0].text() == f"{plain[0].text()}　组版代价 175.042，次选贵 4.1"
    assert proofs._priced(plain, sample().built) == plain
