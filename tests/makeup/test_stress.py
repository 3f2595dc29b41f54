"""Any copy a newsroom hands in, asserted from the finished PDF: sound, and full or a finding with the true amount."""

from pathlib import Path

import pytest

import soak
from makeup.support import Made, Page, Piece, copy_text, make

pytestmark = pytest.mark.slow

FULL = 5_600
"""Characters that about fill the broadsheet page with six pictures."""
HEADINGS = ("谋划重点项目 夯实发展根基", "办好民生实事", "建设美丽乡村 城乡面貌一新")


def paragraphs(characters: int, each: int = 180) -> list[int]:
    count = max(1, characters // each)
    return [characters // count] * count


def amounts(made: Made, check: str, key: str) -> list[float]:
    return [float(str(each[key])) for each in made.found(check) if key in each]


def assert_accounted(made: Made) -> None:
    """Nothing lost: all of the copy stands there in order, or the findings say how many characters do not."""
    told = made.built.report["characters"]
    assert told["manuscript"] - told["set"] == sum(amounts(made, "page.overset", "characters"))
    assert not made.found("text.order", "text.extra")
    assert not made.found("text.complete")  # page.overset has said it


def assert_full(made: Made, page: Page) -> None:
    """Exactly full; or a finding whose amount is what the PDF shows."""
    wanting = amounts(made, "page.underset", "lines")
    empty = sum(page.empty_rows.values())
    if page.last_column == page.columns - 1:
        assert wanting == [empty] if empty > 3 else not wanting
    if made.found("page.overset"):
        assert empty == 0


def check(made: Made, kind: str = "page") -> None:
    page = made.page(kind)
    page.assert_sound()
    assert not made.found("page.overfull")
    assert_accounted(made)
    assert_full(made, page)
    page.assert_level()


@pytest.mark.parametrize("share", [0.4, 1.0, 1.4])
def test_copy_of_any_amount(tmp_path: Path, share: float) -> None:
    piece = Piece(paragraphs(int(FULL * share)), HEADINGS)
    check(make(tmp_path, piece, pictures=6))


@soak.cases("share", [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.05, 1.1, 1.2, 1.3], sample=2)
def test_copy_of_any_amount_in_steps(tmp_path: Path, share: float) -> None:
    piece = Piece(paragraphs(int(FULL * share)), HEADINGS)
    check(make(tmp_path, piece, pictures=6))


@pytest.mark.parametrize("length", [4, 30])
def test_headlines_of_any_length(tmp_path: Path, length: int) -> None:
    piece = Piece(paragraphs(FULL), headline=copy_text()[:length].replace("，", "和").replace("。", "和"))
    made = make(tmp_path, piece, pictures=5)
    check(made)
    assert not made.found("line.overlong")


@soak.cases("length", range(5, 30, 2), sample=2)
def test_headlines_of_every_length(tmp_path: Path, length: int) -> None:
    piece = Piece(paragraphs(FULL), headline=copy_text()[:length].replace("，", "和").replace("。", "和"))
    made = make(tmp_path, piece, pictures=5)
    check(made)
    assert not made.found("line.overlong")


@pytest.mark.parametrize("pictures", [0, 9])
def test_any_number_of_pictures(tmp_path: Path, pictures: int) -> None:
    piece = Piece(paragraphs(FULL), HEADINGS)
    check(make(tmp_path, piece, pictures=pictures))


@soak.cases("pictures", range(1, 9), sample=1)
def test_every_number_of_pictures(tmp_path: Path, pictures: int) -> None:
    piece = Piece(paragraphs(FULL), HEADINGS)
    check(make(tmp_path, piece, pictures=pictures))


@pytest.mark.parametrize("lengths", [[FULL], [90] * 60], ids=["one giant paragraph", "sixty tiny ones"])
def test_paragraphs_of_any_size(tmp_path: Path, lengths: list[int]) -> None:
    piece = Piece(lengths)
    check(make(tmp_path, piece, pictures=6))


def test_every_optional_part(tmp_path: Path) -> None:
    parts = {"kicker": "两会特刊", "deck": "——屯留区高质量发展纪实", "credits": "策划/张三 文字/李四"}
    piece = Piece(paragraphs(FULL), HEADINGS, parts=parts)
    check(make(tmp_path, piece, pictures=3))


@pytest.mark.parametrize("share", [0.35])
def test_tabloid(tmp_path: Path, share: float) -> None:
    piece = Piece(paragraphs(int(FULL * share)), HEADINGS)
    check(make(tmp_path, piece, pictures=4, kind="tabloid"), "tabloid")


@pytest.mark.soak
def test_five_thousand_characters_a_page_over_four_pages(tmp_path: Path) -> None:
    count = soak.amount(sample=2, full=4)
    piece = Piece(paragraphs(5_000 * count), HEADINGS)
    made = make(tmp_path, piece, pictures=9 * count, pages=count)
    pages = [made.page(index=index) for index in range(count)]
    for page in pages:
        page.assert_sound()
        page.assert_level()
    assert_accounted(made)
    assert "下转第2版" in pages[0].text
    assert "上接第1版" in pages[1].text
    turned = pages[:-1]
    assert [page.empty_at_end for page in turned] == [0] * len(turned)
    assert [page.rows_below for page in turned] == pytest.approx([1] * len(turned), abs=0.1)
    assert "".join(page.running for page in pages) == piece.running
