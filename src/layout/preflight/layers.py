"""Layers (optional content, ISO 32000-1 §8.11): which of them are off when the file is printed, and what hides a mark.

A file opens in its default configuration; what that says of printing by itself (usage, event Print) comes before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import pikepdf

from layout.preflight.objects import PdfValue, array, get, key, name

Key = tuple[int, int]

Hidden = Literal["", "layer", "mask", "alpha"]
"""What keeps a mark from being printed: a layer that is off, a mask that lets nothing through, a clear group."""

CLEAR = 0.02
"""Opacity under which nothing of a group is left on paper: a solid comes out as a tint that no press holds."""

MAX_MEMBERS = 1000
"""Layers of one membership that are looked at."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a file that are off."""

    off: frozenset[Key] = frozenset()
    in_print: bool = False
    """Whether one of them is off in print alone, and shown on a screen."""

    def hides(self, content: PdfValue) -> bool:
        """Whether what belongs to *content*, a layer or a membership of several, does not print."""
        if not self.off or content is None:
            return False
        if name(get(content, "Type")) != "OCMD":
            return key(content) in self.off
        if get(content, "VE") is not None:
            return False  # an expression: rare, and not worked out
        groups = get(content, "OCGs")
        members = [key(each) in self.off for each in (array(groups) or [groups])[:MAX_MEMBERS] if key(each) is not None]
        return bool(members) and _BY_POLICY.get(name(get(content, "P")), all)(members)


def _none_off(off: list[bool]) -> bool:
    return not any(off)


def _some_on(off: list[bool]) -> bool:
    return not all(off)


_BY_POLICY = MappingProxyType({"AnyOn": all, "AllOn": any, "AnyOff": _none_off, "AllOff": _some_on})
"""By a membership's policy, whether it hides, from which of its layers are off."""


def layers_of(pdf: pikepdf.Pdf) -> Layers:
    """The layers of *pdf* that are off in print."""
    properties = get(pdf.Root, "OCProperties")
    usual = get(properties, "D")
    states: dict[Key, bool] = {}
    everything = {number: each for each in array(get(properties, "OCGs")) if (number := key(each)) is not None}
    states.update(dict.fromkeys(everything, name(get(usual, "BaseState")) != "OFF"))
    for word, on in (("ON", True), ("OFF", False)):
        states.update({number: on for each in array(get(usual, word)) if (number := key(each)) is not None})
    shown = {number for number, on in states.items() if on}
    for rule in array(get(usual, "AS")):
        if name(get(rule, "Event")) == "Print":
            states.update(_printed(array(get(rule, "OCGs"))))
    off = frozenset(number for number, on in states.items() if not on)
    return Layers(off, in_print=not off.isdisjoint(shown))


def _printed(groups: list[PdfValue]) -> Mapping[Key, bool]:
    """What layers say of their printing."""
    words = {key(each): name(get(each, "Usage", "Print", "PrintState")) for each in groups}
    return {number: word == "ON" for number, word in words.items() if number is not None and word in {"ON", "OFF"}}


@dataclass(slots=True)
class Hiding:
    """What hides the marks that are being painted, from the groups and layers around them."""

    masks: int = 0
    """How many of the groups being painted lie behind a mask that hides everything."""
    opacity: float = 1.0
    """Of the groups being painted, all together."""
    layers: int = 0
    """How many of the forms and the stretches of content being followed belong to a layer that is off."""
    stretches: list[bool] = field(default_factory=list)
    """Of the marked content that is open in this stream, whether each belongs to such a layer."""

    def begin(self, *, off: bool) -> None:
        """A stretch of marked content begins."""
        self.stretches.append(off)
        self.layers += off

    def end(self) -> None:
        """The innermost stretch ends."""
        self.layers -= self.stretches.pop() if self.stretches else 0

    def of(self, *, masked: bool, alpha: float = 1.0) -> Hidden:
        """What hides a mark of this *alpha*, if *masked* says that its own mask hides everything."""
        if self.layers:
            return "layer"
        if masked or self.masks:
            return "mask"
        return "alpha" if self.opacity * alpha < CLEAR else ""
