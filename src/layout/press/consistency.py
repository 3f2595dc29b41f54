"""Faults of values of a press profile that are each allowed but contradict one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from layout.errors import LayoutError, Message, Place, PressProfileError
from layout.press.model import PressProfile
from layout.press.page_files import read_pattern

CONDITION = ("output_condition_identifier", "output_condition", "info")
"""The words that describe what an ICC file was made for."""

_INK = re.compile(r"(?<![\d.])([1-4]\d\d)\s*[%％]")
"""A percentage that can only be of several inks together."""


def inconsistent(profile: PressProfile, place_of: Callable[[str], Place]) -> Iterator[LayoutError]:
    """The faults of *profile*. *place_of* gives the place where a key, or something of a table, was last written."""
    ppi, art = profile.image_ppi, profile.line_art_ppi
    orders = (
        ("image_ppi", "error ≤ warn ≤ target ≤ max", ppi.error <= ppi.warn <= ppi.target <= ppi.max),
        ("line_art_ppi", "error ≤ warn ≤ target", art.error <= art.warn <= art.target),
        ("min_tone", "min_tone < max_tone", profile.min_tone < profile.max_tone),
    )
    for name, order, holds in orders:
        if not holds:
            message = Message(f"“{name}”的次序不对，应为 {order}。", f"“{name}” is out of order; it must be {order}.")
            yield PressProfileError(message, place=place_of(name))
    yield from _false_words(profile, place_of)
    if profile.page_files:
        try:
            read_pattern(profile.page_files)
        except LayoutError as fault:
            yield fault.at(place_of("page_files"))


def _false_words(profile: PressProfile, place_of: Callable[[str], Place]) -> Iterator[LayoutError]:
    """Words of the output condition that name another ink limit: they go into the file, and somebody reads them."""
    for key in CONDITION[1:]:
        words = getattr(profile, key)
        named = [int(found) for found in _INK.findall(words)]
        if any(each != profile.ink_limit for each in named):
            yield PressProfileError(
                Message(f"{key} 里写着 {named[0]} %，而 ink_limit 是 {profile.ink_limit:g} %。",
                        f"{key} says {named[0]} %, but ink_limit is {profile.ink_limit:g} %."),
                place=place_of(key),
                hint=Message(f"这句话要写进成品：改掉 {key} 里的数，或干脆不写数。",
                             f"These words go into the file: change the number in {key}, or leave it out."),
            )  # fmt: skip
