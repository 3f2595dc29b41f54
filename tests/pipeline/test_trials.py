"""Small issues that the program once got wrong: each comes out as its row says, with hints for the right readers.

Copy is set as it was typed or told; style sheets work or are told; pages that a design cannot fill say so.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from in_place import build
from layout.checks import Finding
from layout.errors import LayoutError
from layout.pipeline import Built, Options
from layout.preflight.text import read_text
from soak import cases
from test_hints_by_reader import wrong_words

TRIALS = Path(__file__).parent / "trials"


@dataclass(frozen=True)
class Row:
    """What a trial comes to: the checks that tell, those that do not, words of the page or of the fault."""

    name: str
    told: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    words: str = ""


def refused(name: str, words: str) -> Row:
    return Row(name, ("refused",), (), words)


LOST = ("text.complete", "text.extra", "text.twice", "text.invisible")
NO_EFFECT = ("design.no_effect",)
WORKS = (*LOST, *NO_EFFECT, "page.overset")
ROWS = [
    Row("star-lost", (), LOST, "带*者为候选人，带*者为列席代表。"),
    Row("bullet-star", (), LOST, "*本文数据截至年底+3分"),
    Row("pm25", (), LOST, "PM2.5降至35"),
    Row("apostrophe", (), LOST, "西安（Xi’an）与O’Neill"),
    Row("nfd", (), LOST),
    Row("kangxi", ("copy.radical",), LOST),
    Row("email", (), (*LOST, "line.very_loose", "line.overlong")),
    Row("phone", ("line.short_address",), (*LOST, "line.very_loose", "line.overlong")),
    Row("url", ("line.short_address",), (*LOST, "line.very_loose", "line.overlong")),
    Row("footnote-literal", (), LOST, "数据来源：统计局。"),
    refused("missing-one-at-a-time", "⅓"),
    refused("eight-stories", "只排 1 篇稿，这一版有 8 篇"),
    Row("m-footnote", (), LOST),
    Row("q-deck", (), LOST),
    Row("q-close-feature", (), LOST),
    Row("m-singlenl", (), LOST),
    Row("m-list", ("copy.list_mark",), LOST),
    Row("n-fm-br", ("copy.html",)),
    Row("n-byline", ("copy.typed_jump",), ("copy.space_between_han",)),
    Row("names", (), ("line.torn_name",)),
    Row("n-staff", ("page.overset",), ("line.overlong", "line.runt")),
    Row("heads-late", ("page.overset", "page.underset")),
    Row("v-nofig", (), LOST),
    Row("v-lede", (), LOST),
    Row("v-clo", (), LOST),
    Row("v-shorth", (), LOST),
    Row("autopad", (), WORKS),
    Row("flex-flow", (), WORKS),
    Row("grid-flow", (), WORKS),
    Row("opacity-text", (), WORKS),
    Row("rounded-pic", (), WORKS),
    Row("underline", (), WORKS),
    Row("white-refused", (), NO_EFFECT),
    Row("vdot2", (), LOST),
    Row("bold", NO_EFFECT),
    Row("columns", NO_EFFECT),
    Row("content-counter", NO_EFFECT),
    Row("dropcap-firstletter", (), (*LOST, *NO_EFFECT)),
    Row("font-features", NO_EFFECT),
    Row("rotate-text", (), (*LOST, *NO_EFFECT)),
    Row("visibility", (*NO_EFFECT, "text.invisible")),
    Row("qr-pic", (), LOST),
    Row("wrap3", (), ("page.picture_on_type", "text.invisible")),
]


def told_by(findings: tuple[Finding, ...]) -> set[str]:
    return {each.check for each in findings}


def made(name: str, tmp_path: Path) -> Built:
    shutil.copytree(TRIALS / name, tmp_path / name)
    return build(tmp_path / name, Options(out=tmp_path / "out", png=False))


@pytest.mark.slow
@cases("row", ROWS, sample=8, ids=lambda row: row.name)
def test_it_comes_out_as_its_row_says(row: Row, tmp_path: Path) -> None:
    if row.told == ("refused",):
        with pytest.raises(LayoutError) as raised:
            made(row.name, tmp_path)
        faults = raised.value.faults()
        assert any(row.words in fault.message.zh for fault in faults)
        assert all(fault.place and fault.place.line for fault in faults)
        assert not [words for fault in faults if fault.hint for words in wrong_words(fault.hint)]
        return
    built = made(row.name, tmp_path)
    assert set(row.told) <= told_by(built.findings)
    assert not set(row.silent) & told_by(built.findings)
    assert not [words for each in built.findings if each.hint for words in wrong_words(each.hint)]
    torn = [(each.check, each.place and each.place.file) for each in built.findings if "torn" in each.amount]
    assert len(torn) == len(set(torn)), "a kind of finding is told twice of a story"
    if row.words:
        assert row.words in "".join("".join(char.text for char in read_text(built.pdf.read_bytes(), 0)).split())


@pytest.mark.slow
def test_missing_characters_are_told_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as raised:
        made("missing-one-at-a-time", tmp_path)
    assert len(raised.value.faults()) == 3


def test_every_trial_is_in_the_table_or_in_a_test_of_its_own() -> None:
    own = {"black-on-black", "overflow-container", "picover-text", "text-1-per-cent", "text-alpha-0", "text-red-on-red"}
    own |= {"transparent", "wrap"}
    assert {row.name for row in ROWS} | own == {path.name for path in TRIALS.iterdir() if path.is_dir()}
