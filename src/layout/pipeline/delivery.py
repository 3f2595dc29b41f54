"""What goes to the plant besides the file: a PDF for each page under the plant's own names, checksums, a job ticket.

docs/job-ticket.schema.json describes the ticket. It follows from the input alone: no clock, no machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from layout.checks import Finding
from layout.errors import LayoutError, Message, PlanError
from layout.issue import Issue
from layout.json_values import JsonObject, JsonValue
from layout.pipeline.job import Job, PageResult
from layout.pipeline.options import Options
from layout.pipeline.reporting import file_written, program
from layout.press import PressProfile
from layout.press.page_files import read_pattern
from layout.proof.report import counts
from layout.seal.file_written import FileWritten

SCHEMA = 1
"""Raised when a key of the ticket changes its meaning or goes; new keys do not raise it."""

STANDARD = "PDF/X-4"


def page_file_names(issue: Issue, profile: PressProfile) -> Mapping[int, str]:
    """By page number the plant's name for its file; empty where the plant has no pattern.

    Raises ``PlanError`` when the issue makes a name of it that no disk takes, or that is the whole file's own.
    """
    if not profile.page_files:
        return {}
    pattern = read_pattern(profile.page_files)
    try:
        named = {page.number: pattern.name(issue.date, issue.paper, page.number, issue.id) for page in issue.pages}
    except LayoutError as fault:
        raise fault.at(issue.places.get("paper")) from None
    for number, name in named.items():
        if name.casefold() == f"{issue.id}.pdf".casefold():
            raise PlanError(
                Message(f"第 {number} 版的文件按 page_files 叫 {name}，整份也叫这个名字。",
                        f"By page_files the file of page {number} is {name}, and so is the whole."),
                hint=Message("改印厂规范的 page_files，或这一期文件夹的名字。",
                             "Change page_files in the press profile, or the name of the issue's folder."),
            )  # fmt: skip
    return named


def delivered(
    job: Job, pages: Sequence[PageResult], findings: Sequence[Finding], options: Options, whole: bytes | Path
) -> dict[str, bytes | Path]:
    """The files for the plant, by name: pages, ``<issue>.sha256`` (as sha256sum reads it), ``<issue>.ticket.json``.

    Nothing where the plant has no names for page files and no ticket was asked for. *whole* is the file of all pages.
    """
    issue, names = job.issue, page_file_names(job.issue, job.profile)
    if not options.delivery or not (names or options.ticket or options.deadline):
        return {}
    files: dict[str, bytes | Path] = {names[page.number]: page.pdf for page in pages if names}
    whole_file = file_written(f"{issue.id}.pdf", whole)
    by_page = {page.number: file_written(names[page.number], page.pdf) if names else whole_file for page in pages}
    written = dict.fromkeys([whole_file, *by_page.values()])
    files[f"{issue.id}.sha256"] = "".join(f"{each.sha256}  {each.name}\n" for each in written).encode()
    ticket = {
        **_edition(job, whole_file, len(pages)),
        "pages": _pages(job, pages, by_page),
        "severities": counts(findings),
    }
    if options.deadline is not None:
        ticket["deadline"] = options.deadline.isoformat()
    files[f"{issue.id}.ticket.json"] = (json.dumps(ticket, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def _edition(job: Job, whole: FileWritten, pages: int) -> JsonObject:
    """What the ticket says of the whole: issue, press, printing condition, file."""
    issue = job.issue
    return {
        "schema": SCHEMA,
        "program": program(),
        "issue": issue.id,
        "title": issue.title,
        "paper": issue.paper,
        "date": issue.date.isoformat(),
        "complete": pages == len(issue.pages),
        "press": _press(job.profile),
        "condition": _condition(job.profile),
        "file": {**_file(whole), "standard": STANDARD, "pages": pages},
    }


def _press(profile: PressProfile) -> JsonObject:
    return {
        "name": profile.name,
        "title": {"zh": profile.title.zh, "en": profile.title.en},
        "process": profile.process,
        "stock": profile.paper,
        "ink_limit_percent": profile.ink_limit,
        "screen_lpi": profile.screen_lpi,
        "overrides": [{"key": each.key, "value": each.value, "reason": each.reason} for each in profile.reasons],  # type: ignore[dict-item]  # as TOML has it
    }


def _condition(profile: PressProfile) -> JsonObject:
    return {
        "identifier": profile.output_condition_identifier,
        "condition": profile.output_condition,
        "registry": profile.registry_name,
        "info": profile.info,
        "icc": profile.icc.name,
        "icc_sha256": profile.icc_sha256(),
    }


def _pages(job: Job, pages: Sequence[PageResult], files: Mapping[int, FileWritten]) -> list[JsonValue]:
    """The ticket's entry for each of *pages*: which page of which file it is, its size, its plates."""
    return [
        {
            "number": page.number,
            "title": page.report.title,
            **_file(files[page.number]),
            "page_in_file": 1 if job.profile.page_files else index,
            "width_mm": page.report.width_mm,
            "height_mm": page.report.height_mm,
            "bleed_mm": job.profile.bleed_mm,
            "plates": list(page.report.plates),
        }
        for index, page in enumerate(pages, start=1)
    ]


def _file(file: FileWritten) -> JsonObject:
    return {"file": file.name, "bytes": file.size, "sha256": file.sha256}
