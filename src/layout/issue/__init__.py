"""An issue: its plan, its stories, its pictures, read from one folder. Each name is loaded when it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.issue.issue_file import ISSUE_FILE
    from layout.issue.model import Issue, PagePlan, Picture
    from layout.issue.reader import DraftFaults, read_issue

__all__ = ["ISSUE_FILE", "DraftFaults", "Issue", "PagePlan", "Picture", "read_issue"]

_HOMES = {
    "issue_file": ("ISSUE_FILE",),
    "model": ("Issue", "PagePlan", "Picture"),
    "reader": ("DraftFaults", "read_issue"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
