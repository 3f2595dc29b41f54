"""What the line ends of display type do to its words: torn where it is not broken by sense, a headline's frame without
``--break``; and the editor's own spaces, at which no line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from layout.checks import Finding, Severity, room_checks
from layout.composer import Composition
from layout.composer.known_words import tears_word
from layout.composer.phrases import phrases_of
from layout.errors import Hint, Message
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType

DISPLAY = 14.0
"""Points from which on type is read at a glance, line by line, and a torn word is seen (四号, the least size of a
headline in Chinese papers)."""
LONGEST_WORD = 3
"""Characters: what the model takes for one phrase may be several words where it is longer."""
_HAN = "\u3400-\u9fff"
_OWN_BREAK = re.compile(f"(?<=[{_HAN}，。、：；！？”’》）])[ \u3000]+(?=[{_HAN}“‘《（])")
"""A space that the editor types where he would have a line end."""
_QUOTED = 4
"""Characters on either side of it."""
_HINT = Hint(
    editor=Message("改一两个字。", "Change a word or two."),
    designer=Message("让这一框按词意断行（--break: sense）。", "Break this frame by sense (--break: sense)."),
)


def torn_in_display(composition: Composition, paragraph: Paragraph, type_: FrameType) -> Iterator[Finding]:
    """A finding for each line end inside a word. Type broken by sense bears the composer's own remark; of a large lede
    that is justified like any running text nobody minds it.
    """
    sense, running = type_.options.get("break") == "sense", type_.align == "justify"
    if type_.size < DISPLAY or sense or running or len(composition.lines) < 2:
        return
    text = "".join(line.text for line in composition.lines)
    ends = {line.end - composition.lines[0].start for line in composition.lines[:-1]}
    words = {at: (start, end) for start, end in _words(text) for at in range(start + 1, end)}
    for at in sorted(ends):
        start, end = (at - 1, at + 1) if tears_word(text, at) else words.get(at, (at, at))
        if text[start:end].isalpha():
            torn = f"{text[start:at]}|{text[at:end]}"
            message = Message(f"大字在词中间断行：“{torn}”", f"display type broken inside a word: “{torn}”")
            hint = replace(_HINT, editor=None) if paragraph.firm else _HINT
            yield Finding("line.torn_word", Severity.WARNING, message, paragraph.place, hint, amount={"torn": torn})


def passed_breaks(composition: Composition, paragraph: Paragraph, type_: FrameType) -> Iterator[Finding]:
    """A finding for a heading of several lines that end by sense and pass over a space between two Han: the editor
    would have them end there, and so they do wherever they hold what he has parted.
    """
    if type_.options.get("break") != "sense" or len(composition.lines) < 2:
        return
    text = "".join(line.text for line in composition.lines)
    ends = {line.end - composition.lines[0].start for line in composition.lines[:-1]}
    own = {found: {found.start(), found.end()} for found in _OWN_BREAK.finditer(text)}
    passed = [found for found, places in own.items() if not ends & places]
    by_sense = [end for end in ends if text[end - 1] != "\n" and not any(end in places for places in own.values())]
    if passed and by_sense:
        words = "、".join(f"{text[max(0, each.start() - _QUOTED) : each.start()]}|{text[each.end() :][:_QUOTED]}"
                         for each in passed)  # fmt: skip
        check = room_checks("galley")["line.passed_break"]
        yield Finding(
            check.id, check.severity,
            Message(f"标题没有在编辑打的空格处断行，两边照样断排不下：“{words}”",
                    f"a heading ends no line at the editor's space, as no lines hold the parts: “{words}”"),
            paragraph.place, check.hint(firm=paragraph.firm), amount={"passed": words},
        )  # fmt: skip


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of what the model surely takes for a word: two or three characters between phrases that are no
    single characters, where it may have cut a word in two (强|劲动|能)."""
    phrases = list(phrases_of(text))
    lengths = [end - start for start, end in phrases]
    for number, (start, end) in enumerate(phrases):
        beside = lengths[max(0, number - 1) : number] + lengths[number + 1 : number + 2]
        if 1 < end - start <= LONGEST_WORD and 1 not in beside:
            yield start, end
