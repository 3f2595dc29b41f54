"""A newspaper special-issue compositor: manuscript and photographs in, press-ready PDF/X out.

``import layout`` loads nothing else, and changes nothing in the process: each name is loaded when it is used, and pages
are made in child processes. docs/api.md has examples.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.checks import Finding, Severity
    from layout.errors import LayoutError, MaterialError, PrintError, SourceError, UsageError
    from layout.pipeline import Built, Options, Proofed, SeparationOptions, build, check, preflight, proof
    from layout.preflight.verdict import Verdict
    from layout.proof.report_json import ReportJson

__all__ = [
    "Built",
    "Finding",
    "LayoutError",
    "MaterialError",
    "Options",
    "PrintError",
    "Proofed",
    "ReportJson",
    "SeparationOptions",
    "Severity",
    "SourceError",
    "UsageError",
    "Verdict",
    "build",
    "check",
    "preflight",
    "proof",
]

_HOMES = {
    "layout.checks": ("Finding", "Severity"),
    "layout.errors": ("LayoutError", "MaterialError", "PrintError", "SourceError", "UsageError"),
    "layout.pipeline": ("Built", "Options", "Proofed", "SeparationOptions", "build", "check", "preflight", "proof"),
    "layout.preflight.verdict": ("Verdict",),
    "layout.proof.report_json": ("ReportJson",),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]


class _Package(ModuleType):
    """This package. Two rooms bear the names of the functions ``proof`` and ``preflight``: Python would put the room,
    once it is loaded, in the place of the function. ``from layout.proof import …`` finds the room all the same.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
