"""The page painted and finished once for all tests."""

import pytest

from layout import assets
from layout.press import PressProfile
from layout.press.load import load_profile
from prepress.support import DATE, TRIM, paint


@pytest.fixture(scope="session")
def newsprint() -> PressProfile:
    return load_profile("newsprint-coldset", [assets.press_dir()])


@pytest.fixture(scope="session")
def painted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return paint(tmp_path_factory.mktemp("painted"))


@pytest.fixture(scope="session")
def finished(painted: bytes, newsprint: PressProfile) -> bytes:
    from layout.prepress import finish

    return finish(painted, profile=newsprint, title="两会特刊", document_date=DATE, trim=TRIM)
