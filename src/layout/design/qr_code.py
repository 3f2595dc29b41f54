"""QR codes (ISO/IEC 18004) for templates: the modules of a word as one path, black on what lies beneath.

segno reckons them: it follows the standard to the letter, is pure Python without dependencies, under the BSD licence,
and gives the matrix itself; qrcode, the other kept library, draws pictures and brings a console along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import segno

from layout.design.template_records import TemplateRecord, TextRecord
from layout.errors import Hint, Message, TemplateError

QUIET = 4
"""Modules of bare paper that a code needs on every side (ISO/IEC 18004:2015, 6.3.8)."""

LEVEL = "m"
"""Of error correction: 15 % of the codewords may be spoilt. The usual one in print; the next costs a quarter more
modules. segno takes a higher one where that needs no larger code.
"""


@dataclass(frozen=True, slots=True)
class QrCodeRecord(TemplateRecord):
    """A QR code: its modules from edge to edge, those of its quiet zone, and the outline of the dark ones as a path,
    one unit a module.
    """

    side: int
    quiet: int
    path: str


def qr_code(word: TextRecord | str) -> QrCodeRecord:
    """The code that is read as *word*. Raises ``TemplateError`` for none, and for more than a code holds."""
    words = word if isinstance(word, str) else getattr(word, "text", "")
    try:
        code = segno.make(words, error=LEVEL, micro=False)
    except segno.DataOverflowError as error:
        raise TemplateError(
            Message(f"二维码装不下 {len(words)} 个字符", f"a QR code does not hold {len(words)} characters"),
            hint=_SHORTER,
        ) from error
    except ValueError as error:
        raise TemplateError(Message("二维码没有内容", "a QR code of nothing"), hint=_SHORTER) from error
    rows = [[bool(dark) for dark in row] for row in code.matrix]
    path = "".join(
        f"M{left} {top}h{length}v1h-{length}z" for top, row in enumerate(rows) for left, length in _runs(row)
    )
    return QrCodeRecord(len(rows), QUIET, path)


_SHORTER = Hint(
    editor=Message("在 words 里给它一个短的网址。", "Give it a short address under words."),
    designer=Message("写 {% if words.code %} … {% endif %}。", "Guard it: {% if words.code %} … {% endif %}."),
)


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side: the first, and how many."""
    start = None
    for index, dark in enumerate((*row, False)):
        if dark and start is None:
            start = index
        elif not dark and start is not None:
            yield start, index - start
            start = None
