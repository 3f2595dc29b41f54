"""Pango's declarations in C are given to cffi as it parsed them once, when the pinned WeasyPrint was chosen.

Changes ``sys.modules`` while WeasyPrint is imported: where it imports cffi to declare what it calls in Pango,
Fontconfig and HarfBuzz, it finds an ``FFI`` that has all types already (``pango_declarations``, which
``tests/pango_types.py`` writes). By itself cffi imports a parser of C for that, and uses it again later for the name of
every type; and for each name under which a library is not found it starts gcc, ld and ldconfig to look for it, where
this ``FFI`` asks the dynamic loader alone. Where WeasyPrint's file is not the one that was parsed, nothing is changed.
Needed for time: see ``docs/engine-patches.md``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import _cffi_backend

from layout.engine.patches import pango_declarations


class ParsedFFI(_cffi_backend.FFI):  # type: ignore[misc]  # untyped
    """cffi's interface to Pango with all types in place."""

    def cdef(self, declarations: str) -> None:
        """Takes *declarations* as parsed."""


@contextmanager
def install() -> Iterator[None]:
    """Stands in for cffi, until the context ends, if WeasyPrint declares what was parsed."""
    if _declared() != pango_declarations.SOURCE:
        yield
        return
    known, standing = sys.modules.get("cffi"), ModuleType("cffi")
    standing.FFI = lambda: ParsedFFI("pango", **pango_declarations.GIVEN)  # type: ignore[attr-defined]
    sys.modules["cffi"] = standing
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if known is not None:
            sys.modules["cffi"] = known


def _declared() -> str:
    """The SHA-256 of the file in which the installed WeasyPrint declares its types."""
    spec = find_spec("weasyprint")
    folder = Path(str(spec and spec.origin)).parent
    return hashlib.sha256((folder / "text" / "ffi.py").read_bytes()).hexdigest()
