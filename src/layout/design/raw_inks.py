"""Colours written as numbers that an ink of the design has a name for: the name leaves one place to change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from layout.checks import Finding, Severity
from layout.design.cmyk import Cmyk, difference, same_inks
from layout.design.design_fault import blanked, line_and_column
from layout.errors import Hint, Message, Place

NEAR = 1.0
"""ΔE below which two colours are taken for one that was written twice: the least that an eye sees side by side."""

DRAWING = ".svg"
"""In drawings only the very colour counts: a program works out the steps of a glow, and some come near an ink."""

_COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_RAW = re.compile(r"device-cmyk\(\s*([\d.%\s]+?)\s*\)")


def raw_inks(text: str, path: Path, named: Mapping[str, Cmyk]) -> Iterator[Finding]:
    """``design.raw_ink``: one for each ink whose colour a file of the design writes as numbers."""
    near = 0.0 if path.suffix == DRAWING else NEAR
    found: dict[tuple[str, bool], list[tuple[int, str]]] = {}
    for match in _RAW.finditer(_COMMENT.sub(blanked, text)):
        inks = _inks(match[1])
        if inks is not None and (name := _name_of(inks, named, near)):
            found.setdefault((name, same_inks(inks, named[name])), []).append((match.start(), match[0]))
    for (name, same), uses in found.items():
        at, raw = uses[0]
        zh, en = ("就是", "is") if same else ("看不出与它不同的是", "looks no different from")
        yield Finding(
            "design.raw_ink",
            Severity.NOTE,
            Message(f"{len(uses)} 处写着 {raw}，{zh}油墨 {name}。",
                    f"{raw}, written {len(uses)} times, {en} the ink {name}."),
            Place(str(path), *line_and_column(text, at)),
            Hint(designer=Message(f"写成 ink({name})，要改只改 design.toml。",
                                  f"Write ink({name}): then design.toml alone says what it is.")),
            amount={"uses": len(uses)},
        )  # fmt: skip


def _inks(numbers: str) -> Cmyk | None:
    parts = numbers.split()
    try:
        values = [float(part[:-1]) / 100 if part.endswith("%") else float(part) for part in parts]
    except ValueError:
        return None
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else None


def _name_of(inks: Cmyk, named: Mapping[str, Cmyk], within: float) -> str | None:
    """The ink that it is, else the one that looks like it."""
    same = next((name for name, each in named.items() if same_inks(inks, each)), None)
    near = min(named, key=lambda name: difference(inks, named[name]), default=None)
    return same or (near if near is not None and difference(inks, named[near]) < within else None)
