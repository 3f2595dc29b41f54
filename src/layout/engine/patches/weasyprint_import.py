"""WeasyPrint loaded in a third of its time, and without starting a compiler.

By itself its import asks gcc, ld and ldconfig for Pango under names that only other systems use; runs a C parser over
Pango's declarations, and later over the name of every type; reads fontTools, of which nothing is needed where HarfBuzz
subsets and no face is variable or a bitmap; reads the numerals of sixty scripts and the look of forms,
which no newspaper page has; and reads this machine's tables of file types, which differ from one machine to the next.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib
import mimetypes
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import _cffi_backend
import tinycss2

from layout.engine.patches import pango_declarations

_LATER = {
    "fontTools.subset": (),
    "fontTools.ttLib": ("TTFont",),
    "fontTools.ttLib.ttFont": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Modules that are read when first used, with the functions that WeasyPrint takes out of them."""
_HINTS = "Presentational hints st"
"""How the style sheet begins that is used where HTML says colours and sizes by itself; ours says them in CSS."""
_UNUSED_RULES = re.compile(
    r"@counter-style\s+(?!disc|circle|square|decimal|cjk-|[\w-]*(?:roman|alpha|latin)\b)[\w-]+\s*\{[^{}]*\}"
    r"|^(?:button|input|select|textarea|fieldset|:is\(input)[^{}]*\{[^{}]*\}$",
    re.MULTILINE,
)


def load_weasyprint() -> None:
    """Imports WeasyPrint, if that has not happened yet. Raises ``OSError`` when Pango is missing, as it does itself."""
    if "weasyprint" in sys.modules:
        return
    with _plain_types(), _fewer_rules(), _later():
        try:
            with _parsed_types():
                importlib.import_module("weasyprint")
        except _OtherTypes:
            for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
                del sys.modules[name]
            with _plain_names():
                importlib.import_module("weasyprint")


class _OtherTypes(Exception):
    """WeasyPrint is not of the version whose declarations are kept."""


class _Parsed(_cffi_backend.FFI):  # type: ignore[misc]  # untyped
    """cffi's door to Pango with all types in place."""

    def cdef(self, declarations: str) -> None:
        """Holds *declarations* against those that are kept."""
        if hashlib.sha256(declarations.encode()).hexdigest() != pango_declarations.DECLARATIONS:
            raise _OtherTypes


@contextmanager
def _parsed_types() -> Iterator[None]:
    """Stands in for cffi while WeasyPrint declares its types."""
    known, standing = sys.modules.get("cffi"), ModuleType("cffi")
    standing.FFI = lambda: _Parsed("pango", **pango_declarations.GIVEN)  # type: ignore[attr-defined]
    sys.modules["cffi"] = standing
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if known is not None:
            sys.modules["cffi"] = known


@contextmanager
def _fewer_rules() -> Iterator[None]:
    """Of the style that HTML has by itself only the part is parsed that a page may use."""
    plain: Callable[..., Any] = tinycss2.parse_stylesheet

    def parse(css: Any, *rest: Any, **named: Any) -> Any:
        if isinstance(css, str):
            css = "" if _HINTS in css[:100] else _UNUSED_RULES.sub("", css)
        return plain(css, *rest, **named)

    tinycss2.parse_stylesheet = parse
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = plain


@contextmanager
def _plain_names() -> Iterator[None]:
    """On Linux a library is what its soname says; the last name that WeasyPrint tries is that. cffi's own door searches
    for the others; the one with all types in place does not."""
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _not_searched
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _not_searched(name: str) -> None:
    del name


@contextmanager
def _plain_types() -> Iterator[None]:
    """The types of files are those that Python knows by itself."""
    known, mimetypes.knownfiles = mimetypes.knownfiles, []
    try:
        yield
    finally:
        mimetypes.knownfiles = known


@contextmanager
def _later() -> Iterator[None]:
    """Stands in for the modules of ``_LATER`` while WeasyPrint is imported; whoever imports them later gets them."""
    standing = {name: _Later(name, functions) for name, functions in _LATER.items() if name not in sys.modules}
    for name, module in standing.items():
        package, _, own = name.rpartition(".")
        if package in standing:
            setattr(standing[package], own, module)
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]


class _FontError(Exception):
    """What WeasyPrint expects of fontTools where it subsets by it, which never happens here: see ``subsets``."""


class _Later(ModuleType):
    """A module read when something of it is first used."""

    def __init__(self, name: str, functions: tuple[str, ...]):
        super().__init__(name)
        for function in functions:
            setattr(self, function, lambda *args, __of=function, **named: self.__getattr__(__of)(*args, **named))
        self.TTLibError = _FontError

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)
