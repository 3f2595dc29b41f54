"""From an issue folder to a press-ready PDF: the pipeline and what it writes. Each name is loaded when it is used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layout.pipeline.options import Built, Options, Progress, quiet
    from layout.pipeline.proofs import Proofed, proof
    from layout.pipeline.run import Workshop, build, check
    from layout.pipeline.separations import Wanted
    from layout.pipeline.worker_process import Elsewhere

__all__ = [
    "Built", "Elsewhere", "Options", "Progress", "Proofed", "Wanted", "Workshop", "build", "check", "proof", "quiet",
]  # fmt: skip

_HOMES = {
    "worker_process": ("Elsewhere",),
    "options": ("Built", "Options", "Progress", "quiet"),
    "run": ("Workshop", "build", "check"),
    "proofs": ("Proofed", "proof"),
    "separations": ("Wanted",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
