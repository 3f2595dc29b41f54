"""Preflight of any PDF: with the press profile that fits it, and its sources where a build's report knows the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from layout import assets
from layout.errors import Message, PlanError, UsageError
from layout.pipeline.baselines import by_preflight, compared, opened
from layout.pipeline.fault_results import results_of_faults
from layout.pipeline.options import Options, chosen_pages
from layout.pipeline.output import write_all
from layout.pipeline.results import files_of_verdict
from layout.preflight.expected import Expected
from layout.preflight.objects import opened as opened_pdf
from layout.preflight.page_sequence import as_in_file
from layout.preflight.source_map import outdated_report, source_map
from layout.preflight.verdict import Verdict, examine
from layout.press.load import USUAL_PRESS, load_profile
from layout.press.model import PressProfile

DEFAULTS = Options()


def preflight(
    file: Path | str, options: Options = DEFAULTS, *, ink: bool = True, deep: bool = False, zones: bool = False
) -> Verdict:
    """The verdict on a PDF, whoever made it: its findings, and for every check whether it was carried out.

    Of *options* count ``press`` (a name, or the path of a ``.toml`` file; by itself the profile of the build that made
    the file, else ``newsprint-coldset``), ``baseline``, ``write_baseline``, ``pages`` (``"1-8,12"``: those alone are
    judged), ``results``, and for these ``fail_on`` and ``lang``. A profile is looked for beside the file, in the
    current folder and among ours. *ink* draws the plates, for the ink that adds up on paper: it needs Ghostscript.
    *deep* has four renderers draw each page and compares them. *zones* has the ink of the press's fountain zones
    measured. Nothing is written but a baseline and files of results. Raises ``UsageError`` where there is no such file
    or profile, ``PrintError`` for what is no PDF, is damaged past repair or wants a password.
    """
    pdf = Path(file)
    with results_of_faults(pdf.parent, options, pdf):
        verdict, files = _judged(pdf, options, ink=ink, deep=deep, zones=zones)
        write_all({**files, **files_of_verdict(verdict, pdf, options)})
    return verdict


def _judged(pdf: Path, options: Options, *, ink: bool, deep: bool, zones: bool) -> tuple[Verdict, Mapping[Path, bytes]]:
    """The verdict, and the baseline where it is to be written anew."""
    if not pdf.is_file():
        raise UsageError(
            Message(f"没有文件 {pdf}。", f"There is no file {pdf}."), hint=Message("查一查路径。", "Check the path.")
        )
    baseline = opened(options)
    known = source_map(pdf)
    outdated = outdated_report(pdf) if known is None else None
    reported = known.press if known else outdated[1] if outdated else ""
    profile, remark = _profile(pdf, options.press or "", reported)
    pages = _chosen(pdf, options.pages)
    expected = known.expected if known else _placed(pdf, outdated[2]) if outdated else None
    again = _of_another_save(pdf, outdated[0]) if outdated else None
    remarks = [each for each in (remark, again) if each is not None]
    verdict = examine(pdf, profile, expected, ink=ink, deep=deep, zones=zones, pages=pages)
    verdict = replace(verdict, remarks=tuple(remarks))
    if known is not None:
        verdict = replace(verdict, findings=tuple(map(known.located, verdict.findings)))
    ran = (check for check, result in verdict.results.items() if result.status not in ("not run", "off"))
    comparison = compared(baseline, verdict.findings, by_preflight(ran), options)
    return replace(verdict, findings=comparison.findings), comparison.files


def _placed(pdf: Path, expected: Expected) -> Expected:
    """What is known of each page, where that page stands now."""
    with opened_pdf(pdf) as document:
        pages = len(document.pages)
    return as_in_file(pdf, expected, pages)


def _of_another_save(pdf: Path, report: Path) -> Message:
    """The report beside the file is of another save: what it is held against, and what is not known for that."""
    return Message(
        f"旁边的报告 {report.name} 记的是 {pdf.name} 的另一次保存（哈希不同）：按它核对了版数、尺寸、文字及其位置、"
        "图片和各版的样子；毛病指到文稿和图片，指不到模板的行。",
        f"The report {report.name} beside it is of another save of {pdf.name} (its hash differs): the number and the"
        " size of the pages, the text and where it stands, the pictures and what each page looks like are held against"
        " it. Findings name copy and pictures, and no line of the template.",
    )


def _chosen(file: Path, written: str | None) -> Collection[int] | None:
    """The pages of *file* that ``1-8,12`` names; ``None`` for all. Raises ``UsageError`` for what is no such list."""
    if written is None:
        return None
    with opened_pdf(file) as pdf:
        return chosen_pages(written, range(1, len(pdf.pages) + 1))


def _profile(file: Path, chosen: str, reported: str) -> tuple[PressProfile, Message | None]:
    """The press profile *chosen*; else the one of the build that made the file; else the most common one, with a
    remark where it is not the build's.
    """
    search = [file.parent, Path.cwd(), assets.press_dir()]
    if chosen:
        return load_profile(Path(chosen) if chosen.endswith(".toml") else chosen, search), None
    try:
        return load_profile(reported or USUAL_PRESS, search), None
    except PlanError:  # the plant's own file, which lies with the issue
        remark = Message(
            f"出版时用的印厂规范“{reported}”这里没有，改按 {USUAL_PRESS} 检查；用 --press 指给它。",
            f"The build's press profile “{reported}” is not here; judged by {USUAL_PRESS}. Name it with --press.",
        )
        return load_profile(USUAL_PRESS, search), remark
