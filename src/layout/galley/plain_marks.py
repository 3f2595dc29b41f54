"""Marked words that look like the words around them: the design gives their frame no type for bold or emphasis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layout.checks import Finding, Severity
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.manuscript.model import Mark, Paragraph, Run
from layout.page.frames import FrameType


@dataclass(frozen=True, slots=True)
class _Sign:
    """A mark, or a kind of paragraph, as it is typed in a manuscript, and what a design says its type by."""

    typed: str
    selector: str


_MARKS: dict[Mark, _Sign] = {
    "strong": _Sign("**…**", '[data-role="strong"]'),
    "emphasis": _Sign("[…]{.emphasis}", '[data-role="emphasis"]'),
}
"""A unit, which nobody types, may look like its number."""
_KINDS = {
    "subheading": _Sign("###", '[data-kind="subheading"]'),
    "box-title": _Sign(":::", '[data-kind="box-title"]'),
}


def plain_marks(chain: Chain, body: FrameType, copy: Iterable[tuple[Paragraph, FrameType]]) -> Iterator[Finding]:
    """One warning for each kind of mark that has no effect in *chain*, at the first words that bear it.

    *body* is the type of the chain's frames, *copy* its paragraphs with theirs.
    """
    found: dict[_Sign, list[Run]] = {}
    for paragraph, type_ in copy:
        plain = type_.roles["plain"]
        if paragraph.kind in _KINDS and plain == body.roles["plain"]:
            found.setdefault(_KINDS[paragraph.kind], []).append(paragraph.runs[0])
        for run in paragraph.runs:
            if run.mark in _MARKS and type_.roles.get(run.mark, plain) == plain:
                found.setdefault(_MARKS[run.mark], []).append(run)
    for sign, runs in found.items():
        first, count = runs[0], len(runs)
        typed, words = sign.typed, first.text[:12]
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
                    f"在版式里写 {sign.selector} 的字体或颜色。", f"Give {sign.selector} a face or a colour."
                ),
            ),
            amount={"places": count},
            flows=chain.flows,
        )
