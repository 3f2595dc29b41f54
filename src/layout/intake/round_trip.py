"""Holds a written manuscript against what was received, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from layout.checks import Finding
from layout.errors import Lang, LayoutError, Message, Place
from layout.intake.markdown_table import cell_runs
from layout.intake.model import CopyBlock, CopyBox, CopyParagraph, CopyRun, CopyTable, StoryDraft
from layout.intake.notices import notice
from layout.manuscript.model import Story
from layout.manuscript.reader import story_of
from layout.manuscript.story_parts import story_parts

_AROUND = 8
"""Characters shown on either side of a difference: an editor finds the place by them."""
_LONGEST = 4_000
"""Characters that are compared one by one: difflib's work grows with their square."""
_MOST = 20
"""Differences that are listed; where there are more the file was not understood."""
_BLANK = re.compile(r"\s+")


def differences(draft: StoryDraft, text: str, file: str) -> list[Finding]:
    """What the manuscript *text* of *draft*, called *file*, would print otherwise than it was received; mostly nothing.

    The manuscript is read as a build reads it. White space does not count, nor ``／``, which ends a line of a headline.
    """
    try:
        story = story_of(text.encode(), draft.id, file)
    except LayoutError as error:
        return [_refused(fault, file) for fault in error.faults()]
    expected, found = _bare("".join(received_words(draft))), _bare("".join(printed_words(story)))
    if expected == found:
        return []
    return [_difference(expected, found, code, file) for code in _changes(expected, found)[:_MOST]]


def _changes(expected: str, found: str) -> list[tuple[str, int, int, int, int]]:
    """What differs, as difflib's operations; where much does, as one."""
    first = _alike(expected, found)
    most = min(len(expected), len(found)) - first
    last = min(_alike(expected[::-1], found[::-1]), most)
    was, now = expected[first : len(expected) - last], found[first : len(found) - last]
    if max(len(was), len(now)) > _LONGEST:
        return [("replace", first, first + len(was), first, first + len(now))]
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [(code, a + first, b + first, c + first, d + first) for code, a, b, c, d in codes if code != "equal"]


def _alike(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def received_words(draft: StoryDraft) -> Iterator[str]:
    """The words of *draft* in the order in which a story is read, with the numbers of its notes."""
    numbers: dict[str, int] = {}
    for name in story_parts():
        if name == "lede":
            yield from _words((*draft.blocks, *draft.closing), numbers)
            known = {note.label: note for note in draft.notes}
            for label, number in numbers.items():
                if label in known:
                    yield f"{number}"
                    yield from (_text(_plain(each), {}) for each in known[label].paragraphs)
        yield from (_text(_plain(each), {}) for each in draft.front.get(name, ()))


def printed_words(story: Story) -> Iterator[str]:
    """The words of *story* in the same order."""
    return (paragraph.text for text in story.texts() for paragraph in text.paragraphs)


def _words(blocks: Sequence[CopyBlock], numbers: dict[str, int]) -> Iterator[str]:
    for block in blocks:
        match block:
            case CopyParagraph():
                yield block.number + _text(block.runs, numbers)
            case CopyTable():
                yield _text(block.title.runs, {}) if block.title else ""
                yield from (_text(cell_runs(cell), numbers) for cell in block.cells)
            case CopyBox():
                for each in (*([block.title] if block.title else []), *block.paragraphs):
                    yield each.number + _text(each.runs, numbers)
            case _:
                pass


def _plain(paragraph: CopyParagraph) -> tuple[CopyRun, ...]:
    return (CopyRun(paragraph.number), *(run for run in paragraph.runs if not run.note))


def _text(runs: Sequence[CopyRun], numbers: dict[str, int]) -> str:
    return "".join(str(numbers.setdefault(run.note, len(numbers) + 1)) if run.note else run.text for run in runs)


def _bare(text: str) -> str:
    return _BLANK.sub("", text).replace("／", "")


def _difference(expected: str, found: str, code: tuple[str, int, int, int, int], file: str) -> Finding:
    _, first, last, begin, end = code
    before = expected[max(first - _AROUND, 0) : first]
    was, now = expected[first:last], found[begin:end]
    return notice("intake.difference", Place(file), found=f"…{before}[{_shown(was)} → {_shown(now)}]…")


def _shown(words: str) -> str:
    return words if len(words) <= 2 * _AROUND else f"{words[:_AROUND]}…{words[-_AROUND:]}"


def _refused(fault: LayoutError, file: str) -> Finding:
    def words(lang: Lang) -> str:
        return fault.message.text(lang)

    return notice("intake.refused", fault.place or Place(file), found=Message(words("zh"), words("en")))
