"""A Word file on the proofreader's desk: its paragraphs with their runs, and comments written back at the places."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.text.run import Run as WordRun

from layout.checks import Finding
from layout.errors import Lang, Place
from layout.flows import Flow
from layout.intake.word_names import MC, W, Xml
from layout.intake.word_package import open_word
from layout.manuscript.model import Paragraph, Run, Text
from layout.manuscript.silences import Silence, read_silence
from layout.proofreading.copy_kinds import kinds_of
from layout.proofreading.desk import DeskCopy

AUTHOR, INITIALS = "layout proofread", "校"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file that is written: the same input gives the same bytes."""
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_FLOW = Flow.parse("copy.lede")


@dataclass(frozen=True, slots=True)
class WordCopy:
    """A Word file that is being proofread. A line of its places is a paragraph, counted from 1, empty ones too."""

    copy: DeskCopy
    document: Document


def read_word_copy(data: bytes, file: str) -> WordCopy:
    """The Word file of *data*. Raises ``ManuscriptError`` for one that is damaged or goes beyond the bounds."""
    document = open_word(data, file).main.document
    elements = list(_paragraphs(document))
    written = [
        (number, _kind(element), words)
        for number, element in enumerate(elements, 1)
        if (words := "".join(text for _, text in _runs(element))).strip()
    ]
    kinds = kinds_of([(kind, words) for _, kind, words in written])
    paragraphs = [
        Paragraph(kind, (Run(words, Place(file, number, 1)),))
        for kind, (number, _, words) in zip(kinds, written, strict=True)
    ]
    copy = DeskCopy(file, (Text(_FLOW, tuple(paragraphs)),), silences=tuple(_silences(document, elements)))
    return WordCopy(copy, document)


def commented(word: WordCopy, findings: Sequence[Finding], lang: Lang) -> bytes:
    """The file with a comment for each of *findings* at its place. No character of the copy is changed."""
    elements = list(_paragraphs(word.document))
    placed = [(each.place.line, each.place.column or 1, each) for each in findings if each.place and each.place.line]
    for line, column, finding in sorted(placed, key=lambda each: each[:2], reverse=True):
        runs = _split(elements[line - 1], column - 1, column - 1 + len(str(finding.amount.get("found", " "))))
        if not runs:
            continue
        hint = finding.hint.text(lang) if finding.hint else ""
        words = f"{finding.message.text(lang)}{hint and ' → '}{hint} [{finding.check}]"
        marked = [WordRun(each, word.document) for each in (runs[0], runs[-1])]
        comment = word.document.add_comment(marked, words, AUTHOR, INITIALS)
        comment._comment_elm.attrib.pop(W + "date", None)  # the clock's
    out = BytesIO()
    word.document.save(out)
    return _without_clock(out.getvalue())


def _paragraphs(document: Document) -> Iterator[Xml]:
    """Every ``w:p`` of the body in order, those of tables and text boxes too; not what stands in for a text box."""
    for element in document.element.body.iter(W + "p"):
        if not any(parent.tag == MC + "Fallback" for parent in element.iterancestors()):
            yield element


def _runs(paragraph: Xml) -> list[tuple[Xml, str]]:
    """The runs of a paragraph and their characters; what was deleted and not yet accepted is no copy."""
    found = []
    for run in paragraph.iter(W + "r"):
        parents = [parent.tag for parent in run.iterancestors()]
        own = parents[: parents.index(W + "p")]
        if next(run.iterancestors(W + "p")) is paragraph and W + "del" not in own and W + "moveFrom" not in own:
            found.append((run, "".join(map(_characters, run))))
    return found


def _characters(child: Xml) -> str:
    return (child.text or "") if child.tag == W + "t" else _SIGNS.get(child.tag, "")


def _kind(paragraph: Xml) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = (style.get(W + "val") or "").lower() if style is not None else ""
    if name in ("title", "a3", "标题"):
        return "headline"
    return "heading" if name.startswith(("heading", "标题")) or name.isdigit() else "body"


def _split(paragraph: Xml, start: int, end: int) -> list[Xml]:
    """The runs that hold the characters from *start* to *end*; those at its ends are parted there."""
    covered, at = [], 0
    for run, text in _runs(paragraph):
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            covered.append(_part(run, text, first, last))
    return covered


def _part(run: Xml, text: str, first: int, last: int) -> Xml:
    """The part of *run* from *first* to *last* as a run of its own; one that holds more than words stays whole."""
    simple = all(child.tag in (W + "t", W + "rPr") for child in run)
    if not simple or (first == 0 and last == len(text)):
        return run
    for words, after in ((text[last:], True), (text[:first], False)):
        if words:
            other = deepcopy(run)
            _set_words(other, words)
            (run.addnext if after else run.addprevious)(other)
    _set_words(run, text[first:last])
    return run


def _set_words(run: Xml, words: str) -> None:
    first, *others = run.findall(W + "t")
    for each in others:
        run.remove(each)
    first.text = words
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _silences(document: Document, elements: Sequence[Xml]) -> Iterator[Silence]:
    """Comments that say 不改 copy.sum：四舍五入, for the paragraph that they are at."""
    for comment in document.comments:
        said = read_silence(f"<!-- {comment.text.strip()} -->")
        if said is None:
            continue
        number = str(comment.comment_id)
        for line, element in enumerate(elements, 1):
            if any(
                mark.get(W + "id") == number for mark in element.iter(W + "commentRangeStart", W + "commentReference")
            ):
                yield Silence(*said, line, line)
                break


def _without_clock(data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
