"""Several arrangements of one page: each is fitted and scored, the cheapest is taken, and the table says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from layout.copyfit.checking import check_flows
from layout.copyfit.model import FittedPage, Score
from layout.copyfit.search import Job, search
from layout.copyfit.setter import Setter
from layout.copyfit.trial import Copy, Trial
from layout.errors import LayoutError
from layout.page.engine import Sheet


def fit_variants(sheets: Mapping[str, Sheet], page_no: int, copy: Copy, setter: Setter) -> tuple[str, FittedPage]:
    """The name of the cheapest of *sheets* and its fitted page; the heights are written into that sheet.

    An arrangement that has no frame for a text, or frames for texts that do not exist, is refused; where all are, the
    first one's fault is raised. Raises what ``search`` raises besides.
    """
    trials: dict[str, Trial] = {}
    refused: dict[str, LayoutError] = {}
    for name, sheet in sheets.items():
        try:
            check_flows(sheet, copy.texts)
        except LayoutError as fault:
            refused[name] = fault
            continue
        trials[name] = search(Job(sheet, page_no, copy, setter))
    if not trials:
        raise next(iter(refused.values()))
    best = min(trials, key=lambda name: (trials[name].cost, list(sheets).index(name)))
    scores = [Score(name, round(t.cost, 3), t.prices, chosen=name == best) for name, t in trials.items()]
    scores.sort(key=lambda score: (score.cost, score.name))
    scores += [Score(name, 0.0, (), refused=fault.said.zh) for name, fault in refused.items()]
    return best, replace(trials[best].fitted, scores=tuple(scores))
