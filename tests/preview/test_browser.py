"""The preview as a designer looks about in it: Debian's Chromium, the sample issue, the real build, every control."""

from __future__ import annotations

import io
import re
import shutil
from math import ceil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from preview.browser import TOP, Running, drawn, opened, spot
from soak import cases

pytestmark = pytest.mark.slow

DESIGN = "lianghui-broadsheet"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until the browser has drawn twice."""


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issue with its design inside, so that places in it are files of the issue's."""
    folder = tmp_path_factory.mktemp("issue") / "tunliu-2026"
    shutil.copytree(TOP / "issues" / "tunliu-2026", folder)
    shutil.copytree(TOP / "templates" / DESIGN, folder / DESIGN)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def furthest(one: Image.Image, other: Image.Image) -> int:
    return max(most for _, most in ImageChops.difference(one, other).getextrema())  # type: ignore[misc]


def pixels(page: Any, scale: float, spot: tuple[int, int, int, int]) -> Image.Image:
    """So much of the page as PDFium draws it, from a hundred pixels before it on: as of a page drawn in one piece."""
    left, top, wide, high = spot
    bitmap = pypdfium2.PdfBitmap.new_native(wide + 100, high + 100, pypdfium2.raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide + 100, high + 100)
    whole = [ceil(side * scale) for side in page.get_size()]
    pypdfium2.raw.FPDF_RenderPageBitmap(bitmap, page, 100 - left, 100 - top, *whole, 0, 0)
    return bitmap.to_pil().convert("RGB").crop((100, 100, 100 + wide, 100 + high))


@cases(("zoom", "density"), [(8, 1), (1, 1), (2, 2), (8, 2)], sample=2)
def test_what_the_browser_shows_is_what_pdfium_draws(browser: Any, running: Running, zoom: int, density: int) -> None:
    size = {"width": 900, "height": 700}
    with opened(browser, running.address, viewport=size, device_scale_factor=density) as page:
        drawn(page)
        page.locator("#desk").focus()
        page.keyboard.press(str(zoom))
        scale = drawn(page).split("/")[2]
        assert float(scale) == pytest.approx(zoom * density * 96 / 72, abs=1e-4)
        page.evaluate("document.querySelector('#desk').scrollBy(37, 53)")
        page.evaluate(TWO_FRAMES)  # in the first of them the page hears that it was scrolled
        drawn(page)
        page.mouse.move(5, 5)
        page.wait_for_selector(".hover", state="detached")
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        desk, sheet = (page.locator(each).bounding_box() for each in ("#desk", ".sheet"))
    from sample_issue import sample

    pdf = pypdfium2.PdfDocument(sample().pdf)[0]  # the same page: the design was only moved
    left, top = (round((desk[side] + 10 - sheet[side]) * density) for side in "xy")
    wide, high = (round(300 * density) for _ in "xy")
    expected = pixels(pdf, float(scale), (left, top, wide, high))
    at = [round((desk[side] + 10) * density) for side in "xy"]
    shown = shot.crop((*at, at[0] + wide, at[1] + high))
    assert len(set(shown.resize((30, 30)).get_flattened_data())) > 20, "nothing is to be seen there"
    assert furthest(shown, expected) <= 2


