"""A fault at a spot of a design's file, and how spots in a text are counted."""

from __future__ import annotations

import re
from typing import NamedTuple

from layout.errors import Message, Place, TemplateError


class DesignFault(NamedTuple):
    """A fault at a line and a column of one file, both from 1, and what to write instead."""

    line: int
    column: int
    message: Message
    hint: Message

    def error(self, file: str) -> TemplateError:
        """The fault as an error in *file*."""
        return TemplateError(self.message, place=Place(file, self.line, self.column), hint=self.hint)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at *offset*."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def blanked(found: re.Match[str]) -> str:
    """Spaces for all that *found* holds but its line breaks: for ``re.sub``, so that offsets and lines stay."""
    return re.sub(r"[^\n]", " ", found[0])


def no_type_area(place: Place | None) -> TemplateError:
    """The fault that no element of a page is its type area (版心)."""
    return TemplateError(
        Message("版式没有标出版心", "the design marks no type area"),
        place=place,
        hint=Message("给版心元素加上 data-fill", "put data-fill on the type area's element"),
    )
