"""Seals a build: the hashes of what it read, the parts of its pages, and beside them the hash of each file written."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from layout.checks import Finding, Severity
from layout.errors import SourceError, unreadable
from layout.issue import Issue, PagePlan
from layout.issue.runs import fillers_of
from layout.manuscript.model import Text
from layout.pipeline.copy_digest import digest_of_copy
from layout.pipeline.job import Job, PageResult
from layout.pipeline.reporting import program
from layout.seal.digests import digest_of_json
from layout.seal.file_written import FileWritten
from layout.seal.model import Seal, SealedPage, SealedSource

LOST_OR_UNSEEN = frozenset({
    "page.overset", "text.complete", "text.extra", "text.order", "text.twice", "text.invisible", "image.missing",
    "image.invisible",
})  # fmt: skip
"""Checks by which a page has all of its copy and pictures, each once and seen, or has not."""

LIBRARIES = ("weasyprint", "pikepdf", "pypdfium2", "uharfbuzz", "fonttools", "pillow", "jinja2")
"""Distributions that decide what a page looks like, or how its file is written and read back."""


@dataclass(frozen=True, slots=True)
class Origins:
    """What a build is made from, by hashes."""

    sources: tuple[SealedSource, ...]
    design: str
    """Of the design's files."""
    versions: Mapping[str, str]


def origins_of(job: Job, planned: Issue) -> Origins:
    """The files of the issue, *planned* so, and of its design, and the libraries: reckoned while the pages are made.
    Raises ``SourceError`` for a file that can no longer be read.
    """
    used = {story.id for story in job.issue.stories}
    return Origins(sources_of(planned, used), digest_of_design(job.design), versions())


def sources_of(issue: Issue, used: Collection[str]) -> tuple[SealedSource, ...]:
    """The files of *issue*, as it is planned, that a build reads: the plan, the manuscripts and the pictures, each
    once, by their hashes. Of the fillers of its runs of pages they are those whose stories were *used*, by id.

    Raises ``SourceError`` for one that can no longer be read.
    """
    plan = Path(issue.file).name
    words = digest_of_copy(text for page in issue.pages for text in _of_plan(page))
    found = [SealedSource("plan", plan, _digest(issue.folder / plan, issue.file), copy=words)]
    fillers = (story for story in fillers_of(issue) if story.id in used)
    for story in (*issue.stories, *fillers):
        copy = digest_of_copy(story.texts())
        found.append(
            SealedSource("manuscript", story.file, _digest(_beside(issue, story.file), story.file), story.id, copy)
        )
    for picture in issue.pictures:
        found.append(SealedSource("picture", picture.source, _digest(picture.path, picture.source)))
    return tuple(dict.fromkeys(found))


def _of_plan(page: PagePlan) -> Iterator[Text]:
    """The words of a page that the plan itself says: its head, captions and credits."""
    yield from page.folio.values()
    for picture in page.pictures:
        yield from (text for _, text in picture.texts())


def _beside(issue: Issue, shown: str) -> Path:
    """The file that messages call *shown*: places name files from the folder that the issue lies in."""
    return issue.folder.parent / shown


def digest_of_design(folder: Path) -> str:
    """The hash of a design: the names and contents of its files. Raises ``SourceError`` for one that cannot be read."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest_of_json([[path.relative_to(folder).as_posix(), _digest(path, path.name)] for path in files])


def _digest(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(error, SourceError, shown) from error


def versions() -> dict[str, str]:
    """Of Python and of the libraries that a build stands on."""
    return {"python": ".".join(map(str, sys.version_info[:3])), **dict(_libraries())}


def _libraries() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        yield name, version(name)


def seal_of(job: Job, pages: Sequence[PageResult], origins: Origins, files: Sequence[FileWritten]) -> Seal:
    """The seal of the build of *job*, of whose issue *pages* were made and *files* are written."""
    issue = job.issue
    return Seal(
        issue=issue.id,
        title=issue.title,
        date=issue.date.isoformat(),
        program=program(),
        design=issue.design,
        design_sha256=origins.design,
        press=job.profile,
        icc=job.profile.icc_sha256(),
        sources=origins.sources,
        pages=tuple(_page(page) for page in pages),
        files=tuple(files),
        versions=origins.versions,
        complete=len(pages) == len(issue.pages),
    )


def _page(page: PageResult) -> SealedPage:
    assert page.objects is not None, "a page is sealed when it was read back"
    counts = page.report.characters
    return SealedPage(
        part=page.part,
        geometry=replace(page.report.geometry, frames=(), types=(), holes=None),
        look=page.report.look,
        objects=page.objects,
        characters=(counts.manuscript, counts.set, counts.page),
        faults=tuple(_faults((*page.findings, *page.judged))),
    )


def _faults(findings: Iterable[Finding]) -> list[str]:
    return sorted({each.check for each in findings if each.check in LOST_OR_UNSEEN and each.severity is Severity.ERROR})
