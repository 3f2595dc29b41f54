"""``python bench/preview.py [--edits N]``: from a save to the new page in the preview, beside plain WeasyPrint.

One word of the sample's copy is changed, again and again, in a preview that runs; a client follows its stream as a
browser does and asks for the tiles of the whole page on a screen of 1440 by 900. The clock runs from the moment the
file is written until the last tile is there. Each edit is followed by a cold run of plain WeasyPrint with the same
copy: whatever else the machine does hits both alike. Told are the medians, the 95th percentiles, and their ratio, which
fails the run above *LIMIT*.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from run import AGAINST, HERE, ISSUE, prepared, timed

LIMIT = 0.5
"""Of plain WeasyPrint's cold run, at the 95th percentile: what the preview may take to show a word that was changed."""
SCALE = 0.52
"""Pixels to the point at which the broadsheet's page fills such a screen: four tiles."""
WORD = "一年来"


def states(port: int) -> Iterator[dict[str, object]]:
    """The stream of states."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/events")
    stream = connection.getresponse()
    while line := stream.readline():
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def tiles(port: int, key: str) -> None:
    """Asks for the page's tiles, one after the other."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        connection.request("GET", f"/tile/{key}/page/{SCALE}/{column}/{row}.png")
        answer = connection.getresponse()
        if answer.status != 200 or not answer.read():
            raise SystemExit(f"tile {column}/{row}: {answer.status}")
    connection.close()


def key_of(state: dict[str, object]) -> str:
    """The key of the first page; nothing where none is shown yet."""
    pages = state["pages"]
    return str(pages[0]["key"]) if isinstance(pages, list) and pages else ""


def rest(stream: Iterator[dict[str, object]]) -> None:
    """Waits till the page is checked too: the next edit is not to meet this one's work."""
    for state in stream:
        if state["phase"] == "good":
            return


def measure(edits: int, work: Path, environment: dict[str, str]) -> tuple[list[float], list[float]]:
    """Seconds from each save to its page, and of each cold run of WeasyPrint."""
    issue = work / ISSUE.name
    shutil.copytree(ISSUE, issue)
    (manuscript,) = issue.glob("*.md")
    text = manuscript.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "layout.cli", "preview", str(issue), "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    shown: list[float] = []
    plain: list[float] = []
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found is not None
        stream = states(int(found[1]))
        rest(stream)
        for number in range(edits + 1):  # the first is not counted
            before = ""
            written = text.replace(WORD, f"一年{number}来", 1)
            begun = time.perf_counter()
            manuscript.write_text(written, encoding="utf-8")
            for state in stream:
                before = before or key_of(state)
                if state["phase"] == "setting" and key_of(state) != before:
                    break
                if state["phase"] == "good" and key_of(state) != before:
                    break
            tiles(int(found[1]), key_of(state))
            taken = time.perf_counter() - begun
            if state["phase"] != "good":
                rest(stream)
            cold, _ = timed(
                [sys.executable, str(HERE / "plain_weasyprint.py"), str(work / "page.html"), str(work / "w.pdf")],
                environment,
            )
            if number:
                shown.append(taken)
                plain.append(cold.seconds)
            print(
                f"{number}/{edits} preview {taken:.2f} s, {AGAINST} {cold.seconds:.2f} s", file=sys.stderr, flush=True
            )
    finally:
        process.terminate()
        process.wait(30)
    return shown, plain


def high(values: list[float]) -> float:
    """The 95th percentile: of twenty the nineteenth."""
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)]


def main() -> int:
    """Measures and tells; 1 where the preview is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--out", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="layout-bench-") as name:
        work = Path(name)
        shown, plain = measure(wanted.edits, work, prepared(work))
    ratio = high(shown) / high(plain)
    print(f"{'':24}{'median':>9}{'p95':>9}")
    for title, values in (("a save, to its page", shown), (f"{AGAINST}, cold", plain)):
        print(f"{title:24}{statistics.median(values):>8.2f}s{high(values):>8.2f}s")
    print(f"p95 of the preview / p95 of {AGAINST}: {ratio:.2f} (may be {LIMIT})")
    if wanted.out:
        told = {"median": statistics.median(a / b for a, b in zip(shown, plain, strict=True)), "p95": ratio}
        wanted.out.write_text(json.dumps({key: round(value, 3) for key, value in told.items()}), encoding="utf-8")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
