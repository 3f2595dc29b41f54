"""Files of results are written by the commands that find something, and where an issue cannot be built."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from in_place import build, check
from layout.checks import Severity
from layout.errors import LayoutError, UsageError
from layout.pipeline import Options, preflight
from layout.pipeline.results import files_of_build
from pipeline.small_issue import make_issue
from sample_issue import FOLDER, sample


def test_a_check_writes_what_it_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = make_issue(Path("issues/small"), "电网220KV。", "时光无言。")
    file = tmp_path / "new" / "found.json"
    found = check(folder, Options(results=(file,), fail_on="warning"))
    (written,) = json.loads(file.read_bytes())["issues"]
    assert (written["issue"], written["folder"], written["title"], written["pages"]) == (
        "small",
        "issues/small",
        "小样",
        1,
    )
    assert (written["exit_code"], len(written["rows"])) == (1, len(found))
    assert found
    (unit,) = (row for row in written["rows"] if row["check"] == "copy.unit_case")
    assert (unit["file"], unit["line"], unit["severity"]) == ("issues/small/a.md", 6, Severity.WARNING.name.lower())


def test_a_build_has_its_checks_in_them(tmp_path: Path) -> None:
    (content,) = files_of_build(sample().built, FOLDER, Options(results=(tmp_path / "a.json",))).values()
    assert isinstance(content, bytes)
    (written,) = json.loads(content)["issues"]
    assert written["checks"]["text.complete"] == {"status": "passed", "why": ""}
    assert written["checks"]["page.looks"]["status"] == "left to preflight"
    assert written["seconds"] > 0
    assert files_of_build(sample().built, FOLDER, Options()) == {}


@pytest.mark.parametrize("command", [build, check])
def test_they_are_written_where_nothing_can_be_built(tmp_path: Path, command: object) -> None:
    folder = make_issue(tmp_path / "small", "时光无言。")
    (folder / "a.md").unlink()
    file = tmp_path / "found.json"
    with pytest.raises(LayoutError):
        command(folder, Options(results=(file,), out=tmp_path / "out"))  # type: ignore[operator]
    (written,) = json.loads(file.read_bytes())["issues"]
    assert (written["exit_code"], [row["check"] for row in written["rows"]]) == (3, ["fault.source"])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_issue_is_a_result_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check(tmp_path, Options(results=(tmp_path / "found.md",)))
    assert "`fault.usage`" in (tmp_path / "found.md").read_text(encoding="utf-8")


def test_a_preflight_has_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    advertisement = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        pdf.save(advertisement)
    Path("ad.pdf").write_bytes(advertisement.getvalue())
    options = Options(results=(Path("found.json"), Path("found.xml")), fail_on="warning")
    verdict = preflight("ad.pdf", options, ink=False)
    (written,) = json.loads(Path("found.json").read_bytes())["issues"]
    assert (written["issue"], written["exit_code"], len(written["rows"])) == ("ad.pdf", 1, len(verdict.findings))
    assert {row["file"] for row in written["rows"]} == {"ad.pdf"}
    assert written["checks"]["ink.raster"]["status"] == "not run"
    Path("ad.pdf").write_bytes(b"no PDF")
    with pytest.raises(LayoutError):
        preflight("ad.pdf", options, ink=False)
    assert "fault.print" in Path("found.xml").read_text(encoding="utf-8")


def test_a_name_without_a_format_is_told_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="says no format"):
        Options(results=(Path("found.txt"),))
