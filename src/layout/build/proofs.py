"""Proofs for the newsroom: pictures of the pages, a contact sheet, a stamped low-resolution PDF, report and summary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from layout.build.options import Built, Options, Progress, quiet
from layout.build.output import write_all
from layout.build.pipeline import Workshop
from layout.findings import Finding, Severity
from layout.issue import Issue, read_issue
from layout.proof.raster import page_count
from layout.proof.sheet import contact_sheet
from layout.proof.stamp import Mark, Slug, proof_pdf
from layout.proof.summary import summary
from layout.units import MM


@dataclass(frozen=True)
class Proofed:
    """A proof round: the build it stands on and the files it added."""

    built: Built
    contact_sheet: Path
    proof: Path
    summary: Path


def proof(folder: Path, options: Options, proof_round: int = 1, progress: Progress = quiet) -> Proofed:
    """Builds the issue and writes beside it: ``contact.pdf``, ``<issue>-proof.pdf`` stamped 校样, ``summary.md``.

    ``proof_round`` is the 校次 on the slug, from 1. The exit code is the build's.
    """
    built = Workshop().build(folder, options, progress)
    issue = read_issue(folder)
    pdf = built.pdf.read_bytes()
    labels = [f"第{page['number']}版 {page['title']}" for page in built.report["pages"]]
    out = options.out
    files = {
        out / "contact.pdf": contact_sheet(pdf, issue.title, labels),
        out / f"{issue.id}-proof.pdf": proof_pdf(pdf, _slugs(issue, built, labels, proof_round), _marks(built, pdf)),
        out / "summary.md": summary(built.report, options.lang).encode(),
    }
    write_all(files)
    return Proofed(built, *files)


def _slugs(issue: Issue, built: Built, labels: list[str], proof_round: int) -> list[Slug]:
    return [
        Slug(
            title=issue.title,
            page=label,
            round=proof_round,
            date=issue.date,
            profile=built.report["press"]["name"],
            errors=sum(finding.severity is Severity.ERROR for finding in built.findings),
            warnings=sum(finding.severity is Severity.WARNING for finding in built.findings),
        )
        for label in labels
    ]


def _marks(built: Built, pdf: bytes) -> list[Mark]:
    """Overset, in red below the last frame of its flow."""
    marks = []
    pages = built.report["pages"][: page_count(pdf)]
    for index, page in enumerate(pages):
        for finding in built.findings:
            if finding.check == "page.overset" and finding.page_no == page["number"]:
                marks.append(_overset_mark(index, finding, page["geometry"]["frames"]))
    return marks


def _overset_mark(index: int, finding: Finding, frames: list[dict[str, float]]) -> Mark:
    frame = [each for each in frames if each["flow"] == finding.amount["flow"]][-1]
    words = f"溢文 {finding.amount['characters']} 字 {finding.amount['lines']} 行"
    return Mark(index, frame["x"], frame["y"] + frame["height"], frame["width"], 3 * MM, words)
