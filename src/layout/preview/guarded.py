"""Keeps others out of the preview: only this machine's own browser pages may read it, and only its own page may edit.

It listens on the loopback interface. But any site that is open in the same browser could send requests there: so names
that are not this machine's are refused (DNS rebinding), requests that another site's page sends too (``Origin``,
``Sec-Fetch-Site``), and what changes something needs a token besides, which only the preview's own page knows.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
"""Only these names are answered."""

TOKEN = "x-layout-token"
"""The header that says the token."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
"""On every answer."""

_READS = frozenset({"GET", "HEAD"})


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(24)


class Guarded:
    """The application *app* for the preview's own page alone, which knows *token*."""

    def __init__(self, app: ASGIApp, token: str):
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        why = self._refused(scope["method"], Headers(scope=scope))
        if why:
            await PlainTextResponse(why, 403, HEADERS)(scope, receive, send)
            return

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *(each for each in more if each[0] not in given)]
            await send(message)

        await self._app(scope, receive, answered)

    def _refused(self, method: str, headers: Mapping[str, str]) -> str:
        """Why a request is refused; nothing where it is not."""
        host = headers.get("host", "")
        if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
            return "unknown host"
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return "another origin"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "another site"
        if method not in _READS and not hmac.compare_digest(headers.get(TOKEN, "").encode(), self._token.encode()):
            return "no token"
        return ""
