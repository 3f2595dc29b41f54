"""An issue: its plan, its stories, its pictures, read from one folder. The reader is loaded when it is used."""

from typing import TYPE_CHECKING

from layout.issue.model import Issue, PagePlan, Picture

if TYPE_CHECKING:
    from layout.issue.reader import ISSUE_FILE, read_issue

__all__ = ["ISSUE_FILE", "Issue", "PagePlan", "Picture", "read_issue"]


def __getattr__(name: str) -> object:
    if name not in ("ISSUE_FILE", "read_issue"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from layout.issue import reader  # noqa: PLC0415

    return getattr(reader, name)
