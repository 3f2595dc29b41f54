"""What a page's parts cost and what is said of them, on values put together by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from layout.copyfit.scores import CountedLines, CutTable, Price
from layout.copyfit.search import prices
from layout.copyfit.search.converge import with_types
from layout.copyfit.search.steps import Step, StepChoice, taken
from layout.flows import Chain, Flow
from layout.galley import costs
from layout.galley.row_fit import Concession, RowFit, StepTaken
from layout.geometry import Box
from layout.page.frames import Frame, FrameType, Ink, RoleType
from layout.proof.price_text import price_words

A, B = Chain.parse("a"), Chain.parse("b")


def plain(size: float) -> FrameType:
    return FrameType({"plain": RoleType(("song-400",), size, Ink(0, 0, 0, 1))}, 10, 0, "justify", False, {})


def frame(key: str, height_by: str = "rest", size: float = 8) -> Frame:
    return Frame(key, A, Box(0, 0, 72, 100), plain(size), "b1", None, height_by)  # type: ignore[arg-type]


def stand_in(**values: Any) -> Any:
    return SimpleNamespace(**values)


def galley(chain: Chain, *checks: str, slots: int = 0, used: int = 0) -> Any:
    return stand_in(
        chain=chain, findings=[stand_in(check=each) for each in checks], slots=(None,) * slots, used=used, tracking={}
    )


def test_lines_cost_by_what_is_wrong_with_them() -> None:
    galleys = {A: galley(A, "line.runt", "line.loose", "line.runt"), B: galley(B, "page.overset")}
    assert list(prices._lines(galleys)) == [
        Price("line", CountedLines(A, 1, "loose"), costs.REMARK["loose"]),
        Price("line", CountedLines(A, 2, "runt"), 2 * costs.REMARK["runt"]),
        Price("line", CountedLines(B, 1, "page.overset"), 0.0),
    ]


def test_a_table_that_is_cut_costs_more_than_three_empty_lines() -> None:
    table = Flow.parse("a.table-1")
    found = list(
        prices._cuts(stand_in(findings=[stand_in(check="line.runt"), stand_in(check="table.cut", flows=(table,))]))
    )
    assert found == [Price("blemish", CutTable(table), costs.CUT_TABLE)]
    assert price_words(found[0]) == "table cut: a.table-1"
    assert costs.TOLERATED * costs.EMPTY_LINE < costs.CUT_TABLE


def test_heights_and_crops_cost_what_was_conceded() -> None:
    gap = Concession("gap", "under the lead", 2, 5, 18.0)
    fit = RowFit({"p1": 50.0, "p2": 71.0}, (gap,), 0.0)
    assert list(prices._heights(fit)) == [Price("gap", gap, 18.0)]
    page = stand_in(row=10, pictures=[
        stand_in(id="p1", picture="dam", allowed={5: 2.5, 6: 1.0}), stand_in(id="p2", picture="sun", allowed={5: 2.5}),
        stand_in(id="p3", picture="sky", allowed={0: 7.0, 5: 1.0}),
    ])  # fmt: skip
    assert list(prices._crops(page, fit)) == [
        Price("crop", "dam", 2.5), Price("crop", "sun", 0.0), Price("crop", "sky", 7.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("height_by", "over", "turns", "room", "expected"),
    [
        ("rest", 0, False, 3, [("overset", 0.0), ("short", 9.0)]),
        ("css", 0, False, 3, [("overset", 0.0)]),
        ("rest", 2, False, 0, [("overset", 2 * costs.OVERSET)]),
        ("rest", 2, True, 0, [("overset", 0.0)]),
    ],
)
def test_room_that_is_wanting_and_room_that_is_too_much(
    monkeypatch: pytest.MonkeyPatch, height_by: str, over: int, turns: bool, room: int,
    expected: list[tuple[str, float]],
) -> None:  # fmt: skip
    monkeypatch.setattr(prices, "overset", lambda _: [None] * over)
    page = stand_in(chains=lambda: {A: [frame("f1", height_by)]})
    found = prices._room(page, {A: galley(A, slots=10 + room, used=10)}, {A: stand_in(turns=turns)}, RowFit({}, (), 0))
    own, (empty, missing) = list(found)[:-2], [Price("empty", None, 0.0), Price("overset", None, 0.0)]
    assert [(each.kind, each.subject, each.cost) for each in own] == [(kind, A, cost) for kind, cost in expected]
    spare = list(prices._room(stand_in(chains=dict), {}, {}, RowFit({}, (), 2.0)))
    assert spare == [Price("empty", None, 2 * costs.EMPTY_ROW), missing]
    lacking = list(prices._room(stand_in(chains=dict), {}, {}, RowFit({}, (), -3.0)))
    assert lacking == [empty, Price("overset", None, 3 * costs.OVERSET)]


def test_costs_are_rounded_and_what_costs_nothing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "meetings", lambda *_: [])
    gaps = tuple(Concession("gap", str(cost), 0, 1, cost) for cost in (1.23456, 0.0005, 0.0006, 0.0))
    page = stand_in(chains=dict, pictures=[], row=10)
    found = prices.prices_of(page, {}, {}, RowFit({}, gaps, 0.0))
    assert [(each.subject, each.cost) for each in found] == [(gaps[0], 1.235), (gaps[2], 0.001)]


def test_pictures_cropped_and_left_out_are_said() -> None:
    def cropped(name: str, more: bool) -> Any:
        wanted, view = stand_in(lost=0.12349), stand_in(lost=0.2)
        return stand_in(picture=name, cropped_more=more, wanted=wanted, view=view, cost=3.5)

    found = prices.crops({"p1": cropped("dam", True), "p2": cropped("sun", False)})
    assert list(found) == [Concession("crop", "dam", 12.3, 20.0, 3.5, "percent")]
    assert list(prices.without(["dam", "sun"])) == [
        Concession("left out", "dam", 1, 0, 0.0, "picture"), Concession("left out", "sun", 1, 0, 0.0, "picture"),
    ]  # fmt: skip


def test_a_step_is_said_from_what_the_design_wants_to_what_it_got() -> None:
    steps = [Step("k0", ("large", "small", "tiny"), (0, 6, 15), "head"), Step("k1", ("one", "two"), (0, 3), "lede")]
    assert list(taken(steps, StepChoice(15, (2, 0)))) == [
        Concession("step", StepTaken("head", "large", "tiny"), 0, 2, 15, "step")
    ]
    assert [each.cost for each in taken(steps, StepChoice(9, (1, 1)))] == [6, 3]


def test_frames_keep_the_types_they_were_measured_with() -> None:
    from layout.page.frames import MeasuredPage

    page = MeasuredPage(1, 400, 300, Box(0, 0, 400, 300), 10, 300, (frame("f1"), frame("f2")), (), (), ())
    found = with_types(page, {"f1": plain(9)})
    assert [each.type for each in found.frames] == [plain(9), plain(8)]
