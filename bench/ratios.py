"""``python bench/ratios.py REF``: how long builds take here beside commit REF, in whole processes that take turns.

- ``cold``: the sample, a process of its own for each build, prepared pictures at hand
- ``warm``: one word of the sample changed in a process that has built it (see ``warm.py``)
- ``four``: the four pages of the other sample
- ``pressed``: a page with too much copy, three variants, three sizes of type (see ``pressed_pages``)
- ``nine``: a page of nine elastic pictures
- ``long``: 120 pages like the sample's, no two alike: minutes, and memory at its height

Runs go REF, here, REF, here; the first pair is not counted. Told are the medians of both, the median of the ratios
within the pairs, and the interval that holds the true median with the confidence beside it (order statistics).
A ratio above 1 is slower, or larger, than REF.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import makeup
import pressed_pages
from long_issue import long_issue
from run import timed
from trees import TOP, environment, full_hash, take_out

HERE = Path(__file__).resolve().parent
SAMPLE, FOUR = TOP / "issues" / "tunliu-2026", TOP / "issues" / "duhe-2026"
EDITS = 5
LIMITS = {"cold": 1.05, "warm": 1.03, "four": 1.03, "pressed": 1.03, "nine": 1.03, "long": 1.0}
"""The ratios that a change of the program's plan may cost."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Side:
    """One of the two trees at its work."""

    top: Path
    work: Path

    @property
    def around(self) -> dict[str, str]:
        """Its environment."""
        return environment(self.top, self.work)


Run = Callable[[Side], Mapping[str, float]]
"""One run, and what it measured by name."""


def whole(issue: Path, jobs: int) -> Run:
    """A build of *issue* in a process of its own."""

    def run(side: Side) -> Mapping[str, float]:
        command = [sys.executable, "-m", "layout.cli", "build", str(issue), "-o", str(side.work / "out")]
        taken, _ = timed([*command, "--jobs", str(jobs)], side.around)
        return {"seconds": taken.seconds}

    return run


def warm(side: Side) -> Mapping[str, float]:
    """A word changed in a process that has built the sample before."""
    issue = side.work / SAMPLE.name
    shutil.rmtree(issue, ignore_errors=True)
    shutil.copytree(SAMPLE, issue)
    command = [sys.executable, str(HERE / "warm.py"), str(issue), str(side.work / "out"), str(EDITS)]
    _, printed = timed(command, side.around)
    return {"seconds": json.loads(printed.splitlines()[-1])["seconds"]}


def long(issue: Path, pages: int, jobs: int) -> Run:
    """A long issue: minutes for its pages, and memory at its height."""

    def run(side: Side) -> Mapping[str, float]:
        found = makeup.long_run(issue, side.work, pages, side.around, jobs)
        return {"seconds": 60 * pages / found["pages per minute"], "MiB": found["MiB at most"]}

    return run


def measure(run: Run, sides: Sequence[Side], pairs: int, name: str) -> dict[str, list[tuple[float, float]]]:
    """So many pairs of runs, REF's first, by what they measured; one pair more is run before and not counted."""
    taken: dict[str, list[tuple[float, float]]] = {}
    for number in range(pairs + 1):
        ref, here = (run(side) for side in sides)
        told = ", ".join(f"{what} {ref[what]:.2f} {here[what]:.2f}" for what in ref)
        print(f"{name} {number}/{pairs}: {told}", file=sys.stderr, flush=True)
        if number:
            for what in ref:
                taken.setdefault(what, []).append((ref[what], here[what]))
    return taken


def interval(ratios: Sequence[float]) -> tuple[float, float, float]:
    """The interval of order statistics that holds the median with at least 95 per cent, or the widest there is.

    Its ends, and the confidence: of n values the k-th from below and from above hold it but with twice the chance that
    fewer than k of n fall on one side.
    """
    ordered, count = sorted(ratios), len(ratios)

    def confidence(k: int) -> float:
        return 1 - 2 * sum(math.comb(count, each) for each in range(k)) / 2**count

    k = max((each for each in range(1, count // 2 + 1) if confidence(each) >= CONFIDENCE), default=1)
    return ordered[k - 1], ordered[count - k], max(confidence(k), 0.0)


def row(name: str, what: str, pairs: Sequence[tuple[float, float]]) -> dict[str, object]:
    """One line of the table."""
    ratios = [here / ref for ref, here in pairs]
    low, high, sure = interval(ratios)
    return {
        "case": name, "what": what, "pairs": len(pairs), "ratio": statistics.median(ratios), "low": low, "high": high,
        "confidence": sure, "ref": statistics.median(ref for ref, _ in pairs),
        "here": statistics.median(here for _, here in pairs),
        "limit": LIMITS[name] if what == "seconds" else None, "runs": list(pairs),
    }  # fmt: skip


def show(rows: Sequence[Mapping[str, object]], pages: int) -> None:
    """The table on stdout."""
    print(f"{'':18}{'pairs':>6}{'REF':>9}{'here':>9}{'ratio':>8}{'interval':>17}{'confidence':>12}{'limit':>7}")
    for each in rows:
        at = {key: float(str(each[key])) for key in ("ref", "here", "ratio", "low", "high", "confidence")}
        limit = f"{each['limit']:>7}" if each["limit"] else ""
        span = f"{at['low']:.3f} – {at['high']:.3f}"
        name = f"{each['case']} {each['what']}"
        print(f"{name:18}{each['pairs']:>6}{at['ref']:>9.3f}{at['here']:>9.3f}{at['ratio']:>8.3f}{span:>17}"
              f"{at['confidence']:>11.1%} {limit}")  # fmt: skip
        if each["case"] == "long" and each["what"] == "seconds":
            print(f"{'pages a minute':24}{60 * pages / at['ref']:>9.1f}{60 * pages / at['here']:>9.1f}")


def main(given: Sequence[str] | None = None) -> int:
    """Measures, shows, writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ref", metavar="REF", help="the commit compared with")
    parser.add_argument("--only", nargs="+", choices=LIMITS, default=list(LIMITS), help="which cases; default all")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--long-pairs", type=int, default=3, help="pairs of the long issue, which takes minutes")
    parser.add_argument("--pages", type=int, default=120, help="of the long issue")
    parser.add_argument("--jobs", type=int, default=2, help="of the builds of several pages")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every run goes there")
    wanted = parser.parse_args(given)
    commit = full_hash(wanted.ref)
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="ratios-") as name:
        work = Path(name)
        sides = (Side(take_out(commit, work / "tree"), work / "ref"), Side(TOP, work / "here"))
        runs: dict[str, Callable[[], Run]] = {
            "cold": lambda: whole(SAMPLE, 1),
            "warm": lambda: warm,
            "four": lambda: whole(FOUR, wanted.jobs),
            "pressed": lambda: whole(pressed_pages.pressed(work / "pressed"), 1),
            "nine": lambda: whole(pressed_pages.nine_pictures(work / "nine"), 1),
            "long": lambda: long(long_issue(work / "long", wanted.pages), wanted.pages, wanted.jobs),
        }
        for case in wanted.only:
            pairs = wanted.long_pairs if case == "long" else wanted.pairs
            taken = measure(runs[case](), sides, pairs, case)
            rows += [row(case, what, own) for what, own in taken.items()]
    show(rows, wanted.pages)
    if wanted.json:
        wanted.json.parent.mkdir(parents=True, exist_ok=True)
        wanted.json.write_text(json.dumps({"ref": commit, "rows": rows}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
