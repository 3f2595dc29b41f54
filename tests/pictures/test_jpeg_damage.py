"""A JPEG that has lost bytes is told, with how much of it is spoilt; one that has not is not."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from layout import assets
from layout.checks import Severity
from layout.pictures import PictureRequest, prepare_many
from layout.pictures.jpeg_damage import _share, damaged_share
from layout.press import PressProfile

pytestmark = pytest.mark.slow


def photograph(**options: object) -> bytes:
    """A baseline JPEG of a photograph."""
    with Image.open(assets.images_dir() / "autumn-ridge.jpg") as image:
        file = BytesIO()
        image.reduce(6).convert(str(options.pop("mode", "RGB"))).save(file, "JPEG", **options)
    return file.getvalue()


def overwritten(data: bytes, at: float, seed: int, length: int = 60) -> bytes:
    start = int(len(data) * at)
    return data[:start] + random.Random(seed).randbytes(length) + data[start + length :]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"quality": 40},
        {"quality": 96, "subsampling": 0},
        {"subsampling": 1, "optimize": True},
        {"mode": "L"},
        {"mode": "CMYK"},
        {"progressive": True},
        {"restart_marker_rows": 1},
    ],
    ids=str,
)
def test_a_sound_picture_is_not_damaged(options: dict[str, object]) -> None:
    data = photograph(**options)
    assert damaged_share(data) == 0
    if not options.get("progressive"):
        assert _share(data) == 1, "every code of it can be read"


@pytest.mark.parametrize("at", [0.3, 0.5, 0.7, 0.9])
def test_the_share_is_what_comes_after_the_damage(at: float) -> None:
    """Most damage is seen within a few codes; what is not is not told as less than it is."""
    data = photograph(quality=95)
    shares = [share for seed in range(5) if (share := damaged_share(overwritten(data, at, seed)))]
    assert len(shares) >= 2
    near = [share for share in shares if share < 1]
    assert near
    assert all(abs(share - (1 - at)) < 0.15 for share in near), near


def test_a_marker_in_the_scan_cuts_it_off() -> None:
    data = photograph()
    at = len(data) * 3 // 5
    assert 0.25 < damaged_share(data[:at] + b"\xff\xd9" + data[at + 2 :]) < 0.55


def test_damage_between_restart_markers_ends_at_the_next() -> None:
    data = photograph(quality=95, restart_marker_rows=1)
    shares = {round(damaged_share(overwritten(data, 0.5, seed, 30)), 3) for seed in range(8)}
    assert any(0 < share < 0.1 for share in shares), shares


@pytest.mark.parametrize("kind", ["scan", "progressive", "tables"])
def test_a_damaged_picture_is_an_error_that_names_it(kind: str, tmp_path: Path, newsprint: PressProfile) -> None:
    data = photograph(quality=95, progressive=kind == "progressive")
    spoilt = (overwritten(data, 0.6, seed) for seed in range(40))
    (tmp_path / "a.jpg").write_bytes(next(each for each in spoilt if damaged_share(each)) if kind != "tables" else data)
    request = PictureRequest(tmp_path / "a.jpg", 100, 60, id="hill")
    for _ in range(2):  # made, and found in the cache
        (ready,) = prepare_many([request], profile=newsprint, cache_dir=tmp_path / "cache")
        told = [each for each in ready.findings if each.check == "picture.damaged"]
        assert [each.severity for each in told] == ([] if kind == "tables" else [Severity.ERROR])
        assert all("a.jpg" in str(each.place) and each.hint for each in told)
