"""Boxes in a manuscript (链接, 名词解释): what stands between a line ``::: 链接 标题`` and a line ``:::``."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

OPENED, CLOSED = "box_opened", "box_closed"
"""The tokens before and after what a box holds. The first has the title as ``info``, and ``meta`` says whether the box
is closed."""

_FENCE = re.compile(r":{3,}[ \t\u3000]*(?P<title>.*?)\s*")
FULL_WIDTH = re.compile(r"\s*[:：]*：[:：]+")
"""How a line begins that would open or close a box, had it been typed with half-width colons."""


def find_box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule "box" of markdown-it. Where a further box begins before the first is closed, that ends there."""
    title = _title(state, start)
    if title is None:
        return False
    if silent:
        return True
    stop = start + 1
    while title and stop < end and _title(state, stop) is None:
        stop += 1
    closed = bool(title) and stop < end and not _title(state, stop)
    token = state.push(OPENED, "", 1)
    token.map, token.info, token.meta = [start, stop], title, {"closed": closed}
    last, state.lineMax = state.lineMax, stop
    state.md.block.tokenize(state, start + 1, stop)
    state.lineMax = last
    state.push(CLOSED, "", -1)
    state.line = stop + closed
    return True


def _title(state: StateBlock, line: int) -> str | None:
    """What stands behind the colons of *line*, nothing where it closes a box; None where it is no fence."""
    found = _FENCE.fullmatch(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    return found["title"] if found else None
