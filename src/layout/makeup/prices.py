"""What an arrangement costs, rule by rule, in the words of a report.

The search knows sums. They are taken apart here for the few arrangements that are told of: the parts add up to what
the arrangement cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.design.shapes import Shape
from layout.errors import Message
from layout.makeup.arrangement import Piece, pieces
from layout.makeup.arrangement_report import RULE_WORDS, PriceRule, RulePrice
from layout.makeup.candidates import Candidate, Option
from layout.makeup.choosing import Chooser, unused
from layout.makeup.looks import alike, alone_at_head, disorder, outdone, plain_head, through
from layout.makeup.option_heights import TRACKED
from layout.makeup.page_options import LATER, OptionRules, deep_cost, kind_cost, long_cost, picture_costs, smaller_cost

_SEEN = 0.05
"""What costs less is not told: no one would see it."""


@dataclass(frozen=True)
class Pricing:
    """Takes the costs of a page's arrangements apart. *options* are those that the page was chosen from."""

    chooser: Chooser
    shapes: Sequence[Shape]
    rules: OptionRules

    def prices(self, candidate: Candidate) -> tuple[RulePrice, ...]:
        """What *candidate* costs, the dearest first."""
        found = [price for piece in pieces(candidate.tree) for price in self._of_piece(piece, candidate)]
        found += [RulePrice("alike", "", alike(candidate.tree)), RulePrice("alone", "", alone_at_head(candidate))]
        found += [RulePrice("order", "", disorder(candidate)), RulePrice("above", "", outdone(candidate))]
        found += [RulePrice("through", "", through(candidate.tree)), RulePrice("heads", "", plain_head(candidate))]
        found.append(RulePrice("unused", "", unused(self.chooser.left_out(candidate.tree))))
        seen = (price for price in found if price.cost >= _SEEN)
        return tuple(sorted(seen, key=lambda each: (-each.cost, each.rule, each.subject)))

    def _of_piece(self, piece: Piece, candidate: Candidate) -> Iterator[RulePrice]:
        names = [story.id for story in self.chooser.stories]
        story = self.chooser.stories[names.index(piece.id)]
        option = self._option(piece, self.chooser.options[names.index(piece.id)])
        height = candidate.choices[piece.id]
        if option is None or option.rank.role == "reserve":
            return
        shape = next(each for each in self.shapes if each.name == piece.shape)
        smaller = smaller_cost(shape, piece.size) if piece.lines else 0.0
        later = LATER * list(self.shapes).index(shape)
        sample = self.chooser.sheet.sample(piece)
        deep = deep_cost(shape, sample, piece.lines, self.rules) if piece.lines else 0.0
        kind, long = kind_cost(story, shape, self.shapes), long_cost(story, shape, sample)
        small, large, poor = picture_costs(story, shape, sample, height, self.rules)
        short, closer = float(height.short**2), TRACKED * height.tracked
        parts: dict[PriceRule, float] = {
            "white": option.cost - smaller - later - kind - deep - long,
            "deep": deep, "smaller": smaller, "shape": later, "kind": kind, "long": long,
            "picture": height.cost - short - closer - small - large - poor,
            "small": small, "large": large, "poor": poor, "short": short, "closer": closer,
        }  # fmt: skip
        for rule, cost in parts.items():
            yield RulePrice(rule, piece.id, round(cost, 3))

    @staticmethod
    def _option(piece: Piece, own: Sequence[Option]) -> Option | None:
        return next((option for option in own if option.piece == piece), None)


def why_it_lost(chosen: Sequence[RulePrice], other: Sequence[RulePrice]) -> Message:
    """For what *other* is dearer than *chosen*: the rules that make the most of the difference."""
    more = {rule: _of(other, rule) - _of(chosen, rule) for rule in RULE_WORDS}
    dearer = sorted((rule for rule in more if more[rule] >= _SEEN), key=lambda rule: (-more[rule], rule))[:3]
    difference = sum(each.cost for each in other) - sum(each.cost for each in chosen)
    if not dearer:
        return Message("一样便宜，取字面在前的", "as cheap: the first by its words was taken")
    zh = "、".join(f"{RULE_WORDS[rule].zh} +{more[rule]:.1f}" for rule in dearer)
    en = ", ".join(f"{RULE_WORDS[rule].en} +{more[rule]:.1f}" for rule in dearer)
    return Message(f"贵 {difference:.1f}：{zh}", f"{difference:.1f} dearer: {en}")


def _of(prices: Sequence[RulePrice], rule: PriceRule) -> float:
    return sum(each.cost for each in prices if each.rule == rule)
