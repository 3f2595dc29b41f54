"""Where a finding is, in words: its page, the story or picture, the lines of copy and of the design."""

from __future__ import annotations

from layout.errors import Lang
from layout.findings import Finding
from layout.preflight.source import spoken


def page_words(finding: Finding, lang: Lang) -> str:
    """Where a finding is: its page, and story or picture when the source is known."""
    parts = []
    if finding.page_no is not None:
        parts.append(f"第{finding.page_no}版" if lang == "zh" else f"page {finding.page_no}")
    parts += [spoken(name, lang) for name in finding.amount.get("source", ())]
    if finding.place is not None and finding.place.line is not None:
        parts.append(str(finding.place))
    parts += finding.amount.get("template", ())
    return ("，" if lang == "zh" else ", ").join(parts)
