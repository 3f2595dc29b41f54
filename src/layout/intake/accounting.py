"""Holds what is written of received copy against what was received: every character, white space apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from layout.checks import Finding
from layout.intake.model import CopyBlock, CopyParagraph
from layout.intake.notices import notice


def difference(
    received: Sequence[CopyBlock], written: Iterable[CopyBlock], left_out: Iterable[str], added: str = ""
) -> Iterator[Finding]:
    """What was received and is neither written nor listed as left out, or the other way round.

    *added* is a headline that was not received. There is nothing, unless the program is at fault.
    """
    before = _counted(each.text for each in received if isinstance(each, CopyParagraph)) + _counted([added])
    after = _counted(each.text for each in written if isinstance(each, CopyParagraph)) + _counted(left_out)
    place = next((each.place.place for each in received), None)
    for counts in (before - after, after - before):
        if counts:
            yield notice("intake.difference", place, found="".join(sorted(counts.elements())))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())
