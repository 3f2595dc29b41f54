"""A style sheet as WeasyPrint has parsed it, with those of its values that are checked no sooner than at layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from weasyprint import CSS
from weasyprint.css.tokens import Pending


@dataclass(frozen=True)
class ParsedStyle:
    """A style sheet, and its values that hold ``var()``."""

    css: CSS
    pending: tuple[Pending, ...]

    @classmethod
    def of(cls, css: CSS) -> ParsedStyle:
        """The style sheet with its values."""
        return cls(css, tuple(_pending(css)))


def _pending(css: CSS) -> Iterator[Pending]:
    """The values that hold ``var()``: what they come to is known no sooner than at layout."""
    matcher = css.matcher
    by_name = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors,
               matcher.namespace_selectors)  # fmt: skip
    entries = [entry for table in by_name for own in table.values() for entry in own]
    entries += [*matcher.lang_attr_selectors, *matcher.other_selectors]
    declared = [declarations for *_, (declarations, _) in entries] + [own for _, _, own in css.page_rules]
    yield from (value for own in declared for _, value, _ in own if isinstance(value, Pending))
