"""A round on a telephone and on paper: a PDF of five million bytes at most, and A3 sheets."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from itertools import count

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from layout.errors import UsageError
from layout.geometry import Box
from layout.pipeline.proof_round import a3_kind
from layout.prepress.drawing import Canvas
from layout.proof import approval
from layout.proof.a3 import A3, OVERLAP, a3_pdf
from layout.proof.approval import MAX_BYTES, MAX_LINES, approval_pdf, round_lines
from layout.proof.lettering import label_font
from layout.proof.page_pictures import LEGIBLE_PPI, RESOLUTIONS, Resolution, earlier_image, finest, trimmed_image
from layout.proof.raster import page_image
from layout.proof.stamp import ProofSlug
from layout.units import MM
from proof.test_proof_page import ROUND

BLEED = 12.0
SHEET = (390 * MM, 545 * MM)
"""A broadsheet page, trimmed."""

SLUG = ProofSlug("读河", "第1版 要闻", 2, date(2026, 2, 5), "newsprint-coldset", 0, 1)


def a_page(size: tuple[float, float] = SHEET, pages: int = 1) -> bytes:
    """Pages with a word in each corner of a grid, and bleed."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(size[0] + 2 * BLEED, size[1] + 2 * BLEED), invariant=1)
    for page in range(pages):
        canvas.setFont(label_font(), 10)
        for row in range(20):
            for column in range(12):
                canvas.drawString(
                    BLEED + 10 + column * size[0] / 12.5, BLEED + 10 + row * size[1] / 20.5, f"p{page}r{row}c{column}"
                )
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        for each in document.pages:
            each.trimbox = [BLEED, BLEED, BLEED + size[0], BLEED + size[1]]
        packed = io.BytesIO()
        document.save(packed, deterministic_id=True)
    return packed.getvalue()


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_the_finest_resolution_that_fits_is_taken() -> None:
    asked: list[float] = []

    def draw(_: int, at: Resolution) -> int:
        asked.append(at.ppi)
        return round(at.ppi * 10)

    made, at = finest(draw, lambda size: size, range(3), 2200)
    assert (at.ppi, made) == (72, [720, 720, 720])
    assert asked == [110, 110, 110, 90, 90, 90, 72, 72, 72]
    assert finest(draw, lambda size: size, range(3), 1)[1] is RESOLUTIONS[-1]


@pytest.mark.parametrize(
    ("size", "pixels"), [(SHEET, (1535, 2146)), ((200.0, 200.0), (1536, 1536)), ((50.0, 9000.0), (51, 6142))]
)
def test_the_round_before_may_have_pages_of_another_size(size: tuple[float, float], pixels: tuple[int, int]) -> None:
    image = earlier_image(a_page(size), a_page(), 0, 100, (BLEED, BLEED))
    assert image.size == pytest.approx(pixels, abs=4)


SEEDS = count()
"""ReportLab writes pictures that are alike once."""


def padded(_: Image.Image, at: Resolution) -> bytes:
    """A JPEG that takes as much as one of a page of nothing but grain: a third of a byte a pixel. Of three pages the
    finest take 4.5 million bytes: as they are they would fit, as a PDF holds them they do not.
    """
    out = io.BytesIO()
    seed = next(SEEDS)
    Image.new("RGB", (8, 8), (seed % 256,) * 3).save(out, "JPEG")
    grain = random.Random(seed).randbytes(round(0.37 * 1700 * 2400 * (at.ppi / 110) ** 2))
    return out.getvalue() + grain


@pytest.mark.parametrize(("pages", "legible"), [(1, True), (3, True), (16, False)])
def test_approval_stays_under_five_million_bytes_whatever_the_pages(
    pages: int, legible: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approval, "trimmed_image", lambda *_: Image.new("RGB", (8, 8)))
    monkeypatch.setattr(approval, "small_jpeg", padded)
    drawn = [padded(Image.new("RGB", (8, 8)), RESOLUTIONS[0]) for _ in range(pages)]
    shown = replace(ROUND, pages=ROUND.pages * pages, difference=None)
    made, at = approval_pdf(a_page(SHEET, pages), [SLUG] * pages, shown, drawn, RESOLUTIONS[0])
    assert len(made) <= MAX_BYTES
    assert (at.ppi >= LEGIBLE_PPI) is legible
    assert len(pypdfium2.PdfDocument(made)) == pages + 1


