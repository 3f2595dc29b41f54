"""The pages of a file that was saved again, in the order in which its report has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from layout.errors import PrintError
from layout.preflight.expected import Expected
from layout.preflight.printed_text import placed, printed
from layout.preflight.reading import mended, read_text

Each = TypeVar("Each")


def as_in_file(pdf: Path, expected: Expected, pages: int) -> Expected:
    """*expected*, what is known of each page put where that page stands now in *pdf*, which has so many *pages*.

    A page is known again by its text, whole and unlike that of any other. As it was where none stands elsewhere.
    """
    then = [text.whole.digest if text.whole is not None else "" for text in expected.texts]
    if len(then) < 2 or pages != len(then) or len({*then}) < len(then):
        return expected
    try:
        now = [printed(placed(mended(read_text(pdf, index)), 0.0, 0.0)).digest for index in range(pages)]
    except PrintError:  # PDFium mends less than qpdf, which judges the file
        return expected
    order = [then.index(digest) if digest in then else -1 for digest in now]
    left = [index for index in range(pages) if index not in order]
    # A page that reads otherwise too is where nothing else is.
    order = [at if at >= 0 else (here if here in left else left[0]) for here, at in enumerate(order)]
    if sorted(order) != list(range(pages)) or order == list(range(pages)):
        return expected
    moved = tuple((here + 1, at + 1) for here, at in enumerate(order) if here != at)
    return replace(
        expected,
        moved=moved,
        pictures=_put(expected.pictures, order),
        characters=_put(expected.characters, order),
        texts=_put(expected.texts, order),
        plates=_put(expected.plates, order),
        spaces=_put(expected.spaces, order),
        codes=_put(expected.codes, order),
        built=_put(expected.built, order),
    )


def _put(values: tuple[Each, ...], order: Sequence[int]) -> tuple[Each, ...]:
    return tuple(values[at] for at in order) if len(values) == len(order) else values
