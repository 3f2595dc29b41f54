"""``python bench/preflight.py [-o OUT.json]``: what the verdict on the sample page costs, beside drawing the page.

The target: finishing and preflight together at most 0.6 of the render time, the plates (drawn by Ghostscript) counted
apart. Both are measured in the same build, several builds one after another, each by a workshop that knows nothing yet;
told are the medians of their CPU and wall seconds and of the ratio. *Render* is what turns copy into a painted page:
setting (copyfit), layout and painting; prepared pictures are in the cache. The ratio to layout and painting alone, the
smaller half of that, is told beside it.

Then each part by itself: the median of its CPU seconds (this process's and its children's), so that other work on the
machine counts little.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from layout import assets
from layout.build import Options, Workshop, build, clock
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


@contextmanager
def stages_by_cpu() -> Iterator[None]:
    """Makes the build's clock count the CPU seconds of this process instead of the wall's."""
    real = clock.time.perf_counter
    clock.time.perf_counter = time.process_time  # type: ignore[attr-defined]
    try:
        yield
    finally:
        clock.time.perf_counter = real  # type: ignore[attr-defined]


RENDER, PAINTING, CHECKING = ("copyfit", "layout", "render"), ("layout", "render"), ("prepress", "preflight")


def beside_rendering(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds of rendering, of finishing with preflight, and their ratios, of builds within one process."""
    told: dict[str, list[float]] = {}

    def once(kind: str) -> None:
        seconds = Workshop().build(ISSUE, Options(out=folder, png=False)).seconds
        render, painting, checking = (sum(seconds[each] for each in names) for names in (RENDER, PAINTING, CHECKING))
        for name, value in (
            ("render", render), ("finishing and preflight", checking), ("ratio", checking / render),
            ("ratio to layout and painting alone", checking / painting),
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
        beside = beside_rendering(Path(folder))
    told = {
        "beside rendering, plates apart": beside,
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
