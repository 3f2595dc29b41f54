"""The search: the steps a design declares, cheapest first, until no other can be cheaper than what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from layout.copyfit.model import Concession, Price
from layout.copyfit.setter import Setter
from layout.copyfit.trial import Copy, Trial, try_page
from layout.errors import Said, TemplateError
from layout.page.engine import Sheet

MOST_TRIALS = 16
"""Settings of steps tried for one arrangement; the cheapest come first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the design lets copyfit choose: the classes an element may have, and what each costs."""

    key: str
    classes: tuple[str, ...]
    costs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice for every step, by its number in the list."""

    cost: float
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be made: the sheet, the copy, and who sets it."""

    sheet: Sheet
    page_no: int
    copy: Copy
    setter: Setter


def search(job: Job) -> Trial:
    """The cheapest page that the limits of the design allow, written into the sheet.

    Raises ``TemplateError`` for steps that are not written ``NAME:COST NAME:COST``; and what ``try_page`` raises.
    """
    steps = steps_of(job.sheet)
    if not steps:
        return try_page(job.sheet, job.page_no, job.copy, job.setter)
    tried: list[tuple[float, int, Setting, Trial]] = []
    for number, setting in enumerate(settings(steps)):
        if number >= MOST_TRIALS or (tried and setting.cost >= min(each[0] for each in tried)):
            break
        trial = _try(job, steps, setting)
        tried.append((trial.cost, number, setting, trial))
    _, number, setting, trial = min(tried, key=lambda each: each[:2])
    return trial if number == len(tried) - 1 else _try(job, steps, setting)


def _try(job: Job, steps: Sequence[Step], setting: Setting) -> Trial:
    chosen = {step.key: step.classes[number] for step, number in zip(steps, setting.chosen, strict=True)}
    job.sheet.reset(chosen)
    trial = try_page(job.sheet, job.page_no, job.copy, job.setter)
    taken = tuple(_taken(steps, setting))
    prices = tuple(Price(each.what, each.cost) for each in taken if each.cost)
    fitted = replace(trial.fitted, concessions=(*taken, *trial.fitted.concessions))
    return Trial(fitted, trial.cost + setting.cost, (*prices, *trial.prices))


def _taken(steps: Sequence[Step], setting: Setting) -> Iterator[Concession]:
    """The steps that were taken. The first of each list is what the design wants."""
    for step, number in zip(steps, setting.chosen, strict=True):
        if number:
            yield Concession(f"step {step.classes[0]} → {step.classes[number]}", 0, number, step.costs[number], "step")


def steps_of(sheet: Sheet) -> list[Step]:
    """The steps that the design declares, in document order."""
    return [_step(sheet, key, words) for key, words in sheet.steps().items()]


def _step(sheet: Sheet, key: str, words: str) -> Step:
    parts = [re.fullmatch(r"([\w-]+)(?::(\d+(?:\.\d+)?))?", word) for word in words.split()]
    if not parts or None in parts:
        raise TemplateError(
            Said(f"data-step 不认得“{words}”", f"data-step does not understand “{words}”"),
            place=sheet.mention([words]),
            hint=Said('写成 data-step="大 小:4"：类名和代价', 'write data-step="large small:4": class and cost'),
        )
    known = [part for part in parts if part is not None]
    return Step(key, tuple(part[1] for part in known), tuple(float(part[2] or 0) for part in known))


def settings(steps: Sequence[Step]) -> Iterator[Setting]:
    """Every setting of all steps, the cheapest first; of two alike the one that changes the first steps less."""
    first = Setting(0.0, tuple(0 for _ in steps))
    waiting = [(sum(step.costs[0] for step in steps), first.chosen)]
    seen = {first.chosen}
    while waiting:
        cost, chosen = heappop(waiting)
        yield Setting(cost, chosen)
        for place, step in enumerate(steps):
            number = chosen[place] + 1
            following = (*chosen[:place], number, *chosen[place + 1 :])
            if number < len(step.classes) and following not in seen:
                seen.add(following)
                heappush(waiting, (_cost(steps, following), following))


def _cost(steps: Sequence[Step], chosen: Sequence[int]) -> float:
    return sum(step.costs[number] for step, number in zip(steps, chosen, strict=True))
