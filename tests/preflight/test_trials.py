"""Files that this program once judged wrongly: each gets the verdict that is right."""

from __future__ import annotations

import hashlib
import io
import tomllib
from pathlib import Path

import pikepdf
import pytest

from layout import assets
from layout.preflight.judge import judge
from layout.press.load import load_profile

pytestmark = pytest.mark.slow

TRIALS = Path(__file__).parent / "trials" / "judged"

RIGHT = {
    "min-x4-ad": "", "min-xmp-only": "", "min-cropmark": "",
    "min-4colour-text": "text.black", "min-aniso-line": "line.thin", "min-empty-glyph": "font.outlines text.invisible",
    "min-fontfile-garbage": "font.program", "min-simple-notdef": "font.notdef",
    "min-widths": "font.widths page.safe", "iso_overprint": "overprint.black text.shape",
}  # fmt: skip
"""By file, the checks that find something. Type of twice its width runs off the page too."""


def whole(name: str) -> bytes:
    """The file with its profile put back."""
    with pikepdf.open(TRIALS / f"{name}.pdf") as pdf:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write((assets.press_dir() / "TR002news.icc").read_bytes())
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.mark.parametrize("name", RIGHT)
def test_the_verdict_is_right(name: str) -> None:
    found = judge(whole(name), load_profile("newsprint-coldset", [assets.press_dir()]))
    assert sorted({finding.check for finding in found}) == RIGHT[name].split()


def test_simple_fonts_are_sampled_by_their_encoding() -> None:
    """The newsroom is told which words are meant, though the font has no ToUnicode."""
    (found,) = judge(whole("min-4colour-text"), load_profile("newsprint-coldset", [assets.press_dir()]))
    assert "“Quarterly gr”" in found.message.en


def test_every_file_has_a_row() -> None:
    rows = tomllib.loads((TRIALS / "PROVENANCE.toml").read_text(encoding="utf-8"))["file"]
    assert {row["file"] for row in rows} == {path.name for path in TRIALS.glob("*.pdf")} == {f"{n}.pdf" for n in RIGHT}
    for row in rows:
        assert hashlib.sha256((TRIALS / row["file"]).read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert row["source"]
        assert row["licence"]
