"""build, check, preflight, proof and doctor as the command line shows them; the rooms behind are replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import layout.pipeline
import layout.preview.live
from layout.checks import Finding, Severity
from layout.errors import Faults, Hint, ManuscriptError, Message, PictureError, Place
from layout.pipeline import Built, Options
from layout.proof.marks.judgement import judged_marks
from layout.proof.marks.marks_file import MarksFile
from proof.rounds import mark, story

from .conftest import Shell

LOOSE = Finding(
    "line.loose",
    Severity.WARNING,
    Message("字距偏大", "loose"),
    Place("a/b.md", 3, 1),
    Hint(editor=Message("改一字", "edit")),
    page_no=2,
)
THIN = Finding("line.thin", Severity.ERROR, Message("线太细", "too thin"), page_no=2)
REPORT = {
    "pages": [
        {
            "number": 2,
            "title": "两会特刊",
            "width_mm": 390.0,
            "height_mm": 540.0,
            "characters": {"manuscript": 2214, "set": 2210, "overset": 4},
            "lines": 190,
            "fonts": ["Song-400", "Hei-900"],
            "pictures": [{"id": "dam", "ppi": 182}],
            "variants": [],
            "changes": [],
        }
    ],
    "press": {"reasons": []},
    "files": [{"name": name} for name in ("x.pdf", "x.png", "x-1.pdf", "x.ticket.json")],
}


class Room:
    """Stands for layout.pipeline: remembers what it was asked, gives or raises what it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Path, Options]] = []
        self.findings: tuple[Finding, ...] = ()
        self.error: Exception | None = None

    def _answer(self, folder: Path, options: Options) -> None:
        self.asked.append((folder, options))
        if self.error:
            raise self.error

    def build(self, folder: Path, options: Options, progress: Callable[[str, int, int], None], *_: Any) -> Built:
        progress("issue", 0, 1)
        progress("proof", 0, 2)
        progress("proof", 1, 2)
        self._answer(folder, options)
        files = [options.out / name for name in ("x.pdf", "x.png", "report.json")]
        code = int(any(finding.severity == Severity.ERROR for finding in self.findings))
        return Built("x", files[0], (files[1],), files[2], REPORT, self.findings, code, {"issue": 0.1, "total": 1.25})

    def check(self, folder: Path, options: Options, *_: Any, **_more: Any) -> tuple[Finding, ...]:
        self._answer(folder, options)
        return self.findings

    def proof(self, folder: Path, options: Options, *_: Any, **more: Any) -> Any:
        built = self.build(folder, options, lambda *_: None)
        out = options.out
        return SimpleNamespace(
            built=built,
            proof=out / "x-proof.pdf",
            contact_sheet=out / "contact.pdf",
            summary=out / "s.md",
            against=out / "x-against.pdf" if more["against"] else None,
            difference=SimpleNamespace(passages=3, regions=2) if more["against"] else None,
            separations=(),
            page=out / "x-round-2.html",
            approval=out / "x-approval.pdf",
            approval_ppi=48.0 if more["a3"] else 110.0,
            a3=out / "x-a3.pdf" if more["a3"] else None,
            marks=MARKS if more["marks"] else (),
        )


OLD = "守闸的人每天记三次水位。"
MARKS = judged_marks(
    [
        MarksFile(
            "marks.json", "river", 1, tuple(mark("replace", story(OLD), "三次", wish) for wish in ("五次", "四次"))
        )
    ],
    story(OLD.replace("三次", "四次")),
)
"""One changed otherwise than it was marked, the other as it was."""


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    room = Room()
    for name in ("build", "check", "proof"):
        monkeypatch.setattr(layout.pipeline, name, getattr(room, name))
    return room


def test_build_hands_every_option_on(shell: Shell, room: Room, tmp_path: Path) -> None:
    shell("build", "here")
    assert room.asked.pop() == (Path("here"), Options(keep=False))
    shell(
        *("--lang", "en", "build", "here", "-o", str(tmp_path), "--pages", "1,3-4", "--press", "plant"),
        *("--strict", "--jobs", "3", "--no-png", "--single-pages"),
    )
    wanted = Options(tmp_path, pages="1,3-4", press="plant", fail_on="warning", jobs=3, lang="en", png=False)
    wanted = replace(wanted, single_pages=True, keep=False)
    assert room.asked.pop() == (Path("here"), wanted)


