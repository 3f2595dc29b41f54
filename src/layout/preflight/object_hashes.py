"""The hashes of the objects that a page is painted with, as values: ``page_objects`` reckons them from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict


class PageObjectsJson(TypedDict):
    """The hashes as a seal holds them."""

    content: str
    fonts: str
    pictures: str
    rest: str


@dataclass(frozen=True, slots=True)
class PageObjects:
    """Hashes (SHA-256) of all that one page is painted with."""

    content: str
    """The instructions: of the page, and of its forms and patterns."""
    fonts: str
    pictures: str
    rest: str
    """Boxes, graphics states, shadings, annotations, and what names what."""

    def as_json(self) -> PageObjectsJson:
        """As a seal holds them."""
        return {"content": self.content, "fonts": self.fonts, "pictures": self.pictures, "rest": self.rest}
