"""Thumbnails, spreads, and a preview that is killed and started again: around a stand-in for the build."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from patience import until
from preview.browser import Running, another, box, drawn, edition, opened, stand_in, told

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "issue"
    (tmp_path / "out").mkdir()
    found.mkdir()
    (found / "a.md").write_text("一二三", encoding="utf-8")
    return found


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    found = stand_in(folder, folder.parent / "out")
    yield found
    found.process.kill()
    found.process.communicate()


def test_thumbnails_lead_to_pages_and_a_spread_shows_two(browser: Any, running: Running) -> None:
    with opened(browser, running.address) as page:
        drawn(page)
        thumbs = page.locator("#thumbs button")
        expect(thumbs).to_have_count(3)
        expect(thumbs.first).to_have_attribute("aria-current", "page")
        page.wait_for_function("document.querySelector('#thumbs img').naturalWidth > 0")
        thumbs.nth(1).click()
        drawn(page, 2)
        page.locator("#desk").focus()
        page.keyboard.press("[")
        drawn(page, 1)
        page.keyboard.press("]")
        drawn(page, 2)
        # Page 2 lies left of page 3; page 1 has none beside it.
        page.click("#spread")
        drawn(page, 2)
        drawn(page, 3)
        left, right = (box(page, f".sheet[data-number='{number}']") for number in (2, 3))
        assert right["x"] == left["x"] + left["width"]
        expect(page.locator("#thumbs [aria-current=page]")).to_have_count(2)
        page.locator("#desk").focus()
        page.keyboard.press("[")
        drawn(page, 1)
        expect(page.locator(".sheet")).to_have_count(1)
        page.keyboard.press("]")
        drawn(page, 3)
        page.click("#spread")
        page.wait_for_selector(".sheet[data-number='3']", state="detached")


PLAN = """title = "试"
date = 2026-02-05
design = "plain"
press = "newsprint-coldset"

[[page]]   # 头版
number = 1
title = "试"
stories = ["a.md"]

[[page]]
number = 2
title = "试"
kind = "auto"
stories = ["a.md"]
"""


def test_a_variant_and_an_arrangement_are_chosen_and_taken_back(browser: Any, folder: Path, running: Running) -> None:
    plan = folder / "issue.toml"
    plan.write_text(PLAN, encoding="utf-8")
    with opened(browser, running.address) as page:
        drawn(page)
        page.click("#tab-choices")
        expect(page.locator("#changes")).to_contain_text("图片 a 的高 12 → 9 行")
        expect(page.locator("#variants")).to_contain_text("碰题、空行、断表 4")
        expect(page.locator("#variants")).not_to_contain_text("lines")  # the report's own words are for programs
        page.click("#variants button")
        page.wait_for_selector("#undo:enabled")
        assert plan.read_text(encoding="utf-8").splitlines()[9] == 'variant = "page-a"'
        page.locator("#panel-choices > button").click()  # the cheapest again
        until(lambda: plan.read_text(encoding="utf-8") == PLAN)
        page.locator("#thumbs button").nth(1).click()
        page.wait_for_selector("#arrangements")
        expect(page.locator("#panel-choices")).to_contain_text("图片 a 矮了")
        page.click("#arrangements button")
        until(lambda: 'arrangement = "a 5 two"' in plan.read_text(encoding="utf-8").splitlines())
        for before in ('variant = "page-a"', None):
            page.click("#undo")
            until(lambda: "arrangement" not in plan.read_text(encoding="utf-8"))
            if before is None:
                until(lambda: 'variant = "page-a"' in plan.read_text(encoding="utf-8"))


def test_a_preview_that_is_killed_and_started_again_goes_on(browser: Any, folder: Path) -> None:
    first = stand_in(folder, folder.parent / "out")
    with opened(browser, first.address) as page:
        key = edition(page)
        token = page.get_attribute("meta[name=layout-token]", "content")
        first.end(signal.SIGKILL)
        page.wait_for_selector("body[data-phase='gone']")
        assert edition(page) == key, "the page stays"
        page.click("#tab-choices")
        page.click("#variants button")
        told(page, "没有写入：预览已停止")
        (folder / "a.md").write_text("一二三四", encoding="utf-8")
        second = stand_in(folder, folder.parent / "out", first.port)
        try:
            page.wait_for_selector("body[data-phase='good']")
            another(page, key)
            expect(page.locator("meta[name=layout-token]")).not_to_have_attribute("content", token)
            _saved_again(page, folder)
        finally:
            second.end(signal.SIGKILL)


def _saved_again(page: Any, folder: Path) -> None:
    key = edition(page)
    (folder / "a.md").write_text("一二三四五", encoding="utf-8")
    another(page, key)
