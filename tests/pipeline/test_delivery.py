"""What goes to the plant: page files under its own names, checksums that sha256sum reads, a ticket with a schema."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from layout import assets
from layout.checks import Finding, Severity
from layout.cli import run
from layout.errors import Message, Place, PlanError, UsageError
from layout.pipeline.delivery import delivered
from layout.pipeline.options import Options, moment
from layout.pipeline.page_file_names import page_file_names
from layout.press import PressProfile
from layout.press.load import load_profile
from patience import PATIENCE
from pipeline.small_issue import make_issue

SCHEMA = json.loads((assets.root() / "docs" / "job-ticket.schema.json").read_text("utf-8"))
NEWSPRINT = load_profile("newsprint-coldset", [assets.press_dir()])
PATTERN = "{date:%Y%m%d}{paper}A{page:02}.pdf"


@dataclass
class Page:
    """A page of an issue, of a build and of its report: what the delivery looks at."""

    number: int
    pdf: bytes = b""
    title: str = "要闻"
    width_mm: float = 390.0
    height_mm: float = 540.0
    plates: tuple[str, ...] = ("C", "M", "Y", "K")

    @property
    def report(self) -> Page:
        return self


@dataclass
class Edition:
    """An issue, and the job of building it."""

    profile: PressProfile
    pages: tuple[Page, ...] = (Page(1, b"first"), Page(12, b"second", plates=("K",)))
    id: str = "changzhi-2026"
    title: str = "长治两会特刊"
    paper: str = "CZRB"
    date: date = date(2026, 2, 4)
    places: dict[str, Place] = field(default_factory=lambda: {"paper": Place("issue.toml", 3)})

    @property
    def issue(self) -> Edition:
        return self


def made(edition: Edition, options: Options, pages: tuple[Page, ...] | None = None) -> dict[str, bytes]:
    findings = [Finding("line.thin", Severity.WARNING, Message("细", "thin"))]
    job: Any = edition
    return delivered(job, pages or edition.pages, findings, options, b"whole")  # type: ignore[arg-type, return-value]


def ticket_of(files: dict[str, bytes]) -> dict[str, Any]:
    ticket: dict[str, Any] = json.loads(files["changzhi-2026.ticket.json"])
    jsonschema.validate(ticket, SCHEMA)
    return ticket


@pytest.fixture
def named() -> Edition:
    return Edition(replace(NEWSPRINT, page_files=PATTERN))


def test_every_page_has_a_file_of_the_plants_own_name(named: Edition) -> None:
    files = made(named, Options())
    assert files["20260204CZRBA01.pdf"] == b"first"
    assert files["20260204CZRBA12.pdf"] == b"second"
    ticket = ticket_of(files)
    assert [(page["number"], page["file"], page["page_in_file"]) for page in ticket["pages"]] == [
        (1, "20260204CZRBA01.pdf", 1), (12, "20260204CZRBA12.pdf", 1),
    ]  # fmt: skip
    assert [page["sha256"] for page in ticket["pages"]] == [
        hashlib.sha256(content).hexdigest() for content in (b"first", b"second")
    ]
    assert ticket["pages"][1]["plates"] == ["K"]
    assert ticket["severities"] == {"error": 0, "warning": 1, "note": 0}
    assert "deadline" not in ticket


def test_the_sums_are_as_sha256sum_reads_them(named: Edition, tmp_path: Path) -> None:
    files = made(named, Options()) | {"changzhi-2026.pdf": b"whole"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = ["sha256sum", "--check", "--strict", "changzhi-2026.sha256"]
    assert (
        subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE).returncode
        == 0
    )
    (tmp_path / "20260204CZRBA12.pdf").write_bytes(b"Second")
    assert (
        subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=PATIENCE).returncode
        == 1
    )


def test_without_names_nothing_is_written_unless_it_is_asked_for() -> None:
    plain = Edition(NEWSPRINT)
    assert made(plain, Options()) == {}
    ticket = ticket_of(made(plain, Options(ticket=True)))
    assert [(page["file"], page["page_in_file"]) for page in ticket["pages"]] == [
        ("changzhi-2026.pdf", 1), ("changzhi-2026.pdf", 2),
    ]  # fmt: skip
    deadline = datetime.fromisoformat("2026-02-03T23:30+08:00")
    assert ticket_of(made(plain, Options(deadline=deadline)))["deadline"] == "2026-02-03T23:30:00+08:00"


def test_a_part_of_the_edition_says_that_it_is_one(named: Edition) -> None:
    whole, part = ticket_of(made(named, Options())), ticket_of(made(named, Options(), named.pages[:1]))
    assert (whole["complete"], part["complete"]) == (True, False)
    assert len(part["pages"]) == part["file"]["pages"] == 1


def test_a_proof_round_is_not_for_the_plant(named: Edition) -> None:
    assert made(named, Options(delivery=False, ticket=True)) == {}


def test_the_same_edition_gives_the_same_ticket(named: Edition) -> None:
    assert made(named, Options()) == made(named, Options())


def test_an_override_is_in_the_ticket_with_its_reason() -> None:
    press = ticket_of(made(Edition(load_profile("rotary-house", [assets.press_dir()])), Options(ticket=True)))["press"]
    assert press["overrides"][0]["key"] == "ink_limit"
    assert "蹭脏" in press["overrides"][0]["reason"]


@pytest.mark.parametrize(
    ("paper", "pattern", "word"),
    [
        ("长治/日报", PATTERN, "cannot stand in it"),
        ("", PATTERN, "has not"),
        ("x", "changzhi-2026{page:02}.pdf", ""),
        ("CHANGZHI-2026", "{paper}{page}.PDF", ""),
    ],
)
def test_what_the_issue_makes_of_a_name_is_looked_at_before_a_page_is_made(paper: str, pattern: str, word: str) -> None:
    issue: Any = Edition(NEWSPRINT, paper=paper)
    if not word:
        assert len(page_file_names(issue, replace(NEWSPRINT, page_files=pattern))) == 2
        return
    with pytest.raises(PlanError) as caught:
        page_file_names(issue, replace(NEWSPRINT, page_files=pattern))
    assert word in caught.value.message.en
    assert str(caught.value.place) == "issue.toml:3"


def test_a_page_is_never_called_as_the_whole_is() -> None:
    issue: Any = Edition(NEWSPRINT, id="A1")
    with pytest.raises(PlanError) as caught:
        page_file_names(issue, replace(NEWSPRINT, page_files="a{page}.PDF"))
    assert "page 1 is a1.PDF" in caught.value.message.en


@pytest.mark.parametrize("written", ["", "tomorrow", "2026-13-01", "25:00"])
def test_a_deadline_is_a_moment(written: str) -> None:
    assert moment(" 2026-02-04 01:30 ") == datetime(2026, 2, 4, 1, 30)
    with pytest.raises(UsageError):
        moment(written)


@pytest.mark.slow
def test_a_build_writes_them_and_the_report_knows_them(tmp_path: Path) -> None:
    folder = make_issue(tmp_path / "changzhi-2026", "一段正文。")
    plan = (
        (folder / "issue.toml")
        .read_text("utf-8")
        .replace('press = "newsprint-coldset"', 'press = "own"\npaper = "CZRB"')
    )
    (folder / "issue.toml").write_text(plan, "utf-8")
    (folder / "own.toml").write_text(
        'name = "own"\ntitle = { zh = "本厂", en = "own" }\nextends = "newsprint-coldset"\n'
        f'[[override]]\nkey = "page_files"\nvalue = "{PATTERN}"\nreason = "印厂来函"\n', "utf-8",
    )  # fmt: skip
    out = tmp_path / "out"
    run(["build", str(folder), "-o", str(out), "--in-place", "--no-png", "--deadline", "2026-02-04T23:30"])
    assert (out / "20260205CZRBA01.pdf").read_bytes() == (out / "changzhi-2026.pdf").read_bytes()
    ticket = json.loads((out / "changzhi-2026.ticket.json").read_bytes())
    jsonschema.validate(ticket, SCHEMA)
    assert ticket["deadline"] == "2026-02-04T23:30:00"
    listed = {each["name"] for each in json.loads((out / "report.json").read_bytes())["files"]}
    assert {"20260205CZRBA01.pdf", "changzhi-2026.sha256", "changzhi-2026.ticket.json"} <= listed
