"""How much work a call does, counted: the same on every machine, whatever else the machine does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

SOURCE = str(Path(__file__).parents[1] / "src" / "layout")


def lines_run(call: Callable[[], object], within: str = "") -> int:
    """How many lines of the program *call* carries out, of the room *within* or of all."""
    count = 0
    room = f"{SOURCE}/{within}"

    def line(_frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def entered(frame: FrameType, _event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(room) else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def calls_counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Callable[[], int]:
    """Counts the calls of *name* of *owner* from now on; what comes back tells how many there were."""
    counted, count = getattr(owner, name), 0

    def counting(*arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        return counted(*arguments, **options)

    monkeypatch.setattr(owner, name, counting)
    return lambda: count
