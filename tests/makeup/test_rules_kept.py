"""The judge of make-up: a page drawn by hand keeps every rule, and each change breaks just the one that it is for."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from makeup.nested_issue import nested
from makeup.printed_page import HeadlineInk, Line, PrintedPage, PrintedStory, Rect, Shot, read_page
from makeup.rules_kept import broken_rules, words_of

ROW, PITCH, WIDTH = 14.0, 133.0, 123.5
"""Five columns of 13 characters of 9.5 pt, 9.5 pt apart."""


def line(column: int, row: int, text: str = "字" * 13) -> Line:
    left = PITCH * column
    return Line(Rect(left, ROW * row + 3, left + WIDTH, ROW * row + 12), ROW * row + 11, 9.5, text)


def head(column: int, row: int, size: float, *lines: str) -> HeadlineInk:
    left, step = PITCH * column, 1.2 * size
    tops = [ROW * row + step * number for number in range(len(lines))]
    inks = [Rect(left, top + 2, left + size * len(words), top + size) for top, words in zip(tops, lines, strict=True)]
    return HeadlineInk(
        tuple(Line(ink, 0, size, words) for ink, words in zip(inks, lines, strict=True)), vertical=False
    )  # fmt: skip


def shot(owner: str | None, column: int, row: int, columns: int, rows: int) -> Shot:
    left = PITCH * column
    return Shot(Rect(left, ROW * row, left + PITCH * columns - 9.5, ROW * (row + rows)), "p", owner)


def piece(
    weight: int, place: tuple[int, int], columns: int, rows: int, size: float, *words: str,
    under: int = 2, pictures: tuple[Shot, ...] = (),
) -> PrintedStory:  # fmt: skip
    """A story of *columns* columns and *rows* rows at a column and row, its headline in the first *under* rows."""
    column, row = place
    body = [
        line(each, at)
        for each in range(column, column + columns)
        for at in range(row + under, row + rows)
        if not any(p.box.across(line(each, at).ink) > 1 and p.box.down(line(each, at).ink) > 1 for p in pictures)
    ]
    return PrintedStory(
        f"s{weight}", weight, head(column, row, size, *words), "".join(words), tuple(body), (), pictures
    )


LEAD = piece(0, (0, 0), 5, 20, 46, "新建的灌区惠及万家", under=4, pictures=(shot("s0", 3, 4, 2, 11),))
PAGE = PrintedPage(
    (
        LEAD,
        piece(1, (0, 21), 3, 20, 26, "半小时到家的公共服务"),
        piece(2, (3, 21), 2, 25, 20, "一池活水进农田"),
        piece(3, (0, 42), 3, 26, 18, "山村公交通到家门口"),
        piece(4, (3, 47), 2, 21, 14, "县图书馆封顶"),
    ),
    rules=(Rect(0, 287, 655.5, 287.5),),
)


def changed(number: int, change: Callable[[PrintedStory], PrintedStory]) -> PrintedPage:
    stories = list(PAGE.stories)
    stories[number] = change(stories[number])
    return replace(PAGE, stories=tuple(stories))


def swapped(page: PrintedPage, one: int, other: int) -> PrintedPage:
    """Two stories with each other's weights."""
    weights = {one: other, other: one}
    own = [replace(each, weight=weights.get(each.weight, each.weight)) for each in page.stories]
    return replace(page, stories=tuple(sorted(own, key=lambda each: each.weight)))


def without(story: PrintedStory, *numbers: int) -> PrintedStory:
    return replace(
        story, body=tuple(each for n, each in enumerate(story.body) if n not in {k % len(story.body) for k in numbers})
    )


def headed(*words: str, size: float, at: tuple[int, int], written: str = "") -> Callable[[PrintedStory], PrintedStory]:
    return lambda story: replace(story, headline=head(*at, size, *words), written=written or "".join(words))


def test_a_good_page_breaks_no_rule() -> None:
    assert words_of(broken_rules(PAGE, "tabloid")) == ""


TWO_ABREAST = PrintedPage(
    (
        piece(0, (0, 0), 5, 20, 46, "新建的灌区惠及万家", under=4),
        piece(1, (0, 21), 3, 20, 26, "半小时到家的公共服务"),
        piece(2, (3, 21), 2, 20, 20, "一池活水进农田"),
        piece(3, (0, 42), 2, 26, 18, "山村公交通到家"),
        piece(4, (2, 42), 3, 26, 13, "县图书馆封顶"),
    )
)


def moved(story: PrintedStory, down: float) -> PrintedStory:
    def lower(each: Line) -> Line:
        ink = each.ink
        return replace(each, y=each.y + down, ink=Rect(ink.left, ink.top + down, ink.right, ink.bottom + down))

    assert story.headline is not None
    top = replace(story.headline, lines=tuple(map(lower, story.headline.lines)))
    return replace(story, headline=top, body=tuple(map(lower, story.body)))


