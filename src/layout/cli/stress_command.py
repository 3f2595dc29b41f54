"""stress: a design with copy that nobody made for it. (Typer reads the annotations while this function runs.)"""
# ruff: noqa: PLC0415

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext, chosen_level
from layout.cli.guard import as_fault

if TYPE_CHECKING:
    from layout.pipeline.stress import StressedCase, StressOptions
    from layout.pipeline.stress_amounts import MeasuredKind, TakenCopy

SHOWN = 6
"""Findings of one case that the terminal shows; its report has all."""
MOST_JOBS = 4
"""Cases made at once where nobody says: each takes some 300 MB."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("stress"))
    def stress(
        design: Annotated[str, words.argument("DESIGN", key="stress DESIGN")],
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        cases: Annotated[str, words.option("--cases", key="stress --cases", metavar="CASES")] = "",
        kinds: Annotated[str, words.option("--kinds", metavar="KINDS")] = "",
        press: Annotated[str, words.option("--press", metavar="NAME")] = "",
        strict: Annotated[bool, words.option("--strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL")] = "",
        jobs: Annotated[int | None, words.option("--jobs", key="stress --jobs", metavar="N", min=1)] = None,
    ) -> int:
        from layout import pipeline
        from layout.issue_writing.stress_issue import chosen_cases
        from layout.pipeline.batch import exit_code
        from layout.pipeline.stress import StressOptions, design_to_stress

        folder = design_to_stress(design)
        level = chosen_level(fail_on, "error", strict=strict)
        build = pipeline.Options(out / f"{folder.name}-stress", press=press or None, fail_on=level, lang=context.lang)
        chosen = tuple(kind.strip() for kind in kinds.replace("，", ",").split(",") if kind.strip())
        count = jobs or max(1, min(MOST_JOBS, os.cpu_count() or 1))
        options = StressOptions(build, chosen_cases(cases), chosen, count)
        made, measured = _made(folder, options, context)
        written = _sheets(folder.name, made, out, context)
        _show(made, context)
        for each in measured:
            print(_amounts(each, context), end="\n\n")
        print(*written, sep="\n")
        return exit_code([each.result for each in made])


def _made(
    folder: Path, options: "StressOptions", context: CommandContext
) -> tuple[list["StressedCase"], list["MeasuredKind"]]:
    """Every case, in the order in which kinds of page and cases are listed; and what was measured of the copy that
    pages take.
    """
    from layout.design.page_hooks import page_hooks
    from layout.issue_writing.stress_issue import stress_cases
    from layout.pipeline.stress import StressRun

    run = StressRun(folder, options, as_fault)
    with context.progress() as progress:
        made = list(run.results(progress))
    kinds, order = [hooks.name for hooks in page_hooks(folder)], list(stress_cases())
    made.sort(key=lambda each: (kinds.index(each.written.hooks.name), order.index(each.written.case.name)))
    return made, run.measured


def _amounts(kind: "MeasuredKind", context: CommandContext) -> str:
    """How much copy a kind of page is full with, and what to write into design.toml."""
    say, name = context.say, kind.hooks.kind
    rows = say("；", "; ").join(_amount(pictures, taken, context) for pictures, taken in kind.taken.items())
    stated = [
        kind.taken[min(each for each in kind.taken if each >= count)].usual for count in range(max(kind.taken) + 1)
    ]
    line = f"characters.{name} = [{', '.join(f'[{each.least}, {each.most}]' for each in stated)}]"
    return say(
        f"{name} 版正好排满的稿：{rows}。写进 design.toml，稿子长了短了编辑就先知道：\n  {line}",
        f"A {name} is full with so many characters: {rows}. Write them into design.toml:\n  {line}",
    )


def _amount(pictures: int, taken: "TakenCopy", context: CommandContext) -> str:
    """How much copy so many pictures leave room for; of headline and copy alone where that is another."""
    usual, bare = taken.usual, taken.bare
    zh, en = f"{usual.least}–{usual.most} 字", f"{usual.least} to {usual.most}"
    if bare != usual:
        zh += f"（只有标题和正文的 {bare.least}–{bare.most} 字）"
        en += f" ({bare.least} to {bare.most} of headline and copy alone)"
    return context.say(f"{f'{pictures} 幅图' if pictures else '没有图'} {zh}", f"{pictures or 'no'} pictures {en}")


def _sheets(name: str, made: Sequence["StressedCase"], out: Path, context: CommandContext) -> list[Path]:
    """Writes the contact sheets and gives their paths."""
    from layout.pipeline.output import write_all
    from layout.pipeline.stress_cells import stress_files

    title = context.say(f"试排：{name}", f"Stress: {name}")
    pdf, pictures = stress_files(title, made, context.lang)
    files = {out / f"{name}-stress.pdf": pdf}
    for kind, picture in pictures:
        files[out / (f"{name}-stress.png" if len(pictures) == 1 else f"{name}-stress-{kind}.png")] = picture
    write_all({**files})
    return list(files)


def _show(made: Sequence["StressedCase"], context: CommandContext) -> None:
    """The table of all cases, and below it what was found in each."""
    from rich.table import Table

    from layout.proof.results_markdown import GRAVITIES, verdict

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (("试法", "case"), ("结果", "result")):
        table.add_column(context.say(*title))
    for title in (("版", "pages"), ("字", "characters"), ("图", "pictures"), ("让步", "gave way"), ("错误", "errors"),
                  ("警告", "warnings"), ("提示", "notes"), ("用时 s", "seconds")):  # fmt: skip
        table.add_column(context.say(*title), justify="right")
    for each in made:
        result, written = each.result, each.written
        changes = sum(len(page["changes"]) for page in each.report["pages"]) if each.report else 0
        label = f"{written.name}{context.say(f'  {written.case.zh}', '')}"
        counts = (str(result.count(gravity) or "") for gravity in GRAVITIES)
        table.add_row(
            label, verdict(result).text(context.lang), str(result.pages or ""), str(written.characters),
            str(written.pictures or ""), str(changes or ""), *counts, f"{result.seconds:.1f}",
        )  # fmt: skip
    context.show(table)
    for each, found, alike in _once(made, context):
        print(f"\n{each.written.issue}: {each.written.case.label.text(context.lang)}")
        if alike:
            count, names = len(alike), context.say("、", ", ").join(alike)
            print(context.say(f"  另 {count} 种也是这样：{names}", f"  alike in {count} more: {names}"))
        for place, words in found[:SHOWN]:
            print(f"  {place}{': ' if place else ''}{words}")
        if (more := len(found) - SHOWN) > 0:
            print(context.say(f"  还有 {more} 条，见 {each.written.pdf.parent} 里的报告。",
                              f"  And {more} more, in the report in {each.written.pdf.parent}."))  # fmt: skip
    print()


_Told = tuple[str, str]
"""Where something is, and the words for it."""


def _once(
    made: Sequence["StressedCase"], context: CommandContext
) -> Iterator[tuple["StressedCase", list[_Told], list[str]]]:
    """The cases in which something was found, with the names of others in which that is the same, wherever it stands
    in their copy: a fault of the template is a fault of every case.
    """
    alike: dict[tuple[str, ...], list[tuple[StressedCase, list[_Told]]]] = {}
    for each in made:
        if found := list(_found(each, context)):
            alike.setdefault(tuple(words for _, words in found), []).append((each, found))
    for (first, found), *others in alike.values():
        yield first, found, [case.written.name for case, _ in others]


def _found(each: "StressedCase", context: CommandContext) -> Iterator[_Told]:
    """Errors and warnings of a case for whoever made the design, the gravest first, those that are alike together."""
    if each.report is None:
        for row in each.result.rows:
            yield str(row.place or row.file), row.message + (f"\n    → {row.hint}" if row.hint else "")
        return
    from layout.pipeline.stress_cells import grouped

    found = [finding for finding in each.report["findings"] if finding["severity"] != "note"]
    first_page = each.report["pages"][0]["number"]
    for page in each.report["pages"]:
        own = [finding for finding in found if (finding["page"] or first_page) == page["number"]]
        for group in grouped(own, each.inspections.get(page["number"])):
            first = group.findings[0]
            grave = context.say("错误", "error") if first["severity"] == "error" else context.say("警告", "warning")
            place = group.places or first["place"] or ""
            times = f" ×{len(group.findings)}" if len(group.findings) > 1 else ""
            hint = first.get("hints", {}).get("designer") or ""
            line = f"{grave} [{first['check']}]{times} {first['message']}"
            yield place, line + (f"\n    → {hint}" if hint else "")
