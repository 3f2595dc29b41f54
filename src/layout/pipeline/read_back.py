"""The text of a finished page, read back: every character of its copy accounted for; and the page with all that was
found on it.

A worker reads it while its assistant carries out the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from layout.checks import Finding
from layout.flows import Flow
from layout.geometry import Box
from layout.issue import Issue, PagePlan
from layout.manuscript.cutting import before
from layout.manuscript.model import Text
from layout.pipeline.job import PageResult, PageTask
from layout.pipeline.reporting import counted, looked_at
from layout.pipeline.shown_copy import as_shown, boxed
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.printed_text import with_printed
from layout.preflight.reading import PageChar, read_text
from layout.preflight.text import Accounting, Passage, account, passages
from layout.press.mark_room import room
from layout.units import MM

if TYPE_CHECKING:
    from layout.pipeline.finishing import Judged

DRAFT = "page.draft"
"""The check by which is told what a draft lacks."""
OF_UNFINISHED = frozenset({"page.blank", "page.hole", "image.flat"})
"""What follows from that: white where copy is to stand, and grey where pictures are."""


class ReadBack(NamedTuple):
    """What reading the text of a finished page has shown."""

    account: Accounting
    labels: tuple[Finding, ...]
    """Advertisements that are not called so."""
    geometry: PageGeometry
    """The page's, with the text as it was printed."""


def read_back(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> ReadBack:
    """The text of *page*, finished, against its copy.

    *plan* has only the copy that stands on it, *unset* is what of that is overset, by flow.
    """
    plan = as_shown(plan, page)
    stream, own = read_text(page.pdf, 0), boxed(plan, page)
    beyond = task.job.profile.bleed_mm * MM + room(task.job.profile)
    labels: tuple[Finding, ...] = ()
    if any(picture.kind == "advertisement" for picture in own.pictures):
        from layout.pipeline.advertisement_text import unlabelled  # noqa: PLC0415  (loads pikepdf, for few pages)

        labels = tuple(unlabelled(own, page.report.geometry, stream, beyond))
    found = _account(stream, task.job.issue, plan, unset, own)
    return ReadBack(found, labels, with_printed(page.report.geometry, stream, beyond))


def put_together(page: PageResult, judged: Judged, read: ReadBack) -> PageResult:
    """*page* with all that was found when it was read back."""
    known, account = judged.found, read.account
    lost = without_overset(page.findings, account.findings)
    findings = (*lost, *read.labels, *without_repeats([*page.findings, *account.findings], known))
    if any(each.check == DRAFT for each in page.findings):
        findings = tuple(each for each in findings if each.check not in OF_UNFINISHED)
    report = looked_at(counted(page.report, account), judged.record.looks)
    report = replace(report, geometry=replace(read.geometry, pictures=report.geometry.pictures))
    return replace(page, report=report, judged=findings, record=judged.record, objects=judged.objects)


def without_overset(known: Sequence[Finding], lost: Sequence[Finding]) -> list[Finding]:
    """*lost*, what the page lacks of its copy, without what *known* has as overset: as many characters, or more."""
    told = sum(_characters(each) for each in known if each.check == "page.overset")
    unset = [each for each in lost if each.repeats == "page.overset"]
    # What a draft has no frame for is listed: the copy that is overset is known without counting.
    covered = sum(map(_characters, unset)) <= told or any(each.check == DRAFT for each in known)
    return [each for each in lost if not (covered and each in unset)]


def _characters(finding: Finding) -> float:
    count = finding.amount.get("characters", 0)
    return count if isinstance(count, (int, float)) else 0


def without_repeats(found: Iterable[Finding], judged: Iterable[Finding]) -> list[Finding]:
    """*judged* without what repeats a finding made before there was a PDF: that a picture has too few pixels, that a
    text lies off the sheet or on another, that a column is underset.
    """
    known = list(found)
    return [each for each in judged if not _is_said(each, known)]


def _is_said(each: Finding, known: Iterable[Finding]) -> bool:
    """Whether findings *known* before say what *each* repeats: one of all that it is about, or all of its place."""
    same = [other for other in known if other.check == each.repeats and other.page_no == each.page_no]
    if any(_is_about(other, each) for other in same):
        return True
    boxes = [box for other in same for box in other.boxes]  # a hole may reach over columns of which each was told
    return any(_mostly(box, boxes) for box in each.boxes)


def _is_about(known: Finding, each: Finding) -> bool:
    about = {*known.sources, *known.flows}
    return known.sources == each.sources or (bool(each.sources) and about.issuperset(each.sources))


def _mostly(box: Box, others: Sequence[Box]) -> bool:
    """Whether half of a box or more lies in *others*, of which none lies upon another."""
    across = (max(0.0, min(box.right, other.right) - max(box.x, other.x)) for other in others)
    down = (max(0.0, min(box.bottom, other.bottom) - max(box.y, other.y)) for other in others)
    return sum(wide * high for wide, high in zip(across, down, strict=True)) >= box.area / 2 > 0


def _account(
    stream: Sequence[PageChar], issue: Issue, plan: PagePlan, unset: Mapping[Flow, Text], boxed: PagePlan
) -> Accounting:
    copy = [
        [part for text in story.texts() if text.flow not in plan.codes for part in _parts(text, unset)]
        for story in plan.stories
    ]
    copy += [list(_parts(text, unset)) for text in plan.apart]
    others = [text for kind, text in issue.texts_of_page(plan) if kind not in ("copy", "apart")]
    others += plan.labels.values()
    furniture = [list(_whole(_parts(text, unset if text not in plan.repeated else {}))) for text in others]
    return account(stream, copy, [*furniture, *_of_advertisements(boxed, stream)], page_no=plan.number)


def _of_advertisements(boxed: PagePlan, stream: Sequence[PageChar]) -> list[list[Passage]]:
    if not any(picture.is_form for picture in boxed.pictures):
        return []
    from layout.pipeline.advertisement_text import own_texts  # noqa: PLC0415  (loads pikepdf, for few pages)

    return [[Passage(text, place)] for text, place in own_texts(boxed, stream)]


def _parts(text: Text, unset: Mapping[Flow, Text]) -> tuple[Passage, ...]:
    """The passages of *text*, those marked that are overset."""
    if text.flow not in unset:
        return passages(text)
    rest = unset[text.flow]
    return (*passages(before(text, rest)), *(replace(part, unset=True) for part in passages(rest)))


def _whole(parts: Sequence[Passage]) -> Iterator[Passage]:
    """One passage of all that should stand on the page, and one of all that does not."""
    for unset in (False, True):
        if some := [part for part in parts if part.unset is unset]:
            yield replace(some[0], text="".join(part.text for part in some))
