"""The handlers of content-stream operators (ISO 32000-1, annex A): each changes the interpreter's state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pikepdf

from layout.geometry import apply, multiply
from layout.preflight import painting
from layout.preflight.colours import CMYK, GRAY, RGB, UNKNOWN, PdfColour, Space
from layout.preflight.content_instructions import INLINE, Operands, name_written, six_numbers
from layout.preflight.graphics_state import ExtGState
from layout.preflight.interpreter import Handler, Interpreter
from layout.preflight.objects import PdfValue, array, get, name, number
from layout.preflight.shadings import shading_event
from layout.preflight.text_operators import TEXT_HANDLERS, set_font

DEVICE_KEYS = ("TR", "TR2", "HT", "BG", "BG2", "UCR", "UCR2")
COARSE = 10.0
"""Flatness, in dots of the device, over which curves show as polygons: at 1270 dots an inch a fifth of a millimetre."""

MAX_SAVED = 200
"""``q`` within ``q``."""


# --- state -----------------------------------------------------------------------------------------------------


def _save(interpreter: Interpreter, _: Operands) -> None:
    if len(interpreter.stack) >= MAX_SAVED:
        interpreter.trouble("nesting", "q")
    if len(interpreter.stack) == 1:
        interpreter.block = len(interpreter.events)
    interpreter.stack.append(interpreter.g.saved())
    interpreter.begun.append(len(interpreter.events))


def _restore(interpreter: Interpreter, _: Operands) -> None:
    if interpreter.stack:
        interpreter.g = interpreter.stack.pop()
        interpreter.begun.pop()
    else:
        interpreter.trouble("unopened", interpreter.scope, len(interpreter.events))


def _concat(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.g.ctm = multiply(six_numbers(operands), interpreter.g.ctm)


def _width(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.g.line_width = float(operands[0])


def _cap(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.g.cap = int(float(operands[0]))


def _flatness(interpreter: Interpreter, operands: Operands) -> None:
    if float(operands[0]) > COARSE:
        interpreter.state("Normal", 1.0, ("FL",), soft_mask=False)


def _read_state(state: PdfValue) -> ExtGState:
    """The parameters that a dictionary of the resources' ExtGState sets."""
    over, over_fill = get(state, "OP"), get(state, "op")
    fields: dict[str, float | str] = {}
    if isinstance(over, bool):
        fields |= {"overprint_stroke": over} | ({"overprint_fill": over} if over_fill is None else {})
    if isinstance(over_fill, bool):
        fields["overprint_fill"] = over_fill
    for key, field in (
        ("OPM", "opm"),
        ("LW", "line_width"),
        ("LC", "cap"),
        ("ca", "alpha_fill"),
        ("CA", "alpha_stroke"),
    ):
        if (found := number(get(state, key))) is not None:
            fields[field] = int(found) if key in {"OPM", "LC"} else found
    if (blend := get(state, "BM")) is not None:
        fields["blend"] = name(blend) or next((name(each) for each in array(blend)), "Normal")
    if transfers := [each for key in ("TR2", "TR") if (each := get(state, key)) is not None]:
        fields["transfer"] = name(transfers[0]) not in {"Identity", "Default"}
    font = array(get(state, "Font"))
    mask = get(state, "SMask")
    return ExtGState(
        tuple(fields.items()),
        (font[0], number(font[1]) or 0.0) if len(font) == 2 else None,
        mask if isinstance(mask, pikepdf.Dictionary) else None,
        tuple(key for key in DEVICE_KEYS if get(state, key) is not None and name(get(state, key)) != "Default")
        + (("FL",) if (number(get(state, "FL")) or 0.0) > COARSE else ()),
        unmasked=name(mask) == "None",
    )


def _ext_state(interpreter: Interpreter, operands: Operands) -> None:
    named = name_written(operands[0])
    states = interpreter.resources.states
    setting = states.get(named)
    if setting is None:
        setting = states[named] = _read_state(interpreter.resource("ExtGState", named))
    g = interpreter.g
    for field, value in setting.fields:
        setattr(g, field, value)
    if setting.font is not None:
        set_font(interpreter, setting.font[0], "", setting.font[1])
    alpha = min(g.alpha_fill, g.alpha_stroke)
    interpreter.state(g.blend, alpha, setting.device_keys, soft_mask=setting.mask is not None)
    if setting.mask is not None:
        g.masked, g.veiled = interpreter.soft_mask(setting.mask), True
    elif setting.unmasked:
        g.masked = g.veiled = False


