"""Suggests larger files: a picture that its pixels keep small, as tall as the design would let it be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from layout.copyfit.advice.unfull_page import UnfullPage, set_anew
from layout.copyfit.pixel_limits import PixelLimit, pixel_limits, pixels_for
from layout.copyfit.scores import Suggestion
from layout.errors import Message
from layout.flows import Chain

_TRIED = 4
"""So many pictures are tried, the first of the page first."""


def larger_files(case: UnfullPage, chain: Chain) -> Iterator[Suggestion]:
    """One picture with pixels enough, and how many those are, with which *chain* leaves nothing empty."""
    fitting, row = case.fitting, case.fitting.page.row
    for limit in islice(pixel_limits(fitting.page.pictures, row, fitting.originals), _TRIED):
        own = limit.picture
        pictures = tuple(
            replace(each, allowed=limit.costs) if each.id == own.id else each for each in fitting.page.pictures
        )
        made = set_anew(replace(fitting, page=replace(fitting.page, pictures=pictures)), case.made.chains)
        if made is not None and case.mended(chain, made):
            rows = round(made.fit.heights.get(own.id, own.best) / row)
            yield _larger_file(chain, limit, rows, pixels_for(limit, fitting.originals, rows, row))


def _larger_file(chain: Chain, limit: PixelLimit, rows: int, pixels: tuple[int, int]) -> Suggestion:
    name, (across, down), (wide, high) = limit.picture.picture, limit.pixels, pixels
    message = Message(
        f"换图 {name} 的大图：现有 {across}×{down} 像素，有 {wide}×{high} 像素就能高到 {rows} 行",
        f"give picture {name} a larger file: it has {across}×{down} pixels, with {wide}×{high} it may be {rows} rows"
        " high",
    )
    return Suggestion(chain, message, "editor", {"picture": name, "rows": rows, "pixels": [wide, high]})
