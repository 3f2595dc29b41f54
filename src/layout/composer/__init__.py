"""Line composition: paragraphs in, lines out, exact to a thousandth of an em. Knows no pages."""

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
from layout.composer.sense import compose_heading

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
