"""Numbers of pages or columns as sentences write them: those that follow one another as a span."""

from __future__ import annotations

from collections.abc import Iterable


def spanned(numbers: Iterable[int], joined: str = ", ") -> str:
    """*numbers* in order, each once: 1, 2, 3, 7 are ``1–3, 7``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return joined.join(f"{span[0]}" if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)
