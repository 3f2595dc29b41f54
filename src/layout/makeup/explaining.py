"""Explains the arrangement of a page: what it costs by rule, why the next best lost, what was used, what gave way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from layout.errors import Message
from layout.makeup.arrangement import Arrangement, pieces
from layout.makeup.arrangement_report import ArrangementReport, PiecePlace, PricedArrangement
from layout.makeup.candidates import Candidate
from layout.makeup.choosing import Chosen, places
from layout.makeup.looks import looks
from layout.makeup.prices import Pricing, why_it_lost
from layout.makeup.weight_order import out_of_order

_HEAD = re.compile(r" \d+(\.\d+)?x\d+")
"""A headline's size and lines in the words of an arrangement."""
OTHERS = 3
"""Arrangements that lost and are told of: fewer show no choice, more no one reads."""


@dataclass(frozen=True)
class Explanation:
    """What there is to say of one page."""

    pricing: Pricing
    weights: Mapping[str, int]
    """Of its pieces by their ids, 0 the heaviest; what is kept free has none."""

    def report(self, chosen: Chosen, most: int = OTHERS) -> ArrangementReport:
        """The report on what was *chosen*, with at most so many of those that lost."""
        chooser, tree = self.pricing.chooser, chosen.candidate.tree
        best, written = self._priced(chosen.candidate), chooser.tree is not None
        frame = chooser.sheet.frame
        used = {piece.id for piece in pieces(tree)}
        contents, ids = chooser.contents, [story.id for story in chooser.stories]
        pool = [name for number, name in enumerate(ids) if contents.may >> number & 1]
        fillers = [ids[number] for number in contents.fillers]
        return ArrangementReport(
            chooser.space.columns,
            chooser.space.rows,
            chosen.rows,
            round(frame.width / (frame.rows * frame.row), 4),
            written,
            best,
            () if written else tuple(islice(self._others(chosen, best), most)),
            tuple(name for name in pool if name in used),
            tuple(name for name in pool if name not in used),
            tuple(name for name in fillers if name in used),
            tuple(name for name in fillers if name not in used),
            tuple(self._gave_way(tree)),
        )

    def _others(self, chosen: Chosen, best: PricedArrangement) -> Iterator[PricedArrangement]:
        """Those that lost, the next best first; of those whose copy does not stand there is nothing to say, and one
        that is another in a size of its headlines alone is no other to whoever looks at it.
        """
        known = {_HEAD.sub("", best.words)}
        for candidate in sorted(chosen.others, key=lambda each: (each.cost + looks(each), each.words)):
            cuts = _HEAD.sub("", candidate.words)
            if cuts not in known and self.pricing.chooser.stands(candidate):
                known.add(cuts)
                other = self._priced(candidate)
                yield replace(other, why=why_it_lost(best.prices, other.prices))

    def _priced(self, candidate: Candidate) -> PricedArrangement:
        own, choices = {piece.id: piece for piece in pieces(candidate.tree)}, candidate.choices
        stand = tuple(
            PiecePlace(name, column + 1, row + 1, columns, rows, own[name].shape,
                       sum(choices[name].pictures) if own[name].pictures else 0)
            for name, (column, row, columns, rows) in places(candidate, self.pricing.chooser.space.air).items()
        )  # fmt: skip
        return PricedArrangement(candidate.words, stand, self.pricing.prices(candidate))

    def _gave_way(self, tree: Arrangement) -> Iterator[Message]:
        for first, then in out_of_order(tree, self.weights):
            yield Message(
                f"钉了的不论轻重：{first} 站在更重的 {then} 之前",
                f"pins go before weight: {first} stands before {then}, which is heavier",
            )
