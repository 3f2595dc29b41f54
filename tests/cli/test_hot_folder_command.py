"""``layout preflight FOLDER --watch``: the command that judges every file, and the one that looks after the folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from layout.cli.hot_folder_command import FileJudge
from layout.errors import Message
from layout.pipeline.hot_folder import FileOutcome
from preflight import support
from preflight import test_faults as faults

from .conftest import Shell, install_signal_handlers

SRC = str(Path(__file__).parents[2] / "src")
OWN = """name = "own"
title = { zh = "本厂", en = "own" }
extends = "newsprint-coldset"
"""


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FileJudge:
    monkeypatch.setenv("PYTHONPATH", SRC)
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return FileJudge(["--press", str(tmp_path / "own.toml"), "--no-ink"], "zh")


@pytest.mark.slow
def test_a_file_with_errors_fails_with_its_reports(judge: FileJudge, tmp_path: Path) -> None:
    path = tmp_path / "ad.pdf"
    path.write_bytes(support.with_fault(faults.rgb_drawing))
    outcome = judge(path)
    assert isinstance(outcome, FileOutcome)
    assert not outcome.passed
    assert "错误" in outcome.said.zh
    assert set(outcome.reports) == {".certificate.json", ".certificate.pdf", ".html"}
    made = json.loads(outcome.reports[".certificate.json"])
    assert (made["file"]["name"], made["press"]["name"], made["passed"]) == ("ad.pdf", "own", False)
    assert b"<html" in outcome.reports[".html"]


@pytest.mark.slow
def test_what_cannot_be_opened_fails_with_a_sentence(judge: FileJudge, tmp_path: Path) -> None:
    path = tmp_path / "ad.pdf"
    path.write_bytes(b"%PDF-1.6 and nothing more")
    outcome = judge(path)
    assert isinstance(outcome, FileOutcome)
    assert not outcome.passed
    assert outcome.said.zh in outcome.reports[".txt"].decode()
    assert "Traceback" not in outcome.reports[".txt"].decode()


def test_what_is_no_pdf_is_told_without_asking_anybody(judge: FileJudge, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff")
    outcome = judge(path)
    assert isinstance(outcome, FileOutcome)
    assert outcome.reports[".txt"].decode() == "不是 PDF。\nIt is no PDF.\n"


@pytest.mark.slow
def test_a_profile_that_went_wrong_is_not_the_files_fault(judge: FileJudge, tmp_path: Path) -> None:
    path = tmp_path / "ad.pdf"
    path.write_bytes(support.clean_pdf())
    (tmp_path / "own.toml").write_text(OWN + "ink_limit = 3\n", "utf-8")
    outcome = judge(path)
    assert isinstance(outcome, Message)
    assert "ink_limit" in outcome.zh


@pytest.mark.parametrize("option", ["--html", "--marked", "--zones", "--certificate"])
def test_one_files_report_does_not_go_with_many_files(shell: Shell, tmp_path: Path, option: str) -> None:
    ran = shell("preflight", str(tmp_path), "--watch", option, str(tmp_path / "out"))
    assert ran.code == 2
    assert f"{option} 不能和 --watch 同用" in ran.err


def test_a_folder_that_is_not_there_and_a_profile_that_is_not_are_told_at_once(shell: Shell, tmp_path: Path) -> None:
    assert shell("preflight", str(tmp_path / "hot"), "--watch").code == 2
    ran = shell("preflight", str(tmp_path), "--watch", "--press", "changzhi")
    assert ran.code == 3
    assert str(tmp_path) in ran.err
    assert not (tmp_path / "in").exists()


@pytest.mark.slow
def test_the_folder_is_watched_until_the_program_is_ended(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ad.pdf").write_bytes(support.with_fault(faults.rgb_drawing))
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    command = [sys.executable, "-m", "layout.cli", "preflight", str(tmp_path), "--watch", "--press", "own", "--no-ink"]
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": SRC}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=install_signal_handlers,  # noqa: PLW1509
    ) as watching:  # fmt: skip
        assert watching.stdout is not None
        assert watching.stdout.readline().startswith("看着")
        assert watching.stdout.readline().startswith("failed/ad.pdf：错误")
        watching.send_signal(signal.SIGTERM)
        _, err = watching.communicate(timeout=30)
    assert watching.returncode == 128 + signal.SIGTERM
    assert err == ""
    assert (tmp_path / "failed" / "ad.pdf.html").is_file()
    assert not list((tmp_path / "in").iterdir())
