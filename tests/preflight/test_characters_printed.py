"""What is printed is held against what is read, by the outlines of the program's own faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from layout.checks import Severity
from layout.preflight.embedded_program import EmbeddedProgram
from layout.preflight.faces import MISSING, PdfFace
from layout.preflight.judge import judge
from layout.preflight.known_faces import MOST_POINTS, known_face, wrongly_drawn
from layout.preflight.outlines import alike, extent_of, size_of
from layout.preflight.rules.characters_printed import misprints
from layout.press.model import PressProfile
from preflight import printed_faults as faults
from preflight import support


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def embedded(name: str, file: str, codes: Sequence[int], text: Sequence[str]) -> PdfFace:
    """A face as a PDF has it, with these glyphs as its codes."""
    program = faults.subset(tuple(sorted(set(codes))), file)
    return replace(
        MISSING, name=f"ABCDEF+{name}", kind="Type0", descendant="CIDFontType2", encoding="Identity-H", embedded=True,
        unicode=dict(zip(codes, text, strict=True)), to_unicode=True, default_width=1000.0, cid_to_gid="Identity",
        file=EmbeddedProgram(program),
    )  # fmt: skip


FACES: Mapping[str, str] = {
    "Song-400": "song-400.ttf", "Hei-900": "hei-900.ttf", "Kai-400": "kai-400.ttf", "Xingkai-400": "xingkai-400.ttf",
    "FandolFang-Regular": "fang-400.otf",
}  # fmt: skip
TEXT = "两会特刊，。（）《》“”！？…—Aa1"


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize("vertical", [False, True])
def test_what_a_face_shows_is_believed(name: str, *, vertical: bool) -> None:
    file = FACES[name]
    pairs = [
        (glyph, char) for char in TEXT for glyph in faults.glyphs_of(char, vertical=vertical, file=file)[:1] if glyph
    ]
    codes, text = zip(*dict(pairs).items(), strict=True)
    assert wrongly_drawn(embedded(name, file, codes, text), codes) == {}


@pytest.mark.parametrize("name", ["Song-400", "Kai-400", "FandolFang-Regular"])
def test_two_that_changed_places_are_found_in_every_kind_of_program(name: str) -> None:
    file = FACES[name]
    codes = faults.glyphs_of("两会特刊长治", file=file)
    face = embedded(name, file, codes, list("会两特刊长治"))
    assert wrongly_drawn(face, codes) == {codes[0]: "两", codes[1]: "会"}


def test_a_face_of_another_name_is_not_known() -> None:
    codes = faults.glyphs_of("两会", file="song-400.ttf")
    assert wrongly_drawn(embedded("Song-500", "song-400.ttf", codes, list("会两")), codes) is None
    # Nor is one that bears the name and has other outlines.
    hei = faults.glyphs_of("两会特刊", file="hei-900.ttf")
    assert wrongly_drawn(embedded("Song-400", "hei-900.ttf", hei, list("两会特刊")), hei) is None


def test_a_ligature_and_a_selector_are_the_faces_own() -> None:
    codes = faults.glyphs_of("两会", file="song-400.ttf")
    assert wrongly_drawn(embedded("Song-400", "song-400.ttf", codes, ["两\ufe00", "会\U000e0101"]), codes) == {}


def test_proof_is_an_error_and_a_guess_a_warning(press: PressProfile) -> None:
    for fault, severity in (
        (faults.outlines_exchanged, Severity.ERROR),
        (faults.outline_of_no_face, Severity.ERROR),
        (faults.comma_as_large_as_a_character, Severity.WARNING),
        (faults.comma_exchanged_in_an_unknown_face, Severity.WARNING),
    ):
        found = judge(support.with_fault(fault), press, support.EXPECTED)
        assert [(each.check, each.severity) for each in found] == [("font.unicode", severity)]


def test_the_message_names_both_characters(press: PressProfile) -> None:
    (found,) = judge(support.with_fault(faults.outlines_exchanged), press, support.EXPECTED)
    assert "印作“今”，读作“水”" in found.message.zh
    assert found.amount["characters"] == 2
    (found,) = judge(support.with_fault(faults.outline_of_no_face), press, support.EXPECTED)
    assert "轮廓却不是这款字体的" in found.message.zh


def test_a_table_that_is_mostly_wrong_is_not_believed_of_marks() -> None:
    """Programs that number glyphs as they come call that Unicode too: nothing can be said by such a table."""
    codes = faults.glyphs_of(faults.SHOWN)
    read = list(faults.SHOWN[1:] + faults.SHOWN[:1])
    found = misprints(embedded("X", "song-400.ttf", codes, read), codes).values()
    assert {each.shown for each in found if each.what == "other"}.isdisjoint("，。（")


def test_outlines_are_compared_but_for_rounding_and_bearing() -> None:
    square = (((0.0, 0.0), (0.0, 9.0), (9.0, 9.0)),)
    assert alike(square, (((41.0, 0.6), (41.0, 9.4), (50.2, 9.0)),))
    assert not alike(square, (((0.0, 20.0), (0.0, 29.0), (9.0, 29.0)),))
    assert not alike(square, (((0.0, 0.0), (0.0, 9.0)),))
    assert extent_of(square) == (9.0, 9.0)
    assert extent_of(()) is None


def test_the_faces_are_known_by_either_name() -> None:
    assert known_face("FandolFang R") is known_face("FandolFang-Regular") is not None
    assert known_face("Helvetica") is None


def test_outlines_that_are_held_are_bounded_by_their_points() -> None:
    face = known_face("FandolFang-Regular")
    assert face is not None
    glyphs = [glyph for char in range(0x4E00, 0x5800) if (glyph := face.nominal(chr(char))) is not None]
    first = face.outline(glyphs[0])
    for glyph in glyphs:
        face.outline(glyph)
    points = sum(sum(size_of(each)) for each in face._outlines.values())
    assert face._points == points <= MOST_POINTS
    assert 300 < len(face._outlines) < len(glyphs)
    assert face.outline(glyphs[0]) == first
