"""Frames lie in one piece: counted are the pages of memory that the system gives while a loop calls a function."""

import resource
import sys
from collections.abc import Callable

import pytest

from layout.pipeline.python_stack import call_with_room

CALLS, DEPTHS = 500, 60


def turned() -> None:
    """What the loop calls."""


def looping() -> int:
    """Page faults of a loop of calls."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        turned()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def deep(depth: int) -> int:
    return looping() if not depth else deep(depth - 1)


def worst() -> int:
    """The most page faults of a loop, over all depths of the stack: some stand at the end of a chunk."""
    return max(deep(depth) for depth in range(DEPTHS * 8))


def test_no_loop_stands_at_the_end_of_a_chunk() -> None:
    call_with_room(worst, (), {})  # what is touched for the first time is touched here
    assert call_with_room(worst, (), {}) < CALLS / 2


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="a later release may keep a chunk at hand")
def test_without_it_some_loop_does() -> None:
    """Where this fails for every Python that we support, the module has outlived its reason and is to be taken out."""
    assert worst() >= CALLS


def test_results_and_errors_pass_through() -> None:
    def of(*values: int, sign: int) -> int:
        return sign * sum(values)

    assert call_with_room(of, (1, 2), {"sign": -1}) == -3

    def failing(error: Callable[[], Exception]) -> None:
        raise error()

    with pytest.raises(LookupError):
        call_with_room(failing, (LookupError,), {})
