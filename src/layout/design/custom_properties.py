"""Custom properties: those that a design may set on a frame, and checks of those that it uses or defines.

CSS is silent about a property that is used and never defined, or defined and never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args

from layout.design.design_fault import DesignFault, blanked, line_and_column
from layout.errors import Message, meant, nearest

OptionName = Literal[
    "height", "fit", "kinsoku", "adjacent", "line-end", "line-start", "han-latin", "han-latin-max", "last-line-min-han",
    "break", "max-lines", "shape", "vertical", "valign", "keep-number-unit", "hang", "hyphenate", "gap-warn",
    "gap-error", "punctuation", "items", "hug", "squeeze-stop", "han-latin-min", "word-space", "keep-titles",
    "keep-limit", "keep-names", "ruby-overhang", "after-heading", "ellipses-alone", "rows", "rows-most", "keep-next",
    "orphans", "widows", "tracking-limit", "least-measure", "crop-max", "focus-room", "zoom-max", "empty-max", "steps",
    "hole", "drop", "lead-in", "edges", "measure", "stretch", "keep-items",
]  # fmt: skip
"""Custom properties that a design may set, for the composer and for copyfit, without their dashes.

``custom_properties.toml`` says what each is, and the docs are made from it. Whoever reads one names it by this type:
the type checker refuses a name that is not here."""

OPTIONS: tuple[OptionName, ...] = get_args(OptionName)

Options = Mapping[OptionName | Literal["tracking", "hanging-punctuation"], str]
"""What a style sets of them. ``tracking`` is its letter-spacing in em; ``hanging-punctuation`` is CSS's own."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DEFINITION = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
_USE = re.compile(r"var\(\s*(--[\w-]+)\s*(\)?)")
_LIKE = 0.75
"""How like an option's name that of an unused property must be to be taken for it misspelt."""


def definitions(css: str) -> Iterator[tuple[str, int]]:
    """Every custom property that is given a value, and the offset where that is written."""
    for found in _DEFINITION.finditer(_COMMENT.sub(blanked, css)):
        yield found[1], found.start()


def uses(css: str) -> Iterator[tuple[str, int]]:
    """Every custom property that is used by ``var()``, and the offset where that is written."""
    for found in _uses(css):
        yield found[1], found.start()


def defined_in(sources: Iterable[str]) -> frozenset[str]:
    """The custom properties that these style sheets and templates give a value."""
    return frozenset(name for source in sources for name, _ in definitions(source))


def used_in(sources: Iterable[str]) -> frozenset[str]:
    """The custom properties that these style sheets and templates use."""
    return frozenset(name for source in sources for name, _ in uses(source))


def undefined(name: str, defined: Iterable[str]) -> tuple[Message, Message]:
    """What is said of a property that is used and never given a value, *defined* being those that are."""
    options = {f"--{option}" for option in OPTIONS}
    return (
        Message(f"自定义属性 {name} 没有定义", f"the custom property {name} is never given a value"),
        meant(
            name,
            sorted(set(defined) - options),
            otherwise=Message(f"在 :root 里写 {name}: …", f"say {name}: … in :root"),
        ),
    )


def undefined_uses(css: str, defined: frozenset[str]) -> Iterator[DesignFault]:
    """Every ``var()`` without a fallback whose property is never given a value."""
    for found in _uses(css):
        if found[2] and found[1] not in defined:
            yield DesignFault(*line_and_column(css, found.start()), *undefined(found[1], defined))


def misspelt_options(css: str, used: frozenset[str]) -> Iterator[DesignFault]:
    """Every custom property that is never used and looks like an option of a frame: it has no effect."""
    for name, offset in definitions(css):
        near = None if name in used or name[2:] in OPTIONS else nearest(name, OPTIONS, _LIKE)
        if near is not None:
            yield DesignFault(
                *line_and_column(css, offset),
                Message(f"没有 {name} 这个选项，它不起作用", f"there is no option {name}: it has no effect"),
                Message(
                    f"是不是 --{near}？各项见版式手册。", f"Did you mean --{near}? The design guide lists them all."
                ),
            )


def _uses(css: str) -> Iterator[re.Match[str]]:
    return _USE.finditer(_COMMENT.sub(blanked, css))
