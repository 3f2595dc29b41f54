"""Floats whose widths add up to their container's stand side by side, whatever the last digit of the sum.

Changes ``weasyprint.layout.float.avoid_collisions``. WeasyPrint adds widths in binary fractions: two floats of 50 % are
then often a billionth wider than the whole, and the second falls below the first. Browsers lay out in 1/64 px.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import float as floats

TOLERANCE = 0.01
"""CSS pixels by which a float may be too wide for the room beside others: less than any press shows (2.6 µm)."""


def install() -> None:
    """Tries a float that fell below others once more, as if it were narrower by the tolerance."""
    plain = floats.avoid_collisions
    if plain.__name__ == "beside":
        return

    def beside(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
        found = plain(context, box, containing_block, outer)
        if not (outer and box.is_floated()) or found[1] <= box.position_y:
            return found
        full = box.margin_width()
        box.margin_width = lambda: full - TOLERANCE
        try:
            again = plain(context, box, containing_block, outer)
        finally:
            del box.margin_width
        return again if again[1] < found[1] else found

    floats.avoid_collisions = beside
