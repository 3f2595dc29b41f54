"""Arrangements written into a plan: one line, and every other as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from layout.cli.pinned_arrangement import pinned
from layout.errors import Place, UsageError
from layout.issue import PagePlan
from layout.issue_writing.plan_edits import with_arrangement
from layout.makeup.arrangement_report import ArrangementReport, PricedArrangement
from layout.pipeline.job import ListedPage

PLAN = """title = "要闻" # 期名

[[page]]
number = 1
kind = "auto"      # 由程序组
# arrangement = ""
stories = ["a.md"]  # 按轻重

# 钉
[[page.pin]]
story = "a.md"

[[page]]
number = 2
kind = "auto"
arrangement = "b 5 lead-plain 60x1"  # 昨晚定的
stories = ["b.md"]

# 图
[[picture]]
id = "p"
"""


def test_an_arrangement_stands_behind_the_keys_of_its_page_and_nothing_else_changes() -> None:
    written = with_arrangement(PLAN, 1, "a 5 lead-right 60x1 +p")
    assert written == PLAN.replace(
        '["a.md"]  # 按轻重\n', '["a.md"]  # 按轻重\narrangement = "a 5 lead-right 60x1 +p"\n'
    )
    assert with_arrangement(written, 1, "a 5 lead-top 60x1").count("arrangement = ") == PLAN.count("arrangement = ") + 1


def test_one_that_is_written_is_changed_in_its_place() -> None:
    assert with_arrangement(PLAN, 2, "b 4 x") == PLAN.replace("b 5 lead-plain 60x1", "b 4 x")


def test_a_file_of_another_system_keeps_its_ends_of_lines() -> None:
    written = with_arrangement(PLAN.replace("\n", "\r\n"), 1, "a 5 x")
    assert '\r\narrangement = "a 5 x"\r\n' in written
    assert "\n" not in written.replace("\r\n", "")


def listed(number: int, height: int = 40) -> ListedPage:
    """A page with two arrangements on its list."""
    plan = PagePlan(
        number=number, title="要闻", stories=(), pictures=(), folio={}, place=Place("issue.toml", 3), kind="auto"
    )
    chosen = PricedArrangement("a 5 one", (), ())
    lost = PricedArrangement("a 5 two", (), ())
    report = ArrangementReport(5, 40, height, 0.7, written=False, chosen=chosen, others=(lost,))
    return ListedPage(plan, report)


def test_the_arrangement_of_that_number_is_written(tmp_path: Path) -> None:
    (tmp_path / "issue.toml").write_bytes(PLAN.encode())
    path, content = pinned(tmp_path, [listed(1)], 2)
    assert path == tmp_path / "issue.toml"
    assert content.decode() == with_arrangement(PLAN, 1, "a 5 two")


@pytest.mark.parametrize(
    ("pages", "which", "words"),
    [
        ([listed(1), listed(2)], 1, "Which page"),
        ([listed(1)], 3, "has but 2"),
        ([listed(1, 42)], 1, "No arrangement fills"),
    ],
)
def test_what_cannot_be_pinned_is_told(pages: list[ListedPage], which: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words):
        pinned(tmp_path, pages, which)
