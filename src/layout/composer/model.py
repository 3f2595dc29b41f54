"""What goes into the composer and what comes out of it.

All lengths are in em of the paragraph's own size unless a name says otherwise; the composer knows no points and no
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from layout.fontbook.clusters import Cluster

Kinsoku = Literal["none", "basic", "gb", "strict"]
LineEnd = Literal["full", "allow-end", "gb-half"]
Fit = Literal["first", "total"]
Align = Literal["justify", "start", "center", "end"]
Shape = Literal["none", "pagoda", "inverted", "diamond"]
"""正宝塔 (each line longer than the one above), 倒宝塔 (each shorter), 菱形 (longest in the middle)."""


class Metrics(Protocol):
    """Where the composer gets advances from: ``fontbook`` in the program, fixed widths in tests and case files."""

    def clusters(self, faces: Sequence[str], text: str, *, vertical: bool = False) -> Sequence[Cluster]:
        """*text* shaped with the first of *faces* that covers each character, in order; nothing is dropped.

        Raises ``FontError`` when no face of the list covers a character.
        """
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one face list.

    ``scale`` is its size relative to the paragraph's em. ``role`` ("plain", "strong", …) is handed through to the
    painter.
    """

    text: str
    faces: tuple[str, ...]
    scale: float = 1.0
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is to be set. Defaults are the house defaults of typography/RULES.md."""

    fit: Fit = "first"
    align: Align = "justify"
    indent: float = 0.0
    kinsoku: Kinsoku = "gb"
    adjacent: Literal["1.5", "1.0", "none"] = "1.5"
    line_end: LineEnd = "gb-half"
    line_start: Literal["trim", "full"] = "trim"
    han_latin: float = 0.25
    han_latin_min: float = 0.125
    han_latin_max: float = 0.5
    word_space: float | None = None
    last_line_min_han: int = 2
    keep_number_unit: bool = True
    hang: bool = False
    hyphenate: bool = False
    tracking: float = 0.0
    gap_warn: float = 0.15
    gap_error: float = 0.33
    protected: tuple[str, ...] = ()
    squeeze_stop: bool = True
    """Whether 。？！ inside a line may give half (step 7 of CLREQ's order; some styles never)."""
    hug: bool = False
    """Whether no space is added after opening and before closing marks (JLREQ's rule, a quality option for Chinese)."""
    shape: Shape = "none"
    """The outline a heading of several lines should take."""
    vertical: bool = False
    """Whether the line runs downwards: ``vert`` forms, 纵中横排, words turned."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One cluster on a line: where its pen lies along the line, and the length of line it takes.

    Paint by ``x`` alone. ``advance`` is the cluster's cell with the gap after it, so a line's advances add up to its
    width less what stands before the first; where a mark has lost the space on its left, the pen lies before its cell.

    On a vertical line ``x`` runs downwards from the line's top: for a ``rotated`` cluster it is the pen, for all others
    the height of the baseline of their horizontal glyphs.
    """

    cluster: Cluster
    x: float
    advance: float
    scale: float
    role: str
    offset: int
    """Index of its first character in the paragraph's text."""
    inserted: bool = False
    """A hyphen that division added: it is painted, but it is no character of the text."""
    across: float = 0.0
    """Vertical lines only: the pen's distance from the column's middle axis, rightwards."""
    rotated: bool = False
    """Vertical lines only: shaped horizontally and turned a quarter clockwise."""
    combined: bool = False
    """Vertical lines only: 纵中横排, one of several digits side by side."""
    scale_x: float = 1.0
    """Narrowing of a combined cluster, across the column."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One class of squeezing or stretching on a line, and the rule behind it.

    ``kind`` is one of: line_end, line_start, word_space, interpunct, bracket, comma, han_latin, stop, hang (all
    squeezed); word_space+, han_latin+, inter_char+ (stretched). line_end and line_start are named as well where the
    style always trims. ``each`` holds the em taken or given at every place, in text order.
    """

    kind: str
    rule: str
    each: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One composed line. The pen positions of ``placed`` start at 0 = the line's left edge (indent included)."""

    placed: tuple[Placed, ...]
    text: str
    start: int
    end: int
    measure: float
    width: float
    adjustments: tuple[Adjustment, ...]
    loosest_gap: float
    last: bool
    """Whether it is the paragraph's last line (not justified)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the composer could not set well: which line (from 0), what, and by how much."""

    line: int
    what: Literal["loose", "very_loose", "overlong", "runt"]
    amount: float


@dataclass(frozen=True, slots=True)
class Composition:
    """A paragraph, set."""

    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = field(default=())


Measure = float | Callable[[int], float]
"""A measure in em, or one per line number (from 0)."""
