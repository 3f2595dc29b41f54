"""What is overset is told once: not as copy that the page lacks, too."""

from dataclasses import replace

from layout.checks import Finding, Severity
from layout.errors import Message, Place
from layout.pipeline.finishing import without_overset
from layout.preflight.text import Passage, account


def test_what_page_overset_has_told_is_not_told_as_lost() -> None:
    copy = [Passage("屯留两会", Place("a.md", 3, 1)), Passage("重点项目", Place("a.md", 5, 1), unset=True)]
    lost = account("屯留两", [copy]).findings
    assert [each.amount["characters"] for each in lost] == [4, 1]
    over = Finding("page.overset", Severity.ERROR, Message("溢文", "overset"), amount={"characters": 4})
    assert [each.amount["characters"] for each in without_overset([over], lost)] == [1]
    assert without_overset([], lost) == list(lost)
    assert without_overset([replace(over, amount={"characters": 3})], lost) == list(lost)
