"""The preview as a designer uses it: Debian's Chromium, the sample issue, the real build."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from patience import PATIENCE

pytestmark = pytest.mark.slow

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


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issue with its design inside, both free to be spoilt; a test leaves them as it found them."""
    folder = tmp_path_factory.mktemp("issue") / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    shutil.copytree(TOP / "templates" / "lianghui-broadsheet", folder / "lianghui-broadsheet")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


@pytest.fixture(scope="module")
def address(issue: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "layout.cli", "preview", str(issue), "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOP / "src"), "LAYOUT_LANG": "zh"},
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found, process.communicate(timeout=PATIENCE)
    yield found[0]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "预览已结束。\n")


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    chromium = browser_there()
    if chromium is None:
        pytest.skip("no chromium: apt-get install -y chromium (Ubuntu: google-chrome-stable)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(1000 * PATIENCE)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
        page.goto(address)
        yield page
        browser.close()
        assert wrong == []


def browser_there() -> str | None:
    """A Chromium that runs: Ubuntu's chromium-browser only says that it wants a snap."""
    for path in filter(None, map(shutil.which, NAMES)):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    if os.environ.get("CI") and not Path("/etc/os-release").read_text(encoding="utf-8").count("ID=ubuntu"):
        pytest.fail("the browser tests must not be skipped here")
    return None


def edition(page: Any) -> int:
    return int(page.get_attribute("#picture", "data-edition"))


def picture(page: Any) -> bytes:
    """What the browser shows, fetched again by its address."""
    answer = page.request.get(page.evaluate("document.querySelector('#picture').src"))
    assert answer.ok
    return bytes(answer.body())


def test_edit_break_mend(page: Any, issue: Path) -> None:
    page.wait_for_selector("body[data-phase='good']")
    begun = edition(page)
    first = picture(page)
    assert page.inner_text("#message").startswith("已更新 ")

    manuscript = issue / "tunliu.md"
    text = manuscript.read_text(encoding="utf-8")
    assert "一年来" in text
    manuscript.write_text(text.replace("一年来", "一年间", 1), encoding="utf-8")
    page.wait_for_selector(f"#picture[data-edition='{begun + 1}']")
    second = picture(page)
    assert second != first

    template = issue / "lianghui-broadsheet" / "page.html"
    html = template.read_text(encoding="utf-8")
    template.write_text(html + "{{ story.\n", encoding="utf-8")
    page.wait_for_selector("#faults li")
    line = html.count("\n") + 1
    assert re.search(rf"page\.html:{line}\b", page.inner_text("#faults .place"))
    assert "{{ story." in page.inner_text("#faults pre .here")
    assert page.inner_text("#faults .sentence")
    assert page.get_attribute("body", "data-phase") == "fault"
    assert (edition(page), picture(page)) == (begun + 1, second)

    template.write_text(html, encoding="utf-8")
    manuscript.write_text(text, encoding="utf-8")
    page.wait_for_selector("#faults", state="hidden")
    page.wait_for_function(
        f"+document.querySelector('#picture').dataset.edition > {begun + 1} && document.body.dataset.phase == 'good'"
    )
    assert picture(page) == first


def test_overlays_and_zoom(page: Any) -> None:
    page.wait_for_selector("body[data-phase='good']")
    assert page.locator("#overlay > *").count() == 0
    page.check("#grid")
    rows = page.locator("#overlay line").count()
    assert rows > 50
    page.check("#frames")
    assert page.locator("#overlay rect:not(.area)").count() > 10
    assert "tunliu.lede" in page.locator("#overlay text").all_text_contents()
    page.uncheck("#grid")
    assert page.locator("#overlay line").count() == 0

    fitted = page.locator("#sheet").bounding_box()
    assert fitted["width"] <= 1200
    widths = []
    for zoom in ("1", "2"):
        page.click(f"[data-zoom='{zoom}']")
        assert page.get_attribute(f"[data-zoom='{zoom}']", "aria-pressed") == "true"
        widths.append(page.locator("#sheet").bounding_box()["width"])
    assert widths[0] == pytest.approx(390 / 25.4 * 96, abs=2)
    assert widths[1] == pytest.approx(2 * widths[0], abs=2)
    assert page.locator("#picture").bounding_box()["width"] == pytest.approx(widths[1], abs=2)
