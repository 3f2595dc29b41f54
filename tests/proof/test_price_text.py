"""The reasons of a score are written in one place, always alike."""

import pytest

from layout.copyfit.scores import CountedLines, MetHeadings, Price, PriceKind, PriceSubject
from layout.flows import Chain, WholePage
from layout.galley.row_fit import Concession, StepTaken, TrackedParagraph
from layout.proof.price_text import price_words

CHAIN = Chain.parse("a.lede a.section-1 a.closing")


@pytest.mark.parametrize(
    ("kind", "subject", "words"),
    [
        ("overset", CHAIN, "overset a.lede … a.closing"),
        ("short", Chain.parse("a.lede"), "short a.lede"),
        ("overset", None, "rows too many"),
        ("empty", None, "empty rows"),
        ("picture", Concession("picture", "dam", 21, 20), "picture dam 21→20"),
        ("gap", Concession("gap", "lede", 1.5, 0), "gap lede 1.5→0"),
        ("band", Concession("band", "main", 30, 31), "band main 30→31"),
        ("crop", "dam", "crop dam"),
        ("left out", "dam", "picture dam left out"),
        (
            "step",
            Concession("step", StepTaken(CHAIN, "big", "low"), 0, 1, 4, "step"),
            "step a.lede … a.closing big → low",
        ),
        ("step", Concession("step", StepTaken(WholePage(), "big", "low"), 0, 1, 4, "step"), "step page big → low"),
        (
            "tracking",
            Concession("tracking", TrackedParagraph(CHAIN.flows[1], 3), 0, -12, 1, "em/1000"),
            "tracking a.section-1 ¶3 -12",
        ),
        ("line", CountedLines(CHAIN, 2, "runt"), "runt a.lede … a.closing ×2"),
        ("blemish", CountedLines(CHAIN, 1), "lines left empty a.lede … a.closing ×1"),
        ("blemish", MetHeadings("重点", "项目"), "headings meet: 重点 | 项目"),
    ],
)
def test_every_kind_of_price(kind: PriceKind, subject: PriceSubject, words: str) -> None:
    assert price_words(Price(kind, subject, 1.0)) == words
