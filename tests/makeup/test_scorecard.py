"""The scorecard of looks: each mark falls for what it is a mark of, and for nothing else that is asked here."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from makeup.printed_page import PrintedPage, Rect, Shot
from makeup.scorecard import WEIGHTS, marks, score
from makeup.test_rules_kept import PAGE, PITCH, ROW, changed, headed, piece, shot


def _dark_corner(page: PrintedPage) -> PrintedPage:
    corner = Shot(Rect(3.5 * PITCH, 50 * ROW, 5 * PITCH, 68 * ROW), "q", None)
    return replace(page, loose=(corner, replace(corner), replace(corner)))


def _shots_of(page: PrintedPage, *shots: Shot) -> PrintedPage:
    lead, *others = page.stories
    return replace(page, stories=(replace(lead, pictures=shots), *others))


WORSE: tuple[tuple[str, Callable[[], PrintedPage]], ...] = (
    ("balance", lambda: _dark_corner(PAGE)),
    ("heads", lambda: changed(1, headed("半小时到家的公共服务", size=40, at=(0, 21)))),
    ("meeting", lambda: changed(2, headed("一池活水进农田", size=25, at=(3, 21)))),
    ("gaps", lambda: replace(PAGE, stories=(piece(0, (0, 0), 3, 68, 46, "新建的灌区惠及万家"), *PAGE.stories[2:3]))),
    ("evenness", lambda: _shots_of(PAGE)),
    ("white", lambda: changed(0, headed("灌区", size=46, at=(0, 0)))),
    ("crops", lambda: _shots_of(PAGE, replace(PAGE.stories[0].pictures[0], shape=0.7))),
    ("pictures", lambda: _shots_of(PAGE, shot("s0", 4, 4, 1, 3))),
)


@pytest.mark.parametrize(("name", "page"), WORSE)
def test_a_mark_falls_for_what_it_is_a_mark_of(name: str, page: Callable[[], PrintedPage]) -> None:
    assert marks(page())[name] < marks(PAGE)[name]


def test_marks_and_their_sum_lie_between_nothing_and_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert set(marks(PAGE)) == set(WEIGHTS)
    for page in (PAGE, *(make() for _, make in WORSE)):
        assert all(0 <= mark <= 1 for mark in marks(page).values())
        assert 0 <= score(page) <= 1
