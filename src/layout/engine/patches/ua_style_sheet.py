"""Of WeasyPrint's own style sheet for HTML, only the rules that our pages may use are parsed.

Changes ``tinycss2.parse_stylesheet`` while WeasyPrint is imported and parses its own style sheets: the numerals of
sixty scripts and the look of form fields are left out, and the whole sheet of presentational attributes
(``<font color>``), which we never switch on. Needed for time: see ``docs/engine-patches.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import tinycss2
from tinycss2.ast import Node

_HINTS = "Presentational hints st"
"""How the style sheet of presentational attributes begins."""
_UNUSED_RULES = re.compile(
    r"@counter-style\s+(?!disc|circle|square|decimal|cjk-|[\w-]*(?:roman|alpha|latin)\b)[\w-]+\s*\{[^{}]*\}"
    r"|^(?:button|input|select|textarea|fieldset|:is\(input)[^{}]*\{[^{}]*\}$",
    re.MULTILINE,
)


@contextmanager
def install() -> Iterator[None]:
    """Leaves the unused rules out of every style sheet that is parsed, until the context ends."""
    plain: Callable[..., list[Node]] = tinycss2.parse_stylesheet

    def parse(css: object, *rest: object, **named: object) -> list[Node]:
        if isinstance(css, str):
            css = "" if _HINTS in css[:100] else _UNUSED_RULES.sub("", css)
        return plain(css, *rest, **named)

    tinycss2.parse_stylesheet = parse
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = plain
