"""What a report says of an arrangement: on plain values."""

from __future__ import annotations

from typing import cast

import pytest

from layout.errors import Place
from layout.flows import Chain
from layout.galley.columns import Elastic
from layout.galley.paragraph_setter import Setter
from layout.makeup.arrangement import Piece, pieces, read_arrangement
from layout.makeup.arrangement_report import ArrangementReport, PiecePlace, PricedArrangement, RulePrice
from layout.makeup.candidates import Candidate
from layout.makeup.hard_rules import Rank
from layout.makeup.looks import DISORDER, PLAIN_HEAD, THROUGH, disorder, looks
from layout.makeup.option_heights import HeightChoice
from layout.makeup.page_options import OptionRules, poor_pictures
from layout.makeup.prices import why_it_lost
from layout.makeup.shape_measures import Sample, SamplePicture, SamplePlace, ShapeKey
from layout.makeup.story_copy import StoryCopy
from layout.makeup.weight_order import out_of_order
from layout.pictures.crop import CropRules, Original
from layout.proof.arrangement_json import arrangement_json
from layout.proof.arrangement_sheet import arrangement_picture, arrangement_sheets
from layout.proof.raster import page_count

CHEAP = (RulePrice("picture", "a", 3.0), RulePrice("short", "b", 1.0))
DEAR = (RulePrice("picture", "a", 5.5), RulePrice("alone", "", 15.0))


def test_why_an_arrangement_lost_is_what_makes_the_most_of_the_difference() -> None:
    why = why_it_lost(CHEAP, DEAR)
    assert why.zh == "贵 16.5：简讯独占版头 +15.0、图离了自己的形状 +2.5"
    assert why.en == "16.5 dearer: a brief alone at the head +15.0, pictures off their own shape +2.5"
    assert why_it_lost(CHEAP, CHEAP).zh.startswith("一样便宜")


def test_what_an_arrangement_costs_adds_up() -> None:
    priced = PricedArrangement("a", (), (*CHEAP, RulePrice("short", "c", 4.0)))
    assert priced.cost == 8.0
    assert list(priced.by_rule.items()) == [("short", 5.0), ("picture", 3.0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a 4 p / (b 2 p | c 2 p)", []),
        ("(c 2 p | b 2 p) / a 4 p", [("b", "a"), ("c", "b")]),
        ("ad 4 p / a 4 p", []),  # what is kept free weighs nothing
        ("(a 2 p | (c 2 p / b 2 p)) / d 4 p", [("c", "b")]),
    ],
)
def test_where_a_lighter_story_stands_before_a_heavier(words: str, expected: list[tuple[str, str]]) -> None:
    tree = read_arrangement(words, Place("issue.toml"))
    weights = {name: number for number, name in enumerate("abcd")}
    assert list(out_of_order(tree, weights)) == expected
    ranks = tuple(
        Rank(weights.get(each.id, 1_000), "reserve" if each.id == "ad" else "third", 0.0) for each in pieces(tree)
    )
    assert disorder(Candidate(0.0, tree, words, (), (), ranks, ())) == DISORDER * len(expected)


@pytest.mark.parametrize(
    ("words", "sizes", "cost"),
    [
        ("a 4 p / b 4 q", (50.4, 28.0), 0.0),
        ("a 4 p / b 4 q", (42.0, 28.0), 0.3 * PLAIN_HEAD),
        ("(a 3 p | b 1 q)", (50.4, 28.0), THROUGH),
        ("a 4 p", (42.0,), 0.0),
    ],
)
def test_a_page_that_falls_into_two_and_a_lead_that_is_hardly_seen_cost_something(
    words: str, sizes: tuple[float, ...], cost: float
) -> None:
    tree = read_arrangement(words, Place("issue.toml"))
    ranks = tuple(Rank(number, ("lead", "second")[number], size) for number, size in enumerate(sizes))
    assert looks(Candidate(0.0, tree, words, (), (), ranks, ())) == pytest.approx(cost)


def made(others: int) -> ArrangementReport:
    """A page of one piece, with so many arrangements that lost."""
    place = PiecePlace("a", 1, 1, 4, 40, "lead-right", 12)
    chosen = PricedArrangement(str(Piece("a", 4, "lead-right")), (place,), CHEAP)
    lost = PricedArrangement("a 4 lead-top", (place,), DEAR, why_it_lost(CHEAP, DEAR))
    return ArrangementReport(4, 40, 40, 0.7, written=False, chosen=chosen, others=(lost,) * others, pool_left=("b",))


def test_small_pictures_of_arrangements_are_the_same_each_time_and_go_on_where_there_are_many() -> None:
    json = arrangement_json(made(9), "zh")
    sheets = arrangement_sheets("要闻", [("第1版", json)])
    assert sheets == arrangement_sheets("要闻", [("第1版", json)])
    assert page_count(sheets) == 2
    assert arrangement_picture("第1版", json).startswith(b"\x89PNG")
    assert json["pool"] == {"used": [], "left": ["b"]}


@pytest.mark.parametrize(("across", "cost"), [(2000, 0.0), (300, 10.0), (150, 240.0)])
def test_a_picture_of_few_pixels_is_dear_where_it_stands_large(across: int, cost: float) -> None:
    place = SamplePlace(0.0, 144.0, 0.0, under_head=True, pictures=())
    box = SamplePicture(place, Elastic("p", "p", 8.0, 4, 12, picture=True))
    sample = Sample(ShapeKey("x", 2, 1), 144.0, (), (box,), None, None)
    originals = {"p": Original((across, across), least_ppi=225.0)}
    rules = OptionRules(60, 14.0, 1e6, originals, CropRules(1.0, 0.1, 1.0))
    story = StoryCopy("a", 0, None, frozenset(), ("p",), Chain(), {}, cast("Setter", None))
    height = HeightChoice(0.0, (8,), 0)
    assert poor_pictures(story, sample, height, rules) == pytest.approx(cost, abs=0.01)
