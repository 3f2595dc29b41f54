"""Prepares pictures for their boxes. A picture is developed only when the cache does not have it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from layout.errors import Faults, LayoutError, PictureError, Place, Said
from layout.pictures import cache
from layout.pictures.develop import develop
from layout.pictures.model import PictureRequest, Prepared, Raster
from layout.pictures.opening import unforgiving
from layout.pictures.remarks import findings
from layout.press import PressProfile

TOGETHER = 2
"""Pictures developed at once on a machine that has the cores. Pillow releases Python's lock while it decodes,
scales, converts and encodes, so threads suffice; each holds one decoded source."""


def prepare(
    picture_path: Path,
    *,
    box_width_pt: float,
    box_height_pt: float,
    profile: PressProfile,
    cache_dir: Path,
    focus: tuple[float, float] = (0.5, 0.5),
    assume: Literal["srgb"] = "srgb",
    name: str | None = None,
    ground: tuple[float, float, float, float] | None = None,
    under_type: bool = False,
) -> Prepared:
    """One picture for one box: see :func:`prepare_many`, and ``PictureRequest`` for the parameters."""
    request = PictureRequest(picture_path, box_width_pt, box_height_pt, focus, name, assume, ground, under_type)
    return prepare_many([request], profile=profile, cache_dir=cache_dir)[0]


def prepare_many(
    requests: Sequence[PictureRequest], *, profile: PressProfile, cache_dir: Path, jobs: int = 1
) -> tuple[Prepared, ...]:
    """The pictures as CMYK JPEGs in *cache_dir*, in the order of *requests*.

    Each is turned upright, cropped to its box around the focus, reduced to the press's resolution (never enlarged),
    sharpened, separated through the press profile and held within its ink limit. What is in the cache is not decoded.
    Two are developed at once (*jobs*, if more) where there are cores for it; what comes out is the same.

    Raises ``PictureError`` for a picture that is missing or unreadable, ``Faults`` for several.
    """
    faults: list[LayoutError] = []
    entries = [_looked_up(request, profile, cache_dir, faults) for request in requests]
    work = {each.key: request for request, each in zip(requests, entries, strict=True) if each and not each.entry}
    made = _develop_all(work, profile, cache_dir, jobs)
    faults += [result for result in made.values() if isinstance(result, LayoutError)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    prepared = []
    for request, looked_up in zip(requests, entries, strict=True):
        assert looked_up is not None
        ready = looked_up.entry or made[looked_up.key]
        assert isinstance(ready, cache.Entry)
        remarks = findings(ready.facts, profile, request)
        path = cache.jpeg_path(cache_dir, looked_up.key)
        prepared.append(Raster(path, ready.facts, remarks, looked_up.key, ready.restored))
    return tuple(prepared)


class _LookedUp(NamedTuple):
    """What the cache has of one request."""

    key: str
    entry: cache.Entry | None


def _looked_up(
    request: PictureRequest, profile: PressProfile, cache_dir: Path, faults: list[LayoutError]
) -> _LookedUp | None:
    """None, with a fault added, when the source cannot be read."""
    try:
        source = _source(request)
    except PictureError as error:
        faults.append(error)
        return None
    key = cache.key_of(source, request, profile)
    return _LookedUp(key, cache.read(cache_dir, key))


def _source(request: PictureRequest) -> bytes:
    try:
        return request.path.read_bytes()
    except OSError as error:
        raise PictureError(
            Said("找不到图片，或没有读取权限。", "The picture is missing or may not be read."),
            place=Place(request.shown),
            hint=Said("请核对 issue.toml 里的文件名。", "Check the file name in issue.toml."),
        ) from error


def _develop_all(
    work: Mapping[str, PictureRequest], profile: PressProfile, cache_dir: Path, jobs: int
) -> dict[str, cache.Entry | PictureError]:
    """What is now in the cache, or the fault, by cache key."""
    threads = min(len(work), max(jobs, TOGETHER), len(os.sched_getaffinity(0)) if sys.platform == "linux" else jobs)
    task = partial(_developed, profile=profile, cache_dir=cache_dir)
    with unforgiving():
        if threads < 2:
            return {key: task(key, request) for key, request in work.items()}
        # The largest first: else one thread would still be busy with it when all the others are done.
        order = sorted(work, key=lambda key: (-_bytes_of(work[key]), key))
        with ThreadPoolExecutor(threads) as pool:
            made = dict(zip(order, pool.map(task, order, [work[key] for key in order]), strict=True))
        return {key: made[key] for key in work}


def _bytes_of(request: PictureRequest) -> int:
    try:
        return request.path.stat().st_size
    except OSError:
        return 0


def _developed(
    key: str, request: PictureRequest, *, profile: PressProfile, cache_dir: Path
) -> cache.Entry | PictureError:
    """Develop one picture into the cache."""
    try:
        developed = develop(_source(request), request, profile)
    except PictureError as error:
        return error
    cache.write(cache_dir, key, developed)
    return cache.Entry(developed.facts, developed.restored)
