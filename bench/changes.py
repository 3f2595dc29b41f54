"""``changes.py``: what each kind of change of the sample costs in a process that goes on, in work done and in time.

A word, a picture, a colour, a column's width, a template: each is changed again and again, every time to what was never
there before, so that no memory flatters. Work is counted in this process (``tests/work_done.py``); time is that of a
build by kept workers, each followed by plain WeasyPrint's cold run on the same copy. Told are medians, and medians of
the ratios pair by pair; ``--most`` fails the run where one is above its bound.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from run import AGAINST, HERE, ISSUE, TOP, prepared, timed

sys.path.insert(0, str(TOP / "tests"))
DESIGN = "lianghui-broadsheet"
MOST = {"word": 0.2, "colour": 0.35}
"""Bounds of the ratios of wall time, with every check on."""


class Change(NamedTuple):
    """A kind of change."""

    file: str
    before: str
    after: str
    """With ``{n}``, a number that is another each time."""


HEADING = '.heading { position: relative; font-family: "Song 700"; font-size: 15pt; color:'

CHANGES: Mapping[str, Change] = {
    "word": Change("tunliu.md", "一年来", "一年{n}来"),
    "picture": Change("issue.toml", "focus = [0.5, 0.36]", "focus = [0.5, 0.3{n}]"),
    "colour": Change(f"{DESIGN}/page.css", f"{HEADING} var(--black)", f"{HEADING} device-cmyk(0 0 0 0.9{{n}})"),
    "column width": Change(f"{DESIGN}/page.css", "float: left; width: var(--col)",
                           "float: left; width: calc(var(--col) - 0.0{n}pt)"),
    "template": Change(f"{DESIGN}/scroll.html", "<body", "<body id=\"m{n}\""),
}  # fmt: skip


class Issue:
    """A copy of the sample with its design, and its files as they were."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(ISSUE, folder)
        shutil.copytree(TOP / "templates" / DESIGN, folder / DESIGN)
        self._files = {each.file: (folder / each.file).read_text("utf-8") for each in CHANGES.values()}

    def change(self, change: Change, number: int) -> None:
        """Makes the change, from what was there at first."""
        text = self._files[change.file]
        if change.before not in text:
            raise SystemExit(f"{change.file} has no “{change.before}”")
        path = self.folder / change.file
        path.write_text(text.replace(change.before, change.after.replace("{n}", str(number)), 1), "utf-8")

    def restore(self) -> None:
        """Puts all files back."""
        for file, text in self._files.items():
            (self.folder / file).write_text(text, "utf-8")


def work(issue: Issue, out: Path, cache: Path) -> dict[str, Mapping[str, int]]:
    """The counts of each kind of change, in this process."""
    from in_place import build  # noqa: PLC0415
    from layout.pipeline import Options  # noqa: PLC0415
    from work_done import WorkDone  # noqa: PLC0415

    options = Options(out=out, keep=False, cache=cache)
    found: dict[str, Mapping[str, int]] = {}
    with WorkDone(cache).counting() as done:
        found["first build"] = done.of(lambda: build(issue.folder, options))
        for name, change in CHANGES.items():
            build(issue.folder, options)
            issue.change(change, 1)
            found[name] = done.of(lambda: build(issue.folder, options))
            issue.restore()
    return found


def taken(
    issue: Issue, out: Path, rounds: int, plain: list[str], environment: Mapping[str, str]
) -> Iterator[tuple[str, float, float]]:
    """Seconds of a build after each change, beside seconds of plain WeasyPrint."""
    import layout  # noqa: PLC0415
    from layout.pipeline import Workers  # noqa: PLC0415
    from layout.pipeline.worker_tasks import PRELOAD  # noqa: PLC0415

    options = layout.Options(out=out, keep=False)
    with Workers(fork=True, preload=PRELOAD) as workers:
        for name, change in CHANGES.items():
            layout.build(issue.folder, options, workers=workers)
            for number in range(rounds + 1):
                issue.change(change, number + 2)
                begun = time.perf_counter()
                layout.build(issue.folder, options, workers=workers)
                seconds = time.perf_counter() - begun
                other, _ = timed(plain, environment)
                if number:
                    yield name, seconds, other.seconds
            issue.restore()


def main() -> None:
    """Counts, measures, tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--counts", action="store_true", help="count the work alone")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--most", action="store_true", help="fail where a ratio is above its bound")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as name:
        folder = Path(name)
        os.environ.pop("CI", None)  # there nothing that is remembered would count
        counts = work(Issue(folder / "counted"), folder / "out", folder / "counted-cache")
        print("work done", *next(iter(counts.values())), sep="\t")
        for change, stages in counts.items():
            print(change, *stages.values(), sep="\t")
        if wanted.counts:
            return
        environment = prepared(folder)
        os.environ["LAYOUT_CACHE"] = environment["LAYOUT_CACHE"]
        plain = [sys.executable, str(HERE / "plain_weasyprint.py"), str(folder / "page.html"), str(folder / "w.pdf")]
        pairs: dict[str, list[tuple[float, float]]] = {}
        for change, seconds, other in taken(Issue(folder / "timed"), folder / "out", wanted.rounds, plain, environment):
            pairs.setdefault(change, []).append((seconds, other))
    above, ratios = [], {}
    for change, own in pairs.items():
        ratio = statistics.median(seconds / other for seconds, other in own)
        ratios[change] = round(ratio, 3)
        above += [change] if ratio > MOST.get(change, ratio) else []
        print(f"{change:14}{statistics.median(each for each, _ in own):8.2f} s{ratio:8.2f} × {AGAINST}")
    print(json.dumps(pairs), file=sys.stderr)
    if wanted.out:
        wanted.out.write_text(json.dumps(ratios, indent=1), encoding="utf-8")
    if wanted.most and above:
        raise SystemExit(f"above their bounds: {', '.join(above)}")


if __name__ == "__main__":
    main()
