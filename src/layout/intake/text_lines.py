"""Makes paragraphs of the lines of plain text: lines that a program wrapped are joined, others stand for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from layout.intake.model import CopyParagraph, CopyPlace, CopyRun
from layout.manuscript.characters import is_wide, joint

ENDS = "。！？…!?"
"""What ends a sentence."""
CLOSERS = "”’」』）)》】〉"
"""What may follow that mark and belongs to the sentence."""
_ALSO_ENDS = "；：;:"
"""What ends a line that its writer meant to end: an item of a list, the words before one."""

_SHORTEST = 12
"""Characters of a line below which lines are a list or verse and not wrapped copy, as manuscripts are read."""
_LIKE = 0.85
"""How full a wrapped line is at least: a mark or a word that did not fit takes two characters in fifteen."""
_WIDER = 0.1
"""Share of the lines that may be wider than the others: captions and headlines of another measure stand among them."""
_MANY = 2
"""Lines that are full and broken off from which a file is taken to be wrapped."""
_SURE = 20
"""Characters of a line from which a single one is enough, where the line below it ends the sentence."""
_LONG_LINE = 100
"""Characters of a line from which it may hold several paragraphs."""
_FIELD = re.compile("[\u4e00-\u9fff]{2,8}[：:][^，。；！？“”]*$")
_INDENT = " \t\u3000\u00a0"
_INSIDE = re.compile("\u3000{2,}|[\u00a0 ]{4,}")
"""What parts the paragraphs of a text that came in one line: the indent of the next."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line, or one of several paragraphs in it, without the spaces around its words."""

    words: str
    number: int
    indent: int = 0
    width: float = 0.0
    """In characters, the indent included: a Latin letter takes half."""
    space: bool = False
    """Whether one space stood behind its words: between two names, where it was wrapped there."""
    spaced: bool = False
    """Whether one stood before them."""