def test_approval_tells_behind_the_pages_what_is_to_be_known() -> None:
    lines = [words for words, _ in round_lines(ROUND)]
    text = "\n".join(lines)
    assert "错误 1　警告 1　提示 1" in text
    assert "未改　第1版　改正 四百里 → 三百里" in text
    assert "第1版　了〔三 → 四〕百里" in text
    assert "of all" in "\n".join(words for words, _ in round_lines(replace(ROUND, lang="en")))


def test_approval_tells_how_much_of_a_long_list_it_leaves_out() -> None:
    shown = replace(ROUND, findings=ROUND.findings[1:2] * 600, difference=None, marks=())
    drawn = [padded(Image.new("RGB", (8, 8)), RESOLUTIONS[0])]
    made, _ = approval_pdf(a_page(), [SLUG], shown, drawn, RESOLUTIONS[0])
    assert f"另有 {len(list(round_lines(shown))) - MAX_LINES} 行，见校样页。" in words_of(made)[-1]


def test_a_broadsheet_is_tiled_on_two_sheets_that_overlap() -> None:
    pdf = a3_pdf(a_page(), ["第1版 要闻"], (BLEED, BLEED), "tiled")
    document = pypdfium2.PdfDocument(pdf)
    assert [tuple(round(side / MM) for side in page.get_size()) for page in document] == [(420, 297)] * 2
    upper, lower = words_of(pdf)
    assert "1/2" in upper
    assert "2/2" in lower
    with pikepdf.open(io.BytesIO(pdf)) as file:
        forms = {page.Resources.XObject[name].objgen for page in file.pages for name in page.Resources.XObject}
    assert len(forms) == 1  # the page is in the file once
    # What both show is OVERLAP high, and together they show all of it: no row of words is missing.
    shown = [visible(pdf, index) for index in range(2)]
    assert shown[0] + shown[1] == pytest.approx(SHEET[1] + OVERLAP, abs=2)


def visible(pdf: bytes, index: int) -> float:
    """How high the clip of a sheet's page is."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for operands, operator in pikepdf.parse_content_stream(file.pages[index]):
            if str(operator) == "re":
                return float(operands[3])
    raise AssertionError("no clip")


@pytest.mark.parametrize("size", [SHEET, (270 * MM, 390 * MM), (780 * MM, 545 * MM)])
def test_reduced_to_a_sheet_the_page_looks_as_it_is(size: tuple[float, float]) -> None:
    source = a_page(size)
    pdf = a3_pdf(source, ["第1版"], (BLEED, BLEED), "reduced")
    (page,) = pypdfium2.PdfDocument(pdf)
    assert sorted(page.get_size()) == pytest.approx(sorted(A3), abs=0.1)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        clip = next(
            [float(each) for each in operands]
            for operands, operator in pikepdf.parse_content_stream(file.pages[0]) if str(operator) == "re"
        )  # fmt: skip
    scale = clip[2] / size[0]
    assert scale <= 1
    assert clip[3] == pytest.approx(size[1] * scale, abs=0.1)
    ppi = 100
    whole = page_image(pdf, 0, ppi)
    box = Box(clip[0], page.get_size()[1] - clip[1] - clip[3], clip[2], clip[3])
    seen = whole.crop([round(side * ppi / 72) for side in (box.x, box.y, box.right, box.bottom)])
    wanted = trimmed_image(source, 0, ppi * scale, (BLEED, BLEED)).resize(seen.size)
    strongest = ImageChops.difference(seen.convert("L").reduce(8), wanted.convert("L").reduce(8)).getextrema()[1]
    assert strongest < 60  # of 255: a word that is missing or elsewhere makes 100 and more


def test_a_tabloid_takes_one_sheet_at_its_size() -> None:
    pdf = a3_pdf(a_page((270 * MM, 390 * MM)), ["第1版"], (BLEED, BLEED), "tiled")
    assert ["100 %" in words and "1/1" in words for words in words_of(pdf)] == [True]


def test_the_same_pages_give_the_same_sheets() -> None:
    source = a_page()
    for kind in ("tiled", "reduced"):
        assert a3_pdf(source, ["第1版"], (BLEED, BLEED), kind) == a3_pdf(source, ["第1版"], (BLEED, BLEED), kind)  # type: ignore[arg-type]


def test_what_a3_does_not_know() -> None:
    assert (a3_kind(None), a3_kind("tiled"), a3_kind("reduced")) == (None, "tiled", "reduced")
    with pytest.raises(UsageError, match="does not understand “a4”"):
        a3_kind("a4")
