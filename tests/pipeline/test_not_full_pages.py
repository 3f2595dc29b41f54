"""Findings that follow from a page that is not full are told once."""

from __future__ import annotations

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.flows import Flow
from layout.geometry import Box
from layout.pipeline.not_full_pages import told_once


def finding(check: str, page: int, story: str = "", characters: int = 0) -> Finding:
    """A finding on a page, of a story's copy if any."""
    amount = {"characters": characters} if characters else {"rows": 2}
    flows = (Flow(story, "lede"),) if story else ()
    box = (Box(0.0, float(characters), 10.0, 10.0),) if story else ()
    return Finding(check, Severity.ERROR, Message(check, check), None, None, page, amount, box, flows)


def test_a_page_that_is_not_full_says_so_once_with_all_that_has_no_place() -> None:
    other = finding("page.overset", 2, "c", 7)
    found = told_once([
        finding("page.overset", 1, "a", 20), finding("page.overset", 1, "b", 30), finding("makeup.not_full", 1),
        finding("page.underset", 1), finding("line.runt", 1), other,
    ])  # fmt: skip
    assert [(each.check, each.page_no) for each in found] == [
        ("makeup.not_full", 1), ("line.runt", 1), ("page.overset", 2),
    ]  # fmt: skip
    whole = found[0]
    assert whole.amount == {"rows": 2, "characters": 50}
    assert whole.message.zh == "makeup.not_full；排不下的共 50 字（a、b）"
    assert len(whole.boxes) == 2
    assert found[2] is other


def test_a_page_that_was_drawn_keeps_every_finding() -> None:
    own = [finding("page.overset", 1, "a", 20), finding("page.underset", 1)]
    assert told_once(own) == own
