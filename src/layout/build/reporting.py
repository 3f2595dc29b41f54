"""What a build made and found, gathered for ``report.json``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.findings import Finding
from layout.issue import Issue, PagePlan
from layout.press import PressProfile
from layout.proof.report import (
    Arrangement,
    Change,
    Characters,
    FileWritten,
    PageReport,
    PictureUse,
    Report,
    adjustment_counts,
    effective_ppi,
)
from layout.units import mm

if TYPE_CHECKING:
    from layout.build.made import MadePage
    from layout.page.frames import MeasuredPage
    from layout.preflight.text import Accounting


@dataclass(frozen=True)
class Outcome:
    """Everything the report tells of."""

    issue: Issue
    profile: PressProfile
    pages: Sequence[PageReport]
    findings: Sequence[Finding]
    files: Mapping[str, bytes | Path]
    seconds: Mapping[str, float]


def report_of(outcome: Outcome) -> Report:
    """The report on a finished build."""
    return Report(
        issue=outcome.issue.id,
        title=outcome.issue.title,
        date=outcome.issue.date,
        design=outcome.issue.design,
        press=outcome.profile.name,
        program=program(),
        pages=tuple(outcome.pages),
        findings=tuple(outcome.findings),
        files=tuple(_file(name, content) for name, content in outcome.files.items()),
        press_reasons=tuple(asdict(reason) for reason in outcome.profile.reasons),
        seconds=outcome.seconds,
    )


def program() -> str:
    """The program's name and version."""
    try:
        return f"lianghui-layout {version('lianghui-layout')}"
    except PackageNotFoundError:
        return "lianghui-layout"


def _file(name: str, content: bytes | Path) -> FileWritten:
    if isinstance(content, bytes):
        return FileWritten.of(name, content)
    with content.open("rb") as file:
        return FileWritten(name, content.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def page_report(made: MadePage, account: Accounting) -> PageReport:
    """What is told of one page."""
    return counted(uncounted(made), account)


def counted(report: PageReport, account: Accounting) -> PageReport:
    """*report* with the characters of the finished page."""
    characters = Characters(
        account.characters_copy, account.characters_set, account.characters_furniture, account.characters_page
    )
    return replace(report, characters=characters)


def uncounted(made: MadePage) -> PageReport:
    """What is told of one page, before its characters are counted."""
    page, lines = made.composed.page, made.composed.lines
    return PageReport(
        number=made.plan.number,
        title=made.plan.title,
        width_mm=round(mm(page.width), 3),
        height_mm=round(mm(page.height), 3),
        characters=Characters(0, 0, 0, 0),
        lines=len(lines),
        fonts=made.fonts,
        pictures=tuple(_picture(made, key) for key in made.pictures),
        adjustments=adjustment_counts(adjustment for line in lines for adjustment in line.line.adjustments),
        changes=tuple(
            Change(each.what, each.wanted, each.got, each.unit, round(each.cost, 3))
            for each in made.composed.concessions
        ),
        arrangements=tuple(
            Arrangement(s.name, s.cost, tuple((p.what, p.cost) for p in s.prices), s.chosen, s.refused)
            for s in made.composed.scores
        ),
        geometry=_geometry(page, made.plan),
    )


def _picture(made: MadePage, key: str) -> PictureUse:
    box = next(box for box in made.composed.page.pictures if box.id == key)
    source = next(picture.source for picture in made.plan.pictures if picture.id == box.picture)
    left, top, right, bottom = made.pictures[key].crop
    pixels = (round(right - left), round(bottom - top))
    size = (box.box.width, box.box.height)
    return PictureUse(
        box.picture, source, round(mm(size[0]), 2), round(mm(size[1]), 2), pixels, effective_ppi(pixels, size)
    )


def _geometry(page: MeasuredPage, plan: PagePlan) -> dict[str, Any]:
    """Where things stand; for each frame also where its copy stands in the newsroom's files."""
    places = {text.flow: str(text.paragraphs[0].place) for _, text in plan.texts()}
    return {
        "width": round(page.width, 3),
        "height": round(page.height, 3),
        "row": round(page.row, 4),
        "type_area": _box(page.type_area),
        "frames": [
            {"id": frame.id, "flow": frame.flow, "place": places.get(frame.flow.split()[0]), **_box(frame.box)}
            for frame in page.frames
        ],
        "pictures": [{"id": box.id, "picture": box.picture, **_box(box.box)} for box in page.pictures],
    }


def _box(box: Any) -> dict[str, float]:
    return {key: round(value, 3) for key, value in asdict(box).items()}
