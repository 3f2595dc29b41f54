"""Stories as they would be with so many characters more or fewer at their end, and how many those are for some lines.

What an editor would write is not known: the story is taken to go on as it begins, with as many figures and letters,
which are narrower than characters. What he would cut is its end, with a heading that has no copy below it any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from layout.flows import Flow
from layout.galley.galley import set_chain
from layout.makeup.option_heights import FEW
from layout.makeup.shape_measures import Sample
from layout.makeup.story_copy import StoryCopy
from layout.manuscript.model import HEADINGS, Paragraph, Run, Text
from layout.page.frames import FrameType

_PLAIN = frozenset({"body", "lede"})
"""Kinds of paragraph that are written on, and cut: not quotations, tables, boxes, or the names at a story's end."""
_NO_END = "，。、：；？！“‘《（"
"""What is no character to end a sentence with before its full stop."""


@dataclass(frozen=True)
class ColumnChanges:
    """Changes of copy that is set in *type* in basic columns of *measure* points."""

    type: FrameType
    measure: float

    @property
    def line(self) -> float:
        """The characters of a full line."""
        return self.measure / self.type.size

    def is_stub(self, story: StoryCopy) -> bool:
        """Whether *story* has copy, and fewer lines of it than a column may have."""
        return bool(story.flows) and story.copy(self.type, self.measure).lines < FEW

    def characters(self, story: StoryCopy, lines: int) -> int:
        """The characters to add to *story*, or below 0 to cut from its end, for so many *lines* more, or fewer: the
        last line then is half full, so that some characters too many or too few do not matter.
        """
        if not lines:
            return 0
        galley = set_chain(story.chain(self.type), (), story.setter, self.measure)
        own = [each.line for each in galley.lines if each.drop is None and not each.in_table]
        if not own:
            return round(lines * self.line)
        if lines < 0:
            cut, left = own[lines:], own[: max(0, len(own) + lines)]
            return -(sum(len(each.text) for each in cut) + (len(left[-1].text) // 2 if left else 0))
        dense = sum(len(each.text) for each in own) / max(1.0, sum(each.width for each in own))
        return round((self.line - own[-1].width + (lines - 0.5) * self.line) * min(dense, 2.0))

    def changed(self, story: StoryCopy, characters: int) -> StoryCopy | None:
        """*story* with so many *characters* more at its end, or fewer; None where its end is nothing that is written
        on, or there would be nothing left.
        """
        texts = [story.texts[flow] for flow in story.flows.flows if story.texts.get(flow)]
        last = max((number for number, text in enumerate(texts) if _is_plain(text.paragraphs[-1])), default=-1)
        own, rest = texts[: last + 1], texts[last + 1 :]
        found = _longer(own, characters) if characters > 0 else _shorter(own, -characters)
        if not found:
            return None
        gone: dict[Flow, Text] = {each.flow: replace(each, paragraphs=()) for each in own}
        mapping = {**story.texts, **gone, **{each.flow: each for each in (*found, *rest)}}
        return story.with_texts(mapping, characters)


def column_changes(samples: Iterable[Sample]) -> ColumnChanges | None:
    """Changes of copy as it stands in a basic column: in the measure that most of *samples* have. None where none has
    running text.
    """
    every = [(each.body, each.measure) for each in samples if each.body is not None and each.measure]
    if not every:
        return None
    measure = Counter(round(measure, 2) for _, measure in every).most_common(1)[0][0]
    return next(ColumnChanges(type_, own) for type_, own in every if round(own, 2) == measure)


def _is_plain(paragraph: Paragraph) -> bool:
    return paragraph.kind in _PLAIN and paragraph.table is None and paragraph.box is None


def _longer(texts: Sequence[Text], characters: int) -> list[Text]:
    if not texts:
        return []
    words = "".join(each.text for text in texts for each in text.paragraphs if _is_plain(each))
    more = (words * (characters // len(words) + 1))[: characters - 1].rstrip(_NO_END) + "。"
    last = texts[-1].paragraphs[-1]
    longer = replace(last, runs=(*last.runs, Run(more, last.runs[-1].place)))
    return [*texts[:-1], replace(texts[-1], paragraphs=(*texts[-1].paragraphs[:-1], longer))]


def _shorter(texts: Sequence[Text], characters: int) -> list[Text]:
    """*texts* without their last *characters*; none where what is cut is not all plain, or nothing is left."""
    left, found = characters, list(texts)
    while found and left > 0:
        last = found[-1].paragraphs[-1]
        if not _is_plain(last) and last.kind not in HEADINGS:
            return []
        if _is_plain(last) and len(last.text) > left:
            found[-1] = _with_last(found[-1], _cut(last, len(last.text) - left))
            return found
        left -= len(last.text) if _is_plain(last) else 0
        found = _without_last(found)
    while found and found[-1].paragraphs[-1].kind in HEADINGS:
        found = _without_last(found)
    return found


def _with_last(text: Text, last: Paragraph) -> Text:
    return replace(text, paragraphs=(*text.paragraphs[:-1], last))


def _without_last(texts: Sequence[Text]) -> list[Text]:
    shorter = replace(texts[-1], paragraphs=texts[-1].paragraphs[:-1])
    return [*texts[:-1], shorter] if shorter else [*texts[:-1]]


def _cut(paragraph: Paragraph, length: int) -> Paragraph:
    """*paragraph* with its first *length* characters, the last of them a full stop."""
    runs, left = list[Run](), max(1, length - 1)
    for run in paragraph.runs:
        if left > 0:
            runs.append(replace(run, text=run.text[:left]))
            left -= len(run.text)
    end = replace(runs[-1], text=runs[-1].text.rstrip(_NO_END) + "。")
    return replace(paragraph, runs=(*runs[:-1], end))
