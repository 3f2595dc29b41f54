"""The second process: what comes of it is what comes of one; it may die, and it is never left behind."""

import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fresh_process import run_alone
from layout.errors import Faults, LayoutError, ManuscriptError, Place, Said
from layout.pipeline.worker_process import Elsewhere, Here
from sample_issue import FOLDER, sample

Told = Callable[[str, int, int], None]


class Desk:
    """A room whose work shows where it is done."""

    def where(self, told: Told, value: int) -> tuple[int, int]:
        told("a", value, 2)
        return os.getpid(), value

    def much(self, _: Told, size: int) -> bytes:
        return b"x" * size

    def fault(self, _: Told) -> None:
        place, hint = Place("a.md", 3, 9), Said("补上", "add it")
        raise Faults([ManuscriptError(Said("坏", "bad"), place=place, hint=hint), ManuscriptError(Said("也坏", "too"))])

    def unforeseen(self, _: Told) -> None:
        raise ZeroDivisionError("nobody thought of it")

    def between(self) -> None:
        pass


def quiet(*_: Any) -> None:
    pass


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """A second process even where threads of other tests are still about."""
    monkeypatch.setattr("layout.pipeline.worker_process._may_fork", lambda: hasattr(os, "fork"))
    with Elsewhere(Desk) as room:
        yield room


def pid_of(room: Elsewhere) -> int:
    assert room._line is not None
    return room._line.pid


def test_work_is_done_elsewhere_and_told(second: Elsewhere) -> None:
    told: list[tuple[str, int, int]] = []
    pending = second.begin("where", 1, progress=lambda *step: told.append(step))
    assert pending.result() == (pid_of(second), 1)
    assert told == [("a", 1, 2)]
    assert Here(Desk).begin("where", 1, progress=quiet).result() == (os.getpid(), 1)


def test_more_than_a_pipe_holds_may_wait(second: Elsewhere) -> None:
    first = second.begin("much", 3_000_000, progress=quiet)
    then = second.begin("where", 2, progress=quiet)
    assert then.result()[1] == 2
    assert len(first.result()) == 3_000_000


def test_a_fault_comes_back_whole(second: Elsewhere) -> None:
    for _ in range(2):
        with pytest.raises(Faults) as caught:
            second.begin("fault", progress=quiet).result()
        one, other = caught.value.faults()
        assert (one.place, one.hint, other.said.zh) == (Place("a.md", 3, 9), Said("补上", "add it"), "也坏")
        assert caught.value.exit_code == ManuscriptError.exit_code


def test_an_unforeseen_error_is_met_here(second: Elsewhere) -> None:
    pending = second.begin("unforeseen", progress=quiet)
    with pytest.raises(ZeroDivisionError, match="nobody thought of it"):
        pending.result()
    assert second.begin("where", 1, progress=quiet).result()[0] == os.getpid()


def test_a_killed_process_is_done_without(second: Elsewhere) -> None:
    os.kill(pid_of(second), signal.SIGKILL)
    assert second.begin("where", 1, progress=quiet).result() == (os.getpid(), 1)


def test_nobody_is_left_behind(second: Elsewhere) -> None:
    pid = pid_of(second)
    second.begin("much", 3_000_000, progress=quiet)
    second.hang_up()
    second.end()
    second.end()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    assert second.begin("where", 1, progress=quiet).result()[0] == os.getpid()


def test_with_threads_about_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        with Elsewhere(Desk) as room:
            assert room._line is None
            assert room.begin("where", 1, progress=quiet).result()[0] == os.getpid()
    finally:
        done.set()
        thread.join()


def test_faults_travel() -> None:
    fault = ManuscriptError(Said("坏", "bad"), place=Place("a.md", 1))
    back: LayoutError = pickle.loads(pickle.dumps(fault))
    assert (type(back), back.said, back.place, str(back)) == (ManuscriptError, fault.said, fault.place, "bad")


TWICE = """
import sys
from pathlib import Path
from layout.pipeline import Elsewhere, Options, Workshop
with Elsewhere() as second:
    assert second._line is not None
    workshop = Workshop(second=second)
    for name in ("a", "b"):
        workshop.build(Path(sys.argv[1]), Options(out=Path(sys.argv[2]) / name))
"""


@pytest.mark.slow
def test_two_processes_make_the_bytes_of_one(tmp_path: Path) -> None:
    built = sample().built  # by one
    run_alone(TWICE, FOLDER, tmp_path)
    for name in ("a", "b"):
        assert (tmp_path / name / built.pdf.name).read_bytes() == sample().pdf
        assert (tmp_path / name / built.png[0].name).read_bytes() == built.png[0].read_bytes()
