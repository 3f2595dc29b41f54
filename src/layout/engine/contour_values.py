"""The values of ``shape-outside`` and its kin (CSS Shapes 1; ``wrap-flow``: CSS Exclusions 1), checked and as values.

One word is ours: ``auto``, the silhouette of the photograph that stands in the box, where CSS would want its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from tinycss2.ast import Node
from weasyprint.css.properties import Dimension
from weasyprint.css.tokens import get_length, get_url, parse_2d_position, split_on_comma

Side = Literal["auto", "both", "start", "end", "maximum", "clear"]
SIDES: tuple[Side, ...] = ("auto", "both", "start", "end", "maximum", "clear")
BOXES = ("margin-box", "border-box", "padding-box", "content-box")
NO_LENGTH = Dimension(0, "px")
_CENTRE = (Dimension(50, "%"), Dimension(50, "%"))
_EXTENTS = ("closest-side", "farthest-side")
MOST_CORNERS = 400
"""Corners of a polygon: a hand-drawn outline has some dozens, and every row looks at each."""


@dataclass(frozen=True, slots=True)
class ShapeValue:
    """A value of ``shape-outside``: lengths are WeasyPrint's, in order, or words."""

    kind: Literal["box", "circle", "ellipse", "inset", "polygon", "auto", "image"]
    lengths: tuple[Any, ...] = ()
    """Of a circle its radius, of an ellipse two, then the centre; of an inset four and a radius; of a polygon pairs."""
    box: str = "margin-box"
    url: str = ""


def shape(tokens: Sequence[Node], base_url: str | None) -> ShapeValue | str | None:
    """``none``, or the value; None for what is no value."""
    if len(tokens) == 1:
        if tokens[0].type == "ident" and tokens[0].lower_value == "none":
            return "none"
        if tokens[0].type == "ident" and tokens[0].lower_value == "auto":
            return ShapeValue("auto", box="content-box")
        url = get_url(tokens[0], base_url)
        if url is not None:
            return ShapeValue("image", box="content-box", url=url[1][1]) if url[1][0] == "external" else None
    box, rest = "margin-box", [*tokens]
    for token in tokens:
        if token.type == "ident" and token.lower_value in BOXES:
            box = token.lower_value
            rest.remove(token)
    if not rest:
        return ShapeValue("box", box=box)
    if len(rest) != 1 or len(tokens) - len(rest) > 1 or rest[0].type != "function":
        return None
    readers = {"circle": _circle, "ellipse": _ellipse, "inset": _inset, "polygon": _polygon}
    name = rest[0].lower_name
    arguments = [token for token in rest[0].arguments if token.type not in ("whitespace", "comment")]
    lengths = readers[name](arguments) if name in readers else None
    return None if lengths is None else ShapeValue(cast("Any", name), lengths, box)


def margin(tokens: Sequence[Node]) -> Dimension | None:
    """A length or a percentage that is not below 0."""
    return get_length(tokens[0], negative=False, percentage=True) if len(tokens) == 1 else None


def threshold(tokens: Sequence[Node]) -> float | None:
    """A share of opacity, 0 to 1."""
    if len(tokens) == 1 and tokens[0].type in ("number", "percentage"):
        value = tokens[0].value / (100 if tokens[0].type == "percentage" else 1)
        return float(value) if 0 <= value <= 1 else None
    return None


def side(tokens: Sequence[Node]) -> str | None:
    """A side on which text may run."""
    word = tokens[0].lower_value if len(tokens) == 1 and tokens[0].type == "ident" else ""
    return word if word in SIDES else None


def _at(tokens: Sequence[Node]) -> tuple[Sequence[Node], tuple[Any, Any] | None]:
    """What stands before ``at``, and the centre after it; None where that is none."""
    for number, token in enumerate(tokens):
        if token.type == "ident" and token.lower_value == "at":
            return tokens[:number], parse_2d_position([*tokens[number + 1 :]])
    return tokens, _CENTRE


def _radius(token: Node) -> Any:
    if token.type == "ident" and token.lower_value in _EXTENTS:
        return token.lower_value
    return get_length(token, negative=False, percentage=True)


def _circle(tokens: Sequence[Node]) -> tuple[Any, ...] | None:
    before, centre = _at(tokens)
    radius = _radius(before[0]) if before else "closest-side"
    return None if len(before) > 1 or radius is None or centre is None else (radius, *centre)


def _ellipse(tokens: Sequence[Node]) -> tuple[Any, ...] | None:
    before, centre = _at(tokens)
    radii = [_radius(token) for token in before] or ["closest-side"] * 2
    return None if len(radii) != 2 or None in radii or centre is None else (*radii, *centre)


def _inset(tokens: Sequence[Node]) -> tuple[Any, ...] | None:
    radius: Any = NO_LENGTH
    edges = [*tokens]
    for number, token in enumerate(tokens):
        if token.type == "ident" and token.lower_value == "round":
            edges, rest = [*tokens[:number]], tokens[number + 1 :]
            radius = get_length(rest[0], negative=False) if len(rest) == 1 else None
    lengths = [get_length(token, percentage=True) for token in edges]
    if not 1 <= len(lengths) <= 4 or None in lengths or radius is None:
        return None
    top, right = lengths[0], lengths[1] if len(lengths) > 1 else lengths[0]
    bottom, left = lengths[2] if len(lengths) > 2 else top, lengths[3] if len(lengths) > 3 else right
    return top, right, bottom, left, radius


def _polygon(tokens: Sequence[Node]) -> tuple[Any, ...] | None:
    parts = split_on_comma([*tokens])
    if (
        parts
        and len(parts[0]) == 1
        and parts[0][0].type == "ident"
        and parts[0][0].lower_value in ("nonzero", "evenodd")
    ):
        parts = parts[1:]
    pairs = [[get_length(token, percentage=True) for token in part] for part in parts]
    good = 3 <= len(pairs) <= MOST_CORNERS and all(len(pair) == 2 and None not in pair for pair in pairs)
    return tuple(length for pair in pairs for length in pair) if good else None
