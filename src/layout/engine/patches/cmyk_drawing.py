"""Gradients, blurred shadows and borders with light and shade in CMYK, which WeasyPrint 70 cannot draw.

WeasyPrint interpolates between stops of three numbers each (``# TODO: handle other color spaces``). Here a stop gives
all four of its inks where it asks for three, and the shading says DeviceCMYK. Nothing is converted: a gradient from
20 % cyan to 60 % cyan prints just these.

Changes functions of ``weasyprint.images``, ``weasyprint.draw``, ``weasyprint.svg.defs`` and ``weasyprint.pdf.stream``.
Needed for what is drawn: without it WeasyPrint stops at such a gradient with an error, or draws it in RGB. It saves no
time. ``tests/engine/test_cmyk.py`` fails when one of these functions moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pydyf
import weasyprint.draw as painting
import weasyprint.draw.color as shades
import weasyprint.svg.defs as drawings
from tinycss2.ast import DimensionToken, PercentageToken
from tinycss2.color4 import Color as AnyColor
from tinycss2.color5 import Color, parse_color
from weasyprint import images
from weasyprint.css.tokens import FIFTY_PERCENT
from weasyprint.pdf.stream import Stream

from layout.engine.weasyprint_types import BackgroundLayer, ComputedStyle, Gradient, GradientLayout, PageStream

CMYK = "device-cmyk"
_BLACK = (0.0, 0.0, 0.0, 1.0)
_WHITE = (0.0, 0.0, 0.0, 0.0)
_SHADE = 1.5
"""How much darker and lighter the sides of a border are; WeasyPrint's own figure for RGB."""
_ONCE = "painted_once"
"""The attribute of a tile that is never repeated."""
_NEAR = 0.01
"""CSS pixels: the rounding of lengths."""
_PURER = 1.25
"""A side in the shade loses so much of its colours before black is added: no more ink in all than the border's own."""


_Place: TypeAlias = DimensionToken | PercentageToken
"""A length or a share of the gradient's length."""


class CmykColor(Color):  # type: ignore[misc]  # tinycss2 is untyped
    """A CMYK colour with the interface of RGB: its first three numbers are its four inks, its fourth is alpha."""

    def to(self, space: str) -> CmykColor:
        """Itself: no other space is needed."""
        del space
        return CmykColor(CMYK, self.coordinates, self.alpha)

    def __getitem__(self, key: int | slice) -> object:
        """Alpha for 3, all inks for the first three."""
        if key == 3:
            return self.alpha
        return self.coordinates if key == slice(None, 3, None) else super().__getitem__(key)


def cmyk_color(color: AnyColor) -> AnyColor:
    """*color* as ``CmykColor`` where that is beyond doubt: CMYK, black, white, nothing at all; any other as it is."""
    if not isinstance(color, AnyColor) or isinstance(color, CmykColor):
        return color
    if color.space == CMYK:
        return CmykColor(CMYK, color.coordinates, color.alpha)
    known = {(0.0, 0.0, 0.0): _BLACK, (1.0, 1.0, 1.0): _WHITE} if color.space == "srgb" else {}
    inks = known.get(color.coordinates, None if color.alpha else _WHITE)
    return color if inks is None else CmykColor(CMYK, inks, color.alpha)


class _Gradient:
    """What ``Gradient.draw`` needs of a gradient, its stops as inks."""

    def __init__(self, gradient: Gradient):
        self._gradient = gradient
        self.repeating = gradient.repeating

    def layout(self, width: float, height: float, style: ComputedStyle) -> GradientLayout:
        """See ``Gradient.layout``."""
        scale, kind, points, positions, colors, hints = self._gradient.layout(width, height, style)
        return scale, kind, points, positions, [cmyk_color(color) for color in colors], hints


_draw_gradient = images.Gradient.draw
_add_shading = Stream.add_shading
_place_stops = images.process_color_stops
_draw_shadow = painting._draw_box_shadow
_draw_background = painting.draw_background_image
_darken, _lighten = shades.darken, shades.lighten


def _gradient(self: Gradient, stream: PageStream, width: float, height: float, style: ComputedStyle) -> None:
    _draw_gradient(_Gradient(self), stream, width, height, style)


def _shading(self: Stream, *where: Any, **more: object) -> pydyf.Dictionary:
    """A shading whose stops have four numbers is DeviceCMYK. *where*: kind, domain, points, extend, function, space."""
    parts = where[4]["Functions"]
    if all(len(part["C0"]) == len(part["C1"]) == 4 for part in parts):
        where = (*where[:5], "DeviceCMYK")
    return _add_shading(self, *where, **more)


def _stops(
    length: float, positions: Sequence[_Place | None], hints: Sequence[_Place], style: ComputedStyle
) -> tuple[list[float], list[float]]:
    """Positions and exponents. Where no hint is written the way between two stops is even.

    WeasyPrint puts the middle tone half way down the whole gradient then, not half way between the two.
    """
    places, exponents = _place_stops(length, positions, hints, style)
    return places, [1 if hint is FIFTY_PERCENT else one for hint, one in zip(hints, exponents, strict=True)]


