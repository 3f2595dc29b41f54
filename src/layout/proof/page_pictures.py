"""Pictures of pages that together stay within so many bytes: the finest of several resolutions that fits."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image

from layout.proof.raster import page_image, page_size

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolution:
    """How finely pages are drawn: pixels per inch, and JPEG's quality."""

    ppi: float
    quality: int


RESOLUTIONS = (
    Resolution(110, 50),
    Resolution(90, 45),
    Resolution(72, 42),
    Resolution(60, 38),
    Resolution(48, 35),
    Resolution(36, 32),
    Resolution(24, 30),
    Resolution(16, 25),
    Resolution(10, 20),
)
"""The finest is that of the stamped proof. At the last, a thousand pages of a broadsheet take three million bytes."""

LEGIBLE_PPI = 60
"""At fewer, a character of 9 pt has less than 8 pixels, and running text can no longer be read."""


def small_jpeg(image: Image.Image, at: Resolution) -> bytes:
    """*image* as a JPEG that takes little: half the size of one of a proof. The same picture gives the same bytes."""
    out = io.BytesIO()
    image.save(
        out, "JPEG", quality=at.quality, dpi=(at.ppi, at.ppi), subsampling="4:2:0", optimize=True, progressive=True
    )
    return out.getvalue()


def trimmed_image(pdf: bytes, index: int, ppi: float, offset: tuple[float, float]) -> Image.Image:
    """Page *index* (from 0) without the bleed and the marks around it, which are *offset* points wide and high."""
    return trimmed(page_image(pdf, index, ppi), ppi, offset)


def earlier_image(old: bytes, new: bytes, index: int, ppi: float, offset: tuple[float, float]) -> Image.Image:
    """Page *index* (from 0) of the round before, trimmed as *new* is; of another size whole, as wide as that."""
    before, after = page_size(old, index), page_size(new, index)
    if all(abs(one - other) <= SAME for one, other in zip(before, after, strict=True)):
        return trimmed_image(old, index, ppi, offset)
    width = after[0] - 2 * offset[0]
    return page_image(old, index, ppi * min(width / before[0], width * LONGEST / before[1]))


SAME = 0.5
"""Points by which two sheets of one size may differ."""

LONGEST = 4
"""Times the width that a page of another size may be high."""


def trimmed(image: Image.Image, ppi: float, offset: tuple[float, float]) -> Image.Image:
    """A picture of a sheet without what is *offset* points wide at its sides, and high at its head and foot."""
    across, down = (round(points * ppi / 72) for points in offset)
    return image.crop((across, down, image.width - across, image.height - down))


def finest(
    draw: Callable[[int, Resolution], T],
    size: Callable[[T], int],
    pages: Sequence[int],
    budget: int,
    resolutions: Sequence[Resolution] = RESOLUTIONS,
) -> tuple[list[T], Resolution]:
    """What *draw* makes of every one of *pages* at the finest of *resolutions* at which all take no more than *budget*
    bytes by *size*; at the coarsest where none does.
    """
    for at in resolutions:
        made: list[T] = []
        taken = 0
        for page in pages:
            made.append(draw(page, at))
            taken += size(made[-1])
            if taken > budget and at is not resolutions[-1]:
                break
        else:
            return made, at
    raise ValueError("no resolution to draw at")
