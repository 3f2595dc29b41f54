"""How a headline may stand over a piece: the sizes and lines in which its sense breaks, and the white it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from layout.design.custom_properties import Options
from layout.design.shapes import Head, Shape
from layout.flows import Chain
from layout.galley.galley import set_chain
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.makeup.shape_measures import SampleHead
from layout.manuscript.model import Text
from layout.page.frames import FrameType

SIZES = 3
"""So many sizes are tried for each number of lines."""
_NARROWEST = 0.2
"""Ems of the narrowest letter, figure or mark of ASCII."""
_TORN = ("line.torn_word", "line.torn_name", "line.overlong", "line.too_long")
"""What the composer finds of a headline that does not fit as it is set."""
_SQUEEZED = re.compile(r"(?<![0-9])[0-9]{3}(?![0-9])", re.ASCII)
"""A number that would stand in one em of a vertical headline, at less than two thirds of its width: plates are proofed
for that (``text.shape``)."""


@dataclass(frozen=True, slots=True)
class HeadChoice:
    """A head that fits, and the share of its frame's width that its longest line leaves white."""

    head: Head
    white: float


@dataclass(frozen=True)
class Headline:
    """The headline of one story."""

    text: Text
    setter: Setter

    @cached_property
    def _set(self) -> dict[tuple[float, int, float, bool], tuple[float, float] | None]:
        return {}

    @cached_property
    def _least_ems(self) -> float:
        """No longer than its words are in any face: letters and figures are narrower than characters."""
        return sum(_NARROWEST if each.isascii() else 1.0 for own in self.text.paragraphs for each in own.text)

    def choices(self, shape: Shape, frame: SampleHead, row: float) -> Iterator[HeadChoice]:
        """The heads of *shape* that it fits, the largest size first; of one number of lines only the three largest."""
        for lines in range(max(1, shape.lines[0]), shape.lines[1] + 1):
            fitting = 0
            for size in shape.sizes:
                found = self._fits(frame.type, size, lines, shape, frame.place.width)
                if found is None or fitting == SIZES:
                    continue
                longest, white = found
                fitting += 1
                yield HeadChoice(shape.head(size, lines, longest, row), white)

    def _fits(
        self, type_: FrameType, size: float, lines: int, shape: Shape, width: float
    ) -> tuple[float, float] | None:
        """The ems of its longest line, and the share of *width* left white; None where it does not stand so."""
        vertical = shape.top == "vertical"
        if not vertical and size * self._least_ems > lines * (width + size):  # a mark may hang out of each line
            return None
        key = (size, lines, width, vertical)
        if key not in self._set:
            self._set[key] = self._tried(type_, size, lines, width, vertical=vertical)
        return self._set[key]

    def _tried(
        self, type_: FrameType, size: float, lines: int, width: float, *, vertical: bool
    ) -> tuple[float, float] | None:
        if vertical and any(_SQUEEZED.search(each.text) for each in self.text.paragraphs):
            return None
        if vertical:  # as a level one whose lines know no end: what it takes is its height
            width = size * (sum(len(each.text) for each in self.text.paragraphs) / lines + 1.6)
            # Running downwards its characters are whole ems at both ends.
            type_ = replace(type_, options={name: own for name, own in type_.options.items() if name != "edges"})
        galley = self._galley(type_, size, lines, width)
        if len(galley.lines) != lines or any(each.check in _TORN for each in galley.findings):
            return None
        longest = max(each.line.width for each in galley.lines)  # ems
        return round(longest, 3), round(max(0.0, 1 - longest * size / width), 4)

    def _galley(self, type_: FrameType, size: float, lines: int, width: float) -> Galley:
        options: Options = {**type_.options, "max-lines": str(lines), "break": "sense", "vertical": "0"}
        plain = {name: replace(role, size=size * role.size / type_.size) for name, role in type_.roles.items()}
        own = replace(type_, roles=plain, leading=size, vertical=False, options=options)
        slots = tuple(Slot(0, 0.0, number * size, width) for number in range(lines))
        return set_chain(TextChain(Chain((self.text.flow,)), (self.text,), own), slots, self.setter, width)
