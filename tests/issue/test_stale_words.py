"""What is left of last year's issue in one that was copied from it is told (the issue is of 5 February 2026)."""

from __future__ import annotations

from pathlib import Path

import pytest

from issue.folder import PLAN, STORY, write
from layout.issue import read_issue
from layout.issue.stale_words import check_stale


def found(folder: Path, plan: dict[str, str], copy: str = "", words: str = "") -> list[tuple[str, str, int | None]]:
    """Check, what was found, and the line."""
    text = PLAN
    for old, new in plan.items():
        assert old in text
        text = text.replace(old, new, 1)
    story = STORY.replace("共谋划", f"{copy}共谋划", 1).replace("---\nheadline", f"---\n{words}headline", 1)
    issue = read_issue(write(folder, {"issue.toml": text, "a.md": story}))
    told = list(check_stale(issue))
    assert all(each.hint and each.place and "None" not in each.message.zh for each in told)
    return [
        (each.check.removeprefix("copy."), str(each.amount["found"]), each.place.line if each.place else None)
        for each in told
    ]


TITLE, PAGE = 'title = "长治两会特刊"', 'title = "两会特刊"'


@pytest.mark.parametrize(
    ("plan", "copy", "words", "expected"),
    [
        ({TITLE: 'title = "2025长治两会特刊"'}, "", "", [("year_word", "2025", 1)]),
        ({TITLE: 'title = "长治两会二〇二五"'}, "", "", [("year_word", "二〇二五", 1)]),
        ({PAGE: 'title = "2025两会"'}, "", "", [("year_word", "2025", 13)]),
        ({"date = 2026": "date = 2025", TITLE: 'title = "2026长治两会特刊"'}, "", "", [("year_word", "2026", 1)]),
        ({}, "", "words: {season: 二〇二五·秋}\n", [("year_word", "二〇二五", 2)]),
        ({}, "", 'words: {year: "1999"}\n', [("year_word", "1999", 2)]),
        ({}, "屯留区五届四次会议开幕。", "words: {label: 区五届三次人代会}\n", [("stale_session", "五届三次", 2)]),
        ({TITLE: 'title = "五届人大三次会议特刊"'}, "区第五届人民代表大会第四次会议开幕。", "",
         [("stale_session", "五届人大三次会议", 1)]),
    ],
)  # fmt: skip
def test_last_years_words_are_told(
    tmp_path: Path, plan: dict[str, str], copy: str, words: str, expected: list[tuple[str, str, int | None]]
) -> None:
    assert found(tmp_path / "i", plan, copy, words) == expected


@pytest.mark.parametrize(
    ("plan", "copy", "words"),
    [
        ({}, "去年五届三次会议以来，", ""),
        ({TITLE: 'title = "2026长治两会特刊"'}, "", ""),
        ({TITLE: 'title = "2025—2026长治年鉴特刊"'}, "", ""),
        ({TITLE: 'title = "2025年度好新闻特刊"'}, "", ""),
        ({TITLE: 'title = "迈向2035特刊"'}, "", ""),
        ({TITLE: 'title = "1949以来特刊"'}, "", ""),
        ({}, "", "words: {motto: 迈向二〇三五, phone: '0355-2025123'}\n"),
        ({TITLE: 'title = "五届四次会议特刊"'}, "区第五届人民代表大会第四次会议开幕。去年五届三次会议", ""),
        ({TITLE: 'title = "五届四次会议特刊"'}, "", ""),
    ],
)
def test_what_agrees_or_may_be_meant_is_silent(tmp_path: Path, plan: dict[str, str], copy: str, words: str) -> None:
    assert found(tmp_path / "i", plan, copy, words) == []


@pytest.mark.parametrize(("name", "told"), [("tunliu-2027", True), ("tunliu-2026", False), ("两会", False)])
def test_the_folder_has_a_year_too(tmp_path: Path, name: str, told: bool) -> None:
    issue = read_issue(write(tmp_path / "w", {}).rename(tmp_path / name))
    assert [(each.check, each.amount["found"]) for each in check_stale(issue)] == (
        [("copy.year_word", "2027")] if told else []
    )
