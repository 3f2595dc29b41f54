"""What goes to the plant besides the file: a PDF for each page under the plant's own names, checksums, a job ticket.

docs/job-ticket.schema.json describes the ticket. It follows from the input alone: no clock, no machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from layout.checks import Finding
from layout.json_values import JsonObject, JsonValue
from layout.pipeline.job import Job, PageResult
from layout.pipeline.last_delivery import LastDelivery
from layout.pipeline.options import Options
from layout.pipeline.page_file_names import page_file_names
from layout.pipeline.reporting import file_written, program
from layout.press import PressProfile
from layout.proof.report import counts
from layout.seal.file_written import FileWritten

SCHEMA = 1
"""Raised when a key of the ticket changes its meaning or goes; new keys do not raise it."""

STANDARD = "PDF/X-4"


def delivered(
    job: Job,
    pages: Sequence[PageResult],
    findings: Sequence[Finding],
    options: Options,
    whole: bytes | Path,
    *,
    last: LastDelivery | None = None,
) -> dict[str, bytes | Path]:
    """The files for the plant, by name: pages, ``<issue>.sha256`` (as sha256sum reads it), ``<issue>.ticket.json``.

    Nothing where the plant has no names for page files and no ticket was asked for. *whole* is the file of all pages.
    With *last*, which the plant has, the pages that have changed and no others, and a ticket that gives their revision;
    nothing where none has.
    """
    issue, names = job.issue, page_file_names(job.issue, job.profile)
    if last is not None and options.delivery:
        return _corrected(job, pages, findings, options, whole=whole, last=last)
    if not options.delivery or not (names or options.ticket or options.deadline):
        return {}
    files: dict[str, bytes | Path] = {names[page.number]: page.pdf for page in pages if names}
    whole_file = file_written(f"{issue.id}.pdf", whole)
    by_page = {page.number: file_written(names[page.number], page.pdf) if names else whole_file for page in pages}
    written = dict.fromkeys([whole_file, *by_page.values()])
    files[f"{issue.id}.sha256"] = "".join(f"{each.sha256}  {each.name}\n" for each in written).encode()
    files[f"{issue.id}.ticket.json"] = _ticket(job, whole_file, _pages(job, pages, by_page), findings, options)
    return files


def _corrected(
    job: Job,
    pages: Sequence[PageResult],
    findings: Sequence[Finding],
    options: Options,
    *,
    whole: bytes | Path,
    last: LastDelivery,
) -> dict[str, bytes | Path]:
    """The files of the pages that differ from those of *last*, with a ticket of the whole edition.

    It says of the other pages what it said. Where the plant has a file for each page the checksums are of all; else of
    the files that are sent now.
    """
    issue, plants = job.issue, page_file_names(job.issue, job.profile)
    names = plants or {page.number: f"{issue.id}-{page.number}.pdf" for page in pages}
    own = {page.number: file_written(names[page.number], page.pdf) for page in pages}
    new = [page for page in pages if not last.has(page, own[page.number])]
    if not new:
        return {}
    whole_file = file_written(f"{issue.id}.pdf", whole)
    entries: dict[int, JsonObject] = dict(last.ticket)
    for page in new:
        entry = _page_entry(job, page, own[page.number], 1)
        entries[page.number] = {**entry, "revision": last.revision(page.number) + 1}
    entries = {page.number: entries[page.number] for page in pages if page.number in entries}
    files: dict[str, bytes | Path] = {names[page.number]: page.pdf for page in new}
    sent = [own[page.number] for page in new]
    sums = {each.name: each.sha256 for each in sent}
    if plants:
        sums = {whole_file.name: whole_file.sha256, **{str(e["file"]): str(e["sha256"]) for e in entries.values()}}
    files[f"{issue.id}.sha256"] = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    revised: JsonObject = {"revised": [page.number for page in new]}
    files[f"{issue.id}.ticket.json"] = _ticket(job, whole_file, list(entries.values()), findings, options, more=revised)
    return files


def _ticket(
    job: Job,
    whole: FileWritten,
    pages: Sequence[JsonObject],
    findings: Sequence[Finding],
    options: Options,
    *,
    more: Mapping[str, JsonValue] = MappingProxyType({}),
) -> bytes:
    ticket: JsonObject = {
        **_edition(job, whole, len(pages)), **more, "pages": list(pages), "severities": {**counts(findings)},
    }  # fmt: skip
    if options.deadline is not None:
        ticket["deadline"] = options.deadline.isoformat()
    if options.unsigned is not None and job.issue.signoff:
        ticket["unsigned"] = options.unsigned
    return (json.dumps(ticket, ensure_ascii=False, indent=1) + "\n").encode()


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


def _pages(job: Job, pages: Sequence[PageResult], files: Mapping[int, FileWritten]) -> list[JsonObject]:
    """The ticket's entry for each of *pages*."""
    alone = bool(job.profile.page_files)
    return [
        _page_entry(job, page, files[page.number], 1 if alone else index) for index, page in enumerate(pages, start=1)
    ]


def _page_entry(job: Job, page: PageResult, file: FileWritten, number: int) -> JsonObject:
    """Which page of which file it is, its size, its plates; *number* counts the pages of *file* from 1."""
    return {
        "number": page.number,
        "title": page.report.title,
        **_file(file),
        "page_in_file": number,
        "width_mm": page.report.width_mm,
        "height_mm": page.report.height_mm,
        "bleed_mm": job.profile.bleed_mm,
        "plates": list(page.report.plates),
    }


def _file(file: FileWritten) -> JsonObject:
    return {"file": file.name, "bytes": file.size, "sha256": file.sha256}
