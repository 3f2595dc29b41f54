"""The values of issue.toml: words, names of files and flows, days, spans of pages, edges."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, get_args

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from layout.issue.auto_page import Side
from layout.issue.model import PageSpan
from layout.manuscript.characters import joint
from layout.manuscript.encoding import first_unprintable

_LINE_ENDS = re.compile("[\\r\\n\\v\\f\\x85\u2028\u2029]+")


def _as_one_line(value: object) -> object:
    """Words of several lines as one, joined as lines of copy are; refused where no page can print a character."""
    if not isinstance(value, str):
        return value
    joined = ""
    for line in _LINE_ENDS.split(value.replace("\t", " ")):
        words = line.strip()
        joined += (joint(joined, words) if joined else "") + words
    if code := first_unprintable(joined):
        raise PydanticCustomError("unprintable", "{code} cannot be printed", {"code": code})
    return joined


LONGEST = 2_000
"""Characters of a text in issue.toml; a caption has some hundred."""


Words = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)],
    BeforeValidator(_as_one_line),
]


File = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
"""The path of a file. Systems take names of 255 bytes."""


NAME_PATTERN, LONGEST_NAME = r"^[^\W_][\w-]*$", 80
"""What files and flows are called by; 80 Chinese characters are 240 bytes."""


Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=LONGEST_NAME)]


Share = Annotated[float, Field(ge=0, le=1)]


MOST_COLUMNS, MOST_ROWS = 24, 400
"""Basic columns and rows of a page: no newspaper has more (24 columns of two characters; 400 rows of a metre)."""


def as_date(value: object) -> object:
    """A TOML date, or one in quotes; anything else is no date."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> object:
    raise PydanticCustomError("not_a_date", "not a date")


_SPAN = re.compile(r"\s*(\d{1,4})\s*[-–—~～至]\s*(\d{1,4})?\s*")


def as_span(value: object) -> PageSpan:
    """``2-5`` or ``2-`` as a span of pages."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("not_a_span", "not a span of pages")
    first, last = int(found[1]), None if found[2] is None else int(found[2])
    if first < 1 or (last is not None and last < first):
        raise PydanticCustomError("not_a_span", "not a span of pages")
    return PageSpan(first, last)


_ACROSS: tuple[frozenset[str], ...] = (frozenset(("top", "foot")), frozenset(("left", "right")))
"""Edges of which a corner has but one."""


def as_edges(value: object) -> tuple[str, ...]:
    """``top right`` as the edges that it names: one, or two that meet."""
    words = tuple(value.split()) if isinstance(value, str) else ()
    known = set(words) <= set(get_args(Side)) and len(set(words)) == len(words)
    if not words or not known or len(words) > 2 or set(words) in _ACROSS:
        raise PydanticCustomError("not_an_edge", "not an edge")
    return words
