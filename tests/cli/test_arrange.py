"""Arrangements written into a plan: one line, and every other as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layout.cli.pinned_arrangement import pinned
from layout.errors import Place, UsageError
from layout.issue import PagePlan
from layout.issue_writing.parted_runs import PartedPage, with_run_parted
from layout.issue_writing.plan_edits import with_arrangement
from layout.makeup.arrangement_report import ArrangementReport, PricedArrangement
from layout.pipeline.job import ListedPage

RUN = """title = "要闻"
killed = ["k.md"]

# 一叠两版
[[page]]
# 连版的版次
pages = "1-2"   # 至多两版
title = "要闻{n}"
kind = "auto"
# 按轻重
stories = ["a.md", "稿/b.md", "c.md", "k.md"]  # 头一篇是头条
pictures = ["p", "q", "r"]
pool = ["d.md"]

# 钉
[[page.pin]]
story = "a.md"
as = "box"

[[page.pin]]
story = "b.md"
at = "foot"

[[page.reserve]]
id = "ad"
columns = 2
rows = 17
at = "foot right"

# 图
[[picture]]
id = "p"
"""
PARTED = """title = "要闻"
killed = ["k.md"]

# 一叠两版
[[page]]
number = 1
title = "要闻1"
kind = "auto"
# 按轻重
stories = ["a.md", "c.md"]  # 头一篇是头条
pictures = ["p"]
arrangement = "a 5 one"

# 钉
[[page.pin]]
story = "a.md"
as = "box"

[[page.reserve]]
id = "ad"
columns = 2
rows = 17
at = "foot right"

[[page]]
number = 2
title = "要闻2"
kind = "auto"
stories = ["稿/b.md", "k.md"]  # 头一篇是头条
pictures = ["q", "r"]
pool = ["d.md"]

[[page.pin]]
story = "b.md"
at = "foot"

# 图
[[picture]]
id = "p"
"""
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
    written = pinned(tmp_path, [listed(1)], 2)
    assert written.path == tmp_path / "issue.toml"
    assert written.content.decode() == with_arrangement(PLAN, 1, "a 5 two")
    assert pinned(tmp_path, [listed(2), listed(1)], 2, 1) == written


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


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_run_is_parted_into_pages_each_with_what_stands_on_it(ends: str) -> None:
    pages = [
        PartedPage(1, "要闻1", {"a", "c"}, {"p"}, "a 5 one"),
        PartedPage(2, "要闻2", {"b"}, {"q"}),
    ]
    assert with_run_parted(RUN.replace("\n", ends), pages) == PARTED.replace("\n", ends)


def test_what_is_no_run_is_not_parted() -> None:
    with pytest.raises(KeyError):
        with_run_parted(PLAN, [PartedPage(1, "要闻", {"a"}, ())])
    with pytest.raises(KeyError):
        with_run_parted(RUN, [PartedPage(2, "要闻", {"a"}, ())])


def in_run(number: int, count: int, height: int = 40) -> ListedPage:
    """The same, of a run."""
    own = listed(number, height)
    return replace(own, plan=replace(own.plan, in_run=count))


def test_pinning_a_page_of_a_run_writes_all_pages_of_it_down_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "issue.toml").write_bytes(RUN.encode())
    others = [listed(9), in_run(4, 1)]
    written = pinned(tmp_path, [in_run(1, 1), in_run(2, 2), *others], 2, 2).content.decode()
    assert written.index("number = 1") < written.index('"a 5 one"') < written.index("number = 2")
    assert written.count('"a 5 two"') == 1
    unfilled = pinned(tmp_path, [in_run(1, 1, 42), in_run(2, 2)], 2, 2).content.decode()
    assert '"a 5 one"' not in unfilled
