"""Fits and scores the variants of a page and takes the cheapest; their table gives the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from layout.copyfit.advice.suggestions import suggestions
from layout.copyfit.checks.flow_checks import check_flows
from layout.copyfit.model import FittedPage
from layout.copyfit.scores import PRICE_WORDS, Price, Suggestion, VariantName, VariantScore
from layout.copyfit.search.search import PageSearch, search
from layout.copyfit.search.trial import Copy, Trial
from layout.errors import LayoutError, Message
from layout.galley import costs
from layout.galley.paragraph_setter import Setter
from layout.galley.search_budget import FOR_SUGGESTIONS, SearchBudget
from layout.page.canvas import Canvas


def fit_variants(canvases: Mapping[VariantName, Canvas], copy: Copy, setter: Setter) -> FittedPage:
    """The page on the cheapest of *canvases*, which are asked for by their names one after the other.

    Of two that cost the same the first is taken. One that leaves out pictures which the editor lets go (``optional``)
    is tried only where it could still be cheaper. What may be spent on the page is shared out among the variants.
    Of a variant only steps are tried that could make it the cheapest.
    One that has no frame for a text, or frames for texts that do not exist, is refused; where all are, the first one's
    fault is raised. Raises what ``search`` raises besides.
    """
    trials: dict[VariantName, Trial] = {}
    refused: dict[VariantName, LayoutError] = {}
    budget = SearchBudget()
    for number, name in enumerate(canvases):
        gone = name.left_out
        if gone and any(trial.cost <= costs.LEFT_OUT * len(gone) for trial in trials.values()):
            continue
        canvas = canvases[name]
        own = copy.for_frames(canvas.flows())
        try:
            check_flows(canvas, own.texts, copy.optional)
        except LayoutError as fault:
            refused[name] = fault
            continue
        budget.share(len(canvases) - number)
        if trials and not budget.goes_on():
            break
        beat = min((trial.cost for trial in trials.values()), default=float("inf")) - costs.LEFT_OUT * len(gone)
        trials[name] = _priced(search(PageSearch(canvas, own, setter, budget, beat)), gone)
    if not trials:
        raise next(iter(refused.values()))
    best = min(trials, key=lambda name: (trials[name].cost, list(canvases).index(name)))
    stopped = budget.account()

    def advice() -> tuple[Suggestion, ...]:
        budget.grant(FOR_SUGGESTIONS)
        return suggestions(trials[best])

    scores = _scores(trials, refused, best)
    return replace(trials[best].fitted, variant=best, scores=scores, advice=advice, stopped=stopped)


def _priced(trial: Trial, gone: Sequence[str]) -> Trial:
    """*trial* with the price of the pictures that it leaves out."""
    prices = tuple(Price("left out", name, costs.LEFT_OUT) for name in gone)
    changes = tuple(
        replace(each, cost=costs.LEFT_OUT) if each.kind == "left out" and each.subject in gone else each
        for each in trial.fitted.concessions
    )
    cost = round(trial.cost + costs.LEFT_OUT * len(gone), 6)
    return replace(trial, fitted=replace(trial.fitted, concessions=changes), cost=cost, prices=(*prices, *trial.prices))


def _scores(
    trials: Mapping[VariantName, Trial], refused: Mapping[VariantName, LayoutError], best: VariantName
) -> tuple[VariantScore, ...]:
    scores = [VariantScore(name, round(trial.cost, 3), trial.prices, name == best) for name, trial in trials.items()]
    # sorted() keeps the design's order among those that cost the same: the one taken stands first.
    scores = sorted(scores, key=lambda score: score.cost)
    if len(scores) > 1:
        scores[0] = replace(scores[0], why=_why(scores[0], scores[1]))
    return (
        *scores,
        *(VariantScore(name, 0.0, (), refused=fault.faults()[0].message) for name, fault in refused.items()),
    )


def _why(best: VariantScore, other: VariantScore) -> Message:
    """What the best has before the next, by the kind of deviation in which they differ most."""
    more = round(other.cost - best.cost, 1)
    if not more:
        return Message(f"与 {other.name} 代价相同，取版式在前的", f"costs what {other.name} costs, and comes first")
    kinds = {kind: round(other.kinds.get(kind, 0) - best.kinds.get(kind, 0), 3) for kind in other.kinds}
    kind = max(kinds, key=lambda kind: kinds[kind])
    word = PRICE_WORDS[kind].full
    return Message(
        f"比 {other.name} 少 {more:g}，主要是{word.zh}", f"{more:g} less than {other.name}, mostly for {word.en}"
    )
