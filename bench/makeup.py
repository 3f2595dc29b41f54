"""Make-up: what the search costs, and four pages beside one.

``python bench/makeup.py [--out FILE]``. Everything runs in processes of its own; times are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from pressed_pages import nine_pictures, pressed
from processes import memory

TOP = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
SAMPLE = TOP / "issues" / "tunliu-2026"
DESIGN = TOP / "templates" / "lianghui-broadsheet"


def issue_of(pages: int, folder: Path, variants: int = 1) -> Path:
    """The sample page *pages* times over, each with a story and pictures of its own."""
    folder.mkdir(parents=True)
    design = folder / "design"
    shutil.copytree(DESIGN, design)
    for letter in "abcdef"[: variants if variants > 1 else 0]:
        shutil.copy(design / "page.html", design / f"page-{letter}.html")
    if variants > 1:
        (design / "page.html").unlink()
    plan = (SAMPLE / "issue.toml").read_text(encoding="utf-8").replace('"lianghui-broadsheet"', '"design"')
    head, page, *pictures = re.split(r"(?m)^(?=\[\[)", plan)
    text = [head]
    for number in range(1, pages + 1):
        shutil.copy(SAMPLE / "tunliu.md", folder / f"s{number}.md")
        own = re.sub(r"number = \d+", f"number = {number}", page).replace("tunliu.md", f"s{number}.md")
        text.append(re.sub(r'(?<=[\[ ])"([\w-]+)"(?=[,\]])', rf'"\1-{number}"', own))
        text += [re.sub(r'id = "([\w-]+)"', rf'id = "\1-{number}"', picture) for picture in pictures]
    (folder / "issue.toml").write_text("".join(text), encoding="utf-8")
    return folder


def environment(work: Path) -> dict[str, str]:
    (work / "tmp").mkdir(exist_ok=True)
    return {
        **os.environ,
        "PYTHONPATH": str(TOP / "src"),
        "LAYOUT_CACHE": str(work / "cache"),
        "TMPDIR": str(work / "tmp"),
        "FONTCONFIG_FILE": str(TOP / "fonts" / "fonts.conf"),
        "SOURCE_DATE_EPOCH": "1770000000",
    }


def build(issue: Path, work: Path, jobs: int = 1) -> Sequence[str]:
    out = str(work / f"out-{issue.name}")
    return (sys.executable, "-m", "layout.cli", "build", str(issue), "-o", out, "--no-png", "--jobs", str(jobs))


def seconds(command: Sequence[str], around: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, env=dict(around), capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return time.perf_counter() - begun


def alternate(rounds: int, around: Mapping[str, str], **commands: Sequence[str]) -> dict[str, float]:
    """The median seconds of each command; runs take turns, the first of each is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            spent = seconds(command, around)
            if number:
                taken[name].append(spent)
    return {name: round(statistics.median(each), 3) for name, each in taken.items()}


def long_run(issue: Path, work: Path, pages: int, around: Mapping[str, str], jobs: int) -> dict[str, float]:
    """Pages per minute, and memory when page 10 and the last page are done."""
    begun, at, peak = time.perf_counter(), {}, 0.0
    # What is said of 120 pages is more than a pipe holds, and nobody reads it before the end: it goes to a file.
    with (
        (work / "said.txt").open("w+") as message,
        subprocess.Popen(build(issue, work, jobs), env=dict(around), stdout=subprocess.DEVNULL, stderr=message) as run,
    ):
        while run.poll() is None:
            done = len(list((work / "tmp").glob("layout-*/[0-9]*.pdf")))
            try:
                now = memory(run.pid)
            except OSError:
                continue
            peak = max(peak, now)
            for mark in (10, pages):
                if done >= mark and mark not in at:
                    at[mark] = round(now)
            time.sleep(0.2)
        if run.returncode not in (0, 1):
            raise SystemExit((work / "said.txt").read_text(encoding="utf-8"))
    minutes = (time.perf_counter() - begun) / 60
    told = {f"MiB at page {mark}": value for mark, value in at.items()}
    return {"pages per minute": round(pages / minutes, 1), **told, "MiB at most": round(peak)}


def arguments(about: str | None, pages: int) -> argparse.Namespace:
    """Those of a measurement that ends with a long issue, of *pages* pages if nothing else is said."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--pages", type=int, default=pages, help="of the long issue; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def show(figures: Mapping[str, object], out: Path | None) -> None:
    """Prints *figures*, and writes them to *out*."""
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    print(text)
    if out:
        out.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, show, write."""
    wanted = arguments(__doc__, pages=0)
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as name:
        work = Path(name)
        around = environment(work)
        one, three = issue_of(1, work / "one"), issue_of(1, work / "three", variants=3)
        hard, elastic = pressed(work / "hard"), nine_pictures(work / "elastic")
        four = issue_of(4, work / "four")
        told: dict[str, object] = dict(
            alternate(
                wanted.rounds, around,
                one=build(one, work), three_variants=build(three, work), pressed=build(hard, work),
                nine_pictures=build(elastic, work),
                four_pages=build(four, work, wanted.jobs),
            )
        )  # fmt: skip
        told["search over plain build"] = round(float(str(told["three_variants"])) / float(str(told["one"])), 2)
        for case in ("pressed", "nine_pictures"):
            told[f"search of {case} over plain build"] = round(float(str(told[case])) / float(str(told["one"])), 2)
        told["four pages over one"] = round(float(str(told["four_pages"])) / float(str(told["one"])), 2)
    show(told, wanted.out)


if __name__ == "__main__":
    main()
