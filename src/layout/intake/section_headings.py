"""Finds the headings in the body of a story: by the file's own word, by their signs, else by their look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.errors import Message
from layout.intake import story_marks as marks
from layout.intake.model import CopyBlock, CopyParagraph
from layout.intake.notices import notice, quoted
from layout.intake.text_lines import ends_sentence, width_of

_ORDER = (Message("一", "one"), Message("二", "two"))
_LEVELS = len(_ORDER)
"""Levels of headings that a manuscript has."""
_UNMARKED = len(marks.HEADING_MARKS)
"""The rank of a heading without a sign, below all that have one."""
_SAID = -10
"""The rank of a heading of level 0 of the file's own."""
_RUNNING = 20.0
"""Characters from which a paragraph with a sentence in it is copy that a heading may stand over."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The body with its headings, of level 1 or 2, and what is said of those that were guessed."""

    blocks: tuple[CopyBlock, ...]
    findings: tuple[Finding, ...]

    def sections(self) -> list[list[CopyBlock]]:
        """What stands under each heading of the first level; what stands before the first of them is in none."""
        sections: list[list[CopyBlock]] = []
        for block in self.blocks:
            if isinstance(block, CopyParagraph) and block.role == "heading" and block.level == 1:
                sections.append([])
            elif sections:
                sections[-1].append(block)
        return sections


def headed(body: Sequence[CopyBlock]) -> Headed:
    """*body* with each heading as a paragraph of that role and of level 1 or 2.

    A heading of a third level, or one with no copy below it, stays copy.
    """
    ranks = {index: rank for index in range(len(body)) if (rank := _rank(body, index)) is not None}
    ranks = {index: rank for index, rank in ranks.items() if _has_copy(body, ranks, index)}
    levels = sorted(set(ranks.values()))
    blocks: list[CopyBlock] = []
    findings: list[Finding] = []
    for index, block in enumerate(body):
        if not isinstance(block, CopyParagraph):
            blocks.append(block)
            continue
        if index not in ranks or levels.index(ranks[index]) >= _LEVELS:
            blocks.append(replace(block, role="body", level=0) if block.role == "heading" else block)
            continue
        level = levels.index(ranks[index]) + 1
        blocks.append(replace(block, role="heading", level=level))
        if block.role != "heading":
            place = block.place.place
            findings.append(
                notice("intake.guess_heading", place, level=_ORDER[level - 1], found=quoted(block.text.strip()))
            )
    return Headed(tuple(blocks), tuple(findings))


def is_running(paragraph: CopyParagraph) -> bool:
    """Whether *paragraph* is running copy: it holds or ends a sentence, and is no short line."""
    words = paragraph.text.strip()
    return ends_sentence(words) or "。" in words or width_of(words) > marks.LONGEST_TITLE


def _rank(body: Sequence[CopyBlock], index: int) -> int | None:
    """How high the heading at *index* stands; None where there is none."""
    block = body[index]
    if not isinstance(block, CopyParagraph):
        return None
    if block.role == "heading":
        return _SAID + block.level
    words = block.text.strip()
    if block.role != "body" or not marks.like_heading(words):
        return None
    sign = marks.heading_rank(words)
    if sign is not None:
        return sign
    return _UNMARKED if block.bold or _stands_alone(body, index) else None


def _stands_alone(body: Sequence[CopyBlock], index: int) -> bool:
    """Whether a short line stands between paragraphs of running copy, as a heading does."""
    before = body[index - 1] if index else None
    after = body[index + 1] if index + 1 < len(body) else None
    if isinstance(before, CopyParagraph) and not (is_running(before) or before.role == "heading"):
        return False
    if not isinstance(after, CopyParagraph):
        return False
    following = after.text.strip()
    signed = marks.like_heading(following) and marks.heading_rank(following) is not None
    return signed or (is_running(after) and width_of(following) >= _RUNNING)


def _has_copy(body: Sequence[CopyBlock], ranks: dict[int, int], index: int) -> bool:
    """Whether copy follows the heading, or a heading of a lower level with copy."""
    following = index + 1
    while following in ranks and ranks[following] > ranks[following - 1]:
        following += 1
    return following < len(body) and following not in ranks
