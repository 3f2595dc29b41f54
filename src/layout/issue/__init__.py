"""An issue: its plan, its stories, its pictures, read from one folder."""

from layout.issue.model import Issue, PagePlan, Picture
from layout.issue.reader import ISSUE_FILE, read_issue

__all__ = ["ISSUE_FILE", "Issue", "PagePlan", "Picture", "read_issue"]
