r"""Fields of a Word file: what they show is copy, how it is reckoned is not.

Word 2003 and WPS write a reading as a formula, ``EQ \* jc2 \* hps10 \o\ad(\s\up 9(tún),屯)``, and a sign in a circle as
``eq \o\ac(○,1)``: there the copy stands in the field's code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from layout.intake.model import CopyRun

_READING = re.compile(
    r"\\o\s*\\a[dlcr]?\s*\(\s*\\s\s*\\up\s*[\d.]+\s*\((?P<reading>[^()]*)\)\s*[,，;；]\s*(?P<base>[^()]*)\)"
)
_CIRCLED = re.compile(r"\\o\s*\\ac?\s*\(\s*(?P<ring>[○△□◇◯])\s*[,，;；]\s*(?P<inside>[^()]+)\)")
_RINGS = {str(number): chr(0x2460 + number - 1) for number in range(1, 21)}
_IN_BRACKETS = re.compile(r"\(([^()\\]*)\)")


@dataclass(slots=True)
class WordField:
    """A field that is not ended: its code, and whether what it shows has begun."""

    code: str = ""
    shown: bool = False

    @property
    def name(self) -> str:
        """What kind of field it is: PAGE, TOC, EQ."""
        words = self.code.split(None, 1)
        return words[0].split("\\")[0].upper() if words else ""


def equation_runs(code: str) -> tuple[tuple[CopyRun, ...], bool]:
    """The words in the *code* of a field ``EQ``, and whether they are all that it shows."""
    if found := _READING.search(code):
        return (CopyRun(found["base"], ruby=found["reading"].strip()),), True
    if found := _CIRCLED.search(code):
        inside = found["inside"].strip()
        ring = _RINGS.get(inside) if found["ring"] in "○◯" else None
        return (CopyRun(ring or inside),), ring is not None
    words = "".join(_IN_BRACKETS.findall(code))
    return ((CopyRun(words),) if words else ()), False
