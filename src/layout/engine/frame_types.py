"""The type of a frame read out of its computed style: faces, size, leading, colour, and the composer's options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, cast
from xml.etree.ElementTree import Element

import tinycss2
from tinycss2.color4 import Color

from layout.design import data_attributes as attribute
from layout.design.custom_properties import OPTIONS, OptionName, Options
from layout.design.design_files import DesignFiles
from layout.engine.css_origins import DeclarationFinder, place_of_declaration
from layout.engine.weasyprint_types import ComputedStyle, LayoutBox, Length
from layout.errors import LayoutError, Message, Place, TemplateError
from layout.fontbook import Fontbook
from layout.page.frames import (
    INITIAL,
    LEAD_IN,
    FrameType,
    InitialType,
    Ink,
    LeadIn,
    PartGaps,
    RoleType,
    TextLines,
    part_role,
)
from layout.units import CSS_PX

_KEYS = {name: f"__{name.replace('-', '_')}" for name in OPTIONS}
LEAST_SIZE = 1.0
"""Points: no type or leading is smaller; a microprinted line is 0.7 pt and no newspaper's."""
MOST_LEADING = 1500.0
"""Points: a line higher than a broadsheet (540 mm = 1,531 pt) stands on none."""
_USUAL = ("Song 400",)
"""Where a style names no family but CSS's generic ones."""
MOST_ROWS = 12
"""Rows of a drop cap: one as high as a third of a tabloid's column is a picture."""
MOST_WORDS = 200
"""Characters of a lead-in: more are a paragraph."""
_LINES: tuple[Literal["underline", "overline", "line-through"], ...] = ("underline", "overline", "line-through")
_STYLES: dict[str, Literal["solid", "double", "wavy"]] = {"double": "double", "wavy": "wavy"}
_PLAIN = {(0.0, 0.0, 0.0): 1.0, (1.0, 1.0, 1.0): 0.0}
"""The colours that need no inks, black and white, with their black."""
_GROUNDS = ("background-color", "background", "border-color", "border", "border-top", "border-bottom")
"""Where else the style of a table's cell may have a colour."""
_ALIGN = {"justify": "justify", "left": "start", "start": "start", "center": "center", "right": "end", "end": "end"}


