"""What is overset is told once: not as copy that the page lacks, too."""

from dataclasses import replace

from layout.checks import Finding, Severity
from layout.errors import Message, Place
from layout.flows import Flow
from layout.geometry import Box
from layout.pipeline.read_back import without_overset, without_repeats
from layout.preflight.text import Passage, account


def test_what_page_overset_has_told_is_not_told_as_lost() -> None:
    copy = [Passage("屯留两会", Place("a.md", 3, 1)), Passage("重点项目", Place("a.md", 5, 1), unset=True)]
    lost = account("屯留两", [copy]).findings
    assert [each.amount["characters"] for each in lost] == [4, 1]
    over = Finding("page.overset", Severity.ERROR, Message("溢文", "overset"), amount={"characters": 4})
    assert [each.amount["characters"] for each in without_overset([over], lost)] == [1]
    assert without_overset([], lost) == list(lost)
    assert without_overset([replace(over, amount={"characters": 3})], lost) == list(lost)


def finding(check: str, box: Box) -> Finding:
    return Finding(
        check, Severity.WARNING, Message("空", "empty"), page_no=1, boxes=(box,), flows=(Flow.parse("a.lede"),)
    )


def test_a_hole_over_columns_that_are_told_as_underset_is_not_told_again() -> None:
    """Each of the columns has less than half of it; what lies elsewhere is told."""
    column, beside = Box(0, 100, 60, 200), Box(70, 100, 60, 200)
    known = [finding("page.underset", column), finding("page.underset", beside)]
    drawn = (Flow.of_picture("shot"),)
    over = replace(finding("page.hole", Box(0, 110, 130, 180)), repeats="page.underset", sources=drawn)
    elsewhere = replace(over, boxes=(Box(100, 110, 130, 180),))
    other_page = replace(over, page_no=2)
    assert without_repeats(known, [over, elsewhere, other_page]) == [elsewhere, other_page]
    assert without_repeats(known[:1], [over]) == [over]
