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
    from layout.proof.report_json import FindingJson

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
        jobs: Annotated[int, words.option("--jobs", key="stress --jobs", metavar="N", min=1)] = 0,
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
        made = _made(folder, options, context)
        written = _sheets(folder.name, made, out, context)
        _show(made, context)
        print(*written, sep="\n")
        return exit_code([each.result for each in made])


def _made(folder: Path, options: "StressOptions", context: CommandContext) -> list["StressedCase"]:
    """Every case, in the order in which the cases are listed."""
    from layout.issue_writing.stress_issue import stress_cases
    from layout.pipeline.stress import run_stress

    order = list(stress_cases())
    with context.progress() as progress:
        made = list(run_stress(folder, options, as_fault, progress=progress))
    kinds = list(dict.fromkeys(sorted(each.written.hooks.name for each in made)))
    return sorted(made, key=lambda each: (kinds.index(each.written.hooks.name), order.index(each.written.case.name)))


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
    for each in made:
        lines = list(_found(each, context))
        if lines:
            print(f"\n{each.written.issue}: {each.written.case.label.text(context.lang)}")
        for line in lines[:SHOWN]:
            print(line)
        if (more := len(lines) - SHOWN) > 0:
            print(context.say(f"  还有 {more} 条，见 {each.written.pdf.parent} 里的报告。",
                              f"  And {more} more, in the report in {each.written.pdf.parent}."))  # fmt: skip
    print()


def _found(each: "StressedCase", context: CommandContext) -> Iterator[str]:
    """Errors and warnings of a case for whoever made the design, the gravest first, those that are alike together."""
    if each.report is None:
        for row in each.result.rows:
            yield f"  {row.place or row.file}: {row.message}" + (f"\n    → {row.hint}" if row.hint else "")
        return
    from layout.pipeline.stress_cells import place_in_design

    together: dict[tuple[str, str], list[FindingJson]] = {}
    for finding in each.report["findings"]:
        if finding["severity"] != "note":
            key = (finding["check"], place_in_design(finding) or finding["message"])
            together.setdefault(key, []).append(finding)
    for group in sorted(together.values(), key=lambda own: own[0]["severity"] != "error"):
        first = group[0]
        grave = context.say("错误", "error") if first["severity"] == "error" else context.say("警告", "warning")
        place = place_in_design(first) or first["place"] or ""
        times = f" ×{len(group)}" if len(group) > 1 else ""
        hint = first.get("hints", {}).get("designer") or ""
        line = f"  {place}{': ' if place else ''}{grave} [{first['check']}]{times} {first['message']}"
        yield line + (f"\n    → {hint}" if hint else "")
