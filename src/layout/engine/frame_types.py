"""The type of a frame read out of its computed style: faces, size, leading, colour, and the composer's options."""

from __future__ import annotations

from collections.abc import Iterator

import tinycss2
from tinycss2.color4 import Color

from layout.design import data_attributes as attribute
from layout.design.custom_properties import OPTIONS, OptionName, Options
from layout.design.design_files import DesignFiles
from layout.engine.weasyprint_types import ComputedStyle, LayoutBox, Length
from layout.errors import LayoutError, Message, Place, TemplateError
from layout.fontbook import Fontbook
from layout.page.frames import FrameType, Ink, RoleType
from layout.units import CSS_PX

_KEYS = {name: f"__{name.replace('-', '_')}" for name in OPTIONS}
_ALIGN = {"justify": "justify", "left": "start", "start": "start", "center": "center", "right": "end", "end": "end"}


class TypeReader:
    """Reads types out of the boxes of a page of *design*."""

    def __init__(self, design: DesignFiles, fontbook: Fontbook):
        self._design = design
        self._fontbook = fontbook

    def frame_type(self, box: LayoutBox) -> FrameType:
        """The type of a frame, with the roles and the kinds of paragraph that its probes stand for."""
        kinds = {part.element.attrib[attribute.KIND]: self._type(part) for part in _parts(box, attribute.KIND)}
        return self._type(box, kinds)

    def _type(self, box: LayoutBox, kinds: dict[str, FrameType] | None = None) -> FrameType:
        style = box.style
        roles = {"plain": self._role(style, box)}
        for part in _parts(box, attribute.ROLE):
            roles.setdefault(part.element.attrib[attribute.ROLE], self._role(part.style, part))
        options, spacing = options_of(style), style["letter_spacing"]
        if spacing != "normal":
            options = {**options, "tracking": str(number(spacing) / style["font_size"])}
        return FrameType(
            roles=roles,
            leading=leading_of(style),
            indent=number(style["text_indent"]) * CSS_PX,
            align=_ALIGN.get(style["text_align_all"], "justify"),  # type: ignore[arg-type]
            vertical=options.get("vertical") == "1",
            options=options,
            kinds=kinds or {},
        )

    def _role(self, style: ComputedStyle, box: LayoutBox) -> RoleType:
        families = [name for name in style["font_family"] if name not in ("serif", "sans-serif")]
        try:
            faces = tuple(self._fontbook.face_of(family).key for family in families)
        except LayoutError as fault:
            raise (fault if fault.place else fault.at(self._design.mention(families))) from fault.__cause__
        return RoleType(faces or ("song-400",), style["font_size"] * CSS_PX, self._ink(style["color"], box))

    def _ink(self, colour: Color, box: LayoutBox) -> Ink:
        if colour.space == "device-cmyk":
            cyan, magenta, yellow, black = (round(float(part), 6) for part in colour.coordinates)
            return Ink(cyan, magenta, yellow, black, float(colour.alpha))
        if tuple(colour.to("srgb").coordinates) == (0, 0, 0):
            return Ink(0, 0, 0, 1, float(colour.alpha))
        what = next(filter(None, map(box.element.get, (attribute.FLOW, attribute.KIND, attribute.ROLE))), "")
        raise TemplateError(
            Message(f"“{what}”的颜色不是 CMYK", f"the colour of “{what}” is not CMYK"),
            place=Place(str(self._design.template)),
            hint=Message("写成 device-cmyk(0 1 0.95 0.05)", "write device-cmyk(0 1 0.95 0.05)"),
        )


def options_of(style: ComputedStyle) -> Options:
    """The custom properties of ``OPTIONS`` that a style sets, without their dashes."""
    return {name: value for name in OPTIONS if (value := option_of(style, name))}


def option_of(style: ComputedStyle, name: OptionName) -> str | None:
    """One custom property that a style sets, by its name without dashes before it; None where it does not."""
    try:
        tokens = style[_KEYS[name]]
    except KeyError:
        return None
    return tinycss2.serialize(tokens).strip() if tokens else None


def number(value: Length | float | str) -> float:
    """A computed length in CSS pixels."""
    return float(value if isinstance(value, int | float | str) else value.value)


def leading_of(style: ComputedStyle) -> float:
    """A style's line-height in points."""
    height = style["line_height"]
    if height == "normal":
        return float(style["font_size"]) * 1.5 * CSS_PX
    if getattr(height, "unit", None) == "px":
        return number(height) * CSS_PX
    return number(height) * float(style["font_size"]) * CSS_PX


def _parts(box: LayoutBox, mark: str) -> Iterator[LayoutBox]:
    """The boxes in *box* that bear *mark*, but not those of a kind of paragraph when roles are asked for outside it."""
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        if element is not None and element.get(mark) is not None and child.element is not box.element:
            yield child
        elif element is None or element.get(attribute.KIND) is None or element is box.element:
            yield from _parts(child, mark)
