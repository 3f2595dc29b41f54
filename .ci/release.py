"""`make release`: wheel and sdist, the wheel tried in a bare environment, and, with a version, the release tagged.

    python .ci/release.py            all but the tag
    python .ci/release.py 0.2.0      all: the tree must be clean, the version that of pyproject.toml, its section dated

The wheel is built from the unpacked sdist, so that both are whole. It is installed into an environment of its own in a
folder whose name has blanks and Chinese characters, with what requirements.lock has and no more; there it must build
all samples byte for byte as the checkout does. Nothing is pushed or uploaded.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("tunliu-2026", "duhe-2026", "renwu-2026")
ODD = "两会 特刊 (试装)"
UNRELEASED = "unreleased"


class ReleaseError(Exception):
    """Why there is no release."""


@dataclass(frozen=True)
class Release:
    """A version with its section of the changelog."""

    version: str
    date: str
    """``2026-11-23``, or ``unreleased``."""
    notes: str

    @property
    def tag(self) -> str:
        """The tag in git."""
        return f"v{self.version}"


def newest(root: Path) -> Release:
    """The version of pyproject.toml with the first section of CHANGELOG.md. Raises where they disagree."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    section = re.search(r"^## (\S+) \((\S+)\)\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if section is None:
        raise ReleaseError("CHANGELOG.md has no section: ## 0.2.0 (unreleased)")
    if section[1] != version:
        raise ReleaseError(f"pyproject.toml has version {version}, CHANGELOG.md begins with {section[1]}")
    if not section[3].strip():
        raise ReleaseError(f"CHANGELOG.md says nothing of {version}")
    return Release(version, section[2], section[3].strip())


def may_be_tagged(release: Release, wanted: str, root: Path) -> None:
    """Raises where *release* is not *wanted*, not dated, not committed, or tagged already."""
    if wanted != release.version:
        raise ReleaseError(f"this is {release.version}, not {wanted}: pyproject.toml has the version")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", release.date):
        raise ReleaseError(f"CHANGELOG.md: write the day, ## {release.version} (YYYY-MM-DD), and commit it")
    if left := _git(root, "status", "--porcelain"):
        raise ReleaseError(f"the tree is not clean:\n{left}")
    if _git(root, "tag", "--list", release.tag):
        raise ReleaseError(f"{release.tag} is there already")


def tag(release: Release, root: Path) -> None:
    """Tags the commit, with the changelog's section as the message."""
    _git(root, "tag", "--annotate", release.tag, "--message", f"{release.version}\n\n{release.notes}")


def _git(root: Path, *words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def built(root: Path, dist: Path) -> Path:
    """The wheel, made from the unpacked sdist beside it in *dist*."""
    shutil.rmtree(dist, ignore_errors=True)
    _run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", dist, cwd=root)
    (sdist,) = dist.glob("*.tar.gz")
    with tempfile.TemporaryDirectory(prefix="layout-sdist-") as folder:
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        (source,) = Path(folder).iterdir()
        _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", dist, cwd=source)
    (wheel,) = dist.glob("*.whl")
    return wheel


def tried(wheel: Path, root: Path, folder: Path) -> None:
    """Installs *wheel* below *folder* and builds the samples with it. Raises where a file is unlike the checkout's."""
    place = folder / ODD
    place.mkdir()
    _run(sys.executable, "-m", "venv", place / "venv")
    pip = (place / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", root / "requirements.lock")
    _run(*pip, "--no-deps", wheel)
    for sample in SAMPLES:
        issue = place / "稿 件" / sample
        shutil.copytree(root / "issues" / sample, issue)
        ours = _samples_files((sys.executable, "-m", "layout.cli"), issue, folder / "checkout" / sample)
        theirs = _samples_files((place / "venv" / "bin" / "layout",), issue, place / "成品" / sample)
        if ours != theirs:
            different = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
            raise ReleaseError(f"{sample}: the wheel makes other bytes than the checkout: {', '.join(different)}")
        print(f"{sample}: {len(ours)} files, byte for byte the checkout's")


def _samples_files(layout: tuple[str | Path, ...], issue: Path, out: Path) -> Mapping[str, str]:
    """The hashes of what a build of *issue* writes, by file name; not of reports, which say how long it took."""
    clean = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    _run(*layout, "build", issue, "-o", out, cwd=issue.parent, env={**clean, "LAYOUT_CACHE": str(out / ".cache")})
    pages = [path for path in out.iterdir() if path.suffix in {".pdf", ".png"}]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pages}


def _run(*command: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> None:
    ran = subprocess.run(command, cwd=cwd, env=env, check=False, stdout=subprocess.DEVNULL)
    if ran.returncode:
        raise ReleaseError(f"exit code {ran.returncode}: {' '.join(map(str, command))}")


def main() -> int:
    """1 where there is no release, and why."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        release = newest(ROOT)
        if wanted:
            may_be_tagged(release, wanted, ROOT)
        wheel = built(ROOT, ROOT / "dist")
        with tempfile.TemporaryDirectory(prefix="layout-release-") as folder:
            tried(wheel, ROOT, Path(folder))
        if wanted:
            tag(release, ROOT)
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    print(*sorted(wheel.parent.iterdir()), sep="\n")
    print(f"{release.tag} is tagged; git push origin {release.tag}" if wanted else
          f"not tagged: make release VERSION={release.version} does that")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
