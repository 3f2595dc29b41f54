"""Preflight of any PDF: with the press profile that fits it, and its sources where a build's report knows the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layout import assets
from layout.errors import LayoutError, Message, UsageError
from layout.pipeline.baselines import by_preflight, compared, opened
from layout.pipeline.options import Options
from layout.pipeline.output import write_all
from layout.preflight.source_map import source_map
from layout.preflight.verdict import Verdict, examine
from layout.press.load import load_profile
from layout.press.model import PressProfile

USUAL_PRESS = "newsprint-coldset"
"""A PDF by itself does not say where it will be printed; most newspapers are printed so."""

DEFAULTS = Options()


def preflight(file: Path | str, options: Options = DEFAULTS, *, ink: bool = True, deep: bool = False) -> Verdict:
    """The verdict on a PDF, whoever made it: its findings, and for every check whether it was carried out.

    Of *options* count ``press`` (a name, or the path of a ``.toml`` file; by itself the profile of the build that made
    the file, else ``newsprint-coldset``), ``baseline`` and ``write_baseline``. *ink* draws the plates, for the ink that
    adds up on paper: it needs Ghostscript. *deep* has four renderers draw each page and compares them. Nothing is
    written but a baseline. Raises ``UsageError`` where there is no such file or profile, ``PrintError`` for what is no
    PDF, is damaged past repair or wants a password.
    """
    pdf = Path(file)
    if not pdf.is_file():
        raise UsageError(
            Message(f"没有文件 {pdf}。", f"There is no file {pdf}."), hint=Message("查一查路径。", "Check the path.")
        )
    baseline = opened(options)
    known = source_map(pdf)
    profile = _profile(options.press or "", known.press if known else "")
    verdict = examine(pdf, profile, known.expected if known else None, ink=ink, deep=deep)
    if known is not None:
        verdict = replace(verdict, findings=tuple(map(known.located, verdict.findings)))
    ran = (check for check, result in verdict.results.items() if result.status != "not run")
    comparison = compared(baseline, verdict.findings, by_preflight(ran), options)
    write_all(comparison.files)
    return replace(verdict, findings=comparison.findings)


def _profile(chosen: str, reported: str) -> PressProfile:
    """The press profile *chosen*; else the one of the build that made the file; else the most common one."""
    if chosen:
        return load_profile(Path(chosen) if chosen.endswith(".toml") else chosen, [assets.press_dir()])
    try:
        return load_profile(reported or USUAL_PRESS, [assets.press_dir()])
    except LayoutError:  # the plant's own file, which lies with the issue
        return load_profile(USUAL_PRESS, [assets.press_dir()])
