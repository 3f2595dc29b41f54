"""The door: pictures asked for, pictures ready, developed only when the cache has none."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Literal, NamedTuple

from layout.errors import Faults, LayoutError, PictureError, Place, Said
from layout.press import PressProfile
from layout.render.pictures import cache
from layout.render.pictures.develop import develop
from layout.render.pictures.model import Facts, PictureRequest, PreparedPicture
from layout.render.pictures.remarks import findings

LARGE_WORK = 5_000_000
"""Bytes of uncached sources, over a second of work, above which two processes, half a second to start, are worth it."""


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
) -> PreparedPicture:
    """One picture for one box: see :func:`prepare_many`, and ``PictureRequest`` for the parameters."""
    request = PictureRequest(picture_path, box_width_pt, box_height_pt, focus, name, assume, ground, under_type)
    return prepare_many([request], profile=profile, cache_dir=cache_dir)[0]


def prepare_many(
    requests: Sequence[PictureRequest], *, profile: PressProfile, cache_dir: Path, jobs: int = 1
) -> tuple[PreparedPicture, ...]:
    """The pictures as CMYK JPEGs in *cache_dir*, in the order asked for.

    Each is turned upright, cropped to its box around the focus, reduced to the press's resolution (never enlarged),
    sharpened, separated through the press profile and held within its ink limit. What is in the cache is not decoded.
    Up to *jobs* processes are used when there is much to do.

    Raises ``PictureError`` for a picture that is missing or unreadable, ``Faults`` for several.
    """
    faults: list[LayoutError] = []
    entries = [_looked_up(request, profile, cache_dir, faults) for request in requests]
    work = {entry.key: request for request, entry in zip(requests, entries, strict=True) if entry and not entry.facts}
    large = sum(entry.source_bytes for entry in entries if entry and not entry.facts) > LARGE_WORK
    made = _develop_all(work, profile, cache_dir, jobs if large else 1)
    faults += [result for result in made.values() if isinstance(result, LayoutError)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    prepared = []
    for request, entry in zip(requests, entries, strict=True):
        assert entry is not None
        facts = entry.facts or made[entry.key]
        assert isinstance(facts, Facts)
        path = cache.jpeg_path(cache_dir, entry.key)
        prepared.append(PreparedPicture(path, facts, findings(facts, profile, request.shown), entry.key))
    return tuple(prepared)


class _Entry(NamedTuple):
    """What the cache says of one request."""

    key: str
    source_bytes: int
    facts: Facts | None


def _looked_up(
    request: PictureRequest, profile: PressProfile, cache_dir: Path, faults: list[LayoutError]
) -> _Entry | None:
    """None, with a fault added, when the source cannot be read."""
    try:
        source = _source(request)
    except PictureError as error:
        faults.append(error)
        return None
    key = cache.key_of(source, request, profile)
    return _Entry(key, len(source), cache.read(cache_dir, key))


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
) -> dict[str, Facts | LayoutError]:
    """Facts, or the fault, by cache key."""
    tasks = [(request, key, profile, cache_dir) for key, request in work.items()]
    if jobs > 1 and len(tasks) > 1:
        # Spawned, not forked: the parent may hold threads of Pango or of a preview server.
        with ProcessPoolExecutor(min(jobs, len(tasks)), multiprocessing.get_context("spawn")) as pool:
            results = list(pool.map(_task, tasks))
    else:
        results = list(map(_task, tasks))
    return {key: result if isinstance(result, Facts) else result.error() for key, result in results}


class _Refusal(NamedTuple):
    """A ``PictureError`` on its way from another process: exceptions made with keywords do not travel."""

    said: Said
    place: Place | None
    hint: Said | None

    def error(self) -> PictureError:
        """The error again."""
        return PictureError(self.said, place=self.place, hint=self.hint)


def _task(task: tuple[PictureRequest, str, PressProfile, Path]) -> tuple[str, Facts | _Refusal]:
    """Develop one picture into the cache."""
    request, key, profile, cache_dir = task
    try:
        developed = develop(_source(request), request, profile)
    except PictureError as error:
        return key, _Refusal(error.said, error.place, error.hint)
    cache.write(cache_dir, key, developed)
    return key, developed.facts
