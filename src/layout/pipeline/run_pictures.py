"""How many pictures of a run's queue go to its next page: those of one caption together, and one that leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layout.issue import Picture


def count_near(count: int, queue: Sequence[Picture], has_room: Callable[[int], bool], *, all_left: bool) -> int:
    """How many of the *queue* go to a page that should have *count*: as near as the design *has_room* for, and without
    parting pictures that share a caption. Of those that are to lead a page each waits for its own, unless *all_left*
    are to stand here. It is *count* where the design has room for no number.
    """
    possible = [number for number in range(len(queue) + 1) if has_room(number)]

    def amiss(number: int) -> tuple[bool, bool, int, int]:
        leading = sum(picture.leads for picture in queue[:number])
        return parts_group(queue, number), leading > 1 and not all_left, abs(number - count), number

    return min(possible, key=amiss, default=count)


def fewer_than(count: int, queue: Sequence[Picture]) -> int:
    """The most of the *queue* below *count* that can be taken without parting pictures that share a caption."""
    return next((number for number in range(count - 1, 0, -1) if not parts_group(queue, number)), 0)


def parts_group(queue: Sequence[Picture], count: int) -> bool:
    """Whether some pictures that share a caption are among the first *count* of the *queue*, and some are not."""
    here, there = ({picture.group for picture in part if picture.group} for part in (queue[:count], queue[count:]))
    return bool(here & there)
