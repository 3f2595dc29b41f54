"""The verdict for people and programs: JSON, HTML, marked PDF, sources; the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Pdf, String

from layout import pipeline
from layout.checks import Severity, registry, room_checks
from layout.flows import Flow
from layout.preflight.outside.tools import found
from layout.preflight.source_map import outdated_report, source_map
from layout.preflight.text import read_text
from layout.preflight.verdict import Verdict, examine
from layout.press.model import PressProfile
from layout.proof.marked import framed, marked_pdf
from layout.proof.marked_html import marked_html
from preflight import support
from preflight import test_faults as faults
from preflight.picture_faults import photo_exchanged
from preflight.support import EXPECTED, PICTURE, clean_pdf, with_fault


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressProfile:
    return support.press(tmp_path_factory.mktemp("press"))


def several(pdf: Pdf) -> None:
    faults.small_white(pdf)
    faults.rgb_photo(pdf)
    faults.titles_differ(pdf)


@pytest.fixture(scope="module")
def verdict(press: PressProfile) -> Verdict:
    return examine(with_fault(several), press, EXPECTED, ink=False)


def test_every_check_has_a_result(verdict: Verdict) -> None:
    assert list(verdict.results) == list(room_checks("preflight"))
    told = {finding.check for finding in verdict.findings}
    assert told == {check for check, result in verdict.results.items() if result.status == "found"}
    assert told == {"text.reversed", "colour.space", "pdfx.metadata"}


def test_json(verdict: Verdict) -> None:
    told = json.loads(json.dumps(verdict.as_json("en")))
    assert told["severities"] == {"error": 3, "warning": 1, "note": 0}
    assert told["checks"]["page.boxes"] == "passed"
    assert told["checks"]["ink.raster"].startswith("not run: ")
    assert told["schema"] == 2
    boxes = [box for finding in told["findings"] for box in finding["boxes"]]
    assert boxes
    assert all(set(box) == {"x", "y", "width", "height"} for box in boxes)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_html_holds_everything_and_loads_nothing(verdict: Verdict, lang: Any) -> None:
    page = marked_html(with_fault(several), verdict, lang)
    for finding in verdict.findings:
        assert finding.check in page
    assert not re.search(r"(?:src|href)=\"(?!data:image/jpeg;base64,|#)", page)
    assert "<script" not in page
    assert page.count("data:image/jpeg") == 1
    anchors = set(re.findall(r"id=\"([\w-]+)\"", page))
    assert set(re.findall(r"href=\"#([\w-]+)\"", page)) <= anchors


def test_what_a_file_says_is_escaped(press: PressProfile) -> None:
    def hostile(pdf: Pdf) -> None:
        pdf.docinfo["/Title"] = String("<script>alert(1)</script>$name{x}")

    pdf = with_fault(hostile)
    page = marked_html(pdf, examine(pdf, press, EXPECTED, ink=False))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_marked_pdf(verdict: Verdict) -> None:
    marked = marked_pdf(with_fault(several), verdict, "zh")
    listed = "".join(char.text for char in read_text(marked, 1))
    assert "反白字" in listed
    assert "没有做的检查" in listed
    numbers = {each.number for each in framed(verdict, 1)}
    assert numbers == {n for n, each in enumerate(verdict.findings, 1) if each.boxes}


@pytest.mark.skipif(found("gs") is None, reason="no Ghostscript here")
def test_reports_are_the_same_twice(press: PressProfile) -> None:
    def made() -> list[str]:
        pdf = with_fault(several)
        verdict = examine(pdf, press, EXPECTED)
        parts = (marked_html(pdf, verdict).encode(), marked_pdf(pdf, verdict), repr(verdict.as_json("zh")).encode())
        return [hashlib.sha256(part).hexdigest() for part in parts]

    assert made() == made()


def test_a_page_without_size_still_gets_its_reports(press: PressProfile) -> None:
    def flat(pdf: Pdf) -> None:
        pdf.pages[0].MediaBox = [0, 0, 0, 0]

    pdf = with_fault(flat)
    verdict = examine(pdf, press)
    assert marked_pdf(pdf, verdict).startswith(b"%PDF")
    assert "</html>" in marked_html(pdf, verdict)


# --- sources -----------------------------------------------------------------------------------------------------


def _built(folder: Path, pdf: bytes, **frame: Any) -> Path:
    """A build's PDF with its report beside it."""
    path = folder / "issue.pdf"
    path.write_bytes(pdf)
    frames = [
        {"id": "k0", "flow": "page.folio.number", "x": 0, "y": 0, "width": 400, "height": 20},
        {"id": "k1", "flow": "story.section-2", "x": 80, "y": 90, "width": 120, "height": 60, **frame},
    ]
    geometry = {"width": 400, "height": 300, "frames": frames, "pictures": []}
    report = {
        "title": "两会特刊", "press": {"name": "newsprint-coldset"},
        "pages": [{"number": 1, "fonts": ["TestSong"], "geometry": geometry}],
        "files": [{"name": "issue.pdf", "sha256": hashlib.sha256(pdf).hexdigest()}],
    }  # fmt: skip
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return path


