"""Printers' marks: outside the bleed, in every ink, and no hindrance to any judge."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from layout import assets
from layout.checks import Severity
from layout.prepress import SlugLine, finish
from layout.prepress.content import instructions, numbers
from layout.prepress.marks import ROOM
from layout.press import PressProfile
from layout.press.load import load_profile
from layout.units import MM
from prepress.support import DATE, TRIM

SLUG = SlugLine("两会特刊", date(2026, 2, 4), ("第1版 要闻",), 2)


@pytest.fixture(scope="module")
def coated() -> PressProfile:
    return load_profile("sheetfed-coated", [assets.press_dir()])


@pytest.fixture(scope="module")
def marked(painted: bytes, coated: PressProfile) -> bytes:
    return finish(painted, profile=coated, title="两会特刊", document_date=DATE, trim=TRIM, slug=SLUG)


def boxes(page: pikepdf.Page) -> dict[str, list[float]]:
    return {name: [float(edge) for edge in page.obj[f"/{name}Box"]] for name in ("Trim", "Bleed", "Media")}


def test_the_sheet_has_room_for_bleed_and_marks(marked: bytes) -> None:
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        found = boxes(pdf.pages[0])
    assert found["Media"][:2] == [0, 0]
    assert found["Trim"][0] == pytest.approx(3 * MM + ROOM, abs=1e-3)
    assert found["Bleed"][0] == pytest.approx(ROOM, abs=1e-3)
    assert found["Media"][2] - found["Trim"][2] == pytest.approx(found["Trim"][0], abs=1e-3)
    assert found["Trim"][2] - found["Trim"][0] == pytest.approx(TRIM[0], abs=1e-3)


def test_nothing_of_them_reaches_the_bleed(marked: bytes) -> None:
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        bleed = boxes(pdf.pages[0])["Bleed"]
        media = boxes(pdf.pages[0])["Media"]
        form = pdf.pages[0].obj.Resources.XObject.LayoutMarks
        data = form.read_bytes()
    points = []
    for found in instructions(data):
        if found.operator in (b"m", b"l", b"c", b"re"):
            values = numbers(found.operands)
            if found.operator == b"re":
                values = [*values[:2], values[0] + values[2], values[1] + values[3]]
            points += list(zip(values[::2], values[1::2], strict=True))
    assert len(points) > 500
    for x, y in points:
        assert not (bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3])
        assert media[0] <= x <= media[2]
        assert media[1] <= y <= media[3]


def test_crops_and_registers_are_on_every_plate_and_bars_in_cmyk(marked: bytes) -> None:
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        form = pdf.pages[0].obj.Resources.XObject.LayoutMarks
        everything = form.Resources.ColorSpace.All
        assert list(form.Resources.keys()) == ["/ColorSpace"]
        assert everything[:3] == [Name.Separation, Name.All, Name.DeviceCMYK]
        operators = {found.operator for found in instructions(form.read_bytes())}
    assert {b"CS", b"SCN", b"cs", b"scn", b"k"} <= operators
    assert not operators & {b"rg", b"RG", b"g", b"G", b"BT", b"Tj", b"gs"}


def test_the_slug_says_what_it_should(coated: PressProfile) -> None:
    assert SLUG.line(0, coated) == "两会特刊 · 第1版 要闻 · 2026-02-04 · sheetfed-coated 单张纸胶印铜版纸 · 第2校"
    assert SLUG.line(1, coated).split(" · ")[1] == "2"
    assert "校" not in SlugLine("甲", date(2026, 2, 4)).line(0, coated)


def test_the_judges_are_content(marked: bytes, coated: PressProfile) -> None:
    import page

    from layout.preflight.expected import Expected
    from layout.preflight.judge import judge

    report = page.validate_pdf_bytes(marked, profile="2b")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    found = judge(marked, coated, Expected(pages=1, trim=TRIM, title="两会特刊"))
    grave = [finding for finding in found if finding.severity >= Severity.ERROR]
    assert [finding.message.en for finding in grave if finding.check != "image.resolution"] == []


def test_same_input_same_bytes_and_no_text_is_added(painted: bytes, coated: PressProfile, marked: bytes) -> None:
    import pypdfium2

    again = finish(painted, profile=coated, title="两会特刊", document_date=DATE, trim=TRIM, slug=SLUG)
    assert again == marked
    text = pypdfium2.PdfDocument(marked)[0].get_textpage().get_text_range()
    assert "sheetfed" not in text


def test_newsprint_gets_none(finished: bytes) -> None:
    with pikepdf.open(io.BytesIO(finished)) as pdf:
        assert "/LayoutMarks" not in pdf.pages[0].obj.Resources.XObject
        assert boxes(pdf.pages[0])["Media"] == boxes(pdf.pages[0])["Trim"]


def test_a_plant_may_ask_for_marks_without_bleed(painted: bytes, tmp_path: Path) -> None:
    own = 'name = "own"\ntitle = { zh = "本厂", en = "own" }\nextends = "newsprint-coldset"\n'
    own += '[[override]]\nkey = "marks"\nvalue = true\nreason = "套印用"\n'
    (tmp_path / "own.toml").write_text(own, "utf-8")
    profile = load_profile("own", [tmp_path, assets.press_dir()])
    pdf = finish(painted, profile=profile, title="两会特刊", document_date=DATE, trim=TRIM)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = boxes(opened.pages[0])
    assert found["Trim"] == found["Bleed"]
    assert found["Trim"][0] == pytest.approx(ROOM, abs=1e-3)


@pytest.fixture(scope="module")
def names_and_grays(painted: bytes) -> bytes:
    """A press that draws no crop marks and wants the plates' names and two grays."""
    newsprint = load_profile("newsprint-coldset", [assets.press_dir()])
    profile = replace(newsprint, plate_names=True, grey_balance=((30.0, 24.0, 22.0), (50.0, 42.0, 40.0)))
    return finish(painted, profile=profile, title="两会特刊", document_date=DATE, trim=TRIM, slug=SLUG)


