"""Follows a page from where its instructions begin to differ from those of the page that was followed before it.

An editor changes a word: a dozen instructions of some thousand are others. Where all that a page is painted with is the
same but for its own instructions, what they paint before the first that differs is known, and so is what they paint
after the last, from where the graphics state is again what it was there. It is this room's own reading of both files
that tells: the bytes of the instructions, the hash of all else, the state that following them has come to.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import NamedTuple

import pikepdf

from layout.preflight.content_instructions import Instruction, ReadLines
from layout.preflight.events import Event, ImagePainted, Paint, PlacedPage, TextShown
from layout.preflight.face_likeness import FontHash, unlike
from layout.preflight.faces import PdfFace
from layout.preflight.graphics_state import Graphics
from layout.preflight.interpreter import MAX_WORK, Interpreter
from layout.preflight.objects import PdfValue, get, items, key
from layout.preflight.text_operators import set_font

MOST_WORK = MAX_WORK // 2
"""Operators of a page above which nothing is taken over: near the limit it matters how often a font counts."""

_OF_A_FILE = frozenset({"fill_pattern", "stroke_pattern", "font_object", "face"})
"""What of the graphics state belongs to the open file; a face is known by its font's name."""
_NAMES = tuple(each.name for each in fields(Graphics) if each.name not in _OF_A_FILE)
_values = attrgetter(*_NAMES)


class Waypoint(NamedTuple):
    """The state before a text object of the page, which begins with text matrices of its own."""

    line: int
    """Which instruction begins it, from 0."""
    events: int
    """Events before it."""
    spent: int
    """Operators that it took to come here."""
    state: tuple[object, ...]
    """All by which what follows is painted."""
    begun: tuple[int, ...]
    block: int

    def restore(self, interpreter: Interpreter, given: int) -> None:
        """Puts *interpreter* into the state; its fonts are those of the file that it reads."""
        states, last, saved = self.state
        interpreter.states = set(states)  # type: ignore[call-overload]
        restored = []
        for values in (last, *saved):  # type: ignore[misc]
            interpreter.g = Graphics(**dict(zip(_NAMES, values, strict=True)))
            if interpreter.g.font:
                name, size = interpreter.g.font, interpreter.g.size
                set_font(interpreter, interpreter.resource("Font", name), name, size)
            restored.append(interpreter.g)
        interpreter.g, interpreter.stack = restored[0], restored[1:]
        interpreter.begun, interpreter.block, interpreter.work = list(self.begun), self.block, given - self.spent


@dataclass(slots=True)
class _StateReader:
    """Reads the states of one page. What lies on its stack is not changed there, and is read once."""

    stack: list[tuple[Graphics, tuple[object, ...]]] = field(default_factory=list)
    states: frozenset[tuple[object, ...]] = frozenset()

    def waypoint(self, interpreter: Interpreter, line: int, given: int) -> Waypoint | None:
        """The state of *interpreter*, which was *given* so many operators; ``None`` of one that is not taken over."""
        hiding, g, stack = interpreter.hiding, interpreter.g, interpreter.stack
        known = not (
            interpreter.reported or interpreter.once or interpreter.masks or interpreter.clipping
            or interpreter.compatibility or interpreter.path.subpaths or g.isolated is not None
            or hiding.masks or hiding.layers or hiding.stretches or hiding.opacity != 1.0
        ) and all(map(_is_plain, (g, *stack)))  # fmt: skip
        if not known:
            return None
        if len(self.states) != len(interpreter.states):
            self.states = frozenset(interpreter.states)
        del self.stack[len(stack) :]
        for at, each in enumerate(stack):
            if at == len(self.stack):
                self.stack.append((each, _values(each)))
            elif self.stack[at][0] is not each:
                self.stack[at] = each, _values(each)
        state = self.states, _values(g), tuple([values for _, values in self.stack])
        return Waypoint(
            line, len(interpreter.events), given - interpreter.work, state, tuple(interpreter.begun), interpreter.block
        )


def _is_plain(each: Graphics) -> bool:
    """Whether a state is another file's too: it paints with no pattern, and its font has a name."""
    return each.fill_pattern is None and each.stroke_pattern is None and bool(each.font or each.font_object is None)


