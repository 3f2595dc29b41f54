"""Computed styles that do nothing where they stand: on the type of a frame, on what holds one, on a picture, on a box.

Which properties those are is the table's business (``design.css_support``); here is when a computed value of one
asks for something, and which declaration of the design says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast
from xml.etree.ElementTree import Element

from weasyprint.css.properties import INHERITED
from weasyprint.css.validation.expanders import EXPANDERS

from layout.checks import Finding, Severity
from layout.design import data_attributes as attribute
from layout.design.css_support import (
    CHECK,
    SupportRow,
    Target,
    hint_of,
    pseudo_row,
    told_on,
)
from layout.design.design_files import DesignFiles
from layout.engine.box_traits import element_name
from layout.engine.css_origins import DeclarationFinder, place_of_declaration
from layout.engine.frame_types import option_of, pseudo_style
from layout.engine.inner_effects import InnerEffect, of_run_in, of_table_part
from layout.engine.rounded_rows import broken_by_rounding
from layout.engine.style_conditions import Spot, asks_for_something, no_effect
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Hint, Message, Place
from layout.fontbook import Fontbook

# Shorthands whose names do not begin those of their longhands.
_SHORTHANDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "column-count": ("columns",), "column-width": ("columns",), "overflow-wrap": ("word-wrap",),
    "max-lines": ("line-clamp",), "block-ellipsis": ("line-clamp",), "continue": ("line-clamp",),
    "text-align-last": ("text-align",),
})  # fmt: skip

CONTOUR = ("shape-outside", "shape-margin", "shape-image-threshold", "wrap-flow")
"""What text runs around, and how."""
_UNSAID_WEIGHT = 400
"""The weight of every element where nothing is said."""
_LINE_STYLES = ("solid", "double", "wavy")
"""Styles of text decoration that are painted."""


def remarks_on_styles(page: LayoutBox, root: Element, files: DesignFiles, fontbook: Fontbook) -> tuple[Finding, ...]:
    """A finding for every declaration that has no effect where it stands, at the line that says it.

    *page* is the box of a page, *root* the root of its tree.
    """
    reader = _Remarks(DeclarationFinder(tuple(files.styles()), root), files, fontbook)
    reader.walk(page, ())
    return tuple(reader.found.values())


@dataclass
class _Remarks:
    finder: DeclarationFinder
    files: DesignFiles
    fontbook: Fontbook
    found: dict[tuple[str, Place | None], Finding] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)

    def walk(self, box: LayoutBox, holders: tuple[LayoutBox, ...]) -> list[LayoutBox]:
        """Looks at *box* and all in it; gives back the frames among them."""
        element = getattr(box, "element", None)
        own = element is not None and "::" not in str(box.element_tag) and id(element) not in self._seen
        is_frame = own and bool(box.element.get(attribute.FLOW))
        if own:
            self._seen.add(id(element))
        self.own_words(box)
        inside = (*holders, box) if own else holders
        frames = [frame for child in getattr(box, "children", ()) for frame in self.walk(child, inside)]
        if own and not any(holder.element.get(attribute.FLOW) for holder in holders):
            target: Target = "box"
            if is_frame:
                target, frames = "frame", [box]
            elif box.element.get(attribute.PICTURE):
                target = "picture"
            elif frames:
                target = "ancestor"
            self._look(Spot(target, box, frames))
        elif own:
            self._inner(box, [each for each in holders if each.element is not None])
        return frames

    def _inner(self, box: LayoutBox, holders: Sequence[LayoutBox]) -> None:
        """What stands in a frame to measure its type."""
        found: Iterator[InnerEffect] = iter(())
        if any(each.element.get(attribute.TABLE) for each in holders):
            found = of_table_part(box)
        elif box.element.get(attribute.PART) is not None:
            found = of_run_in(box, next(each for each in reversed(holders) if each.element.get(attribute.FLOW)))
        for name, message, hint in found:
            self._add(Spot("box", box, []), name, message, hint)

    def _look(self, spot: Spot) -> None:
        for name, row in told_on(spot.target).items():
            if asks_for_something(spot, name):
                self._tell(spot, name, row)
        if spot.target != "frame":
            self._rounding(spot)
        self._contour(spot)
        if spot.target == "frame":
            self._inline(spot)
            self._decoration(spot)
            self._weight(spot)
            self._hidden(spot)
            self._before_and_after(spot)
        if spot.target in ("frame", "ancestor"):
            self._opacity(spot)
            self._first_letter(spot)

    def _contour(self, spot: Spot) -> None:
        """A contour of what no text runs around."""
        if spot.box.element.get(attribute.AROUND) is None:
            for name in CONTOUR:
                if asks_for_something(spot, name):
                    hint = Message(
                        "给这个元素加上 data-around，文字才绕着它排",
                        "put data-around on the element: only then text runs around it",
                    )
                    self._add(spot, name, no_effect(name, spot), hint)
        elif getattr(spot.box.style["shape_outside"], "kind", "") == "auto" and spot.target != "picture":
            hint = Message(
                "auto 是图片自己的轮廓，写在图片位（data-picture）上；别的写 circle()、polygon() 或 margin-box",
                "auto is the contour of the picture in data-picture: write circle(), polygon() or margin-box",
            )
            self._add(spot, "shape-outside", no_effect("shape-outside", spot), hint)

    def _rounding(self, spot: Spot) -> None:
        pushed = broken_by_rounding(spot.box)
        if pushed is None or getattr(pushed, "element", None) is None:
            return
        names = ("width", "flex-basis", "flex")
        place = place_of_declaration(self.finder, self.files, pushed.element, names, inherited=False)
        message = Message(
            f"几个宽加起来正好是全宽，{element_name(pushed)} 因末位小数掉到下一行",
            f"the widths add up to the whole, and {element_name(pushed)} falls to the next row for the last digit",
        )
        hint = Message(
            "写 flex: 1 1 0，或宽度减一丝：calc(50% - 0.05pt)", "write flex: 1 1 0, or a hair less: calc(50% - 0.05pt)"
        )
        self._put(place, "width", message, hint)

    def _opacity(self, spot: Spot) -> None:
        """Type is printed in thinner ink, but not as a group with the ground that it stands on."""
        if not cast("float", spot.box.style["opacity"]) < 1:
            return
        on_ground = any(_has_ground(box) for frame in spot.frames for box in _between(spot.box, frame))
        if on_ground:
            hint = Message(
                "底色单放一个元素，或把底色、字色各写成淡的墨：device-cmyk(… / 50%)",
                "put the ground on an element of its own, or write both inks thinner: device-cmyk(… / 50%)",
            )
            message = Message(
                "opacity 不把文字和它的底色并成一层：淡的底色会透过字来",
                "opacity does not make one layer of type and its ground: the ground shines through the letters",
            )
            self._add(spot, "opacity", message, hint)

    def _decoration(self, spot: Spot) -> None:
        style, lines = spot.box.style, cast("Any", spot.box.style["text_decoration_line"])
        if lines == "none":
            return
        hint = Message(
            "写 text-decoration: underline，线型 solid、double 或 wavy",
            "write text-decoration: underline, its style solid, double or wavy",
        )
        names = ["text-decoration-style"] if style["text_decoration_style"] not in _LINE_STYLES else []
        names += ["text-decoration-line"] if "blink" in lines else []
        for name in names:
            self._add(spot, name, no_effect(name, spot), hint)

    def _weight(self, spot: Spot) -> None:
        """A weight that the typeface has not: the nearest is taken; and slanted type, of which there is none."""
        style = spot.box.style
        families, weight = style["font_family"], cast("int", style["font_weight"])
        italic = style["font_style"] != "normal"
        found = (self.fontbook.offered(family, italic=italic) for family in families)
        offered = next((each for each in found if each is not None), None)
        if offered is not None and not offered.has(weight) and weight != _UNSAID_WEIGHT:
            there = "、".join(offered.listed())
            message = Message(
                f"{offered.typeface} 没有 {weight} 的字重", f"{offered.typeface} has no face of weight {weight}"
            )
            hint = Message(f"写有的字重：{there}", f"write one that there is: {there.replace('、', ', ')}")
            self._add(spot, "font-weight", message, hint)
        if italic and (offered is None or not offered.italic):
            hint = Message("删去；要变化换楷体：Kai 400", "take it out; for a change of tone use Kai 400")
            self._add(spot, "font-style", no_effect("font-style", spot), hint)

    def _inline(self, spot: Spot) -> None:
        """An inline box is as wide as its words, and a frame has none when it is measured."""
        if type(spot.box).__name__ == "InlineBox":
            message = Message(
                f"文字框（{element_name(spot.box)}）是行内元素，没有自己的宽",
                f"the frame of text {element_name(spot.box)} is an inline element: it has no width of its own",
            )
            hint = Message("写 display: block 或 inline-block", "write display: block or inline-block")
            flow = spot.box.element.get(attribute.FLOW, "")
            place = place_of_declaration(self.finder, self.files, spot.box.element, ("display",), inherited=False)
            self._put(place or self.files.mention([f'"{flow}"', attribute.FLOW]), "display", message, hint)

    def _hidden(self, spot: Spot) -> None:
        if spot.box.style["visibility"] != "visible":
            message = Message(
                f"文字框（{element_name(spot.box)}）藏了起来，里面的字印不出来",
                f"the frame of text {element_name(spot.box)} is hidden: its copy is not printed",
            )
            hint = Message(
                "让它看得见；不要这段字，就从版式里去掉这个框", "show it; or leave the frame out of the page"
            )
            self._add(spot, "visibility", message, hint, Severity.ERROR)

    def _before_and_after(self, spot: Spot) -> None:
        """Words before or after in the flow lie upon the frame's first line."""
        for child in _in_flow_pseudo(spot.box):
            name = str(child.element_tag).partition("::")[2]
            row = pseudo_row(name)
            if row is not None and _words(child):
                place = self.finder.place(child.element, name, ("content",))
                self._put(place, f"::{name}", no_effect(f"::{name}", spot), hint_of(row, name))

    def own_words(self, box: LayoutBox) -> None:
        """Words that a style sheet writes itself: they are no copy, and the check of the text refuses them."""
        tag = str(getattr(box, "element_tag", "") or "")
        if tag.endswith(("::before", "::after", "::marker")) and (text := _words(box)):
            place = self.finder.place(box.element, tag.partition("::")[2], ("content",))
            place = place or self.finder.place(box.element, None, ("list-style-type", "list-style", "display"))
            message = Message(
                f"样式表自己写了字“{text}”，不是稿件里的", f"the style sheet writes words of its own, “{text}”"
            )
            hint = Message(
                "字写进稿件的 words，版式用 data-flow 框", "put them into the copy's words, and a data-flow frame here"
            )
            self._put(place, text, message, hint)

    def _first_letter(self, spot: Spot) -> None:
        if spot.target == "frame":
            self._initial_size(spot)
            return
        for name in ("first-letter", "first-line"):
            style, row = getattr(spot.box, f"{name.replace('-', '_')}_style", None), pseudo_row(name)
            if style and row is not None:
                place = self.files.pseudo_element(name)
                self._put(place, f"::{name}", no_effect(f"::{name}", spot), hint_of(row, name))

    def _initial_size(self, spot: Spot) -> None:
        """The size of a drop cap follows from its rows."""
        style = pseudo_style(spot.box, "first-letter")
        rows = option_of(style, "drop") if style is not None else None
        if style is not None and rows not in (None, "1") and style["font_size"] != spot.box.style["font_size"]:
            place = self.finder.place(spot.box.element, "first-letter", ("font-size", "font"))
            message = Message(
                "“font-size”对下沉的首字不起作用：大小由 --drop 的行数定",
                "“font-size” has no effect on a drop cap: --drop makes its size by its rows",
            )
            self._put(place, "font-size", message, Message("删去，或改 --drop", "take it out, or change --drop"))
        if option_of(spot.box.style, "lead-in") is not None and pseudo_style(spot.box, "first-line") is None:
            message = Message(
                "“--lead-in”不起作用：没有 ::first-line 说开头的字怎么排",
                "“--lead-in” has no effect: there is no ::first-line to say how the first words are set",
            )
            hint = Message("写 ::first-line { font-family: … }", "write ::first-line { font-family: … }")
            self._put(self.files.declared(("--lead-in",)), "--lead-in", message, hint)

    def _tell(self, spot: Spot, name: str, row: SupportRow) -> None:
        self._add(spot, name, no_effect(name, spot), hint_of(row, name))

    def _add(
        self, spot: Spot, name: str, message: Message, hint: Message, severity: Severity = Severity.WARNING
    ) -> None:
        """The finding, where it is the design that says so, and not the language's own style sheet."""
        names = (name, *_SHORTHANDS.get(name, ()), *(each for each in EXPANDERS if name.startswith(f"{each}-")))
        inherited = name.replace("-", "_") in INHERITED or name.startswith("text-decoration")
        place = place_of_declaration(self.finder, self.files, spot.box.element, names, inherited=inherited)
        if place is not None:
            self.found.setdefault((name, place), Finding(CHECK, severity, message, place, Hint(designer=hint)))

    def _put(self, place: Place | None, name: str, message: Message, hint: Message) -> None:
        self.found.setdefault((name, place), Finding(CHECK, Severity.WARNING, message, place, Hint(designer=hint)))


def _between(outer: LayoutBox, frame: LayoutBox) -> Iterator[LayoutBox]:
    """The boxes from *outer* down to *frame*, both included."""
    if outer is frame:
        yield frame
        return
    for child in getattr(outer, "children", ()):
        below = list(_between(child, frame))
        if below:
            yield outer
            yield from below
            return


def _has_ground(box: LayoutBox) -> bool:
    style = getattr(box, "style", None)
    if style is None or not hasattr(box, "border_top_width"):
        return False
    return bool(getattr(style["background_color"], "alpha", 0)) or any(
        kind != "none" for kind, _ in style["background_image"]
    )


def _in_flow_pseudo(box: LayoutBox) -> Iterator[LayoutBox]:
    for child in getattr(box, "children", ()):
        tag = str(getattr(child, "element_tag", "") or "")
        if tag.endswith(("::before", "::after")):
            if child.style["position"] not in ("absolute", "fixed"):
                yield child
        elif getattr(child, "element", None) is None or child.element is box.element:
            yield from _in_flow_pseudo(child)


def _words(box: LayoutBox) -> str:
    return "".join(getattr(part, "text", "") for part in _all(box)).strip()


def _all(box: LayoutBox) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _all(child)
