"""Issues of any amount of copy, and their finished PDFs read back with PDFium: nothing here trusts our own geometry."""

import ctypes
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from in_place import build
from layout import assets
from layout.pipeline import Built, Options
from layout.preflight.text import read_text

DESIGN = Path(__file__).parent / "design"
ROW = 15.0
BODY = 10.0
AREAS = {"page": (57.5, 67.5, 990.0, 1395.0), "tabloid": (62.0, 57.5, 654.0, 990.0)}
"""Type area of each kind: left, top, width, height, in points. As the CSS says."""
SHAPES = (
    (900, 600),
    (600, 900),
    (1200, 400),
    (400, 1200),
    (800, 800),
    (1600, 900),
    (500, 700),
    (700, 500),
    (1000, 300),
)


@cache
def copy_text() -> str:
    """Real copy without white space, to be cut to any length."""
    issue = assets.root() / "issues" / "tunliu-2026"
    return "".join((issue / "as-received.txt").read_text(encoding="utf-8").split())[60:1900]


def words(count: int) -> str:
    """*count* characters of copy, ended as a paragraph is."""
    text = copy_text()
    whole = (text * (count // len(text) + 1))[: count - 1]
    return whole.rstrip("，、：；“（《—…").ljust(count - 1, "全") + "。"


@dataclass(frozen=True)
class Piece:
    """A story to be written: lengths in characters."""

    paragraphs: Sequence[int]
    headings: Sequence[str] = ()
    headline: str = "凝心聚力谋发展"
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def running(self) -> str:
        """Its running text with the headings, without white space."""
        body = self.markdown().split("---", 2)[2].replace("## ", "")
        return "".join(body.split())

    def markdown(self) -> str:
        """The manuscript."""
        head = {"headline": self.headline, **self.parts}
        lines = ["---", *(f"{key}: {value}" for key, value in head.items()), "---", ""]
        size = max(1, -(-len(self.paragraphs) // (len(self.headings) + 1)))
        for number, count in enumerate(self.paragraphs):
            if self.headings and number and number % size == 0 and number // size <= len(self.headings):
                lines += [f"## {self.headings[number // size - 1]}", ""]
            lines += [words(count), ""]
        return "\n".join(lines)


@dataclass(frozen=True)
class Made:
    """A built issue."""

    built: Built
    pdf: bytes

    def page(self, kind: str = "page", index: int = 0) -> "Page":
        """A page of it as the PDF shows it."""
        return Page(self, kind, index)

    def found(self, *checks: str) -> list[dict[str, object]]:
        """The amounts of the findings of *checks*."""
        return [dict(finding.amount) for finding in self.built.findings if finding.check in checks]


def make(folder: Path, piece: Piece, pictures: int = 0, kind: str = "page", pages: int = 1, **options: object) -> Made:
    """Writes an issue of *pages* pages, all of one story, and builds it."""
    issue = write_issue(folder, piece, pictures, kind, pages)
    wanted = {"out": folder / "out", "png": False, **options}
    built = build(issue, Options(**wanted))  # type: ignore[arg-type]
    return Made(built, built.pdf.read_bytes())


def write_issue(folder: Path, piece: Piece, pictures: int = 0, kind: str = "page", pages: int = 1) -> Path:
    """Writes an issue of *pages* pages, all of one story."""
    issue = folder / "issue"
    issue.mkdir(parents=True)
    shutil.copytree(DESIGN, issue / "design")
    (issue / "story.md").write_text(piece.markdown(), encoding="utf-8")
    lines = ['title = "试排"', "date = 2026-02-05", 'design = "design"', 'press = "newsprint-coldset"']
    for number in range(1, pages + 1):
        shown = [f"p{k}" for k in range(number - 1, pictures, pages)]
        lines += ["", "[[page]]", f"number = {number}", 'title = "要闻"', f'kind = "{kind}"', 'stories = ["story.md"]']
        lines += ['continues = ["story.md"]'] if number > 1 else []
        lines += [f"pictures = {shown}".replace("'", '"')]
    for number in range(pictures):
        Image.new("RGB", SHAPES[number % 9], (60 + 4 * number, 120, 90)).save(issue / f"p{number}.png")
        lines += ["", "[[picture]]", f'id = "p{number}"', f'file = "p{number}.png"']
        lines += [f'caption = "图片说明之{number + 1}"', 'credit = "记者 张三 摄"']
    (issue / "issue.toml").write_text("\n".join(lines), encoding="utf-8")
    return issue


@dataclass(frozen=True)
class Glyph:
    """A character of the finished page: pen, baseline, size and ink in points, from the page's top left corner."""

    text: str
    x: float
    y: float
    size: float
    ink: tuple[float, float, float, float]
    """Left, top, right, bottom of what is printed."""


class Page:
    """One page of the PDF."""

    def __init__(self, made: Made, kind: str, index: int):
        self.made, self.number = made, index + 1
        self.left, self.top, self.width, self.height = AREAS[kind]
        self.columns = 4 if kind == "tabloid" else 6
        self.text = "".join(char.text for char in read_text(made.pdf, index) if not char.text.isspace())
        self.glyphs = list(glyphs_of(made.pdf, index))

    @cached_property
    def body(self) -> list[Glyph]:
        """The characters of running text."""
        return [glyph for glyph in self.glyphs if abs(glyph.size - BODY) < 0.01]

    @cached_property
    def lines(self) -> dict[int, list[float]]:
        """The baselines of running text, by column."""
        found: dict[int, set[float]] = defaultdict(set)
        for glyph in self.body:
            found[int((glyph.ink[0] - self.left + 0.6) // 168)].add(round(glyph.y, 2))
        return {column: sorted(baselines) for column, baselines in sorted(found.items())}

    def assert_sound(self) -> None:
        """Everything on the page that must hold whatever its copy."""
        self.assert_inside()
        self.assert_on_grid()
        assert not list(overlaps(self.glyphs))

    def assert_inside(self) -> None:
        for glyph in self.glyphs:
            left, top, right, bottom = glyph.ink
            assert left > self.left - 0.6, glyph
            assert top > self.top - 0.6, glyph
            assert bottom < self.top + self.height + 0.6, glyph
            assert right < self.left + self.width + 0.6, glyph
        for glyph in self.body:
            column = int((glyph.ink[0] - self.left + 0.6) // 168)
            assert glyph.ink[0] > self.left + 168 * column - 0.6, glyph
            assert glyph.ink[2] < self.left + 168 * column + 150.6, glyph

    def assert_on_grid(self) -> None:
        for baselines in self.lines.values():
            for baseline in baselines:
                rows = (baseline - 2.5 - 0.88 * BODY - self.top) / ROW
                assert abs(rows - round(rows)) * ROW < 0.1, baseline

    def assert_level(self) -> None:
        """The columns end on one row, those at the end a row higher where copy is wanting, the very last by two more at
        most; and as much higher as findings say is left empty there."""
        empty = [rows for _, rows in sorted(self.empty_rows.items())]
        assert empty[0] >= 0, empty
        assert empty == sorted(empty), empty
        assert empty[-2] - empty[0] <= 1, empty
        assert empty[-1] - empty[-2] <= 2, empty

    @cached_property
    def empty_rows(self) -> dict[int, int]:
        """By column the rows between its last line and the row where its columns could end, but for those that a
        finding tells of: left empty for a heading or a lone line, or below all of the columns."""
        told: dict[int, int] = defaultdict(int)
        below = 0.0
        for finding in self.made.built.findings:
            if finding.check == "page.column_short" and finding.page_no == self.number:
                told[int(finding.amount["column"]) - 1] += int(finding.amount["lines"])
            if finding.check == "page.underset" and finding.page_no == self.number and "rows" in finding.amount:
                below = float(finding.amount["rows"])
        end = self.foot + ROW * (self.rows_below - below)
        return {c: round((end - baselines[-1]) / ROW) - told[c] for c, baselines in self.lines.items()}

    @cached_property
    def foot(self) -> float:
        """The lowest baseline of running text."""
        return max(baselines[-1] for baselines in self.lines.values())

    @property
    def last_column(self) -> int:
        """The last column that holds running text."""
        return max(self.lines)

    @property
    def empty_at_end(self) -> int:
        """Rows between the last line of running text and the foot of its column."""
        return round((self.foot - self.lines[self.last_column][-1]) / ROW)

    @property
    def rows_below(self) -> float:
        """Rows of the type area below the columns, but for the credits."""
        below = [glyph for glyph in self.glyphs if glyph.y > self.foot + 1 and abs(glyph.size - 8.5) < 0.01]
        return (self.top + self.height - self.foot - (ROW - 2.5 - 0.88 * BODY)) / ROW - 2 * bool(below)

    @property
    def headings(self) -> set[float]:
        """The baselines of headings in running text."""
        return {round(glyph.y, 1) for glyph in self.glyphs if abs(glyph.size - 14) < 0.01}

    @property
    def running(self) -> str:
        """The characters of running text and its headings, in the order of the file."""
        return "".join(glyph.text for glyph in self.glyphs if round(glyph.size, 1) in (BODY, 14.0))


def glyphs_of(pdf: bytes, index: int) -> Iterable[Glyph]:
    """Every character of a page that is no white space, in the order of the file."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[index]
    text = page.get_textpage()
    left, top = page.get_trimbox()[0], page.get_trimbox()[3]
    for number in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, number))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, number):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, number, x, y)
        west, south, east, north = text.get_charbox(number)
        ink = (west - left, top - north, east - left, top - south)
        yield Glyph(character, x.value - left, top - y.value, pdfium.FPDFText_GetFontSize(text, number), ink)


def overlaps(glyphs: Sequence[Glyph]) -> Iterable[tuple[Glyph, Glyph]]:
    """Pairs of characters whose ink shares more than a hair."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.ink[1])
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.ink[1] > one.ink[3] - 0.3:
                break
            if min(one.ink[2], other.ink[2]) - max(one.ink[0], other.ink[0]) > 0.3:
                yield one, other
