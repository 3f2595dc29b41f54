"""Prepares pictures for their boxes, and makes their findings, for cached pictures too.

A picture is developed only when the cache does not have it.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from pathlib import Path
from typing import Literal, NamedTuple

from layout.checks import Finding, Severity
from layout.errors import Faults, Hint, LayoutError, Message, PictureError, Place, refusal
from layout.flows import Flow
from layout.pictures import cache
from layout.pictures.cache import Entry
from layout.pictures.develop import Developed, develop
from layout.pictures.model import PictureFacts, PictureRequest, Raster, cache_finding
from layout.pictures.opening import unforgiving
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
) -> Raster:
    """One picture for one box: see :func:`prepare_many`, and ``PictureRequest`` for the parameters."""
    request = PictureRequest(picture_path, box_width_pt, box_height_pt, focus, name, assume, ground, under_type)
    return prepare_many([request], profile=profile, cache_dir=cache_dir)[0]


def prepare_many(
    requests: Sequence[PictureRequest],
    *,
    profile: PressProfile,
    cache_dir: Path,
    spare: Path | None = None,
    jobs: int = 1,
    ready: Callable[[int], None] = lambda _: None,
) -> tuple[Raster, ...]:
    """The pictures as CMYK JPEGs in *cache_dir*, in the order of *requests*.

    Each is turned upright, cropped to its box around the focus, reduced to the press's resolution (never enlarged),
    sharpened, separated through the press profile and held within its ink limit. What is in the cache is not decoded.
    What the cache cannot hold, because it is full or may not be written, is put into *spare*, and that is reported.
    Two are developed at once (*jobs*, if more) where there are cores for it; what comes out is the same. *ready* gets,
    in this thread, how many of *requests* are ready: those in the cache, and then each as it is developed.

    Raises ``PictureError`` for a picture that is missing or unreadable, ``Faults`` for several.
    """
    faults: list[LayoutError] = []
    entries = [_looked_up(request, profile, cache_dir, faults) for request in requests]
    work = {each.key: request for request, each in zip(requests, entries, strict=True) if each and not each.entry}
    stores = _Stores(cache_dir, spare)
    wanted = Counter(each.key for each in entries if each and not each.entry)
    count = len(requests) - wanted.total()
    if count:
        ready(count)

    def developed(key: str) -> None:
        nonlocal count
        count += wanted[key]
        ready(count)

    made = _develop_all(work, profile, stores, jobs, developed)
    faults += [result for result in made.values() if isinstance(result, LayoutError)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    prepared = []
    for request, looked_up in zip(requests, entries, strict=True):
        assert looked_up is not None
        entry = looked_up.entry or made[looked_up.key]
        assert isinstance(entry, cache.Entry)
        remarks = findings(entry.facts, profile, request)
        path = cache.jpeg_path(stores.of(looked_up.key), looked_up.key)
        remarks += stores.findings
        prepared.append(Raster(path, entry.facts, remarks, looked_up.key, entry.restored, entry.sha256))
    return tuple(prepared)


@dataclass
class _Stores:
    """The cache, and what is used in its place for pictures that it cannot hold."""

    cache: Path
    spare: Path | None
    findings: tuple[Finding, ...] = ()
    _spared: set[str] = field(default_factory=set)

    def write(self, key: str, developed: Developed) -> Entry:
        """Writes an entry and gives it. Raises ``OSError`` where it can be written nowhere."""
        try:
            return cache.write(self.cache, key, developed)
        except OSError as error:
            if self.spare is None or self.spare == self.cache:
                raise
            entry = cache.write(self.spare, key, developed)
            self._spared.add(key)
            why = refusal(error) or Message(str(error.strerror), str(error.strerror))
            self.findings = (cache_finding(self.cache, why),)
            return entry

    def of(self, key: str) -> Path:
        """The folder that holds the entry."""
        return self.spare if self.spare is not None and key in self._spared else self.cache


class _LookedUp(NamedTuple):
    """The cache's key and entry for one request."""

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
            Message("找不到图片，或没有读取权限。", "The picture is missing or may not be read."),
            place=Place(request.shown),
            hint=Message("请核对 issue.toml 里的文件名。", "Check the file name in issue.toml."),
        ) from error


def _develop_all(
    work: Mapping[str, PictureRequest],
    profile: PressProfile,
    stores: _Stores,
    jobs: int,
    done: Callable[[str], None],
) -> dict[str, cache.Entry | PictureError]:
    """What is now in the cache, or the fault, by cache key. *done* gets each key, in this thread."""
    threads = min(len(work), max(jobs, TOGETHER), len(os.sched_getaffinity(0)) if sys.platform == "linux" else jobs)
    task = partial(_developed, profile=profile, stores=stores)
    with unforgiving():
        if threads < 2:
            made: dict[str, cache.Entry | PictureError] = {}
            for key, request in work.items():
                made[key] = task(key, request)
                done(key)
            return made
        # The largest first: else one thread would still be busy with it when all the others are done.
        order = sorted(work, key=lambda key: (-_bytes_of(work[key]), key))
        with ThreadPoolExecutor(threads) as pool:
            futures = {pool.submit(task, key, work[key]): key for key in order}
            for future in as_completed(futures):
                done(futures[future])
        own = {key: future for future, key in futures.items()}
        return {key: own[key].result() for key in work}


def _bytes_of(request: PictureRequest) -> int:
    try:
        return request.path.stat().st_size
    except OSError:
        return 0


