"""Reads frames, pictures and bands out of a laid-out page. CSS is the only place that says geometry and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import tinycss2
from weasyprint.document import Document

from layout.errors import Place, Said, TemplateError
from layout.fontbook import Fontbook
from layout.page.engine import Sheet
from layout.page.frames import Band, Box, Column, Frame, FrameType, Ink, MeasuredPage, PictureBox, RoleType
from layout.units import CSS_PX

OPTIONS = (
    "height", "fit", "kinsoku", "adjacent", "line-end", "line-start", "han-latin", "han-latin-max", "last-line-min-han",
    "break", "max-lines", "shape", "vertical", "valign", "keep-number-unit", "hang", "hyphenate", "gap-warn",
    "gap-error",
)  # fmt: skip
"""Custom properties that a design may set on a frame for the composer."""

_ALIGN = {"justify": "justify", "left": "start", "start": "start", "center": "center", "right": "end", "end": "end"}


@dataclass
class _Found:
    """A marked element's box, with the band and column it stands in."""

    key: str
    box: Any
    band: str | None
    column: str | None


def measure(sheet: Sheet, document: Document, page_no: int, fontbook: Fontbook) -> MeasuredPage:
    """The page's frames, picture boxes and bands, in document order, in points.

    Raises ``TemplateError`` when the design has no type area, ``FontError`` for a family that does not exist.
    """
    page_box = document.pages[0]._page_box
    area = next((box for box in _walk(page_box) if _attribute(box, "data-fill") is not None), None)
    if area is None:
        raise TemplateError(
            Said("版式没有标出版心", "the design marks no type area"),
            place=Place(str(sheet.template)),
            hint=Said("给版心元素加上 data-fill", "put data-fill on the type area's element"),
        )
    found = list(_marked(page_box, None, None, set()))
    reader = _Reader(sheet, fontbook)
    return MeasuredPage(
        page_no=page_no,
        width=page_box.margin_width() * CSS_PX,
        height=page_box.margin_height() * CSS_PX,
        type_area=_content(area),
        row=_leading(area.style),
        content_bottom=max((_foot(child) for child in area.children if _in_flow(child)), default=area.content_box_y())
        * CSS_PX,
        frames=tuple(reader.frame(item) for item in found if item.box.element.get("data-flow")),
        pictures=tuple(reader.picture(item) for item in found if item.box.element.get("data-picture")),
        columns=tuple(
            Column(i.key, _border(i.box), i.band) for i in found if _attribute(i.box, "data-column") is not None
        ),
        bands=tuple(reader.band(item) for item in found if item.box.element.get("data-band")),
    )


def _walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def _attribute(box: Any, name: str) -> str | None:
    element = getattr(box, "element", None)
    return None if element is None else element.get(name)


def _marked(box: Any, band: str | None, column: str | None, seen: set[str]) -> Iterator[_Found]:
    """The first box of every marked element: the others are its lines and anonymous parts."""
    key = _attribute(box, "data-key")
    if key is not None and key not in seen:
        seen.add(key)
        yield _Found(key, box, band, column)
        if _attribute(box, "data-band") is not None:
            band = key
        if _attribute(box, "data-column") is not None:
            column = key
    for child in getattr(box, "children", ()):
        yield from _marked(child, band, column, seen)


