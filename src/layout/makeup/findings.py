"""What make-up tells: a page that no arrangement fills, with what would mend it."""

from __future__ import annotations

from collections.abc import Sequence

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message, Place
from layout.makeup.choosing import Chosen
from layout.makeup.mends import Mend

_WORDS = {
    "add": Message("{story} 增写约 {characters} 字", "write about {characters} characters more in {story}"),
    "cut": Message("{story} 删约 {characters} 字", "cut about {characters} characters from {story}"),
    "leave out": Message("把 {story} 放进备稿（pool）", "put {story} into the pool"),
}


def not_full(chosen: Chosen, rows: int, mends: Sequence[Mend], page_no: int, place: Place) -> Finding:
    """``makeup.not_full``: how much the nearest arrangement misses the page by, and what would mend it."""
    check = room_checks("makeup")["makeup.not_full"]
    over = chosen.rows - rows
    zh, en = ("超出", "too high") if over > 0 else ("不足", "too low")
    hint = Hint(
        editor=Message(
            "任选一样（都试过）：" + "；".join(_said(mend).zh for mend in mends) + "。",
            "Any one of these (each was tried): " + "; ".join(_said(mend).en for mend in mends) + ".",
        )
        if mends
        else Message("换几篇稿：这些稿怎样排都不满。", "Choose other stories: no arrangement of these is full.")
    )
    message = Message(
        f"这些稿没有一种组版恰好排满：最近的{zh} {abs(over)} 行",
        f"no arrangement of these stories is just full: the nearest is {abs(over)} rows {en}",
    )
    if not over:
        message = Message(
            "这些稿没有一种组版恰好排满：最近的差一两行排不下",
            "no arrangement of these stories is just full: the nearest lacks a line or two",
        )
    return Finding(
        check.id, check.severity, message,
        place, hint, page_no, {"rows": over},
    )  # fmt: skip


def _said(mend: Mend) -> Message:
    words = _WORDS[mend.kind]
    values = {"story": mend.story, "characters": mend.characters}
    return Message(words.zh.format(**values), words.en.format(**values))
