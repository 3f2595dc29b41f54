"""What finishing and checking remember from page to page, and from build to build beside the prepared pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from layout.outcome_cache import FOLDER, OutcomeCache
from layout.pipeline.job import PageTask
from layout.preflight.form_outcomes import FormOutcome, known_forms
from layout.prepress.finish import known_drawings

FOLDERS = 4
"""Cache folders whose outcomes are held in memory; a process has one, tests have several."""


@dataclass(frozen=True)
class Outcomes:
    """The outcomes that are known."""

    finished: OutcomeCache[bytes]
    """Drawings as finishing has written them."""
    followed: OutcomeCache[FormOutcome]
    """Drawings as the judge has read them: never what the writer says of them."""

    def save(self) -> None:
        """Writes what is new, when nobody waits."""
        self.finished.save()
        self.followed.save()


@lru_cache(maxsize=FOLDERS)
def outcomes_in(cache: Path | None) -> Outcomes:
    """What is remembered beside the prepared pictures of *cache*; of None in memory alone."""
    folder = cache / FOLDER if cache is not None else None
    return Outcomes(known_drawings(folder), known_forms(folder))


def outcomes_of(task: PageTask) -> Outcomes | None:
    """What may be asked for the page of *task*: nothing where all is to be looked at afresh."""
    return None if task.fresh else outcomes_in(task.cache)
