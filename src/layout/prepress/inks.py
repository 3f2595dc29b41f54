"""Walks through a content stream: every colour becomes CMYK or is refused; small black is set to overprint.

One pass over each content stream follows the graphics state (ISO 32000-1 §8.4): ``q``/``Q``, the matrix, the clip, both
colours, opacity, type size. It changes three things and no other byte:

* RGB black and white, and gray, are written as CMYK (0 0 0 1, 0 0 0 0, 0 0 0 1−g): WeasyPrint writes its default black
  as RGB.
* Any other RGB, Lab or ICC colour is a fault; it is never printed silently.
* ``gs`` with overprint on stands before type and thin rules of 100 % K, off before everything else. Overprint mode 1:
  zero inks leave what lies beneath untouched. White can then never overprint, nor can a picture or a tint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from layout.geometry import IDENTITY, Matrix, multiply, scale
from layout.prepress import geometry
from layout.prepress.content import PATH, Instruction, numbers, painting, steps, tokens
from layout.prepress.geometry import PathSteps
from layout.prepress.ink_state import BLACK, NO_OVERPRINT, WHITE, Cmyk, CurrentColour, InkState, OverprintLimits, Scope

OVERPRINT_ON = "LayoutOverprint"
OVERPRINT_OFF = "LayoutKnockout"


class InkWalk:
    """One walk over one content stream. Make it, call :meth:`rewritten` once."""

    def __init__(self, data: bytes, scope: Scope, state: InkState, limits: OverprintLimits):
        self._data = data
        self._scope = scope
        self._state = state
        self._limits = limits
        self._stack: list[InkState] = []
        self._text_matrix: Matrix = IDENTITY
        self._path: list[bytes] = []
        self._path_start = 0
        self._clips = False
        self._edits: list[tuple[int, int, bytes]] = []

    def rewritten(self) -> bytes:
        """The stream with its colours mended and overprint set; the very same bytes when nothing had to change.

        Raises ``content.MalformedContentError``. Refused colours are reported to the scope, the walk goes on.
        """
        handlers = self._handlers
        for instruction in painting(self._data):
            handler = handlers.get(instruction.operator)
            if handler is not None:
                handler(self, instruction)
        return _edited(self._data, self._edits)

    # -- state ----------------

    def _push(self, _: Instruction) -> None:
        self._stack.append(self._state.copy())

    def _pop(self, _: Instruction) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _concatenate(self, found: Instruction) -> None:
        self._state.ctm = multiply(_matrix(found.operands), self._state.ctm)

    def _set_line_width(self, found: Instruction) -> None:
        self._state.line_width = numbers(found.operands)[0]

    def _set_graphics_state(self, found: Instruction) -> None:
        entry = self._scope.graphics_state(_name(found.operands))
        state = self._state
        if entry.fill_opacity is not None:
            state.solid_fill = entry.fill_opacity >= 1
        if entry.stroke_opacity is not None:
            state.solid_stroke = entry.stroke_opacity >= 1
        if entry.masked is not None:
            state.masked = entry.masked
        if entry.mask_group is not None:
            self._scope.walk_form(entry.mask_group, InkState(ctm=state.ctm), NO_OVERPRINT)

    # -- colour ----------------

    def _set_rgb(self, found: Instruction) -> None:
        self._set_values("DeviceRGB", found, found.operator == b"RG", (b"k", b"K"))

    def _set_gray(self, found: Instruction) -> None:
        self._set_values("DeviceGray", found, found.operator == b"G", (b"k", b"K"))

    def _set_cmyk(self, found: Instruction) -> None:
        self._assign(CurrentColour("DeviceCMYK", _cmyk("DeviceCMYK", numbers(found.operands))), found.operator == b"K")

    def _set_space(self, found: Instruction) -> None:
        space = self._scope.colour_space(_name(found.operands))
        stroke = found.operator == b"CS"
        if space in ("DeviceGray", "DeviceRGB"):
            self._replace(found, b"/DeviceCMYK " + found.operator)
        elif space not in ("DeviceCMYK", "Pattern"):
            self._scope.refuse(space, self._text(found))
        self._assign(CurrentColour(space, BLACK if space.startswith("Device") else None), stroke)

    def _set_components(self, found: Instruction) -> None:
        stroke = found.operator in (b"SC", b"SCN")
        colour = self._state.stroke if stroke else self._state.fill
        last = tokens(found.operands)[-1]
        if last.startswith(b"/"):
            self._scope.walk_pattern(last[1:].decode("latin-1"), self._text(found))
            self._assign(CurrentColour(colour.space, None), stroke)
        elif colour.space.startswith("Device"):
            self._set_values(colour.space, found, stroke, (b"scn", b"SCN"))

    def _set_values(self, space: str, found: Instruction, stroke: bool, operators: tuple[bytes, bytes]) -> None:
        values = numbers(found.operands)
        cmyk = _cmyk(space, values)
        if cmyk is None:
            self._scope.refuse(space, self._text(found))
        elif space != "DeviceCMYK":
            self._replace(found, b"%b %b" % (b" ".join(b"%g" % value for value in cmyk), operators[stroke]))
        self._assign(CurrentColour(space, cmyk), stroke)

    def _assign(self, colour: CurrentColour, stroke: bool) -> None:
        if stroke:
            self._state.stroke = colour
        else:
            self._state.fill = colour

    # -- type ----------------

    def _begin_text(self, _: Instruction) -> None:
        self._text_matrix = IDENTITY

    def _set_text_matrix(self, found: Instruction) -> None:
        self._text_matrix = _matrix(found.operands)

    def _set_font(self, found: Instruction) -> None:
        self._state.font_size = float(tokens(found.operands)[1])

    def _set_rendering(self, found: Instruction) -> None:
        self._state.rendering = int(numbers(found.operands)[0])

    def _show_text(self, found: Instruction) -> None:
        state = self._state
        rendering = state.rendering % 4
        if rendering == 3:  # invisible
            return
        black = self._black(fill=rendering in (0, 2), stroke=rendering in (1, 2))
        size = state.font_size * scale(self._text_matrix) * scale(state.ctm)
        self._overprint(black and abs(size) < self._limits.text, found.start)

    # -- paths ----------------

    def _add_to_path(self, found: Instruction) -> None:
        if not self._path:
            self._path_start = found.start
        self._path.append(found.operands)

    def _steps(self) -> PathSteps:
        return [step for part in self._path for step in steps(part)]

    def _clip(self, _: Instruction) -> None:
        self._clips = True

    def _fill(self, found: Instruction) -> None:
        thin = False
        if self._limits.line and self._black(fill=True):
            even_odd = found.operator.endswith(b"*")
            width = geometry.thickness(self._steps(), self._state.ctm, self._state.clip, even_odd=even_odd)
            thin = width < self._limits.line
        self._paint(thin)

    def _stroke(self, _: Instruction) -> None:
        width = self._state.line_width * scale(self._state.ctm)
        self._paint(self._black(stroke=True) and width < self._limits.line)

    def _fill_and_stroke(self, _: Instruction) -> None:
        self._paint(False)

    def _paint(self, overprint: bool) -> None:
        self._overprint(overprint, self._path_start)
        self._end_path()

    def _no_paint(self, _: Instruction) -> None:
        self._end_path()

    def _end_path(self) -> None:
        if self._clips:
            self._state.clip = self._state.clip.within(self._steps(), self._state.ctm)
        self._clips = False
        self._path = []

    # -- pictures, forms, shadings ----------------

    def _paint_stencil(self, found: Instruction) -> None:
        """Line art prints in black alone, over what lies beneath where black overprints at all."""
        over = b""
        if self._limits.text:
            self._scope.need_overprint_states()
            over = b"/%b gs " % OVERPRINT_ON.encode()
        self._replace(found, b"q 0 0 0 1 k %b%b Q" % (over, self._data[found.start : found.end]))

    def _paint_object(self, found: Instruction) -> None:
        if self._scope.stencil(_name(found.operands)):
            self._paint_stencil(found)
            return
        self._overprint(False, found.start)
        name = _name(found.operands)
        inner = self._state.copy()
        self._scope.walk_object(name, inner, self._limits)

    def _paint_shading(self, found: Instruction) -> None:
        self._overprint(False, found.start)
        self._scope.check_shading(_name(found.operands), self._text(found))

    # -- overprint ----------------

    def _black(self, *, fill: bool = False, stroke: bool = False) -> bool:
        """Whether what is painted is 100 % K and nothing else, opaque."""
        state = self._state
        return not (
            state.masked
            or (fill and not (state.fill.value == BLACK and state.solid_fill))
            or (stroke and not (state.stroke.value == BLACK and state.solid_stroke))
        )

    def _overprint(self, wanted: bool, offset: int) -> None:
        if wanted == self._state.overprint:
            return
        self._state.overprint = wanted
        name = OVERPRINT_ON if wanted else OVERPRINT_OFF
        self._scope.need_overprint_states()
        self._edits.append((offset, offset, b"/%b gs\n" % name.encode()))

    # -- edits ----------------

    def _replace(self, found: Instruction, by: bytes) -> None:
        self._edits.append((found.start, found.end, by))

    def _text(self, found: Instruction) -> str:
        return self._data[found.start : found.end].decode("latin-1")

    _handlers: ClassVar[dict[bytes, Callable[[InkWalk, Instruction], None]]] = {
        b"q": _push, b"Q": _pop, b"cm": _concatenate, b"w": _set_line_width, b"gs": _set_graphics_state,
        b"rg": _set_rgb, b"RG": _set_rgb, b"g": _set_gray, b"G": _set_gray, b"k": _set_cmyk, b"K": _set_cmyk,
        b"cs": _set_space, b"CS": _set_space,
        b"sc": _set_components, b"SC": _set_components, b"scn": _set_components, b"SCN": _set_components,
        b"BT": _begin_text, b"Tm": _set_text_matrix, b"Tf": _set_font, b"Tr": _set_rendering,
        b"Tj": _show_text, b"TJ": _show_text, b"'": _show_text, b'"': _show_text,
        PATH: _add_to_path, b"W": _clip, b"W*": _clip,
        b"f": _fill, b"F": _fill, b"f*": _fill, b"S": _stroke, b"s": _stroke, b"n": _no_paint,
        b"B": _fill_and_stroke, b"B*": _fill_and_stroke, b"b": _fill_and_stroke, b"b*": _fill_and_stroke,
        b"Do": _paint_object, b"sh": _paint_shading,
    }  # fmt: skip


def _matrix(operands: bytes) -> Matrix:
    a, b, c, d, e, f = numbers(operands)
    return a, b, c, d, e, f


def _name(operands: bytes) -> str:
    return operands.strip()[1:].decode("latin-1")


def _cmyk(space: str, values: list[float]) -> Cmyk | None:
    """The colour as CMYK where that is beyond doubt: CMYK itself, gray, RGB black and RGB white."""
    if space == "DeviceCMYK":
        c, m, y, k = values
        return c, m, y, k
    if space == "DeviceGray":
        return 0.0, 0.0, 0.0, 1.0 - values[0]
    if values == [0.0, 0.0, 0.0]:
        return BLACK
    return WHITE if values == [1.0, 1.0, 1.0] else None


def _edited(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    if not edits:
        return data
    pieces: list[bytes] = []
    position = 0
    for start, end, by in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (data[position:start], by)
        position = end
    pieces.append(data[position:])
    return b"".join(pieces)
