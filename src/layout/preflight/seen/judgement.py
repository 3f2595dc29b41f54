"""Which characters of a page can be seen, and how far type stands out from its ground: from the drawings alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from sys import byteorder
from unicodedata import category

from PIL import Image, ImageChops, ImageStat

from layout.preflight.events import TextShown
from layout.preflight.glyphs import glyph_of
from layout.preflight.seen.colour_difference import SURELY_APART, SURELY_READABLE, Rgb, delta_e, lightness
from layout.preflight.seen.drawings import LEVEL, Grid, PageDrawings, RunRegion

MIN_SIZE = 1.0
"""Points: smaller type is a speck whatever ink it has. A Type 3 font's size says nothing."""

FAINT = 16
"""Coverage (of 255) below which there is no outline: a glyph of a twentieth of a point, or one without any."""

SOLID = 128
"""Coverage from which a pixel belongs to an outline: half of it. Type so thin that it has no such pixel counts from
half of its own most."""

WIDTH = 100.0
"""Thousandths of an em by which a width may be wrong before the places of the characters after it are not believed."""

CORE = 0.9
"""Share of its most from which a pixel's coverage tells the type's own colour."""

BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that have no ink, though Unicode calls them letters or symbols."""


@dataclass(frozen=True, slots=True)
class SeenLimits:
    """The limits of the table of checks."""

    delta_e: float
    """Difference of colour from which a pixel shows."""
    share: float
    """Of a character's outline that must show."""


