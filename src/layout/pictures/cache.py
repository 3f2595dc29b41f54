"""Caches developed pictures on disk by content: a JPEG, a JSON of facts and, where there is one, a stencil or mask.

The name is a hash of the source's bytes and of everything that decides the pixels, so an entry is never out of date.
The JSON is written last and holds the hashes of the other files: an entry is whole or it is none. Several processes may
write the same entry at once; each replaces it by the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, TypedDict

from PIL import features

from layout.painted import SoftMask, Stencil
from layout.pictures.develop import RECIPE, Developed
from layout.pictures.model import FactsJson, PictureFacts, PictureRequest
from layout.press import PressProfile

_RESTORED: Final = {kind.__name__: kind for kind in (Stencil, SoftMask)}


class Entry(NamedTuple):
    """The entry of one picture: its facts, and its stencil or mask, beside the JPEG."""

    facts: PictureFacts
    restored: Stencil | SoftMask | None
    sha256: str
    """Of all that is printed of it: the JPEG, and the stencil or mask."""


def key_of(source: bytes, request: PictureRequest, profile: PressProfile) -> str:
    """The entry's name, a SHA-256 in hexadecimal."""
    parameters = {
        "recipe": RECIPE,
        "libraries": _libraries(),
        "box": [round(request.box_width_pt, 3), round(request.box_height_pt, 3)],
        "focus": [round(value, 4) for value in request.focus],
        "assume": request.assume,
        "ground": request.ground,
        "under_type": request.under_type,
        "icc": profile.icc_sha256(),
        "intent": [profile.rendering_intent, profile.black_point_compensation],
        "ink_limit": profile.ink_limit,
        "max_tone": profile.max_tone,
        "ppi": [profile.image_ppi.target, profile.line_art_ppi.target],
        "sharpen": asdict(profile.sharpen),
    }
    if request.keep is not None or request.zoom != 1:
        parameters["keep"] = [request.keep, round(request.zoom, 4)]
    if request.under or request.black:
        parameters["page"] = [[[round(edge, 4) for edge in part] for part in request.under], request.black]
    digest = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    digest.update(source)
    return digest.hexdigest()


def jpeg_path(folder: Path, key: str) -> Path:
    """Where the JPEG of that entry lies."""
    return folder / f"{key}.jpg"


def read(folder: Path, key: str) -> Entry | None:
    """A whole entry; None when there is none, a damaged one, or one that an earlier version of the program wrote."""
    try:
        written: _EntryJson = json.loads((folder / f"{key}.json").read_bytes())
        if _sha256(jpeg_path(folder, key).read_bytes()) != written["sha256"]["jpeg"]:
            return None
        facts, restored = PictureFacts.from_json(written["facts"]), _read_restored(folder, key, written)
        return Entry(facts, restored, _of_both(written["sha256"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _RestoredJson(TypedDict):
    kind: str
    pixels: Sequence[int]


class _EntryJson(TypedDict):
    """The JSON of an entry; a file may hold anything, and then raises where it is read."""

    facts: FactsJson
    sha256: Mapping[str, str]
    restored: _RestoredJson | None


def _read_restored(folder: Path, key: str, written: _EntryJson) -> Stencil | SoftMask | None:
    """What the entry says must be restored. Raises ``ValueError`` where its bytes are not those that were written."""
    restored = written["restored"]
    if restored is None:
        return None
    kind = _RESTORED[restored["kind"]]
    deflated = _restored_path(folder, key, kind).read_bytes()
    if _sha256(deflated) != written["sha256"]["restored"]:
        raise ValueError(f"{key} is damaged")
    width, height = (int(size) for size in restored["pixels"])
    return kind(width, height, deflated)


def write(folder: Path, key: str, developed: Developed) -> Entry:
    """Writes *developed* and gives its entry. Each file appears whole or not at all, the JSON last."""
    folder.mkdir(parents=True, exist_ok=True)
    restored = developed.restored
    hashes = {"jpeg": _sha256(developed.jpeg)}
    written: dict[str, object] = {"facts": asdict(developed.facts), "sha256": hashes, "restored": None}
    if restored is not None:
        hashes["restored"] = _sha256(restored.deflated)
        written["restored"] = {"kind": type(restored).__name__, "pixels": [restored.width, restored.height]}
        put(_restored_path(folder, key, type(restored)), restored.deflated)
    put(jpeg_path(folder, key), developed.jpeg)
    put(folder / f"{key}.json", json.dumps(written, ensure_ascii=False, sort_keys=True).encode())
    return Entry(developed.facts, restored, _of_both(hashes))


def _of_both(hashes: Mapping[str, str]) -> str:
    """The hash of a picture that has a stencil or a mask: of both; else the JPEG's."""
    return _sha256("".join(hashes.values()).encode()) if len(hashes) > 1 else hashes["jpeg"]


def _restored_path(folder: Path, key: str, kind: type[Stencil | SoftMask]) -> Path:
    return folder / f"{key}.{kind.__name__.lower()}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(path: Path, data: bytes) -> None:
    """Writes a file, whole or not at all. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@cache
def _libraries() -> tuple[str | None, ...]:
    """The versions that decide the bytes."""
    return tuple(features.version(name) for name in ("pil", "littlecms2", "libjpeg_turbo", "jpg"))
