"""Own faces: every kind of file becomes one static face with the outlines that it had, the same bytes each time."""

from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as hb

import own_fonts
from layout import assets
from layout.errors import FontError
from layout.face_values import CharacterRange, Weights
from layout.fontbook import Fontbook
from layout.fontbook.description_sequences import pieces_and_sequences
from layout.fontbook.embedding import Permission
from layout.fontbook.families import by_family, chosen, offered
from layout.fontbook.font_file import faces_in, read_font_file
from layout.fontbook.own_faces import Instance, OwnFace, PreparedFace
from layout.fontbook.prepared_faces import prepared_face
from small_page import FONTS

KINDS = {
    "TrueType": own_fonts.piece,
    "CFF": own_fonts.cid_keyed,
    "collection": lambda: own_fonts.collection([own_fonts.piece(), own_fonts.piece("hei-400.ttf", family="黑体")]),
    "WOFF": lambda: own_fonts.web(own_fonts.piece(), "woff"),
    "WOFF2": lambda: own_fonts.web(own_fonts.piece(), "woff2"),
}


def found(folder: Path, content: bytes, name: str = "own.ttf") -> tuple[OwnFace, ...]:
    """The faces of a font file."""
    path = folder / name
    path.write_bytes(content)
    return faces_in(read_font_file(path, f"fonts/{name}"), "issue")


def outline(file: Path | bytes, character: str) -> list[object]:
    """What is drawn of a character, on an em of 1."""
    blob = hb.Blob.from_file_path(str(file)) if isinstance(file, Path) else hb.Blob(file)
    font = hb.Font(hb.Face(blob))
    drawn = Drawn(font.face.upem)
    font.draw_glyph_with_pen(font.get_nominal_glyph(ord(character)) or 0, drawn)
    return drawn.steps


class Drawn:
    """A pen that writes down what it is told."""

    def __init__(self, em: int) -> None:
        self.steps: list[object] = []
        self._em = em

    def __getattr__(self, name: str) -> Any:
        return lambda *points: self.steps.append(
            (name, *(round(value / self._em, 3) for point in points for value in point))
        )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_becomes_a_face_with_the_outlines_that_it_had(tmp_path: Path, kind: str) -> None:
    face = found(tmp_path, KINDS[kind]())[0]
    made = prepared_face(face, Instance(400, italic=False), tmp_path / "one")
    again = prepared_face(face, Instance(400, italic=False), tmp_path / "two")
    assert made.registered == again.registered
    assert made.path.read_bytes() == again.path.read_bytes()
    original = assets.fonts_dir() / ("fang-400.otf" if kind == "CFF" else "song-700.ttf")
    for character in "屯，A":
        assert outline(made.path, character) == outline(original, character) != []


@pytest.mark.parametrize("text", ["天", "天地", "天地玄", "天地玄黄A"])
def test_web_fonts_of_any_length_are_read(tmp_path: Path, text: str) -> None:
    """A WOFF2 file is filled up to whole words behind its stream."""
    (face,) = found(tmp_path, own_fonts.web(own_fonts.piece(text=text), "woff2"))
    made = prepared_face(face, Instance(400, italic=False), tmp_path / "store")
    assert outline(made.path, "天") == outline(assets.fonts_dir() / "song-700.ttf", "天")


def test_each_face_of_a_collection_is_one_of_its_own(tmp_path: Path) -> None:
    song, hei = found(tmp_path, KINDS["collection"](), "two.ttc")
    assert (song.family, song.name, hei.family, hei.name) == ("本报宋体", "fonts/two.ttc#0", "黑体", "fonts/two.ttc#1")
    made = prepared_face(hei, Instance(400, italic=False), tmp_path / "store")
    assert outline(made.path, "屯") == outline(assets.fonts_dir() / "hei-400.ttf", "屯")


@pytest.mark.parametrize("cff2", [False, True], ids=["glyf", "CFF2"])
@pytest.mark.parametrize(("weight", "height"), [(100, 20), (650, 130), (900, 180)])
def test_a_variable_font_is_set_at_any_weight(tmp_path: Path, weight: int, height: int, cff2: bool) -> None:
    (face,) = found(tmp_path, own_fonts.bars(cff2=cff2), "bars.otf")
    assert face.weights == Weights(100, 900)
    made = prepared_face(face, Instance(weight, italic=False), tmp_path / "store")
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(made.path))))
    assert -font.get_glyph_extents(font.get_nominal_glyph(0x4E00)).height == height
    assert not {"fvar", "gvar", "CFF2"} & set(font.face.table_tags)


def test_the_glyphs_of_a_cut_down_cid_face_get_their_own_numbers(tmp_path: Path) -> None:
    """The page shows glyph numbers, which readers take for CIDs."""
    (face,) = found(tmp_path, own_fonts.cid_keyed())
    before = read_font_file(face.file, "x").font(0)["CFF "].cff.topDictIndex[0].charset
    made = prepared_face(face, Instance(400, italic=False), tmp_path / "store")
    after = read_font_file(made.path, "x").font(0)["CFF "].cff.topDictIndex[0].charset
    assert before != after
    assert after[1:] == [f"cid{number:05d}" for number in range(1, len(before))]


