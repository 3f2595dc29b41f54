"""Folds findings over pages: what is the matter on ninety-eight pages is one line with their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from layout.checks import Finding
from layout.checks.number_spans import spanned
from layout.errors import Lang, Message

NAMING = ("font.", "pdfx.", "file.", "content.", "colour.spot")
"""Checks whose quoted words name the culprit; those of others are samples, which differ from page to page."""

NUMBER, QUOTED = re.compile(r"\d+(?:[.,]\d+)*"), re.compile(r"“.*?”")


@dataclass(frozen=True, slots=True)
class Folded:
    """Findings that say the same of several pages, or one by itself."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for all."""
        return self.findings[0]

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that it is about, each once, in order."""
        return tuple(sorted({each.page_no for each in self.findings if each.page_no is not None}))

    @property
    def places(self) -> int:
        """How many boxes all of them have."""
        return sum(len(each.boxes) for each in self.findings)

    def page_list(self) -> str:
        """``1–3, 7``."""
        return spanned(self.pages)

    def message(self, lang: Lang) -> str:
        """The sentence of the first, and how many more say the same."""
        more = len(self.findings) - 1
        also = Message(f"（同样的还有 {more} 处）", f" ({more} more like it.)").text(lang) if more else ""
        return self.first.message.text(lang) + also


def folded(findings: Sequence[Finding]) -> list[Folded]:
    """The *findings*, those together that say the same of several pages; in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_kind(finding), []).append(finding)
    return [Folded(tuple(group)) for group in groups.values()]


def _kind(finding: Finding) -> tuple[object, ...]:
    """What findings have in common that are told together: the check, and the sentence without what is counted.

    A finding that leads to a line of copy or design stands alone: it is mended there.
    """
    located = finding.sources or finding.template or (finding.place is not None and finding.place.line is not None)
    if finding.page_no is None or located:
        return (id(finding),)
    sentence = (finding.bare or finding.message).en
    if not finding.check.startswith(NAMING):
        sentence = QUOTED.sub("“…”", sentence)
    return finding.check, finding.severity, NUMBER.sub("#", sentence)
