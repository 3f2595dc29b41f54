"""Suggests pictures' limits: how many rows beyond them one picture would have to go, its crop still within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil

from layout.copyfit.advice.unfull_page import UnfullPage, set_anew
from layout.copyfit.crop_limits import rules_of
from layout.copyfit.scores import Suggestion
from layout.copyfit.search.converge import Fitting, SettledPage
from layout.errors import Message
from layout.flows import Chain
from layout.galley import costs
from layout.galley.line_demand import elastic
from layout.galley.page_tree import level_with, tree_of
from layout.page.frames import Band, MeasuredPage, PictureBox
from layout.page.row_tree import Stack, meeting
from layout.pictures.crop import allowed

_PICTURES = 4
_MORE_ROWS = 3
"""A picture is tried at the rows that the sums ask for, and so many beyond."""
_FARTHEST = 0.6
"""A picture is not asked to change by more than this share of its height: that would be another design."""


def picture_limits(case: UnfullPage, chain: Chain, lines: int, way: int) -> Iterator[Suggestion]:
    """One picture beyond its limits: as few rows as would do."""
    row, least = case.page.row, lines - costs.TOLERATED if way > 0 else lines
    wishes: list[tuple[int, str, int, PictureBox]] = []
    for picture in case.fitting.page.pictures:
        columns = _columns(case, chain, picture)
        if columns and picture.best > 0:
            wishes.append((max(1, ceil(least / columns)), picture.id, ceil(lines / columns), picture))
    for first, _, last, picture in sorted(wishes, key=lambda wish: wish[:2])[:_PICTURES]:
        farthest = int(_FARTHEST * picture.best / row)
        for number in range(first, min(last + _MORE_ROWS - 1, farthest) + 1):
            other = _stretched(case.fitting, picture, way * number)
            made = None if other is None else set_anew(other, case.made.chains)
            if made is None or not case.mended(chain, made):
                continue
            if _stands(case, made):
                limited = [
                    each.name for each in _level(case.fitting.page, picture) if each.max_height - each.min_height > 0.01
                ]
                yield _stretch(chain, picture, way * number, limited)
                return
            break


def _stands(case: UnfullPage, made: SettledPage) -> bool:
    """Whether nothing meets that stood apart, once the page is laid out with the heights of *made*.

    A limit may stand for what the CSS puts at a place of its own, which no sum of rows knows of.
    """
    return not _collisions(case.fitting, made) - _collisions(case.fitting, case.made)


def _collisions(fitting: Fitting, made: SettledPage) -> set[tuple[str, str]]:
    """The frames and pictures that overlap, by their keys."""
    page = fitting.canvas.measured(fitting.decision(made.fit))
    boxes = [(each.id, each.box) for each in page.frames] + [(each.id, each.box) for each in page.pictures]
    return {
        (one, other)
        for (one, box), (other, another) in combinations(boxes, 2)
        if box.beside(another) and box.above_or_below(another)
    }


def _columns(case: UnfullPage, chain: Chain, picture: PictureBox) -> int:
    """How many frames of the chain find room when the picture gives up a row: those it stands in the column of.

    A picture in a band above or below gives the row to those whose height it adds up with; one beside them gives none.
    """
    frames = [frame for frame in case.page.chains()[chain] if elastic(frame)]
    own = [frame for frame in frames if frame.band == picture.band]
    if own:
        return sum(1 for frame in own if picture.box.above_or_below(frame.box))
    tree, band = tree_of(case.fitting.page), picture.band
    return sum(
        1 for frame in frames if band and frame.band and isinstance(meeting(tree, band, frame.band), Stack)
    )  # fmt: skip


def _stretched(fitting: Fitting, picture: PictureBox, rows: int) -> Fitting | None:
    """*fitting* with one picture free to be so many rows lower (negative) or higher; None where its crop forbids."""
    row = fitting.page.row
    least, most = round(picture.min_height / row), round(picture.max_height / row)
    span = range(max(1, least + min(rows, 0)), most + max(rows, 0) + 1)
    own: dict[int, float] = dict.fromkeys(span, 0.0)
    if picture.picture in fitting.originals:
        box = picture.box.width, picture.best
        own = allowed(fitting.originals[picture.picture], rules_of(picture), box, row, span)
        if not set(own) - set(range(least, most + 1)):
            return None
    changed = replace(
        picture, allowed=own, min_height=min(own, default=least) * row, max_height=max(own, default=most) * row
    )
    pictures = tuple(changed if each.id == picture.id else each for each in fitting.page.pictures)
    level = {each.id for each in _level(fitting.page, picture)}
    bands = tuple(_freer(each, rows * row) if each.id in level else each for each in fitting.page.bands)
    return replace(fitting, page=replace(fitting.page, pictures=pictures, bands=bands))


def _level(page: MeasuredPage, picture: PictureBox) -> tuple[Band, ...]:
    """The picture's band, and those that have their height in common with it."""
    keys = () if picture.band is None else level_with(tree_of(page), picture.band)
    return tuple(each for each in page.bands if each.id in keys)


def _freer(band: Band, points: float) -> Band:
    """*band* with limits, where it has any, so much farther off."""
    if band.max_height - band.min_height < 0.01:
        return band
    return replace(band, min_height=band.min_height + min(points, 0.0), max_height=band.max_height + max(points, 0.0))


def _stretch(chain: Chain, picture: PictureBox, rows: int, bands: Sequence[str]) -> Suggestion:
    limit, zh, en = ("min-height", "矮", "lower") if rows < 0 else ("max-height", "高", "taller")
    also_zh = "".join(f"，版块 {band} 也是" for band in bands)
    also_en = "".join(f", and of band {band}" for band in bands)
    message = Message(
        f"图片 {picture.picture} 的 {limit} 放{zh} {abs(rows)} 行{also_zh}",
        f"let picture {picture.picture} be {abs(rows)} rows {en} ({limit}{also_en})",
    )
    return Suggestion(chain, message, "designer", {"picture": picture.picture, "rows": rows})