# --- colour ----------------------------------------------------------------------------------------------------


def _set_colour(interpreter: Interpreter, colour: PdfColour, pattern: PdfValue, *, stroke: bool) -> None:
    if stroke:
        interpreter.g.stroke, interpreter.g.stroke_pattern = colour, pattern
    else:
        interpreter.g.fill, interpreter.g.fill_pattern = colour, pattern


def _device(space: Space, *, stroke: bool) -> Handler:
    def handler(interpreter: Interpreter, operands: Operands) -> None:
        values = tuple(map(float, operands))
        if len(values) != space.components:
            interpreter.trouble("operands", space.family)
            return
        # A Default… colour space of the resources stands in for the device's.
        _set_colour(interpreter, interpreter.colour(interpreter.space(space.family), values), None, stroke=stroke)

    return handler


def _space(*, stroke: bool) -> Handler:
    def handler(interpreter: Interpreter, operands: Operands) -> None:
        space = interpreter.space(name_written(operands[0]))
        _set_colour(interpreter, interpreter.colour(space, _initial(space)), None, stroke=stroke)

    return handler


def _initial(space: Space) -> tuple[float, ...]:
    """The colour that a space begins with: black, or all ink of a spot."""
    if space.family == "DeviceCMYK":
        return (0.0, 0.0, 0.0, 1.0)
    return (1.0 if space.family in {"Separation", "DeviceN"} else 0.0,) * space.components


def _colour(*, stroke: bool) -> Handler:
    def handler(interpreter: Interpreter, operands: Operands) -> None:
        present = interpreter.g.stroke if stroke else interpreter.g.fill
        given = list(operands)
        named = name_written(given[-1]) if given else ""
        values = tuple(map(float, given[:-1] if named else given))
        pattern = interpreter.resource("Pattern", named) if named else None
        if not named and present.space is not UNKNOWN and len(values) != present.space.components:
            interpreter.trouble("operands", "SCN" if stroke else "scn")
            return
        _set_colour(interpreter, interpreter.colour(present.space, values, named), pattern, stroke=stroke)

    return handler


# --- paths -----------------------------------------------------------------------------------------------------


# The matrix is multiplied out in place: two thirds of a page's operators are these.


def _move(interpreter: Interpreter, operands: Operands) -> None:
    x, y = map(float, operands)
    a, b, c, d, e, f = interpreter.g.ctm
    interpreter.path.subpaths.append([(a * x + c * y + e, b * x + d * y + f)])


def _line(interpreter: Interpreter, operands: Operands) -> None:
    x, y = map(float, operands)
    a, b, c, d, e, f = interpreter.g.ctm
    interpreter.path.line((a * x + c * y + e, b * x + d * y + f))


def _curve(interpreter: Interpreter, operands: Operands) -> None:
    x1, y1, x2, y2, x3, y3 = map(float, operands)
    a, b, c, d, e, f = interpreter.g.ctm
    path = interpreter.path
    path.curved = True
    if not path.subpaths:
        path.subpaths.append([])
    path.curves.append((len(path.subpaths) - 1, len(path.subpaths[-1])))
    path.subpaths[-1] += (
        (a * x1 + c * y1 + e, b * x1 + d * y1 + f),
        (a * x2 + c * y2 + e, b * x2 + d * y2 + f),
        (a * x3 + c * y3 + e, b * x3 + d * y3 + f),
    )


def _short_curve(interpreter: Interpreter, operands: Operands) -> None:
    x1, y1, x2, y2 = map(float, operands)
    interpreter.path.curved = True
    interpreter.path.line(apply(interpreter.g.ctm, x1, y1))
    interpreter.path.line(apply(interpreter.g.ctm, x2, y2))


def _close(interpreter: Interpreter, _: Operands) -> None:
    if interpreter.path.subpaths:
        interpreter.path.line(interpreter.path.subpaths[-1][0])


