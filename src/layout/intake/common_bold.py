"""Bold that says nothing: a file that is set in bold or in 黑体 from beginning to end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Place
from layout.intake.model import CopyBlock, CopyParagraph
from layout.intake.notices import notice

_MOST = 0.5
"""Share of the characters of running copy from which bold is how the file is set, and marks off nothing."""
_LEAST = 200
"""Characters of running copy below which a file is too short to say."""


def without_common_bold(blocks: Sequence[CopyBlock], file: str) -> tuple[list[CopyBlock], list[Finding]]:
    """*blocks*, those of running copy without bold where most of it is bold; and that this was so."""
    copy = [each for each in blocks if isinstance(each, CopyParagraph) and each.role == "body"]
    total = _characters(copy, strong=False)
    if total < _LEAST or _characters(copy, strong=True) <= _MOST * total:
        return list(blocks), []
    plain = [_plain(each) if isinstance(each, CopyParagraph) and each.role == "body" else each for each in blocks]
    return plain, [notice("intake.all_bold", Place(file))]


def _characters(copy: Iterable[CopyParagraph], *, strong: bool) -> int:
    return sum(len(run.text) for each in copy for run in each.runs if run.strong or not strong)


def _plain(paragraph: CopyParagraph) -> CopyParagraph:
    return replace(paragraph, runs=tuple(replace(run, strong=False) for run in paragraph.runs))