def test_what_is_made_does_not_know_its_maker_s_names(tmp_path: Path) -> None:
    """A face that calls itself Song 400 must not take the place of the program's."""
    (face,) = found(tmp_path, own_fonts.piece(family="Song 400"))
    made = prepared_face(face, Instance(400, italic=False), tmp_path / "store")
    names = read_font_file(made.path, "x").font(0)["name"]
    assert {names.getDebugName(number) for number in (1, 4)} == {made.registered}


def face_of(weights: tuple[int, int], *, italic: bool = False, name: str = "F", key: str = "") -> OwnFace:
    """A face of a family, of which nothing is read."""
    return OwnFace(
        (name,), Path(key or "f.ttf"), f"fonts/{key}", "design", key, 0, "F", Weights(*weights), italic, "TrueType",
        Permission(0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("there", "wanted", "got"),
    [
        ([400, 700], 400, 400),
        ([400, 700], 600, 700),
        ([400, 700], 500, 400),
        ([300, 500], 400, 500),
        ([300, 600], 450, 300),
        ([200, 600], 300, 200),
        ([500, 900], 200, 500),
        ([100, 300], 900, 300),
        ([600, 900], 400, 600),
    ],
)
def test_the_nearest_weight_is_the_one_css_names(there: list[int], wanted: int, got: int) -> None:
    """CSS Fonts 4, 5.2: first upwards to 500 from 400, else outwards on the side that was asked for."""
    faces = [face_of((each, each)) for each in there]
    ((_, instance),) = chosen(faces, wanted, italic=False)
    assert instance.weight == got


def test_a_range_of_weights_gives_the_weight_itself_or_its_end() -> None:
    variable = face_of((200, 650))
    assert [chosen([variable], weight, italic=False)[0][1].weight for weight in (333, 900)] == [333, 650]


def test_slanted_type_is_taken_where_the_family_has_it() -> None:
    family = [face_of((400, 400)), face_of((700, 700)), face_of((400, 400), italic=True)]
    assert chosen(family, 700, italic=True)[0][1] == Instance(400, italic=True)
    assert chosen(family, 700, italic=False)[0][1] == Instance(700, italic=False)
    assert offered(family, italic=True).italic
    assert offered(family, italic=True).listed() == ("400",)
    assert not offered(family[:2], italic=True).italic


def test_of_faces_that_are_alike_the_last_is_asked_first() -> None:
    first, last = face_of((400, 400), key="1"), face_of((400, 400), key="2")
    assert [face.digest for face, _ in chosen([first, last], 400, italic=False)] == ["2", "1"]


def test_families_are_found_in_any_capitals() -> None:
    assert set(by_family([face_of((400, 400), name="Our Song")])) == {"our song"}


@pytest.mark.parametrize(
    ("bits", "words", "forbids"),
    [
        (0x0000, "可以嵌入", False),
        (0x0002, "禁止嵌入", True),
        (0x0004, "只供阅读和打印的文件可以嵌入", False),
        (0x0006, "只供阅读和打印的文件可以嵌入", False),
        (0x0008, "可以嵌入、可编辑的文件也行", False),
        (0x0104, "只供阅读和打印的文件可以嵌入，禁止只嵌入用到的字", True),
        (0x0200, "可以嵌入，只许嵌入点阵", True),
        (0x0302, "禁止嵌入，禁止只嵌入用到的字，只许嵌入点阵", True),
    ],
)
def test_fs_type_is_said_in_words(bits: int, words: str, forbids: bool) -> None:
    permission = Permission(bits)
    assert permission.words.zh == words
    assert bool(permission.forbidden) is forbids


def book(folder: Path, *faces: OwnFace) -> Fontbook:
    """A fontbook with own faces."""
    return Fontbook(assets.fonts_dir(), faces, lambda face, instance: prepared_face(face, instance, folder / "store"))


def test_a_character_is_set_in_the_first_face_of_the_list_that_has_it(tmp_path: Path) -> None:
    (own,) = found(tmp_path, own_fonts.piece("hei-400.ttf", "天地"))
    fonts = book(tmp_path, own)
    faces = [face.key for face in fonts.list_of(["本报宋体", "Song 400"], 400)]
    assert [cluster.face for cluster in fonts.clusters(faces, "天玄地")] == [faces[0], "song-400", faces[0]]


def test_a_face_without_a_blank_leaves_it_to_the_next(tmp_path: Path) -> None:
    (own,) = found(tmp_path, own_fonts.piece(text="天地"))
    fonts = book(tmp_path, own)
    keys = [face.key for face in fonts.list_of(["本报宋体", "Song 400"], 400)]
    found_in = {cluster.text: cluster.face for cluster in fonts.clusters(keys, "天 \u200b地A \u200b")}
    assert (found_in["天"], found_in[" "]) == (keys[0], "song-400")


def test_what_no_face_has_is_told_with_all_the_faces_that_were_searched(tmp_path: Path) -> None:
    (own,) = found(tmp_path, own_fonts.piece(text="天地"))
    fonts = book(tmp_path, own)
    keys = [face.key for face in fonts.list_of(["本报宋体", "Kai 400"], 400)]
    lacking = fonts.lacking(keys, "天\ue000地㐀\ue000")
    assert [each.character for each in lacking] == ["\ue000", "㐀"]
    assert {each.faces for each in lacking} == {("本报宋体 [fonts/own.ttf]", "kai-400")}
    assert "本报宋体 [fonts/own.ttf]" in lacking[0].message.zh


def test_a_face_sets_only_the_characters_of_its_range(tmp_path: Path) -> None:
    (own,) = found(tmp_path, own_fonts.piece("hei-400.ttf", "天0"))
    ranged = OwnFace(**{name: getattr(own, name) for name in OwnFace.__slots__} | {
        "ranges": (CharacterRange(0x30, 0x39),)})  # fmt: skip
    fonts = book(tmp_path, ranged)
    keys = [face.key for face in fonts.list_of(["本报宋体", "Song 400"], 400)]
    assert [cluster.face for cluster in fonts.clusters(keys, "天0")] == ["song-400", keys[0]]


def test_marks_centred_in_their_em_are_taken_from_the_next_face() -> None:
    """Taiwan's 、。， lie in the middle, where the composer takes half of their em away."""
    song = Fontbook(assets.fonts_dir()).faces["song-400"]
    assert all(song.suits(mark, vertical=turned) for mark in "、。，（“" for turned in (False, True))


def test_a_face_without_vertical_marks_leaves_them_to_the_next() -> None:
    fonts = Fontbook(assets.fonts_dir())
    down = fonts.clusters(["xingkai-400", "song-400"], "（天）", vertical=True)
    assert [cluster.face for cluster in down] == ["song-400", "xingkai-400", "song-400"]
    assert [cluster.face for cluster in fonts.clusters(["xingkai-400", "song-400"], "（天）")] == ["xingkai-400"] * 3


def test_unicode_s_vertical_forms_serve_where_a_face_has_no_feature_for_them() -> None:
    fonts = Fontbook(assets.fonts_dir())
    fang = fonts.faces["fang-400"]
    (cluster,) = fonts.clusters(["fang-400"], "（", vertical=True)
    assert cluster.glyphs[0].number == fang.shaper.get_nominal_glyph(ord("︵"))
    assert cluster.text == "（"


SEQUENCE = "⿰王奭"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("天⿰王奭地", [("天", False), ("⿰王奭", True), ("地", False)]),
        ("⿱⿰王王⿲天地人。", [("⿱⿰王王⿲天地人", True), ("。", False)]),
        ("⿾天⿿", [("⿾天", True), ("⿿", False)]),
        ("⿰王", [("⿰王", False)]),
        ("⿰王 奭", [("⿰王 奭", False)]),
        ("天地", [("天地", False)]),
        ("", []),
    ],
)
def test_description_sequences_are_found_whole(text: str, pieces: list[tuple[str, bool]]) -> None:
    assert list(pieces_and_sequences(text)) == pieces


