"""Pages are made by whatever executor there is, all on one path; what becomes of a child is one sentence."""

import os
import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import takewhile
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from in_place import build, proof
from layout import pipeline
from layout.errors import LayoutError, Message, PrintError
from layout.pipeline import InPlace, Options, Workers, proofs
from layout.pipeline.job import PageTask
from layout.pipeline.progress import Reporter
from layout.pipeline.stages import stage_name
from layout.pipeline.worker_tasks import PRELOAD, page_task
from makeup.support import Piece, write_issue
from sample_issue import FOLDER, sample

from .small_issue import make_issue

pytestmark = pytest.mark.slow


class Recording(InPlace):
    """Does all in place, and knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append((fn.__name__, args))
        return super().submit(fn, *args, **kwargs)


def two_pages(folder: Path) -> Path:
    """An issue of two pages, of one story that runs over both."""
    return write_issue(folder, Piece([180] * 30), pages=2)


def test_one_page_and_many_take_one_path(tmp_path: Path) -> None:
    one, two = Recording(), Recording()
    pipeline.build(make_issue(tmp_path / "one", "时光无言，实干有声。"), Options(out=tmp_path / "a"), workers=one)
    issue = two_pages(tmp_path)
    pipeline.build(issue, Options(out=tmp_path / "b"), workers=two)
    names = [[name for name, _ in each.asked] for each in (one, two)]
    assert names[0] == ["page_task"]
    assert names[1][:2] == ["compose_page", "compose_page"], "copy that runs over pages is shared out first"
    assert [name for name in names[1] if name != "compose_page"] == ["page_task", "page_task", "bind_pages"]
    checked = Recording()
    pipeline.check(issue, Options(), workers=checked)
    assert {name for name, _ in checked.asked} == {"compose_page"}


def test_a_task_travels_and_gives_the_same_result_wherever_and_whenever_it_is_done(tmp_path: Path) -> None:
    recording = Recording()
    folder = make_issue(tmp_path / "issue", "时光无言，实干有声。", "云程发轫")
    pipeline.build(folder, Options(out=tmp_path / "out"), workers=recording)
    [(_, (task, _))] = recording.asked
    assert isinstance(task, PageTask)
    first, again = (page_task(each, Reporter()) for each in (task, pickle.loads(pickle.dumps(task))))
    with Workers(preload=PRELOAD) as workers:
        elsewhere = workers.submit(page_task, task, Reporter()).result()
    for other in (again, elsewhere):
        assert (other.pdf, other.png, other.report, other.findings, other.judged, other.record, other.faces) == (
            first.pdf, first.png, first.report, first.findings, first.judged, first.record, first.faces
        )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_children_make_the_bytes_that_are_made_in_place(tmp_path: Path, jobs: int) -> None:
    issue = two_pages(tmp_path)
    here = build(issue, Options(out=tmp_path / "here", png=False)).pdf.read_bytes()
    for name in ("first", "again"):
        built = pipeline.build(issue, Options(out=tmp_path / name, png=False, jobs=jobs))
        assert built.pdf.read_bytes() == here
    assert len(built.pages) == 2


@pytest.mark.slow
def test_children_make_of_the_sample_what_is_made_in_place(tmp_path: Path) -> None:
    sampled = pipeline.build(FOLDER, Options(out=tmp_path / "sample"))
    assert sampled.pdf.read_bytes() == sample().pdf
    assert sampled.png[0].read_bytes() == sample().built.png[0].read_bytes()
    assert {**sampled.report, "run": None} == {**sample().built.report, "run": None}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_child_that_is_killed_while_it_makes_a_page_is_one_sentence(tmp_path: Path, jobs: int) -> None:
    issue = two_pages(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "issue.pdf").write_bytes(b"the last good file")
    strikers: list[int] = []
    stages: list[str] = []
    with Workers(jobs, preload=PRELOAD) as workers:

        def progress(stage: str, *_: int) -> None:
            if stage == "render" and not strikers:
                strikers.append(threading.get_ident())
                for pid in workers.pids:
                    os.kill(pid, signal.SIGKILL)
            if strikers == [threading.get_ident()]:
                stages.append(stage)

        with pytest.raises(LayoutError) as caught:
            pipeline.build(issue, Options(out=tmp_path / "out"), progress, workers)
    sentences = [fault.message.en for fault in caught.value.faults()]
    # A page may have come on to a later stage till it is struck; a single worker goes on with the next page.
    *_, last = takewhile(lambda stage: stage != "copyfit", stages)
    ending = f"ended before it was done ({stage_name(last, 'en')}, SIGKILL)."
    assert any(sentence.endswith(ending) for sentence in sentences), sentences
    assert len(sentences) <= jobs, "what was not struck is made"
    assert caught.value.exit_code == 5
    assert (tmp_path / "out" / "issue.pdf").read_bytes() == b"the last good file"


def test_a_page_that_takes_too_much_memory_is_one_sentence(tmp_path: Path) -> None:
    with Workers(memory=120 << 20, preload=PRELOAD) as workers, pytest.raises(LayoutError) as caught:
        pipeline.build(FOLDER, Options(out=tmp_path / "out"), workers=workers)
    assert caught.value.exit_code in (3, 5)  # 5 where its process did not even come to the page
    assert caught.value.message.en.startswith("Page 1 was not made: ")
    assert not (tmp_path / "out").exists()


def test_a_proof_round_writes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[list[str]] = []
    real = proofs.write_all
    monkeypatch.setattr(proofs, "write_all", lambda files: written.append([each.name for each in files]) or real(files))
    proofed = proof(make_issue(tmp_path / "issue", "时光无言，实干有声。"), Options(out=tmp_path / "out"))
    assert len(written) == 1
    assert set(written[0]) == {path.name for path in (tmp_path / "out").iterdir()}
    assert {"issue.pdf", "issue-round-1-proof.pdf", "summary.md", "report.json"} <= set(written[0])
    assert proofed.built.pdf.read_bytes().startswith(b"%PDF")


def test_what_goes_wrong_after_the_build_of_a_proof_leaves_the_last_good_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise PrintError(Message("坏", "bad"))

    monkeypatch.setattr(proofs, "contact_sheet", broken)
    with pytest.raises(PrintError):
        proof(make_issue(tmp_path / "issue", "时光无言，实干有声。"), Options(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_any_executor_of_processes_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "small", "时光无言，实干有声。")
    here = build(folder, Options(out=tmp_path / "here"))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pipeline.build(folder, Options(out=tmp_path / "there"), workers=pool)
    assert there.pdf.read_bytes() == here.pdf.read_bytes()
    assert [path.read_bytes() for path in there.png] == [path.read_bytes() for path in here.png]
    assert there.findings == here.findings
