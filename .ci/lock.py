"""Writes the locks from pyproject.toml: for every Python and machine at once, each file with its hashes. `make lock`.

requirements.lock       what the program needs, and what builds it
requirements-dev.lock   the same and every dependency group: tests, lint, bench, docs, locks

What is locked stays at its version while pyproject.toml allows it; --upgrade takes the newest.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = "build"
"""The dependency group of the build backend."""

PYTHON = "3.11"
"""The oldest that the program runs on."""


def main() -> int:
    """Both locks; the dev lock has the same versions as the other. The exit code of uv, where it fails."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    more = sys.argv[1:]
    return _locked("requirements.lock", [BUILD], more) or _locked(
        "requirements-dev.lock", sorted(groups), ["--constraints", "requirements.lock", *more]
    )


def _locked(name: str, groups: list[str], more: list[str]) -> int:
    uv = Path(sys.executable).with_name("uv")
    chosen = [word for group in groups for word in ("--group", group)]
    fixed = ["--universal", "--python-version", PYTHON, "--generate-hashes", "--only-binary", ":all:", "--quiet"]
    command = [uv, "pip", "compile", "pyproject.toml", *chosen, *fixed, "--custom-compile-command", "make lock"]
    return subprocess.run([*command, *more, "--output-file", name], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