class TypeReader:
    """Reads types out of the boxes of a page of *design*."""

    def __init__(self, design: DesignFiles, fontbook: Fontbook, root: Element):
        self._design = design
        self._fontbook = fontbook
        self._root = root

    def frame_type(self, box: LayoutBox, opacity: float = 1.0) -> FrameType:
        """The type of a frame, with the roles and the kinds of paragraph that its probes stand for.

        *opacity* is that of all that the frame stands in, taken together.
        """
        opacity *= cast("float", box.style["opacity"])
        kinds = {
            part.element.attrib[attribute.KIND]: self.type_of(part, opacity * cast("float", part.style["opacity"]))
            for part in parts_of(box, attribute.KIND)
        }
        type_ = self.type_of(box, opacity, kinds)
        initial, lead = self._initial(box, opacity), self._lead_in(box, opacity)
        if box.element.get(attribute.RUN_IN) is not None:
            type_ = self._with_parts(type_, box, opacity)
        own = {} if initial is None else {INITIAL: initial.role}
        own |= {} if lead is None else {LEAD_IN: lead.role}
        if not own:
            return type_
        dressed = {kind: replace(each, roles={**each.roles, **own}) for kind, each in type_.kinds.items()}
        return replace(type_, initial=initial, lead=lead, roles={**type_.roles, **own}, kinds=dressed)

    def _with_parts(self, type_: FrameType, box: LayoutBox, opacity: float) -> FrameType:
        """*type_* with the types of the flows that stand on one line."""
        roles, gaps = dict(type_.roles), dict[str, PartGaps]()
        for part in parts_of(box, attribute.PART):
            name, own = part.element.attrib[attribute.PART], opacity * cast("float", part.style["opacity"])
            roles[part_role(name)] = self._role(part.style, part, own)
            gaps[name] = PartGaps(_margin(part.style["margin_left"]), _margin(part.style["margin_right"]))
        return replace(type_, roles=roles, parts=gaps)

    def _initial(self, box: LayoutBox, opacity: float) -> InitialType | None:
        """How the frame's first letter is dressed: by ``::first-letter``, or by ``--drop`` alone."""
        own = pseudo_style(box, "first-letter")
        style = box.style if own is None else own
        rows = option_of(style, "drop")
        if own is None and rows is None:
            return None
        gap = style["margin_bottom" if option_of(box.style, "vertical") == "1" else "margin_right"]
        gap = number(cast("Length", gap)) * CSS_PX if own is not None and gap != "auto" else 0.0
        return InitialType(
            self._role(style, box, opacity), self._count(box, "drop", rows or "1", MOST_ROWS), gap or None
        )

    def _lead_in(self, box: LayoutBox, opacity: float) -> LeadIn | None:
        """How the frame's first words are dressed by ``::first-line``."""
        style = pseudo_style(box, "first-line")
        if style is None:
            return None
        words = option_of(style, "lead-in")
        role = self._role(style, box, opacity)
        if words is None or words == "clause":
            return LeadIn(role, "clause" if words else None)
        return LeadIn(role, self._count(box, "lead-in", words, MOST_WORDS))

    def _count(self, box: LayoutBox, option: OptionName, text: str, most: int) -> int:
        """A custom property of a letter or of words that counts. Raises ``TemplateError`` for what counts nothing."""
        if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
            return int(text)
        raise TemplateError(
            Message(f"--{option} 的值“{text[:60]}”不认得", f"--{option} has a value nobody knows: “{text[:60]}”"),
            place=self.place(box, (f"--{option}",)),
            hint=Message(f"写一个整数，1 到 {most}", f"write a whole number, 1 to {most}"),
        )

    def type_of(self, box: LayoutBox, opacity: float, kinds: dict[str, FrameType] | None = None) -> FrameType:
        """The type of any box that stands for copy, with the roles whose probes are in it."""
        style = box.style
        roles = {"plain": self._role(style, box, opacity)}
        for part in parts_of(box, attribute.ROLE):
            own = opacity * cast("float", part.style["opacity"])
            roles.setdefault(part.element.attrib[attribute.ROLE], self._role(part.style, part, own))
        self.check_leading(box)
        options, spacing = options_of(style), style["letter_spacing"]
        if spacing != "normal":
            options = {**options, "tracking": str(number(spacing) / style["font_size"])}
        if style["hanging_punctuation"]:
            options = {**options, "hanging-punctuation": " ".join(cast("Any", style["hanging_punctuation"]))}
        return FrameType(
            roles=roles,
            leading=leading_of(style),
            indent=number(style["text_indent"]) * CSS_PX,
            align=_ALIGN.get(style["text_align_all"], "justify"),  # type: ignore[arg-type]
            vertical=options.get("vertical") == "1",
            options=options,
            kinds=kinds or {},
        )

    def _role(self, style: ComputedStyle, box: LayoutBox, opacity: float) -> RoleType:
        families = [name for name in style["font_family"] if name not in ("serif", "sans-serif")]
        weight = cast("int", style["font_weight"])
        if not LEAST_SIZE <= style["font_size"] * CSS_PX <= MOST_LEADING:
            small = style["font_size"] * CSS_PX < LEAST_SIZE
            zh, en = ("小", "small") if small else ("大", "large")
            message = Message(f"字号太{zh}，排不出来", f"the type is too {en} to be set")
            hint = Message("font-size 写正文的字号，如 9.5pt", "give font-size a size of type, such as 9.5pt")
            raise TemplateError(message, place=self.place(box, ("font-size", "font")), hint=hint)
        italic = style["font_style"] != "normal"
        try:
            found = self._fontbook.list_of(families or _USUAL, weight, italic=italic)
        except LayoutError as fault:
            raise (fault if fault.place else fault.at(self._design.mention(families))) from fault.__cause__
        faces = tuple(face.key for face in found)
        if style["visibility"] != "visible":
            opacity = 0.0
        ink = self.ink_of(style["color"], box, opacity)
        return RoleType(faces, style["font_size"] * CSS_PX, ink, self._lines(style, box, opacity))

    def check_leading(self, box: LayoutBox) -> None:
        """Raises ``TemplateError`` for lines without height, or higher than any sheet."""
        leading = leading_of(box.style)
        if not LEAST_SIZE <= leading <= MOST_LEADING:
            message = Message(f"行距是 {leading:g} pt，排不出来", f"lines cannot be {leading:g} pt apart")
            hint = Message("line-height 写行距，如 15pt", "give line-height the distance of lines, such as 15pt")
            raise TemplateError(message, place=self.place(box, ("line-height", "font")), hint=hint)

    def place(self, box: LayoutBox, names: Sequence[str]) -> Place:
        """Where the design gives the element of *box* one of the properties *names*; else its template."""
        finder = DeclarationFinder(tuple(self._design.styles()), self._root)
        found = place_of_declaration(finder, self._design, box.element, names, inherited=True)
        return found or Place(str(self._design.template))

    def _lines(self, style: ComputedStyle, box: LayoutBox, opacity: float) -> TextLines | None:
        """The lines along the type; None where the style asks for none."""
        kinds = tuple(kind for kind in _LINES if kind in cast("Any", style["text_decoration_line"]))
        if not kinds:
            return None
        colour, size = cast("Any", style["text_decoration_color"]), style["font_size"]
        return TextLines(
            kinds,
            self.ink_of(style["color"] if colour == "currentcolor" else colour, box, opacity),
            _STYLES.get(cast("str", style["text_decoration_style"]), "solid"),
            _length(style["text_decoration_thickness"], size),
            _length(style["text_underline_offset"], size),
        )

    def ink_of(self, colour: Color, box: LayoutBox, opacity: float) -> Ink:
        """A computed colour of *box* as the press prints it. Raises ``TemplateError`` for one that is not CMYK."""
        alpha = float(colour.alpha) * opacity
        if colour.space == "device-cmyk":
            cyan, magenta, yellow, black = (round(float(part), 6) for part in colour.coordinates)
            return Ink(cyan, magenta, yellow, black, alpha)
        plain = tuple(round(float(part), 6) for part in colour.to("srgb").coordinates)
        if plain in _PLAIN:
            return Ink(0, 0, 0, _PLAIN[plain], alpha)
        marks = (attribute.FLOW, attribute.KIND, attribute.ROLE, attribute.TABLE)
        what = next(filter(None, map(box.element.get, marks)), box.element.tag)
        raise TemplateError(
            Message(f"“{what}”的颜色不是 CMYK", f"the colour of “{what}” is not CMYK"),
            place=self.place(box, ("color", "text-decoration-color", "text-decoration", *_GROUNDS)),
            hint=Message("写成 device-cmyk(0 1 0.95 0.05)", "write device-cmyk(0 1 0.95 0.05)"),
        )


