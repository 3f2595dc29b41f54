"""The small web server behind the preview: one page, its pictures, and a stream of states."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from importlib.resources import files

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from layout.errors import Lang
from layout.preview.state import PreviewState

HOSTS = ["127.0.0.1", "localhost"]
"""Only these names are answered: another site's name that points at this machine must not read the page."""

CALM = 0.1
"""Seconds between two states sent to one browser: progress comes faster than anybody reads."""

_DIGITS = 6
"""No issue has so many pages that their number needs as many digits."""

_ASSETS = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Notifier:
    """Wakes every open event stream when the state changes; may be called by any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._subscribers: set[asyncio.Event] = set()
        self.closing = False

    def notify(self) -> None:
        """Wakes all subscribers."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Ends every stream."""
        self.closing = True
        self.notify()

    def subscribe(self) -> asyncio.Event:
        """A new subscriber, set once so that it sends the present state."""
        self._loop = asyncio.get_running_loop()
        listener = asyncio.Event()
        listener.set()
        self._subscribers.add(listener)
        return listener

    def unsubscribe(self, listener: asyncio.Event) -> None:
        """Removes a subscriber."""
        self._subscribers.discard(listener)

    def _wake(self) -> None:
        for listener in self._subscribers:
            listener.set()


def application(state: PreviewState, notifier: Notifier, lang: Lang) -> Starlette:
    """The web application."""

    async def asset(request: Request) -> Response:
        name, kind = _ASSETS[request.url.path]
        text = files("layout.preview").joinpath(name).read_text(encoding="utf-8")
        return Response(
            text.replace("{lang}", lang) if name == "page.html" else text, media_type=kind, headers=_HEADERS
        )

    async def picture(request: Request) -> Response:
        index = request.path_params["index"]
        png = state.picture(int(index)) if len(index) < _DIGITS and index.isdecimal() else None
        return Response(png, media_type="image/png", headers=_HEADERS) if png else Response(status_code=404)

    async def events(_: Request) -> Response:
        return StreamingResponse(_stream(state, notifier), media_type="text/event-stream", headers=_HEADERS)

    return Starlette(
        routes=[
            *(Route(path, asset) for path in _ASSETS),
            Route("/picture/{edition}/{index}.png", picture),
            Route("/events", events),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )


async def _stream(state: PreviewState, notifier: Notifier) -> AsyncIterator[bytes]:
    listener = notifier.subscribe()
    try:
        while not notifier.closing:
            await listener.wait()
            listener.clear()
            # A file's name may not be UTF-8: what stands for its bytes is written as JSON escapes it.
            data = json.dumps(state.as_json(), ensure_ascii=False).encode("utf-8", "backslashreplace")
            yield b"data: " + data + b"\n\n"
            await asyncio.sleep(CALM)
    finally:
        notifier.unsubscribe(listener)
