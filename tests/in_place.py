"""The pipeline as most tests use it: pages are made in this process, which keeps its fonts and caches."""

from pathlib import Path
from typing import Any

from layout import pipeline
from layout.checks import Finding
from layout.pipeline import Built, InPlace, Options, Proofed

HERE = InPlace()


def build(folder: Path, options: Options) -> Built:
    """See ``layout.build``."""
    return pipeline.build(folder, options, workers=HERE)


def check(folder: Path, options: Options) -> tuple[Finding, ...]:
    """See ``layout.check``."""
    return pipeline.check(folder, options, workers=HERE)


def proof(folder: Path, options: Options, proof_round: int = 1, **more: Any) -> Proofed:
    """See ``layout.proof``."""
    return pipeline.proof(folder, options, proof_round, workers=HERE, **more)