@dataclass(frozen=True, slots=True)
class JoinedLines:
    """Paragraphs of plain text, and how many of its lines were joined into them."""

    paragraphs: tuple[CopyParagraph, ...]
    joined: int = 0
    """Lines that were put behind the one before."""
    width: float = 0.0
    """Of a wrapped text: characters of its lines."""
    parted: int = 0
    """Paragraphs that stood in one line with the one before."""


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped."""

    width: float
    indented: bool
    """Whether its paragraphs begin with an indent."""
    spaced: bool
    """Whether blank lines part its paragraphs."""
    loose: bool
    """Whether a blank line stands between any two lines, and says nothing."""


def joined_lines(lines: Sequence[TextLine], file: str) -> JoinedLines:
    """The paragraphs of the *lines* of *file*.

    A line is a paragraph unless lines are wrapped: then one that is full goes on in the next. Indents and blank lines
    say where a paragraph begins, and no character that is not white space is lost.
    """
    wrap = _wrap(lines)
    groups: list[list[TextLine]] = []
    blank = True
    for line in lines:
        if not line.words:
            blank = True
            continue
        if groups and wrap and _goes_on(groups[-1][-1], line, wrap, blank=blank):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank = False
    paragraphs = tuple(_paragraph(group, file) for group in groups)
    words = [line for line in lines if line.words]
    parted = sum(first.number == second.number for first, second in pairwise(words))
    return JoinedLines(paragraphs, len(words) - len(groups), wrap.width if wrap else 0.0, parted)


def ends_sentence(words: str) -> bool:
    """Whether *words* end with the end of a sentence."""
    return words.rstrip().rstrip(CLOSERS).endswith(tuple(ENDS))


def width_of(words: str) -> float:
    """The width of *words* in characters: a Latin letter takes half."""
    return sum(1.0 if is_wide(char) or char in "“”‘’—…" else 0.5 for char in words)


def lines_of(text: str) -> Iterator[TextLine]:
    """The lines of *text*, which end with ``\\n``; those that hold several paragraphs are several, of one number."""
    for number, line in enumerate(text.split("\n"), 1):
        for piece in re.split("[\f\v\u2028\u2029]", line):
            yield from _parted(piece, number)


def _parted(line: str, number: int) -> Iterator[TextLine]:
    """The paragraphs that stand in one line, told apart by the indents inside it."""
    start = 0
    gaps = list(_INSIDE.finditer(line.rstrip(_INDENT)))
    inside = [gap for gap in gaps if line[: gap.start()].strip(_INDENT)]
    several = len(line) > _LONG_LINE and (len(inside) > 2 or line.startswith("\u3000\u3000"))
    for gap in inside:
        before = line[start : gap.start()]
        after = line[gap.end() :]
        if several or (ends_sentence(before) and len(before.strip(_INDENT)) >= _SHORTEST and after.strip(_INDENT)):
            yield _line(line[start : gap.start()], number)
            start = gap.start()
    yield _line(line[start:], number)


def _line(piece: str, number: int) -> TextLine:
    words = piece.strip(_INDENT)
    before = piece[: len(piece) - len(piece.lstrip(_INDENT))]
    indent = before.count("\u3000") + 2 * before.count("\t") + (before.count(" ") + before.count("\u00a0")) // 2
    behind = piece[len(piece.rstrip(_INDENT)) :]
    return TextLine(words, number, indent, width_of(words) + indent, behind in (" ", "\u3000"), before == " ")


def _wrap(lines: Sequence[TextLine]) -> _Wrap | None:
    """How the lines are wrapped; None where each is a paragraph."""
    words = [line for line in lines if line.words]
    tight = [(one, two) for one, two in pairwise(lines) if one.words and two.words and one.number != two.number]
    loose = len(words) >= 2 * _MANY and len(tight) < 0.1 * len(words)
    pairs = [pair for pair in (pairwise(words) if loose else tight) if not _are_fields(*pair)]
    width = _measure([one for one, _ in pairs])
    if width is None or sum(line.width > width * 1.1 and line.width > width + 2 for line in words) > _WIDER * len(
        words
    ):
        return None
    full = [(one, two) for one, two in pairs if one.width >= _LIKE * width]
    broken = [(one, two) for one, two in full if not _may_end(one.words)]
    indented = any(line.indent for line in words) and sum(line.indent == 0 for line in words) >= len(broken)
    single = width >= _SURE and len(words) <= 3 and len(broken) == 1 and ends_sentence(broken[0][1].words)
    if len(broken) < (2 * _MANY if loose else 1 if indented and len(words) > 2 else _MANY) and not single:
        return None
    if len(broken) < (0.2 if indented else 0.5) * len(full) or (loose and len(full) < 0.6 * len(words)):
        return None
    return _Wrap(width, indented, len(tight) < len(words) - 1 and not loose, loose)


def _measure(lines: Sequence[TextLine]) -> float | None:
    """The width to which most of *lines* are filled."""
    widths = sorted({line.width for line in lines if line.width >= _SHORTEST})
    if not widths:
        return None
    return max(widths, key=lambda width: (sum(_LIKE * width <= line.width <= width for line in lines), width))


def _may_end(words: str) -> bool:
    return ends_sentence(words) or words.endswith(tuple(_ALSO_ENDS))


def _goes_on(line: TextLine, following: TextLine, wrap: _Wrap, *, blank: bool) -> bool:
    """Whether the paragraph of *line* goes on in the line that follows."""
    if line.number == following.number or (blank and not wrap.loose) or following.indent > 0:
        return False
    if _are_fields(line, following):
        return False
    had_room = line.width + width_of(_first_unit(following.words)) <= wrap.width
    if line.width < _LIKE * wrap.width and had_room:
        return False
    if not _may_end(line.words):
        return True
    # A line that ends with a sentence may end its paragraph too: indents or blank lines would say so, else its room.
    return wrap.indented or wrap.spaced or not had_room


def _are_fields(line: TextLine, following: TextLine) -> bool:
    """Whether both lines are fields, each of which stands for itself: 时间：3月5日."""
    return bool(_FIELD.match(line.words) and _FIELD.match(following.words))


def _first_unit(words: str) -> str:
    """What of *words* had to go to the next line together: a character with the marks behind it, a Latin word."""
    found = re.match(r"[!-~]+|.[，。、；：！？”’）》」』】…]*", words)
    return found[0] if found else ""


def _paragraph(lines: Sequence[TextLine], file: str) -> CopyParagraph:
    first = lines[0]
    padded = sum(line.space for line in lines) > 0.5 * len(lines)  # a program's, which fills every line so
    words = first.words
    for line, following in pairwise(lines):
        words += (
            " " if (line.space and not padded) or following.spaced else _between(words, following.words)
        ) + following.words
    return CopyParagraph((CopyRun(words),), CopyPlace(file, first.number), indent=first.indent)


def _between(before: str, after: str) -> str:
    """A space between two Latin words; none before a mark that closes, or behind one that opens or joins."""
    if after.startswith(tuple("%,.;:!?)]}°/-")) or before.endswith(tuple("([{/-")):
        return ""
    return joint(before, after)


def with_more(paragraph: CopyParagraph, runs: Sequence[CopyRun]) -> CopyParagraph:
    """*paragraph* with *runs* behind its own: a space stands between Latin words, else nothing."""
    *own, last = paragraph.runs
    first, *others = runs
    between = _between(last.text, first.text)
    if replace(last, text="") == replace(first, text="") and not last.note:
        return replace(paragraph, runs=(*own, replace(last, text=last.text + between + first.text), *others))
    return replace(paragraph, runs=(*own, replace(last, text=last.text + between), first, *others))
