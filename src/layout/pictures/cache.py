"""Developed pictures, kept by content: one JPEG and one JSON of facts beside it.

The name is a hash of the source's bytes and of everything that decides the pixels, so an entry is never out of date.
The JSON is written last and names the JPEG's own hash: an entry is whole or it is none. Several processes may write the
same entry at once; each replaces it by the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from layout.pictures.develop import RECIPE, Developed
from layout.pictures.model import Facts, PictureRequest
from layout.press import PressProfile


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


def read(folder: Path, key: str) -> Facts | None:
    """The facts of a whole entry; None when there is none, or a damaged one."""
    try:
        kept = json.loads((folder / f"{key}.json").read_bytes())
        if hashlib.sha256(jpeg_path(folder, key).read_bytes()).hexdigest() != kept["jpeg_sha256"]:
            return None
        return Facts.from_json(kept["facts"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(folder: Path, key: str, developed: Developed) -> None:
    """Keep *developed*. Each file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = {
        "facts": asdict(developed.facts),
        "jpeg_sha256": hashlib.sha256(developed.jpeg).hexdigest(),
    }
    _put(jpeg_path(folder, key), developed.jpeg)
    _put(folder / f"{key}.json", json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())


def _put(path: Path, data: bytes) -> None:
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
    from PIL import features  # noqa: PLC0415  # only when a picture is wanted at all

    return tuple(features.version(name) for name in ("pil", "littlecms2", "libjpeg_turbo", "jpg"))
