"""The variant of a page's design that an editor fixes: ``variant`` in issue.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from in_place import build
from layout.errors import LayoutError, PlanError
from layout.issue import read_issue
from layout.pipeline import Options
from pipeline.small_issue import make_issue


def with_variants(folder: Path, line: str) -> Path:
    """An issue whose design has two variants, with *line* in its page."""
    issue = make_issue(folder / "issue", "一段正文。")
    page = (issue / "plain" / "page.html").read_text(encoding="utf-8")
    # The variant costs nothing more: without being asked for it is not taken.
    (issue / "plain" / "page-a.html").write_text(page.replace('class="head"', 'class="head other"'), encoding="utf-8")
    plan = issue / "issue.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + line, encoding="utf-8")
    return issue


def test_the_variant_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    issue = with_variants(tmp_path, 'variant = "page-a"\n')
    (page,) = build(issue, Options(out=tmp_path / "out", png=False)).report["pages"]
    assert [(each["name"], each["chosen"]) for each in page["variants"]] == [("page-a", True)]


def test_a_variant_that_there_is_not_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    issue = with_variants(tmp_path, 'variant = "page-b"\n')
    with pytest.raises(PlanError) as raised:
        build(issue, Options(out=tmp_path / "out", png=False))
    assert "没有方案“page-b”" in raised.value.message.zh
    assert raised.value.place
    assert raised.value.hint
    assert "page-a" in raised.value.hint.text("zh")


def test_a_made_up_page_has_no_variant(tmp_path: Path) -> None:
    issue = with_variants(tmp_path, 'kind = "auto"\nvariant = "page-a"\n')
    with pytest.raises(LayoutError) as raised:
        read_issue(issue)
    told = [(fault.message.zh, fault.place.line if fault.place else None) for fault in raised.value.faults()]
    assert told == [("variant 对自动组版的版不起作用。", 11)]
