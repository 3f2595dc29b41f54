"""set and explain: what is done with a line, and why. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from layout.cli.desk import Desk
from layout.errors import Said, UsageError

MEASURE = 17.0
"""Characters in a basic column of the sample design."""


def register(app: typer.Typer, desk: Desk) -> None:
    """Add the commands of this module."""
    _set(app, desk)
    _explain(app, desk)


def _set(app: typer.Typer, desk: Desk) -> None:
    words = desk.words

    @app.command(**words.command("set"))
    def set_text(
        text: Annotated[str, words.argument("TEXT")] = "",
        *,
        cases: Annotated[Path | None, words.option("--cases", metavar="FILE")] = None,
        measure: Annotated[float, words.option("--measure", metavar="N", min=1)] = MEASURE,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        if bool(text) == bool(cases):
            raise UsageError(
                Said("给一段 TEXT，或用 --cases 给一个文件，二者取一。", "Give either TEXT or --cases FILE."),
                hint=Said(
                    "例：layout set 时光无言，实干有声。 --measure 8", "layout set 时光无言，实干有声。 --measure 8"
                ),
            )
        if cases:
            return _set_cases(cases, desk, as_json=as_json)
        from layout.composer.cases import describe

        described = describe(sys.stdin.read() if text == "-" else text, measure)
        if as_json:
            _print_json(described)
        else:
            _print_lines(described, desk)
        return 0


def _set_cases(file: Path, desk: Desk, *, as_json: bool) -> int:
    from layout.cli.cases import disagreements, read_cases
    from layout.composer.cases import run_cases

    cases = read_cases(file)
    results = run_cases(cases)
    if as_json:
        _print_json(results)
        return 0
    wrong = 0
    for case, result in zip(cases, results, strict=True):
        differing = disagreements(case, result)
        wrong += bool(differing)
        print(f"{'✗' if differing else '✓'} {result['id']}  {'／'.join(result['lines'] or [])}")
        for line in differing:
            print(f"    {line.text(desk.lang)}")
    print(desk.say(f"{len(cases)} 例，不符 {wrong}。", f"{len(cases)} cases, {wrong} differ."))
    return int(bool(wrong))


def _print_lines(described: dict[str, Any], desk: Desk) -> None:
    for number, line in enumerate(described["lines"], start=1):
        changes = [
            f"{kind} {amount if kind.endswith('+') else -sum(amount):+.4g} [{line['rules'][kind]}]"
            for kind, amount in line["adjust"].items()
            if kind in line["rules"] and not (kind.endswith("+") and isinstance(amount, list))
        ]
        print(f"{number:3} {line['text'].strip()}")
        if changes:
            print(f"      {'；'.join(changes)}")
    for remark in described["remarks"]:
        where = desk.say(f"第 {remark['line'] + 1} 行", f"line {remark['line'] + 1}")
        print(f"  ! {where}: {desk.say(*_REMARKS[remark['what']])} ({remark['amount']:.3g} em)")


_REMARKS = {
    "loose": ("字距偏大", "loose"),
    "very_loose": ("字距过大", "very loose"),
    "overlong": ("超出栏宽", "longer than the measure"),
    "runt": ("单字成行", "a last line too short"),
}


def _print_json(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _explain(app: typer.Typer, desk: Desk) -> None:
    words = desk.words

    @app.command(**words.command("explain"))
    def explain(rule: Annotated[str, words.argument("RULE")] = "") -> int:
        from layout.preflight import registry

        if rule:
            print(registry.explain(rule, desk.lang))
        else:
            for check in registry.checks().values():
                print(f"{check.id:24} {check.title.text(desk.lang)}")
        return 0
