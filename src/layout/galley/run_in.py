"""Sets the flows of a frame on one line, on one baseline, each in type of its own: a number and its unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.composer import Line, Remark
from layout.flows import Flow
from layout.fontbook import NoGlyphError
from layout.galley.opening_words import OpeningWords
from layout.galley.paragraph_setter import Setter, finding_of, place_of
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType, PartGaps, part_role

_ENDLESS = 1e4
"""Em: a line that no words fill."""
_SHIFTS = {"center": 0.5, "end": 1.0}
_EPS = 0.05


@dataclass(frozen=True, slots=True)
class RunInLine:
    """The words of one flow on the line, *at* points from where it begins."""

    line: Line
    at: float


@dataclass(frozen=True, slots=True)
class RunIn:
    """The words of all flows on their line, and what is remarked."""

    lines: tuple[RunInLine, ...]
    findings: tuple[Finding, ...]


def run_in(
    items: Sequence[tuple[Flow, int, Paragraph]], type_: FrameType, length: float, setter: Setter
) -> RunIn | None:
    """Each of *items* on a line of *length* points; None where one of them takes several lines.

    Raises ``NoGlyphError``, with its place, for a character that no face has.
    """
    plain = replace(type_, align="start", indent=0.0)
    lines: list[RunInLine] = []
    gaps, end, after = type_.parts or {}, 0.0, 0.0
    for number, (flow, _, paragraph) in enumerate(items):
        role = part_role(flow.name)
        own = (OpeningWords(role, len(paragraph.text)),) if role in type_.roles else ()
        try:
            composition = setter.set(paragraph, plain, _ENDLESS, openings=own)
        except NoGlyphError as fault:
            raise fault.at(place_of(paragraph, fault.character)) from fault
        if len(composition.lines) != 1:
            return None
        beside = gaps.get(flow.name, PartGaps())
        at = end + after + (beside.before if number else 0.0)
        lines.append(RunInLine(composition.lines[0], at))
        end = at + composition.lines[0].width * type_.size
        after = beside.after
    beyond = end - length
    shift = _SHIFTS.get(type_.align, 0.0) * max(0.0, -beyond)
    findings: tuple[Finding, ...] = ()
    if beyond > _EPS:
        paragraph = items[-1][2]
        composition = setter.set(paragraph, plain, _ENDLESS)
        findings = (finding_of(Remark(0, "overlong", beyond / type_.size), composition, paragraph, setter.protected),)
    return RunIn(tuple(replace(each, at=each.at + shift) for each in lines), findings)
