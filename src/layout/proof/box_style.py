"""Where a box stands on the picture of a page in HTML, whatever size that is shown at."""

from __future__ import annotations

from layout.geometry import Box


def box_style(box: Box, width: float, height: float) -> str:
    """The CSS of an element that is *box* on a picture of a page of that *width* and *height*: sides in per cent."""
    sides = (
        ("left", box.x / width), ("top", box.y / height), ("width", box.width / width), ("height", box.height / height),
    )  # fmt: skip
    return ";".join(f"{side}:{100 * share:.3f}%" for side, share in sides)
