"""The parts of WeasyPrint's objects that this package reads and calls, as protocols.

WeasyPrint and pydyf have no type annotations. These protocols state what we rely on, for the type checker only;
``tests/engine/test_weasyprint_contract.py`` checks WeasyPrint's behaviour. Lengths are in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol, TypeAlias, TypedDict, overload
from xml.etree.ElementTree import Element

from tinycss2.color4 import Color

_COLOURS: TypeAlias = Literal["color", "background_color"]
_LENGTHS: TypeAlias = Literal["letter_spacing", "line_height", "text_indent", "height", "min_height", "max_height"]
_KEYWORDS: TypeAlias = Literal["position", "float", "text_align_all"]


class Length(Protocol):
    """A computed length or number with its unit."""

    value: float
    unit: str | None


class ComputedStyle(Protocol):
    """The computed values of a box's properties, by the property's name with underscores."""

    @overload
    def __getitem__(self, key: Literal["font_size"]) -> float: ...
    @overload
    def __getitem__(self, key: Literal["font_family"]) -> Sequence[str]: ...
    @overload
    def __getitem__(self, key: _COLOURS) -> Color: ...
    @overload
    def __getitem__(self, key: _KEYWORDS) -> str: ...
    @overload
    def __getitem__(self, key: Literal["background_image"]) -> Sequence[tuple[str, object]]: ...
    @overload
    def __getitem__(self, key: _LENGTHS) -> Length | float | str: ...
    @overload
    def __getitem__(self, key: str) -> object:
        """Another property. A custom property (``__name``) has tokens, and raises ``KeyError`` if not set."""


class LayoutBox(Protocol):
    """A box of the layout.

    Only boxes of elements have ``element``, only boxes with content have ``children``, only block-like boxes have
    borders and margins: code that walks the tree checks with ``getattr`` and ``hasattr`` first.
    """

    element: Element
    element_tag: str
    style: ComputedStyle
    children: Sequence[LayoutBox]
    position_x: float
    position_y: float
    width: float
    height: float
    margin_bottom: float
    padding_bottom: float
    border_bottom_width: float

    def margin_width(self) -> float:
        """Width with padding, border and margin."""

    def margin_height(self) -> float:
        """Height with padding, border and margin."""

    def border_width(self) -> float:
        """Width with padding and border."""

    def border_height(self) -> float:
        """Height with padding and border."""

    def border_box_x(self) -> float:
        """Left edge of the border."""

    def border_box_y(self) -> float:
        """Top edge of the border."""

    def content_box_x(self) -> float:
        """Left edge of the content."""

    def content_box_y(self) -> float:
        """Top edge of the content."""


class EmbeddedFont(Protocol):
    """A font of the PDF, with the tables that are written for it."""

    hash: str
    family: str
    missing: object
    index: int
    file_content: bytes
    to_unicode: dict[int, str]
    widths: dict[int, int]


class _SourceImage(Protocol):
    id: str


class _PdfObject(Protocol):
    number: int


class PaintedImage(TypedDict):
    """A row of the table of images that a document's streams share."""

    image: _SourceImage
    x_object: _PdfObject | None


class PageStream(Protocol):
    """A content stream of the PDF; its methods write one operator each. See ``weasyprint.pdf.stream.Stream``."""

    stream: list[object]
    add_pattern: Callable[..., object]
    _current_color: object
    _fonts: Mapping[str, object]
    _images: Mapping[str, object]
    _resources: dict[str, dict[str, object]]

    def stacked(self) -> AbstractContextManager[None]:
        """Saves the graphics state, and restores it when the context ends."""

    def clone(self, **replaced: object) -> PageStream:
        """An empty stream of the same page, with other resources."""

    def transform(self, *matrix: float) -> None:
        """Transforms what follows."""

    def add_font(self, pango_font: object) -> tuple[EmbeddedFont, float]:
        """The embedded font of one of Pango's, and its size."""

    def set_alpha(self, alpha: float) -> None:
        """Sets the opacity of fills."""

    def set_color_space(self, space: str) -> None:
        """Sets the colour space of fills."""

    def set_color_special(self, name: None, stroke: bool, *operands: float) -> None:
        """Sets the colour in that space."""

    def move_to(self, x: float, y: float) -> None:
        """Begins a path."""

    def line_to(self, x: float, y: float) -> None:
        """Adds a line."""

    def curve_to(self, *points: float) -> None:
        """Adds a Bézier curve: two control points and the end, six numbers."""

    def rectangle(self, *sides: float) -> None:
        """Adds a rectangle: x, y, width, height."""

    def draw_x_object(self, name: str) -> None:
        """Draws a picture or form of the resources."""

    def close(self) -> None:
        """Closes the path."""

    def fill(self) -> None:
        """Fills the path."""

    def clip(self) -> None:
        """Clips to the path."""

    def end(self) -> None:
        """Ends the path without painting it."""

    def begin_marked_content(self, tag: str, property_list: object = None) -> None:
        """Begins a marked-content sequence."""

    def end_marked_content(self) -> None:
        """Ends it."""

    def begin_text(self) -> None:
        """Begins a text object."""

    def end_text(self) -> None:
        """Ends it."""

    def set_text_matrix(self, *matrix: float) -> None:
        """Sets the text matrix: six numbers."""

    def set_font_size(self, font: str, size: float) -> None:
        """Sets the font, by its ``hash``, and the size."""

    def set_text_rise(self, height: float) -> None:
        """Raises what follows above the baseline."""

    def show_text(self, text: str) -> None:
        """Shows the glyphs of one TJ array."""


class Gradient(Protocol):
    """A gradient of CSS or SVG."""

    repeating: bool

    def layout(self, width: float, height: float, style: ComputedStyle) -> GradientLayout:
        """Its geometry and stops at that size."""


class BackgroundLayer(Protocol):
    """One image of a box's background, laid out."""

    image: object
    repeat: Sequence[str]
    size: tuple[float, float]
    position: tuple[float, float]
    positioning_area: tuple[float, float, float, float]
    painting_area: tuple[float, float, float, float]
    unbounded: bool


GradientLayout: TypeAlias = tuple[
    float, str | None, Sequence[float] | None, Sequence[float] | None, Sequence[Color], Sequence[object]
]
"""Vertical scale, kind, points, positions, colours of the stops, hints between them."""