def _average(colors: Sequence[AnyColor], positions: Sequence[float]) -> AnyColor:
    """The even tone that stands for a gradient without length (CSS Images 3, "gradient-average-color")."""
    stops = [cmyk_color(color) for color in colors]
    total = positions[-1] - positions[0]
    places = list(positions) if total else list(range(len(stops)))
    weights = [0.0] * len(stops)
    for index in range(1, len(stops)):
        for each in (index - 1, index):
            weights[each] += (places[index] - places[index - 1]) / (2 * (places[-1] - places[0]))
    alpha = sum(weight * stop.alpha for weight, stop in zip(weights, stops, strict=True))
    if not alpha:
        return CmykColor(CMYK, _WHITE, 0)
    bands = zip(*(stop.coordinates for stop in stops), strict=True)
    inks = [sum(w * stop.alpha * v for w, stop, v in zip(weights, stops, band, strict=True)) / alpha for band in bands]
    return CmykColor(CMYK, inks, alpha) if len(inks) == 4 else Color(stops[0].space, inks, alpha)


def _stop(string: str | None) -> AnyColor:
    """A stop of an SVG gradient."""
    return cmyk_color(parse_color(string or "") or parse_color("black"))


def _shadow(*arguments: object) -> None:
    """The last but one is the colour."""
    _draw_shadow(*arguments[:-2], cmyk_color(arguments[-2]), arguments[-1])


def _in_shade(color: AnyColor) -> AnyColor:
    shaded = cmyk_color(color)
    if not isinstance(shaded, CmykColor):
        return _darken(color)
    *colours, black = shaded.coordinates
    return CmykColor(CMYK, (*(value / _PURER for value in colours), 1 - (1 - black) / _SHADE), shaded.alpha)


def _in_light(color: AnyColor) -> AnyColor:
    lit = cmyk_color(color)
    if not isinstance(lit, CmykColor):
        return _lighten(color)
    return CmykColor(CMYK, [value / _SHADE for value in lit.coordinates], lit.alpha)


def _background(stream: PageStream, layer: BackgroundLayer, style: ComputedStyle) -> None:
    """A background that one tile covers whole never comes to a second tile.

    WeasyPrint makes a pattern of every background that may repeat, and gradients by default may. Where the box's edge
    falls between two pixels, poppler and Ghostscript begin the next tile there: a line in the gradient's first colour
    at its far end. Steps of twice the tile's size put the next tile out of their reach. (Painted without a pattern, in
    a clip, poppler's would be a pixel too wide.) ``painted_once`` marks such a tile: finishing makes a
    plain shading of it, unless it lets something through.
    """
    if layer.image is None or not _covers(layer):
        _tiled(stream, layer, style)
        return
    add_pattern = stream.add_pattern

    def alone(x: float, y: float, *size: Any) -> object:
        width, height, across, down, matrix = size
        tile = add_pattern(x, y, width, height, 2 * across, 2 * down, matrix)
        setattr(tile, _ONCE, True)
        return tile

    stream.add_pattern = alone
    try:
        _draw_background(stream, layer, style)
    finally:
        del stream.add_pattern


def painted_once(painted: object) -> bool:
    """Whether an object of WeasyPrint's PDF is a tile that covers all that is painted with it."""
    return getattr(painted, _ONCE, False)


def _tiled(stream: PageStream, layer: BackgroundLayer, style: ComputedStyle) -> None:
    """A background that does not repeat ends with its tile: WeasyPrint lets a gradient's last colour run on past it."""
    if layer.image is None or tuple(layer.repeat) != ("no-repeat", "no-repeat") or 0 in layer.size:
        _draw_background(stream, layer, style)
        return
    with stream.stacked():
        stream.rectangle(*(layer.positioning_area[at] + layer.position[at] for at in (0, 1)), *layer.size)
        stream.clip()
        stream.end()
        _draw_background(stream, layer, style)


def _covers(layer: BackgroundLayer) -> bool:
    """Whether the tile that stands where the layer's position says covers all that is painted."""
    if layer.unbounded:
        return False
    for low in (0, 1):
        tile = layer.positioning_area[low] + layer.position[low]
        area, long = layer.painting_area[low], layer.painting_area[low + 2]
        if tile > area + _NEAR or tile + layer.size[low] < area + long - _NEAR:
            return False
    return True


def install() -> None:
    """Replaces the functions. Doing it twice changes nothing."""
    images.Gradient.draw = _gradient
    images.gradient_average_color = _average
    images.process_color_stops = _stops
    Stream.add_shading = _shading
    drawings.color = _stop
    painting._draw_box_shadow = _shadow
    painting.draw_background_image = _background
    shades.darken, shades.lighten = _in_shade, _in_light
