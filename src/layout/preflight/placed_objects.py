"""Which objects of a file belong to a page of another file that is placed in it, such as an advertisement."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf

from layout.preflight.interpreter import PLACED
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, get, items, key, text

UPWARDS = frozenset({"Parent", "P", "StructParent", "StructParents"})
"""Keys that lead from what a page is painted with back into the document."""


def owners(pdf: pikepdf.Pdf) -> Mapping[tuple[int, int], str]:
    """The source of every object that a placed page leads to, by the object's number. None of them is the file's own:
    what is placed was copied into it.
    """
    found: dict[tuple[int, int], str] = {}
    for each in pdf.objects:
        try:
            source = text(get(each, *PLACED))
        except BAD_OBJECT:
            continue
        if source:
            _take(each, source, found)
    return found


def _take(start: PdfValue, source: str, found: dict[tuple[int, int], str]) -> None:
    stack = [start]
    while stack:
        each = stack.pop()
        number = key(each)
        if number is not None:
            if number in found:
                continue
            found[number] = source
        stack += array(each)
        stack += [value for name, value in items(each) if name not in UPWARDS]
