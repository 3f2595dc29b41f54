"""Reads marks on words: ``[屯留]{tún liú}``, ``[着重]{.dot}``, ``km^2^``, ``H~2~O``, ``[^1]``. See docs/manuscript.md.

What only resembles a mark (``x^2``, ``50~60``, ``[2025]12号``) is copy and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from layout.errors import LayoutError, ManuscriptError, Message, Place, nearest
from layout.manuscript.escapes import written_length
from layout.manuscript.model import Level, Mark, Run, Under

UNDER: dict[str, Under] = {"dot": "dot", "line": "line", "name": "name", "book": "wave"}
"""Class and what is drawn: 着重号, 着重线, 专名号, 书名号甲式（浪线）."""
NOTES: dict[str, Level] = {"note": "note", "jiazhu": "jiazhu"}
"""A note in small type, and 双行夹注 in two rows of it."""
MARKS: dict[str, Mark] = {"emphasis": "emphasis"}
"""Words that the design sets in another face, 楷体 as a rule."""
CLASSES = (*UNDER, *NOTES, *MARKS)

_RAISED = (
    r"[+\-−]?\d{1,4}|\d?[A-Za-z][+\-−]\d{1,2}|[A-Za-z]{1,3}[+\-−]?|[+\-−]|\d[+\-−]"
    r"|[①-⑳*※]|[\[〔(（]\d{1,3}[\]〕)）]|注\d*"
)
_MARK = re.compile(
    r"\[(?P<words>[^\[\]{}]*)\]\{(?P<how>[^{}]*)\}"
    r"|\[\^(?P<note>[^\[\]\s]{1,12})\]"
    rf"|(?<=\S)\^(?P<super>{_RAISED})\^"
    r"|(?<=[A-Za-z)\]）])~(?P<sub>\d{1,3}\.\d{1,2}|[0-9A-Za-z+\-]{1,4})~"
)
_SIGN = re.compile(r"[\[\]^~]")
"""One of these stands in every mark, and in what is left over of one."""
_LEFT_OVER = re.compile(r"\]\{")
_HOW = Message(
    "注音写成 [屯留]{tún liú}；着重号写成 [文字]{.dot}，另有 .line、.name、.book、.note、.jiazhu、.emphasis。",
    "Ruby is [屯留]{tún liú}; emphasis dots are [words]{.dot}; also .line .name .book .note .jiazhu .emphasis.",
)


def marked(runs: tuple[Run, ...], faults: list[LayoutError]) -> tuple[Run, ...]:
    """*runs* with the marks in their text carried out. Mistakes are added to *faults*, with their place."""
    return tuple(piece for run in runs for piece in _pieces(run, faults) if piece.text)


def _pieces(run: Run, faults: list[LayoutError]) -> Iterator[Run]:
    if not _SIGN.search(run.text):  # nearly every run
        yield run
        return
    position = 0
    for match in _MARK.finditer(run.text):
        yield _plain(run, position, match.start(), faults)
        if match["how"] is not None:
            yield from _bracketed(run, match, faults)
        elif match["note"] is not None:
            yield replace(_part(run, *match.span()), note=match["note"])
        else:
            level: Level = "super" if match["super"] else "sub"
            yield replace(_part(run, *match.span(level)), level=level)
        position = match.end()
    yield _plain(run, position, len(run.text), faults)


def _part(run: Run, start: int, end: int) -> Run:
    column = None if run.place.column is None else run.place.column + written_length(run.text[:start])
    return replace(run, text=run.text[start:end], place=Place(run.place.file, run.place.line, column))


def _plain(run: Run, start: int, end: int, faults: list[LayoutError]) -> Run:
    part = _part(run, start, end)
    if left := _LEFT_OVER.search(part.text):
        message = Message("“]{”前后的括号没有配成一对。", "The brackets around “]{” do not make a pair.")
        faults.append(ManuscriptError(message, place=_part(part, left.start(), left.end()).place, hint=_HOW))
    return part


def _bracketed(run: Run, match: re.Match[str], faults: list[LayoutError]) -> Iterator[Run]:
    words, how = _part(run, *match.span("words")), match["how"]
    if not words.text.strip() or not how.strip():
        what = Message("方括号里没有字。", "There are no words in the brackets.")
        if words.text.strip():
            what = Message("花括号里没有注音或记号。", "There is no annotation or mark in the braces.")
        faults.append(ManuscriptError(what, place=_part(run, *match.span()).place, hint=_HOW))
    elif how.lstrip().startswith("."):
        yield _classed(words, how.split(), _part(run, *match.span("how")).place, faults)
    else:
        yield from _annotated(words, _part(run, *match.span("how")))


def _classed(words: Run, names: list[str], place: Place, faults: list[LayoutError]) -> Run:
    for name in (name.removeprefix(".") for name in names):
        if name in UNDER:
            words = replace(words, under=(*words.under, UNDER[name]))
        elif name in NOTES:
            words = replace(words, level=NOTES[name])
        elif name in MARKS:
            words = replace(words, mark=MARKS[name])
        else:
            near = nearest(name, CLASSES)
            hint = Message(f"是不是 .{near}？", f"Did you mean .{near}?") if near else _HOW
            message = Message(f"没有“.{name}”这种记号。", f"There is no mark “.{name}”.")
            faults.append(ManuscriptError(message, place=place, hint=hint))
    if words.level == "jiazhu" and words.under:
        message = Message("双行夹注里不能再加点和线。", "A note in two rows takes no dots or lines.")
        hint = Message("去掉其中一个记号；单行的夹注写成 .note。", "Drop one of the marks; .note is a note in one row.")
        faults.append(ManuscriptError(message, place=place, hint=hint))
    return words


def _annotated(words: Run, note: Run) -> Iterator[Run]:
    """One annotation over all the words; or, where it has as many words as they have characters, one each."""
    spans = [match.span() for match in re.finditer(r"\S+", note.text)]
    characters = len(words.text)
    if len(spans) != characters or characters == 1:
        yield words
        yield replace(_part(note, spans[0][0], spans[-1][1]), level="ruby")
        return
    for index, span in enumerate(spans):
        yield _part(words, index, index + 1)
        yield replace(_part(note, *span), level="ruby")
