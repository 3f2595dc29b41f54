"""The finished file: each mend looked up again, and outside judges."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from layout.errors import Faults, LayoutError, PrintError
from layout.painted import BuildFace
from layout.prepress import finish
from layout.press import PressProfile
from prepress.support import DATE, TRIM, paint
from work import lines_run


@pytest.fixture
def pdf(finished: bytes):
    with pikepdf.open(io.BytesIO(finished)) as opened:
        yield opened


def again(data: bytes, profile: PressProfile, **changes) -> bytes:
    arguments = {"title": "两会特刊", "document_date": DATE, "trim": TRIM, **changes}
    return finish(data, profile=profile, **arguments)


def test_pdf_a_2b_judge_is_content(finished: bytes):
    import page

    report = page.validate_pdf_bytes(finished, profile="2b")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.passed == report.rules.total


def test_qpdf_finds_no_fault_and_the_version_is_x4s(pdf: pikepdf.Pdf, finished: bytes):
    assert pdf.check_pdf_syntax() == []
    assert finished.startswith(b"%PDF-1.6")


def test_our_own_preflight_has_no_error(finished: bytes, newsprint: PressProfile):
    from layout.checks import Severity
    from layout.preflight.expected import Expected
    from layout.preflight.judge import judge

    found = judge(finished, newsprint, Expected(pages=1, trim=TRIM, title="两会特刊"))
    assert [finding for finding in found if finding.check.startswith("overprint")] == []
    assert [finding for finding in found if finding.severity >= Severity.ERROR] == []


def test_output_intents_share_the_plants_own_bytes(pdf: pikepdf.Pdf, newsprint: PressProfile):
    intents = list(pdf.Root.OutputIntents)
    assert [intent.S for intent in intents] == [Name.GTS_PDFX, Name.GTS_PDFA1]
    assert len({intent.DestOutputProfile.objgen for intent in intents}) == 1
    for intent in intents:
        assert intent.DestOutputProfile.read_bytes() == newsprint.icc_bytes()
        assert intent.DestOutputProfile.N == 4
        assert str(intent.OutputConditionIdentifier) == newsprint.output_condition_identifier
        assert str(intent.OutputCondition) == newsprint.output_condition
        assert str(intent.RegistryName) == newsprint.registry_name
        assert str(intent.Info) == newsprint.info


def test_metadata_and_information_agree(pdf: pikepdf.Pdf):
    info = pdf.docinfo
    assert str(info.Title) == "两会特刊"
    assert info.Trapped == Name("/False")
    assert str(info.CreationDate) == str(info.ModDate) == "D:20260204083000+00'00'"
    assert Name.Filter not in pdf.Root.Metadata
    with pdf.open_metadata() as xmp:
        assert xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
        assert xmp["dc:title"] == "两会特刊"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-02-04T08:30:00+00:00"
        assert xmp["pdf:Producer"] == str(info.Producer)
        assert xmp["xmp:CreatorTool"] == str(info.Creator)
        assert "pdf:Trapped" not in xmp
    assert len(pdf.trailer.ID) == 2


def _xmp(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as opened:
        return opened.Root.Metadata.read_bytes().decode()


def _identifier(data: bytes, kind: str) -> str:
    (found,) = re.findall(rf"<xmpMM:{kind}>uuid:([0-9a-f-]{{36}})</xmpMM:{kind}>", _xmp(data))
    return found


def test_an_instance_is_known_by_its_content_and_by_what_it_was_made_for(
    painted: bytes, finished: bytes, newsprint: PressProfile
):
    assert _identifier(finished, "InstanceID") == _identifier(again(painted, newsprint), "InstanceID")
    assert _identifier(finished, "InstanceID") != _identifier(finished, "DocumentID")
    others = [
        again(painted, newsprint, title="别的"),
        again(painted, newsprint, document_date=DATE + timedelta(days=1)),
        again(painted, replace(newsprint, overprint=replace(newsprint.overprint, k_text_below_pt=0.0))),
    ]
    assert {_identifier(each, "DocumentID") for each in others} == {_identifier(finished, "DocumentID")}
    assert len({_identifier(each, "InstanceID") for each in (finished, *others)}) == 4


def test_an_instance_does_not_depend_on_where_the_icc_file_lies(
    painted: bytes, finished: bytes, newsprint: PressProfile, tmp_path: Path
):
    (tmp_path / "moved.icc").write_bytes(newsprint.icc_bytes())
    assert again(painted, replace(newsprint, icc=tmp_path / "moved.icc")) == finished


TRAPPED = """<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Adobe PDF Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://ns.adobe.com/pdf/1.3/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdf</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>Trapped</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Whether it is trapped</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def test_trapped_in_xmp_is_what_the_judge_of_pdfa_refuses_even_when_declared(finished: bytes):
    """Why it stands in the information dictionary alone. When the judge takes it, this fails, and XMP may have it."""
    import page

    with pikepdf.open(io.BytesIO(finished)) as opened:
        xmp = opened.Root.Metadata.read_bytes().decode().replace("</rdf:Bag></pdfaExtension:schemas>", TRAPPED)
        xmp = xmp.replace("<pdf:Producer>", "<pdf:Trapped>False</pdf:Trapped><pdf:Producer>")
        opened.Root.Metadata.write(xmp.encode())
        out = io.BytesIO()
        opened.save(out, fix_metadata_version=False)
    failures = page.validate_pdf_bytes(out.getvalue(), profile="2b").failures
    assert {each.rule_id for each in failures} == {
        "PDFA2B-XMP-PREDEFINED-PROPERTY-001",
        "PDFA2B-XMP-PREDEFINED-VALUE-TYPE-001",
        "PDFA2B-XMP-PROPERTY-DEFINITION-001",
    }


