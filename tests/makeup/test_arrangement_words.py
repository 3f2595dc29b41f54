"""An arrangement in one line: what is written is what is read; what is not understood is told with its place."""

from __future__ import annotations

from random import Random

import pytest

from layout.errors import Place, PlanError
from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, columns, read_arrangement
from soak import cases

PLACE = Place("issue.toml", 12, 15)


def drawn(random: Random, depth: int, *, within: type[Above | Beside] | None = None) -> Arrangement:
    """An arrangement; its columns need not add up."""
    if depth == 0 or random.random() < 0.3:
        size, lines = random.choice([(0.0, 0), (60.0, 1), (19.5, 2)])
        pictures = tuple(f"图{n}" for n in range(random.randint(0, 2)))
        return Piece(
            f"s{random.randint(1, 99)}", random.randint(1, 8), "third-side", size, lines, pictures, random.randint(0, 3)
        )
    kind = random.choice([each for each in (Above, Beside) if each is not within])
    return kind(tuple(drawn(random, depth - 1, within=kind) for _ in range(random.randint(2, 3))))


@cases("seed", range(2_000), sample=60)
def test_it_is_read_as_it_is_written(seed: int) -> None:
    tree = drawn(Random(seed), 4)
    assert read_arrangement(str(tree), PLACE) == tree


def test_its_columns_are_those_of_its_parts() -> None:
    tree = read_arrangement("s01 5 lead 60x1 p3 +p1 / ((s02 3 box 32x1 / s03 3 third 22x1) | s04 2 brief 14x2)", PLACE)
    assert columns(tree) == 5
    assert [columns(part) for part in tree.parts] == [5, 5] if isinstance(tree, Above) else False


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("s01", 4),
        ("s01 five lead", 9),
        ("s01 5 lead / ", 14),
        ("(s01 5 lead", 12),
        ("s01 5 lead)", 11),
        ("s01 5 lead ?", 12),
        ("", 1),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(words: str, at: int) -> None:
    with pytest.raises(PlanError) as caught:
        read_arrangement(words, PLACE)
    [fault] = caught.value.faults()
    assert fault.place == PLACE
    assert fault.hint is not None
    assert fault.message.en.startswith("arrangement, character ")
    assert abs(int(fault.message.en.split()[2].rstrip(":")) - at) <= 5