def test_zoom_by_buttons_keys_and_wheel_keeps_the_place(page: Any) -> None:
    width = page.locator(".sheet").bounding_box()["width"]
    desk = page.locator("#desk").bounding_box()
    assert page.locator(".sheet").bounding_box()["height"] <= desk["height"]
    assert page.get_attribute("#fit-page", "aria-pressed") == "true"
    page.click("#fit-width")
    assert page.locator(".sheet").bounding_box()["width"] == pytest.approx(desk["width"] - 48, abs=20)
    page.keyboard.press("0")
    assert page.locator(".sheet").bounding_box()["width"] == pytest.approx(width, abs=1)
    page.click("#zoom-in")
    assert page.input_value("#zoom") == "0.5"
    page.click("#zoom-out")
    page.select_option("#zoom", "1")
    assert page.locator(".sheet").bounding_box()["width"] == pytest.approx(390 / 25.4 * 96, abs=1)
    at = spot(page, 500, 700)
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    drawn(page)
    assert page.locator(".sheet").bounding_box()["width"] > 390 / 25.4 * 96 * 1.5
    assert spot(page, 500, 700) == pytest.approx(at, abs=2)
    for key, zoom in (("2", 2), ("4", 4), ("8", 8), ("1", 1)):
        page.keyboard.press(key)
        drawn(page)
        assert page.locator(".sheet").bounding_box()["width"] == pytest.approx(zoom * 390 / 25.4 * 96, abs=1)
    before = page.locator(".sheet").bounding_box()
    page.keyboard.press("ArrowDown")
    assert page.locator(".sheet").bounding_box()["y"] == pytest.approx(before["y"] - 60, abs=1)
    page.mouse.move(700, 500)
    page.locator("#desk").focus()
    page.keyboard.down(" ")
    page.mouse.down()
    page.mouse.move(640, 420)
    page.mouse.up()
    page.keyboard.up(" ")
    moved = page.locator(".sheet").bounding_box()
    assert (moved["x"], moved["y"]) == pytest.approx((before["x"] - 60, before["y"] - 140), abs=2)
    assert page.locator(".selected-box").count() == 0, "to drag is not to click"


LAYERS = {
    "grid": 50, "area": 1, "columns": 4, "bands": 3, "pictures": 10, "frames": 20, "heat": 20, "findings": 3,
    "bleed": 1, "trim": 1, "fold": 1, "safe": 1,
}  # fmt: skip


def test_every_layer_is_drawn_and_taken_away(page: Any) -> None:
    page.click("#tab-layers")
    assert page.is_checked("#layer-overset")
    for name, least in LAYERS.items():
        page.check(f"#layer-{name}")
        page.wait_for_selector(f"svg g.{name}", state="attached")
        assert page.locator(f"svg g.{name} > *").count() >= least, name
    page.click("#fit-width")
    assert "tunliu.lede" in page.locator("svg g.frames text").all_text_contents()
    assert any(each.startswith("2/3 ") for each in page.locator("svg g.frames text").all_text_contents())
    for name in LAYERS:
        page.uncheck(f"#layer-{name}")
        page.wait_for_selector(f"svg g.{name}", state="detached")
    for key, name in (("g", "grid"), ("f", "frames"), ("p", "pictures")):
        page.locator("#desk").focus()
        page.keyboard.press(key)
        assert page.is_checked(f"#layer-{name}")
        page.keyboard.press(key)


def places(page: Any, inside: str) -> list[str]:
    return list(page.locator(f"{inside} button.place").all_text_contents())


def line_of(issue: Path, place: str) -> str:
    """The line that a place names, from its column on."""
    name, line, column = (*place.split(":"), "1")[:3]
    text = read(issue.parent / name if name.startswith(issue.name) else issue / name)
    return text.split("\n")[int(line) - 1][int(column) - 1 :]


