"""A page with new heights, reckoned without laying it out: what stands lower because what is above it has grown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from layout.galley.columns import elastics
from layout.galley.row_solver import tiers_of
from layout.geometry import Box
from layout.page.frames import Frame, MeasuredPage


def reckoned(page: MeasuredPage, heights: Mapping[str, float]) -> MeasuredPage:
    """*page* with *heights* in points by key; its text frames stand as high or low as they will then.

    Frames in bands move with the band, and with the pictures and gaps above them in it; frames between bands move with
    the bands above. Frames that a design puts at a place of their own move too if they stand below a band: nothing that
    is reckoned with is read off those.
    """
    frames = tuple(_moved(page, frame, heights) for frame in page.frames)
    return replace(page, frames=frames)


def _moved(page: MeasuredPage, frame: Frame, heights: Mapping[str, float]) -> Frame:
    height = heights.get(frame.id, frame.box.height)
    above = _grown(page, frame, heights)
    inside = [e for e in elastics(page) if frame.band and e.band == frame.band and e.box.above_or_below(frame.box)]
    above += sum(heights.get(e.id, e.box.height) - e.box.height for e in inside if e.box.y < frame.box.y)
    box = frame.box
    return replace(frame, box=Box(box.x, box.y + above, box.width, height))


def _grown(page: MeasuredPage, frame: Frame, heights: Mapping[str, float]) -> float:
    """How much higher than now the tiers above the frame are, each by its tallest part."""
    top = next((band.box.y for band in page.bands if band.id == frame.band), frame.box.y)
    total = 0.0
    for tier in tiers_of(page):
        if max(part.box.y for part in tier) < top - 0.01 and all(part.id != frame.band for part in tier):
            now = max(part.box.height for part in tier)
            total += max(heights.get(part.id, part.box.height) for part in tier) - now
    return total
