"""Computed values that are the initial value or the parent's are given at once.

Changes ``weasyprint.css.ComputedStyle.__missing__``. WeasyPrint works out each of 260 properties of each element in one
long function; on a page nine in ten are neither set by any rule nor special. Needed for time: see
``docs/engine-patches.md``. ``tests/engine/test_computed_values.py`` holds every value of every element against
WeasyPrint's own.
"""

from __future__ import annotations

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

_SPECIAL = ("float", "display", "position", "page")


def install() -> None:
    """Tries the short computation before WeasyPrint's own."""
    long_way = ComputedStyle.__missing__
    if long_way.__name__ == "value_of":
        return
    initial, inherited = _initial(), _inherited()
    other_names = {key: names for key in initial if (names := _other_names(key))}
    nobody: tuple[str, ...] = ()

    def value_of(self: ComputedStyle, key: str) -> object:
        cascaded = self.cascaded
        if key not in cascaded:
            if key in initial:
                for name in other_names.get(key, nobody):
                    if name in cascaded:
                        return long_way(self, key)
                value = self[key] = initial[key]
                return value
            own = key[:2] == "__"  # a property of the design's
            if (own or key in inherited) and self.parent_style is not None:
                value = self[key] = self.parent_style[key]  # computed already: CSS inherits computed values
                return value
        return long_way(self, key)

    ComputedStyle.__missing__ = value_of


def _ordinary(key: str) -> bool:
    return key not in _SPECIAL and not key.startswith(("text_decoration_", "__"))


def _initial() -> dict[str, object]:
    """The properties whose initial value is the same for every element, with that value."""
    return {
        key: value
        for key, value in INITIAL_VALUES.items()
        if _ordinary(key) and key not in INHERITED and key not in INITIAL_NOT_COMPUTED
    }


def _inherited() -> frozenset[str]:
    return frozenset(key for key in INHERITED if _ordinary(key))


def _other_names(key: str) -> tuple[str, ...]:
    """The names that say the property by the direction of writing."""
    logical = PHYSICAL_FUNCTIONS.get(key)
    return () if logical is None else tuple({logical(block="ttb", inline=inline): 0 for inline in ("ltr", "rtl")})
