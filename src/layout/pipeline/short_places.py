"""Short places for messages about a design: ``lianghui-broadsheet/page.css:12``.

The rooms that read a design name its files by their paths, by which they open them. What leaves the build names them
from the folder in which the design lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from layout import assets
from layout.checks import Finding
from layout.errors import LayoutError, Place


@contextmanager
def short_places(design: Path) -> Iterator[None]:
    """Shortens the places in *design* (a resolved folder) of faults raised in the context."""
    try:
        yield
    except LayoutError as error:
        raise error.moved(lambda place: _short(place, design)) from error.__cause__


def with_short_places(findings: Iterable[Finding], design: Path) -> tuple[Finding, ...]:
    """*findings* with their places in *design* shortened."""
    return tuple(
        replace(
            finding,
            place=_short(finding.place, design),
            template=tuple(each for place in finding.template if (each := _short(place, design)) is not None),
        )
        for finding in findings
    )


def short_place(place: Place | None, design: Path) -> Place | None:
    """*place*, shortened where it is in *design* (a resolved folder)."""
    return _short(place, design)


def _short(place: Place | None, design: Path) -> Place | None:
    if place is None:
        return None
    return replace(place, file=_short_name(place.file, design, assets.templates_dir()))


@lru_cache(maxsize=256)
def _short_name(file: str, design: Path, ours: Path) -> str:
    # Designs also use what they have in common, which lies beside the program's own.
    for folder in (design.parent, ours):
        if Path(file).is_relative_to(folder):
            return Path(file).relative_to(folder).as_posix()
    return file
