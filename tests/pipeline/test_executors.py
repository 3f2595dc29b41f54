"""A page is a task for any executor: what comes out is the same, whichever makes it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from layout.pipeline import Built, InPlace, Options, Workers, build
from layout.pipeline.worker_tasks import PRELOAD
from pipeline.small_issue import several_pages

pytestmark = pytest.mark.slow


def spawned() -> Executor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


EXECUTORS: dict[str, Callable[[], Executor]] = {
    "a process pool": spawned,
    "threads, which must take turns": lambda: ThreadPoolExecutor(3),
    "children of ours": lambda: Workers(2, preload=PRELOAD),
}


def files_in(out: Path) -> dict[str, bytes]:
    """What a build has written but for its report, which says when and how long."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.suffix in (".pdf", ".png")}


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return several_pages(tmp_path_factory.mktemp("executors") / "issue", 2)


@pytest.fixture(scope="module")
def in_place(issue: Path) -> Built:
    built = build(issue, Options(out=issue.parent / "in-place"), workers=InPlace())
    assert built.findings, "an issue without a finding would say nothing of them"
    return built


@pytest.mark.parametrize("kind", EXECUTORS)
def test_an_executor_of_any_kind_gives_the_same_bytes_and_findings(
    kind: str, issue: Path, in_place: Built, tmp_path: Path
) -> None:
    with EXECUTORS[kind]() as executor:
        other = build(issue, Options(out=tmp_path), workers=executor)
    assert files_in(tmp_path) == files_in(in_place.pdf.parent)
    assert len(files_in(tmp_path)) == 3
    assert other.findings == in_place.findings
    assert other.pages == in_place.pages
