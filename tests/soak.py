"""How much of a long proof a run carries out: a seeded sample in `make test`, the full number in `make soak`."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")
Test = TypeVar("Test", bound=Callable[..., object])

SOAKING = "SOAK" in os.environ
SEED = 20260204
"""Of every sample: the same cases on every machine, on every day."""


def amount(*, sample: int, full: int) -> int:
    """How many cases a test marked `soak` tries in this run."""
    return full if SOAKING else sample


def cases(
    names: str | tuple[str, ...], every: Iterable[Any], *, sample: int, ids: Callable[[Any], str] | None = None
) -> Callable[[Test], Test]:
    """Marks a test `soak` and parametrizes it with *every* case, in `make test` with only *sample* of them."""

    def marked(test: Test) -> Test:
        shown = pytest.mark.parametrize(names, sampled(list(every), sample), ids=ids)
        made: Test = pytest.mark.soak(shown(test))
        return made

    return marked


def examples(*, sample: int, full: int) -> Callable[[Test], Test]:
    """Marks a property `soak` and gives it so many of hypothesis's examples."""

    def marked(test: Test) -> Test:
        made: Test = pytest.mark.soak(settings(max_examples=amount(sample=sample, full=full))(test))
        return made

    return marked


def sampled(every: Sequence[T], sample: int) -> Sequence[T]:
    """All in `make soak`; else as many as *sample*, one of each stretch of *every*, drawn by the seed."""
    if SOAKING or sample >= len(every):
        return every
    draw = random.Random(SEED)
    bounds = [len(every) * number // sample for number in range(sample + 1)]
    return [every[draw.randrange(first, last)] for first, last in pairwise(bounds)]
