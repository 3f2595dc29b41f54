"""Limits the heights of a page's pictures by what each would cut off them, and reports what the chosen heights cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil, floor

from layout.checks import Amount, Finding, Severity
from layout.errors import Hint, Message
from layout.galley.css_to_setting import amount
from layout.page.frames import MeasuredPage, PictureBox
from layout.pictures.crop import FOCUS_ROOM, CroppedPicture, CropRules, Original, allowed, cropped

_EPS = 0.02

Originals = Mapping[str, Original]
"""The pictures of a page as they came, by their ids."""


def rules_of(box: PictureBox) -> CropRules:
    """What the CSS of a picture's box says. Raises ``TemplateError`` for a value that is no number."""
    return CropRules(
        amount(box.options, "crop-max", 1.0),
        amount(box.options, "focus-room", FOCUS_ROOM),
        amount(box.options, "zoom-max", 1.0),
    )


def limited(page: MeasuredPage, originals: Originals) -> MeasuredPage:
    """*page* whose elastic pictures may take only the heights that show enough of them."""
    pictures = (_limited(box, originals[box.picture], page.row) if _known(box, originals) else box
                for box in page.pictures)  # fmt: skip
    return replace(page, pictures=tuple(pictures))


def _known(box: PictureBox, originals: Originals) -> bool:
    return box.picture in originals and box.elastic


def _limited(box: PictureBox, original: Original, row: float) -> PictureBox:
    size = (box.box.width, box.best)
    return replace(box, allowed=allowed(original, rules_of(box), size, row, rows_of(box, row)))


def rows_of(box: PictureBox, row: float) -> range:
    """The heights in whole rows that the CSS lets the picture have."""
    least = ceil(box.min_height / row - _EPS)
    return range(least, max(least, floor(box.max_height / row + _EPS)) + 1)


def shown(page: MeasuredPage, originals: Originals, heights: Mapping[str, float]) -> dict[str, CroppedPicture]:
    """Every picture of *page* in its box of the height chosen, by the key of the box."""
    return {
        box.id: cropped(
            box.picture,
            originals[box.picture],
            rules_of(box),
            box.box.width,
            (max(heights.get(box.id, box.best), 0.1), box.best),
        )
        for box in page.pictures
        if box.picture in originals
    }


def findings(page_no: int, pictures: Mapping[str, CroppedPicture]) -> Iterator[Finding]:
    """What no height within the design's limits could mend: too much cut away, or what must be seen cut."""
    for each in pictures.values():
        cut, lost, _ = each.faults
        if cut:
            message = Message(
                f"图片 {each.picture} 裁到了要紧处：焦点周围（或 keep）有 {cut:.0%} 在画外",
                f"the crop of picture {each.picture} cuts what must be seen by {cut:.0%} of the picture",
            )
            yield _finding(page_no, each, "picture.focus", {"cut": round(cut, 3)}, message)
        if lost:
            message = Message(
                f"图片 {each.picture} 被裁去 {each.view.lost:.0%}，版式只许裁去 {each.rules.most:.0%}",
                f"{each.view.lost:.0%} of picture {each.picture} is cut away; the design allows {each.rules.most:.0%}",
            )
            amounts = {"lost": round(each.view.lost, 3), "most": each.rules.most}
            yield _finding(page_no, each, "picture.cropped", amounts, message)


_CURES = {
    "width": Hint(
        editor=Message("换一张较竖的图，或改它的 focus、keep。", "Choose a more upright one, or change focus or keep."),
        designer=Message("让图框矮些。", "Make its box lower."),
    ),
    "height": Hint(
        editor=Message("换一张较扁的图，或改它的 focus、keep。", "Choose a flatter one, or change focus or keep."),
        designer=Message("让图框高些。", "Make its box taller."),
    ),
}


def _finding(
    page_no: int, each: CroppedPicture, check: str, measured: Mapping[str, float], message: Message
) -> Finding:
    hint = _CURES.get(each.view.why, _CURES["height"])
    told: dict[str, Amount] = {"picture": each.picture, **measured}
    return Finding(check, Severity.WARNING, message, hint=hint, page_no=page_no, amount=told)
