"""Proofs for the newsroom: pictures of the pages, a contact sheet, a stamped low-resolution PDF, report and summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from layout import assets
from layout.checks import Finding, Severity
from layout.errors import Place
from layout.flows import Chain
from layout.geometry import Box
from layout.issue import Issue, read_issue
from layout.issue.runs import page_numbers
from layout.pipeline.changed_arrangements import changed_arrangements, earlier_arrangements
from layout.pipeline.fault_results import results_of_faults
from layout.pipeline.options import Built, Options, chosen_pages
from layout.pipeline.output import Files, report_files, write_all
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.proof_round import a3_kind, mark_json, page_labels, read_all_marks, round_files, round_of
from layout.pipeline.run import DEFAULTS, build_files, workplace
from layout.pipeline.separations import SeparationOptions, separated
from layout.press import PressProfile
from layout.press.load import load_profile
from layout.proof.a3 import A3Kind, a3_pdf
from layout.proof.diff import Difference, against_pdf, compare, read_earlier, same_pages
from layout.proof.finding_location import marks_of
from layout.proof.geometry_json import FrameJson
from layout.proof.marks.judgement import JudgedMark, judged_marks
from layout.proof.marks.marks_file import MarksFile
from layout.proof.proof_page.proof_round import ProofRound
from layout.proof.raster import page_count, page_size
from layout.proof.report_json import DifferenceJson, PageJson, ReportJson
from layout.proof.sheet import contact_sheet
from layout.proof.stamp import ProofMark, ProofSlug, proof_pdf
from layout.proof.summary import summary
from layout.units import MM

NO_SEPARATIONS = SeparationOptions()


@dataclass(frozen=True)
class Proofed:
    """A proof round: the build it stands on and the files it added."""

    built: Built
    contact_sheet: Path
    proof: Path
    summary: Path
    against: Path | None = None
    difference: Difference | None = None
    """From the last round, where there was one."""
    separations: tuple[Path, ...] = ()
    """Soft proofs and plates, if the options include them."""
    page: Path = Path()
    """The proof page: one HTML file with all of the round, to be read, printed and marked."""
    approval: Path = Path()
    """The PDF for approval by telephone."""
    approval_ppi: float = 0.0
    """How finely its pages could be drawn."""
    a3: Path | None = None
    """The pages on A3, if they were asked for."""
    marks: tuple[JudgedMark, ...] = ()
    """What became of the marks of earlier rounds."""


def proof(
    folder: Path | str,
    options: Options = DEFAULTS,
    proof_round: int = 1,
    progress: Progress = quiet,
    *,
    against: Path | None = None,
    separations: SeparationOptions = NO_SEPARATIONS,
    marks: Sequence[Path] = (),
    a3: str | None = None,
    workers: Executor | None = None,
) -> Proofed:
    """Builds the issue and writes beside it ``<issue>-round-N.html``, the proof page, with all of the round in it;
    ``-approval.pdf``, for approval by telephone; ``-proof.pdf``, stamped 校样; ``-contact.pdf``; and ``summary.md``.

    *separations* adds pictures of each page: ``-soft.png``, as the press's paper will show it, and its plates
    ``-C.png`` to ``-K.png``, with the ink of each in the summary and the report. ``proof_round`` is the 校次 on the
    slug and in the names of the files, from 1. *against* is the PDF of an earlier round: what changed since is drawn
    in ``<issue>-round-N-against.pdf`` and listed in the summary and in the report's ``against``. *marks* are files that
    proof pages of earlier rounds gave: which of them were done is in all of these, and in the report's ``marks``. *a3*
    adds ``-a3.pdf``: ``reduced`` to a sheet each, or ``tiled`` at their size. The exit code is the build's; *workers*
    are as in ``build``. All files are written together, or none. Raises ``UsageError``, before anything is built, when
    *against* cannot be compared with, or one of *marks* is none of this issue.
    """
    # A proof round is not for the plant, and shows where every line stands.
    options = replace(options, delivery=False, keep=True)
    folder = Path(folder)
    with results_of_faults(folder, options), workplace(workers, progress) as place:
        # Read first: it may be the very file that the build is about to replace.
        old = None if against is None else read_earlier(against, _page_count(folder, options))
        arranged = {} if against is None else earlier_arrangements(against)
        earlier, sheets = (read_all_marks(marks, read_issue(folder).id) if marks else ()), a3_kind(a3)
        built, files = build_files(folder, options, place)
        content = files[built.pdf]
        pdf = content if isinstance(content, bytes) else content.read_bytes()
        this = _Round(proof_round, old, against, separations, arranged, earlier, sheets)
        proofed, added = _proofed(built, pdf, read_issue(folder), options, this)
        write_all({**files, **added})
    return proofed


@dataclass(frozen=True)
class _Round:
    """A proof round: its number, the round before, and the separations that are added."""

    number: int
    old: bytes | None
    against: Path | None
    separations: SeparationOptions
    arranged: Mapping[int, str]
    """The arrangements of the round before, by page."""
    marks: tuple[MarksFile, ...]
    a3: A3Kind | None


@dataclass(frozen=True)
class _Desk:
    """What all steps of a round are given."""

    issue: Issue
    pdf: bytes
    options: Options
    this: _Round
    slugs: list[ProofSlug]
    offset: tuple[float, float]
    profile: PressProfile

    def file(self, ending: str) -> Path:
        """The round's file that ends so."""
        return self.options.out / f"{round_stem(self.issue.id, self.this.number)}{ending}"