@pytest.mark.usefixtures("room")
def test_build_ends_with_a_table(shell: Shell, tmp_path: Path) -> None:
    ran = shell("build", "here", "-o", str(tmp_path))
    assert ran.code == 0
    for word in (
        "2214",
        "2210",
        "390 × 540",
        "两会特刊",
        "dam 182",
        "Hei-900，Song-400",
        "1.25 s",
        *(str(tmp_path / name) for name in ("x.pdf", "x-1.pdf", "x.ticket.json", "report.json", "x.seal.json")),
    ):
        assert word in ran.out
    assert ran.err == "读稿 …\n打样 …\n"
    english = shell("build", "here", "-o", str(tmp_path), "--lang", "en")
    assert "overset" in english.out
    assert english.err == "reading copy …\nproofs …\n"


def test_findings_come_gravest_first_with_place_and_hint(shell: Shell, room: Room) -> None:
    room.findings = (LOOSE, THIN)
    ran = shell("build", "here")
    assert ran.code == 1
    assert ran.err.endswith("第2版: 错误 [line.thin] 线太细\na/b.md:3:1: 警告 [line.loose] 字距偏大\n  → 改一字\n")
    assert "page 2: error [line.thin] too thin\n" in shell("build", "here", "--lang", "en").err


def test_check_prints_to_stdout_and_strict_counts_warnings(shell: Shell, room: Room) -> None:
    clean = shell("check", "here")
    assert (clean.code, clean.out) == (0, "here：没有发现问题。\n")
    room.findings = (LOOSE,)
    assert shell("check", "here").code == 0
    ran = shell("check", "here", "--strict")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("a/b.md:3:1: 警告")
    room.findings = (THIN,)
    assert shell("check", "here").code == 1


def test_every_fault_is_told(shell: Shell, room: Room) -> None:
    room.error = Faults(
        [
            ManuscriptError(Message("括号不成对", "unpaired"), place=Place("a/b.md", 3, 9)),
            PictureError(Message("没有图", "no picture"), hint=Message("补图", "add it")),
        ]
    )
    for command in ("build", "check", "proof"):
        ran = shell(command, "here")
        assert ran.code == 3
        assert ran.err.endswith("a/b.md:3:9: 括号不成对\n没有图\n  → 补图\n")


def test_a_crash_is_logged_beside_the_output(shell: Shell, room: Room, tmp_path: Path) -> None:
    room.error = AssertionError("impossible")
    ran = shell("build", "here", "-o", str(tmp_path / "out"))
    assert ran.code == 5
    assert "内部错误（AssertionError）" in ran.err
    assert "Traceback" not in ran.err + ran.out
    assert "impossible" in (tmp_path / "out" / "layout-crash.txt").read_text(encoding="utf-8")