def test_a_click_leads_to_the_right_lines(page: Any, issue: Path) -> None:
    page.mouse.click(*spot(page, 100, 560))  # the lede
    page.wait_for_selector("#selected")
    assert page.inner_text("#selected") == "tunliu.lede"
    manuscript, template = places(page, "#written")[:2]
    assert manuscript.startswith("tunliu-2026/tunliu.md:")
    assert line_of(issue, manuscript).startswith("时光无言")
    assert line_of(issue, template).startswith("<div")
    assert 'class="' in line_of(issue, template)
    assert re.search(r"x [\d.]+ mm · [\d.]+ pt", page.inner_text("#measures"))
    assert re.search(r"↔ [\d.]+ mm · [\d.]+ pt · [\d.]+ 字", page.inner_text("#measures"))
    for selector, place in zip(page.locator("#rules code").all_text_contents(), places(page, "#rules"), strict=True):
        assert line_of(issue, place).startswith(selector.split(",")[0]), place
    words = page.inner_text("#type")
    assert re.search(r"字体\s*\S*Kai-400", words)
    assert re.search(r"字号\s*[\d.]+ pt", words)
    for place in places(page, "#type"):
        assert re.match(r"(font|line-height|color|text-align|letter-spacing)", line_of(issue, place)), place
    assert "--han-latin" in page.inner_text("#options")
    assert line_of(issue, places(page, "#options")[0]).startswith("--")

    page.mouse.click(*spot(page, 700, 620))  # the large picture, which a macro makes
    assert page.inner_text("#selected") == "图片 ridge"
    written = places(page, "#written")
    assert line_of(issue, written[0]).startswith("[[picture]]")
    assert line_of(issue, written[1]).startswith("<div")
    assert "picture" in line_of(issue, written[2])
    assert "scroll.html · picture()" in page.inner_text("#written")
    page.click("#elements button >> nth=0")
    assert page.inner_text("#elements li >> nth=0") == "div.dominant"

    page.click("#written button.place >> nth=0")
    page.wait_for_selector("#written pre .here")
    link = page.get_attribute("#written a", "href")
    assert re.fullmatch(rf"vscode://file/.*{DESIGN}/\w+\.html:\d+:\d+", link)
    with page.expect_request("**/place?at=*") as asked:
        page.mouse.dblclick(*spot(page, 700, 620))
    assert "scroll.html" in asked.value.url
    page.select_option("#pick", label="tunliu.lede")
    assert page.inner_text("#selected") == "tunliu.lede"
    page.locator("#desk").focus()
    page.keyboard.press("Escape")
    assert page.locator(".selected-box").count() == 0


def test_a_finding_leads_to_its_spot_and_flashes_it(page: Any) -> None:
    page.click("#tab-findings")
    page.click("li[data-check='page.short_foot'] button.spot >> nth=0")
    page.wait_for_selector(".flash")
    desk, flash = page.locator("#desk").bounding_box(), page.locator(".flash").first.bounding_box()
    assert desk["x"] <= flash["x"] <= desk["x"] + desk["width"]
    assert desk["y"] <= flash["y"] <= desk["y"] + desk["height"]
    page.click("li[data-check='page.short_foot'] button.place >> nth=0")
    page.wait_for_selector("li[data-check='page.short_foot'] pre .here")
    page.click("#tab-choices")
    assert "让步" in page.inner_text("#panel-choices")
    assert page.locator("#variants li").count() == 1


def test_measure_and_ink(page: Any) -> None:
    page.click("#measure")
    start, end = spot(page, 57.76, 65.2), spot(page, 57.76 + 283.46, 65.2 + 141.73)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    words = page.text_content(".measured-text")
    page.mouse.up()
    across, down = (float(each) for each in re.findall(r"[↔↕] ([\d.]+) mm", words))
    assert (across, down) == pytest.approx((100, 50), abs=2)
    page.keyboard.press("m")
    assert page.locator(".measured").count() == 0
    page.click("#ink")
    page.mouse.move(*spot(page, 100, 400))
    page.mouse.move(*spot(page, 101, 401))
    page.wait_for_selector("#ink-total")
    assert "M 100" in page.inner_text("#spot")
    page.click("#ink")


def test_the_plates_and_the_soft_proof_can_be_seen(page: Any) -> None:
    for view in ("soft", "ink", "C", "M", "Y", "K", "page"):
        page.select_option("#view", view)
        page.wait_for_selector(f".sheet[data-drawn*='/{view}/']")


def test_the_page_is_set_in_our_own_face(page: Any) -> None:
    assert "Layout Hei" in page.evaluate("getComputedStyle(document.body).fontFamily")
    assert page.evaluate("[...document.fonts].every((face) => face.status === 'loaded' || face.weight === '600')")
    assert page.evaluate("document.fonts.check('14px \"Layout Hei\"', '版面预览')")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing(browser: Any, running: Running, size: tuple[int, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with opened(browser, running.address, viewport={"width": size[0], "height": size[1]}, bypass_csp=True) as page:
        drawn(page)
        page.wait_for_selector("body[data-phase='good']")
        for tab in ("findings", "inspect", "choices", "layers"):
            if tab == "inspect":
                page.mouse.click(*spot(page, 700, 560))
                page.wait_for_selector("#write-focus")
            page.click(f"#tab-{tab}")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click("#help")
        page.wait_for_selector("#keys[open]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("Escape")