def test_boxes_group_and_nothing_that_acts(pdf: pikepdf.Pdf):
    page = pdf.pages[0].obj
    boxes = [[float(edge) for edge in page[key]] for key in (Name.TrimBox, Name.BleedBox, Name.MediaBox)]
    assert boxes[0] == boxes[1] == boxes[2]
    assert boxes[0] == pytest.approx([0, 0, *TRIM], abs=1e-3)
    assert Name.DeviceCMYK == page.Group.CS
    assert Name.Annots not in page
    assert not {Name.Names, Name.AcroForm, Name.Outlines} & set(pdf.Root.keys())


def test_objects_are_legal(pdf: pikepdf.Pdf):
    kinds = set()
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream) and obj.get(Name.Subtype) == Name.Image:
            assert obj.Interpolate is False or not obj.Interpolate
            assert obj.ColorSpace == Name.DeviceCMYK
        if isinstance(obj, pikepdf.Stream) and obj.get(Name.Subtype) == Name.Form:
            assert Name.DeviceCMYK == obj.Group.CS
        if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream) and Name.Resources in obj:
            assert Name.ColorSpace not in obj.Resources
        if isinstance(obj, pikepdf.Dictionary) and obj.get(Name.Subtype) in (Name.CIDFontType0, Name.CIDFontType2):
            kinds.add(obj.Subtype)
            assert (Name.CIDToGIDMap in obj) is (obj.Subtype == Name.CIDFontType2)
    assert kinds == {Name.CIDFontType0, Name.CIDFontType2}


def test_no_colour_but_cmyk_is_left_and_overprint_is_there(pdf: pikepdf.Pdf):
    data = pdf.pages[0].Contents.read_bytes()
    words = data.split()
    assert not {b"rg", b"RG", b"g", b"G"} & set(words)
    assert b"/LayoutOverprint gs" in data
    assert b"/LayoutKnockout gs" in data
    states = pdf.pages[0].Resources.ExtGState
    assert [states.LayoutOverprint[key] for key in ("/OP", "/op", "/OPM")] == [True, True, 1]
    assert [states.LayoutKnockout[key] for key in ("/OP", "/op", "/OPM")] == [False, False, 0]


def test_same_input_same_bytes(painted: bytes, finished: bytes, newsprint: PressProfile):
    assert again(painted, newsprint) == finished
    assert again(painted, newsprint, title="又一期") != finished


