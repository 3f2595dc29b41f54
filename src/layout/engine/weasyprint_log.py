"""WeasyPrint's log as data: diagnostics of a design, taken from the arguments of its messages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint.css.properties import KNOWN_PROPERTIES
from weasyprint.css.validation.expanders import EXPANDERS

from layout.design.css_diagnostics import EngineMessage, IgnoredDeclaration

_PROPERTIES = tuple(sorted({*KNOWN_PROPERTIES, *EXPANDERS}))
_IGNORED = "Ignored `"
_UNKNOWN = "unknown property"
_SELECTOR = "Invalid or unsupported selector"
_SPOT = "%d:%d"


@contextmanager
def captured_log(logger: logging.Logger) -> Iterator[list[logging.LogRecord]]:
    """Collects every record of *logger* from warnings up; no other handler gets them."""
    handler = _Collector()
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


class _Collector(logging.Handler):
    """Collects every record from warnings up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collects *record*."""
        self.records.append(record)


_NO_BLOCK = "before {} block for a qualified rule"
"""What tinycss2 says of words that it read as the head of a rule, nested ones too, and that nothing follows."""


def message_of(record: logging.LogRecord) -> EngineMessage | None:
    """The diagnostic in a log record; None for one that changes nothing on a printed page."""
    pattern, text, is_error = str(record.msg), record.getMessage(), record.levelno >= logging.ERROR
    arguments: tuple[object, ...] = record.args if isinstance(record.args, tuple) else ()
    if pattern.startswith("Anchor defined twice") or text.startswith("Unknown empty rule <AtRule @charset "):
        return None
    if pattern.startswith(_SELECTOR):
        # WeasyPrint says “'.x:hovver'”, or “'.x', ” and why.
        selector = str(arguments[0]).removeprefix("'").rpartition("'")[0]
        return EngineMessage(text, is_error, selector=selector.strip())
    line, column = _spot(pattern, arguments)
    declaration = None
    if pattern.startswith(_IGNORED):
        name, value, *_, reason = arguments
        known = _PROPERTIES if reason == _UNKNOWN else ()
        declaration = IgnoredDeclaration(str(name), str(value), known)
    is_stray = _NO_BLOCK in text
    return EngineMessage(text, is_error, declaration, line=line, column=column, is_stray=is_stray)


def _spot(pattern: str, arguments: tuple[object, ...]) -> tuple[int | None, int | None]:
    """Line and column, where the message names them: its first two numbers."""
    numbers = [each for each in arguments if isinstance(each, int)]
    return (numbers[0], numbers[1]) if _SPOT in pattern and len(numbers) > 1 else (None, None)