@dataclass(frozen=True)
class _Made:
    """The round as far as it is made, and its files beside those of the build."""

    proofed: Proofed
    shown: ProofRound
    files: Files

    def with_report(self, report: ReportJson) -> _Made:
        """The same with that report."""
        return replace(self, proofed=replace(self.proofed, built=replace(self.proofed.built, report=report)))


def _proofed(built: Built, pdf: bytes, issue: Issue, options: Options, this: _Round) -> tuple[Proofed, Files]:
    """The round and its files beside those of the build; the report among them where it has more entries."""
    labels, offset = page_labels(built.report), _trim_offset(built, pdf)
    slugs = _slugs(issue, built, labels, this.number)
    desk = _Desk(issue, pdf, options, this, slugs, offset, _profile(issue, options))
    made = _stamped(built, labels, desk)
    for step in (_compared, _marked, _readable, _on_a3, _with_separations):
        made = step(made, desk)
    report = made.proofed.built.report
    files = {**made.files, **report_files(options.out, issue.id, report)}
    files[made.proofed.summary] = summary(report, options.lang).encode()
    return made.proofed, files


def _stamped(built: Built, labels: Sequence[str], desk: _Desk) -> _Made:
    pages = zip(labels, built.report["pages"], strict=True)
    made_up = [(f"{label}　组版", page["arrangement"]) for label, page in pages if "arrangement" in page]
    proofed = Proofed(built, desk.file("-contact.pdf"), desk.file("-proof.pdf"), desk.options.out / "summary.md")
    shown = round_of(desk.issue, built, desk.pdf, desk.this.number, desk.offset, lang=desk.options.lang)
    files: Files = {
        proofed.contact_sheet: contact_sheet(desk.pdf, desk.issue.title, labels, made_up),
        proofed.proof: proof_pdf(
            desk.pdf, _priced(desk.slugs, built), _marks(built, desk.pdf), trim_offset=desk.offset
        ),
    }
    return _Made(proofed, shown, files)


def _compared(made: _Made, desk: _Desk) -> _Made:
    """The same with what changed since the round before."""
    this, report = desk.this, made.proofed.built.report
    if this.old is None or this.against is None:
        return made
    same_pages(page_count(this.old), len(desk.slugs), Place(str(this.against)))
    difference, drawn = compare(this.old, desk.pdf, this.against.name), desk.file("-against.pdf")
    changes = cast(DifferenceJson, difference.as_json([page["number"] for page in report["pages"]], desk.offset))
    if otherwise := list(changed_arrangements(this.arranged, report)):
        changes = {**changes, "arrangements": otherwise}
    files = {**made.files, drawn: against_pdf(desk.pdf, _noted(desk.slugs, difference), difference)}
    proofed = replace(made.proofed, against=drawn, difference=difference)
    return _Made(proofed, replace(made.shown, difference=difference), files).with_report({**report, "against": changes})


def _marked(made: _Made, desk: _Desk) -> _Made:
    """The same with what became of the marks of earlier rounds."""
    marks = judged_marks(desk.this.marks, replace(made.shown.copy, whole=desk.options.pages is None))
    if not marks:
        return made
    told = [mark_json(each, desk.options.lang) for each in marks]
    made = replace(made, proofed=replace(made.proofed, marks=marks), shown=replace(made.shown, marks=marks))
    return made.with_report({**made.proofed.built.report, "marks": told})


def _readable(made: _Made, desk: _Desk) -> _Made:
    """The same with the proof page and the PDF for approval."""
    files = round_files(made.shown, desk.pdf, desk.this.old, desk.slugs, desk.profile)
    page, approval = desk.file(".html"), desk.file("-approval.pdf")
    proofed = replace(made.proofed, page=page, approval=approval, approval_ppi=files.approval_ppi)
    return replace(made, proofed=proofed, files={**made.files, page: files.page, approval: files.approval})