@dataclass(frozen=True, slots=True)
class FollowedPage:
    """A page that was followed to its end without trouble."""

    ground: str
    """A hash of all that it is painted with, but for its own instructions."""
    lines: Sequence[bytes]
    """Its instructions."""
    waypoints: Mapping[int, Waypoint]
    """By their lines, in order."""
    events: tuple[Event, ...]
    tokens: tuple[object, ...]
    """By which events are known again, each by itself: what was taken over has the one that it had before."""
    spent: int
    fonts: Mapping[str, FontHash]
    """Its fonts, by the names of its resources."""
    faces: Mapping[str, PdfFace]
    """As they were read."""
    states: frozenset[tuple[object, ...]]
    """Graphics states that were reported."""
    counted: int
    """Events up to the last that says how many are before it: behind it they may be moved."""


@dataclass(slots=True)
class PageTrail:
    """Follows one page; *before* is the page that was followed before it, *ground* and *fonts* are as there."""

    ground: str
    fonts: Mapping[str, FontHash]
    before: FollowedPage | None = None
    given: int = 0
    lines: Sequence[bytes] = ()
    waypoints: dict[int, Waypoint] = field(default_factory=dict)
    taken: tuple[int, int] = (0, 0)
    """How many events were taken over of the first, and how many of the last of the page before."""
    others: dict[str, PdfFace] = field(default_factory=dict)
    """Faces of which the page before had another subset, by their fonts' names."""
    first_unlike: int = sys.maxsize
    """The first event of the page before that may look otherwise in these."""
    last_unlike: int = -1
    followed: FollowedPage | None = None
    """The page when it was followed to its end; ``None`` of one that the next can take nothing over from."""

    def __post_init__(self) -> None:
        before = self.before
        if before is not None and (before.ground != self.ground or before.fonts.keys() != self.fonts.keys()):
            self.before = None

    def begin(self, interpreter: Interpreter, page: PdfValue) -> None:
        """To be called before *interpreter* follows *page*, with all the work that it may do."""
        self.given, interpreter.trail = interpreter.work, self
        if self.before is None:
            return
        fonts, before = dict(items(get(page, "Resources", "Font"))), self.before
        changed = {name for name, known in self.fonts.items() if known != before.fonts[name] and name in before.faces}
        for name in before.faces.keys() - changed:
            if (number := key(fonts[name])) is not None:
                interpreter.faces[number] = before.faces[name]
        self.others = {name: interpreter.face(fonts[name]) for name in changed}
        if changed and not self._find_unlike(changed):
            self.before = None

    def _find_unlike(self, changed: Collection[str]) -> bool:
        """Finds which events may look otherwise in the fonts that have *changed*; false where that cannot be told."""
        assert self.before is not None
        shown = [(at, each) for at, each in enumerate(self.before.events) if isinstance(each, TextShown)]
        if any(each.scope != "page" for _, each in shown):
            return False
        codes: dict[str, set[int]] = {name: set() for name in changed}
        for _, each in shown:
            if each.font in codes:
                codes[each.font].update(each.codes)
        found: dict[str, frozenset[int]] = {}
        for name, own in codes.items():
            if self.before.fonts[name].frame != self.fonts[name].frame:
                return False
            others = unlike(self.before.faces[name], self.others[name], own)
            if others is None:
                return False
            found[name] = others
        places = [at for at, each in shown if each.font in found and not found[each.font].isdisjoint(each.codes)]
        if places:
            self.first_unlike, self.last_unlike = places[0], places[-1]
        return True

    def follow(self, interpreter: Interpreter, instructions: Sequence[Instruction], lines: Sequence[bytes]) -> None:
        """See ``interpreter.PageFollower``."""
        self.lines = lines
        places = [at for at, line in enumerate(lines) if line == b"BT"]
        start, end, reader, read = 0, len(lines), _StateReader(), ReadLines()
        if self.before is not None:
            same, end = _shared(self.before.lines, lines)
            start = self._resumed(interpreter, same)
        for at in places[bisect_right(places, start) if start else 0 :]:
            interpreter.follow(instructions[start:at], lines[start:at], read)
            start, waypoint = at, reader.waypoint(interpreter, at, self.given)
            if waypoint is None:
                continue
            self.waypoints[at] = waypoint
            if at >= end and self._taken_over(interpreter, waypoint):
                return
        interpreter.follow(instructions[start:], lines[start:], read)

    def _resumed(self, interpreter: Interpreter, same: int) -> int:
        """The instruction that is to be followed first, where so many are the *same*; all before is taken over."""
        assert self.before is not None
        known = self.before.waypoints.items()
        last = max((at for at, each in known if at <= same and each.events <= self.first_unlike), default=0)
        if not last:
            return 0
        self.waypoints = {at: each for at, each in self.before.waypoints.items() if at <= last}
        waypoint = self.waypoints[last]
        waypoint.restore(interpreter, self.given)
        self.taken = waypoint.events, 0
        interpreter.events.extend(self._as_here(self.before.events[: waypoint.events], interpreter))
        return last

    def _taken_over(self, interpreter: Interpreter, here: Waypoint) -> bool:
        """Whether the state is what it was in the page before, so that what follows is taken over from there."""
        assert self.before is not None
        moved = len(self.lines) - len(self.before.lines)
        there = self.before.waypoints.get(here.line - moved)
        if there is None or there.state != here.state or there.events <= self.last_unlike:
            return False
        events = here.events - there.events
        if (events and self.before.counted > there.events) or _just_begun(here) != _just_begun(there):
            return False
        for at, each in self.before.waypoints.items():
            if at > there.line:
                self.waypoints[at + moved] = each._replace(
                    line=at + moved, events=each.events + events, spent=each.spent + here.spent - there.spent,
                    begun=tuple(count + events if count >= there.events else here.begun[depth]
                                for depth, count in enumerate(each.begun)),
                    block=each.block + events if each.block >= there.events else here.block,
                )  # fmt: skip
        self.taken = self.taken[0], len(self.before.events) - there.events
        interpreter.events.extend(self._as_here(self.before.events[there.events :], interpreter))
        interpreter.work -= self.before.spent - there.spent
        # As it ended there.
        interpreter.stack, interpreter.begun, interpreter.states = [], [], set(self.before.states)
        return True

    def _as_here(self, events: Sequence[Event], interpreter: Interpreter) -> Iterator[Event]:
        """*events* with the pictures and the fonts of the file that is read."""
        for each in events:
            if isinstance(each, ImagePainted) and each.stream is not None:
                yield replace(each, stream=_stream(interpreter.resource("XObject", each.name)))
            elif isinstance(each, TextShown) and each.font in self.others:
                yield replace(each, face=self.others[each.font])
            else:
                yield each

    def end(self, interpreter: Interpreter, page: PdfValue) -> None:
        """To be called when all of *page* was followed, but for its annotations."""
        interpreter.trail = None
        self.followed = self._followed(interpreter, page)

    def _followed(self, interpreter: Interpreter, page: PdfValue) -> FollowedPage | None:
        spent = self.given - interpreter.work
        troubled = interpreter.reported or interpreter.once or interpreter.masks or interpreter.layers.off
        if troubled or not self.waypoints or spent > MOST_WORK or not all(map(_is_taken_over, interpreter.events)):
            return None
        faces = {}
        for name, font in items(get(page, "Resources", "Font")):
            if (number := key(font)) in interpreter.faces:
                faces[name] = interpreter.faces[number]
        counted = max((at + 1 for at, each in enumerate(interpreter.events) if _counts(each)), default=0)
        events, (first, last) = tuple(interpreter.events), self.taken
        known = self.before.tokens if self.before is not None else ()
        tokens = (*known[:first], *events[first : len(events) - last], *known[len(known) - last :])
        return FollowedPage(
            self.ground, self.lines, self.waypoints, events, tokens, spent, self.fonts, faces,
            frozenset(interpreter.states), counted,
        )  # fmt: skip


def _just_begun(here: Waypoint) -> list[bool]:
    """Of each ``q`` that is open, and of the latest, whether nothing was painted since."""
    return [count == here.events for count in (*here.begun, here.block)]


def _shared(before: Sequence[bytes], lines: Sequence[bytes]) -> tuple[int, int]:
    """How many of *lines* are the same as *before* from the first on, and from which on those up to the last are."""
    most = min(len(before), len(lines))
    first = next((at for at in range(most) if before[at] != lines[at]), most)
    last = next((at for at in range(most - first) if before[-1 - at] != lines[-1 - at]), most - first)
    return first, len(lines) - last


def _is_taken_over(event: Event) -> bool:
    """Whether it is the same in another file: a picture within a form is found by no name of the page's."""
    if isinstance(event, ImagePainted):
        return event.stream is None or event.scope == "page"
    return not isinstance(event, PlacedPage)


def _counts(event: Event) -> bool:
    """Whether it says how many events are before it."""
    paints = [getattr(event, name, None) for name in ("fill", "stroke")]
    return any(isinstance(each, Paint) and each.isolated is not None for each in paints)


def _stream(value: PdfValue) -> pikepdf.Stream | None:
    return value if isinstance(value, pikepdf.Stream) else None
