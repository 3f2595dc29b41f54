"""The composer's input and output values.

All lengths are in em of the paragraph's own size unless a name says otherwise; the composer knows no points and no
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from layout.fontbook.clusters import Cluster, InkExtent

Kinsoku = Literal["none", "basic", "gb", "strict"]
LineEnd = Literal["full", "allow-end", "gb-half"]
Fit = Literal["first", "total"]
Align = Literal["justify", "start", "center", "end"]
Punctuation = Literal["line-end-half", "full", "kaiming", "half", "display"]
"""行末半角: marks take a full em and give half at a line's end (as ``line_end`` has it). 全角: a full em there too.
开明: 。？！ take a full em, all other marks half. 半角: all take half. Display: all take half, and each mark's ink
stands in the middle of it, so that the white on either side is even: in large type the eye sees it."""
Edges = Literal["plain", "optical"]
"""Whether lines begin and end on the measure's edges with their em boxes or with their ink."""
HangingWord = Literal["first", "force-end", "allow-end", "last"]
"""Which marks hang outside the measure (CSS Text 4, 8.2): an opening one before the first line, pause marks at line
ends, such only where they do not fit, a closing one at the end of the last."""
Items = Literal["plain", "hanging"]
Stretch = Literal["even", "in-order"]
"""Even: Han–Latin gaps and those between characters grow together, the former up to ``han_latin_max``: gaps of one
paragraph look alike. In order: the former go to their most before any other opens (CLREQ
procedures_for_inter-character_space_expansion, steps 2 and 3)."""
HAN_LATIN_EASE = 0.125
"""How far, in em, a Han–Latin gap is opened beyond its ideal where the style does not say: as much as CLREQ lets it be
narrowed (1/4 to 1/8), so that in one paragraph such gaps run from 1 to 3 eighths and not to a half."""
Under = Literal["dot", "line", "name", "wave"]
"""着重号 (a dot to each character), 着重线, 专名号, 书名号甲式 (wavy)."""
Shape = Literal["none", "pagoda", "inverted", "diamond"]
"""正宝塔 (each line longer than the one above), 倒宝塔 (each shorter), 菱形 (longest in the middle)."""


