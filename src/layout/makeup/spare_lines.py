"""How far a story may come out longer or shorter than is told, so that its page is full all the same.

An editor writes about so many characters, and nobody knows how many lines they will come to. What is advised should
make the page full with a line more and with a line fewer, and with more of them the more is to be written.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

WRITTEN = 1 / 30
"""Share of the lines of what is written by which it may come out longer or shorter than was supposed, as figures and
letters are narrower than characters: of stories of 50 lines some three in five were a line out, two at the most.
"""
_TENS = 100
"""Characters from which they are told in tens; fewer are told in fives."""


def wanted_spare(lines: int) -> int:
    """The lines more and fewer for which a change of *lines* should leave room: one of what is cut, which is known."""
    return max(1, ceil(WRITTEN * lines))


def spare_lines(lines: int, fills: Callable[[int], bool]) -> tuple[int, int]:
    """The change near *lines*, with which the page is full, that has the most lines to spare, and how many those are:
    so many more, or fewer, fill the page, too, as *fills* says. No more are asked for than are wanted.
    """
    least = most = lines
    up = down = True
    while most - least < 2 * wanted_spare((least + most) // 2) and (up or down):
        if up:
            up = _same_way(most + 1, lines) and fills(most + 1)
            most += up
        else:
            down = _same_way(least - 1, lines) and fills(least - 1)
            least -= down
    middle = (least + most) // 2
    return middle, min(most - middle, middle - least)


def _same_way(lines: int, as_these: int) -> bool:
    return lines * as_these > 0


def in_round_numbers(characters: int) -> int:
    """About as many *characters*, as an editor would say it."""
    step = 10 if abs(characters) >= _TENS else 5
    return round(characters / step) * step
