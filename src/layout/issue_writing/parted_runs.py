"""Parts a run of pages that the program makes up into pages of their own: in issue.toml the ``[[page]]`` of the run
becomes one for each page, with what stands on it, and every other line stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import tomlkit
from tomlkit.items import Array

_COMMENTS = r"(?:^[ \t]*#.*\n)*"
_TABLE = re.compile(rf"{_COMMENTS}^[ \t]*\[", re.MULTILINE)
"""Where a table begins, with the comment above it."""
_OF_PAGE = re.compile(rf"{_COMMENTS}[ \t]*\[+[ \t]*page[ \t]*([.\]])", re.MULTILINE)
_SPAN = re.compile(rf"""{_COMMENTS}^[ \t]*pages[ \t]*=[ \t]*["'](\d+)-\d*["'][ \t]*(?:#.*)?$""", re.MULTILINE)
"""The key that makes a page a run, with the comments that explain it."""
_COMMENT = re.compile(r"^[ \t]*#.*\n", re.MULTILINE)
_OF_LAST = ("pool", "fillers")
"""Keys of a run that are its last page's: what may be used, and what fills it."""


@dataclass(frozen=True)
class PartedPage:
    """A page of a run, and what stands on it, by ids."""

    number: int
    title: str
    stories: Collection[str]
    pictures: Collection[str]
    arrangement: str = ""
    """Nothing where none is to be written down."""


def with_run_parted(text: str, pages: Sequence[PartedPage]) -> str:
    """*text*, an issue.toml, with *pages*, those that a run of it has come to, each as a ``[[page]]`` of its own.

    Stories keep their order of weight; pins, reserves and comments stay; what stands on none, as one that is killed, is
    left to the last. Raises ``KeyError`` where no run begins with the first of *pages*.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    parts = list(_parts(text.replace("\r\n", "\n")))
    kinds = [_kind(part) for part in parts]
    for at, part in enumerate(parts):
        span = _SPAN.search(part) if kinds[at] == "page" else None
        if span and int(span[1]) == pages[0].number:
            end = next((n for n in range(at + 1, len(parts)) if kinds[n] != "of page"), len(parts))
            parted = [_page(part, parts[at + 1 : end], pages, number) for number in range(len(pages))]
            whole = "".join((*parts[:at], "\n\n".join(each.rstrip("\n") for each in parted), "\n"))
            return f"{whole}\n{''.join(parts[end:])}".rstrip("\n").replace("\n", ends) + ends
    raise KeyError(pages[0].number)


def _parts(text: str) -> Iterator[str]:
    """*text* cut where its tables begin: what stands before the first, then each with the comment above it."""
    begins = [0, *(found.start() for found in _TABLE.finditer(text) if found.start()), len(text)]
    return (text[begin:end] for begin, end in pairwise(begins))


def _kind(part: str) -> str:
    """Whether *part* is a ``[[page]]``, a table of one, or another."""
    found = _OF_PAGE.match(part)
    return "other" if found is None else "page" if found[1] == "]" else "of page"


def _page(run: str, tables: Iterable[str], pages: Sequence[PartedPage], number: int) -> str:
    """The table of one of *pages*, of that of their *run* and the *tables* below it; comments are the first page's."""
    page, first, last = pages[number], not number, number == len(pages) - 1
    run = _SPAN.sub(f"number = {page.number}", run, count=1)
    document = tomlkit.parse(run if first else _COMMENT.sub("", run))
    written: Any = document["page"]
    own = written[0]
    if own.get("title") != page.title:
        own["title"] = page.title
    others = [each for each in pages if each is not page]
    for key, here, there in (
        ("stories", page.stories, [each.stories for each in others]),
        ("pictures", page.pictures, [each.pictures for each in others]),
    ):
        if key in own:
            names = map(str, own[key])
            own[key] = _array(
                name for name in names if _is_in(name, here) or (last and not any(_is_in(name, some) for some in there))
            )
    for key in _OF_LAST:
        if key in own and not last:
            del own[key]
    below = [table for table in tables if _is_on(table, page, first=first)]
    head = tomlkit.dumps(document).rstrip("\n") + "\n"
    if page.arrangement:
        head += f"arrangement = {tomlkit.string(page.arrangement).as_string()}\n"
    return "".join((head, "\n" if below else "", *below))


def _array(names: Iterable[str]) -> Array:
    array = tomlkit.array()
    array.extend(names)
    return array


def _is_in(name: str, ids: Collection[str]) -> bool:
    """Whether *name*, of a manuscript's file or of a picture, is one of *ids*."""
    return name in ids or PurePosixPath(name).stem in ids


def _is_on(table: str, page: PartedPage, *, first: bool) -> bool:
    """Whether *table*, a pin or a reserve of a run, is of *page*: a pin where its story is, a reserve on the first."""
    values = tomllib.loads(table)["page"]
    (pin,) = values.get("pin", ({},))
    return _is_in(pin["story"], page.stories) if "story" in pin else first
