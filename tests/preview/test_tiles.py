"""Tiles are PDFium's own pixels of the whole page, at any scale; plates and ink are those of the press's file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from layout import assets
from layout.press.load import load_profile
from layout.preview import tiles as tiles_module
from layout.preview.page_files import PageFiles
from layout.preview.tiles import SIDE, Tiles, _OpenPage, ink_map
from sample_issue import sample

KEY = "k"


def whole(pdf: bytes, scale: float) -> Image.Image:
    """The page as PDFium draws it in one piece."""
    image: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("RGB")
    return image


@pytest.fixture(scope="module")
def tiles(tmp_path_factory: pytest.TempPathFactory) -> Tiles:
    """Those of the sample's page."""
    files = PageFiles(tmp_path_factory.mktemp("pages"))
    files.put(KEY, sample().pdf)
    return Tiles(files, lambda: load_profile("newsprint-coldset", [assets.press_dir()]))


def picture(png: bytes | None) -> Image.Image:
    assert png is not None
    return Image.open(io.BytesIO(png)).convert("RGB")


def furthest(one: Image.Image, other: Image.Image) -> int:
    """By how many of 255 levels the pixels differ at the most."""
    return max(most for _, most in ImageChops.difference(one, other).getextrema())  # type: ignore[misc]


@pytest.mark.parametrize("scale", [0.6, 4 / 3, 2.66667])
def test_a_tile_is_what_pdfium_draws_of_the_whole_page_there(tiles: Tiles, scale: float) -> None:
    """But for two levels: PDFium reduces a picture from the edge of what is drawn on."""
    drawn = whole(sample().pdf, scale)
    for column, row in ((0, 0), (1, 1), (1, 3), (drawn.width // SIDE, drawn.height // SIDE)):
        tile = tiles.tile(KEY, "page", scale, column, row)
        spot = (column * SIDE, row * SIDE, min(drawn.width, column * SIDE + SIDE), min(drawn.height, row * SIDE + SIDE))
        if spot[0] >= drawn.width or spot[1] >= drawn.height:
            assert tile is None
        else:
            assert furthest(picture(tile), drawn.crop(spot)) <= 2, (column, row)


def test_a_small_sheet_is_drawn_once_and_ahead_of_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, ...]] = []
    draw, sheet = _OpenPage.draw, tiles_module.drawn_again

    def counted(page: _OpenPage, scale: float, *spot: int) -> Image.Image:
        drawn.append(spot)
        return draw(page, scale, *spot)

    def whole_sheet(*given: Any) -> Image.Image:
        drawn.append(())
        return sheet(*given)

    monkeypatch.setattr(_OpenPage, "draw", counted)
    monkeypatch.setattr(tiles_module, "drawn_again", whole_sheet)
    files = PageFiles(tmp_path)
    for key in ("old", "new"):
        files.put(key, sample().pdf)
    tiles = Tiles(files, lambda: load_profile("newsprint-coldset", [assets.press_dir()]))
    four = [(column, row) for column in (0, 1) for row in (0, 1)]
    asked = [tiles.tile("old", "page", 0.52, *at) for at in four]
    assert len(drawn) == 1, "four tiles, in one piece"
    tiles.draw_ahead("new", "old")
    tiles.draw_ahead("new", "unknown")
    files.put("new", sample().pdf)  # packed meanwhile: the picture is the same
    assert [tiles.tile("new", "page", 0.52, *at) for at in four] == asked
    assert len(drawn) == 2
    tiles.tile("new", "page", 8.0, 1, 1)
    assert drawn[2:] == [(SIDE, SIDE, SIDE, SIDE)], "a large sheet tile by tile"


def test_at_800_percent_a_tile_is_drawn_from_the_page_and_not_enlarged(tiles: Tiles) -> None:
    scale, column, row = 8 * 96 / 72, 3, 2
    page = pypdfium2.PdfDocument(sample().pdf)[0]
    left, top, (width, height) = column * SIDE / scale, row * SIDE / scale, page.get_size()
    edges = (left, height - top - SIDE / scale, width - left - SIDE / scale, top)
    drawn = page.render(scale=scale, crop=edges).to_pil().convert("RGB")
    tile = picture(tiles.tile(KEY, "page", scale, column, row))
    assert furthest(tile, drawn.crop((0, 0, SIDE, SIDE))) <= 2
    enlarged = (
        whole(sample().pdf, 4 / 3).crop((column * 64, row * 64, column * 64 + 64, row * 64 + 64)).resize((SIDE, SIDE))
    )
    assert furthest(tile, enlarged) > 60, "the test looks where there is nothing to see"


def test_there_is_no_tile_beside_the_page_nor_at_any_scale(tiles: Tiles) -> None:
    for key, scale, column, row in (
        ("other", 1, 0, 0),
        (KEY, 1, 3, 0),
        (KEY, 1, 0, 3),
        (KEY, 1, -1, 0),
        (KEY, 0, 0, 0),
        (KEY, 99, 0, 0),
    ):
        assert tiles.tile(key, "page", scale, column, row) is None


def test_ink_under_a_point_is_that_of_the_plates(tiles: Tiles) -> None:
    red = tiles.ink_at(KEY, 500, 300)
    assert red is not None
    assert red["M"] == 100
    assert sum(red.values()) > 190
    assert tiles.ink_at(KEY, 10, 10) == {"C": 0, "M": 0, "Y": 0, "K": 0}
    assert tiles.ink_at(KEY, -1, 10) is None
    assert tiles.ink_at("other", 10, 10) is None


def test_the_plates_the_soft_proof_and_the_total_ink_are_drawn(tiles: Tiles) -> None:
    scale, column, row = 0.5, 0, 0
    magenta, black = (picture(tiles.tile(KEY, view, scale, column, row)) for view in ("M", "K"))
    at = (50, 200)  # on the red ribbon
    assert magenta.getpixel(at) == (0, 0, 0)
    assert black.getpixel(at) != (0, 0, 0)
    paper = picture(tiles.tile(KEY, "soft", scale, column, row)).getpixel((3, 3))
    assert paper != (255, 255, 255), "newsprint is not white"
    total = picture(tiles.tile(KEY, "ink", scale, column, row))
    assert total.getpixel((3, 3)) == (255, 255, 255)
    assert total.getpixel(at) < (160, 160, 160)  # type: ignore[operator]


def test_ink_beyond_the_limit_is_red() -> None:
    plates = {ink: Image.new("L", (1, 1), 255 if ink != "K" else 0) for ink in "CMYK"}
    assert ink_map(plates, 240).getpixel((0, 0)) == (217, 0, 0)
    assert ink_map(plates, 320).getpixel((0, 0)) != (217, 0, 0)


def test_pages_that_nobody_asks_for_go_and_a_page_is_replaced(tmp_path: Path) -> None:
    files = PageFiles(tmp_path, most=2)
    for key in ("a", "b"):
        files.put(key, key.encode())
    assert files.content("a") == b"a"
    assert files.path("a")  # asked for: b goes before it
    files.put("c", b"c")
    assert [files.content(key) for key in "abc"] == [b"a", None, b"c"]
    files.put("c", b"cc")
    assert files.content("c") == b"cc"
    assert len(list(tmp_path.iterdir())) == 2
