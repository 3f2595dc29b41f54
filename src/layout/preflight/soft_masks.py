"""Soft masks: whether one lets anything through."""

from __future__ import annotations

from collections.abc import Sequence

from layout.preflight.events import Event, GroupBegun, ImagePainted, PathPainted, ShadingPainted, StateUsed, TextShown
from layout.preflight.layers import CLEAR
from layout.preflight.objects import PdfValue, get, name, numbers
from layout.preflight.places import where


def lets_nothing_through(mask: PdfValue, painted: Sequence[Event]) -> bool:
    """Whether a soft mask with these marks in its group hides everything: it is empty, or all in black where light
    lets through. A mask with a transfer function or a light backdrop is let be.
    """
    luminous = name(get(mask, "S")) == "Luminosity"
    if get(mask, "TR") is not None or (luminous and _light(numbers(get(mask, "BC")))):
        return False
    return not any(_shows(event, luminous=luminous) for event in painted)


def _light(backdrop: Sequence[float]) -> bool:
    return any(backdrop[:3]) if len(backdrop) < 4 else backdrop[3] < 1


def _shows(event: Event, *, luminous: bool) -> bool:
    if isinstance(event, (GroupBegun, StateUsed)):
        return False
    if isinstance(event, (TextShown, PathPainted)):
        paints = [paint for paint in (event.fill, event.stroke) if paint is not None]
        dark = luminous and all(_black(paint.colour.space.family, paint.colour.values) for paint in paints)
        return bool(paints) and not dark and where(event) is not None
    if isinstance(event, ShadingPainted):  # without a clip it covers the whole mask
        return event.clip is None or (event.clip[0] < event.clip[2] and event.clip[1] < event.clip[3])
    # What could not be followed may show something.
    return where(event) is not None if isinstance(event, ImagePainted) else True


def _black(family: str, values: Sequence[float]) -> bool:
    if family in {"DeviceGray", "DeviceRGB", "CalGray", "CalRGB"}:
        return bool(values) and max(values) < CLEAR
    return family == "DeviceCMYK" and len(values) == 4 and values[3] > 1 - CLEAR
