"""From an issue folder to a press-ready PDF: the pipeline and what it writes. Each name is loaded when it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.pipeline.checking import check
    from layout.pipeline.options import Built, Options
    from layout.pipeline.preflighting import preflight
    from layout.pipeline.progress import Progress, quiet
    from layout.pipeline.proofs import Proofed, proof
    from layout.pipeline.run import arrangements, build
    from layout.pipeline.separations import SeparationOptions
    from layout.pipeline.workers import InPlace, Workers

__all__ = [
    "Built", "InPlace", "Options", "Progress", "Proofed", "SeparationOptions", "Workers",
    "arrangements", "build", "check", "preflight", "proof", "quiet",
]  # fmt: skip

_HOMES = {
    "checking": ("check",),
    "options": ("Built", "Options"),
    "preflighting": ("preflight",),
    "progress": ("Progress", "quiet"),
    "proofs": ("Proofed", "proof"),
    "run": ("arrangements", "build"),
    "separations": ("SeparationOptions",),
    "workers": ("InPlace", "Workers"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
