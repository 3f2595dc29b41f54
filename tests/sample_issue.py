"""The three sample issues, each built once in a run for all tests that look at it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from in_place import build, proof
from layout import assets
from layout.copyfit.model import ComposedPage
from layout.pipeline import Built, Options, Proofed
from layout.pipeline.separations import SeparationOptions
from made_once import made_once

FOLDER = assets.root() / "issues" / "tunliu-2026"
DUHE = assets.root() / "issues" / "duhe-2026"
RENWU = assets.root() / "issues" / "renwu-2026"
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
    built = made_once("tunliu-2026", lambda out: build(FOLDER, Options(out=out)))
    return Sample(built, built.pdf.read_bytes(), built.pages[0])


@cache
def four_pages() -> Built:
    """The tabloid of four pages, built."""
    return made_once("duhe-2026", lambda out: build(DUHE, Options(out=out)))


@cache
def profile() -> Built:
    """The profile on one broadsheet page, built."""
    return made_once("renwu-2026", lambda out: build(RENWU, Options(out=out)))


@cache
def printed_for(press: str) -> bytes:
    """The sample issue's PDF for another plant."""
    if press == "newsprint-coldset":
        return sample().pdf
    return made_once(f"for {press}", lambda out: _printed(out, press))


def _printed(out: Path, press: str) -> bytes:
    return build(FOLDER, Options(out=out, press=press, png=False)).pdf.read_bytes()


@cache
def proofed() -> Proofed:
    """The sample issue's first proof, with its soft proof and plates."""
    wanted = SeparationOptions(soft=True, plates=True)
    return made_once("proofs", lambda out: proof(FOLDER, Options(out=out), separations=wanted))
