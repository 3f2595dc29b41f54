"""``python bench/verify.py [-o OUT.json]``: what ``layout verify`` takes beside a build of the same issue.

Whole processes that take turns, so that whatever else the machine does hits all alike: a build with its prepared
pictures at hand, then the file as it was written, packed anew (qpdf), its instructions written anew (mutool -s),
written anew from what it draws (Ghostscript), and with a digit changed. Told are the medians in seconds and the
medians of the ratios within each round. Exit code 1 where one takes more than half of a build.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pikepdf

from run import TOP, timed

sys.path.insert(0, str(TOP / "tests"))
from seal.file_edits import a_digit_changed
from seal.saved_anew import SAME
from trees import environment

MOST = 0.5
"""Of a build, what a verification may take."""

ISSUES = ("tunliu-2026", "duhe-2026")
WAYS = {"packed anew": "qpdf linearized", "instructions anew": "mutool sanitized", "drawn anew": "gs"}


def files(built: Path, work: Path) -> Mapping[str, Path]:
    """What is verified, by what was done to it."""
    found = {"as written": built}
    for name, way in WAYS.items():
        found[name] = work / f"{way.replace(' ', '-')}.pdf"
        SAME[way](built, found[name])
    found["a digit changed"] = work / "edited.pdf"
    with pikepdf.open(built) as pdf:
        changed = any(a_digit_changed(pdf, page, Random(1)) for page in pdf.pages)
        assert changed, "no page has a digit that another one can stand for"
        pdf.save(found["a digit changed"])
    return found


def of_issue(name: str, rounds: int, work: Path) -> dict[str, dict[str, float]]:
    """Medians of one issue, by what is verified."""
    out, around = work / "out", environment(TOP, work)
    command = [sys.executable, "-m", "layout.cli"]
    build = [*command, "build", str(TOP / "issues" / name), "-o", str(out)]
    timed(build, around)
    held = files(out / f"{name}.pdf", work)
    seconds: dict[str, list[float]] = {"build": [], **{each: [] for each in held}}
    for _ in range(rounds):
        seconds["build"].append(timed(build, around)[0].seconds)
        for each, path in held.items():
            seconds[each].append(timed([*command, "verify", str(path), str(out)], around)[0].seconds)
    return {
        each: {
            "seconds": round(statistics.median(own), 3),
            "of a build": round(statistics.median(a / b for a, b in zip(own, seconds["build"], strict=True)), 3),
        }
        for each, own in seconds.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, tells, and fails where a verification takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("-o", "--out", type=Path)
    chosen = parser.parse_args(arguments)
    found = {}
    for issue in ISSUES:
        with tempfile.TemporaryDirectory(prefix="layout-bench-") as work:
            found[issue] = of_issue(issue, chosen.rounds, Path(work))
        for each, values in found[issue].items():
            print(f"{issue:14} {each:18} {values['seconds']:6.2f} s  {values['of a build']:5.2f} of a build")
    if chosen.out:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        chosen.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    own = (values["of a build"] for issue in found.values() for each, values in issue.items() if each != "build")
    return int(max(own) > MOST)


if __name__ == "__main__":
    sys.exit(main())