def _rectangle(interpreter: Interpreter, operands: Operands) -> None:
    x, y, width, height = map(float, operands)
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    interpreter.path.subpaths.append([apply(interpreter.g.ctm, *corner) for corner in corners])


def _clip(operator: str) -> Handler:
    def handler(interpreter: Interpreter, _: Operands) -> None:
        interpreter.clipping = operator

    return handler


def _paint(*, fill: bool = False, stroke: bool = False, close: bool = False, even_odd: bool = False) -> Handler:
    def handler(interpreter: Interpreter, operands: Operands) -> None:
        if close:
            _close(interpreter, operands)
        painting.paint_path(interpreter, fill=fill, stroke=stroke, even_odd=even_odd)

    return handler


# --- objects ---------------------------------------------------------------------------------------------------


def _do(interpreter: Interpreter, operands: Operands) -> None:
    named = name(operands[0])
    found = interpreter.resource("XObject", named)
    kind = name(get(found, "Subtype")) if isinstance(found, pikepdf.Stream) else ""
    if kind == "Image":
        painting.image(interpreter, named, found)
    elif kind == "Form":
        interpreter.form(named, found)
    elif found is not None:
        interpreter.trouble("xobject", f"{named} {name(get(found, 'Subtype'))}".strip())


def _shade(interpreter: Interpreter, operands: Operands) -> None:
    found = interpreter.resource("Shading", name(operands[0]))
    if found is not None:
        interpreter.mark()
        interpreter.events.append(
            shading_event(
                found,
                interpreter.resources.dictionary,
                f"{interpreter.scope} › {name(operands[0])}",
                interpreter.g.clip,
            )
        )


def _mark(interpreter: Interpreter, operands: Operands) -> None:
    named = name(operands[1]) if name(operands[0]) == "OC" and interpreter.layers.off else ""
    content = get(interpreter.resources.dictionary, "Properties", named) if named else None
    interpreter.hiding.begin(off=interpreter.layers.hides(content))


def _compatibility(step: int) -> Handler:
    def handler(interpreter: Interpreter, _: Operands) -> None:
        interpreter.compatibility += step

    return handler


def _inline(interpreter: Interpreter, operands: Operands) -> None:
    picture = operands[0]
    painting.image(interpreter, "inline", picture.obj if isinstance(picture, pikepdf.PdfInlineImage) else None)


HANDLERS: Mapping[str, Handler | None] = MappingProxyType(
    {
        "J": _cap, "i": _flatness, **dict.fromkeys(("j", "M", "d", "ri", "ET", "MP", "DP", "d0", "d1")),
        "BDC": _mark, "BMC": lambda interpreter, _: interpreter.hiding.begin(off=False),
        "EMC": lambda interpreter, _: interpreter.hiding.end(),
        "W": _clip("W"), "W*": _clip("W*"), INLINE: _inline,
        "q": _save, "Q": _restore, "cm": _concat, "w": _width, "gs": _ext_state,
        "g": _device(GRAY, stroke=False), "G": _device(GRAY, stroke=True),
        "rg": _device(RGB, stroke=False), "RG": _device(RGB, stroke=True),
        "k": _device(CMYK, stroke=False), "K": _device(CMYK, stroke=True),
        "cs": _space(stroke=False), "CS": _space(stroke=True),
        "sc": _colour(stroke=False), "scn": _colour(stroke=False),
        "SC": _colour(stroke=True), "SCN": _colour(stroke=True),
        "m": _move, "l": _line, "c": _curve, "v": _short_curve, "y": _short_curve, "h": _close,
        "re": _rectangle, "n": _paint(),
        "S": _paint(stroke=True), "s": _paint(stroke=True, close=True),
        **dict.fromkeys(("f", "F"), _paint(fill=True)), "f*": _paint(fill=True, even_odd=True),
        "B": _paint(fill=True, stroke=True), "B*": _paint(fill=True, stroke=True, even_odd=True),
        "b": _paint(fill=True, stroke=True, close=True),
        "b*": _paint(fill=True, stroke=True, close=True, even_odd=True),
        **TEXT_HANDLERS,
        "Do": _do, "sh": _shade, "BX": _compatibility(1), "EX": _compatibility(-1),
    }
)  # fmt: skip