@pytest.mark.parametrize("times", [1, 4])
def test_it_is_fast_enough_for_a_preview(painted: bytes, newsprint: PressProfile, times: int):
    """29 lines of the program an instruction, however many there are: every stream is read through once."""
    with pikepdf.open(io.BytesIO(painted)) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream((b"q " + page.Contents.read_bytes() + b" Q ") * times)
        instructions = len(pikepdf.parse_content_stream(page))
        longer = io.BytesIO()
        pdf.save(longer)
    assert lines_run(lambda: again(longer.getvalue(), newsprint), "prepress") < 40 * instructions


def test_names_the_makers_gave_their_faces(painted: bytes, newsprint: PressProfile):
    out = again(painted, newsprint, faces=[BuildFace("FandolFang", "FandolFang", "FandolFang-Regular", Path())])
    with pikepdf.open(io.BytesIO(out)) as pdf:
        names = {
            str(obj.BaseFont) for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and Name.BaseFont in obj
        }
    assert any(
        name.endswith("+FandolFang-Regular") and len(name) == len("/ABCDEF+FandolFang-Regular") for name in names
    )


def test_local_time_keeps_its_zone(painted: bytes, newsprint: PressProfile):
    out = again(painted, newsprint, document_date=datetime(2026, 2, 4, tzinfo=timezone(timedelta(hours=8))))
    with pikepdf.open(io.BytesIO(out)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20260204000000+08'00'"
    import page

    assert page.is_pdf_compliant_bytes(out, profile="2b")


BAD = {
    '<p style="color: red">红</p>': "1 0 0 rg",
    '<p style="color: lab(50 20 20)">紫</p>': "lab-d50 cs",
    '<div style="height: 9pt; background: linear-gradient(red, blue)"></div>': "gradient",
}


@pytest.mark.parametrize("more", BAD)
def test_what_would_print_wrong_is_never_printed(more: str, newsprint: PressProfile, tmp_path: Path):
    with pytest.raises(LayoutError) as caught:
        again(paint(tmp_path, more), newsprint)
    (fault,) = caught.value.faults()
    assert isinstance(fault, PrintError)
    assert fault.exit_code == 5
    assert "第 1 页" in fault.message.zh
    assert BAD[more] in fault.message.en
    assert fault.hint is not None


def test_an_rgb_picture_is_never_printed(newsprint: PressProfile, tmp_path: Path):
    from PIL import Image

    Image.new("RGB", (20, 20), "red").save(tmp_path / "rgb.png")
    with pytest.raises(PrintError) as caught:
        again(paint(tmp_path, f'<img src="{(tmp_path / "rgb.png").as_uri()}">'), newsprint)
    assert "DeviceRGB" in caught.value.message.en


def test_all_faults_are_told_at_once(newsprint: PressProfile, tmp_path: Path):
    with pytest.raises(Faults) as caught:
        again(paint(tmp_path, "".join(BAD)), newsprint)
    assert len(caught.value.faults()) == 3


def test_every_page_is_walked(newsprint: PressProfile, tmp_path: Path):
    with pytest.raises(PrintError) as caught:
        again(paint(tmp_path, '<p style="break-before: page; color: #00f">二</p>'), newsprint)
    assert "第 2 页" in caught.value.message.zh


def test_bleed_moves_the_page_inside_a_larger_sheet(newsprint: PressProfile, tmp_path: Path):
    from dataclasses import replace

    bleed = 3 * 72 / 25.4
    more = '<div style="height: 20mm; background: url(data:image/svg+xml;base64,%s)"></div>'
    import base64

    square = b'<rect width="4" height="4" fill="device-cmyk(1 0 0 0)"/>'
    tile = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">%b</svg>' % square
    raw = paint(tmp_path, more % base64.b64encode(tile).decode(), bleed="bleed: 5mm;")
    out = again(raw, replace(newsprint, bleed_mm=3))
    with pikepdf.open(io.BytesIO(raw)) as before, pikepdf.open(io.BytesIO(out)) as after:
        page = after.pages[0].obj
        width, height = TRIM
        assert [float(edge) for edge in page.TrimBox] == pytest.approx(
            [bleed, bleed, bleed + width, bleed + height], abs=1e-3
        )
        assert [float(edge) for edge in page.MediaBox] == pytest.approx(
            [0, 0, width + 2 * bleed, height + 2 * bleed], abs=1e-3
        )
        assert page.BleedBox == page.MediaBox
        moved = {key: pattern.Matrix for key, pattern in after.pages[0].Resources.Pattern.items()}
        for key, pattern in before.pages[0].Resources.Pattern.items():
            was, is_ = ([float(value) for value in matrix] for matrix in (pattern.Matrix, moved[key]))
            assert is_ == pytest.approx([*was[:4], was[4] + bleed, was[5] + bleed], abs=1e-3)
        assert moved


def test_pages_of_the_wrong_size_are_refused(painted: bytes, newsprint: PressProfile):
    with pytest.raises(PrintError) as caught:
        again(painted, newsprint, trim=(TRIM[0] + 1, TRIM[1]))
    assert "200.0×280.0 mm" in caught.value.message.en


@pytest.mark.parametrize("changes", [{"title": " "}])
def test_a_file_without_title_is_refused(painted: bytes, newsprint: PressProfile, changes: dict):
    with pytest.raises(PrintError):
        again(painted, newsprint, **changes)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf"])
def test_what_is_no_pdf_is_refused(data: bytes, newsprint: PressProfile):
    with pytest.raises(PrintError):
        again(data, newsprint)


def test_weasyprints_own_x4_labels_are_replaced(newsprint: PressProfile, tmp_path: Path):
    import page

    raw = paint(tmp_path, options={"pdf_variant": "pdf/x-4"})
    assert page.is_pdf_compliant_bytes(again(raw, newsprint), profile="2b")


def test_a_damaged_stream_is_refused_not_passed_on(painted: bytes, newsprint: PressProfile):
    for mark, by in ((b"stream\nx", b"stream\n!"), (b"endobj", b"endxxx"), (b"/Contents", b"/Cantents")):
        try:
            again(painted.replace(mark, by), newsprint)
        except LayoutError as error:
            assert error.exit_code == 5  # noqa: PT017  (either outcome is right; a traceback is not)


def test_masks_and_tiles_of_drawings_pass(newsprint: PressProfile, tmp_path: Path):
    import page

    more = """<svg width="60" height="20" viewBox="0 0 60 20"><defs>
    <mask id="m"><rect width="60" height="20" fill="black"/>
    <circle cx="30" cy="10" r="8" fill="white"/></mask></defs>
    <g mask="url(#m)" opacity=".5"><rect width="60" height="20" fill="device-cmyk(0 1 0 0)"/></g></svg>"""
    out = again(paint(tmp_path, more), newsprint)
    assert page.is_pdf_compliant_bytes(out, profile="2b")


def test_no_stream_ends_in_what_reads_like_an_end_of_line(painted: bytes, newsprint: PressProfile):
    """Then its length would be in doubt. A comment in the page's content makes every checksum come up once."""
    for extra in range(12):
        with pikepdf.open(io.BytesIO(painted)) as raw:
            page = raw.pages[0]
            page.Contents = raw.make_stream(page.Contents.read_bytes() + b"\n%" + bytes([65 + extra]) * (extra + 1))
            out = io.BytesIO()
            raw.save(out)
        data = again(out.getvalue(), newsprint)
        assert b"/ObjStm" not in data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [
                obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Type") != "/Metadata"
            ]
            assert [stream for stream in streams if stream.read_raw_bytes()[-1:] in b"\r\n"] == []


def test_the_space_that_mends_a_checksum():
    import zlib

    from layout.prepress.finish import _end_streams_plainly

    candidates = (b"q " + b"z" * count for count in range(256))
    unlucky = next(data for data in candidates if zlib.adler32(data) % 256 in (10, 13))
    with pikepdf.new() as pdf:
        stream, font = pdf.make_stream(unlucky), pdf.make_stream(unlucky, Length1=len(unlucky))
        _end_streams_plainly(pdf)
        assert stream.read_bytes() == unlucky + b" "
        assert font.Length1 == len(unlucky) + 1
