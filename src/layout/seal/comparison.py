"""A file held against the seal of its build: what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from layout.checks import Finding
from layout.errors import Lang, Message
from layout.json_values import JsonObject
from layout.seal.model import Seal

if TYPE_CHECKING:  # a file of the sealed bytes needs none of them
    from layout.preflight.page_geometry import PageGeometry
    from layout.preflight.paper import Paper
    from layout.seal.text_mark import TextMark

Standing = Literal["same", "different", "unknown"]
"""``same``: the sealed copy, whole, once and seen. ``unknown``: nothing was found, and not all could be looked at."""

SCHEMA = 1
"""Raised when a key of the comparison's JSON changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class SealComparison:
    """What a file came to, held against its seal. Pages are counted as they stand in the file, from 1."""

    name: str
    seal: Seal
    as_written: bool
    """Whether its bytes are those that the build wrote; else it was saved anew."""
    producer: str = ""
    """The program that wrote it last, as the file says; nothing where it says none."""
    pages: Mapping[int, int] = field(default_factory=dict)
    """By page of the file the number of the sealed page that it was held against."""
    identical: frozenset[int] = frozenset()
    """Pages of the file that are painted with the very same objects."""
    findings: tuple[Finding, ...] = ()
    """All that is different."""
    marks: Mapping[int, tuple[TextMark, ...]] = field(default_factory=dict)
    """By page of the file what is marked in its text."""
    doubts: tuple[Message, ...] = ()
    """Why something could not be looked at."""
    remarks: tuple[Message, ...] = ()
    """What is to be said besides."""
    papers: Mapping[int, Paper] = field(default_factory=dict)
    """By page of the file its measures as viewers show it."""

    @property
    def standing(self) -> Standing:
        """What it all comes to."""
        if self.findings:
            return "different"
        return "unknown" if self.doubts else "same"

    @property
    def changed_pages(self) -> tuple[int, ...]:
        """The pages of the file on which something is different."""
        return tuple(sorted({each.page_no for each in self.findings if each.page_no} & self.papers.keys()))

    def number(self, page_no: int) -> int:
        """The number in the edition of page *page_no* of the file."""
        return self.pages.get(page_no, page_no)

    def geometry(self, page_no: int) -> PageGeometry | None:
        """The sealed geometry of page *page_no* of the file."""
        page = self.seal.page(self.number(page_no))
        return page.geometry if page is not None else None

    def as_json(self, lang: Lang) -> JsonObject:
        """The comparison for other programs: the same for the same file and seal."""
        return {
            "schema": SCHEMA,
            "file": self.name,
            "issue": self.seal.issue,
            "seal": self.seal.sha256,
            "standing": self.standing,
            "as_written": self.as_written,
            "producer": self.producer,
            "pages": [
                {"page": page_no, "number": number, "identical": self.as_written or page_no in self.identical}
                for page_no, number in sorted(self.pages.items())
            ],
            "differences": [each.as_json(lang) for each in self.findings],
            "marks": [
                _mark(page_no, self.number(page_no), each) for page_no, own in self.marks.items() for each in own
            ],
            "doubts": [each.text(lang) for each in self.doubts],
            "remarks": [each.text(lang) for each in self.remarks],
        }


def as_written(path: Path, seal: Seal) -> SealComparison | None:
    """What the file at *path* comes to where its bytes are those that the build wrote; else None."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    known = next((each for each in seal.files if each.sha256 == digest and each.name.endswith(".pdf")), None)
    if known is None:
        return None
    held = enumerate(seal.pages_of(known.name), start=1)
    return SealComparison(path.name, seal, as_written=True, pages={at: page.number for at, page in held})


def _mark(page_no: int, number: int, mark: TextMark) -> JsonObject:
    return {
        "page": page_no,
        "number": number,
        "kind": mark.kind,
        "flow": str(mark.flow) if mark.flow is not None else None,
        "was": mark.was,
        "now": mark.now,
        "boxes": [box.as_json() for box in mark.boxes],
        "place": str(mark.place) if mark.place is not None else None,
        "before": mark.before,
        "after": mark.after,
    }


WORDS: Mapping[str, Message] = {
    "wrong": Message("改“{now}”为“{was}”", "“{now}” should be “{was}”"),
    "missing": Message("漏“{was}”", "“{was}” is missing"),
    "too much": Message("多“{now}”，删去", "“{now}” is too much: delete"),
    "exchanged": Message("“{now}”对调为“{was}”", "“{now}” transposed: should be “{was}”"),
    "all missing": Message("整段漏排：“{was}”", "the whole paragraph is missing: “{was}”"),
    "other text": Message("应为“{was}”，现为“{now}”", "should be “{was}”, is “{now}”"),
    "other page": Message("整版是别的文字", "all of the page reads otherwise"),
    "set twice": Message("重复排了“{now}”，删去", "“{now}” is set twice: delete"),
}
"""What a mark says, by its kind."""

QUOTED = 24
"""Characters of a text that a mark quotes."""


def mark_words(mark: TextMark) -> Message:
    """What is written beside a mark."""
    words = {"was": _short(mark.was), "now": _short(mark.now)}
    text = WORDS[mark.kind]
    return Message(text.zh.format_map(words), text.en.format_map(words))


def listed_words(mark: TextMark) -> Message:
    """The same for a list, away from the page: of a slip within a text also how the words around it should read."""
    words = mark_words(mark)
    if not mark.before and not mark.after:
        return words
    right = f"{mark.before}{_short(mark.was)}{mark.after}"
    return Message(f"{words.zh}：应读“{right}”", f"{words.en}, to read “{right}”")


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED // 2]}……{text[-QUOTED // 3 :]}"
