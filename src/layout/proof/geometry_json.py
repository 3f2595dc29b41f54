"""The types of a page's geometry in ``report.json``: where things stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from layout.preflight.geometry_reading import BoxJson, PageTextJson, RestJson


class FrameJson(BoxJson):
    """A frame of text."""

    id: str
    flow: str
    place: str | None


class PictureBoxJson(BoxJson):
    """A frame of a picture."""

    id: str
    picture: str
    place: str | None
    look: str
    placed: NotRequired[bool]


class ParagraphJson(BoxJson):
    """The lines of a paragraph that stand in one frame."""

    flow: str
    place: str | None
    characters: NotRequired[int]
    sha256: NotRequired[str]
    middles: NotRequired[str]
    size: NotRequired[float]


class CodeJson(BoxJson):
    """A QR code, without its quiet zone."""

    flow: str
    modules: int
    place: str | None
    turn: NotRequired[Sequence[float]]


class MarkJson(BoxJson):
    """What a style sheet draws."""

    kind: Literal["mark", "drawing"]
    name: str
    place: str | None


class HoleRuleJson(TypedDict):
    """What of a page's white is a hole."""

    column: float
    grave: bool
    filled: Sequence[BoxJson]


class PageGeometryJson(TypedDict):
    """Where things stand on a page."""

    width: float
    height: float
    row: float
    type_area: BoxJson
    frames: Sequence[FrameJson]
    pictures: Sequence[PictureBoxJson]
    paragraphs: Sequence[ParagraphJson]
    marks: Sequence[MarkJson]
    codes: NotRequired[Sequence[CodeJson]]
    printed: NotRequired[PageTextJson]
    rest: NotRequired[RestJson]
    type: Mapping[str, str]
    holes: HoleRuleJson | None
