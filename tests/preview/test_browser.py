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
from playwright.sync_api import expect

from preview.browser import TOP, TWO_FRAMES, Running, becomes, box, drawn, opened, spot, stays_without, wide
from soak import cases

pytestmark = pytest.mark.slow

DESIGN = "lianghui-broadsheet"
DECODED = "() => Promise.all([...document.images].map((image) => image.decode()))"
WIDTH = 390 / 25.4 * 96
"""CSS pixels that the sample's page is wide at 100 %."""


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
        scale = zoom * density * 96 / 72
        becomes(lambda: float(drawn(page).split("/")[2]), pytest.approx(scale, abs=1e-4))
        page.evaluate("document.querySelector('#desk').scrollBy(37, 53)")
        page.evaluate(TWO_FRAMES)
        drawn(page)
        page.mouse.move(5, 5)
        page.wait_for_selector(".hover", state="detached")
        page.evaluate(DECODED)
        page.evaluate(TWO_FRAMES)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        desk, sheet = box(page, "#desk"), box(page)
    from sample_issue import sample

    pdf = pypdfium2.PdfDocument(sample().pdf)[0]  # the same page: the design was only moved
    left, top = (round((desk[side] + 10 - sheet[side]) * density) for side in "xy")
    side = 300 * density
    expected = pixels(pdf, round(scale, 5), (left, top, side, side))
    at = [round((desk[side] + 10) * density) for side in "xy"]
    shown = shot.crop((*at, at[0] + side, at[1] + side))
    assert len(set(shown.resize((30, 30)).get_flattened_data())) > 20, "nothing is to be seen there"
    assert furthest(shown, expected) <= 2


def test_zoom_by_buttons_keys_and_wheel_keeps_the_place(page: Any) -> None:
    desk, whole = box(page, "#desk"), wide(page)
    assert box(page)["height"] <= desk["height"]
    expect(page.locator("#fit-page")).to_have_attribute("aria-pressed", "true")
    page.click("#fit-width")
    becomes(lambda: wide(page), pytest.approx(desk["width"] - 48, abs=20))
    expect(page.locator("#fit-page")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("0")
    becomes(lambda: wide(page), pytest.approx(whole, abs=1))
    page.click("#zoom-in")
    expect(page.locator("#zoom")).to_have_value("0.5")
    page.click("#zoom-out")
    expect(page.locator("#zoom")).to_have_value("0.33")
    page.select_option("#zoom", "1")
    becomes(lambda: wide(page), pytest.approx(WIDTH, abs=1))
    at = spot(page, 500, 700)
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    becomes(lambda: wide(page) > WIDTH * 1.5, True)
    becomes(lambda: spot(page, 500, 700), pytest.approx(at, abs=2))
    for key in "2481":
        page.keyboard.press(key)
        becomes(lambda: wide(page), pytest.approx(int(key) * WIDTH, abs=1))
        drawn(page)


def test_the_page_is_moved_by_keys_and_by_dragging(page: Any) -> None:
    page.keyboard.press("1")
    becomes(lambda: wide(page), pytest.approx(WIDTH, abs=1))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.evaluate(TWO_FRAMES)
    before = box(page)
    page.keyboard.press("ArrowDown")
    becomes(lambda: box(page)["y"], pytest.approx(before["y"] - 60, abs=1))
    page.keyboard.press("ArrowUp")
    becomes(lambda: box(page)["y"], pytest.approx(before["y"], abs=1))
    page.mouse.move(700, 500)
    page.locator("#desk").focus()
    page.keyboard.down(" ")
    page.mouse.down()
    page.mouse.move(640, 420)
    page.mouse.up()
    page.keyboard.up(" ")
    becomes(lambda: (box(page)["x"], box(page)["y"]), pytest.approx((before["x"] - 60, before["y"] - 80), abs=2))
    stays_without(page, ".selected-box")  # to drag is not to click


LAYERS = {
    "grid": 50, "area": 1, "columns": 4, "bands": 3, "pictures": 10, "frames": 20, "heat": 20, "findings": 3,
    "bleed": 1, "trim": 1, "fold": 1, "safe": 1,
}  # fmt: skip


def test_every_layer_is_drawn_and_taken_away(page: Any) -> None:
    page.click("#tab-layers")
    assert page.is_checked("#layer-overset")
    for name, least in LAYERS.items():
        page.check(f"#layer-{name}")
        page.wait_for_selector(f"svg g.{name} > :nth-child({least})", state="attached")
    page.click("#fit-width")
    expect(page.locator("svg g.frames text").get_by_text("tunliu.lede", exact=True)).to_have_count(1)
    expect(page.locator("svg g.frames text").get_by_text(re.compile("^2/3 ")).first).to_be_attached()
    for name in LAYERS:
        page.uncheck(f"#layer-{name}")
        page.wait_for_selector(f"svg g.{name}", state="detached")
    page.keyboard.press("1")  # the box that was clicked last has the focus
    becomes(lambda: wide(page), pytest.approx(WIDTH, abs=1))
    for key, name in (("g", "grid"), ("f", "frames"), ("p", "pictures")):
        page.locator("#desk").focus()
        page.keyboard.press(key)
        expect(page.locator(f"#layer-{name}")).to_be_checked()
        page.keyboard.press(key)
        expect(page.locator(f"#layer-{name}")).not_to_be_checked()


def places(page: Any, inside: str) -> list[str]:
    return list(page.locator(f"{inside} button.place").all_text_contents())


def line_of(issue: Path, place: str) -> str:
    """The line that a place names, from its column on."""
    name, line, column = (*place.split(":"), "1")[:3]
    text = read(issue.parent / name if name.startswith(issue.name) else issue / name)
    return text.split("\n")[int(line) - 1][int(column) - 1 :]


def test_a_click_leads_to_the_right_lines(page: Any, issue: Path) -> None:
    page.mouse.click(*spot(page, 100, 560))  # the lede
    expect(page.locator("#selected")).to_have_text("tunliu.lede")
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
    expect(page.locator("#selected")).to_have_text("图片 ridge")
    written = places(page, "#written")
    assert line_of(issue, written[0]).startswith("[[picture]]")
    assert line_of(issue, written[1]).startswith("<div")
    assert "picture" in line_of(issue, written[2])
    assert "scroll.html · picture()" in page.inner_text("#written")
    page.click("#elements button >> nth=0")
    expect(page.locator("#elements li").first).to_have_text("div.dominant")

    page.click("#written button.place >> nth=0")
    page.wait_for_selector("#written pre .here")
    link = page.get_attribute("#written a", "href")
    assert re.fullmatch(rf"vscode://file/.*{DESIGN}/\w+\.html:\d+:\d+", link)
    with page.expect_request("**/place?at=*") as asked:
        page.mouse.dblclick(*spot(page, 700, 620))
    assert "scroll.html" in asked.value.url
    page.select_option("#pick", label="tunliu.lede")
    expect(page.locator("#selected")).to_have_text("tunliu.lede")
    page.wait_for_selector(".selected-box")
    page.locator("#desk").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".selected-box")).to_have_count(0)