def lead(*shots: Shot) -> PrintedPage:
    """The page with other pictures in its lead."""
    return changed(0, lambda _: piece(0, (0, 0), 5, 20, 46, "新建的灌区惠及万家", under=4, pictures=shots))


def second(*shots: Shot) -> PrintedStory:
    return piece(1, (0, 21), 3, 20, 26, "半小时到家的公共服务", pictures=shots)


def third(*shots: Shot) -> PrintedStory:
    return piece(2, (3, 21), 2, 25, 20, "一池活水进农田", pictures=shots)


def with_lines(*places: tuple[int, int]) -> Callable[[PrintedStory], PrintedStory]:
    return lambda story: replace(story, body=(*story.body, *(line(*place) for place in places)))


def of_column(story: PrintedStory, column: int) -> PrintedStory:
    """What of it stands in one column, under a short headline in the first."""
    own = tuple(each for each in story.body if each.ink.left == PITCH * column)
    return replace(story, body=own, headline=head(3, 21, 20, "活水"))


OVERLAPPING = ((3, 46), (4, 46), (3, 47), (4, 47))
TOUCHING = (LEAD, second(shot("s1", 2, 23, 1, 6)), third(shot("s2", 3, 28, 2, 6)), *PAGE.stories[3:])
BROKEN_BY_EDITOR = headed("半小时到家的公共服务", size=26, at=(0, 21), written="半小时到家／的公共服务")


@pytest.mark.parametrize(
    ("rule", "words", "page"),
    [
        (1, "column 2 of 3 is 1 lines short", changed(1, lambda s: without(s, 35))),
        (1, "column 3 of 3 is 3 lines short", changed(1, lambda s: without(s, -1, -2, -3))),
        (1, "is off the grid by", changed(4, lambda s: moved(s, 4))),
        (1, "s2 and s4 overlap", changed(2, with_lines(*OVERLAPPING))),
        (2, "the lead's headline has 34.0 pt beside 26.0 pt", changed(0, headed("新建的灌区", size=34, at=(0, 0)))),
        (2, "s3 has 20.5 pt, s2 before it 20.0", changed(3, headed("山村公交", size=20.5, at=(0, 42)))),
        (2, "16.0 pt is the size of no rank", changed(4, headed("县图书馆", size=16, at=(3, 47)))),
        (2, "the stories [2, 1] stand from left to right", swapped(PAGE, 1, 2)),
        (3, "s1 (26 pt) and s2 (21 pt) meet", changed(2, headed("一池活水进农田", size=21, at=(3, 21)))),
        (3, "are 6.6 pt apart", changed(1, headed("半小时到家的公共服务处在", "哪", size=32.7, at=(0, 21)))),
        (4, "a gap runs from side to side at 572 pt", TWO_ABREAST),
        (4, "a gap runs from head to foot", PrintedPage(tuple(PAGE.stories[n] for n in (1, 2)))),
        (5, "s2 begins away from its headline", changed(2, lambda s: of_column(s, 4))),
        (5, "stands over its first column", lead(shot("s0", 0, 4, 2, 11))),
        (5, "does not read down its columns", changed(1, lambda s: replace(s, body=s.body[::-1]))),
        (6, "3 lines stand under a picture", lead(shot("s0", 3, 4, 2, 13))),
        (6, "column 1 has 4 lines", changed(4, lambda s: without(s, *range(4, 19)))),
        (7, "pictures of s1 and s2 touch", replace(PAGE, stories=TOUCHING)),
        (7, "the largest picture is that of s1", changed(1, lambda _: second(shot("s1", 0, 23, 3, 12)))),
        (7, "46% of the page", lead(shot("s0", 0, 4, 5, 31))),
        (8, "is not broken where the editor breaks it", changed(1, BROKEN_BY_EDITOR)),
        (8, "broken in a number", changed(3, headed("新增就业20", "26人", size=18, at=(0, 42)))),
        (8, "broken at a mark", changed(3, headed("村里通公交", "，赶集", size=18, at=(0, 42)))),
    ],
)  # fmt: skip
def test_each_change_breaks_its_rule(rule: int, words: str, page: PrintedPage) -> None:
    found = broken_rules(page, "tabloid")
    assert any(each.rule == rule and words in each.words for each in found), words_of(found)


def test_a_strip_of_briefs_at_an_outer_edge_may_have_a_gap_from_head_to_foot() -> None:
    briefs = [piece(n, (4, at), 1, 18, 13, "县图书馆封顶") for n, at in ((2, 0), (3, 19), (4, 38))]
    page = PrintedPage(
        (piece(0, (0, 0), 4, 30, 46, "新建的灌区", under=4), piece(1, (0, 31), 4, 25, 26, "公共服务"), *briefs)
    )
    assert not [each for each in broken_rules(page, "tabloid") if each.rule == 4]
    large = replace(page, stories=(*page.stories[:4], replace(page.stories[4], headline=head(4, 38, 20, "封顶"))))
    assert [each for each in broken_rules(large, "tabloid") if each.rule == 4]


