"""The verdict on a file: its findings, and for every check whether it was carried out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from layout.checks import Finding, Severity, room_checks
from layout.errors import Lang, Message
from layout.json_values import JsonObject
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.expected import Expected
from layout.preflight.grading import switched_off
from layout.preflight.ink_zones import InkZone, ink_zones
from layout.preflight.job import PageCheck, PreflightJob
from layout.preflight.judge import findings_of, job_for
from layout.preflight.outside import drawing, plates, rules
from layout.preflight.outside.tools import found
from layout.preflight.paper import Paper
from layout.preflight.record import BATCH, Record
from layout.preflight.rules.incomplete_pictures import damaged
from layout.preflight.rules.unbalanced import is_doubtful
from layout.press.model import PressProfile

SECONDS = 240.0
"""After which no other program is begun for a batch of pages. Sixteen broadsheet pages need thirty."""

Status = Literal["passed", "found", "not run", "off"]


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one check."""

    status: Status
    why: Message | None = None
    """Why it was not carried out, or is switched off."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole verdict on one file."""

    name: str
    press: PressProfile
    findings: tuple[Finding, ...]
    results: Mapping[str, Result]
    """By check id, in the table's order: every check there is."""
    plates: tuple[Mapping[str, float], ...] = ()
    """Mean coverage of C, M, Y and K in percent, page by page, nothing for a page that was not drawn; empty when no
    plates were drawn.
    """
    papers: tuple[Paper, ...] = ()
    """The pages that were checked."""
    zones: tuple[InkZone, ...] = ()
    """The ink of each zone of the press's fountain, of the pages whose plates were drawn."""

    remarks: tuple[Message, ...] = ()
    """What is to be said of how the file was judged: that the press profile is not the one of the build that made it,
    or that the report beside it is of another save.
    """

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def not_run(self) -> list[tuple[str, Message]]:
        """The checks that could not be carried out, and why."""
        return self._with("not run")

    def off(self) -> list[tuple[str, Message]]:
        """The checks that the press profile switches off, and why."""
        return self._with("off")

    def _with(self, status: Status) -> list[tuple[str, Message]]:
        results = self.results.items()
        return [(check, each.why) for check, each in results if each.status == status and each.why is not None]

    def as_json(self, lang: Lang) -> JsonObject:
        """The verdict for other programs, the same for the same file, press profile and tools."""
        return {
            "schema": 2,
            "file": self.name,
            "press": self.press.name,
            "overrides": [
                {key: value for key, value in asdict(reason).items() if key != "place"} for reason in self.press.reasons
            ],
            "severities": {each.name.lower(): self.count(each) for each in reversed(Severity)},
            "findings": [finding.as_json(lang) for finding in self.findings],
            "checks": {
                check: result.status if result.why is None else f"{result.status}: {result.why.text(lang)}"
                for check, result in self.results.items()
            },
            "plates_percent": [dict(each) for each in self.plates],
            "remarks": [remark.text(lang) for remark in self.remarks],
        }


def _zones(job: PreflightJob, sheet: ExaminedPage, made: plates.Plates) -> Iterator[InkZone]:
    inside = made.within(sheet.trim)
    bands = dict(zip(plates.INKS, inside.picture.split(), strict=True))
    return ink_zones(sheet.number, bands, inside.ppi, job.press)


