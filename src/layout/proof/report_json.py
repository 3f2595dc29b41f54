"""The types of those parts of a report's JSON that ``summary`` reads (docs/report.schema.json describes all of it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict


class CountsJson(TypedDict):
    """Characters of the copy."""

    manuscript: int
    set: int
    overset: int


class PictureJson(TypedDict):
    """A picture as printed."""

    id: str
    ppi: int
    kept: Sequence[float]
    zoom: float
    crop: NotRequired[str]


class ChangeJson(TypedDict):
    """A concession to the copy's length."""

    what: str
    wanted: float
    got: float
    unit: str
    cost: float


class SuggestionJson(TypedDict):
    """What would mend a page that is not exactly full."""

    flow: str
    what: str


class VariantJson(TypedDict):
    """A variant of a page and what it costs."""

    name: str
    cost: float
    refused: str
    kinds: Mapping[str, float]
    why: str


class InkJson(TypedDict):
    """How much of a page its plates cover."""

    coverage_percent: Mapping[str, float]
    most_percent: float


class PageJson(TypedDict):
    """A page."""

    number: int
    title: str
    width_mm: float
    height_mm: float
    characters: CountsJson
    pictures: Sequence[PictureJson]
    changes: Sequence[ChangeJson]
    suggestions: NotRequired[Sequence[SuggestionJson]]
    variants: Sequence[VariantJson]
    ink: NotRequired[InkJson]


class FindingJson(TypedDict):
    """A finding."""

    check: str
    severity: str
    message: str
    hint: str | None
    place: str | None
    page: int | None
    template: Sequence[str]
    known: NotRequired[bool]


class ReasonJson(TypedDict):
    """A value of the press profile that the plant's own file changed."""

    key: str
    was: object
    value: object
    reason: str


class PressJson(TypedDict):
    """The press profile."""

    name: str
    reasons: Sequence[ReasonJson]


class FileJson(TypedDict):
    """A file of the build."""

    name: str
    size: int
    sha256: str


class PassageJson(TypedDict):
    """A passage that reads otherwise than in the file compared with."""

    kind: str
    old: str
    new: str
    before: str
    after: str


class ComparedPageJson(TypedDict):
    """A page's passages that read otherwise."""

    number: int
    passages: Sequence[PassageJson]


class DifferenceJson(TypedDict):
    """The difference from another file."""

    file: str
    passages: int
    regions: int
    characters: Mapping[str, int]
    pages: Sequence[ComparedPageJson]


class ReportJson(TypedDict):
    """A report."""

    issue: str
    title: str
    date: str
    press: PressJson
    severities: Mapping[str, int]
    characters: CountsJson
    pages: Sequence[PageJson]
    findings: Sequence[FindingJson]
    files: Sequence[FileJson]
    proofs: NotRequired[Sequence[FileJson]]
    against: NotRequired[DifferenceJson]