def test_findings_name_their_source(press: PressProfile, tmp_path: Path) -> None:
    path = _built(tmp_path, with_fault(faults.small_white), place="story.md:12:3")
    known = source_map(path)
    assert known is not None
    verdict = examine(path, press, known.expected, ink=False)
    (finding,) = map(known.located, verdict.findings)
    assert finding.sources == (Flow("story", "section", 2),)
    assert str(finding.place) == "story.md:12:3"
    assert verdict.results["page.size"].status == "passed"


def test_an_older_report_is_still_read(press: PressProfile, tmp_path: Path) -> None:
    """Schema 1 had the same geometry, less what had not been thought of."""
    path = _built(tmp_path, with_fault(faults.small_white), place="story.md:12:3")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    paragraph = {"flow": "story.section-2", "place": "story.md:14:1", "x": 80, "y": 90, "width": 119, "height": 59}
    mark = {"kind": "mark", "name": "header.folio", "place": None, "x": 0, "y": 0, "width": 400, "height": 1}
    report["pages"][0]["geometry"] |= {
        "row": 14.0, "type_area": {"x": 20, "y": 20, "width": 360, "height": 260}, "paragraphs": [paragraph],
        "marks": [mark], "type": {"k1.size": "d/page.css:7:3", "k1.ink": "d/page.css:8:3"},
    }  # fmt: skip
    (tmp_path / "report.json").write_text(json.dumps({"schema": 1, **report}), encoding="utf-8")
    known = source_map(path)
    assert known is not None
    (finding,) = map(known.located, examine(path, press, known.expected, ink=False).findings)
    assert str(finding.place) == "story.md:14:1"
    assert finding.check == "text.reversed"
    assert [str(place) for place in finding.template] == ["d/page.css:7:3"]


def test_a_report_of_another_file_is_not_believed(tmp_path: Path) -> None:
    path = _built(tmp_path, clean_pdf())
    path.write_bytes(with_fault(faults.small_white))
    assert source_map(path) is None


def test_a_report_of_another_save_is_said_to_be_one(tmp_path: Path) -> None:
    path = _built(tmp_path, clean_pdf())
    assert outdated_report(path) is None
    path.write_bytes(with_fault(faults.small_white))
    outdated = outdated_report(path)
    assert outdated is not None
    assert outdated[0] == tmp_path / "report.json"
    assert outdated[2].again
    assert not outdated[2].planned  # nobody here has a design to mend
    verdict = pipeline.preflight(path, ink=False)
    (remark,) = verdict.remarks
    assert not [why.en for _, why in verdict.not_run() if "put the report" in why.en or "with the report" in why.en]
    assert "report.json 记的是 issue.pdf 的另一次保存" in remark.zh
    assert "are held against it" in remark.en
    (tmp_path / "report.json").unlink()
    assert pipeline.preflight(path, ink=False).remarks == ()


def test_pictures_and_characters_are_held_against_a_report_of_another_save(tmp_path: Path) -> None:
    path = _built(tmp_path, with_fault(faults.small_white))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    picture = {"id": "p0", "picture": "meadow", "place": "issue.toml:11:1", "look": PICTURE.look}
    report["pages"][0]["geometry"]["pictures"] = [picture | PICTURE.box.as_json()]
    report["pages"][0]["characters"] = {"page": 10}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert not {"image.missing", "text.complete"} & _checks(path)
    path.write_bytes(with_fault(photo_exchanged))
    assert {"image.missing", "text.complete"} <= _checks(path)


def _checks(path: Path) -> set[str]:
    return {each.check for each in pipeline.preflight(path, ink=False).findings}


@pytest.mark.parametrize("report", ["", "[]", "{}", '{"files": 3}', "null", '{"files": [{}]}', "[" * 100_000])
def test_a_broken_report_is_not_believed(report: str, tmp_path: Path) -> None:
    path = _built(tmp_path, clean_pdf())
    (tmp_path / "report.json").write_text(report, encoding="utf-8")
    assert source_map(path) is None


# --- every id there is -------------------------------------------------------------------------------------------

SOURCES = Path(__file__).parents[2] / "src" / "layout"


def test_every_finding_of_every_room_can_be_explained() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    named = set(re.findall(r'Finding\(\s*(?:check=)?"([a-z]+\.[a-z_-]+)"', code))
    named |= set(re.findall(r'^CHECK = "([a-z]+\.[a-z_-]+)"', code, re.MULTILINE))
    assert named >= {"design.unknown", "picture.resolution", "page.overset"}
    assert named <= set(registry().all())
    from layout.pictures.making import NOTES

    assert {f"picture.{note}" for note in NOTES} <= set(registry().all())
    assert {f"line.{what}" for what in ("loose", "very_loose", "overlong", "runt")} <= set(registry().all())
    assert any(check.startswith("copy.") for check in registry().all())
    for check in registry().all().values():
        assert check.rationale.zh, check.id
        assert check.rationale.en, check.id
        assert check.severity in Severity


def test_a_name_in_another_encoding_is_judged_and_can_be_written_down(tmp_path: Path, press: PressProfile) -> None:
    """As files come from machines that write names in GBK."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/A01\xb0\xe6.pdf"))
    path.write_bytes(support.clean_pdf())
    verdict = examine(path, press, support.EXPECTED, ink=False)
    assert verdict.findings == ()
    assert verdict.name == "A01��.pdf"
    assert verdict.name.encode()
