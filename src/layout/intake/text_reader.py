"""Reads plain text: its encoding found, its paragraphs put together, what belongs to a page and not to copy listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.errors import Place
from layout.intake.column_breaks import Rejoined, rejoined, without_jumps
from layout.intake.model import CopyParagraph, Received
from layout.intake.notices import notice, quoted
from layout.intake.page_furniture import JUMP_LINE, furniture_of, repeated_heads
from layout.intake.text_encoding import DecodedText, decode_text
from layout.intake.text_lines import JoinedLines, joined_lines

_LINE_ENDS = "\n\f\v\u2028\u2029"
_PLAIN = "UTF-8"


def read_text(data: bytes, file: str) -> Received:
    """The paragraphs of a text file in UTF-8, GB18030, UTF-16 or Big5, whose name in messages is *file*.

    Raises ``ManuscriptError`` where it is no text.
    """
    decoded = decode_text(data, file)
    text, dropped = _printable(decoded.text, file)
    lines = joined_lines(text, file)
    findings = [*_about_encoding(decoded, file), *dropped, *_about_lines(lines, file)]
    copy, jumps = _without_furniture(lines.paragraphs, findings)
    whole = rejoined(copy, jumps)
    findings += [_seam("intake.rejoined", each) for each in whole.seams]
    findings += [_seam("intake.broken_off", each) for each in whole.doubtful]
    return Received(file, whole.blocks, findings=tuple(sorted(findings, key=_order)))


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
    paragraphs: Sequence[CopyParagraph], findings: list[Finding]
) -> tuple[list[CopyParagraph], frozenset[int]]:
    """*paragraphs* without what belongs to pages, which is added to *findings*; and the numbers of the lines at whose
    end a jump line stood.
    """
    repeated = repeated_heads(paragraphs)
    copy: list[CopyParagraph] = []
    jumps: set[int] = set()
    for paragraph in paragraphs:
        place = paragraph.place.place
        rest, jumped = without_jumps(paragraph)
        for words in jumped:
            findings.append(notice("intake.furniture", place, found=words, kind=JUMP_LINE))
        if jumped and copy:
            jumps |= {copy[-1].place.number, paragraph.place.number}
        if rest is None:
            continue
        if kind := furniture_of(rest, repeated):
            findings.append(notice("intake.furniture", place, found=rest.text, kind=kind))
            if kind == JUMP_LINE and copy:
                jumps.add(copy[-1].place.number)
        else:
            copy.append(rest)
    return copy, frozenset(jumps)


def _seam(check: str, seam: Rejoined) -> Finding:
    place = seam.paragraph.place.place
    return notice(check, place, before=quoted(seam.before), after=quoted(seam.after))
