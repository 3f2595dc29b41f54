"""What is passed, by hashes; who passed it; what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from layout.errors import Message


@dataclass(frozen=True, slots=True)
class SignedState:
    """An issue as it is passed."""

    copy: Mapping[str, str]
    """By manuscript, from the issue's folder, the hash of its texts as they were read."""
    pages: Mapping[int, str]
    """By page number the hash of the page's own part of the seal: all that is printed on it."""


@dataclass(frozen=True, slots=True)
class Passing:
    """One person has passed an issue."""

    role: str
    """``二审``."""
    name: str
    time: datetime
    state: SignedState


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """What is otherwise than it was passed: manuscripts and pages that changed, came or went."""

    copy: tuple[str, ...]
    pages: tuple[int, ...]
    planned: tuple[int, ...] = ()
    """Where the manuscripts that changed stand by the plan or the last seal, while the pages themselves are not known
    yet."""

    def __bool__(self) -> bool:
        return bool(self.copy or self.pages)

    @property
    def words(self) -> Message:
        """They by name."""
        pages, planned = _numbers(self.pages), _numbers(self.planned)
        zh = [f"稿件 {'、'.join(self.copy)}" + (f"（{planned.zh}）" if self.planned else "")] if self.copy else []
        zh += [pages.zh] if self.pages else []
        many = "manuscript" if len(self.copy) == 1 else "manuscripts"
        en = [f"{many} {', '.join(self.copy)}" + (f" ({planned.en})" if self.planned else "")] if self.copy else []
        en += [pages.en] if self.pages else []
        return Message("；".join(zh), "; ".join(en))


def _numbers(pages: Sequence[int]) -> Message:
    named = [str(page) for page in pages]
    return Message(f"第 {'、'.join(named)} 版", f"{'page' if len(named) == 1 else 'pages'} {', '.join(named)}")


@dataclass(frozen=True, slots=True)
class RoleStatus:
    """Whether one of those who have to pass an issue has passed it as it is."""

    role: str
    passing: Passing | None
    """The last of this role; None where there is none."""
    changes: ChangesSince

    @property
    def stands(self) -> bool:
        """Whether it was passed and has not changed since."""
        return self.passing is not None and not self.changes

    @property
    def words(self) -> Message:
        """How it is with this role, in a sentence without its end."""
        if self.passing is None:
            return Message(f"{self.role}还没有签", f"{self.role} has not signed")
        when = self.passing.time.isoformat(sep=" ", timespec="minutes")
        who = Message(f"{self.role}已签（{self.passing.name}，{when}）", f"{self.role}: {self.passing.name}, {when}")
        if not self.changes:
            return who
        since = self.changes.words
        return Message(f"{who.zh}，之后改过：{since.zh}", f"{who.en}; changed since: {since.en}")


def changes(before: SignedState, now: SignedState) -> ChangesSince:
    """What of *now* is otherwise than *before*. Of a part of the pages, or of copy alone, only that is compared."""
    pages = {*before.pages, *now.pages} if set(before.pages) <= set(now.pages) else set(now.pages)
    return ChangesSince(
        tuple(name for name in sorted({*before.copy, *now.copy}) if before.copy.get(name) != now.copy.get(name)),
        tuple(number for number in sorted(pages) if before.pages.get(number) != now.pages.get(number)),
    )


def statuses(roles: Sequence[str], passings: Sequence[Passing], now: SignedState) -> tuple[RoleStatus, ...]:
    """How it is with each of *roles*, of which the last passing counts."""
    last = {passing.role: passing for passing in passings}
    none = ChangesSince((), ())
    return tuple(
        RoleStatus(role, last.get(role), changes(last[role].state, now) if role in last else none) for role in roles
    )
