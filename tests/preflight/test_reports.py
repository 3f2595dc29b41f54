"""Reports that a person reads: folded over pages, every place marked, and where in the file a mark stands."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from layout.checks import Finding, Severity
from layout.errors import Message
from layout.flows import Flow
from layout.preflight.judge import judge
from layout.preflight.profile_colour import conditions
from layout.preflight.verdict import examine
from layout.press.model import PressProfile
from layout.proof.folded import folded
from layout.proof.marked import framed
from layout.proof.marked_html import marked_html
from preflight import font_faults, mark_faults, support
from preflight import test_faults as faults
from preflight.support import EXPECTED, drawn, with_fault


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def many_pages(pdf: Pdf) -> None:
    """Twenty pages with the same slip, each with one dot more than the last."""
    faults.small_white(pdf)
    for number in range(1, 20):
        pdf.pages.append(pdf.pages[0])
        pdf.pages[number].contents_add(f"q 0 0.5 0 0 k {50 + number} 50 2 2 re f Q".encode())


def test_the_same_on_every_page_is_one_line(press: PressProfile) -> None:
    pdf = with_fault(many_pages)
    verdict = examine(pdf, press, replace(EXPECTED, pages=20, plates=()), ink=False)
    assert len(verdict.findings) == 20
    (group,) = folded(verdict.findings)
    assert group.pages == tuple(range(1, 21))
    assert group.page_list() == "1\u201320"
    assert "19" in group.message("en")
    page = marked_html(pdf, verdict, "en")
    assert page.count('<li id="finding-') == 1
    assert "pages 1\u201320" in page
    # Each page's frame bears the number of the line.
    assert {each.number for number in range(1, 21) for each in framed(verdict, number)} == {1}


def finding(page_no: int | None, en: str, check: str = "text.small", **more: object) -> Finding:
    return Finding(check, Severity.ERROR, Message(en, en), page_no=page_no, **more)  # type: ignore[arg-type]


def test_what_is_folded() -> None:
    """Counts and samples differ from page to page; a font's or a spot ink's name is another matter."""
    same = [finding(1, "3 runs, such as “a”."), finding(2, "5 runs, such as “b”."), finding(4, "1 runs, such as “c”.")]
    assert [group.page_list() for group in folded(same)] == ["1\u20132, 4"]
    fonts = [finding(n, f"The font “{name}”.", "font.embedded") for n, name in ((1, "A"), (2, "B"), (3, "A"))]
    assert [group.page_list() for group in folded(fonts)] == ["1, 3", "2"]
    graver = replace(finding(2, "3 runs, such as “a”."), severity=Severity.WARNING)
    assert len(folded([same[0], graver])) == 2


def test_what_leads_to_a_line_of_copy_stands_alone() -> None:
    here = finding(1, "3 runs.", sources=(Flow.parse("page.folio.number"),))
    assert len(folded([here, finding(2, "3 runs.")])) == 2
    assert len(folded([finding(None, "x", "pdfx.metadata"), finding(None, "x", "pdfx.metadata")])) == 2


def test_every_place_is_marked(press: PressProfile) -> None:
    """A hundred and forty-seven runs, as well as forty."""

    def rows(pdf: Pdf) -> None:
        cells = " ".join(
            f"BT /F1 9 Tf 0.6 0.4 0.4 1 k {20 + 18 * (n % 21)} {100 + 20 * (n // 21)} Td <0001> Tj ET"
            for n in range(147)
        )
        drawn(pdf, f"q {cells} Q")

    found = {each.check: each for each in judge(with_fault(rows), press, EXPECTED)}
    assert found["text.black"].amount["runs"] == len(found["text.black"].boxes) == 147


def test_the_path_through_forms_is_told(press: PressProfile) -> None:
    def inside(pdf: Pdf) -> None:
        inner = pdf.make_stream(b"1 0 0 rg 0 0 40 40 re f")
        inner.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 60, 60])})
        form = pdf.pages[0].Resources.XObject.Fm1
        form.Resources = Dictionary(XObject=Dictionary(Inner=inner))
        form.write(form.read_bytes() + b" /Inner Do")

    (found,) = judge(with_fault(inside), press, EXPECTED)
    assert found.check == "colour.space"
    assert found.message.en.endswith("(Inside Fm1 › Inner.)")
    assert found.message.zh.endswith("（在 Fm1 › Inner 里）")
    (on_the_page,) = judge(with_fault(faults.rgb_drawing), press, EXPECTED)
    assert "nside" not in on_the_page.message.en


@pytest.mark.parametrize(
    "fault", [faults.font_not_embedded, faults.whole_font, faults.foreign_font, faults.misplaced_map, faults.courier,
              faults.no_to_unicode, font_faults.font_cut_short, font_faults.widths_not_the_fonts],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_fonts_have_samples_and_places(fault: support.Fault, press: PressProfile) -> None:
    found = judge(with_fault(fault), press, EXPECTED)[0]
    assert found.check.startswith("font.")
    assert found.boxes
    if fault is not faults.no_to_unicode:
        assert "屯" in found.message.zh


@pytest.mark.parametrize("fault", [faults.spot, mark_faults.photo_cut_short, faults.rgb_form_group])
def test_colours_and_pictures_have_places(fault: support.Fault, press: PressProfile) -> None:
    for found in judge(with_fault(fault), press, faults.expected(fault)):
        assert found.boxes, found.check


def test_pixels_stand_beside_a_pictures_name(press: PressProfile) -> None:
    for fault in (faults.coarse_photo, faults.stretched_photo, faults.rgb_photo, mark_faults.photo_cut_short):
        (found,) = judge(with_fault(fault), press, EXPECTED)
        size = "51×38" if fault is faults.coarse_photo else "200×150"
        assert size in found.message.zh, fault.__name__
        assert size in found.message.en, fault.__name__


def test_hints_are_for_whoever_made_the_file(press: PressProfile) -> None:
    """An outside file is not sent to a design that it has not."""
    pdf = with_fault(faults.rgb_drawing)
    (ours,) = judge(pdf, press, EXPECTED)
    theirs = next(each for each in judge(pdf, press) if each.check == "colour.space")
    assert ours.hint is not None
    assert "device-cmyk" in ours.hint.zh
    assert theirs.hint is not None
    assert "device-cmyk" not in theirs.hint.zh


def test_a_recovered_file_is_judged_and_told(press: PressProfile) -> None:
    """Its end is missing, which PDFium does not forgive; what qpdf has found of it is judged all the same."""
    found = judge(faults.truncated(), press, EXPECTED)
    (told,) = [each for each in found if each.check == "file.sound"]
    assert "recovered" in told.message.en
    assert told.amount["pages"] == 1
    assert {each.check for each in found} <= {"file.sound", "file.id"}


def test_only_the_pages_that_are_asked_for(press: PressProfile) -> None:
    pdf = with_fault(many_pages)
    verdict = examine(pdf, press, replace(EXPECTED, pages=20, plates=()), ink=False, pages={3, 19})
    assert [each.page_no for each in verdict.findings] == [3, 19]
    assert len(verdict.papers) == 20
    assert "--pages" in dict(verdict.not_run())["text.small"].en


def test_a_profile_of_the_same_condition_is_a_note(press: PressProfile) -> None:
    (found,) = judge(with_fault(faults.other_profile), press, EXPECTED)
    assert found.severity is Severity.NOTE


def test_a_profile_that_is_damaged_or_of_another_condition_is_an_error(press: PressProfile) -> None:
    told = {
        fault: judge(with_fault(fault), press, EXPECTED)
        for fault in (faults.profile_cut_short, faults.profile_of_garbage, faults.profile_of_another_condition)
    }
    assert [[each.severity for each in found] for found in told.values()] == [[Severity.ERROR]] * 3
    cut, garbage, other = (found[0].message.en for found in told.values())
    assert cut == garbage
    assert "damaged" in cut
    assert "FOGRA39L" in other


def test_the_names_of_printing_conditions() -> None:
    assert conditions("CGATS TR 002-2007 SNAP newsprint") == conditions("CGATS TR 002") == {"tr2"}
    assert conditions("Coated_FOGRA39L_VIGC_300.icc") == conditions("FOGRA39") == {"fogra39"}
    assert not conditions("GRACoL2006_Coated1v2")  # is TR 006, and does not say so


def test_type_that_is_cut_through_is_an_error(press: PressProfile) -> None:
    severities = {
        fault: judge(with_fault(fault), press, EXPECTED)[0].severity
        for fault in (mark_faults.type_cut_through, faults.type_at_the_edge, mark_faults.type_off_the_sheet)
    }
    assert list(severities.values()) == [Severity.ERROR, Severity.WARNING, Severity.WARNING]


def test_a_page_that_could_not_be_read_is_not_called_blank(press: PressProfile) -> None:
    def unreadable(pdf: Pdf) -> None:
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.pages[0].Contents.write(b"garbage", filter=pikepdf.Name.FlateDecode)

    checks = {each.check for each in judge(with_fault(unreadable), press, EXPECTED)}
    assert "content.sound" in checks
    assert "page.blank" not in checks


def test_text_is_compared_in_one_normal_form(press: PressProfile) -> None:
    """A font that says e and two accents, where PDFium composes them: nothing is drawn twice."""

    def decomposed(pdf: Pdf) -> None:
        cmap = support.to_unicode().replace(b"<0001> <5c6f>", b"<0001> <006503020304>")
        assert cmap != support.to_unicode()
        font_faults.composite(pdf).ToUnicode = pdf.make_stream(cmap)

    assert "text.twice" not in {each.check for each in judge(with_fault(decomposed), press, EXPECTED)}


def test_a_broken_stream_is_one_finding(press: PressProfile) -> None:
    """A damaged page has thousands of unknown words: they are counted, and the first few told."""

    def words(pdf: Pdf) -> None:
        drawn(pdf, "q " + " ".join(f"1 zz{'x' * n}" for n in range(1, 40)) + " Q")

    (found,) = judge(with_fault(words), press, EXPECTED)
    assert found.amount["troubles"] == 39
    assert "34 more" in found.message.en
