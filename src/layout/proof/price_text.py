"""What a price is for, as ``report.json`` holds it in the reasons of a variant's score."""

from __future__ import annotations

from layout.copyfit.scores import CountedLines, CutTable, MetHeadings, Price
from layout.flows import Chain
from layout.galley.row_fit import Concession


def price_words(price: Price) -> str:
    """``overset tunliu.section-2``, ``picture ridge 21→20``; in English in every report, which programs read."""
    match price.subject:
        case Chain() as chain:
            words = f"{price.kind} {chain.called}"
        case CountedLines(chain, count, remark):
            words = f"{remark or 'lines left empty'} {chain.called} ×{count}"
        case MetHeadings(one, other):
            words = f"headings meet: {one} | {other}"
        case CutTable(table):
            words = f"table cut: {table}"
        case Concession() as concession:
            words = _conceded(concession)
        case None:
            words = "empty rows" if price.kind == "empty" else "rows too many"
        case picture:
            words = f"crop {picture}" if price.kind == "crop" else f"picture {picture} left out"
    return words


def _conceded(concession: Concession) -> str:
    if concession.kind == "step":
        return str(concession)
    if concession.kind == "tracking":
        return f"{concession} {concession.got:+g}"
    return f"{concession} {concession.wanted:g}→{concession.got:g}"
