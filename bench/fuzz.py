"""``python bench/fuzz.py [--files 2000] [--pictures 400] [--seed 1]``: damaged files give findings or refusals.

PDFs: the tests' clean page unpacked, and the sample issue's press file, with bytes changed, cut, repeated and put in at
random places (tests/damage.py); each is judged with every check that needs no other program, by a press that is strict
about all. Pictures: one of each kind, damaged the same way, prepared for a page. Then each file of
tests/preflight/test_hostile.py in a process of its own: docs/checks.md promises 60 CPU seconds. The same seed gives the
same files. Told are how many were refused, the slowest, and the memory at its height; a traceback ends the run with the
seed that made it, and with exit code 1. That nothing breaks is tested by `make soak`; this measures.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from layout import assets
from layout.errors import LayoutError
from layout.pictures import PictureRequest, prepare_many
from layout.pipeline import Options, build
from layout.preflight.expected import Expected
from layout.preflight.judge import judge
from layout.press.load import load_profile
from layout.press.model import PressProfile

ROOT = Path(__file__).resolve().parents[1]
ISSUE = ROOT / "issues" / "tunliu-2026"
sys.path[0] = str(ROOT / "tests")  # instead of this folder, which has a module of the name of a folder of tests

from damage import damaged, small_pictures  # noqa: E402
from preflight.support import unpacked  # noqa: E402
from preflight.test_hostile import HOSTILE, Hostile, judged, written  # noqa: E402


def pdfs(folder: Path) -> list[bytes]:
    """What is damaged: a page with nothing packed, and a real one as the press gets it."""
    return [unpacked(), build(ISSUE, Options(out=folder, png=False)).pdf.read_bytes()]


def runs(wanted: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every damaged file, by the name that makes it again, and what is done with it."""
    press = load_profile("newsprint-coldset", [assets.press_dir()])
    strict = replace(press, transparency=False, pages_multiple=2, bleed_mm=3.0, marks=True, safe_mm=5.0)
    plan = Expected(1, (400.0, 300.0), "两会特刊", frozenset({"Test Song"}), (frozenset("K"),))
    bases, photographs = pdfs(folder), small_pictures()
    for number in range(wanted.files):
        # Of the real page, which takes a hundred times as long, every twentieth.
        pdf = damaged(bases[number % 20 == 0], wanted.seed * 1_000_000 + number)
        yield f"pdf {number}", lambda pdf=pdf: judge(pdf, strict, plan)
    for number in range(wanted.pictures):
        path = folder / f"{number}.picture"
        path.write_bytes(damaged(photographs[number % len(photographs)], wanted.seed * 2_000_000 + number))
        yield f"picture {number}", lambda path=path: prepared(path, press, folder)


def prepared(path: Path, press: PressProfile, folder: Path) -> None:
    prepare_many([PictureRequest(path, 72, 54)], profile=press, cache_dir=folder / "cache")
    path.unlink()


def hostile_seconds(harm: Hostile, folder: Path) -> tuple[float, str]:
    """CPU seconds of the verdict on a file made to do harm, and its name."""
    written(harm, folder)
    before = children()
    judged(folder)
    return children() - before, harm.__name__


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--pictures", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    refused, slowest, done = 0, (0.0, ""), 0
    with tempfile.TemporaryDirectory() as name:
        for run, work in runs(wanted, Path(name)):
            began = time.process_time()
            try:
                work()
            except LayoutError:
                refused += 1
            except Exception:
                print(f"seed {wanted.seed}: {run}", file=sys.stderr)
                raise
            done += 1
            slowest = max(slowest, (time.process_time() - began, run))
        hostile = max(map(partial(hostile_seconds, folder=Path(name)), HOSTILE))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {
        "files": done,
        "refused": refused,
        "slowest, CPU s": [round(slowest[0], 2), slowest[1]],
        "memory, MiB": memory,
        "slowest of the hostile files, CPU s": [round(hostile[0], 1), hostile[1]],
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
