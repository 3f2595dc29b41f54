"""Footnotes: ``[^1]`` in the copy, ``[^1]: …`` on a line of its own, numbered as they are referred to.

A label in a circle (``[^①]``) asks for marks in circles, any other for figures. The notes stand at the story's foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from layout.errors import LayoutError, ManuscriptError, Message, Place
from layout.manuscript.model import Paragraph, Run, Table

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_AFTER_FIGURE = "\u3000"
"""A figure is parted from the note, which may begin with one itself."""
_COLON = re.compile(r"[:：]\s*")
_HINT = Message(
    "注文自成一行，写在后面：[^1]: 注文；一条注文一个记号。",
    "A note stands on a line of its own further below: [^1]: the note. Each has one label.",
)


def is_definition(paragraph: Paragraph) -> bool:
    """Whether *paragraph* is a note: it begins with its label and a colon."""
    runs = paragraph.runs
    return bool(runs) and bool(runs[0].note) and len(runs) > 1 and _COLON.match(runs[1].text) is not None


@dataclass(slots=True)
class Footnotes:
    """The notes of one story while its copy is gone through in reading order."""

    faults: list[LayoutError]
    _notes: dict[str, Paragraph] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def take(self, paragraphs: Iterable[Paragraph]) -> None:
        """Adds every note of *paragraphs*. One that is empty, or has a label that another has, is a fault."""
        for paragraph in paragraphs:
            label, first = paragraph.runs[0].note, paragraph.runs[0].place
            runs = _without_colon(paragraph.runs[1:])
            if not "".join(run.text for run in runs).strip():
                self._fault(Message(f"“[^{label}]”的注文是空的。", f"The note [^{label}] is empty."), first)
            elif label in self._notes:
                self._fault(Message(f"“[^{label}]”有两条注文。", f"There are two notes [^{label}]."), first)
            elif inner := next((run for run in runs if run.note), None):
                message = Message(f"注文里不能再有注：“[^{inner.note}]”。", f"A note holds no note: [^{inner.note}].")
                self._fault(message, inner.place)
            self._notes.setdefault(
                label, replace(paragraph, kind="footnote", box=None, runs=(paragraph.runs[0], *runs))
            )

    def numbered(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """*paragraphs* with the marks of their notes. A mark without a note is a fault."""
        table: Table | None = None
        for paragraph in paragraphs:
            if paragraph.table is None:
                yield replace(paragraph, runs=self._marked(paragraph.runs))
            elif paragraph.table != table:
                table = paragraph.table
                title = self._marked(table.title)
                cells = tuple(replace(cell, runs=self._marked(cell.runs)) for cell in table.cells)
                yield from replace(table, title=title, cells=cells).paragraphs()

    def notes(self) -> tuple[Paragraph, ...]:
        """The notes in the order of their numbers. One that nothing refers to is a fault."""
        for label, note in self._notes.items():
            if label not in self._numbers:
                message = Message(
                    f"正文里没有“[^{label}]”，这条注没有人看。", f"Nothing refers to the note [^{label}]."
                )
                self._fault(message, note.place)
        known = [label for label in self._numbers if label in self._notes]
        return tuple(self._note(self._notes[label]) for label in known)

    def _note(self, note: Paragraph) -> Paragraph:
        mark, *runs = note.runs
        # At the head of a note the mark is as large as the note: raised it would be smaller than presses print.
        text = self._mark(mark.note)
        text += "" if text in _CIRCLED else _AFTER_FIGURE
        return replace(note, runs=(replace(mark, text=text, note=""), *runs))

    def _marked(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(self._reference(run) if run.note else run for run in runs)

    def _reference(self, run: Run) -> Run:
        if run.note not in self._notes:
            self._fault(Message(f"“[^{run.note}]”没有注文。", f"There is no note [^{run.note}]."), run.place)
        self._numbers.setdefault(run.note, len(self._numbers) + 1)
        return replace(run, text=self._mark(run.note), note="", level="super")

    def _mark(self, label: str) -> str:
        number = self._numbers[label]
        return _CIRCLED[number - 1] if label in _CIRCLED and number <= len(_CIRCLED) else str(number)

    def _fault(self, message: Message, place: Place) -> None:
        self.faults.append(ManuscriptError(message, place=place, hint=_HINT))


def _without_colon(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """*runs* of a note without the colon after its label."""
    first = runs[0]
    found = _COLON.match(first.text)
    length = found.end() if found else 0
    column = None if first.place.column is None else first.place.column + length
    head = replace(first, text=first.text[length:], place=replace(first.place, column=column))
    return tuple(run for run in (head, *runs[1:]) if run.text)
