"""Which saves set the page anew, and that nobody waits for a build when the preview ends."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from watchfiles import Change

from layout.errors import Message, PrintError
from layout.preview.state import PreviewState
from layout.preview.watch import Sources
from layout.preview.worker import Builder, Worker
from patience import PATIENCE


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
