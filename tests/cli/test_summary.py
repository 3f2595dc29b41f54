"""What the summary of a build says of a page that gave way."""

from typing import Any, cast

import pytest

from layout.cli.language import sayer
from layout.cli.summary import _concessions
from layout.proof.report_json import PageJson


def change(what: str, wanted: float, got: float, cost: float, unit: str = "row") -> dict[str, Any]:
    return {"what": what, "wanted": wanted, "got": got, "unit": unit, "cost": cost}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([("图片 dam 的高", 12, 9, 60), ("空白 a", 2, 1, 0.5)], "2 处，显眼的：图片 dam 的高 12 → 9 行（代价共 60.5）"),
        ([("空白 a", 2, 1, 0.5), ("空白 b", 2, 1, 3)], "2 处，都不显眼"),
        (
            [("甲：大 → 小", 0, 1, 300, "step"), *[(f"图片 {name} 的高", 9, 5, 5) for name in "abc"]],
            "4 处，显眼的：甲：大 → 小（让 1 档）、图片 a 的高 9 → 5 行、图片 b 的高 9 → 5 行 等（代价共 315）",
        ),
    ],
)
def test_the_dearest_of_what_gave_way_is_named(changes: list[tuple[Any, ...]], words: str) -> None:
    """The sum of what it cost says nothing of what is seen; what is not seen is counted alone."""
    page = cast(PageJson, {"number": 3, "changes": [change(*each) for each in changes]})
    assert _concessions(page, "zh", sayer("zh")) == f"第 3 版 {words}"
