"""Heights of bands and pictures that are fixed before copyfit begins: those of a page that was made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from layout.page.frames import Band, MeasuredPage, PictureBox

_SPARE = 0.02
"""Of a row: by so much more, edges do not take another."""


@dataclass(frozen=True, slots=True)
class PinnedRows:
    """Heights that are fixed, in rows: of bands by their names, borders and paddings with them; of pictures by id."""

    bands: Mapping[str, int]
    pictures: Mapping[str, int]


def edge_rows(band: Band, row: float) -> int:
    """The rows of *row* points that the borders and paddings of *band* take."""
    return ceil(band.edges / row - _SPARE)


def with_pinned(page: MeasuredPage, rows: PinnedRows) -> MeasuredPage:
    """*page* with the heights that are fixed."""

    def band(own: Band) -> Band:
        if own.name not in rows.bands:
            return own
        height = (rows.bands[own.name] - edge_rows(own, page.row)) * page.row
        return replace(own, min_height=height, max_height=height, pinned=True)

    def picture(own: PictureBox) -> PictureBox:
        if own.picture not in rows.pictures:
            return own
        height = rows.pictures[own.picture] * page.row
        return replace(own, min_height=height, max_height=height)

    bands, pictures = tuple(map(band, page.bands)), tuple(map(picture, page.pictures))
    return replace(page, bands=bands, pictures=pictures, arranged=True)
