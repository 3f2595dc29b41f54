"""Type that stands twice on the page, wherever in the content its copy is."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding, Severity
from layout.preflight.doubled_type import copied, usual_offset
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob

QUOTED = 12
"""Characters that a finding quotes."""


def doubled(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.twice``: what stands twice by the marks themselves; what was made bold so is a warning."""
    found = copied(sheet.events)
    if not found:
        return
    count, off = len(found), usual_offset(found)
    sample = "".join(each.char for each in found[:QUOTED] if each.char < "\ue000" or each.char > "\uf8ff")
    bold = all(each.emboldened for each in found)
    zh, en = (f"相距 {off:.1f} pt", f"{off:.1f} pt apart") if off else ("正好重叠", "one exactly upon the other")
    such = (f"，如“{sample}”", f", such as “{sample}”") if sample else ("", "")
    why = ("，像是手工仿粗", "; perhaps emboldened by hand") if bold else ("", "")
    yield job.on(
        sheet,
        "text.twice",
        f"有 {count} 个字印了两遍，{zh}{such[0]}{why[0]}。",
        f"{count} characters stand twice, {en}{such[1]}{why[1]}.",
        events=(sheet.events[at] for at in dict.fromkeys(each.second for each in found)),
        severity=Severity.WARNING if bold else None,
        characters=count,
        offset_pt=off,
    )
