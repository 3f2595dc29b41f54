"""Text that is drawn but that a second program does not read: drawn twice on one spot, or without a glyph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from layout.checks import Finding
from layout.preflight.events import Trouble
from layout.preflight.job import ExaminedPage, PreflightJob
from layout.preflight.pdfium_quirks import as_read
from layout.preflight.reading import read_characters
from layout.preflight.record import about
from layout.preflight.rules.fonts import used
from layout.preflight.walk import page_text


@about("text.twice")
def twice(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.twice``: PDFium reads every character that the content stream shows.

    PDFium leaves out text that lies twice on one spot, so the accounting of characters would not see it.
    """
    drawn = page_text(sheet.events)
    if "\ufffd" in drawn or not all(face.embedded for face in used(sheet).values()):
        return  # font.unicode or font.embedded has told it already
    if any(isinstance(event, Trouble) for event in sheet.events):
        return  # PDFium has no limits of its own: a page that multiplies itself would fill the memory
    read = read_characters(job.source, sheet.number - 1)
    shown, found = Counter(as_read(drawn)), Counter(as_read(read))
    more = shown - found
    # A run that tells its text itself (ActualText) is read as it says: one character there stands for one drawn.
    count = more.total() - (found - shown).total()
    if count > 0:
        sample = "".join(more.elements())[:12]
        yield job.finding(
            "text.twice",
            f"有 {count} 个字画在版面上却读不到，如“{sample}”，可能重叠印了两遍。",
            f"{count} characters are drawn but not read back, such as “{sample}”; perhaps drawn twice.",
            page_no=sheet.number,
            characters=count,
        )


CHECKS = (twice,)
