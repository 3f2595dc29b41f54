"""Custom properties that a design asks for and never says: CSS would pass over the whole declaration in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from layout.design.css_options import OPTIONS
from layout.design.lint_css import DesignFault
from layout.errors import Said, meant, nearest

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SAID = re.compile(r"(--[\w-]+)\s*:")
_ANY_ASKED = re.compile(r"var\(\s*(--[\w-]+)")
_LIKE = 0.75
"""How like an option's name that of an unused property must be to be taken for it misspelt."""
_ASKED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


def said_in(sources: Iterable[str]) -> frozenset[str]:
    """The custom properties that these style sheets and templates give a value."""
    return frozenset(name for source in sources for name in _SAID.findall(_blanked(source)))


def unknown_vars(css: str, said: frozenset[str]) -> Iterator[DesignFault]:
    """Every ``var()`` without a fallback whose property nobody gives a value."""
    bare = _blanked(css)
    for match in _ASKED.finditer(bare):
        if match[1] in said:
            continue
        before = bare[: match.start()]
        options = {f"--{name}" for name in OPTIONS}
        yield DesignFault(
            before.count("\n") + 1,
            match.start() - before.rfind("\n"),
            Said(f"自定义属性 {match[1]} 没有定义", f"the custom property {match[1]} is never given a value"),
            meant(
                match[1],
                sorted(said - options),
                otherwise=Said(f"在 :root 里写 {match[1]}: …", f"say {match[1]}: … in :root"),
            ),
        )


def asked_in(sources: Iterable[str]) -> frozenset[str]:
    """The custom properties that these style sheets and templates use."""
    return frozenset(name for source in sources for name in _ANY_ASKED.findall(_blanked(source)))


def misspelt_options(css: str, asked: frozenset[str]) -> Iterator[DesignFault]:
    """Every custom property that nobody uses and that looks like an option of a frame: it would do nothing."""
    bare = _blanked(css)
    for match in _SAID.finditer(bare):
        name = match[1]
        near = None if name in asked or name[2:] in OPTIONS else nearest(name, OPTIONS, _LIKE)
        if near is not None:
            before = bare[: match.start()]
            yield DesignFault(
                before.count("\n") + 1,
                match.start() - before.rfind("\n"),
                Said(f"没有 {name} 这个选项，它不起作用", f"there is no option {name}: it has no effect"),
                Said(f"是不是 --{near}？各项见版式手册。", f"Did you mean --{near}? The design guide lists them all."),
            )


def _blanked(css: str) -> str:
    """*css* with its comments turned to spaces, every line where it was."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)