def pseudo_style(box: LayoutBox, name: Literal["first-letter", "first-line"]) -> ComputedStyle | None:
    """What the design says of a frame's first letter or line; None where it says nothing."""
    return cast("ComputedStyle | None", getattr(box, f"{name.replace('-', '_')}_style", None))


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


def _length(value: object, size: float) -> float | None:
    """A computed length in points, or a share of *size*, which is in CSS pixels; None for a keyword."""
    if isinstance(value, str) or value is None:
        return None
    if getattr(value, "unit", None) == "%":
        return cast("Length", value).value / 100 * size * CSS_PX
    return number(cast("Length | float", value)) * CSS_PX


def _margin(value: object) -> float:
    """A computed margin in points; none where it is ``auto``."""
    return 0.0 if value == "auto" else number(cast("Length", value)) * CSS_PX


def leading_of(style: ComputedStyle) -> float:
    """A style's line-height in points."""
    height = style["line_height"]
    if height == "normal":
        return float(style["font_size"]) * 1.5 * CSS_PX
    if getattr(height, "unit", None) == "px":
        return number(height) * CSS_PX
    return number(height) * float(style["font_size"]) * CSS_PX


_APART = (attribute.KIND, attribute.TABLE)


def parts_of(box: LayoutBox, mark: str) -> Iterator[LayoutBox]:
    """The boxes in *box* that bear *mark*, but none in a kind of paragraph or in a table that *box* is not part of."""
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        if element is not None and element.get(mark) is not None and child.element is not box.element:
            yield child
        elif element is None or element is box.element or not any(element.get(each) is not None for each in _APART):
            yield from parts_of(child, mark)
