"""A signal ends the process with its own exit code, whatever Python was about when it came."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from patience import PATIENCE

from .conftest import install_signal_handlers

TOP = Path(__file__).parents[2]

BEGIN = """
import os, signal, sys
from layout.cli.signals import Stopped, install_signal_handlers
install_signal_handlers()
try:
"""
END = """
    while True:
        signal.pause()
except Stopped as stop:
    sys.exit(stop.exit_code)
"""


def run(
    work: str, folder: Path, first: Callable[[], object] = install_signal_handlers
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + work + END],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{TOP / 'src'}{os.pathsep}{folder}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        preexec_fn=first,
        check=False,
    )


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_modules_are_loaded_to_their_end(tmp_path: Path, sign: signal.Signals) -> None:
    """A compiled module that is stopped while it is loaded aborts the process, so none is."""
    (tmp_path / "slow.py").write_text(
        f"import os\nos.kill(os.getpid(), {int(sign)})\nsum(range(1_000_000))\nprint('loaded', flush=True)\n"
    )
    ran = run("    import slow", tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (128 + sign, "loaded\n", "")


def test_a_signal_that_python_swallows_is_given_again(tmp_path: Path) -> None:
    """An exception in a finaliser, or in a compiled library's callback, only gets told."""
    work = f"""
    class Last:
        def __del__(self):
            os.kill(os.getpid(), {int(signal.SIGINT)})
    Last()
"""
    ran = run(work, tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


def test_a_signal_that_is_lost_without_a_word_is_given_again(tmp_path: Path) -> None:
    work = """
    import layout.cli.signals
    layout.cli.signals.LATE = 0.1
    try:
        os.kill(os.getpid(), 15)
    except KeyboardInterrupt:
        pass
"""
    assert run(work, tmp_path).returncode == 143


def test_other_trouble_in_a_finaliser_is_told_as_ever(tmp_path: Path) -> None:
    work = """
    class Last:
        def __del__(self):
            raise ValueError("lost")
    Last()
    raise Stopped(2)
"""
    ran = run(work, tmp_path)
    assert ran.returncode == 130
    assert "ValueError: lost" in ran.stderr


def test_what_is_ignored_from_the_start_stays_ignored(tmp_path: Path) -> None:
    """As ``nohup`` and shells' background jobs ask for."""
    work = "    os.kill(os.getpid(), 2)\n    print(signal.getsignal(2).name)\n    raise Stopped(15)"
    ran = run(work, tmp_path, partial(signal.signal, signal.SIGINT, signal.SIG_IGN))
    assert (ran.returncode, ran.stdout) == (143, "SIG_IGN\n")
