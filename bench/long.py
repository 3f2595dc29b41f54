"""``python bench/long.py [--pages 60] [--jobs 2]``: a long issue whose pages differ, by the page.

Pages a minute with every check and with every check but the drawings of what is seen, beside WeasyPrint and Typst on
the same copy and pictures (plainly set, in one file); what each stage takes; memory at page 20 and at the last.

The clock says what this machine did, with whatever else was at work. The processor's time says what a quiet one can do:
60 × its processors ÷ the CPU seconds of a page. Every run ends after two minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from long_issue import long_issue
from processes import memory
from run import timed

TOP = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
FONTS = TOP / "fonts"
LONGEST = 120
"""Seconds of a run."""
FEW = 2
"""Pages of a second run: what is loaded and read once is taken off."""
EARLY = 20


@dataclass(frozen=True)
class Cost:
    """What a long issue cost."""

    pages: int
    seconds: float
    cpu: float


def environment(work: Path) -> dict[str, str]:
    (work / "tmp").mkdir(exist_ok=True)
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **around,
        "PYTHONPATH": f"{TOP / 'src'}{os.pathsep}{HERE}",
        "LAYOUT_CACHE": str(work / "cache"),
        "TMPDIR": str(work / "tmp"),
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "SOURCE_DATE_EPOCH": "1770000000",
    }


def ours(issue: Path, work: Path, *more: str) -> tuple[Cost, Mapping[str, float], Mapping[str, float]] | None:
    """A build of *issue*: its cost, the seconds of its stages, its memory by page; None where it took too long."""
    command = [sys.executable, str(HERE / "long_build.py"), str(issue), str(work / "out"), *more]
    marks: dict[str, float] = {}
    with (work / "told.json").open("w+") as told:
        begun = time.perf_counter()
        with subprocess.Popen(command, env=environment(work), stdout=told, stderr=subprocess.DEVNULL) as run:
            while run.poll() is None:
                if time.perf_counter() - begun > LONGEST:
                    run.kill()
                    return None
                done = len(list((work / "tmp").glob("layout-scratch-*/[0-9]*.pdf")))
                now = memory(run.pid)
                if done >= EARLY:
                    marks.setdefault(f"page {EARLY}", now)
                if done and not any((work / "tmp").glob("layout-scratch-*/whole.pdf")):
                    marks["last page"] = now
                marks["at most, with the report of all"] = max(now, marks.get("at most, with the report of all", 0))
                time.sleep(0.2)
        told.seek(0)
        found = json.loads(told.read().splitlines()[-1])
    return Cost(found["pages"], found["seconds"], found["cpu"]), found["stages"], marks


def plain(name: str, issue: Path, work: Path) -> Cost | None:
    """WeasyPrint or Typst on the pages of *issue*."""
    write = "import sys; from pathlib import Path; from inputs import write_long; write_long(*map(Path, sys.argv[1:]))"
    around = environment(work)
    subprocess.run([sys.executable, "-c", write, str(issue), str(FONTS), str(work)], env=around, check=True, cwd=HERE)
    page = work / {"WeasyPrint": "long.html", "Typst": "long.typ"}[name]
    command = [sys.executable, str(HERE / f"plain_{name.lower()}.py"), str(page), str(work / "plain.pdf"), str(FONTS)]
    taken, _ = timed(["timeout", str(LONGEST), *command], environment(work))
    pages = len(list(issue.glob("*.md")))
    return Cost(pages, taken.seconds, taken.cpu)


def each(long: Cost | None, short: Cost | None) -> dict[str, float | str]:
    """What one page more costs, and pages a minute."""
    if long is None or short is None:
        return {"CPU seconds a page": f"more than {LONGEST} s"}
    cpu = (long.cpu - short.cpu) / (long.pages - short.pages)
    return {
        "CPU seconds a page": round(cpu, 3),
        "pages a minute by the clock": round(60 * long.pages / long.seconds, 1),
        "pages a minute that two processors can do": round(2 * 60 / cpu, 1),
    }


def show(rows: Mapping[str, Mapping[str, object]]) -> None:
    """The tables on stdout."""
    for title, row in rows.items():
        print(title)
        for name, value in row.items():
            print(f"    {name:44}{value!s:>10}")


def main(given: Sequence[str] | None = None) -> None:
    """Measures, shows, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args(given)
    rows: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as name:
        work = Path(name)
        issues = {pages: long_issue(work / f"issue-{pages}", pages) for pages in (FEW, wanted.pages)}
        jobs = ("--jobs", str(wanted.jobs))
        ours(issues[FEW], work, *jobs)  # prepares the pictures and writes bytecode
        for title, more in (("every check", ()), ("every check but the drawings of what is seen", ("--unseen",))):
            few, many = (ours(issues[pages], work, *jobs, *more) for pages in (FEW, wanted.pages))
            rows[f"layout, {title}"] = {**each(many and many[0], few and few[0])}
            if many and not more:
                cost, stages, marks = many
                rows["seconds a page by stage"] = {key: round(taken / cost.pages, 3) for key, taken in stages.items()}
                rows["MiB of all processes"] = {key: round(value) for key, value in marks.items()}
        for other in ("WeasyPrint", "Typst"):
            rows[f"{other}, plainly set"] = {
                **each(*(plain(other, issues[pages], work) for pages in (wanted.pages, FEW)))
            }
    show(rows)
    if wanted.out:
        wanted.out.write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
