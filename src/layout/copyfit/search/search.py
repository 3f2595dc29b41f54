"""The search: settings of the design's steps, the most promising first, until no other can be cheaper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.copyfit.model import Price
from layout.copyfit.search.steps import Setting, Step, pool, steps_of, taken
from layout.copyfit.search.trial import Copy, Trial, try_page
from layout.engine.engine import Sheet
from layout.galley.paragraph_setter import Setter
from layout.galley.search_budget import Effort

MOST_TRIALS = 24
"""Settings of steps tried for one arrangement, about a tenth of a second each; only a page that nothing fits takes all.

Where fewer are enough, the answer is the cheapest there is: a setting costs at least what its steps cost.
"""
UNPROMISING = 4
"""After so many trials, steps that were of no use alone are not tried together."""


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be made: the sheet, the copy, and who sets it."""

    sheet: Sheet
    page_no: int
    copy: Copy
    setter: Setter
    effort: Effort = field(default_factory=Effort)
    beat: float = float("inf")
    """What another arrangement costs already: steps that cost as much cannot make this one the cheapest."""


def search(job: Job) -> Trial:
    """The cheapest page that the limits of the design allow, written into the sheet; the best so far where no more may
    be spent.

    Raises ``TemplateError`` for steps that are not written ``NAME:COST NAME:COST``; and what ``try_page`` raises.
    """
    steps = steps_of(job.sheet)
    if not steps:
        return try_page(job.sheet, job.page_no, job.copy, job.setter, job.effort)
    waiting = pool(steps)
    tried: dict[Setting, Trial] = {}
    best = last = waiting[0]
    following: Setting | None = last
    while following is not None:
        last = following
        tried[last] = _try(job, steps, last)
        best = min(tried, key=lambda setting: (tried[setting].cost, setting.cost, setting.chosen))
        bar = min(tried[best].cost, job.beat)
        waiting = [each for each in waiting if each not in tried and each.cost < bar]
        following = _next(waiting, tried, tried[best].cost)
        if following is not None and not job.effort.goes_on():
            break
    if best != last:
        job.sheet.reset(_classes(steps, best))
        job.sheet.set_heights(tried[best].heights)
    return tried[best]


def _next(waiting: Sequence[Setting], tried: Mapping[Setting, Trial], best: float) -> Setting | None:
    """The setting that promises most: what its steps cost and what the page should cost with them. None: enough.

    Of each step that was tried alone it is known what it mends; one not yet tried is taken to mend everything. So the
    cheap ones are tried alone first, and together only in so far as each has been of use.
    """
    if not waiting or len(tried) >= MOST_TRIALS:
        return None
    first = next(iter(tried))
    plain = tried[first].cost - first.cost
    mends = {_only(setting): plain - (trial.cost - setting.cost) for setting, trial in tried.items() if _only(setting)}

    def promise(setting: Setting) -> tuple[float, float, tuple[int, ...]]:
        changed = [(place, number) for place, number in enumerate(setting.chosen) if number]
        left = max(0.0, plain - sum(mends.get(each, plain) for each in changed))
        return round(setting.cost + left, 3), setting.cost, setting.chosen

    chosen = min(waiting, key=promise)
    return chosen if promise(chosen)[0] < best or len(tried) < UNPROMISING else None


def _only(setting: Setting) -> tuple[int, int] | None:
    """The one step that a setting takes: its place and number; None where it takes several, or none."""
    changed = [(place, number) for place, number in enumerate(setting.chosen) if number]
    return changed[0] if len(changed) == 1 else None


def _classes(steps: Sequence[Step], setting: Setting) -> dict[str, str]:
    """The class that every element with steps has under *setting*, by its key."""
    return {step.key: step.classes[number] for step, number in zip(steps, setting.chosen, strict=True)}


def _try(job: Job, steps: Sequence[Step], setting: Setting) -> Trial:
    job.sheet.reset(_classes(steps, setting))
    trial = try_page(job.sheet, job.page_no, job.copy, job.setter, job.effort)
    changes = tuple(taken(steps, setting))
    prices = tuple(Price(str(each), each.cost, "step") for each in changes if each.cost)
    fitted = replace(trial.fitted, concessions=(*changes, *trial.fitted.concessions))
    cost = round(trial.cost + setting.cost, 6)
    return replace(trial, fitted=fitted, cost=cost, prices=(*prices, *trial.prices))
