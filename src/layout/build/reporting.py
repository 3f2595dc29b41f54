"""What a build made and found, gathered for ``report.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from layout.build.made import MadePage
from layout.findings import Finding
from layout.issue import Issue
from layout.page.frames import MeasuredPage
from layout.preflight.text import Accounting
from layout.press import PressProfile
from layout.proof.report import (
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


@dataclass(frozen=True)
class Outcome:
    """Everything the report tells of."""

    issue: Issue
    profile: PressProfile
    pages: Sequence[MadePage]
    accounts: Sequence[Accounting]
    findings: Sequence[Finding]
    files: Mapping[str, bytes]
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
        pages=tuple(_page(page, account) for page, account in zip(outcome.pages, outcome.accounts, strict=True)),
        findings=tuple(outcome.findings),
        files=tuple(FileWritten.of(name, content) for name, content in outcome.files.items()),
        press_reasons=tuple(asdict(reason) for reason in outcome.profile.reasons),
        seconds=outcome.seconds,
    )


def program() -> str:
    """The program's name and version."""
    try:
        return f"lianghui-layout {version('lianghui-layout')}"
    except PackageNotFoundError:
        return "lianghui-layout"


def _page(made: MadePage, account: Accounting) -> PageReport:
    page, lines = made.composed.page, made.composed.lines
    return PageReport(
        number=made.plan.number,
        title=made.plan.title,
        width_mm=round(mm(page.width), 3),
        height_mm=round(mm(page.height), 3),
        characters=Characters(
            account.characters_copy, account.characters_set, account.characters_furniture, account.characters_page
        ),
        lines=len(lines),
        fonts=made.fonts,
        pictures=tuple(_picture(made, key) for key in made.pictures),
        adjustments=adjustment_counts(adjustment for line in lines for adjustment in line.line.adjustments),
        changes=tuple(Change(each.what, each.wanted, each.got) for each in made.composed.concessions),
        geometry=_geometry(page),
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


def _geometry(page: MeasuredPage) -> dict[str, Any]:
    return {
        "width": round(page.width, 3),
        "height": round(page.height, 3),
        "row": round(page.row, 4),
        "type_area": _box(page.type_area),
        "frames": [{"id": frame.id, "flow": frame.flow, **_box(frame.box)} for frame in page.frames],
        "pictures": [{"id": box.id, "picture": box.picture, **_box(box.box)} for box in page.pictures],
    }


def _box(box: Any) -> dict[str, float]:
    return {key: round(value, 3) for key, value in asdict(box).items()}
