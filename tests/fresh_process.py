"""Python that tests run by itself: tests in parallel have a thread about, and what forks must not fork there."""

import os
import subprocess
import sys
from pathlib import Path

from patience import PATIENCE


def run_alone(script: str, *arguments: object) -> None:
    """Runs *script* in a process of its own, *arguments* in its ``sys.argv``; what it raises fails the test."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
