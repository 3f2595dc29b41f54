"""Debian's Chromium, and previews that run beside a test."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright

from patience import PATIENCE, until

TOP = Path(__file__).parents[2]
NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
PATIENCE_MS = 1000 * PATIENCE
"""As Playwright counts."""
SLOWED = float(os.environ.get("SLOWED_BROWSER", "1"))
"""How many times slower than it is the browser has to be: ``SLOWED_BROWSER=6`` shows which tests do not wait."""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Resolves once the browser has drawn twice: in the first frame the window hears of scrolls, and writes its labels."""

SEEN = """
window.seen = { toasts: [], flashes: [] };
const look = () => {
  const toast = document.querySelector("#toast").textContent, flash = document.querySelector(".flash");
  if (toast && seen.toasts.at(-1) !== toast) seen.toasts.push(toast);
  if (flash) seen.flashes.push(flash.getBoundingClientRect().toJSON());
};
const begin = () => new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
document.addEventListener("DOMContentLoaded", begin);
"""
"""Remembers what the window shows for some seconds only: a busy machine may look for it too late."""


class Running:
    """A preview in a process of its own."""

    def __init__(self, arguments: Sequence[str]):
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{TOP / 'src'}:{TOP / 'tests'}", "LAYOUT_LANG": "zh"},
        )
        assert self.process.stdout is not None
        lines = iter(self.process.stdout.readline, "")
        found = next(filter(None, map(re.compile(r"http://127\.0\.0\.1:(\d+)/").search, lines)), None)
        assert found, self.process.communicate(timeout=PATIENCE)
        self.address, self.port = found[0], int(found[1])

    def end(self, sign: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Exit code and stderr after *sign*."""
        self.process.send_signal(sign)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


def preview(issue: Path, *more: str) -> Running:
    """``layout preview`` of *issue*."""
    return Running(["-m", "layout.cli", "preview", str(issue), "--no-open", *(more or ("--port", "0"))])


def stand_in(folder: Path, out: Path, port: int = 0, lang: str = "zh") -> Running:
    """The preview around the stand-in for a build, of three pages."""
    return Running([str(HERE / "stand_in.py"), str(folder), str(out), str(port), lang])


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser."""
    found = browser_there()
    if found is None:
        pytest.skip("no chromium: apt-get install -y chromium (Ubuntu: google-chrome-stable)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Any, address: str, **how: Any) -> Iterator[Any]:
    """A page of the preview; nothing may go wrong in it, and nothing be asked for elsewhere."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **how})
    context.add_init_script(SEEN)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    if SLOWED > 1:
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    own = (address, "data:", "vscode:")
    page.on("request", lambda request: None if request.url.startswith(own) else wrong.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert not wrong, wrong


def browser_there() -> str | None:
    """A Chromium that runs: Ubuntu's chromium-browser only says that it wants a snap."""
    for path in filter(None, map(shutil.which, NAMES)):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    if os.environ.get("CI") and not Path("/etc/os-release").read_text(encoding="utf-8").count("ID=ubuntu"):
        pytest.fail("the browser tests must not be skipped here")
    return None


def becomes(read: Callable[[], object], wanted: object) -> None:
    """Waits until what *read* finds in a window is as *wanted*: the window draws when it comes to it, not at once."""
    found: object = None

    def is_so() -> bool:
        nonlocal found
        found = read()
        return found == wanted

    try:
        until(is_so)
    except AssertionError:
        pytest.fail(f"{found!r} has not become {wanted!r}")


def stays_without(page: Any, selector: str) -> None:
    """There is no such element, nor one after the next frame."""
    page.evaluate(TWO_FRAMES)
    assert page.locator(selector).count() == 0, selector


def box(page: Any, selector: str = ".sheet") -> dict[str, float]:
    """Where the first such element is in the window; empty while it cannot be seen."""
    return page.locator(selector).first.bounding_box() or {}


def wide(page: Any, selector: str = ".sheet") -> float:
    """How wide the first such element is in the window."""
    return box(page, selector).get("width", 0)


def told(page: Any, words: str) -> None:
    """Waits until the window has told *words*, though they may be gone again."""
    page.wait_for_function("(words) => seen.toasts.some((each) => each.includes(words))", arg=words)
    page.evaluate("seen.toasts.length = 0")


def drawn(page: Any, number: int = 1) -> str:
    """The tiles of page *number*, once all that can be seen are there: key, view and scale."""
    page.wait_for_selector(f".sheet[data-number='{number}'][data-drawn*='/']")
    return str(page.get_attribute(f".sheet[data-number='{number}']", "data-drawn"))


def edition(page: Any) -> str:
    """The key of the first page, once it is shown."""
    return drawn(page).split("/")[0]


def another(page: Any, key: str) -> str:
    """The key of the page's next edition, once it is shown."""
    page.wait_for_selector(f".sheet:not([data-edition='{key}']):not([data-edition=''])")
    return edition(page)


def spot(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a point of the first page, in points, is in the window."""
    own = box(page, ".sheet svg")
    across, down = map(float, page.get_attribute(".sheet svg >> nth=0", "viewBox").split()[2:])
    return own["x"] + x / across * own["width"], own["y"] + y / down * own["height"]
