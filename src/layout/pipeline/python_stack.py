"""A function called with room for all of its Python frames in one piece of memory.

CPython keeps the frames of Python functions in chunks of 16 KiB (``_PyThreadState_PushFrame``; 3.11 and later). A call
that crosses the end of a chunk maps the next one, and its return unmaps it again. Where a loop happens to stand at such
an end, each turn costs two system calls and a page fault; whether it does depends on the depth of the call stack alone.
A page that is laid out many times made 78,000 such pairs, a tenth of its time.

A chunk is as large as its first frame needs, doubled until it fits: a first frame of just over half a chunk leaves the
other half to all the frames above it. Memory that no frame reaches is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import TypeVar

T = TypeVar("T")

_SLOTS = (1 << 17) + 1
"""The size of the first frame, in machine words: 1 MiB is left, for over 8,000 frames of a common size.

Python's own limit of recursion is 1,000.
"""


def _called(function: Callable[..., T], args: Sequence[object], kwargs: Mapping[str, object]) -> T:
    return function(*args, **kwargs)


call_with_room = FunctionType(_called.__code__.replace(co_stacksize=_SLOTS), globals(), "call_with_room")
"""``call_with_room(function, args, kwargs)``: the result of *function*; raises what it raises."""
