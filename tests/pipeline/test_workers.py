"""Children that work: what comes back, what may become of them, and that none is left behind."""

import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest

from fresh_process import run_alone
from layout.errors import (
    Faults,
    Hint,
    LayoutError,
    ManuscriptError,
    Message,
    Place,
    PlanError,
    PrintError,
    TemplateError,
)
from layout.pipeline.page_faults import PageInWork, result_of
from layout.pipeline.progress import Reporter
from layout.pipeline.workers import InPlace, WorkerDied, Workers
from patience import PATIENCE

pytestmark = pytest.mark.slow

MEBIBYTE = 1 << 20
PAGE = PageInWork(3, Place("d/page.html"), Place("issue.toml", 9))


def where(report: Reporter, value: int) -> tuple[int, int]:
    report("copyfit", value, 2)
    return os.getpid(), value


def fault() -> None:
    place, hint = Place("a.md", 3, 9), Hint(editor=Message("补上", "add it"))
    raise Faults(
        [ManuscriptError(Message("坏", "bad"), place=place, hint=hint), ManuscriptError(Message("也坏", "too"))]
    )


def unforeseen() -> None:
    raise ZeroDivisionError("nobody thought of it")


def wait_for_ever(report: Reporter, pids: Path | None = None) -> None:
    if pids is not None:
        pids.write_text(str(os.getpid()))
    report("render", 0, 1)
    threading.Event().wait()


def too_much(report: Reporter, size: int) -> int:
    report("pictures", 0, 1)
    return len(bytearray(size))


