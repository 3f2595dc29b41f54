"""The heights at which one story would make a page full, against tables made anew for every one of them."""

from random import Random

from layout.makeup.height_tables import ArrangementSpace, Fixed, HeightTables
from layout.makeup.wanted_heights import wanted_heights
from soak import cases

SPACE = ArrangementSpace(columns=3, rows=14, air=1)


def drawn(choose: Random, count: int) -> dict[tuple[int, int], list[int]]:
    return {
        (number, width): [choose.randint(2, 9) for _ in range(choose.randint(1, 3))]
        for number in range(count)
        for width in range(1, 4)
        if choose.random() < 0.7
    }


FIXED = (Fixed(), Fixed(top=2, free=2), Fixed(right=4, free=4), Fixed(beside=((0, 2),), free=1), Fixed(weightless=4))


@cases("seed", range(400), sample=12)
def test_they_are_those_with_which_the_tables_reach_the_page(seed: int) -> None:
    choose = Random(seed)
    count = choose.randint(1, 4)
    single, fixed, number = drawn(choose, count), FIXED[seed % len(FIXED)], choose.randrange(count)
    stories = (1 << count) - 1
    wanted = wanted_heights(HeightTables(single, count, SPACE, fixed), stories, SPACE.rows, number)
    others = {key: heights for key, heights in single.items() if key[0] != number}
    for width in range(1, SPACE.columns + 1):
        for height in range(1, SPACE.rows + 1):
            tables = HeightTables({**others, (number, width): [height]}, count, SPACE, fixed)
            is_full = tables.heights(stories, SPACE.columns) >> SPACE.rows & 1
            assert wanted.get(width, 0) >> height & 1 == is_full, (width, height)


def test_a_story_that_is_not_among_them_fills_nothing() -> None:
    tables = HeightTables({(0, 3): [14], (1, 3): [5]}, 2, SPACE, Fixed())
    assert wanted_heights(tables, 1, SPACE.rows, 1) == {}
    assert wanted_heights(tables, 1, SPACE.rows, 0) == {3: 1 << 14}
