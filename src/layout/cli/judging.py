"""preflight and proof: looking at what came out. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from layout.cli.desk import Desk
from layout.cli.guard import crash_log
from layout.errors import Said, UsageError
from layout.findings import Finding, Severity

OUT = Path("build")
PRESS = "newsprint-coldset"
"""A PDF by itself does not say where it will be printed; most newspapers are printed so."""


def register(app: typer.Typer, desk: Desk) -> None:
    """Add the commands of this module."""
    _preflight(app, desk)
    _proof(app, desk)


def _preflight(app: typer.Typer, desk: Desk) -> None:
    words = desk.words

    @app.command(**words.command("preflight"))
    def preflight(
        file: Annotated[Path, words.argument("FILE.pdf")],
        *,
        press: Annotated[str, words.option("--press", metavar="NAME", key="preflight --press")] = PRESS,
        strict: Annotated[bool, words.option("--strict")] = False,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        from layout import assets
        from layout.preflight.judge import judge
        from layout.press import load_profile

        if not file.is_file():
            raise UsageError(
                Said(f"没有文件 {file}。", f"There is no file {file}."), hint=Said("查一查路径。", "Check the path.")
            )
        own_file = Path(press) if press.endswith(".toml") else press
        findings = judge(file, load_profile(own_file, [assets.press_dir()]))
        if as_json:
            rows = [finding.as_json(desk.lang) for finding in findings]
            json.dump({"file": str(file), "press": press, "findings": rows}, sys.stdout, ensure_ascii=False, indent=1)
            print()
        else:
            desk.findings(findings, on_stdout=True)
            print(_verdict(file, findings, desk))
        return exit_code(findings, strict=strict)


def _proof(app: typer.Typer, desk: Desk) -> None:
    words = desk.words

    @app.command(**words.command("proof"))
    def proof(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        proof_round: Annotated[int, words.option("--round", metavar="N", min=1)] = 1,
        strict: Annotated[bool, words.option("--strict")] = False,
    ) -> int:
        with crash_log(out):
            from layout import build as room

            wanted = room.Options(out=out, strict=strict, lang=desk.lang)
            with desk.progress() as progress:
                proofed = room.proof(folder, wanted, proof_round, progress)
            desk.findings(proofed.built.findings)
            for path in (proofed.proof, proofed.contact_sheet, proofed.summary):
                print(path)
        return proofed.built.exit_code


def _verdict(file: Path, findings: Sequence[Finding], desk: Desk) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if not errors and not warnings:
        return desk.say(f"{file}：合格。", f"{file}: passes.")
    return desk.say(f"{file}：错误 {errors}，警告 {warnings}。", f"{file}: errors {errors}, warnings {warnings}.")


def exit_code(findings: Sequence[Finding], *, strict: bool) -> int:
    """1 when a finding is an error (or, with *strict*, a warning), else 0."""
    limit = Severity.WARNING if strict else Severity.ERROR
    return int(any(finding.severity >= limit for finding in findings))
