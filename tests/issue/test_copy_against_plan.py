"""Typed jumps, datelines and years of copy against the issue's plan (5 February 2026; b.md turns from page 2 to 3)."""

from pathlib import Path

import pytest

from issue.folder import PLAN, STORY, write
from layout.issue import read_issue
from layout.issue.copy_against_plan import check_against_plan
from layout.proofreading.copy_checks import check_weekdays

TURNED = PLAN.replace(
    "[[picture]]",
    '[[page]]\nnumber = 3\ntitle = "续"\nkind = "inner"\nstories = ["b.md"]\ncontinues = ["b.md"]\n\n[[picture]]',
)


def found(tmp_path: Path, copy: str, head: str = "") -> list[tuple[str, str]]:
    story = STORY.replace("共谋划", f"{copy}共谋划").replace("---\nheadline", f"---\n{head}headline", 1)
    folder = write(tmp_path, {"issue.toml": TURNED, "b.md": story})
    issue = read_issue(folder)
    findings = list(check_against_plan(issue))
    findings += [each for story in issue.stories for each in check_weekdays(story.texts(), issue.date)]
    assert all(finding.place and finding.hint for finding in findings)
    return [(finding.check.removeprefix("copy."), str(finding.amount["found"])) for finding in findings]


@pytest.mark.parametrize(("plan", "told"), [(TURNED, []), (PLAN, [("copy.short_unused", "b.md", 2)])])
def test_a_headline_for_jumps_is_told_where_the_story_has_none(
    tmp_path: Path, plan: str, told: list[tuple[str, str, int]]
) -> None:
    story = STORY.replace("---\n", "---\nshort: 共谋\n", 1)
    findings = check_against_plan(read_issue(write(tmp_path, {"issue.toml": plan, "b.md": story})))
    places = [(each.check, each.place) for each in findings]
    assert [(check, Path(place.file).name, place.line) for check, place in places if place] == told


@pytest.mark.parametrize(
    "copy",
    [
        "（下转第3版）",
        "（上接第2版）",
        "下转三版",
        "2月5日电",
        "12月30日讯",
        "2月6日，",
        "2025年2月6日电",
        "掉转版面",
        "2月5日（星期四）",
        "12月30日（星期二）",
        "12月30日（星期三）",
        "去年3月5日（星期三）",
        "2018年7月，3月5日（周一）",
        "本周四（2月5日）",
        "每周一（2月5日）",
        "2月5日，周一鸣说",
    ],
)
def test_what_agrees_is_silent(tmp_path: Path, copy: str) -> None:
    assert found(tmp_path, copy) == []


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("（下转第4版）", [("typed_jump", "下转第4版")]),
        ("（下转第2版）", [("typed_jump", "下转第2版")]),
        ("（上接第3版）", [("typed_jump", "上接第3版")]),
        ("（下转十二版）", [("typed_jump", "下转十二版")]),
        ("新华社北京2月6日电", [("dateline", "2月6日电")]),
        ("本报5月1日讯", [("dateline", "5月1日讯")]),
        ("本报2027年1月1日讯", [("dateline", "2027年1月1日讯")]),
        ("本报2026年12月1日讯", [("dateline", "2026年12月1日讯")]),
        ("3月5日（星期三）", [("weekday", "3月5日（星期三）")]),
        ("本周五（2月5日）", [("weekday", "周五（2月5日）")]),
        ("12月30日（周五）", [("weekday", "12月30日（周五）")]),
        ("去年3月5日，星期四上午", [("weekday", "去年3月5日，星期四")]),
    ],
)
def test_what_disagrees_is_told(tmp_path: Path, copy: str, expected: list[tuple[str, str]]) -> None:
    assert found(tmp_path, copy) == expected


@pytest.mark.parametrize(("year", "told"), [("2025", True), ("2026", False)])
def test_the_year_in_words_for_the_page(tmp_path: Path, year: str, told: bool) -> None:
    head = f'words: {{year: "{year}", place: 屯留}}\n'
    assert found(tmp_path, "", head) == ([("year_word", "2025")] if told else [])
