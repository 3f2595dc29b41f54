"""Collects the findings of all pages, without duplicates."""

from __future__ import annotations

from collections.abc import Iterable

from layout.checks import Finding
from layout.errors import Message
from layout.issue import Issue
from layout.issue.copy_against_plan import check_against_plan
from layout.pipeline.not_full_pages import told_once
from layout.proofreading import copy_checks

FOLDED = "picture.profile-missing"
"""The check whose findings are joined into one."""


def found_in_copy(issue: Issue) -> list[Finding]:
    """The findings of the checks of copy."""
    return [
        *(finding for story in issue.stories for finding in copy_checks.check_story(story)),
        *_found_in_captions(issue),
        *check_against_plan(issue),
        *(finding for story in issue.stories for finding in copy_checks.check_weekdays(story.texts(), issue.date)),
    ]


def _found_in_captions(issue: Issue) -> tuple[Finding, ...]:
    """The findings of the captions and credits of the issue's pictures, each picture once."""
    pictures = {picture.id: picture for page in issue.pages for picture in page.pictures}
    texts = [text for picture in pictures.values() for _, text in picture.texts()]
    return tuple(copy_checks.folded(list(copy_checks.check_texts(texts))))


def found_on_pages(findings: Iterable[Finding]) -> list[Finding]:
    """The findings made while the pages were composed."""
    return told_once(folded(once(findings)))


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: pages of one design have the faults of its style sheet in common."""
    kept: list[Finding] = []
    for finding in findings:
        if finding not in kept:
            kept.append(finding)
    return kept


def folded(found: Iterable[Finding]) -> list[Finding]:
    """*found*, with one finding for all pictures without a profile, which names each: most photographs have none, and
    a line for each would hide the rest. It stands where the first stood; a single picture keeps its own.
    """
    kept: list[Finding] = []
    without: list[Finding] = []
    for each in found:
        if each.check == FOLDED:
            without.append(each)
        if each.check != FOLDED or len(without) == 1:
            kept.append(each)
    files = list(dict.fromkeys(str(each.place) for each in without))
    if len(files) < 2:
        return kept
    zh, en = "、".join(files), ", ".join(files)
    whole = Finding(
        FOLDED,
        without[0].severity,
        Message(f"{len(files)} 幅图片没有内嵌色彩特性文件，按 sRGB 处理：{zh}。",
                f"{len(files)} pictures have no embedded profile and are taken for sRGB: {en}."),
        amount={"files": files},
    )  # fmt: skip
    return [whole if each is without[0] else each for each in kept]
