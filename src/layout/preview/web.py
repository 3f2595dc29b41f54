"""The small web server behind the preview: its page, tiles, inspections, a stream of states, and edits."""

from __future__ import annotations

import asyncio
import json
import tomllib
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from layout import assets
from layout.copyfit.scores import PRICE_WORDS
from layout.errors import Lang, LayoutError, Place
from layout.json_values import JsonObject, JsonValue
from layout.preview.editor_link import editor_link
from layout.preview.edits import EditRefused, PlanEditor
from layout.preview.excerpt import Excerpts
from layout.preview.guarded import Guarded
from layout.preview.inspection_json import as_json
from layout.preview.state import PreviewState
from layout.preview.tiles import SIDE, VIEWS, Tiles

RETRY_MS = 500
"""After which a browser looks for a preview that has ended: by itself it would wait three seconds."""

CALM = 0.05
"""Seconds between two states sent to one browser: progress comes faster than anybody reads."""

LONGEST = 4_000
"""Bytes of an edit."""

FACES = {"hei-400.ttf": "font/ttf", "hei-500.ttf": "font/ttf"}
"""The program's own faces in which the page is set: a container has none of its own."""

_KINDS = {".css": "text/css", ".js": "text/javascript"}
_FRESH = {"Cache-Control": "no-store"}
_FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_DAY = {"Cache-Control": "private, max-age=86400"}


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


@dataclass(frozen=True)
class Desk:
    """All that the web application serves."""

    state: PreviewState
    notifier: Notifier
    tiles: Tiles
    editor: PlanEditor
    inspection: Callable[[str], object]
    """What can be inspected of the page of that key; None where that is not known yet."""
    excerpts: Excerpts
    token: str
    lang: Lang
    pattern: str
    """Of links to an editor; see ``editor_link``."""

    def as_json(self) -> JsonObject:
        """The present state for the browser."""
        return {**self.state.as_json(), "plan": self.editor.as_json(), "run": self.token[:8]}


def application(desk: Desk) -> Starlette:
    """The web application."""
    routes = _Routes(desk)
    return Starlette(
        routes=[
            Route("/", routes.page),
            Route("/static/{name}", routes.static),
            Route("/fonts/{name}", routes.font),
            Route("/words.json", routes.words),
            Route("/events", routes.events),
            Route("/page/{key}", routes.inspect),
            Route("/tile/{key}/{view}/{scale:float}/{column:int}/{row:int}.png", routes.tile),
            Route("/ink/{key}", routes.ink),
            Route("/place", routes.place),
            Route("/edit", routes.edit, methods=["POST"]),
            Route("/undo", routes.undo, methods=["POST"]),
        ],
        middleware=[Middleware(Guarded, token=desk.token)],
    )


@cache
def _statics() -> dict[str, str]:
    """The style sheets and modules of the page, by name."""
    folder = files("layout.preview").joinpath("page")
    return {
        each.name: each.read_text(encoding="utf-8")
        for each in folder.iterdir() if Path(each.name).suffix in _KINDS
    }  # fmt: skip


@cache
def words_of(lang: Lang) -> dict[str, str]:
    """The words of the page, by key."""
    table = tomllib.loads(files("layout.preview").joinpath("words.toml").read_text(encoding="utf-8"))
    prices = {f"price_{kind}": words.short.text(lang) for kind, words in PRICE_WORDS.items()}
    return {key: message[lang] for key, message in table["words"].items()} | prices


