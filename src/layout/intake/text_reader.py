"""Reads plain text: its encoding found, its paragraphs put together, what belongs to a page and not to copy listed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.checks import Finding
from layout.errors import ManuscriptError, Message, Place
from layout.intake.column_breaks import Rejoined, rejoined
from layout.intake.model import CopyParagraph, Received
from layout.intake.notices import notice, quoted
from layout.intake.page_furniture import (
    JUMP_LINE,
    PART_NUMBER,
    comes_out_of_pages,
    furniture_of,
    is_date,
    numbered_parts,
    repeated_heads,
    without_jumps,
)
from layout.intake.story_marks import like_heading
from layout.intake.text_encoding import DecodedText, decode_text
from layout.intake.text_lines import JoinedLines, TextLine, joined_lines, lines_of
from layout.manuscript.reader import LARGEST

_LINE_ENDS = "\n\f\v\u2028\u2029"
_PLAIN = "UTF-8"
_TOLD = 20
"""Times that the same words are told one by one: the head of as many pages."""
_LINES = 20_000
"""Lines of received text: of the longest manuscript, wrapped at 25 characters."""


def read_text(data: bytes, file: str) -> Received:
    """The paragraphs of a text file in UTF-8, GB18030, UTF-16 or Big5, whose name in messages is *file*.

    Raises ``ManuscriptError`` where it is no text.
    """
    decoded = decode_text(data, file)
    _check_size(decoded.text, file)
    text, dropped = _printable(decoded.text, file)
    findings = [*_about_encoding(decoded, file), *dropped]
    kept, jumps = _without_furniture(list(lines_of(text)), file, findings, paged="\f" in text)
    lines = joined_lines(kept, file)
    findings += _about_lines(lines, file)
    whole = rejoined(lines.paragraphs, _behind_jumps(lines.paragraphs, jumps))
    findings += [_seam("intake.rejoined", each) for each in whole.seams]
    findings += [_seam("intake.broken_off", each) for each in whole.doubtful]
    return Received(file, whole.blocks, findings=tuple(sorted(findings, key=_order)))


def _check_size(text: str, file: str) -> None:
    if len(text) > LARGEST or text.count("\n") > _LINES:
        raise ManuscriptError(
            Message(f"稿件太大：超过 {LARGEST} 字或 {_LINES} 行。",
                    f"The story has more than {LARGEST} characters or {_LINES} lines."),
            place=Place(file),
            hint=Message("查一查是不是给错了文件；长稿分成几篇。", "Is it the right file? Split long copy."),
        )  # fmt: skip


def _order(finding: Finding) -> tuple[int, int]:
    place = finding.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _printable(text: str, file: str) -> tuple[str, list[Finding]]:
    """*text* without control characters, and what is said of those."""
    text = text.rstrip("\x1a")
    strange = {char for char in text if unicodedata.category(char) == "Cc" and char not in "\t" + _LINE_ENDS}
    if not strange:
        return text, []
    first = next(index for index, char in enumerate(text) if char in strange)
    place = Place(file, text.count("\n", 0, first) + 1)
    found = "、".join(f"U+{ord(char):04X}" for char in sorted(strange))
    return "".join(char for char in text if char not in strange), [notice("intake.control", place, found=found)]


def _about_encoding(decoded: DecodedText, file: str) -> Iterator[Finding]:
    if decoded.doubtful:
        yield notice("intake.encoding_doubtful", Place(file), found=decoded.encoding, other=decoded.doubtful)
    elif decoded.encoding != _PLAIN:
        yield notice("intake.encoding", Place(file), found=decoded.encoding)
    for lost in decoded.lost:
        shown = " ".join(f"{byte:02X}" for byte in lost.data)
        line, column = lost.place.line or 1, lost.place.column or 1
        yield notice("intake.lost_bytes", lost.place, line=line, column=column, found=shown)


def _about_lines(lines: JoinedLines, file: str) -> Iterator[Finding]:
    count = len(lines.paragraphs)
    if lines.joined:
        yield notice(
            "intake.joined_lines", Place(file), found=f"{lines.width:g}", count=lines.joined + count, paragraphs=count
        )
    if lines.parted:
        yield notice("intake.parted_line", Place(file), count=lines.parted + 1)


def _without_furniture(
    lines: Sequence[TextLine], file: str, findings: list[Finding], *, paged: bool
) -> tuple[list[TextLine], list[int]]:
    """*lines* without what belongs to pages, which is added to *findings*; and the numbers of the jump lines."""
    every = [line.words for line in lines]
    paged = paged or comes_out_of_pages(every)
    repeated = repeated_heads(every) if paged else frozenset()
    parts = numbered_parts(every)
    copy: list[TextLine] = []
    jumps: list[int] = []
    told: Counter[str] = Counter()
    for index, line in enumerate(lines):
        words, jumped = without_jumps(line.words)
        place = Place(file, line.number)
        found = [(each, JUMP_LINE) for each in jumped]
        kind = PART_NUMBER if words in parts else furniture_of(words, repeated, paged=paged)
        if kind and not (is_date(words) and _is_signed(lines, index)):
            found.append((words, kind))
        elif words or not jumped:
            copy.append(line if not jumped else replace(line, words=words))
        jumps += [line.number for _, each in found[:1] if each == JUMP_LINE]
        for each, what in found:
            told[each] += 1
            if told[each] <= _TOLD:
                findings.append(notice("intake.furniture", place, found=each, kind=what))
    more = {words: count - _TOLD for words, count in told.items() if count > _TOLD}
    findings += [notice("intake.furniture_more", Place(file), found=words, count=more[words]) for words in more]
    return copy, jumps


def _is_signed(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a date is the last line, below a signature: that of a notice, which is copy."""
    before = next((lines[number].words for number in range(index - 1, -1, -1) if lines[number].words), "")
    is_last = not any(lines[number].words for number in range(index + 1, len(lines)))
    return is_last and bool(before) and like_heading(before)


def _behind_jumps(paragraphs: Sequence[CopyParagraph], jumps: Sequence[int]) -> frozenset[int]:
    """The numbers of the paragraphs between whose first line and the next one's a jump line stood."""
    numbers = [each.place.number for each in paragraphs]
    return frozenset(
        first for first, following in pairwise(numbers) if any(first <= jump <= following for jump in jumps)
    )


def _seam(check: str, seam: Rejoined) -> Finding:
    place = seam.paragraph.place.place
    return notice(check, place, before=quoted(seam.before), after=quoted(seam.after))
