"""The preview's server as a browser meets it: a process of its own, plain HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from layout.checks import Severity
from layout.preview.server import _listening
from layout.preview.web import words_of
from patience import PATIENCE
from preview.stand_in import TOKEN

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
        lines = iter(self.process.stdout.readline, "")  # files may be seen before the address is told
        found = next(filter(None, map(re.compile(r"http://127\.0\.0\.1:(\d+)/").match, lines)), None)
        assert found, self.process.communicate(timeout=PATIENCE)
        self.port = int(found[1])

    def get(self, path: str, host: str = "") -> HTTPResponse:
        """One answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        return self._answer(connection, "GET", path, {"Host": host or f"127.0.0.1:{self.port}"}, None)

    def ask(self, method: str, path: str, headers: dict[str, str], body: object = None) -> HTTPResponse:
        """One answer to a request with *headers*, and *body* as JSON."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        return self._answer(connection, method, path, headers, None if body is None else json.dumps(body))

    def _answer(
        self, connection: HTTPConnection, method: str, path: str, headers: dict[str, str], body: str | None
    ) -> HTTPResponse:
        connection.request(method, path, body, headers)
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


@contextmanager
def serving(top: Path) -> Iterator[Served]:
    """A preview of an issue of one manuscript in *top*."""
    folder, out = top / "issue", top / "issue" / "build"
    out.mkdir(parents=True)
    (folder / "a.md").write_text("一二三", encoding="utf-8")
    preview = Served(folder, out)
    yield preview
    preview.process.kill()
    preview.process.communicate()
    for connection in preview.connections:
        connection.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that the tests share: each takes what it shows as it finds it."""
    with serving(tmp_path_factory.mktemp("shared")) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A preview of the test's own."""
    with serving(tmp_path) as found:
        yield found


def key(state: dict[str, Any]) -> str:
    """The key of the first page."""
    return str(state["pages"][0]["key"])


def test_page_modules_and_tiles(served: Served) -> None:
    page = served.get("/")
    text = page.read().decode()
    assert page.status == 200
    assert '<html lang="zh-CN">' in text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not re.search(r"https?://", text)
    for path, kind in [("page.css", "text/css"), ("main.js", "text/javascript"), ("sheet.js", "text/javascript")]:
        answer = served.get(f"/static/{path}")
        assert answer.headers["Content-Type"].startswith(kind)
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", answer.read().decode())
    assert served.get("/fonts/hei-400.ttf").status == 200
    assert "整版" in served.get("/words.json").read().decode()
    state = served.wait_for(served.states(), lambda state: state["phase"] == "good")
    tile = served.get(f"/tile/{key(state)}/page/2.0/0/0.png")
    assert tile.read().startswith(b"\x89PNG")
    assert "immutable" in tile.headers["Cache-Control"]
    sheet = json.loads(served.get(f"/page/{key(state)}").read())
    assert (sheet["sheet"]["width"], sheet["sheet"]["height"], sheet["inspection"]) == (40, 50, None)
    for path in (
        *(f"/tile/{key(state)}/{rest}/0.png" for rest in ("page/2.0/1", "page/2.0/7", "page/900.0/0", "X/2.0/0")),
        "/tile/unknown/page/2.0/0/0.png", "/page/unknown", "/static/state.py", "/fonts/song-400.ttf", "/../state.py",
        "/place?at=/etc/passwd:1", f"/ink/{key(state)}?x=-1&y=2", f"/ink/{key(state)}?x=a",
    ):  # fmt: skip
        assert served.get(path).status == 404, path


def test_a_save_is_seen_a_fault_is_told_and_mended(served: Served) -> None:
    states = served.states()
    first = served.wait_for(states, lambda state: state["phase"] == "good")
    before = served.get(f"/tile/{key(first)}/page/1.0/0/0.png").read()

    served.manuscript.write_text("一二三四", encoding="utf-8")
    second = served.wait_for(states, lambda state: state["edition"] > first["edition"] and state["phase"] == "good")
    assert key(second) != key(first)
    assert served.get(f"/tile/{key(second)}/page/1.0/0/0.png").read() != before

    served.manuscript.write_text("一坏", encoding="utf-8")
    bad = served.wait_for(states, lambda state: state["phase"] == "fault")
    assert bad["faults"][0]["place"] == "a.md:1:2"
    assert bad["faults"][0]["excerpt"] == [{"number": 1, "text": "一坏", "here": True, "mark": 1}]
    assert (bad["edition"], key(bad)) == (second["edition"], key(second))

    served.manuscript.write_text("一炸", encoding="utf-8")
    crashed = served.wait_for(
        states, lambda state: state["faults"] and "ZeroDivision" in state["faults"][0]["sentence"]
    )
    log = re.search(r"(/\S+layout-crash-\S+?\.txt)", crashed["faults"][0]["hint"])
    assert log
    Path(log[1]).unlink()

    served.manuscript.write_text("一二", encoding="utf-8")
    assert served.wait_for(states, lambda state: state["phase"] == "good")["faults"] == []


def test_what_the_program_writes_is_no_save(own: Served) -> None:
    states = own.states()
    first = own.wait_for(states, lambda state: state["phase"] == "good")
    folder = own.manuscript.parent
    names = {"build/page.html", ".a.md.swp.md", "notes.log", "~$a.docx"}
    for name in names:
        (folder / name).write_text("x", encoding="utf-8")
    own.wait_till_seen(names)
    (folder / "notes.log").rename(folder / "page.css")  # at one stroke: a file that is written is opened first
    second = own.wait_for(states, lambda state: state["phase"] == "good" and state["edition"] > first["edition"])
    assert second["edition"] == first["edition"] + 1


