"""A page of news as its PDF shows it: which story stands where, read back by somebody who has the copy and
nothing else. Neither the arrangement nor the page's HTML is known here; of the program only the preflight's reading of
characters is used, which puts them into the order of the file.

Lengths in points from the trimmed page's top left corner.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import yaml
from PIL import Image, ImageOps

from layout.assets import images_dir
from layout.preflight.text import read_text

THIN = 3.0
"""A path no thicker is a rule; a thicker one a ground or a box."""
_CAPTION = 24.0
"""So far below its picture a caption begins at most."""
_UPRIGHT = re.compile(r"[0-9A-Za-z.%]+")
"""What may stand side by side in one em of a vertical line: 纵中横, figures and letters, never two characters."""
_SAME = 1.5
"""By so much the edges of a picture and of the ground under it may differ."""


class Rect(NamedTuple):
    """Left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def across(self, other: Rect) -> float:
        """How much width both share; below 0 the gap between them."""
        return min(self.right, other.right) - max(self.left, other.left)

    def down(self, other: Rect) -> float:
        """How much height both share; below 0 the gap between them."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def holds(self, other: Rect, slack: float = 2.0) -> bool:
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


def around(boxes: Sequence[Rect]) -> Rect:
    """The rectangle around all of them."""
    return Rect(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


@dataclass(frozen=True)
class Glyph:
    text: str
    x: float
    y: float
    size: float
    ink: Rect


@dataclass(frozen=True)
class Line:
    """A line of type: its ink, its baseline, its size and its words."""

    ink: Rect
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Shot:
    """A picture: its box, and the story whose it is by its caption; None where it is of no story."""

    box: Rect
    id: str = ""
    story: str | None = None
    shape: float = 0.0
    """Width over height of the picture as it came; 0 where that is not known."""

    @property
    def lost(self) -> float:
        """The share of the picture that its box cuts away at least."""
        own = self.box.width / self.box.height
        return 1 - min(own, self.shape) / max(own, self.shape) if self.shape else 0.0


@dataclass(frozen=True)
class HeadlineInk:
    lines: tuple[Line, ...]
    vertical: bool

    @property
    def ink(self) -> Rect:
        return around([line.ink for line in self.lines])

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


@dataclass(frozen=True)
class PrintedStory:
    """A story on the page. *weight* is its place in the editor's list, 0 the heaviest."""

    id: str
    weight: int
    headline: HeadlineInk | None
    written: str
    """The headline as the manuscript has it, with the editor's breaks."""
    body: tuple[Line, ...]
    """Lines of running text with their headings, in reading order."""
    beside: tuple[Rect, ...] = ()
    """Ink of its kicker, deck, byline, note; of the captions of its pictures."""
    pictures: tuple[Shot, ...] = ()
    box: Rect | None = None
    """The tint or border that it stands in."""

    @cached_property
    def area(self) -> Rect:
        heads = [self.headline.ink] if self.headline else []
        own = [self.box] if self.box else []
        shown = [shot.box for shot in self.pictures]
        return around([*heads, *own, *shown, *self.beside, *(line.ink for line in self.body)])

    @cached_property
    def columns(self) -> tuple[tuple[Line, ...], ...]:
        """Its lines column by column, from the left."""
        found: list[list[Line]] = []
        for line in sorted(self.body, key=lambda line: line.ink.left):
            for column in found:
                if any(line.ink.across(other.ink) > 1 for other in column):
                    column.append(line)
                    break
            else:
                found.append([line])
        found.sort(key=lambda column: min(line.ink.left for line in column))
        return tuple(tuple(sorted(column, key=lambda line: line.y)) for column in found)


@dataclass(frozen=True)
class PrintedPage:
    """What a page shows."""

    stories: tuple[PrintedStory, ...]
    loose: tuple[Shot, ...] = ()
    """Pictures of no story."""
    rules: tuple[Rect, ...] = ()
    lost: tuple[str, ...] = ()
    """Copy that is not found as it is written."""

    @cached_property
    def area(self) -> Rect:
        """All that stories and pictures take."""
        return around([*(story.area for story in self.stories), *(shot.box for shot in self.loose)])

    @cached_property
    def body_size(self) -> float:
        """The size of running text."""
        sizes = Counter(round(line.size, 2) for story in self.stories for line in story.body)
        return sizes.most_common(1)[0][0]

    @cached_property
    def row(self) -> float:
        """From line to line of running text."""
        steps = Counter(
            round(lower.y - upper.y, 1)
            for story in self.stories
            for column in story.columns
            for upper, lower in pairwise(column)
        )
        return steps.most_common(1)[0][0] if steps else 0.0


@dataclass(frozen=True)
class Copy:
    """A manuscript as its reader needs it: words without white space."""

    id: str
    headline: str
    parts: tuple[str, ...]
    """Kicker, deck, byline, note and the like."""
    paragraphs: tuple[str, ...]


