"""The two readers of a page's text: PDFium in content order, and our own walk of the content stream."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from layout.errors import PrintError
from layout.preflight.events import TextShown
from layout.preflight.faces import to_unicode_map
from layout.preflight.objects import opened
from layout.preflight.reading import PageChar, mended, read_text
from layout.preflight.walk import page_text, walk
from preflight.support import TEXT, clean_pdf, saved


def _page(content: str, characters: str = TEXT) -> bytes:
    """The clean page with other content; its eight glyphs stand for *characters*."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        page = pdf.pages[0]
        pairs = "\n".join(f"<{i:04x}> <{c.encode('utf-16-be').hex()}>" for i, c in enumerate(characters, 1))
        space = "1 begincodespacerange <0000> <ffff> endcodespacerange"
        cmap = f"{space} {len(characters)} beginbfchar {pairs} endbfchar"
        page.Resources.Font.F1.ToUnicode = pdf.make_stream(cmap.encode())
        page.Contents = pdf.make_stream(content.encode())
        return saved(pdf)


def _both(pdf: bytes) -> tuple[str, str]:
    with opened(pdf) as document:
        return "".join(char.text for char in read_text(pdf, 0)), page_text(walk(document.pages[0]))


def test_both_readers_agree_on_the_clean_page() -> None:
    one, other = _both(clean_pdf())
    assert one == other == TEXT + TEXT[0]


def test_one_baseline_from_right_to_left_keeps_content_order() -> None:
    # PDFium alone would read it from left to right.
    content = "BT /F1 9 Tf 1 0 0 1 200 100 Tm <0001> Tj 1 0 0 1 100 100 Tm <0002> Tj 1 0 0 1 30 100 Tm <0003> Tj ET"
    assert _both(_page(content)) == ("屯留区", "屯留区")


def test_order_is_kept_across_forms() -> None:
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        page = pdf.pages[0]
        form = page.Resources.XObject.Fm1
        form.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
        form.BBox = pikepdf.Array([-300, 0, 400, 400])
        form.write(b"BT /F1 9 Tf -100 50 Td <0002> Tj ET")
        page.Contents = pdf.make_stream(
            b"BT /F1 9 Tf 1 0 0 1 300 110 Tm <0001> Tj ET q 1 0 0 1 200 60 cm /Fm1 Do Q"
            b" BT /F1 9 Tf 1 0 0 1 30 110 Tm <0003> Tj ET"
        )
        assert _both(saved(pdf)) == ("屯留区", "屯留区")


def test_characters_beyond_the_basic_plane_are_one_character() -> None:
    chars = read_text(_page("BT /F1 9 Tf 30 100 Td <00010002> Tj ET", "𠀀𫟼"), 0)
    assert [char.text for char in chars] == ["𠀀", "𫟼"]


def test_hyphen_at_a_line_end() -> None:
    pdf = _page("BT /F1 9 Tf 30 100 Td <000100020003> Tj 0 -12 Td <000100040005> Tj ET", "ab-cd")
    chars = read_text(pdf, 0)
    assert "".join(char.text for char in chars) == "ab-acd"
    assert [char.hyphen for char in chars] == [False, False, True, False, False, False]


def test_compatibility_characters_are_not_unified() -> None:
    assert _both(_page("BT /F1 9 Tf 30 100 Td <0001000200030004> Tj ET", "\uf9d8律㎡℃")) == ("\uf9d8律㎡℃",) * 2


def test_white_space_is_left_out() -> None:
    assert _both(_page("BT /F1 9 Tf 30 100 Td <000100020003> Tj ET", "屯\u3000留")) == ("屯留", "屯留")


def test_places_and_font() -> None:
    first = read_text(clean_pdf(), 0)[0]
    assert (first.x, first.y) == pytest.approx((30, 250), abs=0.01)
    assert first.box == pytest.approx((30.9, 250, 38.1, 257.2), abs=0.2)
    assert first.font == "ABCDEF+Test-Song"
    assert first.size == 9


def test_the_walk_knows_where_a_run_ends() -> None:
    with opened(clean_pdf()) as document:
        run = next(event for event in walk(document.pages[0]) if isinstance(event, TextShown))
    assert run.text == "屯留区两会"
    assert run.start == pytest.approx((30, 250))
    # Five ems and a shift of 50/1000.
    assert run.end == pytest.approx((30 + 9 * 5.05, 250))


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.6", Path("no-such-file.pdf")])
def test_what_is_no_pdf_is_an_error(pdf: bytes | Path) -> None:
    with pytest.raises(PrintError):
        read_text(pdf, 0)


def test_no_such_page() -> None:
    with pytest.raises(PrintError, match="no page 2"):
        read_text(clean_pdf(), 1)


def test_to_unicode_in_all_its_forms() -> None:
    cmap = b"""2 beginbfchar <0001> <5C6F> <0002> <D840DC00> endbfchar
    3 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<0041> <00660069>] <0030> <0030> <0030> endbfrange"""
    assert to_unicode_map(cmap) == {
        1: "屯", 2: "𠀀", 16: "一", 17: "丁", 18: "丂", 32: "A", 33: "fi", 48: "0",
    }  # fmt: skip
    assert to_unicode_map(b"beginbfrange <00> endbfrange beginbfchar <zz> endbfchar") == {}


def _on_one_spot(text: str) -> list[PageChar]:
    return [PageChar(char, 10.0, 20.0, (10.0, 20.0, 30.0, 30.0), "Hei", 10.0, hyphen=False) for char in text]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("\u2014\u1414", "\u2014\u2014"),
        ("f\u6669", "fi"),
        ("\u2014\u2014", "\u2014\u2014"),
        ("fi", "fi"),
        ("一丁", "一丁"),
    ],
)
def test_what_ghostscript_garbles_of_a_glyph_of_two_characters_is_made_good(read: str, meant: str) -> None:
    assert "".join(char.text for char in mended(_on_one_spot(read))) == meant
    apart = [replace(char, x=10.0 * at) for at, char in enumerate(_on_one_spot(read))]
    assert "".join(char.text for char in mended(apart)) == read
