"""Words concessions: a headline's step from ``full`` to ``less`` is “tunliu 标题：full → less”."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layout.errors import Lang
from layout.flows import Flow
from layout.galley.row_fit import Concession, StepTaken, TrackedParagraph
from layout.manuscript.flow_names import spoken

WHOLE_PAGE = "page"
"""The step of the type area bears this name."""


def concession_words(concession: Concession, lang: Lang) -> str:
    """The concession as a sentence."""
    words, subject = _words(), concession.subject
    if isinstance(subject, StepTaken):
        name = words["page"][lang] if subject.name == WHOLE_PAGE else _step_name(subject.name, lang)
        return words["step"][lang].format(name, subject.wanted, subject.got)
    if isinstance(subject, TrackedParagraph):
        return words["tracking"][lang].format(spoken(subject.flow, lang), subject.number)
    of_picture = concession.kind in ("picture", "left out", "crop")
    return words[concession.kind][lang].format(spoken(Flow.of_picture(subject), lang) if of_picture else subject)


def _step_name(name: str, lang: Lang) -> str:
    """The name of a step whose element holds a chain is that of its first and last flow."""
    return " … ".join(spoken(Flow.parse(flow), lang) for flow in name.split(" … "))


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "concession_text.toml").read_text(encoding="utf-8")
    )
    return table
