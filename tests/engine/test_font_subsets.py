"""Subsets hold the glyphs asked for, under their own numbers, and nothing that a PDF has no use for."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import uharfbuzz as hb

from layout import assets
from layout.engine.patches import font_subsets
from layout.engine.patches.font_subsets import Subsets, subset_of
from layout.engine.patches.harfbuzz_nogil import FreeHarfbuzz
from layout.fontbook import Fontbook
from sample_issue import sample


def test_a_subset_keeps_numbers_and_outlines() -> None:
    content = (assets.fonts_dir() / "song-400.ttf").read_bytes()
    whole = hb.Font(hb.Face(hb.Blob(content)))
    glyphs = [whole.get_nominal_glyph(ord(character)) for character in "屯留，A"]
    small = subset_of(content, glyphs, notdef=False)
    part = hb.Font(hb.Face(hb.Blob(small)))
    assert len(small) < len(content) / 10
    assert part.face.glyph_count == max(glyphs) + 1
    for glyph in glyphs:
        assert part.get_glyph_h_advance(glyph) == whole.get_glyph_h_advance(glyph)
        assert part.get_glyph_extents(glyph) == whole.get_glyph_extents(glyph)
    other = whole.get_nominal_glyph(ord("区"))
    assert other > max(glyphs) or part.get_glyph_extents(other).height == 0
    assert "GSUB" not in part.face.table_tags


def test_the_same_glyphs_give_the_same_bytes() -> None:
    content = (assets.fonts_dir() / "kai-400.ttf").read_bytes()
    one = subset_of(content, [100, 2000, 7], notdef=True)
    assert one == subset_of(content, {7, 100, 2000}, notdef=True)


FACES = Fontbook(assets.fonts_dir()).faces


@pytest.mark.parametrize("name", FACES)
def test_without_the_lock_the_bytes_are_the_same(name: str) -> None:
    free, path = FreeHarfbuzz.found(), FACES[name].path
    assert free is not None
    flags = int(font_subsets._FLAGS | hb.SubsetFlags.RETAIN_GIDS), int(font_subsets._FLAGS | hb.SubsetFlags.NO_HINTING)
    small = free.subset(path, [3, 200, 1500, 1501], flags, font_subsets._UNUSED)
    assert small == subset_of(path.read_bytes(), [3, 200, 1500, 1501], notdef=False)


def test_no_file_is_no_subset(tmp_path: Path) -> None:
    free = FreeHarfbuzz.found()
    assert free is not None
    assert free.subset(tmp_path / "none.ttf", [1], (0, 0), ()) is None


def test_what_was_begun_is_what_a_page_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made, lines = Subsets(), sample().page.lines
    made.begin(FACES, lines)
    asked: dict[str, set[int]] = {}
    for line in lines:
        for placed in line.line.placed:
            asked.setdefault(placed.cluster.face, set()).update(glyph.number for glyph in placed.cluster.glyphs)
    monkeypatch.setattr(font_subsets, "subset_of", lambda *_, **__: pytest.fail("it was not begun"))
    for name, glyphs in asked.items():
        font = SimpleNamespace(family=FACES[name].family, missing={}, file_content=b"")
        assert made.get(font, glyphs)[:4] in (b"OTTO", b"\0\1\0\0")


def _font(missing: dict[int, int]) -> SimpleNamespace:
    return SimpleNamespace(family="Song 400", missing=missing, file_content=FACES["song-400"].path.read_bytes())


def test_a_subset_for_missing_characters_is_another_one() -> None:
    made = Subsets()
    for missing in ({}, {0x4E00: 1}):
        notdef = hb.Font(hb.Face(hb.Blob(made.get(_font(missing), [100, 2000])))).get_glyph_extents(0)
        assert (notdef.height != 0) is bool(missing)


def test_no_more_than_the_latest_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_subsets, "MOST", 2)
    made: list[tuple[int, ...]] = []
    monkeypatch.setattr(font_subsets, "subset_of", lambda _, glyphs, **__: made.append(glyphs) or b"x")
    remembered = Subsets()
    for glyph in (1, 2, 1, 3, 1, 2):
        remembered.get(_font({}), [glyph])
    assert made == [(1,), (2,), (3,), (2,)]  # 1 was asked for again before 3 came: 2 went


def test_what_is_never_asked_for_is_refused() -> None:
    from weasyprint.pdf.fonts import Font

    for index, hinting in ((0, True), (1, False)):
        with pytest.raises(AssertionError):
            Font.subset(SimpleNamespace(index=index, file_content=b""), {1: "x"}, hinting)
