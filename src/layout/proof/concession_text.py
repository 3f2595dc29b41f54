"""Words concessions: a headline's step from ``full`` to ``less`` is “tunliu 标题：full → less”."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layout.errors import Lang
from layout.flows import Chain, ElementName, Flow, WholePage
from layout.galley.row_fit import Concession, ConcessionUnit, StepTaken, TrackedParagraph
from layout.manuscript.flow_names import spoken


def concession_words(concession: Concession, lang: Lang) -> str:
    """The concession as a sentence."""
    words, subject = _words(), concession.subject
    if isinstance(subject, StepTaken):
        return words["step"][lang].format(_element_name(subject.name, lang), subject.wanted, subject.got)
    if isinstance(subject, TrackedParagraph):
        return words["tracking"][lang].format(spoken(subject.flow, lang), subject.number)
    of_picture = concession.kind in ("picture", "left out", "crop")
    return words[concession.kind][lang].format(spoken(Flow.of_picture(subject), lang) if of_picture else subject)


def unit_words(unit: ConcessionUnit, lang: Lang) -> str:
    """In what the amounts of a concession are."""
    return _units()[unit][lang]


def amount_words(what: str, wanted: float, got: float, unit: ConcessionUnit, lang: Lang) -> str:
    """The words *what* of a concession with its amounts, as a report has them: “图片 dam 的高 12 → 9 行”. Steps have
    their classes in their words and are counted; of a picture that is left out nothing is to be counted.
    """
    if unit == "picture":
        return what
    if unit == "step":
        return _words()["steps"][lang].format(what, f"{got - wanted:g}")
    return f"{what} {wanted:g} → {got:g} {unit_words(unit, lang)}"


def _element_name(name: ElementName, lang: Lang) -> str:
    """An element that holds a chain goes by its first and last flow."""
    match name:
        case Chain(flows):
            return " … ".join(spoken(flow, lang) for flow in (*flows[:1], *flows[1:][-1:]))
        case WholePage():
            return _words()["page"][lang]
        case _:
            return name


def _words() -> Mapping[str, Mapping[str, str]]:
    return _table()[0]


def _units() -> Mapping[str, Mapping[str, str]]:
    return _table()[1]


@cache
def _table() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]]:
    table = tomllib.loads((files(__package__) / "concession_text.toml").read_text(encoding="utf-8"))
    units = table.pop("unit")
    return table, units