def test_places_below_the_working_folder_are_short(
    shell: Shell, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    room.error = ManuscriptError(Message("坏", "bad"), place=Place(str(tmp_path / "a" / "b.md"), 3))
    assert shell("check", "here").err == "a/b.md:3: 坏\n"
    room.error = ManuscriptError(Message("坏", "bad"), place=Place("/elsewhere/b.md", 3))
    assert shell("check", "here").err == "/elsewhere/b.md:3: 坏\n"


def test_ctrl_c_is_quiet(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(layout.pipeline, "check", interrupted)
    ran = shell("check", "here")
    assert (ran.code, ran.out, ran.err) == (130, "", "")


def test_preflight(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import layout.pipeline.preflighting as door
    from layout.preflight.verdict import Result, Verdict

    found: list[Finding] = []
    pressed: list[str] = []

    def examine(file: Path, press: Any, expected: Any, *, ink: bool, deep: bool, **others: object) -> Verdict:
        assert file.is_file()
        assert (expected, ink, deep, others) == (None, True, False, {"zones": False, "pages": None})
        pressed.append(press.name)
        return Verdict(file.name, press, tuple(found), {"page.safe": Result("passed")})

    monkeypatch.setattr(door, "examine", examine)
    file = tmp_path / "ad.pdf"
    file.touch()
    assert shell("preflight", str(file)).out == f"{file}：合格。\n"
    found += [LOOSE, THIN]
    ran = shell("preflight", str(file), "--press", "rotary-house")
    assert ran.code == 1
    assert ran.out.endswith(f"{file}：错误 1，警告 1。\n")
    found.remove(THIN)
    warned = shell("preflight", str(file))
    assert (warned.code, found[0].severity) == (1, Severity.WARNING)
    found[:] = [replace(LOOSE, severity=Severity.NOTE)]
    assert [shell("preflight", str(file), *more).code for more in ((), ("--strict",))] == [0, 1]
    found[:] = [LOOSE, THIN]
    told = json.loads(shell("preflight", str(file), "--json", "--lang", "en").out)
    assert [finding["message"] for finding in told["findings"]] == ["loose", "too thin"]
    assert told["checks"] == {"page.safe": "passed"}
    assert pressed == ["newsprint-coldset", "rotary-house", *["newsprint-coldset"] * 4]
    assert shell("preflight", str(tmp_path / "none.pdf")).code == 2
    assert shell("preflight", str(file), "--marked", str(file)).code == 2
    assert "没有名为“nowhere”的印厂规范" in shell("preflight", str(file), "--press", "nowhere").err


@pytest.mark.parametrize("command", ["build", "check", "proof"])
@pytest.mark.parametrize("level", ["error", "warning", "note", "never"])
def test_the_level_and_the_baseline_are_handed_on(shell: Shell, room: Room, command: str, level: str) -> None:
    shell(command, "here", "--fail-on", level, "--baseline", "known.json", "--write-baseline")
    (options,) = [options for _, options in room.asked]
    assert (options.fail_on, options.baseline, options.write_baseline) == (level, Path("known.json"), True)


def test_known_findings_are_one_line_and_fail_nothing(shell: Shell, room: Room) -> None:
    room.findings = (replace(THIN, known=True), LOOSE)
    ran = shell("check", "here")
    assert (ran.code, ran.out) == (0, "a/b.md:3:1: 警告 [line.loose] 字距偏大\n  → 改一字\n基线里已知的 1 条。\n")
    assert shell("check", "here", "--fail-on", "warning").code == 1
    assert shell("check", "here", "--fail-on", "never").code == 0
    assert shell("--lang", "en", "check", "here").out.endswith("\nKnown from the baseline: 1.\n")


@pytest.mark.usefixtures("room")
def test_proof_names_its_files(shell: Shell, tmp_path: Path) -> None:
    ran = shell("proof", "here", "-o", str(tmp_path), "--round", "2")
    assert ran.code == 0
    assert str(tmp_path / "x-proof.pdf") in ran.out


@pytest.mark.usefixtures("room")
def test_proof_against_the_last_round(shell: Shell, tmp_path: Path) -> None:
    ran = shell("proof", "here", "-o", str(tmp_path), "--against", "old.pdf")
    assert ran.code == 0
    assert str(tmp_path / "x-against.pdf") in ran.out
    assert ran.out.endswith("与上一校相比：文字改动 3 处，版面变动 2 处。\n")
    assert "x-against.pdf" not in shell("proof", "here", "-o", str(tmp_path)).out


@pytest.mark.usefixtures("room")
def test_proof_lists_the_marks_that_are_not_done(shell: Shell, tmp_path: Path) -> None:
    ran = shell("proof", "here", "-o", str(tmp_path), "--marks", "a.json", "--marks", "b.json")
    assert ran.code == 0
    assert str(tmp_path / "x-round-2.html") in ran.out
    assert ran.out.endswith(
        "river.md:1: 第1版 说不准 [改正] 三次 → 五次: 改了，但和批的不同：现在是“四次”\n"
        "前几校的批注 2 条：已改 1，未改 0，说不准 1。\n"
    )
    assert "说不准" not in shell("proof", "here", "-o", str(tmp_path)).out
    english = shell("--lang", "en", "proof", "here", "-o", str(tmp_path), "--marks", "a.json")
    assert english.out.endswith("Marks of earlier rounds: 2; done 1, not done 0, cannot tell 1.\n")


@pytest.mark.usefixtures("room")
def test_proof_says_when_an_approval_pdf_cannot_be_read(shell: Shell, tmp_path: Path) -> None:
    ran = shell("proof", "here", "-o", str(tmp_path), "--a3", "tiled")
    assert str(tmp_path / "x-a3.pdf") in ran.out
    assert "只有 48 ppi" in ran.out
    assert "--pages" in ran.out
    assert "ppi" not in shell("proof", "here", "-o", str(tmp_path)).out


def test_preview_of_what_is_no_issue(shell: Shell, tmp_path: Path) -> None:
    assert shell("preview", str(tmp_path / "nowhere"), "--no-open").code == 2
    assert shell("preview", str(tmp_path), "--no-open").code == 2
