"""Follows content streams: pages, forms, tiling patterns, soft masks and Type 3 glyphs, inherited state included.

What is followed twice is only reported twice where it matters (a form drawn twice is painted twice); a pattern cell,
a soft mask or a glyph procedure is followed once a page. Limits on depth and work make any file end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import pikepdf

from layout.geometry import IDENTITY, Matrix, apply, multiply
from layout.outcome_cache import OutcomeCache
from layout.preflight.colours import UNKNOWN, PdfColour, Space, space_of
from layout.preflight.content_instructions import (
    INLINE,
    Instruction,
    Operands,
    ReadLines,
    operator_of,
    read_instructions,
    with_numbers,
    written,
)
from layout.preflight.events import Bounds, Event, GroupBegun, PlacedPage, StateUsed, Trouble
from layout.preflight.faces import MISSING, PdfFace, face_of
from layout.preflight.form_outcomes import FormOutcome, follow_form
from layout.preflight.graphics_state import NOWHERE, Graphics, NamedResources, OpenPath, box_of, overlap
from layout.preflight.layers import Hiding, Layers
from layout.preflight.objects import BAD_OBJECT, PdfValue, get, items, key, name, numbers, text
from layout.preflight.shadings import shading_event
from layout.preflight.soft_masks import lets_nothing_through

MAX_DEPTH = 12
"""Streams within streams."""

MAX_WORK = 1_500_000
"""Operators a page may have, forms counted each time they are drawn. A full newspaper page has some 60,000."""

MAX_FILE_WORK = 3_000_000
"""Operators of all pages of a file together."""

STREAM_WORK = 50
"""The price of starting a stream, in operators."""

Handler = Callable[["Interpreter", Operands], None]
PLACED = ("PieceInfo", "LianghuiLayout", "Private", "Placed")
"""Where the finishing notes in a form that it is a page of another file, and of which (ISO 32000-1, 14.5)."""


class PageFollower(Protocol):
    """Follows a page's own instructions with the help of those of a page before: see ``page_trail``."""

    def follow(self, interpreter: Interpreter, instructions: Sequence[Instruction], lines: Sequence[bytes]) -> None:
        """Has *interpreter* carry out *instructions*, which *lines* has as they are written, or comes to the same."""
        ...