def _on_a3(made: _Made, desk: _Desk) -> _Made:
    if desk.this.a3 is None:
        return made
    path, names = desk.file("-a3.pdf"), [each.text() for each in desk.slugs]
    files = {**made.files, path: a3_pdf(desk.pdf, names, desk.offset, desk.this.a3)}
    return replace(made, proofed=replace(made.proofed, a3=path), files=files)


def _with_separations(made: _Made, desk: _Desk) -> _Made:
    if not desk.this.separations:
        return made
    built = made.proofed.built
    stems = _stems(desk.issue, built, desk.this.number)
    found = separated(desk.pdf, stems, desk.profile, desk.this.separations, desk.offset)
    pictures: Files = {desk.options.out / name: content for name, content in found.files.items()}
    proofed = replace(made.proofed, separations=tuple(pictures))
    return replace(made, proofed=proofed, files={**made.files, **pictures}).with_report(found.in_report(built.report))


def round_stem(issue_id: str, number: int) -> str:
    """How the names of all files of proof round *number* begin: a round never takes the place of another."""
    return f"{issue_id}-round-{number}"


def _stems(issue: Issue, built: Built, proof_round: int) -> list[tuple[int, str]]:
    """The pages' numbers, and how the names of their pictures begin."""
    numbers, stem = [page["number"] for page in built.report["pages"]], round_stem(issue.id, proof_round)
    return [(number, stem if issue.is_one_page else f"{stem}-{number}") for number in numbers]


def _profile(issue: Issue, options: Options) -> PressProfile:
    return load_profile(options.press or issue.press, [issue.folder, assets.press_dir()])


def _page_count(folder: Path, options: Options) -> int | None:
    """How many pages will be made; None where a run comes to as many as its copy needs."""
    issue = read_issue(folder)
    numbers = chosen_pages(options.pages, page_numbers(issue))
    return None if any(plan.run for plan in issue.pages) else len(numbers)


def _trim_offset(built: Built, pdf: bytes) -> tuple[float, float]:
    """How far the trimmed page's corner lies from the sheet's: bleed and marks are the same on all sides."""
    page = built.report["pages"][0]["geometry"]
    width, height = page_size(pdf, 0)
    return (width - page["width"]) / 2, (height - page["height"]) / 2


def _noted(slugs: list[ProofSlug], difference: Difference) -> list[ProofSlug]:
    """The strips under the pages, with what changed on each."""
    return [
        replace(slug, note=f"与上一校相比：文字 {len(page.passages)} 处，版面 {len(page.regions)} 处")
        for slug, page in zip(slugs, difference.pages, strict=True)
    ]


def _slugs(issue: Issue, built: Built, labels: list[str], proof_round: int) -> list[ProofSlug]:
    return [
        ProofSlug(
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


def _priced(slugs: list[ProofSlug], built: Built) -> list[ProofSlug]:
    """The strips with what make-up cost: for the newsroom, not for those who approve or read copy."""
    return [replace(slug, note=_made_up(page)) for slug, page in zip(slugs, built.report["pages"], strict=True)]


def _made_up(page: PageJson) -> str:
    """What a page that was made up cost, and why the next best lost; of others nothing."""
    if (made := page.get("arrangement")) is None:
        return ""
    lost = f"，次选{each['why']}" if (each := next(iter(made["others"]), None)) else ""
    return f"组版代价 {made['chosen']['cost']:g}{lost}"


def _marks(built: Built, pdf: bytes) -> list[ProofMark]:
    """Every error and warning that says where it is; overset, in red below the last frame of its flow."""
    marks: list[ProofMark] = []
    pages = built.report["pages"][: page_count(pdf)]
    for index, page in enumerate(pages):
        for finding in built.findings:
            if finding.page_no != page["number"]:
                continue
            marks += marks_of(finding, index)
            if finding.check == "page.overset":
                marks.append(_overset_mark(index, finding, page["geometry"]["frames"]))
    return marks


def _overset_mark(index: int, finding: Finding, frames: Sequence[FrameJson]) -> ProofMark:
    frame = [each for each in frames if each["flow"] == str(Chain(finding.flows))][-1]
    words = f"溢文 {finding.amount['characters']} 字 {finding.amount['lines']} 行"
    below = Box(frame["x"], frame["y"] + frame["height"], frame["width"], 4 * MM)
    return ProofMark(index, below, words, "overset", str(finding.amount["words"]))
