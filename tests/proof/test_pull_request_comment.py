"""The comment on a pull request: small pictures, the table of changes, what fails; never longer than one may be."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from PIL import Image

from layout.proof.issue_result import IssueResult, ResultRow
from layout.proof.pull_request_comment import (
    LONGEST,
    MARK,
    SMALL,
    CommentedIssue,
    pull_request_comment,
    shown_pages,
    small_picture,
)
from layout.proof.report_json import ReportJson

ROW = ResultRow("text.complete", "error", "少了 3 字", "删字", "x/a.md:3", "issues/x/a.md", 3, None, 1, False, "0" * 64)
PASSAGE = {"kind": "changed", "old": "三", "new": "五", "before": "增长", "after": "倍"}


def _report(*changed: int, compared: bool = True) -> ReportJson:
    pages = [
        {"number": number, "passages": [PASSAGE] if number in changed else [], "regions": []} for number in range(1, 9)
    ]
    report: dict[str, Any] = {"issue": "x", "pages": [{"number": page["number"]} for page in pages]}
    if compared:
        characters = {"added": 1, "removed": 1}
        report["against"] = {
            "file": "x.pdf", "passages": len(changed), "regions": 0, "characters": characters, "pages": pages,
        }  # fmt: skip
    return cast("ReportJson", report)


def _result(*rows: ResultRow, name: str = "x") -> IssueResult:
    return IssueResult(name, f"issues/{name}", int(bool(rows)), "error", rows, "两会特刊", "2026-02-05", 8)


def test_it_shows_the_pages_that_changed_and_their_changes() -> None:
    issue = CommentedIssue(
        _result(ROW), _report(2, 5), {2: "https://example.org/2.png", 5: "https://example.org/5.png"}
    )
    text = pull_request_comment([issue], 3, "zh")
    assert text.startswith(f"{MARK}\n\n## 校样：第 3 校\n\n| 期 |")
    assert "![第2版](https://example.org/2.png) ![第5版](https://example.org/5.png)" in text
    assert "| 5 | 1 | 改 | 三 | 五 | 增长〔…〕倍 |" in text
    assert "#### 要改的\n\n" in text
    assert "`text.complete` | x/a.md:3 | 少了 3 字<br>删字 |" in text


def test_pages_that_are_shown() -> None:
    assert shown_pages(_report(2, 5)) == [2, 5]
    assert shown_pages(_report()) == []
    assert shown_pages(_report(compared=False)) == [1, 2, 3, 4, 5, 6]


def test_a_new_issue_one_that_failed_and_none_at_all_are_said() -> None:
    text = pull_request_comment(
        [CommentedIssue(_result(), _report(compared=False)), CommentedIssue(_result(ROW), None)], 1, "en"
    )
    assert "There is nothing to compare with: the issue is new, had another number of pages then" in text
    assert "#### What fails it" in text
    assert "No issue is touched" in pull_request_comment([], 1, "en")


def test_it_is_never_longer_than_a_comment_may_be() -> None:
    issues = [CommentedIssue(_result(*[ROW] * 100, name=f"x{number}"), _report(1, 2, 3)) for number in range(40)]
    text = pull_request_comment(issues, 1, "zh")
    assert LONGEST - 12_000 < len(text) < LONGEST + 100
    assert "期，见校样。\n" in text


def test_a_small_picture_is_small() -> None:
    page = BytesIO()
    Image.new("RGB", (1536, 2126), (255, 250, 240)).save(page, "PNG")
    with Image.open(BytesIO(small_picture(page.getvalue()))) as small:
        assert small.size == (SMALL, 664)
