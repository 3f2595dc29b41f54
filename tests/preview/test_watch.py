"""Which saves set the page anew, and that nobody waits for a build when the preview ends."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from watchfiles import Change

from layout.checks import Finding
from layout.errors import Message, Place, PrintError
from layout.pipeline.output import report_bytes
from layout.preview.state import PreviewState
from layout.preview.watch import Sources, watch
from layout.preview.worker import Builder, Worker
from patience import PATIENCE, until


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("issue.toml", True),
        ("稿件 🎉.md", True),
        ("PHOTO.HEIC", True),
        ("page.html", True),
        (".page.html.swp", False),
        ("~page.html", False),
        ("page.html~", False),
        ("4913", False),
        ("tunliu-2026.pdf", False),
        ("out/page.png", False),
    ],
)
def test_saves_that_matter(tmp_path: Path, name: str, matters: bool) -> None:
    (tmp_path / "out").mkdir()
    assert Sources([tmp_path / "out"])(Change.modified, str(tmp_path / name)) is matters


def test_a_folder_that_gets_its_name_back_matters(tmp_path: Path) -> None:
    (tmp_path / "design").mkdir()
    sources = Sources([tmp_path / "out"])
    assert sources(Change.added, str(tmp_path / "design"))
    assert not sources(Change.modified, str(tmp_path / "design"))
    assert not sources(Change.deleted, str(tmp_path / "gone"))


def test_the_end_waits_for_no_build() -> None:
    state = PreviewState("zh", lambda _: [])
    building, gate = threading.Event(), threading.Event()
    waited_out: list[bool] = []

    def build(_: object) -> object:
        building.set()
        waited_out.append(not gate.wait(PATIENCE))
        raise PrintError(Message("不要了", "no longer wanted"))

    worker = Worker(Builder(build), state, lambda _: PrintError(Message("", "")))  # type: ignore[arg-type]
    worker.start()
    assert building.wait(PATIENCE)
    worker.end()
    assert waited_out == [], "the build has been waited for"
    gate.set()


def test_no_build_begins_while_an_older_one_is_cancelled() -> None:
    order: list[str] = []
    state = PreviewState("zh", lambda _: [])
    building, gate, cancelling, release = (threading.Event() for _ in range(4))

    def build(_: object) -> SimpleNamespace:
        order.append("build")
        building.set()
        assert gate.wait(PATIENCE)
        return SimpleNamespace(report={"pages": []}, findings=())

    def cancel() -> None:
        cancelling.set()
        assert release.wait(PATIENCE)
        order.append("cancelled")

    worker = Worker(Builder(build, cancel), state, lambda _: PrintError(Message("", "")), patience=0)
    worker.start()
    assert building.wait(PATIENCE)
    worker.request()
    assert cancelling.wait(PATIENCE)
    gate.set()  # it ends by itself while it is cancelled
    until(lambda: state.snapshot.edition == 1)
    release.set()
    until(lambda: state.snapshot.edition == 2)
    worker.end()
    assert order == ["build", "cancelled", "build"]
    assert state.snapshot.faults == ()


def _named(folder: Path, name: bytes, content: bytes) -> None:
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123  (a name of bytes)
        file.write(content)


class Looks(threading.Event):
    """The event that ends the watching: each wait for it ends when the test says so, not by the clock."""

    def __init__(self) -> None:
        super().__init__()
        self._next = threading.Semaphore(0)
        self._waits = threading.Semaphore(0)

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self._waits.release()
        self._next.acquire()
        return self.is_set()

    def looked(self) -> None:
        """Waits until everything has been looked at."""
        assert self._waits.acquire(timeout=PATIENCE)

    def look(self) -> None:
        """Has everything looked at once more."""
        self._next.release()


def test_a_name_in_gbk_is_told_and_the_watching_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As files come out of a zip from Windows: the system's notices of them cannot be read."""
    _named(tmp_path, "稿件.md".encode("gbk"), b"x")
    told: list[Finding] = []
    saved, ending = threading.Event(), Looks()

    def failing(*_: object, **__: object) -> Iterator[object]:
        raise RuntimeError("Unable to decode path")
        yield

    monkeypatch.setattr("layout.preview.watch.watch_files", failing)
    thread = threading.Thread(target=watch, args=([tmp_path], [], saved.set, ending, told.append))
    thread.start()
    ending.looked()
    assert saved.is_set(), "what was saved meanwhile"
    assert "稿件.md" in told[0].message.zh
    for change in (
        partial(_named, tmp_path, b"a.md", b"one"),
        partial(_named, tmp_path, b"a.md", b"another"),
        (tmp_path / "a.md").unlink,
        partial(_named, tmp_path, "二.css".encode("gbk"), b"x"),
    ):
        saved.clear()
        change()
        ending.look()
        ending.looked()
        assert saved.is_set()
    saved.clear()
    _named(tmp_path, b"page.pdf", b"x")
    ending.look()
    ending.looked()
    assert not saved.is_set(), "no source of the page"
    ending.set()
    ending.look()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_the_systems_own_notices_of_such_a_name_end_nothing(tmp_path: Path) -> None:
    told: list[Finding] = []
    saved, ending = threading.Event(), threading.Event()
    thread = threading.Thread(target=watch, args=([tmp_path], [], saved.set, ending, told.append))
    thread.start()
    try:
        numbers = count()

        def saved_again() -> bool:  # the watching may not have begun yet
            _named(tmp_path, f"稿件{next(numbers)}.md".encode("gbk"), b"x")
            return saved.is_set()

        until(saved_again)
        assert thread.is_alive()
    finally:
        ending.set()
        thread.join(PATIENCE)


def test_states_with_such_a_name_can_be_sent(tmp_path: Path) -> None:
    state = PreviewState("zh", lambda _: [])
    name = os.fsdecode("稿件.md".encode("gbk"))
    state.bad([PrintError(Message("坏", "bad"), place=Place(str(tmp_path / name)))])
    assert b"\\udc" in report_bytes(state.as_json())
