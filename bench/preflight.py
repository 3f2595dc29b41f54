"""``python bench/preflight.py [-o OUT.json]``: what the verdict on the sample page costs, beside drawing the page.

The target: finishing and preflight together at most 0.6 of the page's render time, the plates (drawn by Ghostscript)
counted apart. Render time can be read in two ways, so both are told, each with its denominator:

* **setting + painting in this program**: copyfit, layout and painting of the same build; prepared pictures are in the
  cache. Several builds one after another, each with empty caches in memory. (Beside it layout + painting
  alone, the smaller half.)
* **WeasyPrint by itself**: the same copy and photographs as a plain page of HTML with CSS columns (``inputs.py``), laid
  out and painted by a process that has just begun: its ``write_pdf`` alone, and the whole process with its imports.
  The numerator is then that of a build in a cold process too.

Told are medians in seconds, and the ratios of the medians.

Then each part by itself: the median of its CPU seconds (this process's and its children's), so that other work on the
machine counts little.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from inputs import write_inputs
from layout import assets
from layout.engine.patches import font_isolation
from layout.pipeline import InPlace, Options, build, page_making, stages
from layout.preflight import judge as judging
from layout.preflight.judge import judge
from layout.preflight.objects import opened
from layout.preflight.reading import read_characters, read_text
from layout.preflight.rules import seen
from layout.preflight.verdict import examine
from layout.preflight.walk import walk
from layout.press.load import load_profile

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


@contextmanager
def stages_by_cpu() -> Iterator[None]:
    """Makes the build's clock count the CPU seconds of this process instead of the wall's."""
    real = stages.time.perf_counter
    stages.time.perf_counter = time.process_time  # type: ignore[attr-defined]
    try:
        yield
    finally:
        stages.time.perf_counter = real  # type: ignore[attr-defined]


RENDER, PAINTING, CHECKING = ("copyfit", "layout", "render"), ("layout", "render"), ("prepress", "preflight")


def beside_rendering(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds of rendering, of finishing with preflight, and their ratios, of builds within one process."""
    told: dict[str, list[float]] = {}

    def once(kind: str) -> None:
        page_making.tools_of.cache_clear()
        seconds = build(ISSUE, Options(out=folder, png=False), workers=InPlace()).seconds
        render, painting, checking = (sum(seconds[each] for each in names) for names in (RENDER, PAINTING, CHECKING))
        for name, value in (
            ("render", render), ("layout and painting alone", painting), ("finishing and preflight", checking),
        ):  # fmt: skip
            told.setdefault(f"{kind}: {name}", []).append(value)

    once("loading")
    for _ in range(ROUNDS):
        once("wall")
        with stages_by_cpu():
            once("cpu")
    return {
        name: {"median": round(statistics.median(values), 3), "least": round(min(values), 3)}
        for name, values in told.items()
        if not name.startswith("loading")
    }


COLD = """
import sys, time
begun = time.perf_counter()
from weasyprint import HTML
page = sys.argv[1]
ready, used = time.perf_counter(), time.process_time()
HTML(page).write_pdf(sys.argv[2])
print(time.perf_counter() - ready, time.process_time() - used, time.perf_counter() - begun)
"""
"""Wall and CPU seconds of layout and painting, and wall seconds of everything."""

COLD_BUILD = """
import sys
from pathlib import Path
from layout.pipeline import InPlace, Options, build
seconds = build(Path(sys.argv[1]), Options(out=Path(sys.argv[2]), png=False), workers=InPlace()).seconds
print(seconds["prepress"] + seconds["preflight"], sum(seconds[each] for each in ("copyfit", "layout", "render")))
"""
"""Seconds of finishing and preflight, and of rendering, each the first of its process."""


def beside_weasyprint(folder: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Seconds of WeasyPrint's own page and of our finishing and preflight, each in a process that has just begun."""
    write_inputs(ISSUE, assets.fonts_dir(), folder)
    environment = {**os.environ, "FONTCONFIG_FILE": str(assets.fonts_dir() / "fonts.conf")}
    columns: dict[str, list[float]] = {}
    for _ in range(rounds):
        for names, script, *arguments in (
            (("WeasyPrint alone: layout and painting", "the same, CPU", "WeasyPrint alone: whole process"), COLD,
             str(folder / "page.html"), str(folder / "plain.pdf")),
            (("finishing and preflight, cold process", "setting and painting, cold process"), COLD_BUILD,
             str(ISSUE), str(folder)),
        ):  # fmt: skip
            message = subprocess.run(
                [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, text=True, check=True
            )
            for name, value in zip(names, message.stdout.split(), strict=True):
                columns.setdefault(name, []).append(float(value))
    return {
        name: {"median": round(statistics.median(of), 3), "least": round(min(of), 3)} for name, of in columns.items()
    }


def readings(beside: Mapping[str, Mapping[str, float]], cold: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Finishing and preflight over render time, by what is taken for it; the target is 0.6."""

    def ratio(one: Mapping[str, float], other: Mapping[str, float]) -> float:
        return round(one["median"] / other["median"], 2)

    ours, frozen = beside["wall: finishing and preflight"], cold["finishing and preflight, cold process"]
    return {
        "warm, / setting + painting in this program": ratio(ours, beside["wall: render"]),
        "warm, / layout + painting in this program": ratio(ours, beside["wall: layout and painting alone"]),
        "cold, / setting + painting in this program": ratio(frozen, cold["setting and painting, cold process"]),
        "cold, / WeasyPrint's layout + painting of the plain page": ratio(
            frozen, cold["WeasyPrint alone: layout and painting"]
        ),
        "cold, / WeasyPrint's whole process on the plain page": ratio(frozen, cold["WeasyPrint alone: whole process"]),
    }


def walked(pdf: bytes) -> int:
    with opened(pdf) as document:
        return sum(len(walk(page)) for page in document.pages)


@contextmanager
def without_drawings() -> Iterator[None]:
    """Leaves out the checks that look at the drawn page, to tell their cost beside the others'."""
    every = judging.SHEET_CHECKS
    judging.SHEET_CHECKS = tuple(check for check in every if check not in seen.CHECKS)
    try:
        yield
    finally:
        judging.SHEET_CHECKS = every


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("-o", "--out", type=Path)
    font_isolation.install()
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    with tempfile.TemporaryDirectory() as folder:
        built = build(ISSUE, Options(out=Path(folder), png=False))
        pdf = built.pdf.read_bytes()
        stages = {stage: round(spent, 4) for stage, spent in built.seconds.items()}
        beside = beside_rendering(Path(folder))
        cold = beside_weasyprint(Path(folder), ROUNDS)
    with without_drawings():
        undrawn = median(lambda: judge(pdf, press))
    told = {
        "finishing + preflight (plates apart) / render time; target 0.6": readings(beside, cold),
        "seconds, warm": beside,
        "seconds, cold": cold,
        "judge": median(lambda: judge(pdf, press)),
        "judge without the drawings of what is seen": undrawn,
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