def _developed(
    key: str, request: PictureRequest, *, profile: PressProfile, stores: _Stores
) -> cache.Entry | PictureError:
    """Develop one picture into the cache."""
    try:
        developed = develop(_source(request), request, profile)
    except PictureError as error:
        return error
    return stores.write(key, developed)


NOTES: dict[str, tuple[Severity, Message, Hint | None]] = {
    "profile-missing": (
        Severity.NOTE,
        Message("图片没有内嵌色彩特性文件，按 sRGB 处理。",
                "The picture has no embedded profile; it is taken for sRGB."),
        None,
    ),
    "profile-broken": (
        Severity.WARNING,
        Message("图片内嵌的色彩特性文件读不出或与图片不符，按 sRGB 处理。",
                "The picture's embedded profile is unreadable or of another kind; it is taken for sRGB."),
        Hint(editor=Message("请核对校样颜色，或让摄影部重新导出。",
                            "Check its colours on the proof, or have it exported again.")),
    ),
    "cmyk-untagged": (
        Severity.WARNING,
        Message("CMYK 图片没有特性文件，网点值原样使用，只压总墨量。",
                "A CMYK picture without a profile: its dots are used as they are, only the ink limit is held."),
        Hint(editor=Message("最好交 RGB 原图，由程序按印厂规范分色。", "Better give the RGB original.")),
    ),
    "transparent": (
        Severity.NOTE,
        Message("图片有透明部分，透出底下的版面。", "The picture has transparent parts; the page shows through them."),
        None,
    ),
    "twelve-bits": (
        Severity.WARNING,
        Message("16 位图片只用到 12 位，已按 12 位展开。", "A 16-bit picture of only 12 bits; they were stretched."),
        Hint(editor=Message("请核对校样明暗。", "Check its tones on the proof.")),
    ),
    "gray": (
        Severity.NOTE,
        Message("黑白图片，只用黑版印。", "A black-and-white picture; it is printed in black alone."),
        None,
    ),
}  # fmt: skip


LEAST_BOX_MM = 20.0
"""A picture narrower than this, a thumb's width, shows nothing in a newspaper: no one is told to make it so small."""


def findings(facts: PictureFacts, profile: PressProfile, request: PictureRequest) -> tuple[Finding, ...]:
    """Every finding of a prepared picture. What is wrong with the file names the file; what is wrong with its use here
    names the picture, and the line of the issue that gives it.
    """
    return tuple(_findings(facts, profile, request))


def _damaged(share: float, request: PictureRequest) -> Finding:
    percent = max(1, round(100 * share))
    part = Message("全图都可能坏了", "all of it may be spoilt") if share >= 1 else Message(
        f"约 {percent}% 的画面坏了，在下部", f"about {percent} % of it is spoilt, at its foot"
    )  # fmt: skip
    return Finding(
        "picture.damaged",
        Severity.ERROR,
        Message(f"图片的数据有损坏：{part.zh}。", f"The picture's data are damaged: {part.en}."),
        place=Place(request.shown),
        hint=Hint(editor=Message("请重新传一份原图。", "Copy the original file again.")),
        amount={"share": round(share, 3)},
        sources=(Flow.of_picture(request.id),) if request.id else (),
    )


def _larger_or_smaller(largest: float) -> Hint:
    """What mends a picture of too few pixels; *largest* is the width in mm at which it would have enough."""
    box = Message(f"把图框做到 {largest:.0f} mm 宽以内。", f"Make its box no wider than {largest:.0f} mm.")
    return Hint(
        editor=Message("请换大图。", "Use a larger original."), designer=box if largest >= LEAST_BOX_MM else None
    )


def _findings(facts: PictureFacts, profile: PressProfile, request: PictureRequest) -> Iterator[Finding]:
    for note in facts.notes:
        severity, message, hint = NOTES[note]
        yield Finding(f"picture.{note}", severity, message, place=Place(request.shown), hint=hint)
    if facts.damaged:
        yield _damaged(facts.damaged, request)
    limits = profile.line_art_ppi if facts.kind == "line art" else profile.image_ppi
    ppi = round(facts.effective_ppi)  # GWG 2015: resolutions are compared as whole numbers
    if ppi >= limits.warn:
        return
    severity, least = (Severity.ERROR, limits.error) if ppi < limits.error else (Severity.WARNING, limits.warn)
    crop_width = facts.crop[2] - facts.crop[0]
    largest, printed = crop_width / limits.warn * 25.4, crop_width / facts.effective_ppi
    wanted = ceil(printed * limits.warn)
    name = f" {request.id} ({request.shown}) " if request.id else ""
    yield Finding(
        "picture.resolution",
        severity,
        Message(f"图片{name}有效分辨率只有 {ppi} ppi，低于 {least:g} ppi："
                f"印 {printed * 25.4:.0f} mm 宽要 {wanted} 像素，这一块只有 {crop_width:.0f}。",
                f"The picture{name} has only {ppi} ppi, less than {least:g}: printed {printed * 25.4:.0f} mm wide it "
                f"wants {wanted} pixels, and what is shown of it has {crop_width:.0f}."),
        place=request.place or Place(request.shown),
        hint=_larger_or_smaller(largest),
        amount={"effective_ppi": ppi, "least_ppi": least, "pixels": round(crop_width), "pixels_wanted": wanted},
        sources=(Flow.of_picture(request.id),) if request.id else (),
    )  # fmt: skip
