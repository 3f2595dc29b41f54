"""set and explain: composes a text, and explains rules. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.checks import registry
from layout.cli.console import CommandContext
from layout.errors import Message, UsageError
from layout.json_values import JsonValue

if TYPE_CHECKING:
    from layout.composer.cases import Described

MEASURE = 17.0
"""Characters in a basic column of the sample design."""
WIDEST = 10_000
"""The longest measure tried, in em: far more than any sheet, and lengths still add up exactly."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the commands of this module."""
    _set(app, context)
    _explain(app, context)


def _set(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("set"))
    def set_text(
        text: Annotated[str, words.argument("TEXT")] = "",
        *,
        cases: Annotated[Path | None, words.option("--cases", metavar="FILE")] = None,
        measure: Annotated[float, words.option("--measure", metavar="N", min=1)] = MEASURE,
        style: Annotated[list[str] | None, words.option("--style", metavar="NAME=VALUE")] = None,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        if bool(text) == bool(cases):
            raise UsageError(
                Message("给一段 TEXT，或用 --cases 给一个文件，二者取一。", "Give either TEXT or --cases FILE."),
                hint=Message(
                    "例：layout set 时光无言，实干有声。 --measure 8", "layout set 时光无言，实干有声。 --measure 8"
                ),
            )
        if not 1 <= measure <= WIDEST:  # not a number is refused as well
            raise UsageError(
                Message(f"行长须在 1 至 {WIDEST} 字之间。", f"The measure must be from 1 to {WIDEST} em."),
                hint=Message("例：--measure 17", "--measure 17"),
            )
        if cases:
            return _set_cases(cases, context, as_json=as_json)
        from layout.composer.cases import describe

        described = describe(sys.stdin.read() if text == "-" else text, measure, _options(style or []))
        if as_json:
            _print_json(described)
        else:
            _print_lines(described, context)
        return 0


def _set_cases(file: Path, context: CommandContext, *, as_json: bool) -> int:
    from layout.cli.cases import disagreements, is_geometry, read_cases
    from layout.composer.cases import run_cases

    cases = read_cases(file)
    results = run_cases(cases)
    if as_json:
        _print_json(results)
        return 0
    wrong, untried = 0, sum(map(is_geometry, cases))
    for case, result in zip(cases, results, strict=True):
        if is_geometry(case):
            print(f"— {result['id']}  {context.say('（版面一级，这里不查）', '(page level, not tried here)')}")
            continue
        differing = disagreements(case, result)
        wrong += bool(differing)
        print(f"{'✗' if differing else '✓'} {result['id']}  {'／'.join(result['lines'] or [])}")
        for line in differing:
            print(f"    {line.text(context.lang)}")
    zh, en = (f"，未查 {untried}", f", {untried} not tried") if untried else ("", "")
    print(context.say(f"{len(cases)} 例，不符 {wrong}{zh}。", f"{len(cases)} cases, {wrong} differ{en}."))
    return int(bool(wrong))


def _options(style: Sequence[str]) -> dict[str, JsonValue]:
    """``kinsoku=strict`` and the like as a case's options. Raises ``UsageError`` for a name that is no option."""
    from layout.composer.cases import option_names

    found = {}
    for each in style:
        name, equals, value = each.partition("=")
        known = option_names()
        if not equals or (name.replace("-", "_") not in known and name not in known):
            raise _no_option(each, known, get_close_matches(name, known, n=1))
        found[name] = _read(value)
    return found


def _no_option(written: str, known: list[str], near: list[str]) -> UsageError:
    names = f"如 {near[0]}=…" if near else f"名称有：{'、'.join(known)}"
    english = f"such as {near[0]}=…" if near else f"names: {', '.join(known)}"
    return UsageError(
        Message(f"没有“{written}”这样的选项。", f"There is no option “{written}”."),
        hint=Message(f"写成 名称=值，{names}", f"Write NAME=VALUE, {english}"),
    )


def _read(value: str) -> JsonValue:
    """A number, true or false, a JSON list, or the word itself."""
    if value in ("1.5", "1.0"):  # ``adjacent`` takes these as words
        return value
    try:
        read: JsonValue = json.loads(value)
    except json.JSONDecodeError:
        return value
    return read


def _print_lines(described: "Described", context: CommandContext) -> None:
    from layout.composer.classes import marks

    for number, line in enumerate(described["lines"], start=1):
        print(f"{number:3} {line['text'].strip()}")
        for kind, rule in line["rules"].items():
            words = marks().words[kind]
            cited = context.say(words["rule"], rule)
            print(f"      {context.say(words['zh'], words['en'])} {_amount(kind, line['adjust'], context)} [{cited}]")
        width = context.say(f"宽 {line['width']:g}", f"width {line['width']:g}")
        gap = context.say(f"最松字距 {line['loosest_gap']:g}", f"loosest gap {line['loosest_gap']:g}")
        print(f"      {width}，{gap}" if context.lang == "zh" else f"      {width}, {gap}")
    for remark in described["remarks"]:
        where = context.say(f"第 {remark['line'] + 1} 行", f"line {remark['line'] + 1}")
        much = remark.get("torn") or context.say(f"{remark['amount']:.3g} 字", f"{remark['amount']:.3g} em")
        if "missing" in remark:
            much += context.say(f"，限度内还缺 {remark['missing']:.3g} 字", f", lacks {remark['missing']:.3g} em")
        print(f"  ! {where}: {context.say(*_REMARKS[remark['what']])} ({much})")


def _amount(kind: str, adjust: Mapping[str, float | list[float]], context: CommandContext) -> str:
    """-0.25 −0.25: taken at each place; +0.1 × 6: given to each of six gaps."""
    found = adjust[kind]
    if isinstance(found, list):
        return " ".join(f"{amount if kind.endswith('+') else -amount:+g}" for amount in found)
    places = f" × {adjust['inter_char_gaps']}" if kind == "inter_char+" else context.say(" 每处", " each")
    return f"{found:+g}{places}"


_REMARKS = {
    "loose": ("字距偏大", "loose"),
    "very_loose": ("字距过大", "very loose"),
    "short_address": ("地址旁排不满", "short beside an address"),
    "overlong": ("超出栏宽", "longer than the measure"),
    "too_long": ("行数不够", "longer than its lines hold"),
    "runt": ("单字成行", "a last line too short"),
    "torn_name": ("专名拆开", "a name torn"),
    "torn_unit": ("数字和单位拆开", "a figure torn from its unit"),
    "torn_title": ("书名拆开", "a title torn"),
    "torn_item": ("名字或短词拆开", "a name or short word torn"),
    "torn_address": ("网址、邮箱、电话拆开", "an address torn"),
    "torn_word": ("破词断行", "broken inside a word"),
}


def _print_json(data: object) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    print()


def _explain(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("explain"))
    def explain(rule: Annotated[str, words.argument("RULE")] = "") -> int:
        if rule:
            from layout.preflight.explain import explain as explanation

            print(explanation(rule, context.lang))
        else:
            for check in registry().all().values():
                print(f"{check.id:24} {check.name.text(context.lang)}")
        return 0
