"""The preview's server as a browser meets it: a process of its own, plain HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from patience import PATIENCE

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


class Served:
    """A running preview of a small folder."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.manuscript = folder / "a.md"
        self.connections: list[HTTPConnection | HTTPResponse] = []
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "stand_in.py"), str(folder), str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1] / "src")},
        )
        assert self.process.stdout is not None
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert found, self.process.communicate(timeout=PATIENCE)
        self.port = int(found[1])

    def get(self, path: str, host: str = "") -> HTTPResponse:
        """One answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        self.connections += [connection, answer]
        return answer

    def states(self) -> Iterator[dict[str, Any]]:
        """The stream of states."""
        stream = self.get("/events")
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        while line := stream.readline():
            if line.startswith(b"data: "):
                yield json.loads(line[6:])

    def wait_for(self, states: Iterator[dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state that is as *wanted*."""
        for state in states:
            if wanted(state):
                return state
        raise AssertionError("the stream ended")

    def wait_till_seen(self, names: set[str]) -> None:
        """Till the server has weighed a change of each of the files *names*."""
        assert self.process.stdout is not None
        while names:
            names = names - {self.process.stdout.readline().removesuffix("\n")}

    def end(self, sign: signal.Signals) -> tuple[int, str]:
        """Exit code and stderr after *sign*."""
        self.process.send_signal(sign)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder, out = tmp_path / "issue", tmp_path / "issue" / "build"
    out.mkdir(parents=True)
    (folder / "a.md").write_text("一二三", encoding="utf-8")
    preview = Served(folder, out)
    yield preview
    preview.process.kill()
    preview.process.communicate()
    for connection in preview.connections:
        connection.close()


def test_page_and_pictures(served: Served) -> None:
    page = served.get("/")
    text = page.read().decode()
    assert page.status == 200
    assert '<html lang="zh">' in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"https?://", text)
    for path, kind in [("/page.css", "text/css"), ("/page.js", "text/javascript")]:
        assert served.get(path).headers["Content-Type"].startswith(kind)
    state = served.wait_for(served.states(), lambda state: state["phase"] == "good")
    picture = served.get(f"/picture/{state['edition']}/1.png")
    assert picture.read().startswith(b"\x89PNG")
    assert served.get(f"/picture/{state['edition']}/2.png").status == 404
    assert served.get("/../state.py").status == 404


def test_a_save_is_seen_a_fault_is_told_and_mended(served: Served) -> None:
    states = served.states()
    first = served.wait_for(states, lambda state: state["phase"] == "good")
    before = served.get("/picture/1/0.png").read()

    served.manuscript.write_text("一二三四", encoding="utf-8")
    second = served.wait_for(states, lambda state: state["edition"] > first["edition"] and state["phase"] == "good")
    changed = served.get("/picture/2/0.png").read()
    assert changed != before

    served.manuscript.write_text("一坏", encoding="utf-8")
    bad = served.wait_for(states, lambda state: state["phase"] == "fault")
    assert bad["faults"][0]["place"] == "a.md:1:2"
    assert bad["faults"][0]["excerpt"] == [{"number": 1, "text": "一坏", "here": True, "mark": 1}]
    assert bad["edition"] == second["edition"]
    assert served.get("/picture/2/0.png").read() == changed

    served.manuscript.write_text("一炸", encoding="utf-8")
    crashed = served.wait_for(
        states, lambda state: state["faults"] and "ZeroDivision" in state["faults"][0]["sentence"]
    )
    log = re.search(r"(/\S+layout-crash-\S+?\.txt)", crashed["faults"][0]["hint"])
    assert log
    Path(log[1]).unlink()

    served.manuscript.write_text("一二", encoding="utf-8")
    assert served.wait_for(states, lambda state: state["phase"] == "good")["faults"] == []


def test_what_the_program_writes_is_no_save(served: Served) -> None:
    states = served.states()
    served.wait_for(states, lambda state: state["phase"] == "good")
    folder = served.manuscript.parent
    names = {"build/page.html", ".a.md.swp.md", "notes.log", "~$a.docx"}
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")
    served.wait_till_seen(names)
    (folder / "page.css").write_text("x", encoding="utf-8")
    assert served.wait_for(states, lambda state: state["phase"] == "good" and state["edition"] > 1)["edition"] == 2


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1.example.org", "192.168.0.2"])
def test_other_hosts_are_refused(served: Served, host: str) -> None:
    for path in ("/", "/events", "/picture/1/0.png"):
        assert served.get(path, host).status == 400


def test_only_this_machine_is_answered(served: Served) -> None:
    for family, _, _, _, address in socket.getaddrinfo(socket.gethostname(), served.port, type=socket.SOCK_STREAM):
        if not str(address[0]).startswith("127.") and address[0] != "::1":
            with socket.socket(family, socket.SOCK_STREAM) as other, pytest.raises(OSError, match=r"."):
                other.connect(address)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ends_at_once_with_browsers_looking(served: Served, sign: signal.Signals) -> None:
    """It closes the streams; uvicorn, which cancels them after three seconds, would complain and break them off."""
    streams = [served.states() for _ in range(3)]
    for stream in streams:
        next(stream)
    code, errors = served.end(sign)
    assert (code, errors) == (0, "")
    for stream in streams:
        list(stream)


def test_a_taken_port_is_one_sentence() -> None:
    from layout.errors import UsageError
    from layout.preview.server import run

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is taken"):
            run(lambda _: None, [], [], lang="zh", port=port, ready=print, fault_of=lambda error: error)  # type: ignore[arg-type,return-value]