@pytest.fixture(params=[False, True], ids=["spawned", "forked where it is safe"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with Workers(fork=request.param) as workers:
        yield workers


def begun(workers: Workers, *more: object) -> "Future[None]":
    """Work that has begun and will not end."""
    started = threading.Event()
    future = workers.submit(wait_for_ever, Reporter(lambda *_: started.set()), *more)
    assert started.wait(PATIENCE)
    return future


def test_work_is_done_in_the_child_and_progress_comes_back(workers: Workers) -> None:
    told: list[tuple[str, int, int]] = []
    report = Reporter(lambda *step: told.append(step))
    assert workers.submit(where, report, 1).result() == (workers.pids[0], 1)
    assert (told, report.stage) == ([("copyfit", 1, 2)], "copyfit")
    assert InPlace().submit(where, report, 1).result() == (os.getpid(), 1)


def noted(file: Path, words: str, *, fails: bool = False) -> str:
    with file.open("a") as notes:
        notes.write(words)
    if fails:
        raise RuntimeError(words)
    return file.read_text()


def test_work_ahead_is_done_before_the_next_task_and_nobody_learns_of_it(workers: Workers, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    workers.ahead(noted, notes, "a")
    workers.ahead(noted, notes, "b", fails=True)
    assert workers.submit(noted, notes, "c").result() == "abc"
    assert workers.submit(noted, notes, "d").result() == "abcd"


def test_a_busy_child_does_no_work_ahead(workers: Workers, tmp_path: Path) -> None:
    working = begun(workers)
    workers.ahead(noted, tmp_path / "notes", "a")
    workers.cancel()
    with pytest.raises(WorkerDied):
        working.result()
    assert workers.submit(noted, tmp_path / "notes", "b").result() == "b"


def test_more_than_a_pipe_holds_goes_both_ways(workers: Workers) -> None:
    first = workers.submit(bytes.join, b"", [b"x" * 3_000_000])
    then = workers.submit(len, b"x" * 3_000_000)
    assert (len(first.result()), then.result()) == (3_000_000, 3_000_000)


def test_as_many_work_at_once_as_there_are_children() -> None:
    with Workers(2) as workers:
        assert workers.count == 2
        waiting = begun(workers)
        assert workers.submit(abs, -1).result() == 1
        assert not waiting.done()


def test_a_fault_comes_back_whole(workers: Workers) -> None:
    for _ in range(2):
        with pytest.raises(Faults) as caught:
            workers.submit(fault).result()
        one, other = caught.value.faults()
        assert (one.place, one.hint, other.message.zh) == (
            Place("a.md", 3, 9),
            Hint(editor=Message("补上", "add it")),
            "也坏",
        )
        assert caught.value.exit_code == ManuscriptError.exit_code


def test_an_unforeseen_error_brings_along_where_it_was_raised(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError, match="nobody thought of it") as caught:
        workers.submit(unforeseen).result()
    assert "in unforeseen" in "".join(caught.value.__notes__)
    assert workers.submit(abs, -1).result() == 1


def test_a_child_that_is_killed_at_work_is_told_and_replaced(workers: Workers) -> None:
    report = Reporter()
    pid = workers.pids[0]
    future = begun(workers)
    report("render", 0, 1)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(PrintError) as caught:
        result_of(future, PAGE, report)
    message = caught.value.message
    assert all(word in message.zh for word in ("第3版", "出版面", "SIGKILL"))
    assert all(word in message.en for word in ("Page 3", "painting pages", "SIGKILL"))
    assert caught.value.exit_code == 5
    assert workers.submit(abs, -1).result() == 1
    assert workers.pids != (pid,)


def test_a_child_that_ended_while_idle_is_replaced_without_a_word(workers: Workers) -> None:
    pid = workers.pids[0]
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert workers.submit(abs, -1).result() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to RLIMIT_DATA")
def test_a_child_may_not_take_more_memory_than_it_is_given() -> None:
    report = Reporter()
    with Workers(memory=200 * MEBIBYTE) as workers:
        pid = workers.pids[0]
        future = workers.submit(too_much, report, 400 * MEBIBYTE)
        with pytest.raises(PlanError) as caught:
            result_of(future, PAGE, report)
        assert all(word in caught.value.message.en for word in ("Page 3", "memory", "preparing pictures"))
        assert (caught.value.exit_code, caught.value.place) == (3, Place("issue.toml", 9))
        assert workers.submit(too_much, report, 20 * MEBIBYTE).result() == 20 * MEBIBYTE
        assert workers.pids != (pid,), "what a child holds after that is not relied on"


def work_without_end(report: Reporter) -> None:
    report("render", 0, 1)
    while True:
        pass


def test_a_child_may_not_take_more_work_than_it_is_given() -> None:
    report = Reporter()
    with Workers(seconds=1) as workers:
        pid = workers.pids[0]
        with pytest.raises(TemplateError) as caught:
            result_of(workers.submit(work_without_end, report), PAGE, report)
        assert all(word in caught.value.message.en for word in ("Page 3", "work", "painting pages"))
        assert (caught.value.exit_code, caught.value.place) == (3, Place("d/page.html"))
        assert workers.submit(abs, -1).result() == 1, "each task has its own allowance"
        assert workers.pids != (pid,)


def test_cancelling_ends_what_works_and_drops_what_waits(workers: Workers) -> None:
    pid = workers.pids[0]
    working, waiting = begun(workers), workers.submit(abs, -1)
    workers.cancel()
    with pytest.raises(WorkerDied):
        working.result()
    with pytest.raises(CancelledError):
        waiting.result()
    assert workers.submit(where, Reporter(), 1).result() == (workers.pids[0], 1)
    assert workers.pids != (pid,)


def test_nobody_is_left_behind(workers: Workers) -> None:
    pid = workers.pids[0]
    future = begun(workers)
    workers.shutdown()
    with pytest.raises(WorkerDied):
        future.result()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


PARENT = """
import sys
from pathlib import Path
from layout.pipeline.progress import Reporter
from layout.pipeline.workers import Workers
sys.path.append(sys.argv[1])
from pipeline.test_workers import wait_for_ever
workers = Workers(fork=sys.argv[3] == "fork")
workers.submit(wait_for_ever, Reporter(lambda *_: print("begun", flush=True)), Path(sys.argv[2])).result()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2)")
@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_a_child_dies_with_its_parent(tmp_path: Path, way: str) -> None:
    tests = Path(__file__).parents[1]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tests), str(tmp_path / "pid"), way],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(tests.parent / "src")},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"begun\n"
        child = os.pidfd_open(int((tmp_path / "pid").read_text()))
        parent.kill()
    assert select.select([child], [], [], PATIENCE)[0], "the child lives on"
    os.close(child)


def test_faults_travel() -> None:
    fault = ManuscriptError(Message("坏", "bad"), place=Place("a.md", 1))
    back: LayoutError = pickle.loads(pickle.dumps(fault))
    assert (type(back), back.message, back.place, str(back)) == (ManuscriptError, fault.message, fault.place, "bad")


FORK = """
import os, threading
from layout.pipeline.workers import Workers, may_fork
assert may_fork()
with Workers(fork=True) as workers:
    assert workers.submit(os.getppid).result() == os.getpid()
    assert not may_fork(), "there is a thread now"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known to be safe")
def test_without_threads_children_may_be_forked() -> None:
    run_alone(FORK)
