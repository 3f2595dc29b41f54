"""What a command did not do, it says: checks left out of a build, and what a plant changed of its profile."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from layout import assets
from layout.checks import Finding, Severity, room_checks
from layout.cli import summary
from layout.errors import Message, Place
from layout.pipeline.reporting import LEFT, checks_run
from layout.preflight.record import Record
from layout.press.load import load_profile
from layout.proof.report import Report
from preflight import support

from .conftest import Shell

PRESS = load_profile("newsprint-coldset", [assets.press_dir()])


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "page.pdf"
    path.write_bytes(support.clean_pdf())
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_override_is_told_with_its_reason(pdf: Path, shell: Shell, lang: str) -> None:
    told = shell("--lang", lang, "preflight", str(pdf), "--press", "rotary-house", "--no-ink").out
    reasons = load_profile("rotary-house", [assets.press_dir()]).reasons
    assert reasons
    lines = told.splitlines()
    for each in reasons:
        (line,) = [line for line in lines if f"{each.key} " in line and "→" in line]
        assert each.reason in line
        assert re.search(rf"{each.was}(\.0)? → {each.value}", line)
    assert max(n for n, line in enumerate(lines) if line.startswith(("没有做", "Not run"))) < lines.index(line)


def test_a_profile_as_shipped_has_none(pdf: Path, shell: Shell) -> None:
    assert "印厂改动" not in shell("preflight", str(pdf), "--press", "newsprint-coldset", "--no-ink").out


OWN = 'name = "changzhi"\ntitle = { zh = "长治", en = "Changzhi" }\nextends = "newsprint-coldset"\n'


@pytest.mark.parametrize("where", ["beside the file", "in the folder of the command"])
def test_a_plants_own_profile_is_found_by_its_name(
    pdf: Path, shell: Shell, where: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    folder = pdf.parent if where == "beside the file" else here
    (folder / "changzhi.toml").write_text(OWN, "utf-8")
    told = json.loads(shell("preflight", str(pdf), "--press", "changzhi", "--no-ink", "--json").out)
    assert told["press"] == "changzhi"


def test_a_profile_that_is_not_found_says_where_it_was_looked_for(
    pdf: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    run = shell("preflight", str(pdf), "--press", "changzhi", "--no-ink")
    assert run.code == 3
    for folder in (str(pdf.parent), str(here), "程序自带的 press/"):
        assert folder in run.err


def test_a_part_of_pdfx_that_is_not_written_is_refused_before_anything_is_made(
    shell: Shell, tmp_path: Path, pdf: Path
) -> None:
    own = OWN + '[[override]]\nkey = "pdfx"\nvalue = "X-1a"\nreason = "旧 RIP"\n'
    (tmp_path / "changzhi.toml").write_text(own, "utf-8")
    issue = tmp_path / "issue"
    shutil.copytree(assets.root() / "issues" / "tunliu-2026", issue)
    shutil.copy(tmp_path / "changzhi.toml", issue)
    run = shell("build", str(issue), "-o", str(tmp_path / "out"), "--in-place", "--press", "changzhi")
    assert run.code == 3
    assert "PDF/X-1a" in run.err
    assert "PDF/X-4" in run.err
    assert not (tmp_path / "out").exists()
    told = json.loads(shell("preflight", str(pdf), "--press", "changzhi", "--no-ink", "--json").out)
    assert told["checks"]["pdfx.version"] == "found"


def everything() -> Record:
    """A build that carried out all that builds do."""
    return Record({check.id for check in room_checks("preflight").values() if check.needs not in {"gs", "deep"}})


def test_a_check_passes_only_where_it_was_carried_out() -> None:
    record = everything()
    record.done.remove("font.embedded")
    record.lacks("unfollowed", "line.thin")
    runs = checks_run([], record, PRESS)
    assert runs["font.embedded"].status == runs["line.thin"].status == "not run"
    assert runs["font.embedded"].why
    assert runs["line.thin"].why
    assert runs["font.subset"].status == "passed"


def test_a_build_says_what_it_leaves_to_preflight() -> None:
    found = Finding("line.thin", Severity.WARNING, Message("细", "thin"), Place("page.css", 1))
    runs = checks_run([found], everything(), PRESS)
    assert list(runs) == list(room_checks("preflight"))
    assert runs["line.thin"].status == "found"
    assert runs["text.complete"].status == runs["page.size"].status == "passed"
    for check in room_checks("preflight").values():
        if check.needs in {"gs", "deep"}:
            assert runs[check.id].status == LEFT
            assert runs[check.id].why is not None


def test_what_was_told_of_a_picture_before_its_page_was_drawn_is_not_passed() -> None:
    coarse = Finding("picture.resolution", Severity.WARNING, Message("粗", "coarse"), Place("issue.toml", 1))
    assert checks_run([coarse], everything(), PRESS)["image.resolution"].status == "found"
    assert checks_run([], everything(), PRESS)["image.resolution"].status == "passed"


def _report(findings: tuple[Finding, ...] = ()) -> dict[str, Any]:
    from datetime import date

    runs = checks_run(findings, everything(), PRESS)
    return Report("i", "t", date(2026, 1, 1), "d", "p", "x", (), findings, checks=runs).as_json("en")


def test_the_report_tells_of_every_check() -> None:
    told = json.loads(json.dumps(_report()))["checks"]
    assert set(told) == set(room_checks("preflight"))
    assert told["ink.raster"]["status"] == "left to preflight"
    assert told["ink.raster"]["needs"] == "Ghostscript"
    assert "layout preflight" in told["ink.raster"]["why"]
    assert told["font.embedded"] == {"status": "passed"}


@dataclass
class Made:
    """What the closing table reads of a build."""

    report: dict[str, Any]
    issue_id: str = "day"
    pdf: Path = Path("i.pdf")
    png: tuple[Path, ...] = ()
    report_path: Path = Path("report.json")
    seconds: dict[str, float] = field(default_factory=lambda: {"total": 1.0})
    moved: None = None
    is_draft: bool = False


@pytest.mark.parametrize(("path", "told"), [(None, True), ("/usr/bin/gs", False)])
def test_the_closing_table_says_that_ghostscript_is_wanting(
    monkeypatch: pytest.MonkeyPatch, path: str | None, told: bool
) -> None:
    monkeypatch.setattr(summary, "found", lambda _: path)
    for lang, word in (("zh", "没有做"), ("en", "not run")):
        lines = [line for line in summary.summary(Made(_report()), lang).splitlines() if line.startswith(word)]  # type: ignore[arg-type]
        assert len(lines) == told
        assert all("ink.raster" in line and "Ghostscript" in line for line in lines)
