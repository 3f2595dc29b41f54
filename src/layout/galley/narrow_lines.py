"""Lines that a shape leaves less than their column: what is wrong with one is mended at the shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor

from layout.checks import Finding
from layout.composer import Remark
from layout.errors import Message
from layout.galley.slots import Slot
from layout.page.frames import FrameType

_OF_MEASURE = ("loose", "very_loose", "short_address", "overlong", "torn_name", "torn_unit", "torn_title", "torn_item")
"""Remarks that a wider line would not have."""
_EPS = 0.05


def beside_shape(
    finding: Finding, remark: Remark, types: tuple[FrameType, FrameType], slots: Sequence[Slot], at: int
) -> Finding:
    """*finding*, which words a *remark* on the line in slot *at*; *types* are the line's and its frame's. Where it
    stands beside a shape, with what the designer can do there: the characters that the shape leaves, the indent among
    them, and what would leave none.
    """
    if at >= len(slots) or remark.what not in _OF_MEASURE or finding.hint is None:
        return finding
    (type_, body), length = types, slots[at].length
    if length > max(each.length for each in slots if each.frame == slots[at].frame) - _EPS:
        return finding
    characters, more = floor(length / type_.size + _EPS), floor(length / body.size + _EPS) + 1
    indent = round(type_.indent / type_.size) if remark.line == 0 else 0
    zh = f"（首行缩进占去 {indent} 字）" if indent > 0 else ""
    en = f", {indent} of them the indent" if indent > 0 else ""
    designer = Message(
        f"绕排的图旁边，这一行只有 {characters} 字宽{zh}：--least-measure 写 {more}，这里就不排；或把图移开一点",
        f"beside the shape the line has {characters} characters{en}: with --least-measure: {more} none stands there; or"
        " move the shape",
    )
    amount = {**finding.amount, "cause": "shape", "characters": characters}
    return replace(finding, hint=replace(finding.hint, designer=designer), amount=amount)
