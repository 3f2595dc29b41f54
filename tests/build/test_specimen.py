"""The specimen sheet: the composer's rules with and without; every character told, ruby after its base."""

from pathlib import Path

import pytest

from layout import assets
from layout.build import Options, build
from layout.findings import Severity
from layout.preflight.text import read_text

pytestmark = pytest.mark.slow


def test_the_specimen_is_whole(tmp_path: Path) -> None:
    built = build(assets.root() / "specimen", Options(out=tmp_path))
    characters = built.report["characters"]
    assert characters["set"] == characters["manuscript"] > 2000
    assert characters["overset"] == 0
    assert not [one for one in built.findings if one.severity is Severity.ERROR]
    text = "".join(char.text for char in read_text(built.pdf, 0))
    assert "屯tún留liú、老lǎo爷yé山shān、麟lín绛jiàng" in text
    assert "绿化12km2，减排CO2三成①（上年为基数）" in text
