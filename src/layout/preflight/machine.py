"""Follows content streams: pages, forms, tiling patterns, soft masks and Type 3 glyphs, inherited state included.

What is followed twice is only reported twice where it matters (a form drawn twice is painted twice); a pattern cell,
a soft mask or a glyph procedure is followed once a page. Limits on depth and work make any file end.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from layout.preflight.colours import UNKNOWN, Colour, Space, space_of
from layout.preflight.events import (
    Bounds,
    Event,
    GroupBegun,
    ImagePainted,
    Matrix,
    PathPainted,
    TextShown,
    Trouble,
)
from layout.preflight.faces import MISSING, Face, face_of
from layout.preflight.objects import BAD_OBJECT, array, data, filters, get, items, key, name, numbers, whole
from layout.preflight.shadings import shading_event
from layout.preflight.state import (
    IDENTITY,
    NOWHERE,
    Graphics,
    Path,
    apply,
    around,
    box_of,
    multiply,
    overlap,
    scale,
)

MAX_DEPTH = 12
"""Streams within streams."""

MAX_WORK = 1_500_000
"""Operators a page may have, forms counted each time they are drawn. A full newspaper page has some 60,000."""

MAX_FILE_WORK = 6_000_000
"""Operators of all pages of a file together."""

STREAM_WORK = 50
"""What starting a stream costs, in operators."""

MAX_CONTENT = 64 * 1024 * 1024
"""Bytes of one content stream, unpacked."""

MAX_TOKENS = 4_000_000
"""Words of one content stream: each costs some 300 bytes while it is followed."""

ASCENT, DESCENT = 0.88, 0.12
"""Where Chinese type lies in its em."""

BETWEEN_TOKENS = tuple(bytes([code]) for code in b" \n\r\t\f\0/(<[")

Handler = Callable[["Machine", Sequence[Any]], None]

INLINE = "INLINE IMAGE"
"""How pikepdf names the operator of an inline image."""


@dataclass(slots=True)
class Machine:
    """One page being followed."""

    handlers: Mapping[str, Handler | None]
    """What each operator does; ``None`` for one that changes nothing that is checked."""
    faces: dict[tuple[int, int], Face]
    """Fonts already read, over all pages of a file."""
    events: list[Event] = field(default_factory=list)
    g: Graphics = field(default_factory=Graphics)
    stack: list[Graphics] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    clipping: bool = False
    """Whether the path being built will clip what comes after it."""
    text_matrix: Matrix = IDENTITY
    line_matrix: Matrix = IDENTITY
    resources: Any = None
    scope: str = "page"
    base: Matrix = IDENTITY
    """The CTM at the start of the page or form, on which patterns stand."""
    active: list[Any] = field(default_factory=list)
    """Streams being followed, outermost first."""
    once: set[Any] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    states: set[Event] = field(default_factory=set)
    """Graphics states already reported."""
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What the present resources hold under a name, looked up once: a page asks for one state a thousand times."""
    colours: dict[tuple[Space, tuple[float, ...], str], Colour] = field(default_factory=dict)
    work: int = MAX_WORK
    compatibility: int = 0

    def trouble(self, what: str, detail: str = "") -> None:
        """Report something that cannot be followed, once a page."""
        if (what, detail) not in self.told:
            self.told.add((what, detail))
            self.events.append(Trouble(self.scope, what, detail))

    def run(self, content: Any, resources: Any, scope: str) -> None:
        """Follow one stream (or a page's several) in the present state; the caller saves and restores it."""
        identity = key(content)
        if len(self.active) >= MAX_DEPTH or (identity is not None and identity in self.active):
            self.trouble("nesting", scope)
            return
        outer = (
            self.resources, self.known, self.scope, self.base, self.stack, self.path, self.clipping,
            self.text_matrix, self.line_matrix,
        )  # fmt: skip
        self.active.append(identity)
        self.resources, self.known, self.scope, self.base = resources, {}, scope, self.g.ctm
        self.stack, self.path, self.clipping = [], Path(), False
        self.work -= STREAM_WORK
        self._follow(self._instructions(content))
        if self.stack:
            self.trouble("unbalanced", scope)
        self.active.pop()
        (
            self.resources, self.known, self.scope, self.base, self.stack, self.path, self.clipping,
            self.text_matrix, self.line_matrix,
        ) = outer  # fmt: skip

    def _instructions(self, content: Any) -> Sequence[Any]:
        drawn = get(content, "Contents") if isinstance(content, pikepdf.Page) else content
        if drawn is None:
            return ()
        parts = [data(stream) for stream in (array(drawn) or [drawn])]
        if None in parts:
            self.trouble("unreadable", self.scope)
            return ()
        tokens = sum(part.count(each) for part in parts if part for each in BETWEEN_TOKENS)
        if tokens > MAX_TOKENS or sum(len(part) for part in parts if part) > MAX_CONTENT:
            self.trouble("work")
            return ()
        try:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                instructions = pikepdf.parse_content_stream(content)
        except BAD_OBJECT:
            self.trouble("unreadable", self.scope)
            return ()
        if told:
            self.trouble("unreadable", str(told[0].message))
        return instructions

    def _follow(self, instructions: Sequence[Any]) -> None:
        """Carry out *instructions* until the work is used up. The busiest loop of the preflight."""
        handlers = self.handlers
        for instruction in instructions:
            self.work -= 1
            if self.work < 0:
                self.trouble("work")
                return
            operator = "?"
            try:
                operator = str(instruction.operator)
                handler = handlers[operator]
                if handler is not None:
                    handler(self, instruction.operands)
            except BAD_OBJECT:
                if operator in handlers:
                    self.trouble("operands", "BI" if operator == INLINE else operator)
                elif not self.compatibility:
                    self.trouble("operator", operator)

    def resource(self, kind: str, wanted: str) -> Any:
        """A named resource; reports it when it is missing."""
        found = self.known.get((kind, wanted))
        if found is None:
            found = self.known[kind, wanted] = get(self.resources, kind, wanted)
        if found is None:
            self.trouble("resource", f"{kind} {wanted}")
        return found

    def space(self, named: str) -> Space:
        """The colour space of that name, for ``cs`` and the device operators."""
        found: Space | None = self.known.get(("ColorSpace", named))
        if found is None:
            found = self.known["ColorSpace", named] = space_of(pikepdf.Name(f"/{named}"), self.resources)
        if found is UNKNOWN:
            self.trouble("resource", f"ColorSpace {named}")
        return found

    def colour(self, space: Space, values: tuple[float, ...], pattern: str = "") -> Colour:
        """A colour, made once."""
        wanted = (space, values, pattern)
        found = self.colours.get(wanted)
        if found is None:
            found = self.colours[wanted] = Colour(*wanted)
        return found

    def face(self, font: Any) -> Face:
        """The font, read once."""
        identity = key(font)
        if identity is None:
            return face_of(font) if font is not None else MISSING
        if identity not in self.faces:
            self.faces[identity] = face_of(font)
        return self.faces[identity]

    def paint_path(self, *, fill: bool, stroke: bool) -> None:
        """Paint the path that was built, clip by it where that was asked for, and forget it."""
        path, self.path = self.path, Path()
        clipping, self.clipping = self.clipping, False
        bounds = path.bounds() if fill or stroke or clipping else ()
        g = self.g
        if bounds and (fill or stroke):
            self._patterns(fill=fill, stroke=stroke)
            self.events.append(
                PathPainted(
                    scope=self.scope,
                    fill=g.filling() if fill else None,
                    stroke=g.stroking() if stroke else None,
                    width=g.line_width * scale(g.ctm),
                    subpaths=bounds,
                    rectangular=path.rectangular,
                    clip=g.clip,
                )
            )
        if clipping:
            g.clip = overlap(g.clip, around(bounds) if bounds else NOWHERE)

    def show(self, parts: Sequence[bytes | float]) -> None:
        """Show strings (bytes) and shifts (1/1000 em) and move on."""
        g = self.g
        matrix = multiply(self.text_matrix, g.ctm)
        codes: list[int] = []
        advance = 0.0
        for part in parts:
            if isinstance(part, float):
                advance -= part / 1000 * g.size * g.stretch
                continue
            shown = list(g.face.codes(part))
            codes += shown
            spaces = 0 if g.face.composite else shown.count(32)
            widths = sum(map(g.face.width, shown)) / 1000 * g.size
            advance += (widths + len(shown) * g.char_space + spaces * g.word_space) * g.stretch
        fill, stroke = g.mode in {0, 2, 4, 6}, g.mode in {1, 2, 5, 6}
        self._patterns(fill=fill, stroke=stroke)
        if g.face.kind == "Type3":
            self._glyph_procedures()
        unicode = g.face.unicode
        self.events.append(
            TextShown(
                scope=self.scope,
                face=g.face,
                font=g.font,
                codes=tuple(codes),
                text="".join([unicode.get(code, "\ufffd") for code in codes]),
                size=abs(g.size) * scale(matrix),
                mode=g.mode,
                fill=g.filling() if fill else None,
                stroke=g.stroking() if stroke else None,
                stroke_width=g.line_width * scale(g.ctm),
                start=apply(matrix, 0.0, g.rise),
                end=apply(matrix, advance, g.rise),
                box=_em_box(matrix, advance, g),
                clip=g.clip,
            )
        )
        self.text_matrix = multiply((1.0, 0.0, 0.0, 1.0, advance, 0.0), self.text_matrix)

    def image(self, named: str, image: Any) -> None:
        """Paint a picture on the unit square."""
        mask = get(image, "ImageMask") is True
        space = get(image, "ColorSpace")
        self._patterns(fill=mask, stroke=False)
        soft = get(image, "SMask")
        self.events.append(
            ImagePainted(
                scope=self.scope,
                name=named,
                width=whole(get(image, "Width")) or 0,
                height=whole(get(image, "Height")) or 0,
                bits=1 if mask else whole(get(image, "BitsPerComponent")) or 0,
                space=None if mask or space is None else space_of(space, self.resources),
                mask=mask,
                fill=self.g.filling() if mask else None,
                soft_mask=soft is not None,
                interpolate=get(image, "Interpolate") is True,
                filters=filters(image),
                ctm=self.g.ctm,
                alpha=self.g.alpha_fill,
                overprint=self.g.overprint_fill,
                clip=self.g.clip,
            )
        )

    def form(self, named: str, form: Any) -> None:
        """Draw a form in the present state."""
        before = self.g
        self.g = before.saved()
        self.g.ctm = multiply(_matrix(form), before.ctm)
        frame = numbers(get(form, "BBox"))
        if len(frame) == 4:
            corners = [apply(self.g.ctm, x, y) for x in frame[::2] for y in frame[1::2]]
            self.g.clip = overlap(before.clip, box_of(corners))
        group = get(form, "Group")
        if name(get(group, "S")) == "Transparency":
            self.group(group, "")
            self.g.alpha_fill = self.g.alpha_stroke = 1.0
            self.g.blend = "Normal"
        own = get(form, "Resources")
        self.run(form, own if own is not None else self.resources, f"{self.scope} › {named}")
        self.g = before

    def state(self, used: Event) -> None:
        """Report a graphics state the first time."""
        if used not in self.states:
            self.states.add(used)
            self.events.append(used)

    def group(self, group: Any, soft_mask: str) -> None:
        """Report a transparency group."""
        space = get(group, "CS")
        found = space_of(space, self.resources) if space is not None else None
        self.events.append(GroupBegun(self.scope, found, soft_mask))

    def soft_mask(self, mask: Any) -> None:
        """Follow a soft mask's group, once."""
        form = get(mask, "G")
        if not isinstance(form, pikepdf.Stream):
            self.trouble("resource", "SMask G")
            return
        if self._first_time("mask", form):
            self.group(get(form, "Group"), name(get(mask, "S")))
            before, self.g = self.g, Graphics(ctm=multiply(_matrix(form), self.g.ctm))
            self.run(form, get(form, "Resources"), f"{self.scope} › SMask")
            self.g = before

    def _patterns(self, *, fill: bool, stroke: bool) -> None:
        """Follow the patterns that are about to be painted with."""
        for wanted, colour, pattern in (
            (fill, self.g.fill, self.g.fill_pattern),
            (stroke, self.g.stroke, self.g.stroke_pattern),
        ):
            if wanted and colour.pattern and pattern is not None and self._first_time("pattern", pattern):
                self._pattern(colour, pattern)

    def _pattern(self, colour: Colour, pattern: Any) -> None:
        scope = f"{self.scope} › {colour.pattern}"
        if get(pattern, "PatternType") == 2:
            self.events.append(shading_event(get(pattern, "Shading"), self.resources, scope, self.g.clip))
            return
        before, self.g = self.g, Graphics(ctm=multiply(_matrix(pattern), self.base))
        if get(pattern, "PaintType") == 2:
            self.g.fill = self.g.stroke = Colour(colour.space.base or UNKNOWN, colour.values)
        self.run(pattern, get(pattern, "Resources"), scope)
        self.g = before

    def _glyph_procedures(self) -> None:
        """Follow the drawings of a Type 3 font, once."""
        font = self.g.font_object
        if not self._first_time("type3", font):
            return
        before = self.g
        own = get(font, "Resources")
        for glyph, procedure in items(get(font, "CharProcs")):
            self.g = before.saved()
            self.run(procedure, own if own is not None else self.resources, f"{self.scope} › {self.g.font}/{glyph}")
        self.g = before

    def _first_time(self, what: str, value: Any) -> bool:
        identity = key(value)
        if identity is not None and (what, identity) in self.once:
            return False
        self.once.add((what, identity))
        return True


def _matrix(holder: Any) -> Matrix:
    found = numbers(get(holder, "Matrix"))
    return found if len(found) == 6 else IDENTITY


def _em_box(matrix: Matrix, advance: float, g: Graphics) -> Bounds:
    """The box on the page around a string's em squares."""
    low, high = g.rise - DESCENT * g.size, g.rise + ASCENT * g.size
    return box_of([apply(matrix, x, y) for x in (0.0, advance) for y in (low, high)])