def test_every_word_of_the_page_is_there_and_is_used() -> None:
    folder = HERE.parents[1] / "src" / "layout" / "preview" / "page"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))
    known, put_together = set(words_of("zh")), tuple(re.findall(r"say\(`(\w+_)\$\{", code))
    severities = {each.name.lower() for each in Severity}
    assert known == set(words_of("en"))
    assert set(re.findall(r"""(?:say\(|data-(?:word|label)=)"(\w+)\"""", code)) | severities <= known
    idle = {each for each in known - severities if f'"{each}"' not in code}
    assert {each for each in idle if not each.startswith((*put_together, "keep_"))} == set()


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1.example.org", "192.168.0.2"])
def test_other_hosts_are_refused(served: Served, host: str) -> None:
    for path in ("/", "/events", "/static/main.js"):
        assert served.get(path, host).status == 403


PLAN = """title = "试"   # 题
date = 2026-02-05
design = "plain"
press = "newsprint-coldset"

[[page]]
number = 1
title = "试"
stories = ["a.md"]
pictures = ["a", "b"]

[[picture]]
id = "a"
file = "a.jpg"
caption = "甲"
credit = "某"
focus = [0.5, 0.5]   # 人脸
"""


def test_only_the_pages_own_requests_are_answered_and_only_with_a_token_edit(served: Served) -> None:
    plan = served.manuscript.parent / "issue.toml"
    plan.write_text(PLAN, encoding="utf-8")
    own = f"http://127.0.0.1:{served.port}"
    for headers in (
        {"Origin": "https://example.org"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
    ):  # fmt: skip
        assert served.ask("GET", "/", headers).status == 403, headers
    assert served.ask("GET", "/", {"Origin": own, "Sec-Fetch-Site": "same-origin"}).status == 200

    state = next(served.states())
    etag, good = state["plan"]["etag"], {"X-Layout-Token": TOKEN, "Origin": own}
    wanted = {"kind": "focus", "picture": "a", "focus": [0.25, 0.75]}
    assert served.ask("POST", "/edit", {"If-Match": etag}, wanted).status == 403
    assert served.ask("POST", "/edit", {"If-Match": etag, "X-Layout-Token": "guessed"}, wanted).status == 403
    assert (
        served.ask("POST", "/edit", {**good, "Origin": "https://example.org", "If-Match": etag}, wanted).status == 403
    )
    assert served.ask("POST", "/edit", good, wanted).status == 428
    assert served.ask("GET", "/edit", good).status == 405
    assert plan.read_text(encoding="utf-8") == PLAN

    first = served.ask("POST", "/edit", {**good, "If-Match": f'"{etag}"'}, wanted)
    assert first.status == 200
    assert plan.read_text(encoding="utf-8") == PLAN.replace("[0.5, 0.5]", "[0.25, 0.75]")
    # The other browser has not seen that yet.
    other = served.ask("POST", "/edit", {**good, "If-Match": etag}, {**wanted, "focus": [0, 0]})
    assert (other.status, json.loads(other.read())["message"][:10]) == (412, "issue.toml")
    now = json.loads(first.read())["etag"]
    assert served.ask("POST", "/undo", {**good, "If-Match": etag}, {}).status == 412
    assert served.ask("POST", "/undo", {**good, "If-Match": now}, {}).status == 200
    assert plan.read_text(encoding="utf-8") == PLAN
    assert served.ask("POST", "/undo", {**good, "If-Match": etag}, {}).status == 409


def test_only_this_machine_is_answered(served: Served) -> None:
    for family, _, _, _, address in socket.getaddrinfo(socket.gethostname(), served.port, type=socket.SOCK_STREAM):
        if not str(address[0]).startswith("127.") and address[0] != "::1":
            with socket.socket(family, socket.SOCK_STREAM) as other, pytest.raises(OSError, match=r"."):
                other.connect(address)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ends_at_once_with_browsers_looking(own: Served, sign: signal.Signals) -> None:
    """It closes the streams; uvicorn, which cancels them after three seconds, would complain and break them off."""
    streams = [own.states() for _ in range(3)]
    for stream in streams:
        next(stream)
    code, errors = own.end(sign)
    assert (code, errors) == (0, "")
    for stream in streams:
        list(stream)


def test_a_taken_port_is_one_sentence() -> None:
    from layout.errors import UsageError
    from layout.preview.server import Served as Watched
    from layout.preview.server import run

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} is taken"):
            run(Watched([], [], "zh", port), None, lambda _: None, ready=print, fault_of=lambda error: error)  # type: ignore[arg-type,return-value]


def test_the_body_of_an_answer_does_not_wait_until_its_head_is_acknowledged() -> None:
    """Nagle's algorithm is off on what is accepted: it took forty milliseconds for each tile."""

    async def without_delay() -> int:
        heard: asyncio.Future[asyncio.StreamWriter] = asyncio.get_running_loop().create_future()
        with _listening(0) as listener:
            server = await asyncio.start_server(lambda _, writer: heard.set_result(writer), sock=listener)
            async with server:
                _, client = await asyncio.open_connection(*listener.getsockname())
                accepted = await heard
                option = accepted.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                for each in (client, accepted):
                    each.close()
                return int(option)

    assert asyncio.run(without_delay()) != 0
