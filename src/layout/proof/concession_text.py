"""Copyfit's concessions in trade words: ``step tunliu.headline full → less`` is “tunliu 标题：full → less”."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from layout.errors import Lang
from layout.flows import Flow, spoken

_FORMS = (
    ("step", re.compile(r"step (.+) (\S+) → (\S+)")),
    ("gone", re.compile(r"picture (.+) left out")),
    ("picture", re.compile(r"picture (.+)")),
    ("crop", re.compile(r"crop (.+)")),
    ("gap", re.compile(r"gap (.+)")),
    ("band", re.compile(r"band (.+)")),
    ("tracking", re.compile(r"tracking (.+) ¶(\d+)")),
)
_OF_PICTURES = ("gone", "picture", "crop")


def conceded(what: str, lang: Lang) -> str:
    """The ``what`` of a concession for people; as it is where it is none of ours."""
    for kind, form in _FORMS:
        if found := form.fullmatch(what):
            name, *rest = found.groups()
            return _words()[kind][lang].format(_called(kind, name, lang), *rest)
    return what


def _called(kind: str, name: str, lang: Lang) -> str:
    if kind == "step" and name == "page":
        return _words()["page"][lang]
    if kind in _OF_PICTURES:
        return spoken(Flow.of_picture(name), lang)
    if kind in ("step", "tracking"):
        return " … ".join(spoken(Flow.parse(flow), lang) for flow in name.split(" … "))
    return name


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "conceded.toml").read_text(encoding="utf-8")
    )
    return table
