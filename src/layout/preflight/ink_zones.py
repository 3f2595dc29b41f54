"""How much ink each zone of a press's fountain must give: the plates' coverage in strips across the page, as CSV.

Zone 1 lies at the page's left edge, or at its head where the page lies on its side on the cylinder. The last zone is
narrower where the page ends within it: its coverage is that of what there is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image

from layout.press.model import PressProfile
from layout.units import MM, mm

COLUMNS = ("page", "plate", "zone", "from_mm", "to_mm", "coverage_percent")

LEAST = 0.01
"""Of a zone, what must lie on the page for it to be one: less is the rounding of millimetres."""


@dataclass(frozen=True, slots=True)
class InkZone:
    """One zone of one plate."""

    page: int
    plate: str
    number: int
    """From 1."""
    start_mm: float
    end_mm: float
    coverage: float
    """Percent of the zone's area on the trimmed page."""


def ink_zones(
    page: int,
    plates: Mapping[str, Image.Image],
    ppi: float,
    press: PressProfile,
    margin: tuple[float, float] = (0.0, 0.0),
) -> Iterator[InkZone]:
    """The zones of *page*, plate by plate, from its *plates* drawn at *ppi*: gray pictures, 255 a full dot.

    *margin*, points at either side and at top and bottom, is bleed and marks, and left out.
    """
    along = 0 if press.ink_zones_along == "width" else 1
    margin = (
        max(0.0, margin[0]),
        max(0.0, margin[1]),
    )  # rounded, a sheet without one may be a hair smaller than its page
    for plate, picture in plates.items():
        profile = _profile(picture, along, margin[1 - along] * ppi / 72)
        first, last = margin[along] * ppi / 72, picture.size[along] - margin[along] * ppi / 72
        wide = press.ink_zone_mm * MM * ppi / 72
        for number in range(ceil((last - first) / wide - LEAST)):
            start, end = first + number * wide, min(first + (number + 1) * wide, last)
            from_mm, to_mm = (round(mm(72 * (edge - first) / ppi), 2) for edge in (start, end))
            yield InkZone(page, plate, number + 1, from_mm, to_mm, round(_mean(profile, start, end), 3))


def _profile(picture: Image.Image, along: int, cut: float) -> Sequence[float]:
    """The mean ink, in percent, of every column of pixels (*along* 0) or row (1), without *cut* pixels at both ends."""
    across = 1 - along
    box = [0.0, 0.0, float(picture.width), float(picture.height)]
    box[across], box[across + 2] = cut, picture.size[across] - cut
    size = (picture.width, 1) if along == 0 else (1, picture.height)
    means = picture.convert("F").resize(size, Image.Resampling.BOX, (box[0], box[1], box[2], box[3]))
    return [value / 2.55 for value in memoryview(means.tobytes()).cast("f")]


def _mean(profile: Sequence[float], start: float, end: float) -> float:
    """The mean of *profile* from *start* to *end*, pixels that lie partly in it counted by that part."""
    first, last = floor(start), min(ceil(end), len(profile))
    parts = [(min(at + 1, end) - max(at, start), profile[at]) for at in range(first, last)]
    return sum(part * value for part, value in parts) / sum(part for part, _ in parts)


def as_csv(zones: Iterable[InkZone]) -> bytes:
    """The zones as CSV (RFC 4180) with a head: page, plate, zone, from_mm, to_mm, coverage_percent."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for zone in zones:
        edges = f"{zone.start_mm:g}", f"{zone.end_mm:g}"
        rows.writerow((zone.page, zone.plate, zone.number, *edges, f"{zone.coverage:.2f}"))
    return out.getvalue().encode("ascii")