def copy_of(path: Path) -> Copy:
    """The copy of a manuscript in Markdown with front matter."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    plain = re.sub(r"\{[^{}]*\}|^#+\s*|\*\*|^\*\*\*$", "", body, flags=re.MULTILINE)
    paragraphs = tuple(words for block in plain.split("\n\n") if (words := _bare(block)))
    names = ("kicker", "deck", "byline", "editor_note", "dateline", "lede", "credits")
    parts = tuple(_bare(str(front[name])) for name in names if name in front)
    return Copy(path.stem, str(front.get("headline", "")), parts, paragraphs)


def _bare(words: str) -> str:
    return "".join(words.split())


@dataclass(frozen=True)
class Listed:
    """What the editor lists for a page: copy in order of weight; captions, owners and credits of pictures by id."""

    copy: tuple[Copy, ...]
    captions: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, float] = field(default_factory=dict)
    """Width over height of the pictures as they came, by id."""


def listed(issue: Path, page: int = 0) -> Listed:
    """What issue.toml lists for a page; stories of the pool and fillers come after the others."""
    plan = tomllib.loads((issue / "issue.toml").read_text(encoding="utf-8"))
    table = plan["page"][page]
    files = [*table["stories"], *table.get("pool", ()), *(each for each in table.get("fillers", ()) if "." in each)]
    shots = plan.get("picture", ())
    return Listed(
        tuple(copy_of(issue / name) for name in files),
        {shot["id"]: _bare(shot.get("caption", "")) for shot in shots},
        {shot["id"]: Path(shot["story"]).stem for shot in shots if shot.get("story")},
        {shot["id"]: _bare(shot.get("credit", "")) for shot in shots},
        {shot["id"]: _shape(issue, shot["file"]) for shot in shots if not shot["file"].endswith((".pdf", ".svg"))},
    )


def _shape(issue: Path, file: str) -> float:
    path = images_dir() / file.removeprefix("images:") if file.startswith("images:") else issue / file
    with Image.open(path) as image:
        width, height = ImageOps.exif_transpose(image).size
    return float(width / height)


def read_page(pdf: bytes, known: Listed, index: int = 0) -> PrintedPage:
    """What page *index* shows of what is *known*."""
    return _Reading(pdf, index, known).page()


class _Reading:
    def __init__(self, pdf: bytes, index: int, known: Listed):
        self.known = known
        self.document = pypdfium2.PdfDocument(pdf)
        sheet = self.document[index]
        self.left, self.top = sheet.get_trimbox()[0], sheet.get_trimbox()[3]
        self.glyphs = list(self._glyphs(pdf, index))
        self.text = "".join(glyph.text for glyph in self.glyphs)
        self._ends = {id(glyph): number + 1 for number, glyph in enumerate(self.glyphs)}
        self.images: list[Rect] = []
        paths: list[Rect] = []
        for each in sheet.get_objects(max_depth=8):
            west, south, east, north = each.get_bounds()
            rect = Rect(west - self.left, self.top - north, east - self.left, self.top - south)
            if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.images.append(rect)
            elif each.type == pdfium.FPDF_PAGEOBJ_PATH:
                paths.append(rect)
        self.rules = [path for path in paths if min(path.width, path.height) <= THIN]
        grounds = [path for path in paths if min(path.width, path.height) > 3 * THIN]
        self.grounds = [path for path in grounds if not any(_alike(path, image) for image in self.images)]

    def _glyphs(self, pdf: bytes, index: int) -> Iterator[Glyph]:
        for each in read_text(pdf, index):
            west, south, east, north = each.box
            ink = Rect(west - self.left, self.top - north, east - self.left, self.top - south)
            yield Glyph(each.text, each.x - self.left, self.top - each.y, each.size, ink)

    def page(self) -> PrintedPage:
        shots = self._shots()
        stories, lost = [], []
        for weight, copy in enumerate(self.known.copy):
            own, missing = self._story(copy, weight, [shot for shot in shots if shot.story == copy.id])
            lost += missing
            stories += [own] if own else []
        ids = {story.id for story in stories}
        loose = tuple(shot for shot in shots if shot.story not in ids)
        return PrintedPage(tuple(stories), loose, tuple(self.rules), tuple(lost))

    def _found(self, words: str, near: int | None = None) -> list[Glyph]:
        """The glyphs of *words*: of several places where they stand the one that is nearest to *near*."""
        places = [found.start() for found in re.finditer(f"(?={re.escape(words)})", self.text)] if words else []
        if not places:
            return []
        at = min(places, key=lambda place: 0 if near is None else abs(place - near))
        return self.glyphs[at : at + len(words)]

    def _said(self, picture: str) -> list[Glyph]:
        """The glyphs of a picture's caption, and of its credit where that follows."""
        caption, credit = self._found(self.known.captions[picture]), self.known.credits.get(picture, "")
        end = self._ends[id(caption[-1])] if caption else 0
        follows = bool(caption and credit) and self.text.startswith(credit, end)
        return caption + (self.glyphs[end : end + len(credit)] if follows else [])

    def _anchor(self, copy: Copy) -> int | None:
        """About where the copy stands in the file's text: by its paragraphs that stand there but once."""
        places = [self.text.find(words) for words in copy.paragraphs if self.text.count(words) == 1]
        return sorted(places)[len(places) // 2] if places else None

    def _story(self, copy: Copy, weight: int, shots: Sequence[Shot]) -> tuple[PrintedStory | None, list[str]]:
        body: list[Line] = []
        lost, near = [], self._anchor(copy)
        after = near
        for paragraph in copy.paragraphs:
            found = self._found(paragraph, after)
            after = self._ends.get(id(found[-1]), after) if found else after  # the next begins where this one ends
            body += lines_of(found)
            lost += [] if found else [lost_words(copy, paragraph)]
        bare = _bare(copy.headline.replace("／", "").replace("/", ""))
        begins = (
            self.text.find("".join(glyph.text for glyph in self._found(copy.paragraphs[0], near))) if body else near
        )
        head = self._found(bare, begins)
        if not body and not head:
            return None, []  # of the pool, not used
        headline = _headline(head) if head else None
        # Stories may share a kicker or a byline: of two a story's own is the one beside its headline.
        start = self._ends[id(head[0])] if head else near
        beside = [glyph.ink for part in copy.parts for glyph in self._found(part, start)]
        beside += [line.ink for shot in shots for line in lines_of(self._said(shot.id))]
        story = PrintedStory(copy.id, weight, headline, copy.headline, tuple(body), tuple(beside), tuple(shots))
        # A ground that holds the headline and the copy is the story's box; one inside it is a panel.
        boxes = [ground for ground in self.grounds if body and ground.holds(around([line.ink for line in body]), 3)]
        boxes = [ground for ground in boxes if headline is None or ground.holds(headline.ink, 3)]
        box = min(boxes, key=lambda ground: ground.area, default=None)
        return PrintedStory(
            copy.id, weight, headline, copy.headline, tuple(body), story.beside, tuple(shots), box
        ), lost

    def _shots(self) -> list[Shot]:
        """Every picture with its owner, by the caption below it that is nearest."""
        places: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for name, caption in self.known.captions.items():
            found = self._found(caption)
            if not found:
                continue
            ink = around([glyph.ink for glyph in found])
            below = [
                (ink.top - image.bottom, number)
                for number, image in enumerate(self.images)
                if image.across(ink) > 1 and -1 < ink.top - image.bottom < _CAPTION
            ]
            if below:
                gap, number = min(below)
                places[number].append((gap, name))
        shots = []
        for number, image in enumerate(self.images):
            name = min(places[number])[1] if places[number] else ""
            shape = self.known.shapes.get(name, 0.0)
            shots.append(Shot(image, name, self.known.owners.get(name), shape))
        return shots


def lost_words(copy: Copy, paragraph: str) -> str:
    """How a paragraph that is not found is told."""
    return f"{copy.id}: {paragraph[:16]}"


def _alike(one: Rect, other: Rect) -> bool:
    return all(abs(a - b) < _SAME for a, b in zip(one, other, strict=True))


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines that *glyphs*, in reading order, stand in."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        last = lines[-1][-1] if lines else None
        if last is not None and abs(glyph.y - last.y) < 0.35 * glyph.size and glyph.x > last.x - 0.1:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [
        Line(around([glyph.ink for glyph in own]), _middle([glyph.y for glyph in own]), _middle([g.size for g in own]),
             "".join(glyph.text for glyph in own))
        for own in lines
    ]  # fmt: skip


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _headline(glyphs: Sequence[Glyph]) -> HeadlineInk:
    """Lines that run down or across, whichever steps from character to character are more."""
    steps = list(pairwise(glyphs))
    downwards = sum(abs(b.x - a.x) < 0.3 * a.size and b.y > a.y for a, b in steps)
    vertical = downwards > len(steps) / 2
    if not vertical:
        return HeadlineInk(tuple(lines_of(glyphs)), False)
    cells: list[list[Glyph]] = []  # figures of one number stand side by side in one
    for glyph in glyphs:
        last = cells[-1][-1] if cells and _UPRIGHT.fullmatch(cells[-1][-1].text + glyph.text) else None
        if last is not None and abs(last.y - glyph.y) < 0.1 * glyph.size and 0 < glyph.x - last.x < glyph.size:
            cells[-1].append(glyph)
        else:
            cells.append([glyph])
    turned = []
    for cell in cells:
        ink, first = around([glyph.ink for glyph in cell]), cell[0]
        middle = (ink.left + ink.right) / 2
        turned.append(Glyph("".join(glyph.text for glyph in cell), first.y, -middle, first.size, ink))
    return HeadlineInk(tuple(lines_of(turned)), True)
