"""What is read as a whole, or once for several checks, is what was there."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from in_place import build
from layout.pipeline import Options
from layout.preflight import reading
from layout.preflight.faces import _cid_widths
from layout.preflight.picture_data import EIGHTH, JpegData, read_jpeg
from pipeline.small_issue import make_issue
from work import calls_counted


@pytest.mark.parametrize(
    ("written", "widths"),
    [
        ("[1 [500 600.5] 7 9 250]", {1: 500, 2: 600.5, 7: 250, 8: 250, 9: 250}),
        ("[1[.5 5. +7 -3]]", {1: 0.5, 2: 5, 3: 7, 4: -3}),  # no JSON, and sound
        ("[1 [500 /A true (b) 600]]", {1: 500, 2: 0, 3: 0, 4: 0, 5: 600}),
        ("[]", {}),
        ("/A", {}),
    ],
)
def test_widths_are_those_that_are_written(written: str, widths: dict[int, float]) -> None:
    font = pikepdf.Object.parse(f"<</W {written} /DW 900>>".encode())
    assert _cid_widths(font) == (widths, 900)


def test_widths_that_stand_in_objects_of_their_own() -> None:
    with pikepdf.new() as pdf:
        inner = pdf.make_indirect(pikepdf.Array([500, 600]))
        font = pikepdf.Dictionary(W=pdf.make_indirect(pikepdf.Array([3, inner, 9, pikepdf.Array([1])])))
        assert _cid_widths(font)[0] == {3: 500, 4: 600, 9: 1}


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (5, 40), (15, 15), (16, 9), (640, 427)])
def test_a_jpeg_is_told_from_an_eighth_of_its_size(size: tuple[int, int]) -> None:
    picture = Image.new("L", size)
    picture.putdata([(x * 7 + y * 5) % 200 for y in range(size[1]) for x in range(size[0])])
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)
    with Image.open(io.BytesIO(file.getvalue())) as eighth:
        eighth.draft(None, (max(1, size[0] // EIGHTH), max(1, size[1] // EIGHTH)))
        ((low, high),) = [eighth.getextrema()]
    found = read_jpeg(JpegData(file.getvalue()))
    assert found.size == size
    assert found.samples is not None
    ((least, most),) = found.samples.extremes
    assert abs(least - low) <= 3
    assert abs(most - high) <= 3


def test_a_page_made_in_place_has_its_text_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = make_issue(tmp_path / "issue", "时光无言，实干有声。" * 9)
    read = calls_counted(monkeypatch, reading, "_text_page")
    built = build(issue, Options(out=tmp_path / "out", cache=tmp_path / "cache", png=False))
    assert read() == 1
    assert not [each for each in built.findings if each.check.startswith("text.")]
