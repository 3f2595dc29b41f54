"""A newer save ends the child that works on an older one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from layout import pipeline
from layout.errors import LayoutError, Message, PrintError
from layout.pipeline import Built, Options, Workers
from layout.pipeline.worker_tasks import PRELOAD
from layout.preview.state import PreviewState
from layout.preview.worker import Builder, Worker
from patience import until
from pipeline.small_issue import make_issue

Progress = Callable[[str, int, int], None]


@pytest.mark.slow
def test_the_page_of_the_newer_save_is_shown_and_nothing_is_told_of_the_older(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "issue", "旧稿。")
    state = PreviewState("zh", lambda _: [])
    told: list[Exception] = []
    pids: list[tuple[int, ...]] = []

    def fault_of(error: Exception) -> LayoutError:
        told.append(error)
        return PrintError(Message("坏", "bad"))

    with Workers(preload=PRELOAD) as workers:

        def build(progress: Progress) -> Built:
            pids.append(workers.pids)

            def step(stage: str, done: int, total: int) -> None:
                progress(stage, done, total)
                if stage == "copyfit" and len(pids) == 1:
                    story = folder / "a.md"
                    story.write_text(story.read_text(encoding="utf-8").replace("旧稿", "新稿件"), encoding="utf-8")
                    worker.request()
                    os.waitid(os.P_PID, pids[0][0], os.WEXITED | os.WNOWAIT)  # it is ended

            return pipeline.build(folder, Options(out=tmp_path / "out"), step, workers)

        worker = Worker(Builder(build, workers.cancel), state, fault_of, patience=0)
        worker.start()
        until(lambda: state.snapshot.phase in ("good", "fault"))
        worker.end()
    assert (state.snapshot.phase, state.snapshot.edition, state.snapshot.faults) == ("good", 1, ())
    assert told == []
    assert len(pids) == 2
    assert pids[0] != pids[1]
