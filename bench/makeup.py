"""Make-up: what the search costs, four pages beside one, and a long issue: memory and pages per minute.

``python bench/makeup.py [--pages 120] [--out FILE]``. Everything runs in processes of its own; times are medians.
With ``--pages 0``, without the long issue, it takes a minute on a quiet machine.
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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pressed_pages import nine_pictures, pressed

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


def family(root: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def memory(root: int) -> float:
    """MiB of a process and its children, shared pages shared out (PSS)."""
    total = 0
    for pid in family(root):
        try:
            found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1024


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


def others(pages: int, work: Path, around: Mapping[str, str]) -> dict[str, float]:
    """Pages per minute of WeasyPrint and Typst on the same copy and pictures, plainly set, in one file."""
    prepare = (
        "import sys; from pathlib import Path; from inputs import write_inputs; write_inputs(*map(Path, sys.argv[1:]))"
    )
    fonts = str(TOP / "fonts")
    subprocess.run(
        [sys.executable, "-c", prepare, str(SAMPLE), fonts, str(work)], env=dict(around), check=True, cwd=HERE
    )
    html = (work / "page.html").read_text(encoding="utf-8")
    start, end = html.index("<h1>"), html.index("</html>")
    part = html[start:end]
    breaks = '<div style="break-before: page"></div>'
    (work / "long.html").write_text(html[:start] + breaks.join([part] * pages) + html[end:], encoding="utf-8")
    typst = (work / "page.typ").read_text(encoding="utf-8")
    cut = typst.index("#align(center")
    (work / "long.typ").write_text(typst[:cut] + "\n#pagebreak()\n".join([typst[cut:]] * pages), encoding="utf-8")
    runs = {
        "WeasyPrint": (sys.executable, str(HERE / "plain_weasyprint.py"), str(work / "long.html"), str(work / "w.pdf")),
        "Typst": (sys.executable, str(HERE / "plain_typst.py"), str(work / "long.typ"), str(work / "t.pdf"), fonts),
    }
    return {
        f"{name} pages per minute": round(60 * pages / seconds(command, around), 1) for name, command in runs.items()
    }


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
    wanted = arguments(__doc__, pages=120)
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
        if wanted.pages:
            told |= long_run(issue_of(wanted.pages, work / "long"), work, wanted.pages, around, wanted.jobs)
            told |= others(wanted.pages, work, around)
    show(told, wanted.out)


if __name__ == "__main__":
    main()
