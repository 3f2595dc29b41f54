"""Words concessions: a headline's step from ``full`` to ``less`` is “tunliu 标题：full → less”."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layout.errors import Lang
from layout.flows import Chain, ElementName, Flow, WholePage
from layout.galley.row_fit import Concession, StepTaken, TrackedParagraph
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


def _element_name(name: ElementName, lang: Lang) -> str:
    """An element that holds a chain goes by its first and last flow."""
    match name:
        case Chain(flows):
            return " … ".join(spoken(flow, lang) for flow in (*flows[:1], *flows[1:][-1:]))
        case WholePage():
            return _words()["page"][lang]
        case _:
            return name


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "concession_text.toml").read_text(encoding="utf-8")
    )
    return table
