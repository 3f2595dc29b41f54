"""The silhouette of a picture with clear parts: what is seen of it, stretch by stretch of its height."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from layout.errors import PictureError, Place
from layout.pictures.opening import opened, strictly, upright

STRETCHES = 160
"""Of the height: of a picture as high as half a broadsheet each is 4.5 pt, a third of a row of text."""

Silhouette = tuple[tuple[float, float] | None, ...]
"""Of each stretch, from the top, the leftmost and the rightmost seen, as shares of the width; None where all is clear.
"""


def silhouette_of(path: Path, threshold: float) -> Silhouette | None:
    """The silhouette of the pixels more opaque than *threshold*; None of a picture that has no clear parts.

    None too where it cannot be read: developing it raises the fault.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return _silhouette(data, path.name, threshold)


@lru_cache(maxsize=8)
def _silhouette(data: bytes, name: str, threshold: float) -> Silhouette | None:
    try:
        with strictly(Place(name)):
            image = opened(data, Place(name))
            clear = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
            if not clear:
                return None
            alpha = upright(image).convert("RGBA").getchannel("A")
    except PictureError:
        return None
    least = threshold * 255
    seen = alpha.point([255 if value > least else 0 for value in range(256)])
    width, height = seen.size
    edges = [round(height * k / STRETCHES) for k in range(STRETCHES + 1)]
    found: list[tuple[float, float] | None] = []
    for top, bottom in pairwise(edges):
        box = seen.crop((0, top, width, max(bottom, top + 1))).getbbox()
        found.append((box[0] / width, box[2] / width) if box else None)
    return tuple(found)
