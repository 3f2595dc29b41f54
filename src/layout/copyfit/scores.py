"""Scores, suggestions and names of variants, for the report: values that import nothing of copyfit's search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from layout.errors import Message, Reader
from layout.flows import Chain, Flow
from layout.galley.row_fit import Concession
from layout.json_values import JsonValue

PriceKind = Literal[
    "overset", "empty", "short", "picture", "crop", "left out", "band", "gap", "step", "tracking", "line", "blemish"
]
"""What kind of deviation a price is for; ``line``: lines that are not well set, ``blemish``: headings that meet, tables
that are cut."""


@dataclass(frozen=True, slots=True)
class PriceWords:
    """A kind of deviation in people's words: in a sentence, and in a cell of a table."""

    full: Message
    short: Message


PRICE_WORDS: Mapping[PriceKind, PriceWords] = {
    "overset": PriceWords(Message("溢文", "overset copy"), Message("溢文", "overset")),
    "empty": PriceWords(Message("版脚空行", "rows empty at the foot"), Message("版脚空行", "empty foot")),
    "short": PriceWords(Message("末栏空行", "lines wanting in the last column"), Message("末栏空行", "short column")),
    "picture": PriceWords(Message("图片高度", "heights of pictures"), Message("图高", "heights")),
    "crop": PriceWords(Message("图片裁切", "crops of pictures"), Message("裁切", "crops")),
    "left out": PriceWords(Message("撤图", "pictures left out"), Message("撤图", "pictures left out")),
    "band": PriceWords(Message("版块高度", "heights of bands"), Message("版块高", "bands")),
    "gap": PriceWords(Message("空白", "gaps"), Message("空白", "gaps")),
    "step": PriceWords(Message("字号、行数等档次", "steps of size and the like"), Message("档次", "steps")),
    "tracking": PriceWords(Message("字距", "tracking"), Message("字距", "tracking")),
    "line": PriceWords(Message("排得不好的行", "lines not well set"), Message("欠佳的行", "lines")),
    "blemish": PriceWords(
        Message("碰题、栏脚空行、断开的表格", "headings that meet, short columns, cut tables"),
        Message("碰题、空行、断表", "meeting headings, short columns, cut tables"),
    ),
}


@dataclass(frozen=True, slots=True)
class CountedLines:
    """Lines of a chain that cost something together: left empty, or all those of one remark of the composer."""

    chain: Chain
    count: int
    remark: str = ""
    """``runt``, ``loose`` …; empty: the lines are left empty."""


@dataclass(frozen=True, slots=True)
class MetHeadings:
    """The words of two headings side by side."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class CutTable:
    """A short table that is cut, by its own flow."""

    table: Flow


PriceSubject = Chain | CountedLines | MetHeadings | CutTable | Concession | str | None
"""What costs something; of a picture that is cropped or left out its id, None for rows of the page as a whole."""


@dataclass(frozen=True, slots=True)
class Price:
    """A part of a score: what kind of deviation it is for, of what, and how much."""

    kind: PriceKind
    subject: PriceSubject
    cost: float


@dataclass(frozen=True, slots=True)
class VariantScore:
    """One variant that was tried: its name, what it costs and for what; ``refused`` says why it cannot be."""

    name: VariantName
    cost: float
    prices: tuple[Price, ...]
    chosen: bool = False
    refused: Message | None = None
    why: Message | None = None
    """Of the one that was chosen: what it has before the next."""

    @property
    def kinds(self) -> dict[PriceKind, float]:
        """What each kind of deviation comes to, the dearest first."""
        found: dict[PriceKind, float] = {}
        for price in self.prices:
            found[price.kind] = round(found.get(price.kind, 0.0) + price.cost, 3)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


MOST_CUT = 0.5
"""Of a story that has less than half its room no one is told to cut the rest: it wants another place."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that would mend what does not fit; it was tried, and is never made."""

    chain: Chain
    """The chain whose copy has too much room or too little; empty: the page as a whole."""
    message: Message
    reader: Reader
    """Who could make it."""
    amount: Mapping[str, JsonValue]
    """What was tried, in numbers: ``{"cut": 36, "paragraph": 3}``, ``{"picture": "ridge", "rows": -2}``."""


@dataclass(frozen=True, slots=True)
class VariantName:
    """A template of the design, and the pictures that are left out. A report has ``page -ridge -sunset``."""

    template: str
    left_out: tuple[str, ...] = ()
    """By id, the first to go first."""

    def __str__(self) -> str:
        return "".join([self.template, *(f" -{picture}" for picture in self.left_out)])
