"""A figure's unit is a run of its own, so that a design may set it smaller than the number."""

import pytest

from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.model import Figure

HERE = Place("a.md", 3)


@pytest.mark.parametrize(
    ("number", "runs"),
    [
        ("332个", ["332", "个"]),
        ("893亿元", ["893", "亿元"]),
        ("195.7公里", ["195.7", "公里"]),
        ("1,200名", ["1,200", "名"]),
        ("第3位", ["第3", "位"]),
        ("220kV", ["220", "kV"]),
        ("77.5%", ["77.5%"]),
        ("332", ["332"]),
        ("2025年12月", ["2025年12月"]),
        ("清水慢走，浑水快跑。", ["清水慢走，浑水快跑。"]),
        ("3个村一起走上了致富路", ["3个村一起走上了致富路"]),
    ],
)
def test_what_follows_the_last_digit_is_the_unit(number: str, runs: list[str]) -> None:
    text = Figure("", number, "", HERE, HERE, Flow.parse("a.figure-1")).text("number")
    (paragraph,) = text.paragraphs
    assert [run.text for run in paragraph.runs] == runs
    assert [run.mark for run in paragraph.runs][1:] == ["unit"] * (len(runs) - 1)
    assert paragraph.text == number
