"""What every test stands on: the fonts are fenced in before anything loads Pango, and nothing depends on the clock.

A run has a folder of its own for prepared pictures and for what several tests look at (``made_once``): nothing that an
earlier run left is found, and the processes that share out the tests share it.
"""

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from layout.engine.patches import font_isolation

font_isolation.install()
os.environ.setdefault("SOURCE_DATE_EPOCH", "1770000000")

# The same examples on every machine and every day, however long each takes.
settings.register_profile("tests", derandomize=True, deadline=None, database=None)
settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the one that begins the others, which inherit its environment
        os.environ["LAYOUT_CACHE"] = mkdtemp(prefix="layout-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(Path(os.environ["LAYOUT_CACHE"]), ignore_errors=True)
