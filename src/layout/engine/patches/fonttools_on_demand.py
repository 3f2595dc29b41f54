"""fontTools is read when something of it is first called, which on our pages never happens.

Changes ``sys.modules`` while WeasyPrint is imported: modules that load themselves stand there under fontTools' names.
WeasyPrint imports fontTools for variable faces, for faces in collections, for bitmaps, for web fonts and for subsets
where HarfBuzz has none; ``font_subsets`` makes ours. Whoever imports fontTools afterwards gets the real one. Needed for
time: see ``docs/engine-patches.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

_FUNCTIONS = {
    "fontTools.subset": (),
    "fontTools.ttLib": ("TTFont",),
    "fontTools.ttLib.ttFont": (),
    "fontTools.ttLib.woff2": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""The modules, with the functions that WeasyPrint takes out of them by name."""


@contextmanager
def install() -> Iterator[None]:
    """Stands in for the modules that have not been imported, until the context ends."""
    standing = {name: _OnDemand(name, names) for name, names in _FUNCTIONS.items() if name not in sys.modules}
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


class _TTLibError(Exception):
    """What WeasyPrint catches where fontTools subsets a face, which never happens here."""


class _OnDemand(ModuleType):
    """A module that is imported when something of it is first used."""

    def __init__(self, name: str, functions: tuple[str, ...]):
        super().__init__(name)
        for function in functions:
            setattr(self, function, lambda *args, __of=function, **named: self.__getattr__(__of)(*args, **named))
        self.TTLibError = _TTLibError

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)
        function: Callable[..., object] = getattr(import_module(self.__name__), name)
        return function
