"""The sample issue, built once for all tests that look at it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from in_place import build
from layout import assets
from layout.copyfit.model import ComposedPage
from layout.pipeline import Built, Options

FOLDER = assets.root() / "issues" / "tunliu-2026"
COPY = FOLDER / "as-received.txt"


@dataclass(frozen=True)
class Sample:
    """What came of it."""

    built: Built
    pdf: bytes
    page: ComposedPage


@cache
def sample() -> Sample:
    """The sample issue as `make issue` builds it, in a folder of its own."""
    built = build(FOLDER, Options(out=Path(mkdtemp(prefix="layout-test-"))))
    return Sample(built, built.pdf.read_bytes(), built.pages[0])
