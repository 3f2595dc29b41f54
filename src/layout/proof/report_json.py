"""The types of ``report.json``: the same keys as docs/report.schema.json, which says what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from layout.errors import Reader
from layout.preflight.geometry_reading import BoxJson
from layout.preflight.page_look import LookJson
from layout.proof.arrangement_json import MadeUpJson
from layout.proof.geometry_json import PageGeometryJson


class CountsJson(TypedDict):
    """Characters of the copy."""

    manuscript: int
    set: int
    overset: int


class PageCountsJson(CountsJson):
    """Characters of a page."""

    furniture: int
    page: int


class PictureJson(TypedDict):
    """A picture as printed."""

    id: str
    file: str
    width_mm: float
    height_mm: float
    pixels: Sequence[int]
    ppi: int
    kept: Sequence[float]
    zoom: float
    crop: Literal["whole", "width", "height", "zoom", "placed"]
    seat: int
    listed: int


class AdjustmentJson(TypedDict):
    """How often lines were squeezed or stretched in one way."""

    kind: str
    rule: str
    places: int
    em: float


class ChangeJson(TypedDict):
    """A concession to the copy's length."""

    kind: Literal["step", "picture", "left out", "crop", "gap", "band", "tracking"]
    subject: str
    classes: NotRequired[Sequence[str]]
    paragraph: NotRequired[int]
    what: str
    wanted: float
    got: float
    unit: Literal["row", "em/1000", "step", "percent", "picture"]
    cost: float


class SuggestionJson(TypedDict):
    """What would mend a page that is not exactly full."""

    flow: str
    what: str
    reader: NotRequired[Reader]
    """Who could make it."""
    amount: Mapping[str, object]


class VariantJson(TypedDict):
    """A variant of a page and what it costs."""

    name: str
    cost: float
    reasons: Sequence[tuple[str, float]]
    chosen: bool
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
    characters: PageCountsJson
    lines: int
    fonts: Sequence[str]
    pictures: Sequence[PictureJson]
    adjustments: Sequence[AdjustmentJson]
    changes: Sequence[ChangeJson]
    variants: Sequence[VariantJson]
    suggestions: Sequence[SuggestionJson]
    plates: Sequence[Literal["C", "M", "Y", "K"]]
    arrangement: NotRequired[MadeUpJson]
    geometry: PageGeometryJson
    look: NotRequired[LookJson]
    ink: NotRequired[InkJson]


class FindingJson(TypedDict):
    """A finding."""

    check: str
    severity: Literal["error", "warning", "note"]
    message: str
    hint: str | None
    hints: NotRequired[Mapping[Reader, str]]
    """The hint of each reader: reports before 0.2 have none."""
    place: str | None
    page: int | None
    boxes: Sequence[BoxJson]
    flows: Sequence[str]
    sources: Sequence[str]
    template: Sequence[str]
    amount: Mapping[str, float | str | Sequence[str]]
    known: NotRequired[Literal[True]]


class ReasonJson(TypedDict):
    """A value of the press profile that the plant's own file changed."""

    key: str
    was: object
    value: object
    reason: str
    place: str


class PressJson(TypedDict):
    """The press profile."""

    name: str
    reasons: Sequence[ReasonJson]


class CheckRunJson(TypedDict):
    """How a check of the finished file went."""

    status: Literal["passed", "found", "left to preflight", "not run"]
    why: NotRequired[str]
    needs: NotRequired[str]


class FileJson(TypedDict):
    """A file of the build."""

    name: str
    size: int
    sha256: str


class ProofJson(FileJson):
    """A picture of a proof round: the page as the paper shows it, or one of its plates."""

    page: int
    kind: str


class PassageJson(TypedDict):
    """A passage that reads otherwise than in the file compared with."""

    kind: str
    old: str
    new: str
    before: str
    after: str


class ComparedPageJson(TypedDict):
    """A page's passages that read otherwise, and the regions that look otherwise."""

    number: int
    passages: Sequence[PassageJson]
    regions: Sequence[BoxJson]


class ChangedCharactersJson(TypedDict):
    """Characters of all passages that read otherwise."""

    added: int
    removed: int


class ChangedArrangementJson(TypedDict):
    """A page that was arranged otherwise."""

    number: int
    old: str
    new: str


class DifferenceJson(TypedDict):
    """The difference from another file."""

    file: str
    passages: int
    regions: int
    characters: ChangedCharactersJson
    pages: Sequence[ComparedPageJson]
    arrangements: NotRequired[Sequence[ChangedArrangementJson]]


class MarkPlaceJson(BoxJson):
    """A place on a page where a mark is to be looked at."""

    page: int


class JudgedMarkJson(TypedDict):
    """A mark of an earlier proof round, and what became of it."""

    id: str
    round: int
    file: str
    kind: str
    status: Literal["done", "not done", "cannot tell"]
    why: str
    quote: str
    picture: NotRequired[str]
    text: str
    note: str
    by: str
    place: str | None
    places: Sequence[MarkPlaceJson]


class SeveritiesJson(TypedDict):
    """How many findings there are of each gravity."""

    error: int
    warning: int
    note: int


class RunJson(TypedDict):
    """What belongs to one run alone."""

    seconds: Mapping[str, float]


class OwnFaceJson(TypedDict):
    """A face that the design or the issue brings."""

    family: str
    file: str
    sha256: str
    postscript_name: str
    fs_type: int | None
    licence: Mapping[str, str] | None


class ReportJson(TypedDict):
    """A report."""

    schema: Literal[2]
    program: str
    issue: str
    title: str
    date: str
    design: str
    press: PressJson
    characters: CountsJson
    killed: NotRequired[Sequence[str]]
    pages: Sequence[PageJson]
    severities: SeveritiesJson
    findings: Sequence[FindingJson]
    checks: Mapping[str, CheckRunJson]
    files: Sequence[FileJson]
    own_faces: NotRequired[Sequence[OwnFaceJson]]
    proofs: NotRequired[Sequence[ProofJson]]
    against: NotRequired[DifferenceJson]
    marks: NotRequired[Sequence[JudgedMarkJson]]
    run: RunJson
