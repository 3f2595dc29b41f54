"""Thumbnails, spreads, and a preview that is killed and started again: around a stand-in for the build."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from patience import until
from preview.browser import Running, another, drawn, opened, stand_in

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
        assert thumbs.count() == 3
        assert page.get_attribute("#thumbs button >> nth=0", "aria-current") == "page"
        assert page.locator("#thumbs img").first.evaluate("(image) => image.complete && image.naturalWidth > 0")
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
        left, right = (page.locator(f".sheet[data-number='{number}']").bounding_box() for number in (2, 3))
        assert right["x"] == left["x"] + left["width"]
        assert page.locator("#thumbs [aria-current=page]").count() == 2
        page.locator("#desk").focus()
        page.keyboard.press("[")
        drawn(page, 1)
        assert page.locator(".sheet").count() == 1
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
        assert "图片 a 的高 12 → 9" in page.inner_text("#changes")
        assert "碰题、空行、断表 4" in page.inner_text("#variants")
        assert "lines" not in page.inner_text("#variants"), "the report's own words are for programs"
        page.click("#variants button")
        page.wait_for_selector("#undo:enabled")
        assert plan.read_text(encoding="utf-8").splitlines()[9] == 'variant = "page-a"'
        page.locator("#panel-choices > button").click()  # the cheapest again
        until(lambda: plan.read_text(encoding="utf-8") == PLAN)
        page.locator("#thumbs button").nth(1).click()
        page.wait_for_selector("#arrangements")
        assert "图片 a 矮了" in page.inner_text("#panel-choices")
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
        key = drawn(page).split("/")[0]
        token = page.get_attribute("meta[name=layout-token]", "content")
        first.end(signal.SIGKILL)
        page.wait_for_selector("body[data-phase='gone']")
        assert drawn(page).split("/")[0] == key, "the page stays"
        page.click("#tab-choices")
        page.click("#variants button")
        page.wait_for_selector("#toast:has-text('没有写入：预览已停止')")
        (folder / "a.md").write_text("一二三四", encoding="utf-8")
        second = stand_in(folder, folder.parent / "out", first.port)
        try:
            page.wait_for_selector("body[data-phase='good']")
            another(page, key)
            assert page.get_attribute("meta[name=layout-token]", "content") != token, "it knows the new token"
            _saved_again(page, folder)
        finally:
            second.end(signal.SIGKILL)


def _saved_again(page: Any, folder: Path) -> None:
    key = drawn(page).split("/")[0]
    (folder / "a.md").write_text("一二三四五", encoding="utf-8")
    another(page, key)