@dataclass(slots=True)
class _OtherPrograms:
    """The checks by other programs, and what they measured on the way."""

    pdf: Path
    plates: list[Mapping[str, float]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    batches: dict[int, float] = field(default_factory=dict)
    """When the time of each batch of pages is up."""
    zoned: bool = False
    """Whether the ink of the fountain's zones is measured."""
    zones: list[InkZone] = field(default_factory=list)

    def paper(self, _: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
        """Takes the page's measures; finds nothing."""
        self.papers.append(sheet.as_viewed())
        return iter(())

    def ink(self, job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
        """The checks of the plates."""
        media = sheet.box("MediaBox")
        self.plates += [{}] * (sheet.number - len(self.plates))
        if media is None or is_doubtful(sheet):
            job.record.lacks("undrawn" if media is None else "unbalanced", *_checks_by("gs"))
            return
        made = plates.drawn(self.pdf, sheet.number, media) if self._allowed(sheet) else None
        if made is not None:
            self.plates[-1] = {ink: round(value, 2) for ink, value in made.coverage().items()}
            self.zones += _zones(job, sheet, made) if self.zoned else ()
            job.record.ran(*_checks_by("gs"))
        else:
            job.record.lacks("time" if self._late(sheet) else "undrawn", *_checks_by("gs"))
        yield from rules.ink(job, sheet, made)

    def renderers(self, job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
        """The checks of the renderers."""
        if self._allowed(sheet):
            yield from rules.renderers(job, sheet, self.pdf)
        else:
            job.record.lacks("time" if self._late(sheet) else "undrawn", *_checks_by("deep"))
            yield job.on(sheet, "render.silent", "这一版没有交给渲染器。", "The page was not given to the renderers.")

    def _allowed(self, sheet: ExaminedPage) -> bool:
        """Whether other programs are let near the page: its content ends, and its batch's time is not up."""
        return sheet.followed and not self._late(sheet)

    def _late(self, sheet: ExaminedPage) -> bool:
        now = time.monotonic()
        return now >= self.batches.setdefault((sheet.number - 1) // BATCH, now + SECONDS)


def examine(
    pdf: Path | bytes,
    press: PressProfile,
    expected: Expected | None = None,
    *,
    ink: bool = True,
    deep: bool = False,
    zones: bool = False,
    pages: Collection[int] | None = None,
) -> Verdict:
    """The verdict on *pdf*: ``judge``'s findings, those of the plates (*ink*) and of four renderers (*deep*), of all
    pages or of those numbered in *pages* (from 1).

    *zones* has the ink of the press's fountain zones measured on the plates too.

    A check whose program is missing is "not run", never passed. Raises ``PrintError`` as ``judge`` does.
    """
    with tempfile.TemporaryDirectory(prefix="layout-preflight-") as folder, job_for(pdf, press, expected) as job:
        copy = Path(folder) / "file.pdf"
        others = _OtherPrograms(copy, zoned=zones)
        more: list[PageCheck] = [damaged]
        if (ink and found(plates.PROGRAM)) or deep:
            copy.write_bytes(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
        if ink and found(plates.PROGRAM):
            more.append(others.ink)
        if deep:
            more.append(others.renderers)
        _note_not_run(job, ink=ink, deep=deep)
        if pages is not None:
            job.record.lacks("chosen", *_checks_by("gs"), *_checks_by("deep"))
        findings = tuple(findings_of(job, more, every=others.paper, pages=pages))
    results = _results(findings, job.record, press)
    return Verdict(job.name, press, findings, results, tuple(others.plates), tuple(others.papers), tuple(others.zones))


def _note_not_run(job: PreflightJob, *, ink: bool, deep: bool) -> None:
    """Records the checks by other programs that are not wanted, or whose program is missing."""
    if not ink or found(plates.PROGRAM) is None:
        job.record.lacks("gs" if ink else "off", *_checks_by("gs"))
    if not deep:
        job.record.lacks("deep", *_checks_by("deep"))
    elif missing := drawing.missing():
        job.record.lacks("renderers", "render.silent")
        if len(missing) > 1:
            job.record.lacks("tools", "render.agree")


def _checks_by(what: str) -> list[str]:
    return [check.id for check in room_checks("preflight").values() if check.needs == what]


def _results(findings: Sequence[Finding], record: Record, press: PressProfile) -> Mapping[str, Result]:
    found_checks = {finding.check for finding in findings}
    return {
        check: Result("found") if check in found_checks
        else Result("off", off) if (off := switched_off(check, press)) is not None
        else Result("passed") if (why := record.why_not(check)) is None
        else Result("not run", why)
        for check in room_checks("preflight")
    }  # fmt: skip
