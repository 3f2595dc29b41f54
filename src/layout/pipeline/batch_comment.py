"""The comment on a pull request that a batch of proofs writes, with the small pictures that it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from layout.pipeline.batch import BatchItem, BatchOptions
from layout.pipeline.output import write_all
from layout.pipeline.proofs import round_stem
from layout.proof.pull_request_comment import CommentedIssue, pull_request_comment, shown_pages, small_picture

if TYPE_CHECKING:
    from layout.proof.report_json import ReportJson


def write_comment(items: Sequence[BatchItem], options: BatchOptions, file: Path, address: str) -> None:
    """Writes the comment into *file*, and the small pictures beside the proofs: ``<issue>-round-N-small.png``.

    *address* is where the batch's folder can be had; without one the comment shows no pictures.
    """
    proof_round = options.proof_round or 1
    files: dict[Path, bytes | Path] = {}
    issues = [_commented(item, options, proof_round, address, files) for item in items]
    files[file] = pull_request_comment(issues, proof_round, options.build.lang).encode("utf-8", "backslashreplace")
    write_all(files)


def _commented(
    item: BatchItem, options: BatchOptions, proof_round: int, address: str, files: dict[Path, bytes | Path]
) -> CommentedIssue:
    out, issue = options.of(item.issue).out, item.result.issue
    if item.result.exit_code > 1:
        return CommentedIssue(item.result, None)
    report = cast("ReportJson", json.loads((out / f"{issue}.report.json").read_bytes()))
    pictures: dict[int, str] = {}
    for number in shown_pages(report):
        drawn = (out / f"{issue}-{number}.png", out / f"{issue}.png")
        page = next((path for path in drawn if path.is_file()), None)
        if page is None:  # pictures of the pages were not asked for
            continue
        stem = round_stem(issue, proof_round) + ("" if page.name == f"{issue}.png" else f"-{number}")
        files[out / f"{stem}-small.png"] = small_picture(page.read_bytes())
        pictures[number] = f"{address.rstrip('/')}/{quote(f'{item.issue.name}/{stem}-small.png')}"
    return CommentedIssue(item.result, report, pictures if address else {})
