"""``python bench/preflight.py [-o OUT.json]``: what the verdict on the sample page costs, beside drawing the page.

The page is built once. Each part is then run several times and the median of its CPU seconds told (this process's and
its children's), so that other work on the machine counts little. The target: finishing and preflight together at most
0.6 of the render time; the plates, drawn by Ghostscript, are counted apart.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from layout import assets
from layout.build import Options, build
from layout.fontbook import isolate
from layout.preflight.judge import judge
from layout.preflight.objects import opened
from layout.preflight.reading import read_characters, read_text
from layout.preflight.verdict import examine
from layout.preflight.walk import walk
from layout.press import load_profile

ISSUE = Path(__file__).resolve().parents[1] / "issues" / "tunliu-2026"
ROUNDS = 7


def cpu() -> float:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


def median(work: Callable[[], object]) -> float:
    """CPU seconds of *work*, the median of several rounds."""
    spent = []
    for _ in range(ROUNDS):
        before = cpu()
        work()
        spent.append(cpu() - before)
    return round(statistics.median(spent), 4)


def walked(pdf: bytes) -> int:
    with opened(pdf) as document:
        return sum(len(walk(page)) for page in document.pages)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("-o", "--out", type=Path)
    isolate(assets.fonts_dir())
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    with tempfile.TemporaryDirectory() as folder:
        built = build(ISSUE, Options(out=Path(folder), png=False))
        pdf = built.pdf.read_bytes()
        stages = {stage: round(spent, 4) for stage, spent in built.seconds.items()}
    told = {
        "judge": median(lambda: judge(pdf, press)),
        "walk": median(lambda: walked(pdf)),
        "read_text": median(lambda: read_text(pdf, 0)),
        "read_characters": median(lambda: read_characters(pdf, 0)),
        "verdict with plates": median(lambda: examine(pdf, press)),
        "verdict, plates and renderers": median(lambda: examine(pdf, press, deep=True)),
        "stages of the build, wall": stages,
    }
    arguments = parser.parse_args()
    text = json.dumps(told, ensure_ascii=False, indent=1)
    print(text)
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
