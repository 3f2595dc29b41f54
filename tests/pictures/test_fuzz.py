"""Damaged pictures, of every kind: made ready for the press, or refused in a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

import soak
from damage import damaged, small_pictures
from layout.errors import LayoutError
from layout.pictures import PictureRequest, prepare_many
from layout.press import PressProfile


@pytest.mark.soak
def test_a_damaged_picture(tmp_path: Path, newsprint: PressProfile, store: Path) -> None:
    pictures = small_pictures()
    for seed in range(soak.amount(sample=36, full=400)):
        path = tmp_path / f"{seed}.picture"
        path.write_bytes(damaged(pictures[seed % len(pictures)], 3_000_000 + seed))
        with suppress(LayoutError):
            prepare_many([PictureRequest(path, 72, 54)], profile=newsprint, cache_dir=store)
