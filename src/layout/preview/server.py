"""The preview server: builds in one thread, watches files in another, serves in the main one."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from layout.errors import Lang, Message, UsageError
from layout.preview.excerpt import Excerpts
from layout.preview.guarded import HOSTS
from layout.preview.state import PreviewState
from layout.preview.watch import watch
from layout.preview.web import Desk, Notifier, application
from layout.preview.worker import Builder, FaultOf, Worker


@dataclass(frozen=True)
class Served:
    """What is watched, built and served."""

    folders: Sequence[Path]
    """Watched, and read from where a place is to be shown."""
    own: Sequence[Path]
    """What the program itself writes in them."""
    lang: Lang
    port: int


def run(
    served: Served,
    desk: Callable[[PreviewState, Notifier, Excerpts], Desk],
    builder: Callable[[PreviewState], Builder],
    *,
    ready: Callable[[str], None],
    fault_of: FaultOf,
) -> None:
    """Serve until Ctrl-C or SIGTERM; *ready* gets the address. Raises ``UsageError`` when the port is taken."""
    notifier, excerpts = Notifier(), Excerpts(served.folders)
    state = PreviewState(served.lang, excerpts.around, notifier.notify)
    worker = Worker(builder(state), state, fault_of)
    ending = threading.Event()
    watcher = threading.Thread(
        target=watch,
        args=(served.folders, served.own, worker.request, ending, state.remark),
        name="layout-watch",
        daemon=True,
    )
    with _listening(served.port) as listener:
        config = uvicorn.Config(
            application(desk(state, notifier, excerpts)), log_level="error", timeout_graceful_shutdown=3
        )
        address = f"http://{HOSTS[0]}:{listener.getsockname()[1]}/"
        server = _Server(notifier, config, lambda: ready(address))
        watcher.start()
        worker.start()
        try:
            server.run(sockets=[listener])
        finally:
            ending.set()
            worker.end()
            watcher.join(2)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket that only this machine can reach; it already takes connections.

    Said to be TCP's, or asyncio would not switch off Nagle's algorithm on its connections: then the body of an answer
    waits forty milliseconds for the browser to acknowledge the head.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOSTS[0], port))
            listener.listen(64)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise UsageError(
                Message(f"端口 {port} 已被占用或不许使用。", f"Port {port} is taken or not allowed."),
                hint=Message(
                    "换一个：--port 9000，或 --port 0 任选空闲的。",
                    "Take another: --port 9000, or --port 0 for any free one.",
                ),
            ) from error
        yield listener


class _Server(uvicorn.Server):
    """Closes the event streams before it waits for them, and does not raise the signal again.

    *ready* is called when it answers, in a thread of its own: who opens a browser may wait for it, and that for us.
    """

    def __init__(self, notifier: Notifier, config: uvicorn.Config, ready: Callable[[], None]):
        super().__init__(config)
        self._notifier = notifier
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            threading.Thread(target=self._ready, name="layout-ready", daemon=True).start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._notifier.close()
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
