"""What a report says of a page that was made up: values that import nothing of the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from layout.errors import Lang, Message

PriceRule = Literal[
    "white",
    "deep",
    "smaller",
    "shape",
    "kind",
    "long",
    "picture",
    "small",
    "large",
    "poor",
    "short",
    "closer",
    "alike",
    "alone",
    "order",
    "above",
    "through",
    "heads",
    "unused",
]
"""What an arrangement costs something for."""

RULE_WORDS: Mapping[PriceRule, Message] = {
    "white": Message("题旁留白", "white beside the headline"),
    "deep": Message("题的行多，或者稿块窄", "a headline of many lines, or a narrow piece"),
    "smaller": Message("题比本级最大的小", "a headline below the largest of its rank"),
    "shape": Message("稿块靠后", "a later shape of the design"),
    "kind": Message("稿块不是给这样的稿的", "a shape made for another kind of story"),
    "long": Message("简讯太长", "a long story as a brief"),
    "picture": Message("图离了自己的形状", "pictures off their own shape"),
    "small": Message("图比这篇的分量小", "pictures small for the story's weight"),
    "large": Message("图比这篇的分量大", "pictures large for the story's weight"),
    "poor": Message("图的像素不够印这么大", "pictures of too few pixels for their size"),
    "short": Message("末栏短行", "a last column that is short"),
    "closer": Message("字距收紧了千分之几，省下一两行", "copy set closer by thousandths of an em to save a line"),
    "alike": Message("同样的稿块相邻", "neighbours of one shape"),
    "alone": Message("简讯独占版头", "a brief alone at the head"),
    "order": Message("轻的站在重的前面", "a lighter story before a heavier"),
    "above": Message("轻的题比重的大", "a lighter story's headline above a heavier's"),
    "through": Message("一道缝从版头通到版脚", "a gap from the page's head to its foot"),
    "heads": Message("头条的题没有大出多少", "the lead's headline not much larger than the next"),
    "unused": Message("备稿没有用", "a story of the pool left out"),
}
"""The rules, in an editor's words."""


def rule_words(rule: str, lang: Lang) -> str:
    """*rule* in an editor's words; of one that another version knows, its name."""
    return next((words.text(lang) for known, words in RULE_WORDS.items() if known == rule), rule)


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one rule costs an arrangement; *subject* is the piece, or nothing where it is the page."""

    rule: PriceRule
    subject: str
    cost: float


@dataclass(frozen=True, slots=True)
class PiecePlace:
    """Where a piece of an arrangement stands: basic columns and rows, both from 1."""

    id: str
    column: int
    row: int
    columns: int
    rows: int
    shape: str
    picture_rows: int = 0
    """Rows of its pictures together: what small pictures of the page show of them."""


@dataclass(frozen=True, slots=True)
class PricedArrangement:
    """An arrangement with what it costs, rule by rule."""

    words: str
    """The tree in a line, as issue.toml has it."""
    pieces: tuple[PiecePlace, ...]
    prices: tuple[RulePrice, ...]
    why: Message | None = None
    """Why it lost to the one that was chosen."""

    @property
    def cost(self) -> float:
        """All that it costs."""
        return round(sum(price.cost for price in self.prices), 3)

    @property
    def by_rule(self) -> Mapping[str, float]:
        """What each rule comes to, the dearest first."""
        found: dict[str, float] = {}
        for price in self.prices:
            found[price.rule] = round(found.get(price.rule, 0.0) + price.cost, 3)
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


@dataclass(frozen=True, slots=True)
class ArrangementReport:
    """How a page was made up: the arrangement chosen, those that lost, and what of all that it might hold it has."""

    columns: int
    """Basic columns of the page."""
    rows: int
    """That the page has;"""
    height: int
    """those that the arrangement comes to."""
    proportion: float
    """Width of its area for each of its height."""
    written: bool
    """Whether the arrangement was written down."""
    chosen: PricedArrangement
    others: tuple[PricedArrangement, ...] = ()
    """The next best, the cheapest first: their copy was set too, and stands."""
    pool: tuple[str, ...] = ()
    """Stories of the pool that were used,"""
    pool_left: tuple[str, ...] = ()
    """and those that were not."""
    fillers: tuple[str, ...] = ()
    """Fillers that were used,"""
    fillers_left: tuple[str, ...] = ()
    """and those that were not."""
    gave_way: tuple[Message, ...] = ()
    """What gave way so that the page is as it is."""
