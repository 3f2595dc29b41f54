"""How much of a long proof a run carries out: a seeded sample in `make test`, the full number in `make soak`."""

from __future__ import annotations

import os

SOAKING = "SOAK" in os.environ


def amount(*, sample: int, full: int) -> int:
    """How many cases a test marked `soak` tries in this run."""
    return full if SOAKING else sample
