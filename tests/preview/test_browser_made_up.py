"""The preview of a page that is really made up: another arrangement is chosen in the browser, and taken back."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from layout.issue_writing.new_issue import write_issue
from preview.browser import another, edition
from soak import SOAKING

pytestmark = [
    pytest.mark.slow,
    pytest.mark.soak,
    pytest.mark.skipif(
        not SOAKING, reason="ten seconds; test_edits.py writes such words, test_two_pages.py clicks them"
    ),
]


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issue that ``layout new --design yaowen`` writes: one tabloid page for the program to make up."""
    folder = tmp_path_factory.mktemp("issue") / "今天"
    write_issue(folder, "yaowen", date(2027, 3, 5))
    return folder


def plan(issue: Path) -> str:
    return (issue / "issue.toml").read_text(encoding="utf-8")


def test_another_arrangement_is_chosen_seen_and_taken_back(page: Any, issue: Path) -> None:
    text, key = plan(issue), edition(page)
    page.click("#tab-choices")
    listed = page.locator("#arrangements li")
    expect(listed.first.locator(".chosen")).to_be_visible()
    words = listed.nth(1).locator("code").inner_text()
    listed.nth(1).get_by_role("button").click()
    another(page, key)
    page.wait_for_selector("body[data-phase='good'][data-shown='good']")
    assert tomllib.loads(plan(issue))["page"][0]["arrangement"] == words
    assert [line for line in plan(issue).splitlines() if not line.startswith("arrangement")] == text.splitlines()
    expect(listed.first.locator("code")).to_have_text(words)
    expect(page.locator("#changes, #panel-choices p").first).to_be_visible()
    # What stands on the page leads to its copy, however the page was made up.
    page.click("#tab-inspect")
    story = next(each for each in page.locator("#pick option").all_text_contents() if each.endswith(".headline"))
    page.select_option("#pick", label=story)
    expect(page.locator("#written button.place").first).to_have_text(re.compile(r"\.md:\d+:"))
    page.click("#undo")
    page.wait_for_selector(f".sheet[data-edition='{key}']")
    assert plan(issue) == text
