"""Joins again what the columns and pages of a layout file have cut: a paragraph that breaks off in mid-sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import budoux

from layout.intake.model import CopyBlock, CopyParagraph
from layout.intake.story_marks import is_caption
from layout.intake.text_lines import ends_sentence, width_of, with_more

RUNNING = 50
"""Characters from which a line without a full stop inside is taken for running copy that breaks off; the longest
heading of the copy this was made for has 46."""
_CUT_BEFORE = "，。、；：！？）”’》」』】〉％%…"
"""No paragraph begins with one of these."""
_CUT_BEHIND = "，、（“‘《「『【〈"
"""No paragraph ends with one of these."""
_LIST = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十百零\d]+[编章节条款项]|[■●◆▲△★□○◎※]|\d+[.．、]"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_NEAR = 8
"""Characters on either side of a seam that are looked at."""
_ALIKE = 4
"""Characters at the beginning by which headings show that they belong together."""


@dataclass(frozen=True, slots=True)
class Rejoined:
    """One seam: the paragraph that broke off, and the characters on either side."""

    paragraph: CopyParagraph
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WholeCopy:
    """Blocks with their cut paragraphs joined, the seams, and those seams that are left as they are."""

    blocks: tuple[CopyBlock, ...]
    seams: tuple[Rejoined, ...] = ()
    doubtful: tuple[Rejoined, ...] = ()
    """Paragraphs that break off, and may go on in the next."""


def rejoined(blocks: Sequence[CopyBlock], jumped: frozenset[int] = frozenset()) -> WholeCopy:
    """*blocks* with each paragraph that a column or page has cut put together again.

    *jumped*: the numbers of the lines behind which a jump line stood, where copy goes on for certain.
    """
    paragraphs = [each for each in blocks if isinstance(each, CopyParagraph)]
    if not jumped and not any(map(_may_be_cut, paragraphs)):
        return WholeCopy(tuple(blocks))
    evidence = _Evidence(_headings(paragraphs), _indented(paragraphs), _cut_often(paragraphs), jumped)
    whole: list[CopyBlock] = []
    seams: list[Rejoined] = []
    doubtful: list[Rejoined] = []
    last = 0
    for block in blocks:
        previous = whole[-1] if whole else None
        if isinstance(block, CopyParagraph) and isinstance(previous, CopyParagraph):
            seam = Rejoined(block, previous.text[-8:], block.text[:8])
            verdict = _goes_on(previous, block, evidence, last)
            last = block.place.number
            if verdict:
                seams.append(seam)
                whole[-1] = with_more(previous, block.runs)
                continue
            if verdict is None:
                doubtful.append(seam)
        elif isinstance(block, CopyParagraph):
            last = block.place.number
        whole.append(block)
    return WholeCopy(tuple(whole), tuple(seams), tuple(doubtful))


def _may_be_cut(paragraph: CopyParagraph) -> bool:
    """Whether a paragraph begins or ends as those do that a column has cut; in most files none does."""
    words = paragraph.text
    if not words or words[0] in _CUT_BEFORE:
        return bool(words)
    return not _ended(words) and (words[-1] in _CUT_BEHIND or paragraph.indent > 0 or _runs(words))


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What all of a file says of a seam in it."""

    headings: frozenset[str]
    """Lines that begin alike and so are headings."""
    indented: bool
    """Whether paragraphs begin with an indent."""
    often: bool
    """Whether running copy breaks off more than once: then the file is out of a layout."""
    jumped: frozenset[int]


def _headings(paragraphs: Sequence[CopyParagraph]) -> frozenset[str]:
    short = [each.text for each in paragraphs if not _is_long(each.text) and not re.search("[。！？；]", each.text)]
    starts = [words[:_ALIKE] for words in short if len(words) > 2 * _ALIKE]
    return frozenset(words for words in short if starts.count(words[:_ALIKE]) > 1)


def _indented(paragraphs: Sequence[CopyParagraph]) -> bool:
    whole = [each for each in paragraphs if ends_sentence(each.text) and _is_long(each.text)]
    return bool(whole) and sum(each.indent > 0 for each in whole) > 0.5 * len(whole)


def _cut_often(paragraphs: Sequence[CopyParagraph]) -> bool:
    return sum(_runs(each.text) and not _ended(each.text) for each in paragraphs) > 1


def _is_long(words: str) -> bool:
    """Whether *words* are as wide as running copy; most are so by their number alone."""
    return len(words) >= 2 * RUNNING or (len(words) >= RUNNING and width_of(words) >= RUNNING)


def _runs(words: str) -> bool:
    """Whether *words* are running copy and no line that stands for itself."""
    if _is_long(words) or re.search("[。！？；].", words):
        return True
    return "，" in words and ends_sentence(words)


def _ended(words: str) -> bool:
    return ends_sentence(words) or words.endswith(("：", "；", ":", ";"))


def _goes_on(before: CopyParagraph, after: CopyParagraph, evidence: _Evidence, line: int) -> bool | None:
    """Whether *before* goes on in *after*; None where it breaks off and nothing else speaks for it. *line*: where the
    last piece of *before* stands."""
    if not _may_meet(before, after):
        return False
    if after.text[0] in _CUT_BEFORE and not after.text.startswith("……"):
        return True
    if _ended(before.text) or before.text in evidence.headings or after.text in evidence.headings:
        return False
    if line in evidence.jumped or before.text[-1] in _CUT_BEHIND:
        return True
    return _looks_cut(before, after, evidence)


def _may_meet(before: CopyParagraph, after: CopyParagraph) -> bool:
    """Whether both are copy, neither a caption nor numbered, and Chinese: what is said of seams holds of no other."""
    if before.role != "body" or after.role != "body" or not before.text or not after.text or after.number:
        return False
    if not (_HAN.search(before.text[-_NEAR:]) and _HAN.search(after.text[:_NEAR])):
        return False
    return not (is_caption(before.text) or is_caption(after.text))


def _looks_cut(before: CopyParagraph, after: CopyParagraph, evidence: _Evidence) -> bool | None:
    """The same by what kind of lines the two are, where no mark at the seam decides."""
    if _LIST.match(after.text) or (evidence.indented and after.indent > 0):
        return False
    if not _runs(before.text) and not (evidence.indented and before.indent > 0):
        return False
    if not _runs(after.text) and not ends_sentence(after.text):
        return False
    return True if evidence.often or evidence.indented or _torn(before.text, after.text) else None


def _torn(before: str, after: str) -> bool:
    """Whether a word stands across the seam."""
    left, right = before[-8:], after[:8]
    length = 0
    for phrase in _phrases().parse(left + right):
        length += len(phrase)
        if length == len(left):
            return False
    return True


@cache
def _phrases() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()
