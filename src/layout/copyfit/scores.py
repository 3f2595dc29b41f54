"""What a page cost and what would mend it, for the report: values that stand on nothing of copyfit's own machinery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from layout.copyfit.variant_name import VariantName
from layout.errors import Said
from layout.flows import Chain
from layout.galley.row_fit import Concession

PriceKind = Literal[
    "overset", "empty", "short", "picture", "crop", "left out", "band", "gap", "step", "tracking", "line", "blemish"
]
"""What kind of deviation a price is for; ``line``: lines that are not well set, ``blemish``: headings that meet."""


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


PriceSubject = Chain | CountedLines | MetHeadings | Concession | str | None
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
    refused: Said | None = None
    why: Said | None = None
    """Of the one that was chosen: what it has before the next."""

    @property
    def kinds(self) -> dict[str, float]:
        """What each kind of deviation comes to, the dearest first."""
        found: dict[str, float] = {}
        for price in self.prices:
            found[price.kind] = round(found.get(price.kind, 0.0) + price.cost, 3)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that would mend what does not fit; found by trying it, never done."""

    chain: Chain
    """The chain whose copy has too much room or too little; empty: the page as a whole."""
    said: Said
    amount: Mapping[str, Any]
    """What was tried, in numbers: ``{"cut": 36, "paragraph": 3}``, ``{"picture": "ridge", "rows": -2}``."""
