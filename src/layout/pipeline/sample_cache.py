"""Caches the measured shapes of designs, by their content: in memory, and between builds in the cache folder.

A file of JSON for each design as it is: its name is a hash of the design's files, of its faces, and of the program's
files that measure them, so that an entry is never out of date. Its first line is the hash of the rest: a damaged file
is none, and is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import weasyprint
from pydantic import ConfigDict, TypeAdapter, ValidationError

from layout import assets
from layout.makeup.shape_measures import Sample
from layout.page.frames import FrameType, Ink
from layout.page.table_style import CellEdge, TableStyle
from layout.pictures.cache import put

_ROOMS = ("design", "engine", "fontbook", "galley", "makeup", "page", "pipeline")
"""The rooms that decide what is measured: whoever changes them measures anew, and counts no version."""
_MOST = 4
"""Designs whose samples are kept in memory: the preview makes a new one whenever a file of the design is saved."""
_SAMPLES = 1_500
"""Samples of one design, nine kilobytes each: a page asks for some 250, and most pages of an issue for the same."""

Samples = dict[str, Sample]
"""By what they are called: see ``sampling``."""


@dataclass(frozen=True)
class SampleCache:
    """The samples that are known: in *memory*, by the digests of their designs, and in files of *folder*, if any."""

    folder: Path | None
    memory: dict[str, Samples]

    def of(self, digest: str) -> Mapping[str, Sample]:
        """All that was measured of the design with that *digest*."""
        if digest not in self.memory:
            self.memory[digest] = _read(self.folder, digest) if self.folder else {}
            while len(self.memory) > _MOST:
                del self.memory[next(iter(self.memory))]
        return self.memory[digest]

    def add(self, digest: str, samples: Mapping[str, Sample]) -> None:
        """Caches *samples* of that design, too."""
        own = self.memory.setdefault(digest, {})
        own.update(samples)
        for name in list(own)[: max(0, len(own) - _SAMPLES)]:
            del own[name]
        if self.folder:
            _write(self.folder, digest, own)


def digest_of(design: Path, sheet: str, faces: Iterable[str]) -> str:
    """What a design is, by content, on a *sheet*: all that decides what its shapes measure. *faces* are the digests of
    those that are its own or the issue's.
    """
    found = hashlib.sha256(f"{_program()} {sheet} {sorted(faces)}".encode())
    components = assets.templates_dir() / "components"
    for name, content in (*_contents(design, ("*",)), *_contents(components, ("*",))):
        found.update(f"{name} {hashlib.sha256(content).hexdigest()} ".encode())
    return found.hexdigest()


@cache
def _program() -> str:
    rooms = Path(__file__).parents[1]
    found = hashlib.sha256(weasyprint.__version__.encode())
    for name in _ROOMS:
        for file, content in _contents(rooms / name, ("*.py", "*.toml")):
            found.update(f"{file} {hashlib.sha256(content).hexdigest()} ".encode())
    return found.hexdigest()


def _contents(folder: Path, patterns: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The files below *folder* with these names, each with what it holds. Faces are known by their digests."""
    files = {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    for path in sorted(files):
        name = path.relative_to(folder)
        if name.parts[0] not in ("fonts", "__pycache__") and "__pycache__" not in name.parts:
            yield str(name), path.read_bytes()


def _path(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.samples"


@cache
def _adapter() -> TypeAdapter[Samples]:
    adapter = TypeAdapter(Samples, config=ConfigDict(defer_build=True))
    later = {"FrameType": FrameType, "Ink": Ink, "CellEdge": CellEdge, "TableStyle": TableStyle}
    adapter.rebuild(_types_namespace=later, raise_errors=True)  # their modules name one another for type checkers only
    return adapter


def _read(folder: Path, digest: str) -> Samples:
    """What the file holds; nothing where there is none, or a damaged one."""
    try:
        checksum, _, body = _path(folder, digest).read_bytes().partition(b"\n")
        return _adapter().validate_json(body) if checksum == _sum(body) else {}
    except (OSError, ValidationError):
        return {}


def _write(folder: Path, digest: str, samples: Samples) -> None:
    """Writes them, whole or not at all. A cache that cannot be written to is none."""
    body = _adapter().dump_json(samples)
    with suppress(OSError):
        put(_path(folder, digest), _sum(body) + b"\n" + body)


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
