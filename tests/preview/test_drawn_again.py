"""The tiles of a page on which a word has changed are drawn where it has, and show what the whole page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from layout import assets
from layout.pipeline import InPlace, Options, build
from layout.pipeline.assistant_tasks import assistant
from layout.press.load import load_profile
from layout.preview.page_files import PageFiles
from layout.preview.page_memo import DrawnReady, PageMemo
from layout.preview.tiles import Tiles
from layout.proof import redrawing
from pipeline.small_issue import make_issue

SCALE, LARGE = 0.9, 3.0
SPOTS = [(SCALE, (0, 0)), (SCALE, (1, 1)), *((LARGE, (column, row)) for column in range(3) for row in range(4))]
"""The large sheet is drawn tile by tile, from the page that was drawn in part."""


def tiles_of(files: PageFiles) -> Tiles:
    return Tiles(files, lambda: load_profile("newsprint-coldset", [assets.press_dir()]))


def test_tiles_of_a_changed_page_are_those_of_the_page_drawn_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[object] = []
    patched: Callable[..., Image.Image] = redrawing._patched

    def counted(*given: object) -> Image.Image:
        parts.append(given)
        return patched(*given)

    monkeypatch.setattr(redrawing, "_patched", counted)
    issue = make_issue(tmp_path / "issue", "一段正文，写在横排的框里。")
    (tmp_path / "pages").mkdir()
    files, ready = PageFiles(tmp_path / "pages"), list[DrawnReady]()
    memo, tiles, before = PageMemo(InPlace(), files, ready.append), tiles_of(files), ""
    (copy,) = (each for each in issue.glob("*.md") if "一段正文" in each.read_text("utf-8"))
    try:
        for number, word in enumerate(("正文", "稿子", "正文", "很长的一段稿子")):
            copy.write_text(copy.read_text("utf-8").replace("正文" if number % 2 else "稿子", word), "utf-8")
            build(issue, Options(out=tmp_path / "out", png=False, keep=False), workers=memo)
            key = memo.key(1)
            tiles.draw_ahead(key, before)
            fresh = tiles_of(files)
            for asked, spot in SPOTS:
                scale = asked if asked == SCALE else asked + number / 10  # or it would be drawn ahead of the small one
                own = tiles.tile(key, "page", scale, *spot)
                assert own is not None
                assert own == fresh.tile(key, "page", scale, *spot), (number, scale, spot)
            assert len(parts) == [0, 1, 1, 2][number], "what was drawn is known; what is new is drawn in part"
            before = key
    finally:
        assistant().shutdown()
        assistant.cache_clear()
