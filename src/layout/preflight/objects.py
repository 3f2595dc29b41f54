"""Reads PDF objects of any quality: a value of the wrong type comes out as nothing, never as a traceback."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pikepdf

from layout.errors import Message, PrintError
from layout.preflight.unpacked_streams import unpacked

PdfValue: TypeAlias = pikepdf.Object | pikepdf.Page | Decimal | float | bool | None
"""What pikepdf hands out for an object of a PDF: numbers and booleans as Python's own; ``None`` for what is missing."""

MAX_STREAM = 256 * 1024 * 1024
"""Bytes one stream may unpack to. A page's content has one or two million; a newspaper photograph 100 million."""

MAX_WARNINGS = 200
"""Repairs after which a file is given up."""

BAD_OBJECT = (pikepdf.PdfError, pikepdf.PikepdfError, ValueError, TypeError, KeyError, IndexError, AttributeError,
              NotImplementedError, UnicodeError, ArithmeticError, RuntimeError)  # fmt: skip
"""What pikepdf raises at objects that are damaged or of the wrong type."""

_HOLDERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Page)
_NUMBERS = (int, float, Decimal)


@contextmanager
def opened(pdf: bytes | Path) -> Iterator[pikepdf.Pdf]:
    """The file opened by qpdf, with limits on what it may unpack to.

    Raises ``PrintError`` when it cannot be opened at all: not there, not a PDF, damaged past repair, or it wants a
    password.
    """
    before = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_STREAM, run_length_max_memory=MAX_STREAM, doc_max_warnings=MAX_WARNINGS
    )
    try:
        with _open(pdf) as document:
            yield document
    finally:
        pikepdf.settings.set_qpdf_limits(**before)  # type: ignore[arg-type]  # its own answer


def plain_name(path: Path) -> str:
    """A file's name as a report can hold it: a name that came from a machine of another encoding (GBK) has bytes that
    are no UTF-8, each of which becomes U+FFFD.
    """
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _open(pdf: bytes | Path) -> pikepdf.Pdf:
    try:
        if isinstance(pdf, Path) and plain_name(pdf) != pdf.name:
            pdf = pdf.read_bytes()  # qpdf takes names in UTF-8 alone
        return pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf, suppress_warnings=True)

    except pikepdf.PasswordError as error:
        raise PrintError(
            Message("PDF 有打开密码，无法检查。", "The PDF asks for a password and cannot be checked."),
            hint=Message("请输出不加密的文件。", "Write it without encryption."),
        ) from error
    except (pikepdf.PdfError, OSError, RuntimeError) as error:
        raise PrintError(
            Message("PDF 打不开，文件已损坏或不是 PDF。", "The PDF does not open: it is damaged, or not a PDF."),
            hint=Message("请重新生成后再检查。", "Make it again and check the new file."),
        ) from error


def get(holder: PdfValue, *keys: str) -> PdfValue:
    """The value under a chain of keys (``get(page, "Resources", "Font")``), or ``None``."""
    for key in keys:
        if not isinstance(holder, _HOLDERS):
            return None
        try:
            holder = holder.get(f"/{key}")
        except BAD_OBJECT:
            return None
    return holder


def keys(holder: PdfValue) -> list[str]:
    """The keys of a dictionary or stream in order, without their slash."""
    if not isinstance(holder, _HOLDERS[:2]):
        return []
    try:
        return sorted(str(key)[1:] for key in holder.keys())  # noqa: SIM118  (a stream is no mapping)
    except BAD_OBJECT:
        return []


def items(holder: PdfValue) -> list[tuple[str, PdfValue]]:
    """The entries of a dictionary or stream, keys without their slash."""
    return [(key, get(holder, key)) for key in keys(holder)]


def array(value: object) -> list[PdfValue]:
    """The items of an array, or an empty list."""
    if not isinstance(value, pikepdf.Array):
        return []
    try:
        return list(value)
    except BAD_OBJECT:
        return []


def name(value: object) -> str:
    """A name without its slash, or ``""``."""
    if not isinstance(value, pikepdf.Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeError:
        return bytes(value.unparse())[1:].decode("latin-1")


def text(value: object) -> str:
    """A text string, or ``""``."""
    try:
        return str(value) if isinstance(value, pikepdf.String) else ""
    except BAD_OBJECT:
        return ""


def number(value: object) -> float | None:
    """A finite number, or ``None``."""
    if not isinstance(value, _NUMBERS) or isinstance(value, bool):
        return None
    real = float(value)
    return real if math.isfinite(real) else None


def numbers(value: object) -> tuple[float, ...]:
    """The numbers of an array; empty when any item is something else."""
    found = [number(item) for item in array(value)]
    return tuple(real for real in found if real is not None) if None not in found else ()


def whole(value: object) -> int | None:
    """A whole number, or ``None``."""
    real = number(value)
    return int(real) if real is not None and real == int(real) else None


def data(value: object) -> bytes | None:
    """A stream's bytes unpacked, or ``None`` when they do not unpack within the limits."""
    if not isinstance(value, pikepdf.Stream):
        return None
    found = unpacked(value)
    if found is not None:
        return found
    try:
        # Run lengths too, which qpdf counts among the special.
        return value.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except BAD_OBJECT:
        return None


def raw(value: object) -> bytes:
    """A stream's bytes as they are in the file; none where there is no stream, or they cannot be had."""
    if not isinstance(value, pikepdf.Stream):
        return b""
    try:
        return value.read_raw_bytes()
    except BAD_OBJECT:
        return b""


def key(value: object) -> tuple[int, int] | None:
    """The number under which the file knows an object, or ``None`` for one that has none."""
    if not isinstance(value, (pikepdf.Object, pikepdf.Page)):
        return None
    holder = value.obj if isinstance(value, pikepdf.Page) else value
    return (holder.objgen[0], holder.objgen[1]) if holder.is_indirect else None


def filters(stream: PdfValue) -> tuple[str, ...]:
    """The names of a stream's filters, in order."""
    value = get(stream, "Filter")
    return tuple(name(item) for item in (array(value) or ([value] if value is not None else [])))
