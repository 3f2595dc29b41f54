"""A page as its build left it: what it looked like, and what stood where on it, by the names that people know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layout.errors import Message, Place
from layout.geometry import Box
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.page_look import PageLook


@dataclass(frozen=True, slots=True)
class NamedSpot:
    """A box of a page, and what messages call that which stands in it."""

    box: Box
    name: Message
    place: Place | None
    drawn: bool = False
    """Whether a style sheet draws it."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One page as it was built."""

    look: PageLook | None
    """``None`` where the build drew no picture of it."""
    spots: tuple[NamedSpot, ...]
    """Its paragraphs, pictures and codes, then what style sheets draw."""
    known: frozenset[str] = frozenset()
    """The checks that found something on it when it was built."""
    drawn_alike: bool = False
    """Whether the drawing of it then and the one now come of the same renderer and the same fonts: a tile that differs
    at all has changed then."""
    same_pictures: bool = True
    """Whether its pictures are the same to the last byte: else what packing them anew makes of them is let through."""

    @classmethod
    def of(cls, geometry: PageGeometry, look: PageLook | None, known: frozenset[str] = frozenset()) -> BuiltPage:
        """The page of a report."""
        return cls(look, tuple(_spots(geometry)), known)


def _spots(geometry: PageGeometry) -> Iterator[NamedSpot]:
    for each in geometry.paragraphs:
        yield NamedSpot(each.box, Message(f"“{each.flow}”", f"“{each.flow}”"), each.place)
    for picture in geometry.pictures:
        name = Message(f"图片“{picture.picture}”", f"the picture “{picture.picture}”")
        yield NamedSpot(picture.box, name, picture.place)
    for code in geometry.codes:
        yield NamedSpot(code.box, Message(f"二维码“{code.flow}”", f"the QR code “{code.flow}”"), code.place)
    for mark in geometry.marks:
        yield NamedSpot(mark.box, Message(f"“{mark.name}”", f"“{mark.name}”"), mark.place, drawn=True)
