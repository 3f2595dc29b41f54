"""Breaks paragraphs into lines and places every glyph, exact to a thousandth of an em. It knows nothing of pages."""

from layout.composer.heading_breaks import compose_heading
from layout.composer.model import (
    Adjustment,
    Composition,
    Decoration,
    Line,
    Measure,
    Metrics,
    Placed,
    Remark,
    Ruby,
    Setting,
    Shape,
    Span,
)
from layout.composer.paragraph import compose

__all__ = [
    "Adjustment",
    "Composition",
    "Decoration",
    "Line",
    "Measure",
    "Metrics",
    "Placed",
    "Remark",
    "Ruby",
    "Setting",
    "Shape",
    "Span",
    "compose",
    "compose_heading",
]
