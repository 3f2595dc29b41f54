"""Finished files with one random edit each: every one is caught, whatever it touches, also when saved anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.pipeline.verifying import verify
from layout.seal.comparison import SealComparison
from sample_issue import four_pages, profile, sample
from seal.file_edits import PICTURES, TEXT, edited
from seal.saved_anew import SAME
from soak import cases

pytestmark = pytest.mark.slow


def built(seed: int) -> Path:
    """One of the three sample issues."""
    return (sample().built.pdf, four_pages().pdf, profile().pdf)[seed % 3]


def held(path: Path, original: Path) -> SealComparison:
    return verify(path, original.parent)


@cases("seed", range(200), sample=5)
def test_a_random_edit_is_caught(seed: int, tmp_path: Path) -> None:
    original, path = built(seed), tmp_path / "back.pdf"
    content, told = edited(original.read_bytes(), seed)
    path.write_bytes(content)
    found = held(path, original)
    assert found.standing == "different", told
    assert not found.as_written
    assert all(each.page_no is None or each.page_no in found.pages for each in found.findings), told


@cases("seed", range(1000, 1040), sample=1)
def test_an_edit_of_copy_or_pictures_is_caught_in_a_file_that_ghostscript_wrote_anew(seed: int, tmp_path: Path) -> None:
    original, path, anew = built(seed), tmp_path / "edited.pdf", tmp_path / "back.pdf"
    content, told = edited(original.read_bytes(), seed, (*TEXT, *PICTURES))
    path.write_bytes(content)
    SAME["gs"](path, anew)
    assert held(anew, original).standing == "different", told
