"""Gradients: whether their functions give as many numbers as their colour space has components."""

from __future__ import annotations

from collections.abc import Iterator

from layout.preflight.colours import Space, space_of
from layout.preflight.events import Bounds, ShadingPainted
from layout.preflight.objects import PdfValue, array, get, numbers, whole

MAX_DEPTH = 6


def shading_event(shading: PdfValue, resources: PdfValue, scope: str, clip: Bounds | None = None) -> ShadingPainted:
    """The gradient as painted within the box *clip*, and what is malformed about it."""
    kind = whole(get(shading, "ShadingType")) or 0
    space = space_of(get(shading, "ColorSpace"), resources)
    function = get(shading, "Function")
    outputs = _outputs(function)
    return ShadingPainted(
        scope, kind, space, outputs, _fault(kind, space, function, outputs), clip, tuple(_stops(function))
    )


def _stops(function: PdfValue, depth: int = 0) -> Iterator[tuple[float, ...]]:
    """The colours at the ends of every straight piece of a function."""
    if whole(get(function, "FunctionType")) == 2:
        yield from (numbers(get(function, end)) for end in ("C0", "C1"))
    elif depth < MAX_DEPTH:
        for part in array(get(function, "Functions")):
            yield from _stops(part, depth + 1)


def _fault(kind: int, space: Space, function: PdfValue, outputs: int | None) -> str:
    if not 1 <= kind <= 7:
        return "type"
    if not space.components:
        return "space"
    if function is None:
        return "" if kind >= 4 else "function"
    if outputs is None:
        return "function"
    return "" if outputs == space.components else "outputs"


def _outputs(function: PdfValue, depth: int = 0) -> int | None:
    """How many numbers a function, or an array of them, gives."""
    if depth > MAX_DEPTH:
        return None
    if several := array(function):
        counts = [_outputs(each, depth + 1) for each in several]
        return len(counts) if all(count == 1 for count in counts) else None
    kind = get(function, "FunctionType")
    if kind in {0, 4}:
        return len(numbers(get(function, "Range"))) // 2 or None
    if kind == 2:
        counts = [len(numbers(get(function, end))) if get(function, end) is not None else 1 for end in ("C0", "C1")]
        return counts[0] if counts[0] == counts[1] else None
    if kind == 3:
        parts = [_outputs(each, depth + 1) for each in array(get(function, "Functions"))]
        return parts[0] if parts and len(set(parts)) == 1 else None
    return None
