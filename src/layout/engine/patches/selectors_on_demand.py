"""A selector is made a function when an element may match it for the first time.

Changes ``cssselect2.compiler``, which writes a Python function for each selector of a style sheet and compiles it at
once. Elements are asked only about those selectors that name their id, class or tag: of HTML's own style sheet a tenth.
A function keeps its source, by which ``engine.page_styles`` knows the classes that a selector names.
Needed for time: see ``docs/engine-patches.md``. ``tests/engine/test_patches.py`` holds every style of every element
against what it is without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cssselect2 import compiler  # type: ignore[import-untyped]  # WeasyPrint stands on it too

_SOURCE = "source"


def install() -> None:
    """Has the functions compiled when they are called."""
    compiler.eval = _later  # the module's own name for the builtin


def _later(source: str, names: dict[str, object], _: Mapping[str, object]) -> Callable[[Any], Any]:
    made: Callable[[Any], Any] | None = None

    def test(element: Any) -> Any:
        nonlocal made
        if made is None:
            made = eval(source, names, {})
        return made(element)

    setattr(test, _SOURCE, source)
    return test


def source_of(test: Callable[[Any], Any]) -> str | None:
    """What a selector's function does, in Python: the classes, names and attributes that it looks at are among its
    strings. None of a function that was made without this patch.
    """
    source = getattr(test, _SOURCE, None)
    return source if isinstance(source, str) else None
