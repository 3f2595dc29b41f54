"""Names flows in messages, by the table of a story's parts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from layout.errors import Lang
from layout.flows import LABEL, PAGE, Drawn, Flow, PageSource
from layout.manuscript.story_parts import story_flow

FOLIO = "folio"
_GIVEN = frozenset({"nameplate", "paper", "date", "number"})
_OF_PICTURE = frozenset({"caption", "credit"})


def stands_alone(flow: Flow) -> bool:
    """Whether its words stand in one place: a figure, a caption, credits, a word, the folio.

    A headline may run over two frames, as running text does.
    """
    if flow.picture is not None:
        return flow.sub in _OF_PICTURE
    if flow.story == PAGE:
        return flow.part == FOLIO or flow.is_label
    found = story_flow(flow)
    return found is not None and not found.part.forms_chains


def is_given(flow: Flow) -> bool:
    """Whether its words are what they are, for nobody to word shorter: the paper's name, date, page number."""
    return flow.sub in _GIVEN and stands_alone(flow)


def is_heading(flow: Flow) -> bool:
    """Whether it is a story's kicker, headline or deck."""
    found = story_flow(flow)
    return found is not None and found.part.heading


def front_matter_key(flow: Flow) -> str:
    """The front matter's key that it comes from; nothing where it is running text, a caption or the folio."""
    found = story_flow(flow)
    if found is None or found.part.is_running or not found.part.is_key:
        return ""
    return f"words.{found.index}" if found.part.form == "words" else found.part.name


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return table


def spoken(named: PageSource, lang: Lang) -> str:
    """A flow's or picture's name for people: ``tunliu.section-2`` is “tunliu 第 2 节”."""
    words = _words()
    if isinstance(named, Drawn):
        return words["design"][lang].format(named.selector)
    if named.picture is not None:
        text = f" {words[named.sub][lang]}" if named.sub in _OF_PICTURE else ""
        return words["picture"][lang].format(named.picture) + text
    if named.is_label:
        return words[LABEL][lang].format((named.sub or "").partition("~")[0].removesuffix("."))
    if named.story == PAGE:
        return words["folio"][lang].format(named.own.removeprefix(f"{FOLIO}."))
    found = story_flow(named)
    if found is None:
        return str(named).replace(".", " ")
    piece = words[found.piece][lang] if found.piece in words else found.piece
    return " ".join(filter(None, (found.story, found.part.called(found.index).text(lang), piece)))
