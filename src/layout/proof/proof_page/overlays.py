"""Boxes on the pictures of the proof page: findings, changes, marks of earlier rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from layout.checks import Finding
from layout.geometry import Box
from layout.proof.box_style import box_style
from layout.proof.marks.judgement import JudgedMark, MarkStatus
from layout.proof.proof_page.proof_round import ProofRound, RoundPage
from layout.proof.report import ordered

STATUS_CLASS: dict[MarkStatus, str] = {"done": "done", "not done": "not-done", "cannot tell": "cannot-tell"}


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page's picture, and a label on the first of several."""

    kind: str
    """Its classes."""
    box: Box
    label: str = ""
    link: str = ""
    """The row of a list that tells of it."""
    title: str = ""

    def html(self, page: RoundPage) -> str:
        """As an element of the page."""
        style = box_style(self.box, page.width, page.height)
        tag, href = ("a", f' href="#{self.link}"') if self.link else ("b", "")
        label = f"<i>{escape(self.label)}</i>" if self.label else ""
        title = f' title="{escape(self.title)}"' if self.title else ""
        return f'<{tag} class="box {self.kind}"{href}{title} style="{style}">{label}</{tag}>'


def numbered(findings: Iterable[Finding]) -> list[tuple[int, Finding]]:
    """The findings with their numbers, from 1, the gravest first."""
    return list(enumerate(ordered(findings), start=1))


def page_boxes(shown: ProofRound, index: int, findings: Iterable[tuple[int, Finding]]) -> Iterator[PageBox]:
    """All boxes on page *index* (from 0); *findings* are those of the page."""
    yield from _changes(shown, index)
    for number, finding in findings:
        for order, box in enumerate(finding.boxes):
            label = "" if order else str(number)
            kind = finding.severity.name.lower()
            yield PageBox(kind, box, label, f"finding-{number}", finding.message.text(shown.lang))
    for number, mark in enumerate(shown.marks, start=1):
        yield from _earlier(mark, number, shown, shown.pages[index].number)


def _changes(shown: ProofRound, index: int) -> Iterator[PageBox]:
    if shown.difference is None:
        return
    changed, (left, top) = shown.difference.pages[index], shown.trim_offset
    for region in changed.regions:
        yield PageBox("region", region.moved(-left, -top))
    for number, lines in enumerate(changed.places, start=1):
        for order, line in enumerate(lines):
            link = f"change-{shown.pages[index].number}-{number}"
            yield PageBox("passage", line.moved(-left, -top), "" if order else str(number), link)


def _earlier(mark: JudgedMark, number: int, shown: ProofRound, page: int) -> Iterator[PageBox]:
    kind = f"earlier {STATUS_CLASS[mark.status]}"
    title = f"{mark.kind.name.text(shown.lang)} {mark.mark.quote} {mark.why.text(shown.lang)}"
    for order, (at, box) in enumerate(mark.boxes):
        if at == page:
            label = "" if order else f"{mark.kind.name.text(shown.lang)} {number}"
            yield PageBox(kind, box, label, f"mark-{number}", title)
