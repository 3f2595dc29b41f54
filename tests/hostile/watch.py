"""Builds hostile issues in a process of its own, in which every file opened and every address called is written down.

``python -m hostile.watch FOLDER [case …]`` builds the cases of these numbers below FOLDER, and prints a line of JSON
for each. Hooks are for good (PEP 578), so the process is not the tests' own; its worker has them as well.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import stat
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from hostile.cases import Case, cases, write_sound
from layout import pipeline
from layout.errors import LayoutError
from layout.pipeline import Options, Workers
from layout.pipeline.worker_tasks import make_ready

LOG = "HOSTILE_LOG"
SECRET = b"the secret that lies outside"

OWN_READING = threading.Lock()
"""Held while this module itself reads what lies outside."""

_CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.system", "os.exec")
_CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def watch() -> None:
    """Writes down, from now on, every call of an address or a program, and every file outside that is touched."""
    log = os.open(os.environ[LOG], os.O_WRONLY | os.O_APPEND)
    top = os.path.dirname(os.environ[LOG])  # noqa: PTH120

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        said = ""
        if event in _CALLS:
            said = f"{event} {arguments!r}"
        elif event == "open" and arguments and isinstance(arguments[0], str | bytes):
            path, flags = os.fsdecode(arguments[0]), arguments[2]
            inside = path.startswith(top)
            secret = path.endswith(("/outside", "/etc/passwd", "/dev/zero"))
            if (secret and not OWN_READING.locked()) or (
                isinstance(flags, int) and flags & _WRITING and not inside and path != os.devnull
            ):
                said = f"open {path!r} {flags}"
        elif event in _CHANGES and arguments and isinstance(arguments[0], str | bytes):
            path = os.fsdecode(arguments[0])
            if os.path.isabs(path) and not path.startswith(top):  # noqa: PTH117
                said = f"{event} {path!r}"
        if said:
            os.write(log, (said + "\n").encode("utf-8", "backslashreplace"))

    sys.addaudithook(hook)


def ready_and_watched() -> None:
    """What the worker does before its first task."""
    make_ready()
    watch()


def main(top: Path, numbers: Sequence[int]) -> None:
    """Builds the cases of these *numbers* below *top*."""
    log = top / "log"
    log.touch()
    os.environ |= {LOG: str(log), "LAYOUT_CACHE": str(top / "cache"), "TMPDIR": str(top)}
    every = list(cases())
    with socket.create_server(("127.0.0.1", 0)) as sink, Workers(preload="hostile.watch:ready_and_watched") as workers:
        sink.setblocking(False)
        watch()
        for number in numbers:
            folder = spoilt(every[number], top / str(number), sink)
            before = log.stat().st_size
            result = build(every[number], folder, sink, workers)
            print(json.dumps({"number": number, **result, "touched": log.read_text()[before:]}), flush=True)


def spoilt(case: Case, folder: Path, sink: socket.socket) -> Path:
    """The issue of *case* in *folder*, with what lies beside it."""
    (folder / "issue").mkdir(parents=True)
    (folder / "outside").write_bytes(SECRET)
    (folder / "sink").write_text("{}:{}".format(*sink.getsockname()))
    write_sound(folder / "issue")
    case.spoil(folder / "issue")
    return folder


def build(case: Case, folder: Path, sink: socket.socket, workers: Workers) -> dict[str, object]:
    """What became of *case*."""
    issue = folder / "issue"
    before = _tree(folder)
    result: dict[str, object] = {"room": case.room, "name": case.name, "faults": [], "crash": ""}
    spent = _spent()
    try:
        built = pipeline.build(issue, Options(out=folder / "out", png=False), workers=workers)
        result["exit"] = built.exit_code
        result["faults"] = [_said(each.message.zh, each.place) for each in built.findings]
        result["leaked"] = any(SECRET in path.read_bytes() for path in (folder / "out").iterdir())
    except LayoutError as error:
        result["exit"] = error.exit_code
        result["faults"] = [_said(each.message.zh, each.place) for each in error.faults()]
        result["leaked"] = any(SECRET.decode() in each.message.zh for each in error.faults())
    except Exception as error:
        result |= {"exit": 5, "crash": "".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])}
        result["leaked"] = False
    result["cpu"] = round(_spent() - spent, 2)
    result["changed"] = _tree(folder) != before
    result["called"] = _was_called(sink)
    return result


def _said(sentence: str, place: object) -> str:
    return f"{place or '-'}: {sentence}".encode("utf-8", "backslashreplace").decode()


def _spent() -> float:
    """Seconds of the processor, of this process and of the workers that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _tree(folder: Path) -> dict[str, object]:
    """All that lies below *folder*, but the output."""
    return {
        str(path): _content(path)
        for path in sorted(folder.rglob("*"))
        if "out" not in path.relative_to(folder).parts and "loop" not in path.parts
    }


def _content(path: Path) -> object:
    """What is in a file; of anything else what it is."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        return status.st_mode
    with OWN_READING:
        return path.read_bytes()


def _was_called(sink: socket.socket) -> bool:
    try:
        sink.accept()[0].close()
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), [int(number) for number in sys.argv[2:]])
