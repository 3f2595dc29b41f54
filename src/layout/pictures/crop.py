"""Crops pictures: which part of a picture its box shows, and which heights of the box show enough of it.

A box of another shape than its picture cuts some of the picture away; it is filled, never letterboxed. The design says
how much may go (``--crop-max``), how much must stand around the focal point (``--focus-room``) and how much closer the
picture may be brought so that the point comes towards the middle (``--zoom-max``); the editor names the point and, if
need be, the part that must stay whole (``focus``, ``keep`` in issue.toml); the press, how many pixels to an inch.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import Literal

ShareBox = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of a whole, of a picture or of its box: 0 to 1."""

PixelBox = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the upright picture."""

CROP = 100.0
"""What a picture all of which is cut away costs, beside one cut as the design's own height cuts it; shares squared."""
FOCUS_ROOM = 0.1
"""Share of the picture's width and height that stays in view on each side of the focal point."""
_MIDDLE = 1 / 3
"""The focal point stands well when it is so far from the edges of what is shown (the rule of thirds)."""
_NOTICEABLE = 0.01
"""Share of the picture beyond which a crop is reported as a concession."""
_EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Original:
    """A picture as delivered: its upright size, the part that matters, and the least resolution for the press."""

    pixels: tuple[int, int]
    focus: tuple[float, float] = (0.5, 0.5)
    keep: ShareBox | None = None
    least_ppi: float = 0.0
    """Pixels to the printed inch below which it would be remarked on."""
    file: Path | None = None
    """Where its pixels are, for whoever must look at them."""


@dataclass(frozen=True, slots=True)
class CropRules:
    """What the design allows of a picture's crop."""

    most: float = 1.0
    """Share of the picture that may be cut away."""
    room: float = FOCUS_ROOM
    zoom: float = 1.0
    """How much larger than filling its box demands it may be shown."""


@dataclass(frozen=True, slots=True)
class View:
    """What a box shows of a picture."""

    shown: ShareBox
    """In shares of the picture."""
    zoom: float
    ppi: float
    """Pixels to the printed inch."""
    cut: float
    """Share of the picture's width or height by which what must be seen is cut."""

    @property
    def visible(self) -> tuple[float, float]:
        """Shares of the picture's width and height that are shown."""
        left, top, right, bottom = self.shown
        return right - left, bottom - top

    @property
    def lost(self) -> float:
        """Share of the picture that is cut away."""
        return max(0.0, 1 - self.visible[0] * self.visible[1])

    @property
    def why(self) -> Literal["whole", "width", "height", "zoom"]:
        """Why it is cropped: not at all; the box is narrower, or flatter; it was brought closer to its focal point."""
        if self.zoom > 1 + _EPS:
            return "zoom"
        if self.lost < 0.005:
            return "whole"
        return "width" if self.visible[0] < self.visible[1] else "height"


@dataclass(frozen=True, slots=True)
class CroppedPicture:
    """The crop at a box's final height beside the crop at the height that the design prefers."""

    picture: str
    """The picture's id."""
    view: View
    wanted: View
    """The crop at the height that the design prefers."""
    faults: tuple[float, float, float]
    """How far the limits are broken; see ``faults``."""
    rules: CropRules

    @property
    def cost(self) -> float:
        """What it costs that more is cut away than the design's own height would cut."""
        return crop_cost(self.view, self.wanted)

    @property
    def cropped_more(self) -> bool:
        """Whether noticeably more is cut away than the design's own height would cut."""
        return self.view.lost - self.wanted.lost > _NOTICEABLE


def crop(
    size: tuple[int, int], aspect: float, focus: tuple[float, float], keep: ShareBox | None = None, zoom: float = 1.0
) -> PixelBox:
    """The part, in pixels, of a picture of *size* that fills a box of that width ÷ height.

    The largest such part, *zoom* times smaller; as near to *focus* as its edges allow, and with *keep* in it where that
    is not larger.
    """
    width, height = size
    wide, high = (height * aspect, float(height)) if width > height * aspect else (float(width), width / aspect)
    wide, high = wide / zoom, high / zoom
    left = _placed(focus[0] * width, wide, width, keep and (keep[0] * width, keep[2] * width))
    top = _placed(focus[1] * height, high, height, keep and (keep[1] * height, keep[3] * height))
    return left, top, left + wide, top + high


def _placed(focus: float, length: float, whole: float, keep: tuple[float, float] | None) -> float:
    """Where a window of *length* begins: its middle on *focus*, but with *keep* in it, but inside the picture."""
    start = focus - length / 2
    if keep is not None and keep[1] - keep[0] <= length:
        start = min(max(start, keep[1] - length), keep[0])
    elif keep is not None:
        start = (keep[0] + keep[1] - length) / 2
    return min(max(start, 0.0), max(whole - length, 0.0))


