"""The likeliest mistakes of an editor and a designer, on the sample issue, through the real rooms."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import soak
from makeup.support import Piece, write_issue
from patience import PATIENCE

from .conftest import Ran, Shell, install_signal_handlers

pytestmark = pytest.mark.slow

TOP = Path(__file__).parents[2]


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """The sample issue with its design inside, both free to be spoilt."""
    folder = tmp_path / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    shutil.copytree(TOP / "templates" / "lianghui-broadsheet", folder / "lianghui-broadsheet")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def plain(ran: Ran) -> None:
    """No traceback, no crash: sentences only."""
    assert "Traceback" not in ran.out + ran.err
    assert "内部错误" not in ran.err, ran.err


def test_build_then_fail_keeps_the_last_good_files(shell: Shell, issue: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    good = shell("build", str(issue), "-o", str(out))
    plain(good)
    assert good.code == 0, good.err
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    names = {"tunliu-2026.pdf", "tunliu-2026.png", "report.json", "tunliu-2026.report.json", "tunliu-2026.seal.json"}
    assert set(files) == names
    assert files["tunliu-2026.report.json"] == files["report.json"]
    report = json.loads(files["report.json"])
    assert report["characters"]["set"] == report["characters"]["manuscript"] > 2000
    assert "tunliu-2026.pdf" in good.out

    spoil(issue / "lianghui-broadsheet" / "scroll.html", "{{ ", "{{ nonsense.")
    bad = shell("build", str(issue), "-o", str(out))
    plain(bad)
    assert bad.code == 3
    assert "scroll.html:" in bad.err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == files


def test_check_and_build_agree(shell: Shell, issue: Path, tmp_path: Path) -> None:
    checked = shell("check", str(issue))
    plain(checked)
    built = shell("build", str(issue), "-o", str(tmp_path / "out"), "--no-png")
    assert {line for line in checked.out.splitlines() if "[copy." in line} == {
        line for line in built.err.splitlines() if "[copy." in line
    }
    preflighted = shell("preflight", str(tmp_path / "out" / "tunliu-2026.pdf"))
    plain(preflighted)
    assert preflighted.code == 0, preflighted.out


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "place"),
    [
        ("issue.toml", 'title = "', "title = ", 3, "issue.toml:"),
        ("issue.toml", 'stories = ["tunliu.md"]', 'stories = ["tunlui.md"]', 3, "issue.toml:"),
        ("issue.toml", 'press = "', 'press = "no-', 3, ""),
        ("issue.toml", 'file = "images:', 'file = "images:no-', 4, "issue.toml:"),
        ("tunliu.md", "时光无言", "时光\U0002b740无言", 4, "tunliu.md:"),
        ("tunliu.md", "headline:", "headlin:", 3, "tunliu.md:"),
        ("lianghui-broadsheet/page.css", '"Kai 400"', '"Kay 400"', 4, ""),
        ("lianghui-broadsheet/scroll.html", "{{ ", "{{ {{ ", 3, "lianghui-broadsheet/scroll.html:"),
        ("lianghui-broadsheet/page.css", "margin: 0 }", "margin: 0", 3, "lianghui-broadsheet/page.css:"),
        ("lianghui-broadsheet/page.css", "ink(press-red);", "ink(press-red;", 3, "lianghui-broadsheet/page.css:"),
    ],
)
def test_a_mistake_is_one_sentence_with_a_place(
    shell: Shell, issue: Path, file: str, old: str, new: str, code: int, place: str
) -> None:
    spoil(issue / file, old, new)
    for lang in ("zh", "en"):
        ran = shell("check", str(issue), "--lang", lang, "--in-place")
        plain(ran)
        assert ran.code == code, ran.err
        assert place in ran.err.splitlines()[0]


def test_a_style_that_came_to_nothing_is_pointed_at(shell: Shell, issue: Path) -> None:
    spoil(issue / "lianghui-broadsheet" / "page.css", "img { display: block }", "img { display: block; widht: 1pt }")
    ran = shell("check", str(issue), "--in-place")
    plain(ran)
    assert ran.code == 0
    line = next(line for line in ran.out.splitlines() if "design.unknown" in line)
    assert line.startswith("lianghui-broadsheet/page.css:")
    assert "“widht”" in line


def test_a_round_that_cannot_be_compared(shell: Shell, issue: Path, tmp_path: Path) -> None:
    for old in (tmp_path / "none.pdf", issue / "tunliu.md"):
        ran = shell("proof", str(issue), "-o", str(tmp_path / "out"), "--against", str(old))
        plain(ran)
        assert ran.code == 2
        assert str(old) in ran.err.splitlines()[0]
    assert not (tmp_path / "out").exists()


def test_usage_mistakes(shell: Shell, issue: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for arguments in (
        ["build", str(tmp_path / "nowhere")],
        ["build", str(tmp_path)],
        ["build", str(issue / "tunliu.md")],
        ["check", str(issue), "--pages", "9"],
        ["check", str(issue), "--pages", "one"],
        ["build", str(issue), "-o", str(tmp_path / "file")],
    ):
        ran = shell(*arguments)
        plain(ran)
        assert ran.code == 2, (arguments, ran.err)


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STAGES = range(1, 7)
"""Reading copy, template, copyfit, pictures, painting, prepress; proofs and preflight come after."""


@soak.cases(("sign", "stage"), [(sign, stage) for sign in SIGNALS for stage in STAGES], sample=3)
def test_stopped_at_any_stage_of_a_build(issue: Path, tmp_path: Path, sign: signal.Signals, stage: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "layout.cli", "build", str(issue), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP / "src")},
        preexec_fn=install_signal_handlers,  # noqa: PLW1509
    )
    assert process.stderr is not None
    for _ in range(stage):
        assert process.stderr.readline()
    process.send_signal(sign)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + sign
    assert "Traceback" not in out + err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


@pytest.mark.slow
def test_progress_speaks_the_language_asked_for(shell: Shell, tmp_path: Path) -> None:
    folder = write_issue(tmp_path, Piece([180] * 30), pages=2)
    ran = shell("--lang", "en", "build", str(folder), "-o", str(tmp_path / "out"), "--no-png", "--in-place")
    steps = [line for line in ran.err.splitlines() if line.endswith(" …")]
    assert {"reading copy …", "making pages …", "prepress …"} <= set(steps)
    assert not [step for step in steps if not step.removesuffix(" …").isascii()]
