"""A browser, and a window of it that shows the preview of a test file's ``issue``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from preview.browser import Running, chromium, drawn, edition, opened, preview


@pytest.fixture(scope="module")
def running(issue: Path) -> Iterator[Running]:
    found = preview(issue)
    yield found
    assert found.end() == (0, "预览已结束。\n")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def window(browser: Any, running: Running) -> Iterator[Any]:
    with opened(browser, running.address) as page:
        yield page


@pytest.fixture(scope="module")
def first_edition(window: Any) -> str:
    """The key of the page as it is built first: a page's key is of what it is made from, however often that changes."""
    window.wait_for_selector("body[data-shown='good']")
    return edition(window)


@pytest.fixture
def page(window: Any, first_edition: str) -> Any:
    """The window, its page whole to be seen, with no tool in hand, once what the last test has changed is undone."""
    window.wait_for_selector(f".sheet[data-edition='{first_edition}']")
    window.wait_for_selector("body[data-phase='good'][data-shown='good']")
    window.locator("#desk").focus()
    window.keyboard.press("Escape")
    window.click("#fit-page")
    drawn(window)
    return window
