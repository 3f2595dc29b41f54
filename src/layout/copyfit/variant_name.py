"""What variants of a page are called: the template's name, then the pictures that the page goes without."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VariantName:
    """A template of the design, and the pictures that are left out. A report has ``page -ridge -sunset``."""

    template: str
    left_out: tuple[str, ...] = ()
    """By id, the first to go first."""

    def __str__(self) -> str:
        return "".join([self.template, *(f" -{picture}" for picture in self.left_out)])
