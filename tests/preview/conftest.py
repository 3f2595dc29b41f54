"""A browser, and a window of it that shows the preview of a test file's ``issue``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from preview.browser import Running, chromium, drawn, opened, preview


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


@pytest.fixture
def page(window: Any) -> Any:
    """The window, its page whole to be seen, with no tool in hand."""
    window.wait_for_selector("body[data-phase='good']")
    window.locator("#desk").focus()
    window.keyboard.press("Escape")
    window.click("#fit-page")
    drawn(window)
    return window
