"""How a page was made up, for report.json: types, and values of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from layout.makeup.arrangement_report import RULE_WORDS

if TYPE_CHECKING:
    from layout.errors import Lang
    from layout.makeup.arrangement_report import ArrangementReport, PricedArrangement


class PieceJson(TypedDict):
    """Where a piece of an arrangement stands: columns and rows from 1."""

    id: str
    column: int
    row: int
    columns: int
    rows: int
    shape: str
    picture_rows: int


class RulePriceJson(TypedDict):
    """What one rule costs an arrangement, of a piece or of the page."""

    rule: str
    subject: str
    what: str
    cost: float


class ArrangementJson(TypedDict):
    """An arrangement with what it costs."""

    words: str
    cost: float
    rules: Mapping[str, float]
    prices: Sequence[RulePriceJson]
    pieces: Sequence[PieceJson]
    why: str


class UsedJson(TypedDict):
    """What of the pool, or of the fillers, was used."""

    used: Sequence[str]
    left: Sequence[str]


class MadeUpJson(TypedDict):
    """How a page was made up."""

    columns: int
    rows: int
    height: int
    proportion: float
    written: bool
    chosen: ArrangementJson
    others: Sequence[ArrangementJson]
    pool: UsedJson
    fillers: UsedJson
    gave_way: Sequence[str]


def arrangement_json(made: ArrangementReport, lang: Lang) -> MadeUpJson:
    """What report.json says of a page that was made up."""
    return {
        "columns": made.columns,
        "rows": made.rows,
        "height": made.height,
        "proportion": made.proportion,
        "written": made.written,
        "chosen": _priced(made.chosen, lang),
        "others": [_priced(each, lang) for each in made.others],
        "pool": {"used": list(made.pool), "left": list(made.pool_left)},
        "fillers": {"used": list(made.fillers), "left": list(made.fillers_left)},
        "gave_way": [each.text(lang) for each in made.gave_way],
    }


def _priced(arrangement: PricedArrangement, lang: Lang) -> ArrangementJson:
    return {
        "words": arrangement.words,
        "cost": arrangement.cost,
        "rules": dict(arrangement.by_rule),
        "prices": [
            {"rule": each.rule, "subject": each.subject, "what": RULE_WORDS[each.rule].text(lang), "cost": each.cost}
            for each in arrangement.prices
        ],
        "pieces": [
            {"id": each.id, "column": each.column, "row": each.row, "columns": each.columns, "rows": each.rows,
             "shape": each.shape, "picture_rows": each.picture_rows}
            for each in arrangement.pieces
        ],
        "why": arrangement.why.text(lang) if arrangement.why else "",
    }  # fmt: skip
