"""Type upon type: runs whose ink meets, from the drawings of their outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops

from layout.preflight.events import Bounds, TextShown
from layout.preflight.pdfium import Pixels
from layout.preflight.seen.drawings import PageDrawings
from layout.preflight.seen.judgement import CellReader, RunSeen, flags_from, sums_of

MIN_PIXELS = 4
"""Pixels of shared ink that are told: the corner of a stroke that touches another has two or three."""


def meetings(
    made: PageDrawings, runs: Sequence[TextShown], seen: Sequence[RunSeen], share: float, pale: float
) -> Iterator[tuple[int, int, Bounds]]:
    """Each two runs that meet, and where: a character of either has *share* of its ink, or more, on the other's.

    Not of runs with the same words, which are one text with its shadow, and not where one of them stands out from its
    ground by less than *pale* (ΔL*) or is not seen: a large pale figure behind a heading is a ground.
    """
    for one, other in made.meeting:
        words = [runs[each].text.strip() for each in (one, other)]
        if not all(words) or words[0] == words[1] or any(_is_ground(seen[each], pale) for each in (one, other)):
            continue
        shared = _shared(made, one, other)
        if shared is None:
            continue
        place, ink = shared
        if any(_crossed(made, runs[each], each, (place, ink), share) for each in (one, other)):
            yield one, other, _on_page(made, place, ink)


def _is_ground(seen: RunSeen, pale: float) -> bool:
    return bool(seen.lost) or (seen.contrast is not None and seen.contrast < pale)


def _shared(made: PageDrawings, one: int, other: int) -> tuple[Pixels, Image.Image] | None:
    """The pixels that both runs' boxes share, and their common ink there; ``None`` where that is next to nothing."""
    (a, b), (c, d) = ((made.regions[each].pixels, made.regions[each].layer) for each in (one, other))
    if b == d:
        return None
    place = max(a[0], c[0]), max(a[1], c[1]), min(a[2], c[2]), min(a[3], c[3])
    ink = flags_from(ImageChops.darker(made.outline(b, place), made.outline(d, place)))
    return (place, ink) if ink.histogram()[255] >= MIN_PIXELS else None


def _crossed(made: PageDrawings, run: TextShown, index: int, shared: tuple[Pixels, Image.Image], share: float) -> bool:
    """Whether a character of *run* has enough of its ink among what is *shared*."""
    place, ink = shared
    region = made.regions[index]
    own = flags_from(made.outline(region.layer, region.pixels))
    common = Image.new("L", own.size)
    common.paste(ink, (place[0] - region.pixels[0], place[1] - region.pixels[1]))
    cells = list(CellReader(made.grid, run, region).cells(range(len(run.codes))))
    if not cells:
        return bool(common.histogram()[255] >= share * own.histogram()[255])
    across = cells[0].across
    whole, crossed = sums_of(own, across=across), sums_of(common, across=across)
    return any(
        (there := crossed[each.last] - crossed[each.first]) >= MIN_PIXELS - 0.5
        and there >= share * (whole[each.last] - whole[each.first])
        for each in cells
    )


def _on_page(made: PageDrawings, place: Pixels, ink: Image.Image) -> Bounds:
    """Where the common ink lies on the page."""
    box = ink.getbbox() or (0, 0, 1, 1)
    return made.grid.box((place[0] + box[0], place[1] + box[1], place[0] + box[2], place[1] + box[3]))
