"""proof: a proof round of an issue. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, Desk
from layout.cli.guard import crash_log

if TYPE_CHECKING:
    from layout.proof.diff import Difference


def register(app: typer.Typer, desk: Desk) -> None:
    """Add the command."""
    words = desk.words

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
        in_place: Annotated[bool, words.option("--in-place")] = False,
    ) -> int:
        with crash_log(out):
            from layout import pipeline

            options = pipeline.Options(out=out, strict=strict, lang=desk.lang)
            separations = pipeline.SeparationOptions(soft=soft, plates=plates)
            with desk.workers(folder, in_place=in_place) as workers, desk.progress() as progress:
                proofed = pipeline.proof(
                    folder, options, proof_round, progress, against=against, separations=separations, workers=workers
                )
            desk.findings(proofed.built.findings)
            for path in filter(None, (proofed.proof, proofed.contact_sheet, proofed.against)):
                print(path)
            for path in (*proofed.separations, proofed.summary):
                print(path)
            if proofed.difference is not None:
                print(_changes(proofed.difference, desk))
        return proofed.built.exit_code


def _changes(difference: "Difference", desk: Desk) -> str:
    passages, regions = difference.passages, difference.regions
    if not passages and not regions:
        return desk.say("与上一校相比没有变化。", "No change since the last round.")
    return desk.say(
        f"与上一校相比：文字改动 {passages} 处，版面变动 {regions} 处。",
        f"Since the last round: {passages} passages read otherwise, {regions} places look otherwise.",
    )
