"""Styles that do nothing on what the program puts into a frame to measure its type: parts of a table, the flows that
stand on one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from layout.design import data_attributes as attribute
from layout.design.css_support import told_on
from layout.engine.style_conditions import Spot, asks_for_something, no_effect
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Message

_SIDES = ("top", "right", "bottom", "left")
_SOLID = Message("表格的线都是实线：写 solid", "rules of tables are solid: write solid")
_WIDTH = Message("列宽由格里的字定；要宽些就加 padding", "columns go by their words; give padding for more")
_GROUND = Message("写 background-color，一种颜色", "write background-color, one colour")
_ROOM = Message("前后的空写 margin-left、margin-right", "write margin-left or margin-right for the room beside it")
_ON_FRAME = Message("写在有 data-run-in 的框上，管整行", "write it on the frame with data-run-in, for the whole line")
_OWN_FRAME = Message("去掉；要它，就给这一段自己的框", "take it out; for that give the flow a frame of its own")
_BESIDE = ("padding-left", "padding-right")
_NOT_ON_A_LINE = (
    "margin-top", "margin-bottom", "padding-top", "padding-bottom", "background-color", "background-image",
    *(f"border-{side}-style" for side in _SIDES), "width", "height", "min-width", "min-height", "max-width",
    "max-height", "position", "top", "right", "bottom", "left", "float", "vertical-align", "transform", "display",
)  # fmt: skip
_OF_THE_LINE = ("letter-spacing", "text-align-all", "text-indent")
"""What the frame says for all of its line. So it does of the line's height; but ``font: 12pt/20pt …`` is written for
the size.
"""
_ALWAYS = {"vertical-align": "baseline", "transform": ()}
"""What does nothing on a line whatever it says, with what it says of itself."""


class InnerEffect(NamedTuple):
    """A property that has no effect, and what to write instead."""

    name: str
    message: Message
    hint: Message


def of_table_part(box: LayoutBox) -> Iterator[InnerEffect]:
    """What is not painted of a table of the copy, or not obeyed."""
    spot, style, is_cell = Spot("box", box, []), box.style, box.element.tag in ("th", "td")
    for side in _SIDES:
        if style[f"border_{side}_style"] not in ("none", "hidden", "solid"):
            yield _effect(f"border-{side}-style", spot, _SOLID)
    if is_cell and style["width"] != "auto":
        yield _effect("width", spot, _WIDTH)
    if any(kind != "none" for kind, _ in style["background_image"]):
        yield _effect("background-image", spot, _GROUND)


def of_run_in(box: LayoutBox, frame: LayoutBox) -> Iterator[InnerEffect]:
    """What does nothing on one of the flows that stand on one line in *frame*: it has type, and room beside it."""
    spot, name = Spot("frame", box, []), box.element.get(attribute.PART)
    for names, hint in ((_BESIDE, _ROOM), (_NOT_ON_A_LINE, _OWN_FRAME)):
        yield from (_of_part(each, name, hint) for each in names if _is_asked(spot, each))
    yield from (_of_part(each, name, _OWN_FRAME) for each in told_on("frame") if asks_for_something(spot, each))
    for each in _OF_THE_LINE:
        key = each.replace("-", "_")
        if box.style[key] != frame.style[key]:
            yield _of_part(each.removesuffix("-all"), name, _ON_FRAME)


def _is_asked(spot: Spot, name: str) -> bool:
    """Whether the design says something of a property that nothing inherits."""
    style = spot.box.style
    if name == "background-color":
        return bool(style["background_color"].alpha > 0)  # colours are equal whose alpha differs
    if name in _ALWAYS:
        return bool(style[name.replace("-", "_")] != _ALWAYS[name])
    return asks_for_something(Spot("box", spot.box, []), name)


def _effect(name: str, spot: Spot, hint: Message) -> InnerEffect:
    return InnerEffect(name, no_effect(name, spot), hint)


def _of_part(name: str, part: str | None, hint: Message) -> InnerEffect:
    message = Message(
        f"“{name}”写在接排在一行里的一段（[data-part={part}]）上不起作用",
        f"“{name}” has no effect on a flow that stands on one line with others ([data-part={part}])",
    )
    return InnerEffect(name, message, hint)