def test_a_ruled_gap_may_run_from_side_to_side() -> None:
    ruled = replace(TWO_ABREAST, rules=(Rect(0, 580, 655.5, 580.5),))
    assert [each.rule for each in broken_rules(TWO_ABREAST, "tabloid") if each.rule == 4] == [4]
    assert not [each for each in broken_rules(ruled, "tabloid") if each.rule == 4]


def test_what_a_box_or_a_picture_sets_off_does_not_meet() -> None:
    alike = changed(2, headed("一池活水进农田", size=26, at=(3, 21)))
    assert [each for each in broken_rules(alike, "tabloid") if each.rule == 3]
    boxed = replace(alike, stories=tuple(replace(s, box=s.area) if s.id == "s2" else s for s in alike.stories))
    assert not [each for each in broken_rules(boxed, "tabloid") if each.rule == 3]


def test_what_is_cut_one_way_stands_in_one_order() -> None:
    """The first two of three might be one part, whose heaviest leads the third: nobody reads a page like that."""
    tiers = [
        piece(n, (0, at), 5, rows, 46 - 10 * n, "新建的灌区") for n, at, rows in ((0, 0, 20), (2, 22, 15), (1, 39, 15))
    ]
    found = broken_rules(PrintedPage(tuple(sorted(tiers, key=lambda each: each.weight))), "tabloid")
    assert "the stories [0, 2, 1] stand from the head down" in words_of(found)


def test_gaps_that_run_both_ways_may_be_read_either_way() -> None:
    """Two columns of two stories each, or two rows: the fourth is lighter than the third by one of them only."""
    own = [(0, (0, 0)), (1, (0, 22)), (2, (2, 0)), (3, (2, 22))]
    page = PrintedPage(tuple(piece(n, place, 2, 20, 46 - 10 * n, "灌区") for n, place in own))
    assert not [each for each in broken_rules(page, "tabloid") if "stand from" in each.words]


@pytest.mark.parametrize(("rows", "meet"), [(range(21, 30), False), (range(21, 22), True), (range(0), True)])
def test_copy_between_headlines_parts_them_where_it_stands_beside_all_that_they_share(rows: range, meet: bool) -> None:
    alike = changed(2, headed("一池活水", "进农田", size=26, at=(3, 21)))
    one = headed("半小时到家", "的公共服务", size=26, at=(0, 21))(alike.stories[1])
    one = replace(one, body=(*one.body, *(line(2, row) for row in rows)))
    page = replace(alike, stories=(alike.stories[0], one, *alike.stories[2:]))
    assert bool([each for each in broken_rules(page, "tabloid") if each.rule == 3]) is meet


def test_a_picture_between_headlines_parts_them() -> None:
    alike = changed(2, headed("一池活水", size=26, at=(3, 21)))
    shown = replace(headed("半小时", size=26, at=(0, 21))(alike.stories[1]), pictures=(shot("s1", 2, 21, 1, 9),))
    page = replace(alike, stories=(alike.stories[0], shown, *alike.stories[2:]))
    assert not [each for each in broken_rules(page, "tabloid") if each.rule == 3]


def test_a_pinned_story_may_stand_out_of_order() -> None:
    page = swapped(PAGE, 1, 2)
    assert not [each for each in broken_rules(page, "tabloid", free=frozenset({"s2"})) if "stand from" in each.words]


@pytest.mark.slow
def test_a_page_is_read_as_it_is_printed() -> None:
    """Held against the lines that the compositor set: the reader knows the copy only."""
    own = nested()
    page = read_page(own.pdf, own.listed)
    assert page.lost == ()
    assert (page.body_size, page.row) == (pytest.approx(9.5, abs=0.01), pytest.approx(14, abs=0.01))
    assert [len(story.columns) for story in page.stories] == [
        4,
        3,
        1,
        2,
        2,
        2,
        2,
        3,
    ]  # the lead's fifth holds a picture
    assert [story.box is not None for story in page.stories] == [False] * 5 + [True, False, False]
    frames = {frame.id: frame for frame in own.page.page.frames if frame.height_by == "rest"}
    for story in page.stories:
        assert len(story.body) == sum(
            1
            for line in own.page.lines
            if line.frame in frames and line.flow.story == story.id and line.line.text.strip()
        )
    found = {(each.rule, each.words.partition(" of s")[0]) for each in broken_rules(page, "tabloid")}
    assert (3, "the headlines") in found  # four headlines of 20 pt stand level, two and two
    assert any(rule == 4 for rule, _ in found)
