"""proof: a proof round of an issue. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext, chosen_level
from layout.cli.guard import crash_log

if TYPE_CHECKING:
    from layout.proof.diff import Difference
    from layout.proof.marks.judgement import JudgedMark


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("proof"))
    def proof(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        proof_round: Annotated[int, words.option("--round", metavar="N", min=1)] = 1,
        against: Annotated[Path | None, words.option("--against", metavar="OLD.pdf")] = None,
        marks: Annotated[list[Path] | None, words.option("--marks", metavar="FILE")] = None,
        a3: Annotated[str | None, words.option("--a3", metavar="reduced|tiled")] = None,
        pages: Annotated[str | None, words.option("--pages", metavar="1,3-4")] = None,
        soft: Annotated[bool, words.option("--soft")] = False,
        plates: Annotated[bool, words.option("--plates")] = False,
        strict: Annotated[bool, words.option("--strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL")] = "",
        baseline: Annotated[Path | None, words.option("--baseline", metavar="FILE")] = None,
        write_baseline: Annotated[bool, words.option("--write-baseline")] = False,
        results: Annotated[list[Path] | None, words.option("--results", metavar="FILE")] = None,
        in_place: Annotated[bool, words.option("--in-place")] = False,
    ) -> int:
        with crash_log(out):
            from layout import pipeline

            level = chosen_level(fail_on, "error", strict=strict)
            options = pipeline.Options(out=out, pages=pages, fail_on=level, lang=context.lang)
            options = replace(options, baseline=baseline, write_baseline=write_baseline, results=tuple(results or ()))
            separations = pipeline.SeparationOptions(soft=soft, plates=plates)
            with context.workers(folder, in_place=in_place) as workers, context.progress() as progress:
                proofed = pipeline.proof(
                    folder, options, proof_round, progress,
                    against=against, separations=separations, marks=marks or (), a3=a3, workers=workers,
                )  # fmt: skip
            context.findings(proofed.built.findings)
            files = (proofed.page, proofed.approval, proofed.proof, proofed.contact_sheet, proofed.against, proofed.a3)
            for path in filter(None, files):
                print(path)
            for path in (*proofed.separations, proofed.summary):
                print(path)
            for page in proofed.built.report.get("against", {}).get("arrangements", ()):
                number, change = page["number"], f"{page['old']} → {page['new']}"
                print(
                    context.say(f"第 {number} 版的组版变了：{change}", f"page {number} is arranged otherwise: {change}")
                )
            if proofed.difference is not None:
                print(_changes(proofed.difference, context))
            for line in (*_marks(proofed.marks, context), *_coarse(proofed.approval_ppi, context)):
                print(line)
        return proofed.built.exit_code


def _marks(marks: Sequence["JudgedMark"], context: CommandContext) -> Iterator[str]:
    """What became of the marks of earlier rounds: each that is not done, with where to look, and how many are."""
    from layout.proof.marks.judgement import STATUS_WORDS

    for mark in marks:
        if mark.status == "done":
            continue
        made, lang = mark.mark, context.lang
        about = made.quote or made.picture or made.copy[max(made.start - 6, 0) : made.start]
        wish = f" → {made.text}" if made.text else ""
        place = f"{mark.place}: " if mark.place else ""
        page = context.say(f"第{mark.page}版", f"page {mark.page}")
        status, kind = STATUS_WORDS[mark.status].text(lang), mark.kind.name.text(lang)
        yield f"{place}{page} {status} [{kind}] {(about + wish).strip()}: {mark.why.text(lang)}"
    if marks:
        of = [sum(mark.status == status for mark in marks) for status in STATUS_WORDS]
        yield context.say(
            f"前几校的批注 {len(marks)} 条：已改 {of[0]}，未改 {of[1]}，说不准 {of[2]}。",
            f"Marks of earlier rounds: {len(marks)}; done {of[0]}, not done {of[1]}, cannot tell {of[2]}.",
        )


def _coarse(ppi: float, context: CommandContext) -> Iterator[str]:
    from layout.proof.page_pictures import LEGIBLE_PPI

    if 0 < ppi < LEGIBLE_PPI:
        yield context.say(
            f"送审稿要在 5 MB 以内，版多，每版只有 {ppi:g} ppi，正文看不清：用 --pages 分几次出。",
            f"The PDF for approval has {ppi:g} ppi a page so as to stay under 5 MB; running text cannot be read: "
            "make it in parts with --pages.",
        )


def _changes(difference: "Difference", context: CommandContext) -> str:
    passages, regions = difference.passages, difference.regions
    if not passages and not regions:
        return context.say("与上一校相比没有变化。", "No change since the last round.")
    return context.say(
        f"与上一校相比：文字改动 {passages} 处，版面变动 {regions} 处。",
        f"Since the last round: {passages} passages read otherwise, {regions} places look otherwise.",
    )
