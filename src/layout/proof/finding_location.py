"""Locates findings: in words (page, story or picture, lines of copy and design), and as boxes on a proof."""

from __future__ import annotations

from layout.checks import Finding, Severity, registry
from layout.errors import Lang
from layout.manuscript.flow_names import spoken
from layout.proof.folded import Folded
from layout.proof.stamp import ProofMark

WIDE = 180.0
"""Points of width over which the finding's own sentence is written; over less, what the check is called."""


def where_words(group: Folded, lang: Lang) -> str:
    """Where findings are: their pages; of one by itself, story or picture too when the source is known."""
    if len(group.pages) < 2:
        return page_words(group.first, lang)
    return f"第{group.page_list()}版" if lang == "zh" else f"pages {group.page_list()}"


def page_words(finding: Finding, lang: Lang) -> str:
    """Where a finding is: its page, and story or picture when the source is known."""
    parts = []
    if finding.page_no is not None:
        parts.append(f"第{finding.page_no}版" if lang == "zh" else f"page {finding.page_no}")
    parts += [spoken(each, lang) for each in finding.sources]
    own = [finding.place] if finding.place is not None and finding.place.line is not None else []
    parts += dict.fromkeys(map(str, (*own, *finding.template)))
    return ("，" if lang == "zh" else ", ").join(parts)


def marks_of(finding: Finding, page_index: int) -> tuple[ProofMark, ...]:
    """Its boxes on the proof of page *page_index* (from 0): errors filled in red, warnings in outline.

    Notes are not marked: a proof is to be read through them.
    """
    if finding.severity is Severity.NOTE:
        return ()
    style = "fault" if finding.severity is Severity.ERROR else "note"
    known = registry().all().get(finding.check)
    title = known.name.zh if known else finding.check
    return tuple(
        ProofMark(page_index, box, finding.message.zh if box.width >= WIDE else title, style) for box in finding.boxes
    )
