"""Subsets hold the glyphs asked for, under their own numbers, and nothing that a PDF has no use for."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import uharfbuzz as hb
from weasyprint.text.fonts import get_hb_object_data

from layout import assets
from layout.engine.patches import font_subsets
from layout.engine.patches.font_subsets import Subsets, subset_of
from layout.engine.patches.table import install_patches
from layout.fontbook import Fontbook
from layout.fontbook.subsets import SubsetOrder, subset_files
from small_page import document_of, make_canvas


def test_a_subset_keeps_numbers_and_outlines() -> None:
    content = (assets.fonts_dir() / "song-400.ttf").read_bytes()
    face = hb.Face(hb.Blob(content))
    whole = hb.Font(face)
    glyphs = [whole.get_nominal_glyph(ord(character)) for character in "屯留，A"]
    small = subset_of(face, glyphs, notdef=False)
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
    face = hb.Face(hb.Blob((assets.fonts_dir() / "kai-400.ttf").read_bytes()))
    one = subset_of(face, [100, 2000, 7], notdef=True)
    assert one == subset_of(face, {7, 100, 2000}, notdef=True)


FACES = Fontbook(assets.fonts_dir()).faces


@pytest.mark.parametrize("name", FACES)
def test_a_mapped_face_gives_the_bytes_of_one_that_was_read(name: str) -> None:
    face, glyphs = FACES[name], [3, 200, 1500, 1501]
    content = face.path.read_bytes()
    font = SimpleNamespace(family=face.family, missing={}, file_content=memoryview(content))
    assert Subsets().get(font, glyphs) == subset_of(hb.Face(hb.Blob(content)), glyphs, notdef=False)


def test_a_file_that_is_not_ours_is_subset_by_its_own_content() -> None:
    content = FACES["hei-400"].path.read_bytes()
    font = SimpleNamespace(family="Song 400", missing={}, file_content=content)
    assert Subsets().get(font, [3, 200]) == subset_of(hb.Face(hb.Blob(content)), [3, 200], notdef=False)


def test_what_is_made_elsewhere_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    face, subsets, asked = FACES["song-400"], Subsets(), []
    orders = [SubsetOrder("Song 400", face.path, glyphs) for glyphs in ((3, 200), (3, 201))]
    made = subset_files(orders)
    monkeypatch.setattr(font_subsets, "subset_of", lambda _, glyphs, **__: asked.append(glyphs) or b"own")
    subsets.look_to(lambda: zip(orders, made, strict=True))
    font = _font({})
    assert [subsets.get(font, order.glyphs) for order in orders] == made
    assert not asked
    assert subsets.get(font, [3, 202]) == b"own", "what nobody has made"
    assert subsets.get(_font({65: 9}), [3, 200]) == b"own", "with an outline for what is missing"


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
    install_patches()
    from weasyprint.pdf.fonts import Font

    for index, hinting in ((0, True), (1, False)):
        with pytest.raises(AssertionError):
            Font.subset(SimpleNamespace(index=index, file_content=b""), {1: "x"}, hinting)


def test_a_font_file_is_seen_where_it_lies(tmp_path: Path) -> None:
    """WeasyPrint's own function copies the same bytes."""
    document = document_of(make_canvas(tmp_path, "<p style='font: 9pt \"Kai 400\"'>楷体</p>"))
    document.write_pdf(uncompressed_pdf=True)
    (font,) = document.fonts.values()
    assert bytes(font_subsets._view(font.hb_face)) == get_hb_object_data(font.hb_face)