def inside(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether *one* begins within *other*."""
    return all(other[at] <= one[at] <= other[at] + other[size] for at, size in (("x", "width"), ("y", "height")))


def test_a_finding_leads_to_its_spot_and_flashes_it(page: Any) -> None:
    page.click("#tab-findings")
    page.click("li[data-check='page.short_foot'] button.spot >> nth=0")
    flash = page.wait_for_function("seen.flashes.at(-1)").json_value()
    assert inside(flash, box(page, "#desk"))
    page.click("li[data-check='page.short_foot'] button.place >> nth=0")
    page.wait_for_selector("li[data-check='page.short_foot'] pre .here")
    page.click("#tab-choices")
    expect(page.locator("#panel-choices")).to_contain_text("让步")
    expect(page.locator("#variants li")).to_have_count(1)


def test_measure_and_ink(page: Any) -> None:
    page.click("#measure")
    start, end = spot(page, 57.76, 65.2), spot(page, 57.76 + 283.46, 65.2 + 141.73)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    becomes(
        lambda: [float(each) for each in re.findall(r"[↔↕] ([\d.]+) mm", page.text_content(".measured-text"))],
        pytest.approx([100, 50], abs=2),
    )
    page.mouse.up()
    page.mouse.move(*spot(page, 1000, 4))
    page.mouse.down()
    page.mouse.move(*spot(page, 1090, 60), steps=2)
    page.mouse.up()
    words, sheet = box(page, ".measured-text"), box(page)
    assert inside(words, sheet), "what is measured in a corner can be read"
    assert words["x"] + words["width"] <= sheet["x"] + sheet["width"]
    page.keyboard.press("m")
    expect(page.locator(".measured")).to_have_count(0)
    page.click("#ink")
    page.mouse.move(*spot(page, 100, 400))
    page.mouse.move(*spot(page, 101, 401))
    page.wait_for_selector("#ink-total")
    expect(page.locator("#spot")).to_contain_text("M 100")
    page.click("#ink")
    expect(page.locator("#spot")).to_be_empty()


def test_the_plates_and_the_soft_proof_can_be_seen(page: Any) -> None:
    for view in ("soft", "ink", "C", "M", "Y", "K", "page"):
        page.select_option("#view", view)
        page.wait_for_selector(f".sheet[data-drawn*='/{view}/']")


def test_the_page_is_set_in_our_own_face(page: Any) -> None:
    assert "Layout Hei" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.evaluate("document.fonts.ready.then(() => true)")
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
            page.wait_for_selector(f"#panel-{tab}")
            page.evaluate(TWO_FRAMES)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        becomes(lambda: page.evaluate("document.documentElement.scrollWidth <= innerWidth"), True)
        page.click("#help")
        page.wait_for_selector("#keys[open]")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("Escape")