class Metrics(Protocol):
    """Shapes text and gives its advances: ``fontbook`` in the program, fixed widths in tests and case files."""

    def clusters(self, faces: Sequence[str], text: str, *, vertical: bool = False) -> Sequence[Cluster]:
        """*text* shaped with the first of *faces* that covers each character, in order; nothing is dropped.

        Raises ``FontError`` when no face of the list covers a character.
        """
        ...

    def ink(self, cluster: Cluster) -> InkExtent | None:
        """What the ink of a cluster fills, from its pen on, in em of its own size; nothing where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class Ruby:
    """An annotation above (in vertical lines: to the right of) all of a span, centred on it: 拼音, 注文."""

    text: str
    faces: tuple[str, ...]
    scale: float = 0.5
    """Its size relative to the paragraph's em."""
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one face list.

    ``scale`` is its size relative to the paragraph's em. ``role`` ("plain", "strong", …) is handed through to the
    painter. ``rise`` lifts it above the baseline, in em of the paragraph; a raised or lowered span stays with what
    stands before it. A span with ``ruby`` is never broken: give each character a span for 单字注音.
    """

    text: str
    faces: tuple[str, ...]
    scale: float = 1.0
    role: str = "plain"
    rise: float = 0.0
    under: tuple[Under, ...] = ()
    ruby: Ruby | None = None
    split: bool = False
    """双行夹注: set in two rows, one over the other, in one line. Its ``scale`` is that of the rows."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is to be set. Defaults are the house defaults of typography/RULES.md."""

    fit: Fit = "total"
    """Total fit is never looser than first fit; that is why it is the default."""
    align: Align = "justify"
    indent: float = 0.0
    kinsoku: Kinsoku = "gb"
    adjacent: Literal["1.5", "1.0", "none"] = "1.5"
    line_end: LineEnd = "gb-half"
    line_start: Literal["trim", "full"] = "trim"
    han_latin: float = 0.25
    han_latin_min: float = 0.125
    han_latin_max: float | None = None
    """None: ``HAN_LATIN_EASE`` above ``han_latin``."""
    stretch: Stretch = "even"
    """How a line is stretched once its Western word spaces are at their most."""
    word_space: float | None = None
    last_line_min_han: int = 2
    keep_number_unit: bool = True
    punctuation: Punctuation = "line-end-half"
    items: Items = "plain"
    """Whether the turn-over lines of 一、（一）1.（1）① are indented to the words after the number."""
    keep_titles: int = 6
    """《书名》 of at most so many characters, marks included, are kept on one line where that costs little."""
    keep_items: bool = True
    """Whether short words between 、 and names in bylines are kept whole where that opens no line further."""
    keep_limit: float = 0.08
    """Total fit: how far, in em, numbers with their units and titles may open a paragraph's lines to stay together."""
    keep_names: float = 0.25
    """Total fit: the same for the names in ``protected``, which are dearer. First fit, which has no other line to pay
    with, opens a line up to ``gap_error`` before it tears any of the three."""
    ruby_overhang: float = 0.25
    """How far, in em, an annotation may reach over what stands beside its base before the base is spaced out."""
    ellipses_alone: bool = True
    """Whether ………… (12 dots) stand on a line of their own (GB/T 15834 5.1.5)."""
    hang: bool = False
    hanging: tuple[HangingWord, ...] = ()
    edges: Edges = "plain"
    hyphenate: str = ""
    """The language whose dictionary divides Western words, as pyphen names it; none: only soft hyphens divide."""
    tracking: float = 0.0
    gap_warn: float = 0.15
    """Gaps opened further than this, in em, are remarked on."""
    gap_error: float = 0.33
    """No gap is opened further than this, in em: a line that needs more is left short, and the remark says by how
    much."""
    overstretch: bool = False
    """Whether a line that needs more is opened all the same. For comparing with rules that know no limit."""
    protected: tuple[str, ...] = ()
    """Names and phrases to be kept on one line: in headings always where that is possible, elsewhere by preference."""
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
    rise: float = 0.0
    """Level lines only: how far above the baseline it stands."""
    annotation: bool = False
    """Ruby: not a character of the paragraph's text; ``offset`` is where its base begins."""


@dataclass(frozen=True, slots=True)
class Decoration:
    """Marks drawn under a stretch of a level line, or beside it: dots on a vertical line's right, lines on its left."""

    kind: Under
    start: float
    end: float
    """From where to where along the line, in em."""
    centres: tuple[float, ...]
    """Dots: the middle of each character that gets one."""
    scale: float
    role: str
    outer: bool = False
    """A dot outside a line under the same words (GB/T 15834 5.1.8)."""


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
    decorations: tuple[Decoration, ...] = ()
    wanted_gap: float = 0.0
    """Of a line left short because filling it would open its gaps beyond ``gap_error``: the gap that would."""


RemarkKind = Literal[
    "loose",
    "very_loose",
    "short_address",
    "overlong",
    "too_long",
    "runt",
    "torn_name",
    "torn_unit",
    "torn_title",
    "torn_item",
    "torn_address",
    "torn_word",
]


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault that the composer could not avoid: its line (from 0), its kind, and its amount."""

    line: int
    what: RemarkKind
    amount: float
    torn: str = ""
    """What the line's end tears, with a bar where it does: 张|三. ``amount`` is then that line's loosest gap."""
    missing: float = 0.0
    """Of a line that is very loose, or short beside an address: how many em it falls short of its measure with its
    gaps at ``gap_error``. ``amount`` is then the gap that would fill it.

    A heading ``too_long`` for its lines: the first line too many, and how many em have no line."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A paragraph composed into lines."""

    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = field(default=())


Measure = float | Callable[[int], float]
"""A measure in em, or one per line number (from 0)."""
