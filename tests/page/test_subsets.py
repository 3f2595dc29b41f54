"""Subsets hold the glyphs asked for, under their own numbers, and nothing that a PDF has no use for."""

import uharfbuzz as hb

from layout import assets
from layout.page.subsets import subset_of


def test_a_subset_keeps_numbers_and_outlines() -> None:
    content = (assets.fonts_dir() / "song-400.ttf").read_bytes()
    whole = hb.Font(hb.Face(hb.Blob(content)))
    glyphs = [whole.get_nominal_glyph(ord(character)) for character in "屯留，A"]
    small = subset_of(content, 0, glyphs, hinting=False, notdef=False)
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
    one = subset_of(content, 0, [100, 2000, 7], hinting=False, notdef=True)
    assert one == subset_of(content, 0, {7, 100, 2000}, hinting=False, notdef=True)
