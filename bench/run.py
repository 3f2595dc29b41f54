"""``make bench``: the sample issue beside plain WeasyPrint and Typst; same copy, photographs, fonts and sheet.

Runs alternate, so that whatever else the machine does hits all alike; medians are told, and ratios are medians of the
ratios within each round. Memory is the peak of one process; processor time is that of a run's every process, those
too that its workers have begun. “Empty caches” develops the photographs anew, each time in a folder of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from processes import children

TOP = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
ISSUE = TOP / "issues" / "tunliu-2026"
FONTS = TOP / "fonts"
AGAINST = "plain WeasyPrint"
EMPTY, UNSEEN = "layout build, empty caches", "layout build but for “seen”"
_SET_CHILD_SUBREAPER = 36
"""See prctl(2)."""


@dataclass(frozen=True)
class Run:
    """One run: wall seconds, CPU seconds, peak memory in MiB."""

    seconds: float
    cpu: float
    peak: float


def timed(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Run, str]:
    """One run of *command* in a process of its own, and what it printed. Exit code 1 (findings) is a good run too."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)  # a worker's own child, killed with it, is waited for by us
    before = set(children(os.getpid()))
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=dict(environment))
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}\n{errors.read()}")
        cpu = used.ru_utime + used.ru_stime + sum(map(_cpu, set(children(os.getpid())) - before))
        return Run(seconds, cpu, used.ru_maxrss / 1024), out.read()


def _cpu(pid: int) -> float:
    """The CPU seconds of a process that a run has left: it ends with its parent, and is ours now."""
    used = os.wait4(pid, 0)[2]
    return used.ru_utime + used.ru_stime


def contenders(work: Path, environment: Mapping[str, str]) -> dict[str, Callable[[], Run]]:
    """Name and run of each, in the order of the table."""
    python = sys.executable
    pages = {"html": str(work / "page.html"), "typ": str(work / "page.typ")}

    def plain(*command: str) -> Callable[[], Run]:
        return lambda: timed([python, *command], environment)[0]

    def warm() -> Run:
        issue = work / ISSUE.name
        shutil.rmtree(issue, ignore_errors=True)
        shutil.copytree(ISSUE, issue)
        whole, printed = timed([python, str(HERE / "warm.py"), str(issue), str(work / "warm")], environment)
        told = json.loads(printed.splitlines()[-1])
        return Run(told["seconds"], told["cpu"], whole.peak)

    def empty() -> Run:
        shutil.rmtree(work / "none", ignore_errors=True)
        return timed([python, *ours], {**environment, "LAYOUT_CACHE": str(work / "none")})[0]

    ours = ("-m", "layout.cli", "build", str(ISSUE), "-o", str(work / "ours"))
    return {
        "layout build": plain(*ours),
        "layout build --no-png": plain(*ours, "--no-png"),
        EMPTY: empty,
        UNSEEN: plain(
            str(HERE / "long_build.py"), str(ISSUE), str(work / "unseen"), "--jobs", "1", "--unseen", "--png"
        ),
        "layout, one word changed": warm,
        AGAINST: plain(str(HERE / "plain_weasyprint.py"), pages["html"], str(work / "weasyprint.pdf")),
        "Typst": plain(str(HERE / "plain_typst.py"), pages["typ"], str(work / "typst.pdf"), str(FONTS)),
    }


def prepared(work: Path) -> dict[str, str]:
    """Writes the inputs of plain runs into *work*; gives the environment of all that is measured there."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{TOP / 'src'}{os.pathsep}{HERE}",
        "LAYOUT_CACHE": str(work / "cache"),
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "SOURCE_DATE_EPOCH": "1770000000",
    }
    subprocess.run(
        [sys.executable, "-c", PREPARE, str(ISSUE), str(FONTS), str(work)], env=environment, check=True, cwd=HERE
    )
    return environment


def measure(rounds: int, work: Path) -> dict[str, list[Run]]:
    """*rounds* runs of each, after one that is not counted."""
    environment = prepared(work)
    runs: dict[str, list[Run]] = {}
    for number in range(rounds + 1):
        for name, run in contenders(work, environment).items():
            result = run()
            if number:
                runs.setdefault(name, []).append(result)
            print(f"{number}/{rounds} {name}: {result.seconds:.2f} s", file=sys.stderr, flush=True)
    return runs


PREPARE = (
    "import sys; from pathlib import Path; from inputs import write_inputs; write_inputs(*map(Path, sys.argv[1:]))"
)


def table(runs: Mapping[str, Sequence[Run]]) -> list[dict[str, object]]:
    """Medians, and medians of the ratios to plain WeasyPrint round by round."""
    rows: list[dict[str, object]] = []
    for name, own in runs.items():
        row: dict[str, object] = {"name": name}
        for what in ("seconds", "cpu", "peak"):
            row[what] = round(statistics.median(getattr(run, what) for run in own), 3)
            pairs = zip(own, runs[AGAINST], strict=True)
            row[f"{what}_ratio"] = round(statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs), 3)
        rows.append(row)
    return rows


def show(rows: Sequence[Mapping[str, object]]) -> None:
    """The table on stdout."""
    print(f"{'':26}{'seconds':>9}{'×':>7}{'CPU s':>9}{'×':>7}{'MiB':>8}{'×':>7}   (× plain WeasyPrint)")
    for row in rows:
        cells = "".join(
            f"{row[w]:>{n}.{d}f}{row[w + '_ratio']:>7.2f}"
            for w, n, d in (("seconds", 9, 2), ("cpu", 9, 2), ("peak", 8, 0))
        )
        print(f"{row['name']:26}{cells}")


def main() -> None:
    """Measure, show, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=TOP / "build" / "bench.json")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as work:
        runs = measure(wanted.rounds, Path(work))
    rows = table(runs)
    show(rows)
    machine = {"python": platform.python_version(), "system": platform.platform(), "cpus": os.cpu_count()}
    every = {name: [asdict(run) for run in own] for name, own in runs.items()}
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_text(json.dumps({"machine": machine, "rows": rows, "runs": every}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
