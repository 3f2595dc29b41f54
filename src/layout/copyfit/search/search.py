"""Searches the choices of the design's steps, the most promising first, until no other can be cheaper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.copyfit.scores import Price
from layout.copyfit.search.steps import Step, StepChoice, pool, steps_of, taken
from layout.copyfit.search.trial import Copy, Trial, try_page
from layout.galley.paragraph_setter import Setter
from layout.galley.search_budget import SearchBudget
from layout.page.canvas import Canvas, Classes, joined

MOST_TRIALS = 24
"""Settings of steps tried for one variant, about a tenth of a second each; only a page that nothing fits takes all.

Where fewer are enough, the answer is the cheapest there is: a setting costs at least what its steps cost.
"""
UNPROMISING = 4
"""After so many trials, steps that were of no use alone are not tried together."""


@dataclass(frozen=True, slots=True)
class PageSearch:
    """A page to be made: its canvas, its copy, and the setter."""

    canvas: Canvas
    copy: Copy
    setter: Setter
    budget: SearchBudget = field(default_factory=SearchBudget)
    beat: float = float("inf")
    """What another variant costs already: steps that cost as much cannot make this one the cheapest."""


def search(job: PageSearch) -> Trial:
    """The cheapest page that the limits of the design allow; the best so far where no more may be spent.

    Its messages are those of every setting that was tried.

    Raises ``TemplateError`` for steps that are not written ``NAME:COST NAME:COST``; and what ``try_page`` raises.
    """
    steps = steps_of(job.canvas)
    every = pool(steps)
    tried: dict[StepChoice, Trial] = {}
    following: StepChoice | None = every[0]
    while following is not None:
        first = next(iter(tried.values()), None)
        tried[following] = _try(job, steps, following, first, exact=following in tried)
        following = _following(job, every, tried)
    best = _cheapest(tried)
    messages = joined(*(trial.fitted.messages for trial in tried.values()))
    return replace(tried[best], fitted=replace(tried[best].fitted, messages=messages))


def _cheapest(tried: Mapping[StepChoice, Trial]) -> StepChoice:
    return min(tried, key=lambda setting: (tried[setting].cost, setting.cost, setting.chosen))


def _following(job: PageSearch, every: Sequence[StepChoice], tried: Mapping[StepChoice, Trial]) -> StepChoice | None:
    """The setting to be tried next: one that promises to be cheaper; where none does, the cheapest once more, exactly,
    if a layout of the page shows that it was reckoned wrongly. None: the cheapest is found.
    """
    best = tried[_cheapest(tried)]
    bar = min(best.cost, job.beat)
    found = _next([each for each in every if each not in tried and each.cost < bar], tried, best.cost)
    if found is not None and job.budget.goes_on():
        return found
    return None if best.cost >= job.beat or best.stands else _cheapest(tried)


def _next(waiting: Sequence[StepChoice], tried: Mapping[StepChoice, Trial], best: float) -> StepChoice | None:
    """The setting that promises most: what its steps cost and what the page should cost with them. None: enough.

    Of each step that was tried alone it is known what it mends; one not yet tried is taken to mend everything. So the
    cheap ones are tried alone first, and together only in so far as each has been of use.
    """
    if not waiting or len(tried) >= MOST_TRIALS:
        return None
    first = next(iter(tried))
    plain = tried[first].cost - first.cost
    mends = {_only(setting): plain - (trial.cost - setting.cost) for setting, trial in tried.items() if _only(setting)}

    def promise(setting: StepChoice) -> tuple[float, float, tuple[int, ...]]:
        changed = [(place, number) for place, number in enumerate(setting.chosen) if number]
        left = max(0.0, plain - sum(mends.get(each, plain) for each in changed))
        return round(setting.cost + left, 3), setting.cost, setting.chosen

    chosen = min(waiting, key=promise)
    return chosen if promise(chosen)[0] < best or len(tried) < UNPROMISING else None


def _only(setting: StepChoice) -> tuple[int, int] | None:
    """The one step that a setting takes: its place and number; None where it takes several, or none."""
    changed = [(place, number) for place, number in enumerate(setting.chosen) if number]
    return changed[0] if len(changed) == 1 else None


def _classes(steps: Sequence[Step], setting: StepChoice) -> Classes:
    """The class that every element with steps has under *setting*, by its key."""
    return tuple((step.key, step.classes[number]) for step, number in zip(steps, setting.chosen, strict=True))


def _try(job: PageSearch, steps: Sequence[Step], setting: StepChoice, first: Trial | None, *, exact: bool) -> Trial:
    trial = try_page(
        job.canvas, _classes(steps, setting), job.copy, job.setter, job.budget,
        exact=exact, natural_before={} if first is None else first.fitting.natural,
    )  # fmt: skip
    changes = tuple(taken(steps, setting))
    prices = tuple(Price("step", each, each.cost) for each in changes if each.cost)
    fitted = replace(trial.fitted, concessions=(*changes, *trial.fitted.concessions))
    cost = round(trial.cost + setting.cost, 6)
    return replace(trial, fitted=fitted, cost=cost, prices=(*prices, *trial.prices))
