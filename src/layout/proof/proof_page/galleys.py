"""Galleys: the copy of each story in the lines in which it is set, numbered (长条样)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from layout.flows import PAGE, PICTURE
from layout.proof.printed_copy import PrintedCopy

FIVE = 5
"""Every fifth number is set bold, as on a printed galley."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line of a galley."""

    story: str
    """Empty for the texts of pictures and pages."""
    number: int
    """In its galley, from 1."""
    paragraph: int
    """Which of the copy's paragraphs, from 0."""
    line: int
    """Which of the paragraph's lines, from 0."""


def galley_lines(copy: PrintedCopy) -> Iterator[NumberedLine]:
    """Every line of *copy*, story by story in the order in which these begin; texts of pictures and pages come last."""
    stories: dict[str, list[int]] = {}
    for index, paragraph in enumerate(copy.paragraphs):
        story = "" if paragraph.flow.story in (PICTURE, PAGE) else paragraph.flow.story
        stories.setdefault(story, []).append(index)
    for story in sorted(stories, key=lambda each: not each):  # a stable sort: the empty name goes to the end
        number = 0
        for index in stories[story]:
            for line in range(len(copy.paragraphs[index].lines)):
                number += 1
                yield NumberedLine(story, number, index, line)


def galleys_html(copy: PrintedCopy, word: Mapping[str, str]) -> str:
    """The galleys as a section of the proof page."""
    parts = [f'<section id="galleys"><h2>{word["galleys"]}</h2><p class="how">{word["galleys_how"]}</p>']
    story: str | None = None
    for each in galley_lines(copy):
        if each.story != story:
            parts.append("</ol>" if story is not None else "")
            parts.append(f'<h3>{escape(each.story) or word["other_text"]}</h3><ol class="galley">')
            story = each.story
        parts.append(_row(each, copy))
    parts.append("</ol></section>" if story is not None else "</section>")
    return "".join(parts)


def _row(each: NumberedLine, copy: PrintedCopy) -> str:
    paragraph = copy.paragraphs[each.paragraph]
    line = paragraph.lines[each.line]
    kind = " ".join(name for name, there in (("first", each.line == 0), ("five", each.number % FIVE == 0)) if there)
    place = f'<span class="place">{escape(paragraph.place)}</span>' if each.line == 0 and paragraph.place else ""
    named = f' class="{kind}"' if kind else ""
    return (
        f'<li{named} id="line-{each.paragraph}-{each.line}" tabindex="0">'
        f'<span class="no">{each.number}</span><span class="words">{escape(paragraph.text[line.start : line.end])}'
        f"</span>{place}</li>"
    )
