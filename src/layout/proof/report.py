"""The report of a build: its values, and ``report.json``, on whose shape other programs may rely.

Everything outside ``run`` follows from the input alone and is the same from one build to the next; ``run`` holds what
belongs to this run (seconds, machine) and is left out when two reports are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, cast

from layout.checks import Finding, Severity
from layout.errors import Lang, Message
from layout.galley.row_fit import Concession, StepTaken, TrackedParagraph
from layout.json_values import JsonObject, JsonValue
from layout.preflight.page_geometry import NO_GEOMETRY, PageGeometry
from layout.proof.concession_text import concession_words
from layout.proof.price_text import price_words
from layout.seal.file_written import FileWritten

if TYPE_CHECKING:
    from layout.composer.model import Adjustment
    from layout.copyfit.scores import Suggestion, VariantScore
    from layout.makeup.arrangement_report import ArrangementReport
    from layout.preflight.page_look import PageLook

SCHEMA = 2
"""Raised when a key changes its meaning or goes; new keys do not raise it. docs/report.schema.json describes it."""


@dataclass(frozen=True, slots=True)
class Characters:
    """Characters of one page, white space not counted."""

    manuscript: int
    """Of the copy planned for the page."""
    set: int
    """Of these, those that stand on the page in order."""
    furniture: int
    """Of captions, folios and figures."""
    page: int
    """All that the page shows."""

    @property
    def overset(self) -> int:
        """Characters of the copy that are not on the page."""
        return self.manuscript - self.set


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A picture as printed."""

    id: str
    file: str
    width_mm: float
    height_mm: float
    pixels: tuple[int, int]
    """Of the crop that is printed, before it was reduced for the press."""
    ppi: int
    """Effective: pixels per printed inch."""
    kept: tuple[float, float] = (1.0, 1.0)
    """Shares of the picture's own width and height that are shown."""
    zoom: float = 1.0
    """How much larger than filling its box demands, so that its focal point stands off the edges."""
    crop: str = "whole"
    """What made the crop: ``whole`` nothing is cut, ``width`` the box is narrower than the picture, ``height`` it is
    flatter, ``zoom`` the focal point lay too near the edge. ``placed``: it is
    an advertisement's page, and has neither pixels nor ppi."""
    seat: int = 0
    """Which of the page's boxes it has, from 1, in the order of the template."""
    listed: int = 0
    """Which of the page's pictures it is, from 1, in the order of the plan."""


