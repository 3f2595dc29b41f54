"""When the computed value of a property asks for something, of those that have no effect where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from weasyprint.css.properties import INHERITED, INITIAL_VALUES

from layout.design.css_support import Target
from layout.engine.box_traits import element_name
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Message
from layout.geometry import Matrix, is_rigid

_STUCK_OUT = 0.5
"""CSS pixels that a frame may reach over the edge of what would cut it off: rounding."""


_SUBJECTS: Mapping[Target, Message] = MappingProxyType({
    "frame": Message("文字框", "a frame of text"),
    "ancestor": Message("装着文字框的元素", "an element that holds frames of text"),
    "picture": Message("图片位", "a picture's place"),
    "box": Message("元素", "an element"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """An element's first box, where it stands, and the frames in it."""

    target: Target
    box: LayoutBox
    frames: Sequence[LayoutBox]


def _is_negative(spot: Spot) -> bool:
    value = spot.box.style["z_index"]
    return isinstance(value, int) and value < 0


def _justified_last(spot: Spot) -> bool:
    last, all_ = spot.box.style["text_align_last"], spot.box.style["text_align_all"]
    return last not in ("auto", "start") and (last != all_ or all_ == "justify")


def _sticks_out(spot: Spot) -> bool:
    """Whether a frame reaches over the edge where *spot* cuts its other contents off.

    A box that is as high as its contents grows with its lines.
    """
    box = cast("Any", spot.box)
    if box.style["overflow"] == "visible":
        return False
    left, top, right, bottom = box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()
    right, bottom, fixed = left + right, top + bottom, box.style["height"] != "auto"
    return any(
        frame.content_box_x() < left - _STUCK_OUT
        or frame.content_box_x() + frame.width > right + _STUCK_OUT
        or (fixed and frame.content_box_y() < top - _STUCK_OUT)
        or (fixed and frame.content_box_y() + frame.height > bottom + _STUCK_OUT)
        for frame in spot.frames
    )


def _in_cell(spot: Spot) -> bool:
    return spot.box.style["display"] == ("table-cell",) and spot.box.style["vertical_align"] not in ("baseline", "top")


def _no_columns(spot: Spot) -> bool:
    """Whether columns are asked for where none are made: of type, or on a box that is out of the flow of blocks."""
    style = spot.box.style
    if style["column_count"] == "auto" and style["column_width"] == "auto":
        return False
    out = style["position"] in ("absolute", "fixed") or style["float"] != "none"
    inner = cast("Sequence[str]", style["display"])
    return spot.target in ("frame", "ancestor") or out or inner in (("inline", "flow-root"), ("table-cell",))


def _scales(spot: Spot) -> bool:
    """Whether type would be enlarged, slanted or mirrored: it can be turned and moved."""
    matrix = getattr(spot.box, "transformation_matrix", None)
    return matrix is not None and not is_rigid(cast("Matrix", tuple(float(each) for each in matrix.values)))


_ASKS: Mapping[str, Callable[[Spot], bool]] = MappingProxyType({
    "font-kerning": lambda spot: spot.box.style["font_kerning"] == "none",
    "hyphens": lambda spot: spot.box.style["hyphens"] == "auto",
    "text-align-last": _justified_last,
    "vertical-align": _in_cell,
    "z-index": _is_negative,
    "overflow": _sticks_out,
    "column-count": _no_columns,
    "column-width": _no_columns,
    "transform": _scales,
    "transform-origin": lambda _: False,  # without transform it does nothing anywhere
    "content": lambda spot: spot.box.style["content"] not in ("normal", "none", "inhibit"),
})  # fmt: skip
"""When a property asks for something, where that is not simply any value but the initial one."""


def asks_for_something(spot: Spot, name: str) -> bool:
    """Whether the computed value of the property *name* asks for something that is not done."""
    key = name.replace("-", "_")
    if key not in INITIAL_VALUES:
        return False
    style = spot.box.style
    if key not in INHERITED and key not in getattr(style, "cascaded", {}):
        return False
    asks = _ASKS.get(name)
    return asks(spot) if asks else style[key] != INITIAL_VALUES[key]


def no_effect(name: str, spot: Spot) -> Message:
    """That the property *name* has no effect where it stands."""
    subject, element = _SUBJECTS[spot.target], element_name(spot.box)
    return Message(
        f"“{name}”写在{subject.zh}（{element}）上不起作用", f"“{name}” has no effect on {subject.en} ({element})"
    )
