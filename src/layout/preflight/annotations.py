"""Annotations: where one lies on its page, and the drawing that it shows there."""

from __future__ import annotations

import pikepdf

from layout.geometry import IDENTITY, Matrix, apply, multiply
from layout.preflight.events import Bounds
from layout.preflight.graphics_state import box_of
from layout.preflight.objects import PdfValue, get, items, name, numbers, whole

HIDDEN = 2
"""The bit of /F that lets no program show or print an annotation (ISO 32000-1, table 165)."""


def annotation_box(annotation: PdfValue) -> Bounds | None:
    """Its rectangle in the page's points, or ``None`` when it has none."""
    corners = numbers(get(annotation, "Rect"))
    return box_of([corners[:2], corners[2:]]) if len(corners) == 4 else None


def appearance(annotation: PdfValue) -> tuple[PdfValue, Matrix] | None:
    """The form that it shows now and the matrix that lays that on the page; ``None`` when it shows nothing.

    The form's box, turned by the form's own matrix, is laid upon the rectangle (ISO 32000-1, 12.5.5).
    """
    if (whole(get(annotation, "F")) or 0) & HIDDEN:
        return None
    form = get(annotation, "AP", "N")
    if not isinstance(form, pikepdf.Stream):  # one for each state
        state = name(get(annotation, "AS"))
        form = next((each for key, each in items(form) if key == state), None)
    if not isinstance(form, pikepdf.Stream):
        return None
    frame, rectangle = numbers(get(form, "BBox")), annotation_box(annotation)
    if len(frame) != 4 or rectangle is None:
        return form, IDENTITY
    own = numbers(get(form, "Matrix"))
    matrix: Matrix = own if len(own) == 6 else IDENTITY
    drawn = box_of([apply(matrix, x, y) for x in frame[::2] for y in frame[1::2]])
    across, up = (
        (rectangle[end] - rectangle[start]) / (drawn[end] - drawn[start]) if drawn[end] > drawn[start] else 1.0
        for start, end in ((0, 2), (1, 3))
    )
    return form, multiply((across, 0.0, 0.0, up, 0.0, 0.0), (1.0, 0.0, 0.0, 1.0,
        rectangle[0] - across * drawn[0], rectangle[1] - up * drawn[1]))  # fmt: skip
