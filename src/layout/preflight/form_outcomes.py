"""What a drawing paints, remembered by its bytes: a form of paths and colours alone is followed once.

A form that names no font, picture, pattern, mask or other form paints what its own bytes, the graphics state that it is
drawn in and its graphics states say, and nothing else. All of these are in the key, as this room has read them from the
file; so is the version of its rules. What is remembered are the marks: every check looks at them on every page anew.
Where following it brings anything but marks and states to light, nothing is remembered, and it is followed again there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from layout.outcome_cache import OutcomeCache, key_of, program_version, values_codec
from layout.preflight.colours import PdfColour, Space
from layout.preflight.events import Outline, Paint, PathPainted, StateUsed
from layout.preflight.graphics_state import Graphics
from layout.preflight.objects import PdfValue, data, get, items, name, number

if TYPE_CHECKING:
    from layout.preflight.interpreter import Interpreter

LEAST = 1_000
"""Bytes of content from which a form is remembered: a shorter one is followed in the time that finding it takes."""

MARKS = 8
"""Bytes that marks take in memory for each byte of the content that paints them (measured on the samples' drawings)."""

DEEPEST = 6
"""Streams within streams at which forms are remembered no more, well before the interpreter follows none."""

OWN = frozenset({"ExtGState", "ProcSet"})
"""What the resources of such a form name."""

PLAIN = frozenset({"Type", "ca", "CA", "OP", "op", "OPM", "LW", "LC", "BM"})
"""What its graphics states set: numbers, truth values, names."""

OF_TEXT = frozenset({
    "face", "font", "font_object", "size", "char_space", "word_space", "stretch", "leading", "rise", "mode",
})  # fmt: skip
ENTERED = tuple(each.name for each in fields(Graphics) if each.name not in OF_TEXT)
"""Of the graphics state what decides how paths are painted."""


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What following a form came to."""

    marks: tuple[PathPainted | StateUsed, ...]
    work: int
    """Operators that it took, of those a page may have."""


def _program() -> str:
    return program_version(("preflight", "press", "geometry.py", "outcome_cache.py"), (pikepdf.__version__,))


def known_forms(folder: Path | None) -> OutcomeCache[FormOutcome]:
    """Forms that were followed before, in *folder* and in memory."""
    classes = (FormOutcome, PathPainted, StateUsed, Paint, Outline, PdfColour, Space)
    return OutcomeCache(values_codec("followed", classes, _program), folder)


def follow_form(interpreter: Interpreter, form: PdfValue, resources: PdfValue, scope: str) -> None:
    """Follow *form* in the present state, or report what it was found to paint before."""
    known = interpreter.known
    key = _key(interpreter, form, resources, scope) if known is not None else None
    if known is None or key is None:
        interpreter.run(form, resources, scope)
        return
    outcome = known.get(key)
    if outcome is not None and outcome.work < interpreter.work:
        interpreter.work -= outcome.work
        _report(interpreter, outcome.marks)
    elif (outcome := _followed_apart(interpreter, form, resources, scope)) is not None:
        known.put(key, outcome, MARKS * len(data(form) or b""))
        _report(interpreter, outcome.marks)
    else:
        interpreter.run(form, resources, scope)


def _followed_apart(interpreter: Interpreter, form: PdfValue, resources: PdfValue, scope: str) -> FormOutcome | None:
    """What following *form* by itself comes to; ``None``, and all is as it was, where it is not marks alone."""
    before = interpreter.events, interpreter.states, interpreter.reported, interpreter.work, interpreter.g.saved()
    interpreter.events, interpreter.states, interpreter.reported = [], set(), set()
    compatibility = interpreter.compatibility
    interpreter.run(form, resources, scope)
    found, reported, work = interpreter.events, interpreter.reported, before[3] - interpreter.work
    interpreter.events, interpreter.states, interpreter.reported = before[:3]
    marks = tuple(each for each in found if isinstance(each, (PathPainted, StateUsed)))
    if reported or len(marks) < len(found) or interpreter.compatibility != compatibility or interpreter.work <= 0:
        interpreter.work, interpreter.g, interpreter.compatibility = before[3], before[4], compatibility
        return None
    return FormOutcome(marks, work)


def _report(interpreter: Interpreter, marks: Iterable[PathPainted | StateUsed]) -> None:
    """Report *marks* as following the form would: a graphics state only the first time."""
    for each in marks:
        if isinstance(each, StateUsed):
            interpreter.state(each.blend, each.alpha, each.device_keys, soft_mask=each.soft_mask, scope=each.scope)
        else:
            interpreter.events.append(each)


def _key(interpreter: Interpreter, form: PdfValue, resources: PdfValue, scope: str) -> str | None:
    """The key of a form of paths and colours in the present state; ``None`` of any other."""
    states = _plain_states(resources)
    g = interpreter.g
    if states is None or g.isolated is not None or g.fill_pattern is not None or g.stroke_pattern is not None:
        return None
    content = data(form)
    if content is None or len(content) < LEAST or len(interpreter.active) >= DEEPEST:
        return None
    entered = [getattr(g, each) for each in ENTERED]
    around = (interpreter.apart, interpreter.placed, interpreter.hiding, interpreter.compatibility)
    return key_of(content, states, repr((scope, entered, around)))


def _plain_states(resources: PdfValue) -> str | None:
    """The graphics states that *resources* name, if they name nothing else and these lead nowhere."""
    if not isinstance(resources, pikepdf.Dictionary) or any(key not in OWN for key, _ in items(resources)):
        return None
    found = []
    for named, state in items(get(resources, "ExtGState")):
        entries = items(state)
        values = [(key, _plain(value)) for key, value in entries if key in PLAIN]
        if not entries or len(values) < len(entries) or any(value is None for _, value in values):
            return None
        found.append((named, values))
    return repr(found)


def _plain(value: PdfValue) -> str | None:
    """A number, a truth value or a name, as written; ``None`` of anything else."""
    if isinstance(value, bool):
        return str(value)
    real = number(value)
    return (name(value) or None) if real is None else repr(real)
