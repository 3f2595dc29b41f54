"""Coverage, advances, and the names in front of them."""

import pytest

from layout import assets
from layout.composer import Setting, Span, compose
from layout.errors import FontError
from layout.fontbook import Fontbook, NoGlyphError


@pytest.fixture(scope="module")
def fontbook() -> Fontbook:
    return Fontbook(assets.fonts_dir())


def test_every_face_of_the_list_is_there(fontbook: Fontbook) -> None:
    assert len(fontbook.faces) == 9
    assert fontbook.face_of("Song 900").key == "song-900"


def test_an_unknown_family_names_the_nearest(fontbook: Fontbook) -> None:
    with pytest.raises(FontError) as caught:
        fontbook.face_of("Song 90")
    assert "Song 900" in caught.value.hint.zh  # type: ignore[union-attr]
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "key", ["song-400", "song-700", "song-900", "hei-400", "hei-500", "hei-900", "kai-400", "fang-400", "xingkai-400"]
)
def test_han_are_one_em_in_every_face(fontbook: Fontbook, key: str) -> None:
    assert [cluster.advance for cluster in fontbook.clusters([key], "屯留两会")] == pytest.approx([1.0] * 4, abs=0.002)


def test_text_is_kept_whole_and_in_order(fontbook: Fontbook) -> None:
    text = "“2026年” 220KV——Ⅱ类，AVe\u0301…… é\u200b好\ufe00"
    assert "".join(cluster.text for cluster in fontbook.clusters(["song-400"], text)) == text


def test_narrow_quotes_are_taken_from_the_next_face(fontbook: Fontbook) -> None:
    left, han, right = fontbook.clusters(["kai-400", "song-400"], "“天”")
    assert (left.face, han.face, right.face) == ("song-400", "kai-400", "song-400")
    assert left.advance == right.advance == 1.0


@pytest.mark.parametrize(("mark", "width"), [("——", 2.0), ("……", 2.0), ("·", 0.5), ("⸺", 2.0)])
def test_marks_of_fixed_width_have_it_whatever_the_face_says(fontbook: Fontbook, mark: str, width: float) -> None:
    for key in ("song-400", "hei-400", "kai-400"):
        clusters = fontbook.clusters([key], f"天{mark}地")[1:-1]
        assert sum(cluster.advance for cluster in clusters) == pytest.approx(width)


def test_a_character_without_glyph_is_named_with_its_code_point(fontbook: Fontbook) -> None:
    with pytest.raises(NoGlyphError) as caught:
        fontbook.clusters(["xingkai-400", "fang-400"], "屯㐀")
    assert "㐀" in caught.value.message.zh
    assert "U+3400" in caught.value.message.zh


def test_vertical_forms_are_other_glyphs(fontbook: Fontbook) -> None:
    level = fontbook.clusters(["song-900"], "（")[0].glyphs[0].number
    upright = fontbook.clusters(["song-900"], "（", vertical=True)[0].glyphs[0].number
    assert level != upright


@pytest.mark.parametrize("face", ["song-400", "song-700", "song-900", "hei-400", "hei-500", "hei-900", "xingkai-400"])
@pytest.mark.parametrize("text", ["To", "屯To留", "（To）", "2026To"])
def test_latin_is_kerned_as_its_face_says_wherever_it_stands(fontbook: Fontbook, face: str, text: str) -> None:
    """GPOS ``kern``: of the faces that come along 楷体 and 仿宋 have none."""
    clusters = fontbook.clusters((face, "song-400"), text)
    at = text.index("T")
    plain = fontbook.faces[face].width(clusters[at].glyphs[0].number)
    assert clusters[at].text == "T"
    assert clusters[at].advance < plain - 0.05
    alone = fontbook.clusters((face, "song-400"), "To")[0].advance
    assert clusters[at].advance == pytest.approx(alone)


def test_kerned_letters_stay_kerned_on_justified_and_turned_lines(fontbook: Fontbook) -> None:
    kerned = fontbook.clusters(("song-400",), "To")[0].advance
    for vertical in (False, True):
        setting = Setting(vertical=vertical, indent=0.0)
        line = compose([Span("去Tokyo看樱花，去Toledo看城", ("song-400",))], setting, 10, fontbook).lines[0]
        letters = [each for each in line.placed if each.cluster.text in ("T", "o")][:2]
        assert letters[1].x - letters[0].x == pytest.approx(kerned)
