"""Copy that stands as it was arranged is set closer where it has no place, by as few lines as may be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from copyfit.plain_canvas import ROW, Chapter, Pile, PlainCanvas, Words
from drawn_issues import paragraph
from layout.copyfit.search.converge import Fitting, SettledPage
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import overset
from layout.galley.slots import slots_of
from layout.galley.tracking import Tracking
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.canvas import Decision
from small_page import FONTS

CHAIN, SETTER, WIDTH = Chain.parse("a"), Setter(FONTS), 123.5


def copy(seed: int) -> Text:
    """Six paragraphs, and a heading before the fourth."""
    drawn = random.Random(seed)
    words = [Paragraph("body", (Run(paragraph(drawn, 150), Place("a.md", n)),)) for n in range(1, 7)]
    return Text(Flow("a"), (*words[:3], Paragraph("heading", (Run("先办难的事", Place("a.md", 9)),)), *words[3:]))


def fitting(rows: Sequence[int], limit: str, widths: Sequence[float] = (WIDTH, WIDTH)) -> Fitting:
    """A page that was arranged, with columns that hold so many *rows*."""
    piles = tuple(
        Pile(f"c{n}", 140.0 * n, width, (Words(f"f{n}", "a", height=ROW * high),))
        for n, (high, width) in enumerate(zip(rows, widths, strict=True))
    )
    canvas = PlainCanvas(
        [Chapter("b", piles)], 280.0, ROW * max(rows), options={"tracking-limit": limit, "orphans": "2", "widows": "2"}
    )
    return Fitting(canvas, (), replace(canvas.measured(Decision()), arranged=True), SETTER, {}, {})


def settled(one: Fitting, words: Text) -> SettledPage:
    chain = TextChain(CHAIN, (words,), one.page.frames[0].type)
    slots = slots_of(one.page, one.page.chains()[CHAIN])
    return one.settle({CHAIN: chain}, {CHAIN: set_chain(chain, slots, SETTER, WIDTH)})


def over(one: Fitting, words: Text, fewer: int) -> int:
    """Lines without a place where the copy is set closer by so many lines."""
    chain = TextChain(CHAIN, (words,), one.page.frames[0].type)
    closer = Tracking(SETTER, (-1,)).shorter(chain, WIDTH, fewer) if fewer else chain
    assert closer is not None
    return len(overset(set_chain(closer, slots_of(one.page, one.page.chains()[CHAIN]), SETTER, WIDTH)))


@pytest.mark.parametrize(
    ("rows", "without", "closer"),
    [((32, 32), 0, 0), ((30, 33), 1, 2), ((32, 30), 2, 3), ((31, 31), 3, 2), ((34, 29), 2, 1)],
)
def test_it_is_set_closer_by_as_few_lines_as_it_takes_where_it_stands(
    rows: tuple[int, int], without: int, closer: int
) -> None:
    """Which are more, or fewer, than have no place: two lines stay together at the foot of a column, and with a heading
    too.
    """
    one, words = fitting(rows, "0.05"), copy(5)
    assert over(one, words, 0) == without
    made = settled(one, words)
    assert not overset(made.galleys[CHAIN])
    assert len(made.chains[CHAIN].tracking) == closer
    assert all(share < 0 for share in made.chains[CHAIN].tracking.values())
    assert all(over(one, words, fewer) for fewer in range(closer))


@pytest.mark.parametrize(
    ("limit", "rows", "widths"),
    [
        ("0", (30, 33), (WIDTH, WIDTH)),  # the design lets nothing be tracked
        ("0.05", (20, 20), (WIDTH, WIDTH)),  # no tracking saves so many lines
        ("0.05", (30, 30), (WIDTH, WIDTH + 9)),  # one setting does not hold for columns of two widths
    ],
)
def test_what_finds_no_place_closer_either_stays_as_it_is(
    limit: str, rows: tuple[int, int], widths: tuple[float, float]
) -> None:
    made = settled(fitting(rows, limit, widths), copy(5))
    assert overset(made.galleys[CHAIN])
    assert not made.chains[CHAIN].tracking
