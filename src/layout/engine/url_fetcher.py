"""WeasyPrint's URL fetcher: reads files of the design and of other named folders, and refuses every other URL."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from layout.design.cmyk import Cmyk
from layout.design.font_faces import without_font_faces
from layout.design.ink_function import in_file
from layout.errors import Message, TemplateError, nearest

SCHEME = "layout"
"""Relative URLs are joined under it by ``patches.url_scheme``."""

PREPARED, SPARE = "prepared", "spare"
"""The names of the folders of prepared pictures: the cache, and where those are that it cannot hold."""

_NO_INKS: Mapping[str, Cmyk] = MappingProxyType({})
_SHOWN = 60
"""Characters of a file's name that are shown."""


class AllowlistFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Reads files under the named folders, and nothing else; ``refused`` collects a fault for every other request.

    Folders go by names, ``layout://design/page.css``, never by their paths: WeasyPrint names what it embeds after the
    URL, and the same page must give the same bytes wherever it lies. A design may write ``images:NAME``. *inks* are
    those that the design names: WeasyPrint knows no ``ink()``.
    """

    def __init__(self, folders: Mapping[str, Path], inks: Mapping[str, Cmyk] = _NO_INKS):
        super().__init__(allowed_protocols=())
        self.inks = inks
        self.folders = {name: folder.resolve() for name, folder in folders.items()}
        self.refused: list[TemplateError] = []
        self.read: dict[str, str] = {}

    def begin(self, folders: Mapping[str, Path]) -> Mapping[str, str]:
        """Forgets what was read and refused, for another build with *folders*. Gives what was read, with its hashes."""
        read, self.read, self.refused = self.read, {}, []
        self.folders.update(folders)
        return read

    def hash_of(self, url: str) -> str | None:
        """See ``layout_cache.Reader``."""
        path = self.path_of(url)
        if url not in self.read and path is not None and path.is_file():
            self.read[url] = self._hash(path.read_bytes())
        return self.read.get(url)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a URL. Raises ``ValueError``, which WeasyPrint logs, for any other URL."""
        del headers
        path = self.path_of(url)
        if path is None:
            self._refuse(
                url, url, "在版式、刊期和程序自带文件之外", "lies outside the design, the issue and our own assets"
            )
        if not path.is_file():
            self._refuse(url, path.name, "不存在", "does not exist", near=_beside(path))
        content = path.read_bytes()
        self.read[url] = self._hash(content)
        content = in_file(path, content, self.inks)  # in the places of their names
        if path.suffix == ".css":  # whose fonts are ours to load, and whose rules WeasyPrint would remark on
            content = without_font_faces(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        return URLFetcherResponse(url, content)

    def _hash(self, content: bytes) -> str:
        """Of a file and of the inks that it may name: putting these in takes longer than hashing it."""
        found = hashlib.sha256(repr(sorted(self.inks.items())).encode())
        found.update(content)
        return found.hexdigest()

    def path_of(self, url: str) -> Path | None:
        """The file that a URL means, if it lies in one of our folders."""
        try:
            parts = urlsplit(url)
            folder = self.folders.get(parts.netloc if parts.scheme == SCHEME else parts.scheme)
            path = None if folder is None else (folder / unquote(parts.path).lstrip("/")).resolve()
            if path is not None and not path.is_file() and parts.netloc == PREPARED and SPARE in self.folders:
                folder = self.folders[SPARE]
                path = folder / path.name  # the cache could not hold it
        except (OSError, RuntimeError, ValueError):  # a name too long, a link in a circle, no address
            return None
        return None if folder is None or path is None or not path.is_relative_to(folder) else path

    def _refuse(self, url: str, what: str, zh: str, en: str, near: str | None = None) -> NoReturn:
        what = what if len(what) <= _SHOWN else f"{what[:_SHOWN]}…"
        guess = Message(f"是不是 {near}？", f"did you mean {near}? ") if near else Message("", "")
        self.refused.append(
            TemplateError(
                Message(f"版式要用的文件 {what} {zh}", f"a file the design asks for, {what}, {en}"),
                hint=Message(
                    f"{guess.zh}把文件放进版式文件夹，用相对路径引用",
                    f"{guess.en}put it in the design's folder and use a relative path",
                ),
                about=_written(url),
            )
        )
        raise ValueError(what)


def _written(url: str) -> list[str]:
    """The file's name as the design may have written it: plain, or with what a URL makes of blanks and the like."""
    name = url.rsplit("/", 1)[-1]
    return list(dict.fromkeys((unquote(name), name)))


def _beside(path: Path) -> str | None:
    """The file in the same folder whose name is most like that of *path*, which is not there."""
    there = [each.name for each in path.parent.iterdir() if each.is_file()] if path.parent.is_dir() else []
    return nearest(path.name, there)


def prepared_url(name: str) -> str:
    """The URL of a prepared picture, by its file's name."""
    return f"{SCHEME}://{PREPARED}/{name}"


def content_hash(content: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(content).hexdigest()
