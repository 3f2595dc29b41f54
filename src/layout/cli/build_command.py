"""build, check and preview: from an issue folder to the page.

Typer reads the annotations while these functions run, so there is no ``from __future__ import annotations`` here.
Each command imports what it needs when it runs: help must not wait for the engine.
"""
# ruff: noqa: PLC0415

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from layout.checks import fails
from layout.cli.console import OUT, CommandContext, chosen_level
from layout.cli.guard import as_fault, crash_log

PORT = 8321


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the commands of this module."""
    _build(app, context)
    _check(app, context)
    _preview(app, context)


def _build(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("build"))
    def build(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
        pages: Annotated[str, words.option("--pages", metavar="1,3-4")] = "",
        press: Annotated[str, words.option("--press", metavar="NAME")] = "",
        strict: Annotated[bool, words.option("--strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL")] = "",
        baseline: Annotated[Path | None, words.option("--baseline", metavar="FILE")] = None,
        write_baseline: Annotated[bool, words.option("--write-baseline")] = False,
        results: Annotated[list[Path] | None, words.option("--results", metavar="FILE")] = None,
        jobs: Annotated[int, words.option("--jobs", metavar="N", min=1)] = 1,
        no_png: Annotated[bool, words.option("--no-png")] = False,
        single_pages: Annotated[bool, words.option("--single-pages")] = False,
        ticket: Annotated[bool, words.option("--ticket")] = False,
        deadline: Annotated[str, words.option("--deadline", metavar="WHEN")] = "",
        final: Annotated[bool, words.option("--final")] = False,
        unsigned: Annotated[str | None, words.option("--unsigned", metavar="REASON")] = None,
        only_changed: Annotated[bool, words.option("--only-changed")] = False,
        draft: Annotated[bool, words.option("--draft")] = False,
        filler: Annotated[bool, words.option("--filler")] = False,
        fresh: Annotated[bool, words.option("--fresh", key="build --fresh")] = False,
        cluster: Annotated[str, words.option("--cluster", metavar="ADDRESS")] = "",
        in_place: Annotated[bool, words.option("--in-place")] = False,
    ) -> int:
        with crash_log(out):
            from layout import pipeline
            from layout.pipeline.options import moment

            level = chosen_level(fail_on, "error", strict=strict)
            options = pipeline.Options(out, pages or None, press or None, level, jobs, context.lang, not no_png)
            options = replace(options, single_pages=single_pages, keep=False, ticket=ticket)
            options = replace(options, deadline=moment(deadline) if deadline else None)
            options = replace(options, baseline=baseline, write_baseline=write_baseline, results=tuple(results or ()))
            options = replace(options, final=final, unsigned=unsigned, only_changed=only_changed, fresh=fresh)
            options = replace(options, draft=draft, filler=filler)
            workplace = context.workers(folder, in_place=in_place, cluster=cluster)
            with workplace as workers, context.progress() as progress:
                built = pipeline.build(folder, options, progress, workers)
            from layout.cli.summary import summary

            context.findings(built.findings)
            print(summary(built, context.lang))
        return built.exit_code


def _check(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("check"))
    def check(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        pages: Annotated[str, words.option("--pages", metavar="1,3-4")] = "",
        press: Annotated[str, words.option("--press", metavar="NAME")] = "",
        strict: Annotated[bool, words.option("--strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL")] = "",
        baseline: Annotated[Path | None, words.option("--baseline", metavar="FILE")] = None,
        write_baseline: Annotated[bool, words.option("--write-baseline")] = False,
        results: Annotated[list[Path] | None, words.option("--results", metavar="FILE")] = None,
        in_place: Annotated[bool, words.option("--in-place")] = False,
    ) -> int:
        from layout import pipeline
        from layout.cli.proofread_command import desk_of

        level = chosen_level(fail_on, "error", strict=strict)
        options = pipeline.Options(pages=pages or None, press=press or None, fail_on=level, lang=context.lang)
        options = replace(options, baseline=baseline, write_baseline=write_baseline, results=tuple(results or ()))
        # Nobody reads along where it is no terminal: what is printed are findings, and nothing else.
        progress = context.progress() if sys.stderr.isatty() else nullcontext(pipeline.quiet)
        with context.workers(folder, in_place=in_place) as workers, progress as step:
            findings = pipeline.check(folder, options, workers, desk_of, progress=step)
        context.findings(findings, on_stdout=True)
        if not findings:
            print(context.say(f"{folder}：没有发现问题。", f"{folder}: nothing found."))
        return int(fails(findings, level))


def _preview(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("preview"))
    def preview(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        port: Annotated[int, words.option("--port", metavar="N", min=0, max=65535)] = PORT,
        no_open: Annotated[bool, words.option("--no-open")] = False,
        press: Annotated[str, words.option("--press", metavar="NAME")] = "",
        editor: Annotated[str, words.option("--editor", metavar="PATTERN")] = "",
        filler: Annotated[bool, words.option("--filler", key="preview --filler")] = False,
    ) -> int:
        from layout.preview.editor_link import VARIABLE, VSCODE, checked_pattern
        from layout.preview.live import preview as show

        pattern = checked_pattern(editor or os.environ.get(VARIABLE) or VSCODE)

        def ready(address: str) -> None:
            print(context.say(f"预览：{address} （Ctrl-C 结束）", f"Preview: {address} (Ctrl-C ends)"), flush=True)
            if not no_open:
                typer.launch(address)

        show(
            folder, lang=context.lang, port=port, press=press or None, editor=pattern, filler=filler,
            ready=ready, fault_of=as_fault,
        )  # fmt: skip
        print(context.say("预览已结束。", "Preview ended."), file=sys.stderr)
        return 0
