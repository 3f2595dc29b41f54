"""A content stream as instructions: operands, operator, and where both stand.

The bytes are never re-written as a whole: the finishing keeps every byte it does not have to change, which is also what
makes it fast (one regular expression, one match for each operator). Syntax: ISO 32000-1 §7.2, §7.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*+)"
_PLAIN = rb"[^()\\]|\\[\x00-\xff]"


def _literal_string(depth: int) -> bytes:
    """A ``(…)`` string whose own parentheses nest *depth* deep: more than any writer of glyph codes uses."""
    inner = _PLAIN if depth == 0 else _PLAIN + rb"|" + _literal_string(depth - 1)
    return rb"\((?:" + inner + rb")*+\)"


def _array(depth: int) -> bytes:
    inner = _SIMPLE + rb"|" + _SPACE + (rb"|" + _array(depth - 1) if depth else b"")
    return rb"\[(?:" + inner + rb")*+\]"


_SIMPLE = (
    rb"[+\-.\d][+\-.\d]*+|/[^\x00\t\n\f\r ()<>\[\]{}/%]*+|<[0-9A-Fa-f\s]*+>|" + _literal_string(3) +
    rb"|(?:true|false|null)(?![A-Za-z0-9*'\"])"
)  # fmt: skip
_DICTIONARY = rb"<<(?:" + _SIMPLE + rb"|" + _array(1) + rb"|" + _SPACE + rb")*+>>"
_OPERAND = _SIMPLE + rb"|" + _array(1) + rb"|" + _DICTIONARY
_INSTRUCTION = re.compile(
    _SPACE + rb"*+((?:(?:" + _OPERAND + rb")" + _SPACE + rb"*+)*+)([A-Za-z'\"][A-Za-z0-9*'\"]*+)", re.DOTALL
)
_NUMBERS = rb"(?:[+\-.\d][+\-.\d]*+" + _SPACE + rb"++)*+"
_STEP = rb"(?:re|[mlcvyh])(?![A-Za-z0-9*'\"])"
_PATH = re.compile(_SPACE + rb"*+((?:" + _NUMBERS + _STEP + _SPACE + rb"*+)++)")
_STEPS = re.compile(_SPACE + rb"*+(" + _NUMBERS + rb")(" + _STEP + rb")")
_REST = re.compile(_SPACE + rb"*+\Z")
_TOKENS = re.compile(_OPERAND, re.DOTALL)


class Instruction(NamedTuple):
    """One operator with its operands as written."""

    start: int
    """Offset of the first operand, or of the operator when there is none."""
    end: int
    """Offset after the operator."""
    operands: bytes
    operator: bytes


class MalformedContentError(ValueError):
    """The stream is not a row of instructions; ``offset`` says where."""

    def __init__(self, offset: int, near: bytes):
        super().__init__(f"content stream unreadable at byte {offset}: {near!r}")
        self.offset = offset


def instructions(data: bytes) -> Iterator[Instruction]:
    """The instructions of *data* in order. Raises ``MalformedContentError``; an inline image counts as such."""
    position = 0
    for found in _instructions_from(data):
        operator = found[2]
        if operator == b"BI":  # its pixels are no instructions; nothing that paints our pages writes one
            raise MalformedContentError(found.start(2), b"inline image")
        position = found.end()
        yield Instruction(found.start(1), position, found[1], operator)
    if not _REST.match(data, position):
        raise MalformedContentError(position, data[position : position + 24])


PATH = b"path"
"""The operator under which ``painting`` gives a whole path."""


def painting(data: bytes) -> Iterator[Instruction]:
    """As ``instructions``, with all of a path as one instruction ``PATH``: in a drawing paths are nearly all."""
    position = 0
    while True:
        if path := _PATH.match(data, position):
            yield Instruction(path.start(1), path.end(), path[1], PATH)
            position = path.end()
        elif found := _INSTRUCTION.match(data, position):
            if found[2] == b"BI":
                raise MalformedContentError(found.start(2), b"inline image")
            yield Instruction(found.start(1), found.end(), found[1], found[2])
            position = found.end()
        else:
            break
    if not _REST.match(data, position):
        raise MalformedContentError(position, data[position : position + 24])


def steps(path: bytes) -> list[tuple[bytes, bytes]]:
    """The operators of a path with their operands, as written."""
    return [(operator, operands) for operands, operator in _STEPS.findall(path)]


def _instructions_from(data: bytes) -> Iterator[re.Match[bytes]]:
    position = 0
    while found := _INSTRUCTION.match(data, position):
        yield found
        position = found.end()


def tokens(operands: bytes) -> list[bytes]:
    """The single operands, as written."""
    return _TOKENS.findall(operands)


def numbers(operands: bytes) -> list[float]:
    """The operands as numbers; raises ``ValueError`` when one is none."""
    return [float(token) for token in operands.split()]
