"""The room that printers' marks take beside a page."""

from __future__ import annotations

from layout.press.model import PressProfile
from layout.units import MM

ROOM = 12 * MM
"""The room of marks outside the bleed, in points, on every side."""


def room(profile: PressProfile) -> float:
    """The room of marks outside the bleed of a page for this press, in points."""
    return ROOM if profile.marks or profile.plate_names or profile.grey_balance else 0.0
