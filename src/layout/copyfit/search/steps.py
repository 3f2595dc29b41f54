"""The steps that a design declares: the classes that copyfit may take instead of the preferred one, and their costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from layout.errors import Message, TemplateError
from layout.flows import ElementName
from layout.galley.row_fit import Concession, StepTaken
from layout.page.canvas import Canvas, StepDeclaration

POOL = 2_000
"""So many settings of all steps are looked at, the cheapest; and the one that takes every step to its last."""

_NAMED = re.compile(r"([\w-]+)(?:[:\s]\s*(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Step:
    """A choice that the design leaves to copyfit: the classes an element may have, and their costs."""

    key: str
    classes: tuple[str, ...]
    costs: tuple[float, ...]
    name: ElementName = ""
    """What reports call it; see ``StepDeclaration``."""


@dataclass(frozen=True, slots=True)
class StepChoice:
    """One choice for every step, by its number in the list."""

    cost: float
    chosen: tuple[int, ...]


def steps_of(canvas: Canvas) -> list[Step]:
    """The steps that the design declares, in document order.

    Raises ``TemplateError`` for steps that are not written ``NAME:COST NAME:COST`` or ``NAME COST, NAME COST``.
    """
    return [_step(canvas, declared) for declared in canvas.steps()]


def _step(canvas: Canvas, declared: StepDeclaration) -> Step:
    words = declared.words.replace("/**/", " ").strip()  # tokens of CSS have it between them when written out again
    parts = [_NAMED.fullmatch(part.strip()) for part in (words.split(",") if "," in words else words.split())]
    if not parts or None in parts:
        raise TemplateError(
            Message(f"data-step 或 --steps 不认得“{words}”", f"data-step or --steps does not understand “{words}”"),
            place=canvas.place_of([words]),
            hint=Message(
                '写成 data-step="大 小:4"，或 --steps: 大, 小 4：类名和代价',
                'write data-step="large small:4", or --steps: large, small 4: class and cost',
            ),
        )
    known = [part for part in parts if part is not None]
    classes, prices = tuple(part[1] for part in known), tuple(float(part[2] or 0) for part in known)
    return Step(declared.key, classes, prices, declared.name)


def settings(steps: Sequence[Step]) -> Iterator[StepChoice]:
    """Every setting of all steps, the cheapest first; of two alike the one that changes the first steps less."""
    first = tuple(0 for _ in steps)
    waiting = [(_cost(steps, first), first)]
    seen = {first}
    while waiting:
        cost, chosen = heappop(waiting)
        yield StepChoice(cost, chosen)
        for place, step in enumerate(steps):
            number = chosen[place] + 1
            following = (*chosen[:place], number, *chosen[place + 1 :])
            if number < len(step.classes) and following not in seen:
                seen.add(following)
                heappush(waiting, (_cost(steps, following), following))


def pool(steps: Sequence[Step]) -> list[StepChoice]:
    """The settings worth looking at, the cheapest first: all of them, or the ``POOL`` cheapest and the last of all."""
    found: list[StepChoice] = []
    for setting in settings(steps):
        if len(found) == POOL:
            last = tuple(len(step.classes) - 1 for step in steps)
            return [*found, StepChoice(_cost(steps, last), last)]
        found.append(setting)
    return found


def _cost(steps: Sequence[Step], chosen: Sequence[int]) -> float:
    return round(sum(step.costs[number] for step, number in zip(steps, chosen, strict=True)), 6)


def taken(steps: Sequence[Step], setting: StepChoice) -> Iterator[Concession]:
    """The steps that were taken. The first of each list is what the design wants."""
    for step, number in zip(steps, setting.chosen, strict=True):
        if number:
            subject = StepTaken(step.name, step.classes[0], step.classes[number])
            yield Concession("step", subject, 0, number, step.costs[number], "step")
