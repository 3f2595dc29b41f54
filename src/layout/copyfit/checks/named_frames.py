"""Names the frames and pictures that a page's fullness is about, as designer and editor know them: “body 第 3 栏”.

The design's line for each is found by its key when the page is laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layout.checks.number_spans import spanned
from layout.errors import Message
from layout.flows import Chain
from layout.geometry import Box
from layout.page.frames import Frame, MeasuredPage, PictureBox

MOST = 4
"""Frames and pictures that a sentence names; its boxes show the others."""
_TOUCHES = 0.5
"""Points by which boxes overlap that stand one above the other; less is rounding."""


@dataclass(frozen=True, slots=True)
class NamedFrames:
    """Frames and pictures of a page: their keys, and what a sentence calls them; nothing where there are none."""

    keys: tuple[str, ...]
    words: Message


def beyond(page: MeasuredPage) -> NamedFrames:
    """What ends below the type area and has begun in it, or stands in a band that has."""
    foot = page.type_area.bottom
    found = [each for each in _all(page) if each.box.bottom > foot + _TOUCHES and (each.band or each.box.y < foot)]
    return _named(page, _lowest(found))


def above(page: MeasuredPage, empty: Box) -> NamedFrames:
    """What stands next above an *empty* box, in each of the columns that end there."""
    found = [
        each for each in _all(page)
        if _over(each.box, empty) and each.box.bottom <= empty.y + page.row / 2 and each.box.height > _TOUCHES
    ]  # fmt: skip
    return _named(page, _lowest(found))


def _all(page: MeasuredPage) -> Sequence[Frame | PictureBox]:
    return (*page.frames, *page.pictures)


def _over(one: Box, other: Box) -> bool:
    return min(one.right, other.right) - max(one.x, other.x) > _TOUCHES


def _lowest(found: Sequence[Frame | PictureBox]) -> list[Frame | PictureBox]:
    """Those of *found* below which no other ends."""
    return [
        each for each in found
        if not any(_over(each.box, other.box) and other.box.bottom > each.box.bottom + _TOUCHES for other in found)
    ]  # fmt: skip


def _named(page: MeasuredPage, found: Sequence[Frame | PictureBox]) -> NamedFrames:
    frames = {each.id for each in found}
    names = [
        _chain_name(chain, own, frames) for chain, own in page.chains().items() if any(f.id in frames for f in own)
    ]
    for picture in dict.fromkeys(each.picture for each in found if isinstance(each, PictureBox)):
        names.append(Message(f"图 {picture}", f"picture {picture}"))
    zh, en = "、".join(name.zh for name in names[:MOST]), ", ".join(name.en for name in names[:MOST])
    words = Message(f"{zh}等", f"{en} and more") if len(names) > MOST else Message(zh, en)
    return NamedFrames(tuple(each.id for each in found), words)


def _chain_name(chain: Chain, frames: Sequence[Frame], found: set[str]) -> Message:
    """The copy that runs through *frames*, and which of them are *found*."""
    if len(frames) == 1:
        return Message(chain.called, chain.called)
    numbers = [number for number, frame in enumerate(frames, 1) if frame.id in found]
    columns = "columns" if len(numbers) > 1 else "column"
    return Message(
        f"{chain.called} 第 {spanned(numbers, '、')} 栏",
        f"{columns} {spanned(numbers)} of {chain.called}",
    )
