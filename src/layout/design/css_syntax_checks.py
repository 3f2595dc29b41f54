"""Syntax errors that CSS recovers from in silence, by ignoring all that follows what is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.design.design_fault import DesignFault, blanked, line_and_column
from layout.errors import Message

_PIECE = re.compile(
    r"""(?P<closed>/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\(\s*(?!["'])[^)\n]*\)|\\.)"""
    r"""|(?P<comment>/\*)|(?P<quote>["'])|(?P<open>[{(\[])|(?P<close>[})\]])""",
    re.DOTALL,
)
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_CUSTOM = re.compile(r"--[\w-]+\s*:([^;{}]*)")
_DECLARATION = re.compile(r"\s(-{0,2}[a-zA-Z][\w-]*)\s*:")


def syntax_faults(css: str) -> Iterator[DesignFault]:
    """Brackets, quotes and comments that are not closed; values that take in the next declaration."""
    found = list(_halves(css))
    if not found:
        found = list(_swallowed(_bare(css)))
    for at, message, hint in found:
        yield DesignFault(*line_and_column(css, at), message, hint)


def missing_semicolon(value: str) -> str | None:
    """The property whose declaration became part of *value* because no semicolon stands before it; None for none."""
    found = _DECLARATION.search(_bare(value))
    return found[1] if found else None


def semicolon_before(name: str) -> Message:
    """The sentence that a semicolon is missing before the property *name*."""
    return Message(f"“{name}”前面少了分号", f"a semicolon is missing before “{name}”")


def _halves(css: str) -> Iterator[tuple[int, Message, Message]]:
    stack: list[tuple[str, int]] = []
    for piece in _PIECE.finditer(css):
        what, at = piece[0], piece.start()
        if piece.lastgroup in ("comment", "quote"):
            yield _open(what, at)
            return  # what follows may be anything
        if piece.lastgroup == "open":
            stack.append((what, at))
        elif piece.lastgroup == "close":
            if all(_PAIRS[opened] != what for opened, _ in stack):
                message = Message(f"多了一个 {what}", f"a {what} too many")
                yield at, message, Message("删去，或补上前一半", "take it out, or add what it closes")
                continue
            while _PAIRS[stack[-1][0]] != what:
                yield _open(*stack.pop())
            stack.pop()
    for opened in reversed(stack):
        yield _open(*opened)


def _open(what: str, at: int) -> tuple[int, Message, Message]:
    other = {**_PAIRS, "/*": "*/"}.get(what, what)
    return (
        at,
        Message(
            f"{what} 没有配对的 {other}，后面的样式都被它吞了", f"{what} without {other}: it takes in all that follows"
        ),
        Message(f"在该收的地方补上 {other}", f"add {other} where it should end"),
    )


def _bare(css: str) -> str:
    """*css* with spaces for comments, strings and URLs."""
    return _PIECE.sub(lambda piece: blanked(piece) if piece["closed"] else piece[0], css)


def _swallowed(css: str) -> Iterator[tuple[int, Message, Message]]:
    for custom in _CUSTOM.finditer(css):
        found = _DECLARATION.search(custom[1])
        if found:
            hint = Message("在上一条末尾加 ;", "add ; after the declaration before")
            yield custom.start(1) + found.start(1), semicolon_before(found[1]), hint
