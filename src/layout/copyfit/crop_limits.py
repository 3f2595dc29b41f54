"""The pictures of a page and what their boxes cut off them: limits before heights are chosen, an account after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor

from layout.checks import Amount, Finding, Severity
from layout.errors import Said
from layout.galley.css_to_setting import amount
from layout.page.frames import MeasuredPage, PictureBox
from layout.pictures.crop import CROP, FOCUS_ROOM, Original, Rules, View, allowed, faults, view

_EPS = 0.02
_SHOWN = 0.01
"""A crop that takes a hundredth more of the picture than the design's own is told."""

Originals = Mapping[str, Original]
"""The pictures of a page as they came, by their ids."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in its box at last."""

    picture: str
    view: View
    wanted: View
    """What the height that the design wants would show."""
    faults: tuple[float, float, float]
    """How far the limits are broken: what must be seen, what may be cut away, pixels to the inch."""
    rules: Rules

    @property
    def cost(self) -> float:
        """What it costs that more is cut away than the design's own height would cut."""
        return round(CROP * max(0.0, self.view.lost**2 - self.wanted.lost**2), 6)


def rules_of(box: PictureBox) -> Rules:
    """What the CSS of a picture's box says. Raises ``TemplateError`` for a value that is no number."""
    return Rules(
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
    least = ceil(box.min_height / row - _EPS)
    rows = range(least, max(least, floor(box.max_height / row + _EPS)) + 1)
    return replace(box, allowed=allowed(original, rules_of(box), (box.box.width, box.box.height), row, rows))


def shown(page: MeasuredPage, originals: Originals, heights: Mapping[str, float]) -> dict[str, Shown]:
    """Every picture of *page* in its box of the height chosen, by the key of the box."""
    found: dict[str, Shown] = {}
    for box in page.pictures:
        if box.picture in originals:
            original, rules = originals[box.picture], rules_of(box)
            seen = view(original, rules, box.box.width, max(heights.get(box.id, box.box.height), 0.1))
            wanted = view(original, rules, box.box.width, box.box.height)
            found[box.id] = Shown(box.picture, seen, wanted, faults(seen, original, rules), rules)
    return found


def cropped_more(pictures: Mapping[str, Shown]) -> Iterator[Shown]:
    """Those of which more is cut away than the design's own height would cut."""
    return (each for each in pictures.values() if each.view.lost - each.wanted.lost > _SHOWN)


def findings(page_no: int, pictures: Mapping[str, Shown]) -> Iterator[Finding]:
    """What no height within the design's limits could mend: too much cut away, or what must be seen cut."""
    for each in pictures.values():
        cut, lost, _ = each.faults
        if cut:
            said = Said(
                f"图片 {each.picture} 裁到了要紧处：焦点周围（或 keep）有 {cut:.0%} 在画外",
                f"the crop of picture {each.picture} cuts what must be seen by {cut:.0%} of the picture",
            )
            yield _finding(page_no, each, "picture.focus", {"cut": round(cut, 3)}, said)
        if lost:
            said = Said(
                f"图片 {each.picture} 被裁去 {each.view.lost:.0%}，版式只许裁去 {each.rules.most:.0%}",
                f"{each.view.lost:.0%} of picture {each.picture} is cut away; the design allows {each.rules.most:.0%}",
            )
            amounts = {"lost": round(each.view.lost, 3), "most": each.rules.most}
            yield _finding(page_no, each, "picture.cropped", amounts, said)


_CURES = {
    "width": Said("换一张较竖的图，或让图框矮些", "choose a more upright picture, or make its box lower"),
    "height": Said("换一张较扁的图，或让图框高些", "choose a flatter picture, or make its box taller"),
}


def _finding(page_no: int, each: Shown, check: str, measured: Mapping[str, float], said: Said) -> Finding:
    hint = _CURES.get(each.view.why, _CURES["height"])
    told: dict[str, Amount] = {"picture": each.picture, **measured}
    return Finding(check, Severity.WARNING, said, hint=hint, page_no=page_no, amount=told)
