"""Another commit beside the present checkout: its files, its environment, what the interpreter has installed.

The files of a commit are taken out of git's archive: no second work tree is entered in the repository, so nothing is
left behind where a run is cut short.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from importlib.metadata import distributions
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
OURS = "lianghui-layout"


def full_hash(ref: str) -> str:
    """The whole hash of the commit that *ref* names. Ends the program, with exit code 2, where there is none."""
    done = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}"],
        cwd=TOP, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"{ref}: no such commit in {TOP}", file=sys.stderr)
        raise SystemExit(2)
    return done.stdout.strip()


def take_out(commit: str, folder: Path) -> Path:
    """The files of *commit*, in *folder*, which is made."""
    archive = subprocess.run(["git", "archive", commit], cwd=TOP, capture_output=True, check=True).stdout
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder


def installed() -> str:
    """A hash of the interpreter and of every package it has but ours: what decides the bytes besides the source."""
    packages = sorted({f"{each.name}=={each.version}" for each in distributions() if each.name != OURS})
    return hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()[:12]


def environment(tree: Path, work: Path) -> dict[str, str]:
    """The environment in which *tree* runs, with caches and temporary files of its own in *work*."""
    for name in ("tmp", "cache"):
        (work / name).mkdir(parents=True, exist_ok=True)
    # Whoever has installed the program has its bytecode: the first run, which is not counted, writes it here too.
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LAYOUT_") and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {
        **own,
        "PYTHONPATH": str(tree / "src"),
        "LAYOUT_CACHE": str(work / "cache"),
        "XDG_CACHE_HOME": str(work / "cache"),
        "TMPDIR": str(work / "tmp"),
    }
