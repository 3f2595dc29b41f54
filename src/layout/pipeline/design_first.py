"""Says of a page that is overset or underset, and whose design has a fault of room, that the design comes first: a
picture whose contour is misspelt takes more of the columns than was meant, and no copy need be cut for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from layout.checks import Finding
from layout.errors import Hint, Message
from layout.pipeline.short_places import short_place

_TOLD = {"page.overset", "page.underset"}
_ROOM = re.compile(
    r"(shape-|wrap-flow|(min-|max-)?(width|height)|margin|padding|float|position|top|left|right|bottom|inset|font|"
    r"line-height|letter-spacing|column|display|flex|grid|box-sizing|text-indent)"
)
"""Properties that say how much room there is, or how much copy needs; one of colour has no part in it."""


def with_design_first(findings: Sequence[Finding], remarks: Sequence[Finding], design: Path) -> tuple[Finding, ...]:
    """*findings* of a page; where it is overset or underset, with what is to be mended in the *design* first, of these
    and the *remarks* on the page.
    """
    first = next((each for each in (*remarks, *findings) if _takes_room(each)), None)
    return tuple(_after(findings, first, design)) if first is not None else tuple(findings)


def _takes_room(finding: Finding) -> bool:
    said = finding.amount.get("property", "")
    unknown = finding.check == "design.unknown" and isinstance(said, str) and _ROOM.match(said)
    return finding.check == "picture.no_contour" or bool(unknown)


def _after(findings: Sequence[Finding], first: Finding, design: Path) -> Iterator[Finding]:
    """No editor is told how much to cut or add before the design is mended: it would be another amount then."""
    place = f"{short_place(first.place, design)}：" if first.place else ""
    spot = f"{short_place(first.place, design)}: " if first.place else ""
    fault = Message(f"{place}{first.message.zh}", f"{spot}{first.message.en}")
    for each in findings:
        if each.check not in _TOLD:
            yield each
            continue
        hint = Hint(
            editor=Message(f"先不要增删：请美编改好版式再看（{fault.zh}）",
                           f"do not cut or add yet: ask the designer to mend the design first ({fault.en})"),
            designer=Message(f"先改这一处：{fault.zh}", f"mend this first: {fault.en}"),
        )  # fmt: skip
        yield replace(each, hint=hint)
