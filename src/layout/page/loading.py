"""WeasyPrint loaded in half its time, and without starting a compiler.

By itself its import asks gcc, ld and ldconfig for Pango under names that only other systems use, reads fontTools'
subsetter and instancer, of which nothing is needed where HarfBuzz subsets and no face is variable, and reads this
machine's tables of file types, which differ from one machine to the next. Later cffi runs a C parser over the name of
every type, all types that it knows before it; and of every array of glyph numbers, because its length is part of its
type: twice for every face.
"""

from __future__ import annotations

import ctypes.util
import importlib
import mimetypes
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_LATER = {"fontTools.subset": (), "fontTools.varLib.instancer": ("instantiateVariableFont",)}
"""Modules that are read when first used, with the functions that WeasyPrint takes out of them."""
_ARRAY = re.compile(r"(\w+)\[(\d+)\]")


def load_weasyprint() -> None:
    """Imports WeasyPrint, if that has not happened yet. Raises ``OSError`` when Pango is missing, as it does itself."""
    if "weasyprint" not in sys.modules:
        with _plain_names(), _plain_types(), _later():
            importlib.import_module("weasyprint")
        ffi = importlib.import_module("weasyprint.text.ffi").ffi
        _without_lengths(ffi)
        _only_named(ffi)


def _without_lengths(ffi: Any) -> None:
    """``T[9]`` filled with nine values is made as ``T[]``: the same array, of a type that is parsed once."""
    plain = ffi.new

    def new(kind: Any, values: Any = None) -> Any:
        array = _ARRAY.fullmatch(kind) if isinstance(values, list | tuple) and isinstance(kind, str) else None
        if array is not None and int(array[2]) == len(values):
            return plain(f"{array[1]}[]", values)
        return plain(kind, values)

    ffi.new = new


def _only_named(ffi: Any) -> None:
    """Shows cffi's parser, for the name of a type, only the types that it names."""
    parser: Any = getattr(ffi, "_parser", None)
    plain: Any = getattr(parser, "_parse", None)
    if plain is None:  # another cffi: slower, no worse
        return

    def parse(source: str) -> Any:
        every, words = parser._declarations, set(re.findall(r"\w+", source))
        parser._declarations = {name: what for name, what in every.items() if name.split()[-1] in words}
        try:
            return plain(source)
        finally:
            parser._declarations = every

    parser._parse = parse


@contextmanager
def _plain_names() -> Iterator[None]:
    """On Linux a library is what its soname says; the last name that WeasyPrint tries is that."""
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
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]


class _Later(ModuleType):
    """A module read when something of it is first used."""

    def __init__(self, name: str, functions: tuple[str, ...]):
        super().__init__(name)
        for function in functions:
            setattr(self, function, lambda *args, __of=function, **named: self.__getattr__(__of)(*args, **named))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)
