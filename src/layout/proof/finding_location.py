"""Where a finding is: in words, its page, the story or picture, the lines of copy and of the design; and on a proof."""

from __future__ import annotations

from layout.checks import Finding, Severity
from layout.errors import Lang
from layout.flows import spoken
from layout.preflight.registry import all_checks
from layout.proof.stamp import Mark

WIDE = 180.0
"""Points of width over which the finding's own sentence is written; over less, what the check is called."""


def page_words(finding: Finding, lang: Lang) -> str:
    """Where a finding is: its page, and story or picture when the source is known."""
    parts = []
    if finding.page_no is not None:
        parts.append(f"第{finding.page_no}版" if lang == "zh" else f"page {finding.page_no}")
    parts += [spoken(each, lang) for each in finding.sources]
    if finding.place is not None and finding.place.line is not None:
        parts.append(str(finding.place))
    parts += map(str, finding.template)
    return ("，" if lang == "zh" else ", ").join(parts)


def marks_of(finding: Finding, page_index: int) -> tuple[Mark, ...]:
    """Its boxes on the proof of page *page_index* (from 0): errors filled in red, warnings in outline.

    Notes are not marked: a proof is to be read through them.
    """
    if finding.severity is Severity.NOTE:
        return ()
    style = "fault" if finding.severity is Severity.ERROR else "note"
    known = all_checks().get(finding.check)
    title = known.title.zh if known else finding.check
    return tuple(
        Mark(page_index, box.x, box.y, box.width, box.height, finding.said.zh if box.width >= WIDE else title, style)
        for box in finding.boxes
    )
