"""Reads figures, which are quoted from the copy: ``重点项目{332个}`` must stand in it as 重点项目332个."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.manuscript.model import Figure, Paragraph, Run, Text
from layout.manuscript.story_parts import story_parts

_BRACES = re.compile(r"([^{}]*)\{([^{}]+)\}([^{}]*)")
_HOW = Message(
    "用一对花括号标出数字，如：重点项目{332个}；引语整句放进花括号：{清水慢走，浑水快跑。}。",
    "Mark the number with one pair of braces: 重点项目{332个}; a quoted sentence goes into them whole.",
)


def quoted(quotations: Iterable[Run], copy: Iterable[Text], story: str, faults: list[LayoutError]) -> Iterator[Figure]:
    """The figures of a story's front matter, each with the place in *copy* where it stands.

    A quotation that is not there is added to *faults* with the nearest words that are.
    """
    row = story_parts()["figures"]
    paragraphs = [paragraph for text in copy for paragraph in text.paragraphs]
    for number, quotation in enumerate(quotations, 1):
        match = _BRACES.fullmatch(quotation.text)
        if match is None:
            message = Message(
                f"数说“{quotation.text}”没有标出数字。", f"The figure “{quotation.text}” marks no number."
            )
            faults.append(ManuscriptError(message, place=quotation.place, hint=_HOW))
            continue
        before, figure, after = match.groups()
        source = find(before + figure + after, paragraphs)
        if source is None:
            faults.append(_not_in_copy(before + figure + after, quotation.place, paragraphs))
        else:
            yield Figure(before, figure, after, quotation.place, source, row.flow_of(story, number))


def find(words: str, paragraphs: Iterable[Paragraph]) -> Place | None:
    """Where *words* first stand in a paragraph, or ``None``."""
    for paragraph in paragraphs:
        offset = paragraph.text.find(words)
        if offset >= 0:
            return place_at(paragraph, offset)
    return None


def place_at(paragraph: Paragraph, offset: int) -> Place:
    """Where the character at *offset* of a paragraph stands in its file."""
    place = paragraph.place
    for run in paragraph.runs:
        if run.level == "ruby":  # no part of the paragraph's text
            continue
        column = None if run.place.column is None else run.place.column + offset
        place = Place(run.place.file, run.place.line, column)
        if offset < len(run.text):
            break
        offset -= len(run.text)
    return place


def nearest(words: str, paragraphs: Iterable[Paragraph]) -> str | None:
    """The stretch of copy most like *words*, or ``None`` when nothing is like it."""
    best, best_ratio = None, 0.5
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)
    for paragraph in paragraphs:
        text = paragraph.text
        for start in range(max(1, len(text) - len(words) + 1)):
            matcher.set_seq1(text[start : start + len(words)])
            if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
                ratio = matcher.ratio()
                if ratio > best_ratio:
                    best, best_ratio = text[start : start + len(words)], ratio
    return best


def _not_in_copy(words: str, place: Place, paragraphs: list[Paragraph]) -> ManuscriptError:
    near = nearest(words, paragraphs)
    hint = Message("数说要逐字引用正文，请对照正文改。", "A figure quotes the copy word for word; compare the two.")
    if near:
        hint = Message(f"稿件里最相近的是“{near}”。", f"The nearest words in the copy are “{near}”.")
    message = Message(f"数说“{words}”在稿件里找不到。", f"The figure “{words}” does not stand in the copy.")
    return ManuscriptError(message, place=place, hint=hint)
