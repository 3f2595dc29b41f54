"""A newspaper special-issue compositor: manuscript and photographs in, press-ready PDF/X out.

``import layout`` loads nothing else, and changes nothing in the process: each name is loaded when it is used, and pages
are made in child processes.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.pipeline import Built, Options, build, check

__all__ = ["Built", "Options", "build", "check"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("layout.pipeline"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
