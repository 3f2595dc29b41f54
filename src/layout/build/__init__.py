"""From an issue folder to a press-ready PDF: the pipeline and what it writes."""

from layout.build.options import Built, Options, Progress, quiet
from layout.build.pipeline import Workshop, build, check
from layout.build.proofs import Proofed, proof

__all__ = ["Built", "Options", "Progress", "Proofed", "Workshop", "build", "check", "proof", "quiet"]
