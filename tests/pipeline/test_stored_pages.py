"""A long issue's pages lie in files, so that memory does not grow with their number."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from in_place import build
from layout.geometry import Box
from layout.pipeline import Options, stored_pages
from layout.pipeline.job import PageResult
from layout.pipeline.stored_pages import IN_MEMORY, StoredPages
from layout.preflight.page_geometry import NO_GEOMETRY, PageGeometry
from layout.preflight.record import Record
from layout.proof.report import PageReport
from patience import until
from pipeline.small_issue import several_pages
from pipeline.test_executors import files_in
from soak import amount

SOURCE = Path(__file__).parents[2] / "src"


def page(number: int, composed: Any = None) -> PageResult:
    nothing: Any = None
    report = PageReport(number, "", 1, 1, nothing, 1, (), geometry=PageGeometry(1, 1, number, Box(0, 0, 1, 1)))
    return PageResult(number, Path("x.pdf"), None, (1, 1), report, (), (), Record(), {}, composed, (), nothing)


def test_after_the_first_each_is_a_file_until_it_is_asked_for(tmp_path: Path) -> None:
    pages = StoredPages(tmp_path)
    for number in range(1, IN_MEMORY + 4):
        pages.add(page(number))
    pages.add(page(IN_MEMORY + 4, composed="a page that somebody wants to look at"))
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{IN_MEMORY + more}.page" for more in (1, 2, 3)]
    assert [each.number for each in pages] == list(range(1, IN_MEMORY + 5))
    assert [each.report.geometry.row for each in pages] == list(range(1, IN_MEMORY + 5))
    assert [each.number for each in pages.heads()] == [each.number for each in pages]
    assert {each.report.geometry for each in list(pages.heads())[IN_MEMORY:-1]} == {NO_GEOMETRY}
    assert pages[-1].composed == "a page that somebody wants to look at"
    there: StoredPages = pickle.loads(pickle.dumps(pages.without_composed()))
    assert [each.number for each in there[IN_MEMORY:]] == [each.number for each in pages[IN_MEMORY:]]
    assert there[-1].composed is None


@pytest.mark.slow
def test_an_issue_of_stored_pages_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = several_pages(tmp_path / "issue", 3)
    one = build(folder, Options(out=tmp_path / "held", keep=False))
    monkeypatch.setattr(stored_pages, "IN_MEMORY", 1)
    other = build(folder, Options(out=tmp_path / "stored", keep=False))
    assert files_in(tmp_path / "stored") == files_in(tmp_path / "held")
    assert other.findings == one.findings
    assert other.report["pages"] == one.report["pages"]
    seals = [next(path.glob("*.seal.json")).read_bytes() for path in (tmp_path / "held", tmp_path / "stored")]
    assert seals[0] == seals[1]


def family(root: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield root
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        for child in children.read_text().split():
            yield from family(int(child))


def memory(root: int) -> int:
    """KiB of a process and its children, what they share shared out: see smaps_rollup in proc(5)."""
    total = 0
    for pid in family(root):
        with suppress(OSError):  # it has ended meanwhile
            found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())
            total += int(found[1]) if found else 0
    return total


@pytest.mark.soak
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_last_page_finds_as_much_memory_as_the_twentieth(tmp_path: Path) -> None:
    """By one worker, whose pages lie in files as they are finished. Of thirty pages it is shown that all this can be
    looked at; what they leave behind is not seen before hundreds.
    """
    pages = amount(sample=30, full=1000)
    folder = several_pages(tmp_path / "issue", pages)
    (tmp_path / "scratch").mkdir()
    around = {**os.environ, "PYTHONPATH": str(SOURCE), "TMPDIR": str(tmp_path / "scratch"),
              "LAYOUT_CACHE": str(tmp_path / "cache")}  # fmt: skip
    command = [sys.executable, "-m", "layout.cli", "build", str(folder), "-o", str(tmp_path / "out"), "--no-png"]
    command += ["--jobs", "1"]
    with subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:

        def done(number: int) -> bool:
            finished = f"scratch/layout-scratch-*/{number}-finished.pdf"
            return run.poll() is not None or any(tmp_path.glob(finished))

        def highest(first: int, last: int) -> int:
            """The most from the end of one page to that of another: single looks differ by what a page needs."""
            until(lambda: done(first))
            seen = [0]
            until(lambda: seen.append(memory(run.pid)) or done(last))
            return max(seen)

        early, late = highest(20, 24), highest(pages - 6, pages - 2)
    assert run.returncode in (0, 1)
    assert late > early / 2, "it had ended"
    assert late <= 1.1 * early, f"{early} KiB near page 20, {late} KiB near page {pages}"