def view(original: Original, rules: CropRules, width: float, height: float) -> View:
    """What a box of *width* × *height* points shows of a picture, brought closer where the design lets it."""
    plain = _view(original, rules, width, height, 1.0)
    zoom = _zoom(original, plain)
    if 1 < zoom <= rules.zoom + _EPS:
        closer = _view(original, rules, width, height, zoom)
        if not any(faults(closer, original, rules)):
            return closer
    return plain


def _zoom(original: Original, plain: View) -> float:
    """How much closer the picture must come for its focal point to stand off the edges of what is shown."""
    needed = [
        length * _MIDDLE / max(min(focus, 1 - focus), _EPS)
        for focus, length in zip(original.focus, plain.visible, strict=True)
    ]
    return max(1.0, *needed)


def _view(original: Original, rules: CropRules, width: float, height: float, zoom: float) -> View:
    across, down = original.pixels
    left, top, right, bottom = crop(original.pixels, width / height, original.focus, original.keep, zoom)
    shown = (left / across, top / down, right / across, bottom / down)
    return View(shown, zoom, (right - left) / (width / 72), _cut(shown, _wanted(original, rules)))


def _wanted(original: Original, rules: CropRules) -> ShareBox:
    """The part that must be seen: the editor's ``keep``, else the surroundings of the focal point."""
    if original.keep is not None:
        return original.keep
    (x, y), room = original.focus, rules.room
    return max(0.0, x - room), max(0.0, y - room), min(1.0, x + room), min(1.0, y + room)


def _cut(shown: ShareBox, wanted: ShareBox) -> float:
    """By how much *wanted* reaches out of *shown*."""
    return max(0.0, shown[0] - wanted[0], shown[1] - wanted[1], wanted[2] - shown[2], wanted[3] - shown[3])


def faults(seen: View, original: Original, rules: CropRules) -> tuple[float, float, float]:
    """By how much a view breaks each limit: the part that must be seen, the share cut away, pixels to the inch."""
    cut = seen.cut if seen.cut > _EPS else 0.0
    lost = seen.lost - rules.most if seen.lost > rules.most + _EPS else 0.0
    # Resolutions are compared as whole numbers (GWG 2015), as the remarks on the finished picture are.
    short = max(0.0, original.least_ppi - round(seen.ppi))
    return cut, lost, short


def allowed(
    original: Original, rules: CropRules, box: tuple[float, float], row: float, rows: Iterable[int]
) -> dict[int, float]:
    """The heights, of these *rows*, that show enough of the picture, and what each costs for what it cuts away.

    *box* is the picture's as the design wants it, width and height in points.

    Where none does, the nearest to what the design *wanted* and those that are no worse in any way. The height wanted
    costs nothing: the design asked for that crop.
    """
    width, wanted = box[0], box[1] / row
    rows = [number for number in rows if number > 0]
    views = {number: view(original, rules, width, number * row) for number in rows}
    broken = {number: faults(seen, original, rules) for number, seen in views.items()}
    good = [number for number in rows if not any(broken[number])]
    if rows and not good:
        bar = broken[min(rows, key=lambda number: (round(abs(number - wanted), 3), number))]
        good = [n for n in rows if all(one <= most + _EPS for one, most in zip(broken[n], bar, strict=True))]
    own = view(original, rules, width, max(wanted, 1.0) * row)
    return {number: crop_cost(views[number], own) for number in good}


def size_for(original: Original, rules: CropRules, width: float, height: float) -> tuple[int, int]:
    """The least pixels across and down with which a picture of the same shape is enough for a box of *width* × *height*
    points, in whole tens; those that it has where they are enough.
    """
    across, down = original.pixels
    short = original.least_ppi / view(replace(original, least_ppi=0.0), rules, width, height).ppi
    if short <= 1:
        return across, down
    return ceil(across * short / 10) * 10, ceil(down * short / 10) * 10


def crop_cost(seen: View, wanted: View) -> float:
    """What it costs that *seen* cuts more away than *wanted*, which is what the design's own height shows."""
    return round(CROP * max(0.0, seen.lost**2 - wanted.lost**2), 6)


def cropped(
    picture: str, original: Original, rules: CropRules, width: float, heights: tuple[float, float]
) -> CroppedPicture:
    """The picture in a box of *width* points; *heights* are the box's final height and the one the design wants."""
    seen, wanted = (view(original, rules, width, height) for height in heights)
    return CroppedPicture(picture, seen, wanted, faults(seen, original, rules), rules)


def pixels_for(crop: PixelBox, inches: tuple[float, float], target_ppi: float) -> tuple[tuple[int, int], PixelBox]:
    """The pixel size at *target_ppi*, and the crop to take it from.

    Never more pixels than the crop has: below the target the crop is snapped to whole pixels, nothing is resampled.
    """
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    if width / inches[0] > target_ppi:
        return (max(1, round(inches[0] * target_ppi)), max(1, round(inches[1] * target_ppi))), crop
    pixels = max(1, round(width)), max(1, round(height))
    left, top = round(crop[0]), round(crop[1])
    return pixels, (left, top, left + pixels[0], top + pixels[1])
