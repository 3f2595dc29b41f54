"""Advertisements on a built page: placed as forms, judged with their file's name, accounted as their own."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from layout.errors import Lang, PictureError
from layout.pipeline import Built
from layout.pipeline.advertisement_text import as_shown
from layout.preflight.events import ImagePainted, PlacedPage, TextShown
from layout.preflight.walk import walk
from layout.proof.summary import summary
from pipeline.advertised import HIGH, WIDE, advertised, advertisement, built

SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}mm" height="{HIGH}mm" viewBox="0 0 80 50">
<path d="M0 0H80V10H0Z" fill="device-cmyk(0 1 0.95 0.04)"/><path d="M5 20H60V21H5Z"/></svg>"""
EXPECTED = {"page.hole"}
"""The page is no more than a test needs, and has white in it."""


def _pdf(done: Built) -> bytes:
    assert done.pdf is not None
    return done.pdf.read_bytes()


def _checks(done: Built) -> set[str]:
    return {each.check for each in done.findings} - EXPECTED


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """With marks and an agency's words around the trim, as agencies deliver."""
    folder = tmp_path_factory.mktemp("good") / "issue"
    return built(advertised(folder, advertisement(around=40.0, beside="JOB 4711")))


def test_a_good_one_is_clean_with_what_stands_beyond_its_trim(good: Built) -> None:
    assert _checks(good) == set()
    characters = good.report["pages"][0]["characters"]
    its_own = len("广告长治银行定期存款JOB4711")
    assert characters["page"] == characters["set"] + characters["furniture"]
    assert characters["furniture"] > its_own
    assert characters["overset"] == 0


def test_it_is_a_form_with_its_own_type_and_no_pixels(good: Built) -> None:
    with pikepdf.open(io.BytesIO(_pdf(good))) as document:
        events = walk(document.pages[0])
    (placed,) = (each for each in events if isinstance(each, PlacedPage))
    assert placed.source == "ads/bank.pdf"
    assert "".join(each.text for each in placed.events if isinstance(each, TextShown) and not each.cut) == (
        "广告长治银行 定期存款"
    )
    assert [each.text for each in placed.events if isinstance(each, TextShown) and each.cut] == ["JOB 4711"]
    assert not any(isinstance(each, ImagePainted) for each in (*events, *placed.events))
    left, bottom, right, top = placed.clip or (0, 0, 0, 0)
    assert (right - left, top - bottom) == pytest.approx((WIDE * 72 / 25.4, HIGH * 72 / 25.4), abs=0.01)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "广告照原样置入，不裁"), ("en", "an advertisement: placed as it is")]
)
def test_the_summary_of_its_proof_says_that_it_is_placed(good: Built, language: Lang, words: str) -> None:
    assert f"| 1 | bank | 100% × 100% | 1 |  | {words} |" in summary(good.report, language)


def test_same_input_same_bytes(good: Built, tmp_path: Path) -> None:
    again = built(advertised(tmp_path / "issue", advertisement(around=40.0, beside="JOB 4711")))
    assert _pdf(again) == _pdf(good)


def test_what_is_wrong_with_it_names_its_file_and_nothing_else(tmp_path: Path) -> None:
    content = advertisement(("长治银行",), fill=(0.9, 0.1, 0.1), size=(WIDE, HIGH + 4))
    done = built(advertised(tmp_path / "issue", content))
    found = {each.check: each for each in done.findings if each.check not in EXPECTED}
    assert set(found) == {"advertisement.size", "advertisement.label", "colour.space"}
    colour = found["colour.space"]
    assert str(colour.place) == "ads/bank.pdf"
    assert colour.message == colour.bare, "the place names the file, and the sentence no form in it"
    assert colour.message.zh == "1 处图形用了 DeviceRGB。"
    assert [str(each) for each in colour.sources] == ["picture.bank"]
    assert found["advertisement.size"].page_no == 1


def test_a_caption_says_that_it_is_one(tmp_path: Path) -> None:
    done = built(advertised(tmp_path / "issue", advertisement(("长治银行",)), keys='caption = "广告"'))
    assert _checks(done) == set()


def test_a_drawing_stays_lines_and_its_black_is_k(tmp_path: Path) -> None:
    done = built(advertised(tmp_path / "issue", SVG.encode(), name="bank.svg", keys="labelled = true"))
    assert _checks(done) == set()
    with pikepdf.open(io.BytesIO(_pdf(done))) as document:
        (placed,) = (each for each in walk(document.pages[0]) if isinstance(each, PlacedPage))
    inks = [each.fill.colour.inks() for each in placed.events if getattr(each, "fill", None)]
    assert inks == [{"M": 1.0, "Y": 0.95, "K": 0.04}, {"K": 1.0}]


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        (SVG.replace("device-cmyk(0 1 0.95 0.04)", "#c00"), "#c00 不是油墨"),
        (SVG.replace("</svg>", "<text>存款</text></svg>"), "文字"),
        (SVG.replace("</svg>", '<image href="a.png"/></svg>'), "照片"),
        ("<svg", "读不通"),
        (SVG.replace(f'width="{WIDE}mm" height="{HIGH}mm" viewBox="0 0 80 50"', ""), "viewBox"),
    ],
)
def test_a_drawing_that_does_not_print_is_one_sentence(tmp_path: Path, svg: str, words: str) -> None:
    folder = advertised(tmp_path / "issue", svg.encode(), name="bank.svg")
    with pytest.raises(PictureError) as raised:
        built(folder)
    assert words in raised.value.message.zh
    assert raised.value.place is not None
    assert raised.value.place.file == "ads/bank.svg"


def test_text_that_is_read_in_another_order_is_found_in_a_row() -> None:
    assert as_shown("abc", "xxabcxx") == "abc"
    assert as_shown("abc", "xxcabxx") == "cab"
    assert as_shown("aab", "xabbaax") == "baa"
    assert as_shown("abc", "xxabxxc") is None
    assert as_shown("abc", "ab") is None
    assert as_shown("ab", "ba") == "ba"


def test_one_that_the_design_has_no_box_for_is_told_once(tmp_path: Path) -> None:
    """Neither its own words nor its 广告 are told to be missing besides."""
    folder = advertised(tmp_path / "issue", advertisement(("长治银行",)))
    page = folder / "plain" / "page.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace('<div class="ad" data-picture="bank"></div>', ""), encoding="utf-8")
    done = built(folder)
    assert _checks(done) == {"picture.no_box"}
    (told,) = (each for each in done.findings if each.check == "picture.no_box")
    assert told.message.en == 'picture bank has no box in the design: <div data-picture="bank">'
    assert str(told.place).startswith("issue/issue.toml:")
