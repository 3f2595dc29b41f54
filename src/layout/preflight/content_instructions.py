"""Reads a content stream into instructions, and operands as handlers take them (ISO 32000-1, 7.8.2).

Limits on bytes and words hold before anything is made of them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf

from layout.geometry import Matrix
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, data, get, name

MAX_CONTENT = 64 * 1024 * 1024
"""Bytes of one content stream, unpacked."""

MAX_TOKENS = 4_000_000
"""Words of one content stream: each costs some 300 bytes while it is followed."""

BETWEEN_TOKENS = tuple(bytes([code]) for code in b" \n\r\t\f\0/(<[")

Operands = Sequence[pikepdf.Object | bytes]
"""pikepdf's, or numbers and names as they are written."""

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

NUMERIC = frozenset(("m", "l", "c", "v", "y", "re", "cm", "w", "Tm", "Td", "TD", "k", "K", "g", "G", "rg", "RG"))
"""Frequent operators whose operands are numbers and nothing else."""

NAMED = frozenset(("gs", "cs", "CS", "sc", "SC", "scn", "SCN", "Tf", "J", "j", "M"))
"""Frequent operators whose operands are numbers and names, of which a page asks for a few again and again."""

PLAIN = re.compile(rb"(?:/[A-Za-z0-9_.+-]+ |[-+]?[0-9.]+ )+[A-Za-z]+")
"""An instruction whose operands are numbers, and names that stand as they are meant."""

INLINE = "INLINE IMAGE"
"""How pikepdf names the operator of an inline image."""


def read_instructions(content: PdfValue) -> tuple[Sequence[Instruction], str, str]:
    """The instructions of a page or stream; the trouble with it, ``unreadable`` or ``work``; what the reader says of
    that. The last two are ``""`` where there is none.
    """
    drawn = get(content, "Contents") if isinstance(content, pikepdf.Page) else content
    if drawn is None:
        return (), "", ""
    parts = [data(stream) for stream in (array(drawn) or [drawn])]
    if None in parts:
        return (), "unreadable", ""
    size = sum(len(part) for part in parts if part)
    tokens = sum(part.count(each) for part in parts if part for each in BETWEEN_TOKENS) if size > MAX_TOKENS else 0
    if tokens > MAX_TOKENS or size > MAX_CONTENT:
        return (), "work", ""
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            # What is no object at all raises TypeError.
            instructions = pikepdf.parse_content_stream(content)  # type: ignore[arg-type]
    except BAD_OBJECT:
        return (), "unreadable", ""
    return (instructions, "unreadable", str(caught[0].message)) if caught else (instructions, "", "")


def written(instructions: Sequence[Instruction]) -> list[bytes] | None:
    """*instructions* written out again, a line for each; ``None`` where one takes more, or none: an inline image, or a
    string with a line break.
    """
    try:
        lines = pikepdf.unparse_content_stream(instructions).split(b"\n")
    except BAD_OBJECT:
        return None
    return lines if len(lines) == len(instructions) else None


@dataclass(slots=True)
class ReadLines:
    """What lines were read as, of one stream."""

    operators: dict[bytes, str] = field(default_factory=dict)
    """By the last words of lines."""
    again: dict[bytes, tuple[str, list[bytes]]] = field(default_factory=dict)
    """Lines that stand there again and again."""


def with_numbers(
    instructions: Sequence[Instruction], lines: Sequence[bytes] | None, read: ReadLines
) -> Iterator[tuple[str, list[bytes] | Instruction]]:
    """Operators with their instructions; for those that take numbers, or plain names, with these as they are written in
    *lines*, of which some were *read* before.

    pikepdf makes a Decimal of every number, one by one, which costs more than all the rest of the walk. Its tokens
    written out again and divided at white space are the same numbers at a tenth of the price; the last word of a line
    is its operator.
    """
    if lines is None:
        yield from ((operator_of(instruction), instruction) for instruction in instructions)
        return
    known, again = read.operators, read.again
    for line, instruction in zip(lines, instructions, strict=True):
        if line in again:
            yield again[line]
            continue
        *operands, word = line.split() or (b"?",)
        operator = known.get(word)
        if operator is None:
            operator = known[word] = operator_of(instruction)
        if operator in NUMERIC:
            yield operator, operands
        elif not operands or (operator in NAMED and PLAIN.fullmatch(line)):
            again[line] = operator, operands
            yield operator, operands
        else:
            yield operator, instruction


def operator_of(instruction: Instruction) -> str:
    """The operator of an instruction; ``?`` of one that has none."""
    try:
        return str(instruction.operator)
    except BAD_OBJECT:
        return "?"


def six_numbers(operands: Operands) -> Matrix:
    """The operands of a matrix."""
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def name_written(operand: object) -> str:
    """A name without its slash, as pikepdf has it or as it is written; ``""`` for what is none."""
    if type(operand) is bytes:
        return operand[1:].decode("ascii") if operand.startswith(b"/") else ""
    return name(operand)
