"""Which pages a round arranges otherwise than the one before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from layout.pipeline.changed_arrangements import changed_arrangements, earlier_arrangements

if TYPE_CHECKING:
    from layout.proof.report_json import ReportJson


def report(**words: str) -> dict[str, object]:
    """A report whose pages, p1 and on, were made up so; one without words was drawn."""
    pages = [
        {"number": int(name[1:]), **({"arrangement": {"chosen": {"words": own}}} if own else {})}
        for name, own in words.items()
    ]
    return {"files": [{"name": "day.pdf"}, {"name": "day-1.pdf"}], "pages": pages}


def test_a_page_that_is_arranged_otherwise_is_told(tmp_path: Path) -> None:
    (tmp_path / "day.report.json").write_text(json.dumps(report(p1="a 5 x", p2="b 5 x", p3="")), encoding="utf-8")
    old = earlier_arrangements(tmp_path / "day.pdf")
    assert old == {1: "a 5 x", 2: "b 5 x"} == earlier_arrangements(tmp_path / "day-1.pdf")
    new = cast("ReportJson", report(p1="a 5 y", p2="b 5 x", p3="c 5 x"))
    assert list(changed_arrangements(old, new)) == [{"number": 1, "old": "a 5 x", "new": "a 5 y"}]


OTHER = json.dumps({**report(p1="a 5 x"), "files": [{"name": "other.pdf"}]})


@pytest.mark.parametrize("content", [None, "{", "[]", OTHER, '{"files": [{"name": "day.pdf"}]}'])
def test_without_a_report_of_that_round_nothing_is_told(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "report.json").write_text(content, encoding="utf-8")
    assert earlier_arrangements(tmp_path / "day.pdf") == {}
