"""What was found in the files of designs, remembered by their text: a file that did not change is not parsed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import tinycss2

from layout.checks import Finding, Severity
from layout.design.design_fault import DesignFault
from layout.errors import Hint, Message, Place
from layout.outcome_cache import OutcomeCache, key_of, program_version, values_codec

T = TypeVar("T")

Looks = OutcomeCache[tuple[object, ...]]
"""What looking at single files came to."""

FOLDERS = 4
"""Cache folders whose looks are held in memory; a process has one, tests have several."""

BYTES = 400
"""What a fault or a finding takes in memory, with its sentences in two languages."""


@lru_cache(maxsize=FOLDERS)
def known_looks(folder: Path | None) -> Looks:
    """Files that were looked at before, in *folder* and in memory."""
    classes = (DesignFault, Finding, Severity, Message, Place, Hint)
    return OutcomeCache(values_codec("linted", classes, _program), folder)


def looked(known: Looks | None, work: Callable[..., Iterable[T]], text: str, *given: object) -> tuple[T, ...]:
    """What *work* gives for the *text* of a file and for what else it depends on, whose ``repr`` says all of it."""
    if known is None:
        return tuple(work(text, *given))
    key = key_of(work.__qualname__, text, *map(repr, given))
    found = known.get(key)
    if found is None:
        found = tuple(work(text, *given))
        known.put(key, found, BYTES * (1 + len(found)))
    return found  # type: ignore[return-value]  # of this work, which is in the key


def _program() -> str:
    return program_version(("design", "checks", "errors.py", "outcome_cache.py"), (tinycss2.VERSION,))