@dataclass(slots=True)
class Interpreter:
    """One page being followed."""

    handlers: Mapping[str, Handler | None]
    """The handler of each operator; ``None`` for one that changes nothing that is checked."""
    faces: dict[tuple[int, int], PdfFace]
    """Fonts already read, over all pages of a file."""
    programs: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    """Font programs already unpacked, by their streams' numbers."""
    events: list[Event] = field(default_factory=list)
    g: Graphics = field(default_factory=Graphics)
    stack: list[Graphics] = field(default_factory=list)
    begun: list[int] = field(default_factory=list)
    """How many marks were painted before each ``q`` of the stack."""
    block: int = 0
    """The same of the latest ``q`` within the outermost one."""
    path: OpenPath = field(default_factory=OpenPath)
    clipping: str = ""
    """``W`` or ``W*`` when the path being built will clip what comes after it."""
    text_matrix: Matrix = IDENTITY
    line_matrix: Matrix = IDENTITY
    resources: NamedResources = field(default_factory=NamedResources)
    scope: str = "page"
    base: Matrix = IDENTITY
    """The CTM at the start of the page or form, on which patterns stand."""
    active: list[tuple[int, int] | None] = field(default_factory=list)
    """Streams being followed, outermost first."""
    once: set[tuple[str, tuple[int, int] | None]] = field(default_factory=set)
    reported: set[tuple[str, str]] = field(default_factory=set)
    states: set[tuple[object, ...]] = field(default_factory=set)
    """Graphics states already reported."""
    colours: dict[tuple[int, tuple[float, ...], str], PdfColour] = field(default_factory=dict)
    """By the identity of their space, which they hold on to, their values and their pattern."""
    work: int = MAX_WORK
    known: OutcomeCache[FormOutcome] | None = None
    """Forms that were followed before."""
    compatibility: int = 0
    masks: dict[tuple[int, int] | None, bool] = field(default_factory=dict)
    """By soft mask, whether it hides everything."""
    hiding: Hiding = field(default_factory=Hiding)
    layers: Layers = field(default_factory=Layers)
    apart: bool = False
    """Whether what is followed stands apart from the page: a pattern's cell, a soft mask, a glyph, an annotation."""

    placed: Bounds | None = None
    """The box of the placed page that is being followed; ``None`` on the page itself."""
    trail: PageFollower | None = None
    """Follows the page's own instructions, where those of a page before are known."""

    def trouble(self, what: str, detail: str = "", at: int = -1) -> None:
        """Report something that cannot be followed, once a page; *at* is after how many marks, where that is known."""
        if (what, detail) not in self.reported:
            self.reported.add((what, detail))
            self.events.append(Trouble(self.scope, what, detail, at))

    def mark(self) -> None:
        """Say of a mark that is about to be painted that nobody will see it, if a mask hides it."""
        if self.g.masked or self.hiding.masks:
            self.trouble("mask")

    def run(self, content: PdfValue, resources: PdfValue, scope: str) -> None:
        """Follow one stream (or a page's several) in the present state; the caller saves and restores it."""
        identity = key(content)
        if self.work <= 0:  # not even read: a thousand pages would be
            self.trouble("work")
            return
        if len(self.active) >= MAX_DEPTH or (identity is not None and identity in self.active):
            self.trouble("nesting", scope)
            return
        outer = (
            self.resources, self.scope, self.base, self.stack, self.begun, self.block, self.path, self.clipping,
            self.text_matrix, self.line_matrix, self.hiding.stretches, self.hiding.layers,
        )  # fmt: skip
        self.hiding.stretches = []
        self.active.append(identity)
        self.resources, self.scope, self.base = NamedResources(resources), scope, self.g.ctm
        self.stack, self.begun, self.block, self.path, self.clipping = [], [], 0, OpenPath(), ""
        self.work -= STREAM_WORK
        instructions, fault, said = read_instructions(content)
        if fault:
            self.trouble(fault, said or ("" if fault == "work" else self.scope))
        lines = written(instructions)
        if self.trail is not None and len(self.active) == 1 and lines is not None:
            self.trail.follow(self, instructions, lines)
        else:
            self.follow(instructions, lines, ReadLines())
        if self.stack:
            ends = bool(instructions) and operator_of(instructions[-1]) == "Q"
            # Of a page that is wrapped in one q the outermost tells nothing; of its blocks the last follows the fault.
            wraps = all(isinstance(event, StateUsed) for event in self.events[: self.begun[0]])
            self.trouble("unbalanced" if ends else "broken_off", scope, self.block if wraps else self.begun[0])
        self.active.pop()
        (
            self.resources, self.scope, self.base, self.stack, self.begun, self.block, self.path, self.clipping,
            self.text_matrix, self.line_matrix, self.hiding.stretches, self.hiding.layers,
        ) = outer  # fmt: skip

    def run_apart(self, content: PdfValue, resources: PdfValue, scope: str) -> None:
        """Follow a stream that does not draw on the page itself."""
        outer, self.apart = self.apart, True
        self.run(content, resources, scope)
        self.apart = outer

    def follow(self, instructions: Sequence[Instruction], lines: Sequence[bytes] | None, read: ReadLines) -> None:
        """Carry out *instructions*, which *lines* has as they are written, until the work is used up. The busiest loop
        of the preflight.
        """
        handlers = self.handlers
        for operator, instruction in with_numbers(instructions, lines, read):
            self.work -= 1
            if self.work < 0:
                self.trouble("work")
                return
            try:
                handler = handlers[operator]
                if handler is not None:
                    # pikepdf's list of operands is a sequence in all but name.
                    handler(self, instruction if type(instruction) is list else instruction.operands)  # type: ignore[arg-type,union-attr]
            except BAD_OBJECT:
                if operator in handlers:
                    self.trouble("operands", "BI" if operator == INLINE else operator)
                elif not self.compatibility:
                    self.trouble("operator", operator)

    def resource(self, kind: str, wanted: str) -> PdfValue:
        """A named resource; reports it when it is missing."""
        entries = self.resources.entries
        found = entries.get((kind, wanted))
        if found is None:
            found = entries[kind, wanted] = get(self.resources.dictionary, kind, wanted)
        if found is None:
            self.trouble("resource", f"{kind} {wanted}")
        return found

    def space(self, named: str) -> Space:
        """The colour space of that name, for ``cs`` and the device operators."""
        spaces = self.resources.spaces
        found = spaces.get(named)
        if found is None:
            found = spaces[named] = space_of(pikepdf.Name(f"/{named}"), self.resources.dictionary)
        if found is UNKNOWN:
            self.trouble("resource", f"ColorSpace {named}")
        return found

    def colour(self, space: Space, values: tuple[float, ...], pattern: str = "") -> PdfColour:
        """A colour, made once."""
        wanted = (id(space), values, pattern)
        found = self.colours.get(wanted)
        if found is None:
            found = self.colours[wanted] = PdfColour(space, values, pattern)
        return found

    def face(self, font: PdfValue) -> PdfFace:
        """The font, read once."""
        identity = key(font)
        found = self.faces.get(identity) if identity is not None else None
        if found is None:
            if self.work < 0:
                return MISSING
            found = face_of(font, self.programs) if font is not None else MISSING
            # Its tables are work too, and memory: a font of all 65,536 codes is a twentieth of a page's allowance.
            self.work -= (len(found.unicode) + len(found.widths)) // 2
            if identity is not None:
                self.faces[identity] = found
        return found

    def form(self, named: str, form: PdfValue) -> None:
        """Draw a form in the present state; of one that is a placed page the marks are reported together."""
        source = text(get(form, *PLACED))
        if not source or self.placed is not None:
            self._form(named, form)
            return
        outer, frame, scope = self.g, numbers(get(form, "BBox")), self.scope
        self.g = outer.saved()
        # What it paints is counted from its own beginning: nothing of the page is under it as far as it knows.
        self.g.isolated = None
        corners = [apply(multiply(_matrix(form), outer.ctm), x, y) for x in frame[::2] for y in frame[1::2]]
        self.placed = overlap(outer.clip, box_of(corners)) if len(frame) == 4 else NOWHERE
        marks, reported, states = self.events, self.reported, self.states
        self.events, self.reported, self.states, self.scope = [], set(), set(), "page"
        self._form(source, form)
        marks.append(PlacedPage(scope, source, tuple(self.events), self.placed))
        self.events, self.reported, self.states, self.placed, self.g = marks, reported, states, None, outer
        self.scope = scope

    def _form(self, named: str, form: PdfValue) -> None:
        before = self.g
        self.g = before.saved()
        self.g.ctm = multiply(_matrix(form), before.ctm)
        frame = numbers(get(form, "BBox"))
        if len(frame) == 4:
            corners = [apply(self.g.ctm, x, y) for x in frame[::2] for y in frame[1::2]]
            self.g.clip = overlap(before.clip, box_of(corners))
        group, hiding = get(form, "Group"), self.hiding
        self.hiding = replace(hiding, layers=hiding.layers + self.layers.hides(get(form, "OC")))
        if name(get(group, "S")) == "Transparency":
            self.hiding.opacity *= before.alpha_fill
            if get(group, "I") is True and self.g.isolated is None:
                self.g.isolated = len(self.events)
            self.group(group, "")
            self.g.alpha_fill = self.g.alpha_stroke = 1.0
            self.g.blend = "Normal"
        own = get(form, "Resources")
        self.hiding.masks += before.masked
        follow_form(self, form, own if own is not None else self.resources.dictionary, f"{self.scope} › {named}")
        self.g, self.hiding = before, hiding

    def state(
        self, blend: str, alpha: float, device_keys: tuple[str, ...], *, soft_mask: bool, scope: str = ""
    ) -> None:
        """Report a graphics state the first time; *scope* is where it is used, by itself what is being followed."""
        used = (scope or self.scope, blend, alpha, soft_mask, device_keys)
        if used not in self.states:
            self.states.add(used)
            self.events.append(StateUsed(*used))

    def group(self, group: PdfValue, soft_mask: str) -> None:
        """Report a transparency group."""
        space = get(group, "CS")
        found = space_of(space, self.resources.dictionary) if space is not None else None
        self.events.append(GroupBegun(self.scope, found, soft_mask, self.g.clip))

    def soft_mask(self, mask: PdfValue) -> bool:
        """Follow a soft mask's group, once; whether it lets nothing through."""
        form = get(mask, "G")
        if not isinstance(form, pikepdf.Stream):
            self.trouble("resource", "SMask G")
            return False
        if self._first_time("mask", form):
            self.group(get(form, "Group"), name(get(mask, "S")))
            (before, self.g), hiding = (self.g, Graphics(ctm=multiply(_matrix(form), self.g.ctm))), self.hiding
            begun, self.hiding = len(self.events), Hiding()
            self.run_apart(form, get(form, "Resources"), f"{self.scope} › SMask")
            self.g, self.hiding = before, hiding
            self.masks[key(form)] = lets_nothing_through(mask, self.events[begun:])
        return self.masks.get(key(form), False)

    def patterns(self, *, fill: bool, stroke: bool) -> None:
        """Follow the patterns that are about to be painted with."""
        for wanted, colour, pattern in (
            (fill, self.g.fill, self.g.fill_pattern),
            (stroke, self.g.stroke, self.g.stroke_pattern),
        ):
            if wanted and colour.pattern and pattern is not None and self._first_time("pattern", pattern):
                self._pattern(colour, pattern)

    def _pattern(self, colour: PdfColour, pattern: PdfValue) -> None:
        scope = f"{self.scope} › {colour.pattern}"
        if get(pattern, "PatternType") == 2:
            self.mark()
            self.events.append(shading_event(get(pattern, "Shading"), self.resources.dictionary, scope, self.g.clip))
            return
        before, self.g = self.g, Graphics(ctm=multiply(_matrix(pattern), self.base))
        if get(pattern, "PaintType") == 2:
            self.g.fill = self.g.stroke = PdfColour(colour.space.base or UNKNOWN, colour.values)
        self.run_apart(pattern, get(pattern, "Resources"), scope)
        self.g = before

    def glyph_procedures(self) -> None:
        """Follow the drawings of a Type 3 font, once."""
        font = self.g.font_object
        if not self._first_time("type3", font):
            return
        before = self.g
        own = get(font, "Resources")
        for glyph, procedure in items(get(font, "CharProcs")):
            self.g = before.saved()
            self.run_apart(
                procedure,
                own if own is not None else self.resources.dictionary,
                f"{self.scope} › {self.g.font}/{glyph}",
            )
        self.g = before

    def _first_time(self, what: str, value: PdfValue) -> bool:
        identity = key(value)
        if identity is not None and (what, identity) in self.once:
            return False
        self.once.add((what, identity))
        return True


def _matrix(holder: PdfValue) -> Matrix:
    found = numbers(get(holder, "Matrix"))
    return found if len(found) == 6 else IDENTITY
