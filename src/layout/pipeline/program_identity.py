"""Which program this is, by all that decides the bytes that it writes: its files, packages, Python and place."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from layout import assets
from layout.errors import Message

NAME = "lianghui-layout"
"""Our own distribution: its metadata name the packages that we lean on."""


@dataclass(frozen=True)
class Program:
    """The program of one process. Two that are equal make the same bytes of the same issue."""

    files: str
    """The hash of its modules, designs, press profiles, pictures and fonts."""
    root: str
    """Where its assets lie: the files that a page task names lie there."""
    python: str
    """The version of Python, to the second number, and its zlib, which packs streams."""
    packages: tuple[tuple[str, str], ...]
    """Name and version of each package that it needs."""

    def difference(self, here: Program) -> Message | None:
        """What of it differs from *here*; None where nothing does."""
        own, others = dict(self.packages), dict(here.packages)
        unlike = [name for name in sorted({*own, *others}) if own.get(name) != others.get(name)]
        if unlike:
            name = unlike[0]
            there, ours = own.get(name, "–"), others.get(name, "–")
            return Message(f"{name} 是 {there}，这里是 {ours}", f"its {name} is {there}, here it is {ours}")
        if self.python != here.python:
            return Message(f"{self.python}，这里是 {here.python}", f"it has {self.python}, here it is {here.python}")
        if self.files != here.files:
            return Message(f"程序不是同一版（{self.root}）", f"its program is of another version ({self.root})")
        if self.root != here.root:
            return Message(f"程序装在 {self.root}，这里在 {here.root}",
                           f"its program lies in {self.root}, here it is {here.root}")  # fmt: skip
        return None


@cache
def this_program() -> Program:
    """The program of this process."""
    python = f"Python {platform.python_version().rpartition('.')[0]}, zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return Program(files_hash(), str(assets.root()), python, tuple(_packages()))


@cache
def files_hash() -> str:
    """The hash of the program's modules, designs, press profiles, pictures and fonts."""
    root = assets.root()
    homes = [Path(__file__).parents[1], *(root / name for name in ("templates", "press", "images", "fonts"))]
    parts = [part for home in homes for part in names_and_hashes(home)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _packages() -> Iterator[tuple[str, str]]:
    try:
        needed = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return
    for requirement in sorted(needed):
        name, extra = re.split(r"[^\w.-]", requirement, maxsplit=1)[0], "extra ==" in requirement
        if not extra:
            yield name, _version(name)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "–"


def names_and_hashes(folder: Path, without: Path | None = None) -> list[str]:
    """The name and the hash of every file in *folder*, in order, but for what is hidden or lies in *without*."""
    found = []
    for top, names, files in os.walk(folder):
        here = Path(top)
        names[:] = sorted(
            name for name in names
            if not name.startswith((".", "__pycache__")) and (here / name).resolve() != without
        )  # fmt: skip
        for name in sorted(files):
            if not name.startswith("."):
                found += [(here / name).relative_to(folder).as_posix(), sha256_of(here / name)]
    return found


def sha256_of(path: Path) -> str:
    """The hash of a file; nothing of one that cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