@dataclass(frozen=True, slots=True)
class RunSeen:
    """What is seen of one run of text."""

    lost: tuple[int, ...]
    """Indexes of the codes whose characters are not seen."""
    empty: tuple[int, ...]
    """Those among them that have no outline at all."""
    off: tuple[int, ...]
    """Those among them that reach beyond the page, and have no outline on it."""
    contrast: float | None
    """ΔL* between the type and its ground; ``None`` where it is large, or cannot be told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The stretch of a run's region that one character takes."""

    index: int
    """Of its code."""
    across: bool
    """Whether the line runs across the page."""
    first: int
    last: int
    """Pixels along the line, from the region's edge."""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Where the characters of a run stand in its region."""

    grid: Grid
    run: TextShown
    region: RunRegion

    def cells(self, wanted: Iterable[int]) -> Iterator[Cell]:
        """The cells of the codes *wanted*. None of a line that is neither level nor upright, nor where the widths
        cannot be believed.
        """
        run = self.run
        (x0, y0), (x1, y1) = run.start, run.end
        across = abs(y1 - y0) < LEVEL
        if not run.pens or run.face.kind == "Type3" or not (across or abs(x1 - x0) < LEVEL) or not self._believed():
            return
        left, top, right, bottom = self.region.pixels
        start, way, limit = (x0, x1 - x0, right - left) if across else (y0, y1 - y0, bottom - top)
        # A mark that is squeezed has the next one's pen moved back over its own ink.
        ends = [max(each) for each in zip((*run.pens[1:], 1.0), run.ends, strict=True)]
        for index in wanted:
            at = [start + share * way for share in (run.pens[index], ends[index])]
            low, high = sorted(round(self.grid.across(x) - left if across else self.grid.down(x) - top) for x in at)
            yield Cell(index, across, max(0, min(limit, low)), max(0, min(limit, high)))

    def _believed(self) -> bool:
        """Whether the interpreter and PDFium have the run in about the same place: else the widths are not right."""
        left, bottom, right, top = self.run.box
        by = max(self.run.size, 1.0)
        x0, y0, x1, y1 = self.region.box
        return x0 > left - by and y0 > bottom - by and x1 < right + by and y1 < top + by


ALL_SEEN = RunSeen((), (), (), None)
"""What is found of a run of which everything is seen."""


def runs_seen(
    made: PageDrawings,
    runs: Sequence[TextShown],
    limits: SeenLimits,
    chosen: Collection[int],
    known: Sequence[RunSeen | None] | None = None,
) -> list[RunSeen]:
    """What is seen of each of *runs*, in their order. Only those that are *chosen*, by their indexes, are looked at: of
    the others all is seen. Of some it may be *known*.
    """
    page = _PageLook(made, limits, {})
    before = known or [None] * len(runs)
    return [
        found or _RunLook(page, run, region).seen(inked(run, made.characters.get(index, "")))
        if index in chosen
        else ALL_SEEN
        for index, (run, region, found) in enumerate(zip(runs, made.regions, before, strict=True))
    ]


def texts_of(run: TextShown, read: str = "") -> list[str]:
    """The text of each code of *run*; where the font does not say, that of *read*, which is what PDFium reads in it."""
    unicode = run.face.unicode
    texts = [unicode.get(code, "\ufffd") for code in run.codes]
    if len(read) == len(texts):
        return [other if text == "\ufffd" else text for text, other in zip(texts, read, strict=True)]
    return texts


def inked(run: TextShown, read: str = "") -> list[int]:
    """Indexes of the codes of *run* that stand for characters with ink.

    A code that nobody can read may be a space: it counts as one.
    """
    return [index for index, text in enumerate(texts_of(run, read)) if any(map(_has_ink, text))]


def _has_ink(char: str) -> bool:
    return category(char)[0] not in "ZCM" and char != "\ufffd" and char not in BLANK


@dataclass(frozen=True, slots=True)
class _PageLook:
    """What the drawings of a page come to, for all its runs."""

    made: PageDrawings
    limits: SeenLimits
    known: dict[tuple[int, int], int]
    """Pairs of colours that were compared: 255 where they are apart."""


@dataclass(frozen=True, slots=True)
class _RunLook:
    """One run looked at."""

    page: _PageLook
    run: TextShown
    region: RunRegion

    def seen(self, wanted: Sequence[int]) -> RunSeen:
        """What is seen of the characters at the indexes *wanted*."""
        region = self.region
        if region.beyond or (self.run.size < MIN_SIZE and self.run.face.kind != "Type3"):
            return RunSeen(tuple(wanted), (), (), None)
        made = self.page.made
        outline = made.outline(region.layer, region.pixels)
        most = _most(outline)
        if most < FAINT:
            return self._without_outline(wanted)
        solid, luma = _white_from(min(most // 2 + 1, SOLID), outline), made.luma(region.pixels)
        # Where they differ so much the formula need not be asked.
        lost, empty, off = self._lost(wanted, solid, ImageChops.darker(solid, _white_from(SURELY_APART, luma)))
        if len(lost) > len(empty) + len(off):  # the formula itself, where the short way does not tell
            lost, empty, off = self._lost(wanted, solid, ImageChops.darker(solid, self._apart(solid)))
        return RunSeen(lost, empty, off, self._contrast(outline, solid, luma, most))

    def _without_outline(self, wanted: Sequence[int]) -> RunSeen:
        """Of a run that has no outline. A Type 3 font's glyphs paint themselves: what differs is their outline. What a
        font looks like that is not embedded, nobody knows.
        """
        paints_itself = self.run.face.kind == "Type3" and self.page.made.luma(self.region.pixels).getbbox()
        if paints_itself or not self.run.face.embedded:
            return RunSeen((), (), (), None)
        all_of_it = tuple(wanted)
        return RunSeen(all_of_it, (), all_of_it, None) if self._cut() else RunSeen(all_of_it, all_of_it, (), None)

    def _lost(
        self, wanted: Sequence[int], solid: Image.Image, seen: Image.Image
    ) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """The characters of which too little is *seen* of what is *solid*; of them those that have no outline, and
        those that have none on the page.
        """
        lost, empty, off = self._lost_cells(wanted, solid, seen)
        if lost and not widths_hold(self.run):
            return self._lost_as_one(wanted, solid, seen)
        return lost, empty, off

    def _lost_as_one(
        self, wanted: Sequence[int], solid: Image.Image, seen: Image.Image
    ) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """The run as a whole: where each of its characters stands is not known."""
        few = seen.histogram()[255] < self.page.limits.share * solid.histogram()[255]
        return (tuple(wanted), (), ()) if few else ((), (), ())

    def _lost_cells(
        self, wanted: Sequence[int], solid: Image.Image, seen: Image.Image
    ) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        cells = list(CellReader(self.page.made.grid, self.run, self.region).cells(wanted))
        if not cells:
            return self._lost_as_one(wanted, solid, seen)
        across = cells[0].across
        ink = sums_of(solid, across=across)
        shows = ink if seen == solid else sums_of(seen, across=across)  # of most runs every pixel is seen
        lost: list[int] = []
        empty: list[int] = []
        off: list[int] = []
        for cell in cells:
            first, last = cell.first, cell.last
            if first >= last:  # less than a pixel: judged with the others; or none of it on the page
                if self._cut():
                    lost.append(cell.index)
                    off.append(cell.index)
                    continue
                first, last = 0, len(ink) - 1
            there = ink[last] - ink[first]
            if there < 0.5:
                # Thin strokes beside heavy ones have no solid pixel of their own; a blank has no pixel at all.
                if self._blank(cell):
                    lost.append(cell.index)
                    (off if self._cut(cell) else empty).append(cell.index)
            elif shows[last] - shows[first] < self.page.limits.share * there:
                lost.append(cell.index)
        return tuple(lost), tuple(empty), tuple(off)

    def _cut(self, cell: Cell | None = None) -> bool:
        """Whether the run, or one *cell* of it, reaches beyond the page: what is drawn is then not all of it."""
        grid, (x0, y0, x1, y1) = self.page.made.grid, self.region.box
        left, right = grid.across(x0) < -1, grid.across(x1) > grid.width + 1
        above, below = grid.down(y1) < -1, grid.down(y0) > grid.height + 1
        if cell is None:
            return left or right or above or below
        x, y, end, foot = self.region.pixels
        if cell.across:
            return above or below or (left and cell.first == 0) or (right and cell.last == end - x)
        return left or right or (above and cell.first == 0) or (below and cell.last == foot - y)

    def _blank(self, cell: Cell) -> bool:
        """Whether a cell has no trace of an outline."""
        left, top, right, bottom = self.region.pixels
        place = (
            (left + cell.first, top, left + cell.last, bottom)
            if cell.across
            else (left, top + cell.first, right, top + cell.last)
        )
        return self.run.face.embedded and _most(self.page.made.outline(self.region.layer, place)) < FAINT

    def _apart(self, solid: Image.Image) -> Image.Image:
        """White where the page with its text and the page without are apart by the formula."""
        one, other = (
            memoryview(page.crop(self.region.pixels).tobytes()).cast("I").tolist()
            for page in (self.page.made.shown, self.page.made.bare)
        )
        pairs = list(zip(one, other, strict=True))
        wanted = {pair for pair, is_solid in zip(pairs, solid.tobytes(), strict=True) if is_solid}
        known = self.page.known
        for pair in wanted - known.keys():
            known[pair] = 255 if delta_e(_rgb(pair[0]), _rgb(pair[1])) >= self.page.limits.delta_e else 0
        return Image.frombytes("L", solid.size, bytes([known.get(pair, 0) for pair in pairs]))

    def _contrast(self, outline: Image.Image, solid: Image.Image, luma: Image.Image, most: int) -> float | None:
        """ΔL* between type and ground. The type's colour is that of its fullest pixels, drawn out to full coverage."""
        if self.run.fill is None or self.run.stroke is not None or self.run.face.kind == "Type3":
            return None
        if ImageStat.Stat(luma, solid).mean[0] >= SURELY_READABLE:
            return None
        core = _white_from(max(1, int(CORE * most)), outline)
        covered = ImageStat.Stat(outline, core).mean[0] / 255
        ground = ImageStat.Stat(self.page.made.bare.crop(self.region.pixels), core).mean[:3]
        there = ImageStat.Stat(self.page.made.shown.crop(self.region.pixels), core).mean[:3]
        ink = [below + (above - below) / covered for above, below in zip(there, ground, strict=True)]
        return abs(lightness(ink) - lightness(ground))


