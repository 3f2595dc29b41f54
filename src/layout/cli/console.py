"""What every command is given: the language, the workers, and how findings and progress are printed."""
# ruff: noqa: PLC0415  (Rich, and what starts workers, are loaded only by commands that need them)

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from layout.checks import FailOn, Finding, Severity, fail_level
from layout.cli.guard import short
from layout.cli.help_texts import Words
from layout.cli.language import Say, sayer
from layout.errors import Lang, Message, UsageError
from layout.issue import ISSUE_FILE

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rich.console import RenderableType

    from layout.pipeline.workers import Workers

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done, and how much there is."""

OUT = Path("build")
"""The output folder where ``-o`` is not given."""

WIDE = 1000
"""Characters: nothing we print is wider."""

_NAMES = {Severity.NOTE: ("提示", "note"), Severity.WARNING: ("警告", "warning"), Severity.ERROR: ("错误", "error")}


@dataclass(frozen=True)
class CommandContext:
    """The context of a command: its language, its workers, its output."""

    lang: Lang
    early: Workers | None = None
    """Workers that were started before the command line was parsed."""

    @cached_property
    def say(self) -> Say:
        """Picks the command's language from a pair of texts."""
        return sayer(self.lang)

    @cached_property
    def words(self) -> Words:
        """The help texts in the command's language."""
        return Words(self.lang)

    @contextmanager
    def workers(self, folder: Path, *, in_place: bool = False, cluster: str = "") -> Iterator[Executor | None]:
        """The executor for the pages of the issue in *folder*: *in_place* this process, else the machines of the
        *cluster* at that address, else children that end with this process.

        No worker is started for a folder that is no issue: the error comes at once.
        """
        from layout.pipeline.worker_tasks import PRELOAD
        from layout.pipeline.workers import InPlace, Workers

        if cluster and (folder / ISSUE_FILE).is_file():
            from layout.cli.cluster_option import machines

            with machines(cluster, [folder]) as remote:
                yield remote
        elif in_place:
            yield InPlace()
        elif self.early is not None:
            yield self.early
            self.early.shutdown(wait=False)  # it takes a moment to end: it may do so while the summary is printed
        elif (folder / ISSUE_FILE).is_file():
            with Workers(fork=True, preload=PRELOAD) as workers:
                yield workers
        else:
            yield None

    def show(self, *tables: RenderableType) -> None:
        """Print tables to stdout; in a file or a pipe no line is broken, none has blanks at its end."""
        from rich.console import Console

        terminal = sys.stdout.isatty()
        console = Console(file=sys.stdout, highlight=False, markup=False, width=None if terminal else WIDE)
        with console.capture() as drawn:
            console.print(*tables, sep="\n")
        print("\n".join(line.rstrip() for line in drawn.get().splitlines()))

    def findings(self, findings: Iterable[Finding], *, on_stdout: bool = False) -> None:
        """Print findings, the gravest first, one sentence and one hint each; of those in a baseline their number."""
        from layout.proof.report import ordered

        out, every = sys.stdout if on_stdout else sys.stderr, tuple(findings)
        for finding in ordered(each for each in every if not each.known):
            print(self.line(finding), file=out)
            for hint in finding.hint.lines(self.lang) if finding.hint else ():
                print(f"  → {hint}", file=out)
        if words := known_words(every, self.lang):
            print(words, file=out)

    def line(self, finding: Finding) -> str:
        """``place: severity [check] sentence``."""
        place = short(finding.place) if finding.place else ""
        if finding.sources or finding.template or (finding.page_no and not place):
            from layout.proof.finding_location import page_words

            place = page_words(finding, self.lang)
        grave = self.say(*_NAMES[finding.severity])
        return f"{place}{': ' if place else ''}{grave} [{finding.check}] {finding.message.text(self.lang)}"

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on stderr while it is a terminal; one line per stage when it is not."""
        if not sys.stderr.isatty():
            yield _Stages(self.lang).step
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        from layout.pipeline.stages import stage_name

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            task = bars.add_task("", total=None)

            def step(stage: str, done: int, total: int) -> None:
                bars.update(task, description=stage_name(stage, self.lang), completed=done, total=total)

            yield step


STRICTER: Mapping[FailOn, FailOn] = {"error": "warning", "warning": "note"}
"""What ``--strict`` makes of a command's own level: one step more."""


def chosen_level(written: str, default: Literal["error", "warning"], *, strict: bool) -> FailOn:
    """The level of ``--fail-on``, or of ``--strict``; *default* is the command's own.

    Raises ``UsageError`` for a level that is none, and where both options are given.
    """
    if not written:
        return STRICTER[default] if strict else default
    if strict:
        same = f"--strict = --fail-on {STRICTER[default]}"
        raise UsageError(
            Message("--strict 和 --fail-on 只能用一个。", "--strict and --fail-on exclude one another."),
            hint=Message(same, same),
        )
    return fail_level(written)


def known_words(findings: Iterable[Finding], lang: Lang) -> str:
    """How many of *findings* a baseline has; nothing where it has none."""
    count = sum(finding.known for finding in findings)
    return sayer(lang)(f"基线里已知的 {count} 条。", f"Known from the baseline: {count}.") if count else ""


class _Stages:
    """Prints each stage once."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._said = ""

    def step(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002  (it is a Progress)
        from layout.pipeline.stages import stage_name

        if stage != self._said:
            self._said = stage
            print(f"{stage_name(stage, self._lang)} …", file=sys.stderr, flush=True)
