"""Takes the blanks from the beginning and end of a paragraph: an indent is no copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layout.intake.model import CopyRun

INDENT = "\u3000"


def trimmed(runs: Sequence[CopyRun]) -> tuple[tuple[CopyRun, ...], int]:
    """*runs* without blanks at either end, and how many ideographic spaces stood at the beginning."""
    left = list(runs)
    indent = 0
    while left and not left[0].note:
        words = left[0].text.lstrip()
        indent += left[0].text[: len(left[0].text) - len(words)].count(INDENT)
        if words:
            left[0] = left[0] if len(words) == len(left[0].text) else replace(left[0], text=words)
            break
        left.pop(0)
    while left and not left[-1].note:
        words = left[-1].text.rstrip()
        if words:
            left[-1] = left[-1] if len(words) == len(left[-1].text) else replace(left[-1], text=words)
            break
        left.pop()
    return tuple(left), indent
