"""Scratch folders of killed processes are swept; those of processes at work are not."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from layout.pipeline.scratch import scratch_folder, sweep

HOLDER = """
import sys, tempfile
from layout.pipeline.scratch import scratch_folder
tempfile.tempdir = sys.argv[1]
with scratch_folder() as folder:
    (folder / "page.png").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


def test_what_a_killed_process_left_is_swept_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    program = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        theirs = Path(holder.stdout.readline().strip())
        with scratch_folder() as own:
            assert theirs.is_dir(), "it is at work"
            sweep(tmp_path)
            assert own.is_dir()
        assert not own.exists()
        holder.kill()
    assert theirs.is_dir()
    (tmp_path / "layout-scratch-new").mkdir()  # without a lock yet: it is only just being made
    (tmp_path / "other").mkdir()
    with scratch_folder():
        assert not theirs.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["layout-scratch-new", "other"]
