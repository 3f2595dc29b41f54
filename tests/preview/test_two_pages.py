"""Thumbnails, spreads, and a preview that is killed and started again: around a stand-in for the build."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from patience import until
from preview.browser import Running, another, becomes, box, drawn, edition, opened, stand_in, told, wide

pytestmark = pytest.mark.slow
TITLE = "试"
"""Of the pages of the stand-in."""


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


def test_all_of_it_goes_by_the_keyboard(browser: Any, running: Running) -> None:
    with opened(browser, running.address) as page:
        drawn(page)
        press, number = page.keyboard.press, page.locator(".sheet")
        press("?")
        page.wait_for_selector("#keys[open]")
        expect(page.locator("#keys button")).to_be_focused()
        press("Enter")
        page.wait_for_selector("#keys:not([open])", state="attached")
        page.locator("#desk").focus()
        for key, shown in (("PageDown", "2"), ("PageDown", "3"), ("PageUp", "2"), ("[", "1")):
            press(key)
            expect(number).to_have_attribute("data-number", shown)
        press("1")
        expect(page.locator("#zoom")).to_have_value("1")
        for key, scale in (("+", "1.25"), ("=", "1.5"), ("-", "1.25")):
            press(key)
            expect(page.locator("#zoom")).to_have_value(scale)
        for key, button in (("w", "fit-width"), ("0", "fit-page"), ("m", "measure"), ("i", "ink")):
            press(key)
            expect(page.locator(f"#{button}")).to_have_attribute("aria-pressed", "true")
        press("Escape")
        expect(page.locator("#ink")).to_have_attribute("aria-pressed", "false")
        # From the desk the next stop is the tabs, of which the arrows choose; then what the tab shows.
        for panel in ("findings", "inspect", "choices", "layers"):
            press("Tab" if panel == "findings" else "ArrowRight")
            expect(page.locator(f"#tab-{panel}")).to_be_focused()
            expect(page.locator(f"#panel-{panel}")).to_be_visible()
        press("Tab")
        press("Tab")
        expect(page.locator("#layer-grid")).to_be_focused()
        press(" ")
        expect(page.locator("#layer-grid")).to_be_checked()
        press("g")
        expect(page.locator("#layer-grid")).not_to_be_checked()


def test_the_middle_button_drags_and_a_click_before_the_check_is_answered(browser: Any, running: Running) -> None:
    with opened(browser, running.address) as page:
        drawn(page)
        page.select_option("#zoom", "16")
        becomes(lambda: wide(page), pytest.approx(16 * 40 * 96 / 72, abs=1))
        before = box(page)
        page.mouse.move(500, 400)
        page.mouse.down(button="middle")
        page.mouse.move(500, 370)
        page.mouse.up(button="middle")
        becomes(lambda: box(page)["y"], pytest.approx(before["y"] - 30, abs=1))
        page.mouse.click(500, 400)  # of the stand-in's pages nothing is known
        told(page, "还在核对")


def test_the_window_is_english_where_that_is_asked_for(browser: Any, folder: Path) -> None:
    english = stand_in(folder, folder.parent / "out", lang="en")
    try:
        with opened(browser, english.address) as page:
            drawn(page)
            expect(page.locator("#message")).to_have_text(re.compile(r"^Updated \d\d:\d\d:\d\d$"))
            assert page.get_attribute("html", "lang") == "en"
            shown = page.locator("[data-word], option, legend, label, kbd, dd").all_text_contents()
            labels = page.eval_on_selector_all("[aria-label]", "(all) => all.map((each) => each.ariaLabel)")
            assert len(shown) > 60
            assert len(labels) > 5
            words = [each.replace(TITLE, "") for each in (*shown, *labels)]
            assert [each for each in words if re.search("[\u3000-\u9fff\uff00-\uffef]", each)] == []
            page.click("#tab-choices")
            expect(page.locator("#changes")).to_contain_text("12 → 9 rows")
    finally:
        english.end()


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
