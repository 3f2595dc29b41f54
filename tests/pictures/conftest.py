"""A cache of one's own and the press most pages are printed on."""

from pathlib import Path

import pytest

from layout import assets
from layout.press import PressProfile
from layout.press.load import load_profile


@pytest.fixture(scope="session")
def newsprint() -> PressProfile:
    return load_profile("newsprint-coldset", [assets.press_dir()])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "cache"
