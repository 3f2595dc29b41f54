"""The wheel, unpacked in a folder with an odd name, builds the samples byte for byte as the checkout does."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from in_place import build
from layout import assets
from layout.pipeline import Options
from sample_issue import sample as whole
from soak import amount

ROOT = assets.root()


@pytest.mark.slow
@pytest.mark.soak
def test_the_wheel_builds_the_samples_from_an_odd_path(tmp_path: Path) -> None:
    """`make release` does the same with a wheel that pip has installed."""
    odd = tmp_path / "两会 特刊 (试装)"
    odd.mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(odd)
    for sample in ("tunliu-2026", "duhe-2026", "renwu-2026")[: amount(sample=1, full=3)]:
        first = sample == "tunliu-2026"
        ours = whole().pdf if first else build(ROOT / "issues" / sample, Options(out=tmp_path)).pdf.read_bytes()
        subprocess.run(
            [sys.executable, "-m", "layout.cli", "build", str(ROOT / "issues" / sample), "-o", "成 品", "--no-png"],
            cwd=odd,
            env={**os.environ, "PYTHONPATH": str(odd), "LAYOUT_CACHE": str(odd / "cache")},
            check=True,
            capture_output=True,
        )
        theirs = odd / "成 品" / f"{sample}.pdf"
        assert hashlib.sha256(theirs.read_bytes()).hexdigest() == hashlib.sha256(ours).hexdigest()
