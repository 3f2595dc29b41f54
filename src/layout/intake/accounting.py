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
    before = [*(each.text for each in received if isinstance(each, CopyParagraph)), added]
    after = [*(each.text for each in written if isinstance(each, CopyParagraph)), *left_out]
    if "".join(before) == "".join(after):  # as most is, which need not be counted
        return
    place = next((each.place.place for each in received), None)
    came, went = _counted(before), _counted(after)
    for counts in (came - went, went - came):
        if counts:
            yield notice("intake.difference", place, found="".join(sorted(counts.elements())))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))