class _Routes:
    """The answers. Those that draw or read files are plain functions, which Starlette calls in threads."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def page(self, _: Request) -> Response:
        """The page itself, which knows the token."""
        text = files("layout.preview").joinpath("page", "index.html").read_text(encoding="utf-8")
        known = {"lang": "zh-CN" if self._desk.lang == "zh" else "en", "token": self._desk.token, "side": str(SIDE)}
        for name, value in known.items():
            text = text.replace(f"{{{name}}}", escape(value))
        return Response(text, media_type="text/html", headers=_FRESH)

    def static(self, request: Request) -> Response:
        """A style sheet or a module."""
        name = request.path_params["name"]
        text = _statics().get(name)
        if text is None:
            return Response(status_code=404)
        return Response(text, media_type=_KINDS[Path(name).suffix], headers=_FRESH)

    def font(self, request: Request) -> Response:
        """One of the program's faces."""
        name = request.path_params["name"]
        if name not in FACES:
            return Response(status_code=404)
        return Response((assets.fonts_dir() / name).read_bytes(), media_type=FACES[name], headers=_DAY)

    def words(self, _: Request) -> Response:
        """The words of the page in its language."""
        return JSONResponse(words_of(self._desk.lang), headers=_FRESH)

    async def events(self, _: Request) -> Response:
        """The stream of states."""
        return StreamingResponse(_stream(self._desk), media_type="text/event-stream", headers=_FRESH)

    def inspect(self, request: Request) -> Response:
        """A page's sheet, and what can be inspected of it."""
        key = request.path_params["key"]
        size = self._desk.tiles.size(key)
        if size is None:
            return Response(status_code=404)
        content: JsonObject = {"sheet": asdict(size), "inspection": as_json(self._desk.inspection(key))}
        return Response(_written(content), media_type="application/json", headers=_FRESH)

    def tile(self, request: Request) -> Response:
        """A tile. The address has the page's key in it, so that what is behind it never changes."""
        at = request.path_params
        if at["view"] not in VIEWS:
            return Response(status_code=404)
        try:
            png = self._desk.tiles.tile(at["key"], at["view"], at["scale"], at["column"], at["row"])
        except LayoutError as fault:
            return Response(fault.message.text(self._desk.lang), 422, headers=_FRESH)
        if png is None:
            return Response(status_code=404)
        return Response(png, media_type="image/png", headers=_FOR_EVER)

    def ink(self, request: Request) -> Response:
        """Percent of each ink at a point of the sheet."""
        try:
            x, y = float(request.query_params["x"]), float(request.query_params["y"])
            inks = self._desk.tiles.ink_at(request.path_params["key"], x, y)
        except (KeyError, ValueError, LayoutError):
            inks = None
        return Response(status_code=404) if inks is None else JSONResponse(dict(inks), headers=_FRESH)

    def place(self, request: Request) -> Response:
        """Lines around a place of a file, and the link that opens an editor there."""
        place = Place.parse(request.query_params.get("at", ""))
        path = self._desk.excerpts.find(place.file)
        if path is None:
            return Response(status_code=404)
        content: JsonObject = {
            "place": str(place),
            "excerpt": list(self._desk.excerpts.around(place)),
            "link": editor_link(self._desk.pattern, path.resolve(), place),
        }
        return Response(_written(content), media_type="application/json", headers=_FRESH)

    async def edit(self, request: Request) -> Response:
        """An edit of issue.toml."""
        body = await request.body()
        try:
            wanted = json.loads(body) if len(body) <= LONGEST else None
        except ValueError:
            wanted = None
        if not isinstance(wanted, dict):
            return JSONResponse({"message": "?"}, 400, headers=_FRESH)
        return await self._changed(request, lambda seen: self._desk.editor.edit(seen, wanted))

    async def undo(self, request: Request) -> Response:
        """The last edit taken back."""
        return await self._changed(request, self._desk.editor.undo)

    async def _changed(self, request: Request, change: Callable[[str], str]) -> Response:
        seen = request.headers.get("if-match", "").strip('"')
        if not seen:
            return JSONResponse({"message": "If-Match"}, 428, headers=_FRESH)
        try:
            etag = await asyncio.to_thread(change, seen)
        except EditRefused as refused:
            self._desk.notifier.notify()  # whoever is behind learns how things are
            told: JsonValue = refused.message.text(self._desk.lang)
            return JSONResponse({"message": told}, refused.status, headers=_FRESH)
        self._desk.notifier.notify()
        return JSONResponse(self._desk.editor.as_json(), headers={**_FRESH, "ETag": f'"{etag}"'})


async def _stream(desk: Desk) -> AsyncIterator[bytes]:
    notifier = desk.notifier
    listener = notifier.subscribe()
    try:
        yield f"retry: {RETRY_MS}\n\n".encode()
        while not notifier.closing:
            await listener.wait()
            listener.clear()
            yield b"data: " + _written(desk.as_json()) + b"\n\n"
            await asyncio.sleep(CALM)
    finally:
        notifier.unsubscribe(listener)


def _written(content: JsonObject) -> bytes:
    # A file's name may not be UTF-8: what stands for its bytes is written as JSON escapes it.
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")
