"""Text that is drawn but that a second program does not read: drawn twice on one spot, or without a glyph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from unicodedata import normalize

from layout.findings import Finding
from layout.preflight.events import Trouble
from layout.preflight.job import Job, Sheet
from layout.preflight.reading import read_characters
from layout.preflight.rules.fonts import used
from layout.preflight.walk import page_text

TAKEN_APART = (("\ufb00", "\ufdfc"), ("\ufe70", "\ufefc"))
"""Ligatures and Arabic forms, which PDFium reads as their parts (tried over all of Unicode: nothing Chinese)."""

HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010", "-"))


def twice(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``text.twice``: PDFium reads every character that the content stream shows.

    PDFium leaves out text that lies twice on one spot, so the accounting of characters would not see it.
    """
    drawn = page_text(sheet.events)
    if "\ufffd" in drawn or not all(face.embedded for face in used(sheet).values()):
        return  # font.unicode or font.embedded has told it already
    if any(isinstance(event, Trouble) for event in sheet.events):
        return  # PDFium has no limits of its own: a page that multiplies itself would fill the memory
    read = read_characters(job.source, sheet.number - 1)
    more = Counter(_parts(drawn)) - Counter(_parts(read))
    if more:
        sample = "".join(more.elements())[:12]
        yield job.finding(
            "text.twice",
            f"有 {more.total()} 个字画在版面上却读不到，如“{sample}”，可能重叠印了两遍。",
            f"{more.total()} characters are drawn but not read back, such as “{sample}”; perhaps drawn twice.",
            page_no=sheet.number,
            characters=more.total(),
        )


def _parts(text: str) -> str:
    """The text as PDFium gives it."""
    return "".join(
        normalize("NFKC", char) if any(low <= char <= high for low, high in TAKEN_APART) else char
        for char in text.translate(HYPHENS)
    )


CHECKS = (twice,)
