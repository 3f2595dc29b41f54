"""The plant's names for the files of an issue's pages."""

from __future__ import annotations

from collections.abc import Mapping

from layout.errors import LayoutError, Message, PlanError
from layout.issue import Issue
from layout.press import PressProfile
from layout.press.page_files import read_pattern


def page_file_names(issue: Issue, profile: PressProfile) -> Mapping[int, str]:
    """By page number the plant's name for its file; empty where the plant has no pattern.

    Raises ``PlanError`` when the issue makes a name of it that no disk takes, or that is the whole file's own.
    """
    if not profile.page_files:
        return {}
    pattern = read_pattern(profile.page_files)
    try:
        named = {page.number: pattern.name(issue.date, issue.paper, page.number, issue.id) for page in issue.pages}
    except LayoutError as fault:
        raise fault.at(issue.places.get("paper")) from None
    for number, name in named.items():
        if name.casefold() == f"{issue.id}.pdf".casefold():
            raise PlanError(
                Message(f"第 {number} 版的文件按 page_files 叫 {name}，整份也叫这个名字。",
                        f"By page_files the file of page {number} is {name}, and so is the whole."),
                hint=Message("改印厂规范的 page_files，或这一期文件夹的名字。",
                             "Change page_files in the press profile, or the name of the issue's folder."),
            )  # fmt: skip
    return named
