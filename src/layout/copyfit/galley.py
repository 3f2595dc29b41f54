"""Galleys: a flow's copy composed to lines at its frames' measure, before a line knows which frame it goes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, get_type_hints

from layout.composer import Composition, Line, Measure, Remark, Setting, Span, compose, compose_heading
from layout.errors import Faults, LayoutError, Place, Said, TemplateError
from layout.findings import Finding, Severity
from layout.fontbook import Fontbook, NoGlyphError
from layout.manuscript.model import Paragraph, Text
from layout.page.frames import Frame, FrameType

_INDENTED = ("body", "lede", "closing", "quote", "item")
"""Kinds of paragraph that begin with the design's text-indent; headings, captions and set words never do."""


@dataclass(frozen=True, slots=True)
class GalleyLine:
    """One line of a galley, and the paragraph (from 0) it belongs to."""

    line: Line
    paragraph: int
    place: Place
    type: FrameType
    """As measured while the frame still held its probes: the roles are known only then."""


@dataclass(frozen=True, slots=True)
class Galley:
    """A flow's lines, in order, with what the composer remarked."""

    flow: str
    type: FrameType
    lines: tuple[GalleyLine, ...]
    findings: tuple[Finding, ...]


def make_galley(text: Text, frames: Sequence[Frame], fontbook: Fontbook, protected: Sequence[str]) -> Galley:
    """*text* set for its chain of *frames*, all of one measure or, line for line, of their own.

    Raises ``Faults`` naming every character that no face covers.
    """
    composer = _Composer(frames[0].type, measure_of(frames), fontbook, tuple(protected))
    lines: list[GalleyLine] = []
    findings: list[Finding] = []
    missing: list[LayoutError] = []
    for number, paragraph in enumerate(text.paragraphs):
        try:
            composition = composer.compose(paragraph, len(lines))
        except NoGlyphError as fault:
            missing.append(fault.at(_place_of(paragraph, fault.character)))
            continue
        findings += [_finding(remark, composition, paragraph) for remark in composition.remarks]
        lines += [GalleyLine(line, number, paragraph.place, frames[0].type) for line in composition.lines]
    if missing:
        raise Faults(missing)
    return Galley(text.flow, frames[0].type, tuple(lines), tuple(findings))


def measure_of(frames: Sequence[Frame]) -> Measure:
    """The measure in em: one number where all frames agree, else one per line of the chain."""
    lengths = [(_length(frame) / frame.type.size, capacity(frame)) for frame in frames]
    if all(abs(length - lengths[0][0]) < 1e-4 for length, _ in lengths):
        return round(lengths[0][0], 4)
    table = [round(length, 4) for length, rows in lengths for _ in range(rows)]
    return lambda line: table[min(line, len(table) - 1)]


def capacity(frame: Frame) -> int:
    """How many lines the frame holds."""
    across = frame.box.width if frame.type.vertical else frame.box.height
    return max(0, int((across + 0.05) // frame.type.leading))


def _length(frame: Frame) -> float:
    return frame.box.height if frame.type.vertical else frame.box.width


@dataclass(frozen=True, slots=True)
class _Composer:
    """What every paragraph of one flow is set with."""

    type: FrameType
    measure: Measure
    fontbook: Fontbook
    protected: tuple[str, ...]

    def compose(self, paragraph: Paragraph, first_line: int) -> Composition:
        """*paragraph* as lines, the first of them being line *first_line* of the flow."""
        setting = replace(setting_of(self.type), protected=self.protected)
        spans = [_span(run.text, run.mark, self.type) for run in paragraph.runs]
        if paragraph.kind not in _INDENTED or self.type.options.get("break") == "sense":
            setting = replace(setting, indent=0.0)
        if self.type.options.get("break") == "sense":
            most = int(self.type.options.get("max-lines", "4"))
            length = self.measure(first_line) if callable(self.measure) else self.measure
            return compose_heading(spans, setting, length, self.fontbook, most)
        return compose(spans, setting, self.measure, self.fontbook, first_line=first_line)


def _span(text: str, mark: str, type_: FrameType) -> Span:
    role = type_.roles.get(mark, type_.roles["plain"])
    return Span(text, role.faces, scale=role.size / type_.size, role=mark if mark in type_.roles else "plain")


def setting_of(type_: FrameType) -> Setting:
    """The composer's setting for a frame, from its CSS. Raises ``TemplateError`` for a value it does not know."""
    values = dict(_values(type_.options))
    return Setting(align=type_.align, indent=round(type_.indent / type_.size, 6), **values)


def _values(options: Any) -> Iterator[tuple[str, Any]]:
    known = _kinds()
    for option, text in options.items():
        name = option.replace("-", "_")
        if name in known:
            yield name, _value(option, text, known[name])


@lru_cache
def _kinds() -> dict[str, Any]:
    return get_type_hints(Setting)


def _value(option: str, text: str, kind: Any) -> Any:
    try:
        if kind is bool:
            return {"1": True, "0": False}[text]
        if kind in (int, float):
            return kind(text)
        if kind == (float | None):
            return float(text)
        choices = kind.__args__
        return {str(choice): choice for choice in choices}[text]
    except (KeyError, ValueError) as error:
        raise TemplateError(
            Said(f"--{option} 的值“{text}”不认得", f"--{option} has a value nobody knows: “{text}”"),
            hint=Said("各项取值见设计说明", "the design guide lists the values"),
        ) from error


def _place_of(paragraph: Paragraph, character: str) -> Place:
    for run in paragraph.runs:
        if character in run.text:
            return run.place
    return paragraph.place


_GRAVITY = {
    "loose": Severity.NOTE,
    "very_loose": Severity.WARNING,
    "overlong": Severity.ERROR,
    "runt": Severity.WARNING,
}
_WORDS = {
    "loose": ("行内字距偏松", "a loose line"),
    "very_loose": ("行内字距过松", "a very loose line"),
    "overlong": ("一行放不下", "a line that does not fit its measure"),
    "runt": ("单字成行", "a last line that is too short"),
}


def _finding(remark: Remark, composition: Composition, paragraph: Paragraph) -> Finding:
    zh, en = _WORDS[remark.what]
    text = composition.lines[min(remark.line, len(composition.lines) - 1)].text
    return Finding(
        f"line.{remark.what}",
        _GRAVITY[remark.what],
        Said(f"{zh}：“{text}”（{remark.amount:.3f} 字）", f"{en}: “{text}” ({remark.amount:.3f} em)"),
        paragraph.place,
        amount={"em": round(remark.amount, 4), "line": text},
    )