def _white_from(cut: int, image: Image.Image) -> Image.Image:
    """White where *image* has the value *cut* or more. ``Image.point`` rounds the 256 values of its table every time,
    which takes as long as the pixels of a line of type.
    """
    return Image.frombytes("L", image.size, image.tobytes().translate(bytes(cut) + b"\xff" * (256 - cut)))


def widths_hold(run: TextShown) -> bool:
    """Whether the file's widths are those of the embedded font: else nobody knows from them where a character stands,
    and renderers differ. What cannot be asked is believed.
    """
    program = run.face.opened
    if program is None or program.fault:
        return True
    for code in set(run.codes):
        glyph = glyph_of(run.face, code)
        advance = measured.advance if glyph is not None and (measured := program.measured(glyph)) is not None else None
        if advance is not None and abs(advance - run.face.width(code)) > WIDTH:
            return False
    return True


def _most(picture: Image.Image) -> int:
    """The highest value of a picture of one band."""
    low_high = picture.getextrema()
    return int(low_high[1])  # type: ignore[arg-type]  # of one band it is a pair of numbers


def flags_from(outline: Image.Image) -> Image.Image:
    """White where an outline covers half of a pixel or more."""
    return _white_from(SOLID, outline)


def sums_of(flags: Image.Image, *, across: bool) -> list[float]:
    """White pixels before each column (or row) of *flags*, and in all of it."""
    width, height = flags.size
    line = flags.resize((width, 1) if across else (1, height), Image.Resampling.BOX)
    per = (height if across else width) / 255
    return list(accumulate(map(per.__mul__, line.tobytes()), initial=0.0))


def _rgb(pixel: int) -> Rgb:
    """The colour of a pixel of mode RGBX, as the machine's own order of bytes has it."""
    red, green, blue, _ = pixel.to_bytes(4, byteorder)
    return red, green, blue
