"""Arrangements that are written down, on plain numbers: what they keep, and what is told where they no longer fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout.errors import Message, Place, PlanError
from layout.makeup.arrangement import read_arrangement
from layout.makeup.candidates import Candidate
from layout.makeup.choosing import Chosen
from layout.makeup.findings import no_longer, not_full, written_not_full
from layout.makeup.height_tables import Fixed
from layout.makeup.mend_steps import Mend, MendStep
from layout.makeup.written_tree import check_fixed, check_tree, heights_of
from makeup.test_arrangement_search import SPACE, option

PLACE = Place("issue.toml", 9, 16)
OPTIONS = {
    "s0": [option(0, 4, {8: 1.0, 9: 0.0})],
    "s1": [option(1, 2, {5: 0.0, 11: 2.0})],
    "s2": [option(2, 2, {11: 0.0, 10: 0.0}), option(2, 4, {5: 0.0})],
}
FULL = "s0 4 plain / (s1 2 plain | s2 2 plain)"


def told(words: str, must: tuple[str, ...] = ("s0", "s1", "s2")) -> str:
    """What is told of an arrangement that cannot be."""
    with pytest.raises(PlanError) as fault:
        check_tree(read_arrangement(words, PLACE), OPTIONS, must, SPACE.columns, PLACE)
    assert fault.value.place == PLACE
    return fault.value.message.zh


def test_a_written_arrangement_keeps_its_tree_while_heights_move() -> None:
    tree = read_arrangement(FULL, PLACE)
    check_tree(tree, OPTIONS, ("s0", "s1", "s2"), SPACE.columns, PLACE)
    found = heights_of(tree, OPTIONS, SPACE)
    assert sorted(found) == [8 + 1 + 11, 9 + 1 + 11]
    assert dict(found[20][0].heights) == {"s0": 8, "s1": 11, "s2": 11}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("s0 4 plain / (s1 2 plain | s9 2 plain)", "s9 不在这一版"),
        ("s0 4 plain / s0 4 plain", "s0 写了两次"),
        ("s0 4 plain / (s1 2 plain | s2 2 box)", "s2 不能这样站"),
        ("s0 4 plain / s2 4 plain", "没有 s1"),
        ("s0 4 plain / (s1 2 plain | s2 4 plain)", "s1 这一块 6 栏，该是 4 栏"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(words: str, expected: str) -> None:
    assert expected in told(words)


@pytest.mark.parametrize("mark", ["/", "|"])
def test_it_comes_out_in_the_words_that_it_is_written_in(mark: str) -> None:
    """Else a round in which it was written down would be told as one that was made up otherwise."""
    options = {f"s{number}": [option(number, 1, {6: 0.0})] for number in range(4)}
    tree = read_arrangement(f" {mark} ".join(f"{name} 1 plain" for name in options), PLACE)
    (found,) = heights_of(tree, options, SPACE).values()
    assert found[0].words == str(tree)


@pytest.mark.parametrize(
    ("fixed", "broken"),
    [
        (Fixed(), ""),
        (Fixed(top=0b001, foot=0b110, left=0b010, right=0b100, beside=((1, 2),)), ""),
        (Fixed(top=0b010), "s1"),
        (Fixed(foot=0b001), "s0"),
        (Fixed(left=0b100), "s2"),
        (Fixed(right=0b010), "s1"),
        (Fixed(beside=((2, 0),)), "s2"),
    ],
)
def test_one_that_does_not_keep_what_is_pinned_is_told_with_the_story(fixed: Fixed, broken: str) -> None:
    tree = read_arrangement(FULL, PLACE)
    if not broken:
        check_fixed(tree, fixed, ("s0", "s1", "s2"), PLACE)
        return
    with pytest.raises(PlanError) as fault:
        check_fixed(tree, fixed, ("s0", "s1", "s2"), PLACE)
    assert fault.value.message.en.startswith(broken)


def test_of_what_may_be_used_nothing_need_stand() -> None:
    check_tree(read_arrangement("s0 4 plain / s2 4 plain", PLACE), OPTIONS, ("s0",), SPACE.columns, PLACE)


def test_what_is_left_out_for_being_too_short_is_told_so_and_nothing_else_is() -> None:
    chosen = Chosen(Candidate(0.0, read_arrangement(FULL, PLACE), FULL, (), (), (), ()), (), 20, True, without=("s8",))
    assert "太短" in not_full(chosen, 20, (), 1, PLACE, stubs=["s7", "s8"]).message.zh
    for other in ((), ["s7"]):
        assert "对不齐" in not_full(chosen, 20, (), 1, PLACE, stubs=other).message.zh
    assert "超出 2 行" in not_full(replace(chosen, rows=22, without=()), 20, (), 1, PLACE, stubs=["s8"]).message.zh


def test_what_mends_a_page_is_told_in_the_editors_terms() -> None:
    chosen = Chosen(Candidate(0.0, read_arrangement(FULL, PLACE), FULL, (), (), (), ()), (), 19, True)
    mends = [
        Mend((MendStep("landscape", "", pixels=(3000, 2000)),)),
        Mend((MendStep("cut", "s1", 40),)),
        Mend((MendStep("leave out", "s2"), MendStep("add", "s1", 26, is_exact=True))),
    ]
    hint = not_full(chosen, 20, mends, 1, PLACE).hint
    assert hint is not None
    assert hint.editor is not None
    assert hint.editor.zh == (
        "任选一样（都试过）：添一幅单幅横图（不随哪篇稿，3000×2000 像素以上）；从 s1 删去约 40 字；"
        "把 s2 放进备稿（pool），再给 s1 增写 26 字（不多不少）。"
    )
    assert hint.editor.en.endswith(
        "add a landscape picture of no story (3000 by 2000 pixels or more); cut about 40 characters from s1;"
        " put s2 into the pool, and write just 26 characters more in s1."
    )


def test_one_that_no_longer_fits_is_told_with_the_nearest_that_does() -> None:
    finding = written_not_full(2, FULL, 1, PLACE)
    assert (finding.check, finding.amount["rows"], finding.place) == ("makeup.not_full", 2, PLACE)
    assert finding.hint is not None
    assert f'arrangement = "{FULL}"' in finding.hint.text("en")
    other = no_longer(Message("没有 s1", "s1 is missing"), FULL, 1, PLACE, full=True)
    assert other.check == "makeup.arrangement"
    assert "没有 s1" in other.message.zh
    assert other.hint is not None
    assert FULL in other.hint.text("zh")
