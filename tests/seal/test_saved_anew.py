"""Our files saved anew by other programs: the same copy, however they are packed; different where it is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.pipeline.verifying import verify
from sample_issue import four_pages, profile, sample
from seal.saved_anew import CHANGED, SAME
from soak import cases

pytestmark = pytest.mark.slow


@cases("way", SAME, sample=4)
def test_a_file_that_was_only_saved_anew_is_the_same_copy(way: str, tmp_path: Path) -> None:
    original = (sample().built.pdf, four_pages().pdf, profile().pdf)[list(SAME).index(way) % 3]
    path = tmp_path / "back.pdf"
    SAME[way](original, path)
    found = verify(path, original.parent)
    assert (found.standing, [each.message.en for each in found.findings]) == ("same", [])
    assert not found.as_written
    assert found.producer.startswith("GPL Ghostscript" if way.startswith("gs") else "")


@cases("way", CHANGED, sample=1)
def test_a_program_that_changes_pictures_or_inks_is_found_out(way: str, tmp_path: Path) -> None:
    path = tmp_path / "back.pdf"
    CHANGED[way](four_pages().pdf, path)
    assert verify(path, four_pages().pdf.parent).standing == "different"
