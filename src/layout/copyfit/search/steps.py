"""The steps that a design declares: what copyfit may take instead of what is wanted best, and what each costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

from layout.engine.engine import Sheet
from layout.engine.measure import steps as steps_in_css
from layout.errors import Said, TemplateError
from layout.galley.line_demand import called
from layout.galley.row_fit import Concession, StepTaken

POOL = 2_000
"""So many settings of all steps are looked at, the cheapest; and the one that takes every step to its last."""

_NAMED = re.compile(r"([\w-]+)(?:[:\s]\s*(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the design lets copyfit choose: the classes an element may have, and what each costs."""

    key: str
    classes: tuple[str, ...]
    costs: tuple[float, ...]
    name: str = ""
    """What becomes of another class: ``page`` for the type area, else as ``data-called`` says, or the one flow or
    picture in it, or its first class."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice for every step, by its number in the list."""

    cost: float
    chosen: tuple[int, ...]


def steps_of(sheet: Sheet) -> list[Step]:
    """The steps that the design declares, in document order.

    ``data-step="large small:4"`` says them in the template; an empty ``data-step`` leaves them to the CSS, where the
    element's style has ``--steps: large, small 4``.
    """
    words = dict(sheet.steps())
    if any(element.get("data-step") == "" for element in sheet.elements.values()):
        words |= steps_in_css(sheet.lay_out())
    return [_step(sheet, key, words[key]) for key in sheet.elements if key in words]


def _step(sheet: Sheet, key: str, words: str) -> Step:
    words = words.replace("/**/", " ").strip()  # what tokens of CSS have between them when they are written out again
    parts = [_NAMED.fullmatch(part.strip()) for part in (words.split(",") if "," in words else words.split())]
    if not parts or None in parts:
        raise TemplateError(
            Said(f"data-step 或 --steps 不认得“{words}”", f"data-step or --steps does not understand “{words}”"),
            place=sheet.mention([words]),
            hint=Said(
                '写成 data-step="大 小:4"，或 --steps: 大, 小 4：类名和代价',
                'write data-step="large small:4", or --steps: large, small 4: class and cost',
            ),
        )
    known = [part for part in parts if part is not None]
    classes, prices = tuple(part[1] for part in known), tuple(float(part[2] or 0) for part in known)
    return Step(key, classes, prices, _name(sheet.elements[key]))


def _name(element: Any) -> str:
    if element.get("data-called"):
        return str(element.get("data-called"))
    if element.get("data-fill") is not None:
        return "page"
    flows = {each.get("data-flow") for each in element.iter() if each.get("data-flow")}
    pictures = {f"picture.{each.get('data-picture')}" for each in element.iter() if each.get("data-picture")}
    holds = sorted(pictures) or sorted(flows)  # a picture goes by its own name, not by its caption's
    if len(holds) == 1:
        return called(" ".join(holds[0].split()))
    return str((element.get("class") or element.tag).split()[0])


def settings(steps: Sequence[Step]) -> Iterator[Setting]:
    """Every setting of all steps, the cheapest first; of two alike the one that changes the first steps less."""
    first = tuple(0 for _ in steps)
    waiting = [(_cost(steps, first), first)]
    seen = {first}
    while waiting:
        cost, chosen = heappop(waiting)
        yield Setting(cost, chosen)
        for place, step in enumerate(steps):
            number = chosen[place] + 1
            following = (*chosen[:place], number, *chosen[place + 1 :])
            if number < len(step.classes) and following not in seen:
                seen.add(following)
                heappush(waiting, (_cost(steps, following), following))


def pool(steps: Sequence[Step]) -> list[Setting]:
    """The settings worth looking at, the cheapest first: all of them, or the ``POOL`` cheapest and the last of all."""
    found: list[Setting] = []
    for setting in settings(steps):
        if len(found) == POOL:
            last = tuple(len(step.classes) - 1 for step in steps)
            return [*found, Setting(_cost(steps, last), last)]
        found.append(setting)
    return found


def _cost(steps: Sequence[Step], chosen: Sequence[int]) -> float:
    return round(sum(step.costs[number] for step, number in zip(steps, chosen, strict=True)), 6)


def taken(steps: Sequence[Step], setting: Setting) -> Iterator[Concession]:
    """The steps that were taken. The first of each list is what the design wants."""
    for step, number in zip(steps, setting.chosen, strict=True):
        if number:
            subject = StepTaken(step.name, step.classes[0], step.classes[number])
            yield Concession("step", subject, 0, number, step.costs[number], "step")
