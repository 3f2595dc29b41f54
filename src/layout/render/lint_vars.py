"""Custom properties that a design asks for and never says: CSS would pass over the whole declaration in silence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from layout.errors import Said
from layout.render.lint_css import Remark

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SAID = re.compile(r"(--[\w-]+)\s*:")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


def said_in(sources: Iterable[str]) -> frozenset[str]:
    """The custom properties that these style sheets and templates give a value."""
    return frozenset(name for source in sources for name in _SAID.findall(_blanked(source)))


def unknown_vars(css: str, said: frozenset[str]) -> Iterator[Remark]:
    """Every ``var()`` without a fallback whose property nobody gives a value."""
    bare = _blanked(css)
    for match in _ASKED.finditer(bare):
        if match[1] in said:
            continue
        before = bare[: match.start()]
        near = difflib.get_close_matches(match[1], said, n=1)
        yield Remark(
            before.count("\n") + 1,
            match.start() - before.rfind("\n"),
            Said(f"自定义属性 {match[1]} 没有定义", f"the custom property {match[1]} is never given a value"),
            Said(f"是不是 {near[0]}？", f"did you mean {near[0]}?")
            if near
            else Said(f"在 :root 里写 {match[1]}: …", f"say {match[1]}: … in :root"),
        )


def _blanked(css: str) -> str:
    """*css* with its comments turned to spaces, every line where it was."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)
