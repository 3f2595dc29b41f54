"""Reads a page's geometry back from a report on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.preflight.page_geometry import (
    CodeSpot,
    FrameUse,
    HoleRule,
    MarkSpot,
    PageGeometry,
    ParagraphSpot,
    PictureSpot,
    PrintedText,
    TypeOrigin,
    TypeProperty,
)

_PROPERTIES: Mapping[str, TypeProperty] = {"size": "size", "ink": "ink", "element": "element"}


class BoxJson(TypedDict):
    """A box as reports hold it."""

    x: float
    y: float
    width: float
    height: float


class SpotJson(BoxJson):
    """A box with what lies in it: which of the names it has depends on its list."""

    id: str
    picture: str
    flow: str
    kind: str
    name: str
    look: NotRequired[str]
    place: NotRequired[str | None]
    placed: NotRequired[bool]
    modules: NotRequired[int]
    turn: NotRequired[Sequence[float]]
    characters: NotRequired[int]
    sha256: NotRequired[str]
    middles: NotRequired[str]
    size: NotRequired[float]


class HolesJson(TypedDict):
    """What a report says of holes."""

    column: float
    grave: bool
    filled: Sequence[BoxJson]


class PrintedJson(TypedDict):
    """Text as a report holds it."""

    characters: int
    sha256: str


class RestJson(PrintedJson):
    """The text that stands in no paragraph."""

    middles: NotRequired[str]
    size: NotRequired[float]


class PageTextJson(BoxJson, PrintedJson):
    """All text of a page, with the box around the middles of its characters."""


class GeometryJson(TypedDict):
    """A page's geometry as a report holds it."""

    width: float
    height: float
    row: NotRequired[float]
    type_area: NotRequired[BoxJson]
    frames: NotRequired[Sequence[SpotJson]]
    pictures: NotRequired[Sequence[SpotJson]]
    paragraphs: NotRequired[Sequence[SpotJson]]
    marks: NotRequired[Sequence[SpotJson]]
    type: NotRequired[Mapping[str, str]]
    holes: NotRequired[HolesJson | None]
    codes: NotRequired[Sequence[SpotJson]]
    printed: NotRequired[PageTextJson]
    rest: NotRequired[RestJson]


def read_geometry(page: GeometryJson) -> PageGeometry:
    """The geometry of a page from a report that was read from disk; what an older report lacks is empty.

    Raises ``KeyError``, ``TypeError``, ``ValueError`` or ``AttributeError`` for what no build has written.
    """
    return PageGeometry(
        float(page["width"]),
        float(page["height"]),
        float(page.get("row", 0.0)),
        _box(page["type_area"]) if "type_area" in page else Box(0.0, 0.0, 0.0, 0.0),
        tuple(FrameUse(str(each["id"]), Chain.parse(each["flow"]), *_spot(each)) for each in page.get("frames", ())),
        tuple(
            PictureSpot(
                str(each["id"]),
                str(each["picture"]),
                *_spot(each),
                str(each.get("look", "")),
                placed=bool(each.get("placed")),
            )
            for each in page.get("pictures", ())
        ),
        tuple(
            ParagraphSpot(Flow.parse(each["flow"]), *_spot(each), _printed(each)) for each in page.get("paragraphs", ())
        ),
        tuple(MarkSpot(str(each["kind"]), str(each["name"]), *_spot(each)) for each in page.get("marks", ())),
        tuple(
            TypeOrigin(frame, _PROPERTIES[what], Place.parse(place))
            for (frame, _, what), place in ((key.rpartition("."), place) for key, place in page.get("type", {}).items())
        ),
        _holes(page.get("holes")),
        tuple(
            CodeSpot(Flow.parse(each["flow"]), int(each.get("modules", 0)), *_spot(each), _turn(each))
            for each in page.get("codes", ())
        ),
        _page_text(page.get("printed")),
        _printed(page.get("rest")),
    )


def _printed(text: SpotJson | RestJson | None) -> PrintedText | None:
    if text is None or "sha256" not in text:
        return None
    middles = tuple(_point(each) for each in str(text.get("middles", "")).split())
    return PrintedText(int(text["characters"]), str(text["sha256"]), None, middles, float(text.get("size", 0.0)))


def _point(written: str) -> tuple[float, float]:
    x, _, y = written.partition(",")
    return float(x), float(y)


def _page_text(text: PageTextJson | None) -> PrintedText | None:
    return None if text is None else PrintedText(int(text["characters"]), str(text["sha256"]), _box(text))


def _holes(rule: HolesJson | None) -> HoleRule | None:
    if rule is None:
        return None
    return HoleRule(float(rule["column"]), bool(rule["grave"]), tuple(map(_box, rule["filled"])))


def _turn(spot: SpotJson) -> Matrix:
    a, b, c, d, e, f = map(float, spot.get("turn", IDENTITY))
    return a, b, c, d, e, f


def _spot(spot: SpotJson) -> tuple[Place | None, Box]:
    written = spot.get("place")
    return (Place.parse(written) if written else None), _box(spot)


def _box(box: BoxJson) -> Box:
    return Box(float(box["x"]), float(box["y"]), float(box["width"]), float(box["height"]))
