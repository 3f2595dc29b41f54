"""What variants of a page are called: the template's name, then the pictures that the page goes without."""

from __future__ import annotations

from collections.abc import Sequence

_WITHOUT = " -"


def name_of(template: str, without: Sequence[str] = ()) -> str:
    """``page``; without two pictures ``page -ridge -sunset``."""
    return "".join([template, *(f"{_WITHOUT}{picture}" for picture in without)])


def template_of(name: str) -> str:
    """The template of a variant."""
    return name.split(_WITHOUT, 1)[0]


def pictures_left_out(name: str) -> tuple[str, ...]:
    """The pictures that a variant goes without."""
    return tuple(name.split(_WITHOUT)[1:])