@pytest.mark.parametrize("vertical", [False, True])
def test_a_sequence_is_one_character_where_a_face_has_it_as_one(tmp_path: Path, vertical: bool) -> None:
    (own,) = found(tmp_path, own_fonts.composing(SEQUENCE))
    fonts = book(tmp_path, own)
    keys = [face.key for face in fonts.list_of(["Song 400", "造字"], 400)]
    clusters = fonts.clusters(keys, f"天{SEQUENCE}地", vertical=vertical)
    assert [cluster.text for cluster in clusters] == ["天", SEQUENCE, "地"]
    assert clusters[1].face == keys[1]
    assert fonts.lacking(keys, f"天{SEQUENCE}") == []


def test_a_sequence_that_no_face_has_as_one_is_set_as_it_stands() -> None:
    clusters = Fontbook(assets.fonts_dir()).clusters(["song-400"], f"天{SEQUENCE[1:]}⿰")
    assert "".join(cluster.text for cluster in clusters) == f"天{SEQUENCE[1:]}⿰"


@pytest.mark.parametrize("count", [2, 20])
def test_an_unknown_family_is_told_with_the_own_ones(count: int) -> None:
    own = tuple(face_of((400, 400), name=f"报宋{n}", key=str(n)) for n in range(count))
    file = FONTS.folder / "song-400.ttf"
    book = Fontbook(FONTS.folder, own, lambda face, _: PreparedFace(face.digest, file))
    with pytest.raises(FontError) as caught:
        book.face_of("报宋")
    assert caught.value.hint is not None
    assert "报宋1" in caught.value.hint.zh
    assert ("layout fonts" in caught.value.hint.zh) == (count == 20)
