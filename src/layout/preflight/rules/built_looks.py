"""The drawn page against what it looked like when it was built: which tiles differ, whether a picture is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from layout.geometry import Box
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.found_text import TextAgain
from layout.preflight.job import PreflightJob
from layout.preflight.page_look import PageLook

TONE = 12
"""Of 255: by how much a tile's mean red, green or blue must differ. Ghostscript's pdfwrite, which packs pictures anew,
changed 11 at the most on the sample issues (one tile of 28,000); qpdf, pikepdf and mutool change nothing."""

DETAIL = 8
"""Of 255: by how much the mean difference of a tile's neighbouring pixels must differ, across and down together. The
same program changed 7."""

CORRELATED = 0.7
"""Correlation of the tiles of a picture, then and now, in the likest of red, green and blue, from which it is the same
picture: without its black plate one had 0.9, and no two photographs of the samples have more than 0.5."""

STAYS = 0.75
"""Share of the tiles with detail and without text that are as they were, from which pictures and drawings have stayed:
of a page that moved as a whole by a millimetre a third are."""

FEW = 20
"""Tiles with detail that there must be to tell."""


@dataclass(frozen=True, slots=True)
class TwoLooks:
    """The looks of a page, of the same tiles."""

    then: PageLook
    now: PageLook
    exact: bool = False
    """Whether a tile that differs at all has changed."""
    packed_anew: frozenset[int] = frozenset()
    """Of these tiles all the same: those of pictures that were packed anew."""

    def changed(self) -> frozenset[int]:
        """The tiles that differ."""
        return frozenset(at for at in self.at_all_others if self._differs(at))

    @property
    def at_all_others(self) -> frozenset[int]:
        """The tiles that are not the same to the last bit, for whatever reason."""
        return _others(self.then, self.now)

    def _differs(self, at: int) -> bool:
        if self.exact and at not in self.packed_anew:
            return max(self.tone_apart(at)) > 0 or self.then.detail[at] != self.now.detail[at]
        return max(self.tone_apart(at)) > TONE or abs(self.then.detail[at] - self.now.detail[at]) > DETAIL

    def near(self, at: int) -> bool:
        """Whether a tile is as it was, but for what packing a picture anew makes of it."""
        return max(self.tone_apart(at)) <= TONE // 2 and abs(self.then.detail[at] - self.now.detail[at]) <= DETAIL // 2

    def tone_apart(self, at: int) -> tuple[int, int, int]:
        """By how much a tile's red, green and blue differ."""
        red, green, blue = (abs(a - b) for a, b in zip(self.then.tone(at), self.now.tone(at), strict=True))
        return red, green, blue

    def correlation(self, box: Box) -> float:
        """How alike the pattern of tiles in *box* is, in the likest of red, green and blue: 1 for the same."""
        tiles = list(self.then.within(box))
        return max(
            (
                _pearson(
                    [self.then.tones[3 * at + band] for at in tiles], [self.now.tones[3 * at + band] for at in tiles]
                )
                for band in range(3)
            ),
            default=0.0,
        )


@lru_cache(maxsize=1)
def _others(one: PageLook, other: PageLook) -> frozenset[int]:
    """Several checks of a page ask for them. It has thirteen thousand tiles, nearly all as they were."""
    if (one.tones, one.detail) == (other.tones, other.detail):
        return frozenset()
    bands = ((one.tones[band::3], other.tones[band::3]) for band in range(3))
    return frozenset(
        at
        for then, now in (*bands, (one.detail, other.detail))
        for at, (value, now_there) in enumerate(zip(then, now, strict=True))
        if value != now_there
    )


def two_looks(job: PreflightJob, sheet: ExaminedPage) -> TwoLooks | None:
    """What the page looked like and what it looks like; ``None`` where its report does not say, or where it lies
    otherwise or has another size now.
    """
    again = job.again.get(sheet.number)
    return None if again is not None and not again.shift.still else looks_of(job, sheet)


def looks_of(job: PreflightJob, sheet: ExaminedPage) -> TwoLooks | None:
    """The same however the page lies."""
    built = job.expected.built_of(sheet.number)
    if built is None or built.look is None or not sheet.followed:
        return None
    now = job.looks.of(job.readable(), sheet, built.look.ppi)
    alike = now is not None and (now.columns, now.rows) == (built.look.columns, built.look.rows)
    if now is None or not alike:
        return None
    if not built.drawn_alike:
        return TwoLooks(built.look, now)
    boxes = () if built.same_pictures else [spot.box for spot in job.expected.pictures_of(sheet.number)]
    return TwoLooks(built.look, now, exact=True, packed_anew=frozenset(tiles_of(built.look, boxes)))


def all_else_stays(job: PreflightJob, sheet: ExaminedPage, again: TextAgain) -> bool:
    """Whether pictures and drawings stand where they did, though all of a page's text has moved."""
    looks = looks_of(job, sheet)
    if looks is None:
        return False
    text = [box for each in again.found for box in (each.spot.box, each.box)]
    beside = set(range(len(looks.then.detail))) - tiles_of(looks.then, text)
    drawn = [at for at in beside if looks.then.detail[at] > DETAIL]
    same = [at for at in drawn if looks.near(at)]
    return len(drawn) >= FEW and len(same) >= STAYS * len(drawn)


def tiles_of(look: PageLook, boxes: Iterable[Box]) -> set[int]:
    """The tiles that any of *boxes* touches."""
    side, found = look.side, set[int]()
    for box in boxes:
        rows = range(max(0, int(box.y // side)), min(look.rows, int(box.bottom // side) + 1))
        columns = range(max(0, int(box.x // side)), min(look.columns, int(box.right // side) + 1))
        found.update(row * look.columns + column for row in rows for column in columns)
    return found


def same_picture(job: PreflightJob, sheet: ExaminedPage, box: Box) -> bool:
    """Whether the picture in *box* is the one of the build, however it prints now."""
    looks = two_looks(job, sheet)
    return looks is not None and looks.correlation(box) >= CORRELATED


def _pearson(one: Sequence[int], other: Sequence[int]) -> float:
    if not one:
        return 0.0
    mean_one, mean_other = sum(one) / len(one), sum(other) / len(other)
    a, b = [each - mean_one for each in one], [each - mean_other for each in other]
    norm = (sum(each * each for each in a) * sum(each * each for each in b)) ** 0.5
    return sum(x * y for x, y in zip(a, b, strict=True)) / norm if norm else 0.0