def test_each_plate_bears_its_own_name_and_all_of_them_the_page(names_and_grays: bytes) -> None:
    from layout.proof.plates import plate_images

    grays_end = round((ROOM + TRIM[0] / 2 + 9 * MM + 4 * 5 * MM) * 144 / 72)
    ends = {}
    for ink, plate in plate_images(names_and_grays, 0, 144).items():
        left, _, right, _ = plate.crop((grays_end, 0, plate.width, round(ROOM * 2))).getbbox() or (0, 0, 0, 0)
        ends[ink] = (left, right)
    starts = [ends[ink][0] for ink in "CMYK"]
    assert starts == sorted(set(starts))  # side by side: no name on another's plate
    assert len({right for _, right in ends.values()}) == 1


def test_the_grays_are_the_presss_own_each_beside_its_black(names_and_grays: bytes) -> None:
    with pikepdf.open(io.BytesIO(names_and_grays)) as pdf:
        data = pdf.pages[0].obj.Resources.XObject.LayoutMarks.read_bytes()
        found = boxes(pdf.pages[0])
    fills = [numbers(each.operands) for each in instructions(data) if each.operator == b"k"]
    assert [[round(ink, 2) for ink in each] for each in fills[:4]] == [
        [0.3, 0.24, 0.22, 0], [0, 0, 0, 0.3], [0.5, 0.42, 0.4, 0], [0, 0, 0, 0.5],
    ]  # fmt: skip
    assert found["Trim"][0] == pytest.approx(ROOM, abs=1e-3)
    assert {each.operator for each in instructions(data)} & {b"S", b"s"} == set()  # no crop, no register mark


def test_the_judges_are_content_with_names_and_grays_alone(names_and_grays: bytes) -> None:
    import page

    from layout.preflight.expected import Expected
    from layout.preflight.judge import judge

    assert not page.validate_pdf_bytes(names_and_grays, profile="2b").failures
    newsprint = load_profile("newsprint-coldset", [assets.press_dir()])
    found = judge(names_and_grays, newsprint, Expected(pages=1, trim=TRIM, title="两会特刊"))
    assert [each.message.en for each in found if each.check.startswith(("marks", "colour", "page"))] == []
