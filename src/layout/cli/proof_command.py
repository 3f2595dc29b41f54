"""proof: a proof round of an issue. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext, chosen_level
from layout.cli.guard import crash_log

if TYPE_CHECKING:
    from layout.proof.diff import Difference


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
            options = pipeline.Options(out=out, fail_on=level, lang=context.lang)
            options = replace(options, baseline=baseline, write_baseline=write_baseline, results=tuple(results or ()))
            separations = pipeline.SeparationOptions(soft=soft, plates=plates)
            with context.workers(folder, in_place=in_place) as workers, context.progress() as progress:
                proofed = pipeline.proof(
                    folder, options, proof_round, progress, against=against, separations=separations, workers=workers
                )
            context.findings(proofed.built.findings)
            for path in filter(None, (proofed.proof, proofed.contact_sheet, proofed.against)):
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
        return proofed.built.exit_code


def _changes(difference: "Difference", context: CommandContext) -> str:
    passages, regions = difference.passages, difference.regions
    if not passages and not regions:
        return context.say("与上一校相比没有变化。", "No change since the last round.")
    return context.say(
        f"与上一校相比：文字改动 {passages} 处，版面变动 {regions} 处。",
        f"Since the last round: {passages} passages read otherwise, {regions} places look otherwise.",
    )
