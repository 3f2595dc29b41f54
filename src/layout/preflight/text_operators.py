"""The handlers of text operators (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from layout.geometry import IDENTITY, multiply
from layout.preflight import painting
from layout.preflight.content_instructions import Operands, name_written, six_numbers
from layout.preflight.interpreter import Handler, Interpreter
from layout.preflight.objects import PdfValue, array, number


def _begin_text(interpreter: Interpreter, _: Operands) -> None:
    interpreter.text_matrix = interpreter.line_matrix = IDENTITY


def _font(interpreter: Interpreter, operands: Operands) -> None:
    named = name_written(operands[0])
    set_font(interpreter, interpreter.resource("Font", named), named, float(operands[1]))


def set_font(interpreter: Interpreter, font: PdfValue, named: str, size: float) -> None:
    """Sets the face and size of what is shown next; *named* is what the resources call the font."""
    g = interpreter.g
    g.face, g.font_object, g.font, g.size = interpreter.face(font), font, named, size


def _text_number(field: str, factor: float = 1.0) -> Handler:
    def handler(interpreter: Interpreter, operands: Operands) -> None:
        value = float(operands[0]) * factor
        setattr(interpreter.g, field, int(value) if field == "mode" else value)

    return handler


def _move_text(interpreter: Interpreter, operands: Operands) -> None:
    x, y = map(float, operands)
    _shift_text(interpreter, x, y)


def _shift_text(interpreter: Interpreter, x: float, y: float) -> None:
    interpreter.text_matrix = interpreter.line_matrix = multiply((1.0, 0.0, 0.0, 1.0, x, y), interpreter.line_matrix)


def _move_text_leading(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.g.leading = -float(operands[1])
    _move_text(interpreter, operands)


def _text_matrix(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.text_matrix = interpreter.line_matrix = six_numbers(operands)


def _next_line(interpreter: Interpreter, _: Operands) -> None:
    _shift_text(interpreter, 0.0, -interpreter.g.leading)


def _show(interpreter: Interpreter, operands: Operands) -> None:
    painting.show(interpreter, [bytes(operands[0])])


def _show_many(interpreter: Interpreter, operands: Operands) -> None:
    parts: list[bytes | float] = []
    for part in array(operands[0]):
        shift = number(part)
        # What is no string either raises TypeError.
        parts.append(bytes(part) if shift is None else shift)  # type: ignore[arg-type]
    painting.show(interpreter, parts)


def _show_next(interpreter: Interpreter, operands: Operands) -> None:
    _next_line(interpreter, ())
    _show(interpreter, operands)


def _show_spaced(interpreter: Interpreter, operands: Operands) -> None:
    interpreter.g.word_space, interpreter.g.char_space = float(operands[0]), float(operands[1])
    _show_next(interpreter, operands[2:])


TEXT_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "BT": _begin_text, "Tf": _font, "Tm": _text_matrix, "Td": _move_text, "TD": _move_text_leading,
        "T*": _next_line, "Tj": _show, "TJ": _show_many, "'": _show_next, '"': _show_spaced,
        "Tc": _text_number("char_space"), "Tw": _text_number("word_space"), "Tz": _text_number("stretch", 0.01),
        "TL": _text_number("leading"), "Ts": _text_number("rise"), "Tr": _text_number("mode"),
    }
)  # fmt: skip
