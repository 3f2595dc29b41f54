"""Marked words that look like the words around them: the design gives their frame no type for bold or emphasis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.manuscript.model import Mark, Paragraph, Run
from layout.page.frames import FrameType

_TYPED: dict[Mark, str] = {"strong": "**…**", "emphasis": "[…]{.emphasis}"}
"""How each mark is typed in a manuscript; a unit, which nobody types, may look like its number."""


def plain_marks(chain: Chain, copy: Iterable[tuple[Paragraph, FrameType]]) -> Iterator[Finding]:
    """One warning for each kind of mark that has no effect in *chain*, at the first words that bear it."""
    found: dict[Mark, list[Run]] = {}
    for paragraph, type_ in copy:
        for run in paragraph.runs:
            if run.mark in _TYPED and type_.roles.get(run.mark, type_.roles["plain"]) == type_.roles["plain"]:
                found.setdefault(run.mark, []).append(run)
    for mark, runs in found.items():
        first, count = runs[0], len(runs)
        typed, words = _TYPED[mark], first.text[:12]
        yield Finding(
            "line.plain_mark",
            Severity.WARNING,
            Message(
                f"“{typed}”在这里不起作用：版式没有给“{chain}”另定字体，如“{words}”，共 {count} 处。",
                f"“{typed}” has no effect here: the design gives “{chain}” no type for it, as in “{words}”, "
                f"in {count} places.",
            ),
            first.place,
            Hint(
                editor=Message("删去记号。", "Take the marks out."),
                designer=Message(
                    f'在版式里写 [data-role="{mark}"] 的字体或颜色。', f'Give [data-role="{mark}"] a face or a colour.'
                ),
            ),
            amount={"places": count},
            flows=chain.flows,
        )
