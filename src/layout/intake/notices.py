"""Makes the findings of this room: a row of ``checks.toml`` with its title filled in."""

from __future__ import annotations

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message, Place

SHOWN = 24
"""Characters of copy that a finding quotes: an editor finds the place by them."""


def notice(check_id: str, place: Place | None, hint: Hint | None = None, **facts: str | int | Message) -> Finding:
    """The finding of *check_id* at *place*, its title filled in with *facts*; a ``Message`` says each language's words.

    Raises ``KeyError`` where the table has no such check, or its title names a fact that is not given.
    """
    check = room_checks("intake")[check_id]
    zh = {key: value.zh if isinstance(value, Message) else value for key, value in facts.items()}
    en = {key: value.en if isinstance(value, Message) else value for key, value in facts.items()}
    message = Message(check.title.zh.format(**zh), check.title.en.format(**en))
    amount = {key: float(value) if isinstance(value, int) else value for key, value in zh.items()}
    return Finding(check_id, check.severity, message, place, hint or check.hint(), amount=amount)


def quoted(words: str, most: int = SHOWN) -> str:
    """*words* as a finding quotes them: their beginning where they are long."""
    line = words.replace("\n", " ")
    return line if len(line) <= most else f"{line[: most - 1]}…"
