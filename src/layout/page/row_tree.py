"""The tree of a page's bands and gaps: rows stand side by side and share a height, stacks stand one below the other.

The tree says what must add up to what. Heights of a stack's parts, and of what stands in it beside them, add up to its
own; the parts of a row are all as high as the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layout.geometry import Box


@dataclass(frozen=True, slots=True)
class Leaf:
    """A band, or an elastic gap between bands."""

    id: str


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side. They have their height in common."""

    parts: tuple[RowTree, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts one below the other, from the head down. Their heights add up."""

    parts: tuple[RowTree, ...]
    box: Box
    """All of it, with what never changes its height: headlines, rules, the air between the parts."""


RowTree = Leaf | Row | Stack


def meeting(tree: RowTree, one: str, other: str) -> RowTree | None:
    """The smallest part of *tree* that holds both leaves; None where it does not hold both."""
    if not {one, other} <= {leaf.id for leaf in leaves(tree)}:
        return None
    if not isinstance(tree, Leaf):
        for part in tree.parts:
            found = meeting(part, one, other)
            if found is not None:
                return found
    return tree


def rows_of(tree: RowTree) -> Iterator[Row]:
    """Every row in *tree*, those in others after them."""
    if isinstance(tree, Row):
        yield tree
    if not isinstance(tree, Leaf):
        for part in tree.parts:
            yield from rows_of(part)


def leaves(tree: RowTree) -> Iterator[Leaf]:
    """The leaves of *tree*, from the head down and from left to right."""
    if isinstance(tree, Leaf):
        yield tree
        return
    for part in tree.parts:
        yield from leaves(part)