@dataclass(frozen=True, slots=True)
class AdjustmentCount:
    """The number of places where lines were squeezed or stretched in one way, and the sum."""

    kind: str
    rule: str
    places: int
    em: float


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page."""

    number: int
    title: str
    width_mm: float
    height_mm: float
    characters: Characters
    lines: int
    fonts: tuple[str, ...]
    """PostScript names, sorted."""
    pictures: tuple[PictureUse, ...] = ()
    adjustments: tuple[AdjustmentCount, ...] = ()
    changes: tuple[Concession, ...] = ()
    variants: tuple[VariantScore, ...] = ()
    """Every variant of the page that the design offers: the cheapest first, then those refused."""
    suggestions: tuple[Suggestion, ...] = ()
    """What would mend a page that is not exactly full."""
    plates: tuple[str, ...] = ("C", "M", "Y", "K")
    """The plates it is planned to use."""
    geometry: PageGeometry = NO_GEOMETRY
    """Where its frames, pictures, paragraphs and marks stand."""
    arrangement: ArrangementReport | None = None
    """How it was made up, where it was."""
    look: PageLook | None = None
    """What the finished page looks like, where a picture of it was drawn."""

    def without_geometry(self) -> PageReport:
        """The same, without where anything stands."""
        return replace(self, geometry=NO_GEOMETRY)


@dataclass(frozen=True, slots=True)
class OwnFaceReport:
    """A face that the design or the issue brings."""

    family: str
    file: str
    """From the issue's folder, or from where the design lies."""
    sha256: str
    postscript_name: str
    fs_type: int | None
    """What its maker allows: OpenType's field of that name; None where the font does not say."""
    licence: Mapping[str, str] | None
    """What allows more: ``licence``, ``holder``, ``document``."""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """The result of one check of the finished file: passed, found, left to preflight, not run, or off."""

    status: str
    why: Message | None = None
    """Why it was not carried out, or is switched off."""
    tool: str = ""
    """The program it needs, where it needs one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made and found."""

    issue: str
    title: str
    date: date
    design: str
    press: str
    program: str
    """Name and version."""
    pages: tuple[PageReport, ...]
    findings: tuple[Finding, ...]
    files: tuple[FileWritten, ...] = ()
    own_faces: tuple[OwnFaceReport, ...] = ()
    killed: tuple[str, ...] = ()
    """Manuscripts that are taken out (撤稿), as issue.toml names them."""
    press_reasons: tuple[Mapping[str, JsonValue], ...] = ()
    """What the plant's own profile changed, and why."""
    checks: Mapping[str, CheckRun] = field(default_factory=dict)
    """By check id, for the PDF of the build: every check there is, also those that a build does not carry out."""
    seconds: Mapping[str, float] = field(default_factory=dict)

    def as_json(self, lang: Lang = "zh") -> JsonObject:
        """The report as ``report.json`` holds it; messages in *lang*."""
        return {
            "schema": SCHEMA,
            "program": self.program,
            "issue": self.issue,
            "title": self.title,
            "date": self.date.isoformat(),
            "design": self.design,
            "press": {"name": self.press, "reasons": [dict(reason) for reason in self.press_reasons]},
            "characters": self._characters(),
            **({"killed": list(self.killed)} if self.killed else {}),
            "pages": [_page(page, lang) for page in self.pages],
            "severities": counts(self.findings),
            "findings": [finding.as_json(lang) for finding in ordered(self.findings)],
            "checks": {check: _check(run, lang) for check, run in self.checks.items()},
            "files": [asdict(each) for each in self.files],
            **({"own_faces": [asdict(each) for each in self.own_faces]} if self.own_faces else {}),
            "run": {"seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()}},
        }

    def _characters(self) -> dict[str, int]:
        of_pages = [page.characters for page in self.pages]
        return {
            "manuscript": sum(each.manuscript for each in of_pages),
            "set": sum(each.set for each in of_pages),
            "overset": sum(each.overset for each in of_pages),
        }


def _check(run: CheckRun, lang: Lang) -> dict[str, str]:
    found = {"status": run.status}
    if run.why is not None:
        found["why"] = run.why.text(lang)
    if run.tool:
        found["needs"] = run.tool
    return found


def _arrangement(made: ArrangementReport, lang: Lang) -> JsonObject:
    from layout.proof.arrangement_json import arrangement_json  # noqa: PLC0415  (most pages are made up by nobody)

    return cast("JsonObject", arrangement_json(made, lang))


def _page(page: PageReport, lang: Lang) -> JsonObject:
    return {
        "number": page.number,
        "title": page.title,
        "width_mm": page.width_mm,
        "height_mm": page.height_mm,
        "characters": {**asdict(page.characters), "overset": page.characters.overset},
        "lines": page.lines,
        "fonts": page.fonts,
        "pictures": [asdict(each) for each in page.pictures],
        "adjustments": [asdict(each) for each in page.adjustments],
        "changes": [_change(each, lang) for each in page.changes],
        "variants": [_variant(each, lang) for each in page.variants],
        "suggestions": [
            {
                "flow": str(each.chain),
                "what": each.message.text(lang),
                "reader": each.reader,
                "amount": dict(each.amount),
            }
            for each in page.suggestions
        ],
        "plates": page.plates,
        **({"arrangement": _arrangement(page.arrangement, lang)} if page.arrangement else {}),
        "geometry": page.geometry.as_json(),
        **({"look": page.look.as_json()} if page.look else {}),
    }


def _change(change: Concession, lang: Lang) -> JsonObject:
    subject: JsonObject = {"subject": str(change.subject)}
    if isinstance(change.subject, StepTaken):
        subject = {"subject": change.subject.called, "classes": [change.subject.wanted, change.subject.got]}
    elif isinstance(change.subject, TrackedParagraph):
        subject = {"subject": str(change.subject.flow), "paragraph": change.subject.number}
    return {
        "kind": change.kind,
        **subject,
        "what": concession_words(change, lang),
        "wanted": change.wanted,
        "got": change.got,
        "unit": change.unit,
        "cost": round(change.cost, 3),
    }


def _variant(score: VariantScore, lang: Lang) -> JsonObject:
    return {
        "name": str(score.name),
        "cost": score.cost,
        "reasons": [[price_words(price), price.cost] for price in score.prices],
        "chosen": score.chosen,
        "refused": score.refused.text(lang) if score.refused else "",
        "kinds": {str(kind): cost for kind, cost in score.kinds.items()},
        "why": score.why.text(lang) if score.why else "",
    }


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first; within a severity as they came."""
    return sorted(findings, key=lambda finding: -finding.severity)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    found = [finding.severity for finding in findings]
    return {severity.name.lower(): found.count(severity) for severity in reversed(Severity)}


def comparable(report: Mapping[str, JsonValue]) -> JsonObject:
    """A report without what belongs to its run: equal for equal input."""
    return {key: value for key, value in report.items() if key != "run"}


def adjustment_counts(adjustments: Iterable[Adjustment]) -> tuple[AdjustmentCount, ...]:
    """All *adjustments* of a page summed up by kind and rule, the most frequent first."""
    found: dict[tuple[str, str], list[float]] = {}
    for adjustment in adjustments:
        found.setdefault((adjustment.kind, adjustment.rule), []).extend(adjustment.each)
    sums = [AdjustmentCount(kind, rule, len(each), round(sum(each), 3)) for (kind, rule), each in found.items() if each]
    return tuple(sorted(sums, key=lambda each: (-each.places, each.kind, each.rule)))


def effective_ppi(pixels: tuple[int, int], size: tuple[float, float]) -> int:
    """Pixels per printed inch of a picture of *size* points; the poorer direction counts."""
    directions: Sequence[float] = [
        72 * count / length for count, length in zip(pixels, size, strict=True) if length > 0
    ]
    return int(min(directions, default=0))