class _Reader:
    """Turns boxes into the dataclasses of ``frames``."""

    def __init__(self, sheet: Sheet, fontbook: Fontbook):
        self._sheet = sheet
        self._fontbook = fontbook
        self._chained = Counter(sheet.flows())

    def frame(self, item: _Found) -> Frame:
        box = item.box
        return Frame(
            id=item.key,
            flow=box.element.get("data-flow"),
            box=_content(box),
            type=self._type(box),
            band=item.band,
            column=item.column,
            height_by=self._height_by(item),
        )

    def _height_by(self, item: _Found) -> Literal["css", "lines", "rest"]:
        wish = dict(_options(item.box.style)).get("height")
        if item.band and (wish == "rest" or (wish is None and self._chained[item.box.element.get("data-flow")] > 1)):
            return "rest"
        return "lines" if item.box.style["height"] == "auto" else "css"

    def picture(self, item: _Found) -> PictureBox:
        low, high = _limits(item.box)
        element = item.box.element
        return PictureBox(item.key, element.get("data-picture"), _content(item.box), low, high, item.band, item.column)

    def band(self, item: _Found) -> Band:
        low, high = _limits(item.box)
        return Band(item.key, item.box.element.get("data-band"), _content(item.box), low, high)

    def _type(self, box: Any) -> FrameType:
        style = box.style
        roles = {"plain": self._role(style, box)}
        for part in _walk(box):
            role = _attribute(part, "data-role")
            if role is not None:
                roles[role] = self._role(part.style, part)
        options = dict(_options(style))
        spacing = style["letter_spacing"]
        if spacing != "normal":
            options["tracking"] = str(_number(spacing) / style["font_size"])
        return FrameType(
            roles=roles,
            leading=_leading(style),
            indent=_number(style["text_indent"]) * CSS_PX,
            align=_ALIGN.get(style["text_align_all"], "justify"),  # type: ignore[arg-type]
            vertical=options.get("vertical") == "1",
            options=options,
        )

    def _role(self, style: Any, box: Any) -> RoleType:
        families = [name for name in style["font_family"] if name not in ("serif", "sans-serif")]
        try:
            faces = tuple(self._fontbook.face_of(family).key for family in families)
        except Exception as error:
            if getattr(error, "place", "") is None:
                error.place = self._sheet.mention(families)  # type: ignore[attr-defined]
            raise
        return RoleType(faces or ("song-400",), style["font_size"] * CSS_PX, self._ink(style["color"], box))

    def _ink(self, colour: Any, box: Any) -> Ink:
        if colour.space == "device-cmyk":
            cyan, magenta, yellow, black = (round(float(part), 6) for part in colour.coordinates)
            return Ink(cyan, magenta, yellow, black, float(colour.alpha))
        if colour.to("srgb").coordinates == [0, 0, 0] or tuple(colour.to("srgb").coordinates) == (0, 0, 0):
            return Ink(0, 0, 0, 1, float(colour.alpha))
        raise TemplateError(
            Said(
                f"“{box.element.get('data-flow') or box.element.get('data-role')}”的颜色不是 CMYK",
                f"the colour of “{box.element.get('data-flow') or box.element.get('data-role')}” is not CMYK",
            ),
            place=Place(str(self._sheet.template)),
            hint=Said("写成 device-cmyk(0 1 0.95 0.05)", "write device-cmyk(0 1 0.95 0.05)"),
        )


def _in_flow(box: Any) -> bool:
    return box.style["position"] not in ("absolute", "fixed") and box.style["float"] == "none"


def _foot(box: Any) -> float:
    return float(box.position_y + box.margin_height())


def _options(style: Any) -> Iterator[tuple[str, str]]:
    for name in OPTIONS:
        try:
            tokens = style[f"__{name.replace('-', '_')}"]
        except KeyError:
            continue
        if tokens:
            yield name, tinycss2.serialize(tokens).strip()


def _content(box: Any) -> Box:
    return Box(box.content_box_x() * CSS_PX, box.content_box_y() * CSS_PX, box.width * CSS_PX, box.height * CSS_PX)


def _border(box: Any) -> Box:
    return Box(
        box.border_box_x() * CSS_PX,
        box.border_box_y() * CSS_PX,
        box.border_width() * CSS_PX,
        box.border_height() * CSS_PX,
    )


def _number(value: Any) -> float:
    """A computed length in CSS pixels."""
    return float(getattr(value, "value", value))


def _leading(style: Any) -> float:
    height = style["line_height"]
    if height == "normal":
        return float(style["font_size"]) * 1.5 * CSS_PX
    if getattr(height, "unit", None) == "px":
        return float(height.value) * CSS_PX
    return float(getattr(height, "value", height)) * float(style["font_size"]) * CSS_PX


def _limits(box: Any) -> tuple[float, float]:
    """min-height and max-height in points; both the box's own height where the CSS sets none."""
    height = box.height * CSS_PX
    low, high = box.style["min_height"], box.style["max_height"]
    least = _number(low) * CSS_PX if low != "auto" and _number(low) > 0 else height
    most = _number(high) * CSS_PX if getattr(high, "value", None) not in (None, float("inf")) else height
    return least, max(most, least)
