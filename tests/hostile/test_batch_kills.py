"""A batch that is killed at any moment leaves whole files, and its restart makes what an undisturbed one makes."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from layout import assets
from layout.errors import LayoutError, Message, PrintError
from layout.pipeline import InPlace, Options
from layout.pipeline.batch import BatchOptions, run_batch
from layout.pipeline.batch_folders import issues_below
from layout.pipeline.batch_record import RECORD
from pipeline.small_issue import make_issue
from soak import cases

ISSUES = 3
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def _fault(error: Exception) -> LayoutError:
    return PrintError(Message(str(error), str(error)))


def _finished(top: Path, out: Path) -> dict[str, str]:
    """The PDFs and seals after a whole run in this process, by their hashes; no draft may lie beside them."""
    issues = issues_below([top / "province"], out)
    items = list(run_batch(issues, BatchOptions(Options(out=out, png=False, keep=False)), _fault, InPlace))
    assert [item.result.exit_code for item in items] == [0] * ISSUES
    there = [path for path in sorted(out.rglob("*")) if path.is_file()]
    assert not [path.name for path in there if path.name.startswith(".") or path.suffix in (".part", ".commit")]
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in there
        if not path.name.endswith("report.json") and path.name not in (RECORD, "batch.json", "batch.md")
    }


@cases(("sign", "lines"), [(sign, lines) for sign in SIGNALS for lines in range(ISSUES + 1)], sample=1)
def test_a_killed_batch_goes_on(tmp_path: Path, sign: signal.Signals, lines: int) -> None:
    for number in range(ISSUES):
        make_issue(tmp_path / "province" / f"county-{number}", f"时光无言，实干有声。第{number}县。")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "layout.cli", "batch", str(tmp_path / "province"), "-o", str(out), "--no-png"]
    environment = {**os.environ, "PYTHONPATH": str(assets.root() / "src")}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True
    ) as running:
        assert running.stderr is not None
        for _ in range(1 + lines):  # the stage, then a line for each issue
            running.stderr.readline()
        running.send_signal(sign)
        running.stderr.read()
    assert running.returncode in (-sign, 128 + sign, 0)
    assert _finished(tmp_path, out) == _finished(tmp_path, tmp_path / "whole")
