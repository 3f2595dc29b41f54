"""The proof page as its readers use it, in Debian's Chromium: read from disk, marked, judged a round later."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from in_place import proof
from layout.pipeline import Options, Proofed
from layout.proof.marks.judgement import MarkStatus
from patience import PATIENCE
from preview.browser import chromium
from sample_issue import FOLDER, proofed

pytestmark = pytest.mark.slow

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def first() -> Proofed:
    return proofed()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """Opens a proof page from disk; nothing in it may fail, and nothing may be fetched."""
    wrong: list[str] = []
    contexts = []

    def open_page(path: Path, **more: Any) -> Any:
        contexts.append(
            browser.new_context(accept_downloads=True, **{"viewport": {"width": 1200, "height": 900}, **more})
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: dialog.accept())
        page.on(
            "request",
            lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else wrong.append(request.url),
        )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def mark(page: Any, words: str, kind: str, text: str = "", *, row: str = "") -> None:
    """Marks *words* as a reader does: the line in the galley (that of *row*), the words, the kind, what is typed."""
    page.locator("#galleys .galley li", has_text=row or words).first.click()
    page.fill("#chosen", words)
    page.click(f"label[for='kind-{kind}']")
    if text:
        page.fill("#text", text)
    page.click("#save")
    page.wait_for_selector("#dialog", state="hidden")


def downloaded(page: Any, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("#download")
    assert download.value.suggested_filename == "marks.json"
    path = folder / "marks.json"
    download.value.save_as(path)
    return path


MARKS = (
    ("新能源", "replace", "新型能源", "综合利用、新能源"),
    ("时光无言", "delete", "", ""),
    ("一年来", "insert", "，", "一年来，全区"),
    ("求其", "swap", "", "求其上"),
    ("凝心聚力", "stet", "", ""),
    ("履职尽责", "more-space", "", ""),
    ("公里农村公路", "remark", "请核实", "公里农村公路"),
)


def test_marks_typed_on_the_page_are_judged_in_the_next_round(opened: Any, first: Proofed, tmp_path: Path) -> None:
    page = opened(first.page)
    for words, kind, text, row in MARKS:
        mark(page, words, kind, text, row=row)
    path = downloaded(page, tmp_path)
    made = json.loads(path.read_text(encoding="utf-8"))
    assert [(each["kind"], each["copy"][each["start"] : each["end"]], each["text"]) for each in made["marks"]] == [
        (kind, "" if kind == "insert" else words, {"swap": "其求"}.get(kind, text)) for words, kind, text, _ in MARKS
    ]

    issue = tmp_path / "tunliu-2026"
    shutil.copytree(FOLDER, issue)
    copy = issue / "tunliu.md"
    changed = copy.read_text(encoding="utf-8").replace("新能源、安全", "新型能源、安全").replace("时光无言，", "", 1)
    copy.write_text(changed.replace("一年来，", "一年来，，", 1), encoding="utf-8")
    second = proof(issue, Options(out=tmp_path / "out", png=False), 2, against=first.built.pdf, marks=[path])
    found: dict[str, MarkStatus] = {each.mark.kind: each.status for each in second.marks}
    assert found == {
        "replace": "done", "delete": "done", "insert": "done", "swap": "not done", "stet": "done",
        "more-space": "not done", "remark": "cannot tell",
    }  # fmt: skip
    report = json.loads(second.built.report_path.read_text(encoding="utf-8"))
    assert [(each["kind"], each["status"]) for each in report["marks"]] == list(found.items())

    page = opened(second.page)
    assert page.locator("#earlier tbody tr").count() == len(MARKS)
    assert page.locator(".box.earlier.not-done i").all_text_contents() == ["对调 4", "加大空距 6"]
    assert page.locator("#changes tbody tr").count() == len(second.difference.pages[0].passages) > 0
    sheet = page.locator(".sheet")
    assert [sheet.locator(f"img.{kind}").is_visible() for kind in ("page", "soft", "before")] == [True, False, False]
    for kind, seen in (
        ("soft", ["soft"]),
        ("before", ["before"]),
        ("difference", ["page", "before"]),
        ("beside", ["page", "before"]),
        ("page", ["page"]),
    ):
        page.locator(f"label[for^='show-{kind}-']").click()
        assert [each for each in ("page", "soft", "before") if sheet.locator(f"img.{each}").is_visible()] == seen
    page.locator("label[for^='show-beside-']").click()
    new, old = (sheet.locator(f"img.{each}").bounding_box() for each in ("page", "before"))
    assert old["x"] == pytest.approx(new["x"] + new["width"], abs=2)
    desk = page.locator(".desk").bounding_box()
    assert old["x"] + old["width"] <= desk["x"] + desk["width"] + 2


def test_a_mark_is_put_on_the_page_changed_and_taken_away(opened: Any, first: Proofed, tmp_path: Path) -> None:
    page = opened(first.page)
    area = page.locator(".sheet").bounding_box()
    lede = next(each for each in first.built.report["pages"][0]["geometry"]["paragraphs"] if "lede" in each["flow"])
    scale = area["width"] / first.built.report["pages"][0]["geometry"]["width"]
    at = {"x": (lede["x"] + 60) * scale, "y": (lede["y"] + 40) * scale}
    page.locator(".sheet").click(position=at)
    assert "导语" in page.inner_text("#where")
    assert page.locator("#chars .on").count() == 1
    page.click("#save")
    assert page.inner_text("#wrong") == "先选一种校对符号。"
    page.click("label[for='kind-insert']")
    page.click("#save")
    assert page.inner_text("#wrong") == "“在所选的字后面加”还没有填。"
    page.fill("#text", "新")
    page.fill("#by", "王校对")
    page.click("#save")
    assert page.locator(".box.typed").count() == 1

    page.reload()  # the browser remembers it
    page.locator(".typed-row").click()
    assert (page.input_value("#text"), page.input_value("#by")) == ("新", "王校对")
    page.fill("#text", "再新")
    page.click("#save")
    path = downloaded(page, tmp_path)
    page.locator(".box.typed").first.click()
    page.click("#remove")
    assert page.inner_text("#list") == "还没有批注。"

    page.set_input_files("#open", path)
    page.wait_for_selector(".typed-row")
    assert "再新" in page.inner_text("#list")
    page.set_input_files("#open", {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"})
    page.wait_for_selector("#told:text-is('这不是 marks.json。')")


def test_pictures_and_bare_spots_are_marked_too(opened: Any, first: Proofed, tmp_path: Path) -> None:
    page = opened(first.page)
    geometry = first.built.report["pages"][0]["geometry"]
    scale = page.locator(".sheet").bounding_box()["width"] / geometry["width"]
    picture = geometry["pictures"][0]
    page.locator(".sheet").click(
        position={
            "x": (picture["x"] + picture["width"] / 2) * scale,
            "y": (picture["y"] + picture["height"] / 2) * scale,
        }
    )
    assert picture["picture"] in page.inner_text("#where")
    page.click("label[for='kind-picture']")
    page.click("#save")
    page.locator(".sheet").click(position={"x": 4, "y": 4})
    assert page.locator("#kinds input").count() == 3
    page.click("label[for='kind-remark']")
    page.fill("#text", "天头再收一点")
    page.click("#save")
    picked, spot = json.loads(downloaded(page, tmp_path).read_text(encoding="utf-8"))["marks"]
    assert (picked["picture"], len(picked["source"]), len(picked["look"])) == (picture["picture"], 12, 12)
    assert (spot["kind"], spot["box"]["x"]) == ("remark", 0)


def test_a_telephone_shows_it_without_scrolling_sideways(opened: Any, first: Proofed) -> None:
    page = opened(first.page, viewport=PHONE, device_scale_factor=2, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator(".sheet").tap(position={"x": 80, "y": 250})
    page.wait_for_selector("#dialog[open]")
    dialog = page.locator("#dialog").bounding_box()
    assert (dialog["x"], dialog["width"]) == (0, PHONE["width"])
    for button in page.locator("#dialog button:visible, #kinds label").all():
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["height"] >= 30  # a finger's width at 160 pixels an inch is 5 mm
    page.click("#cancel")
    page.locator("label[for^='show-thrice-']").click()
    assert page.locator(".sheet").bounding_box()["width"] > 3 * PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_it_prints_a_page_on_a_sheet_and_galleys_behind(opened: Any, first: Proofed) -> None:
    import pypdfium2

    page = opened(first.page)
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    words = [sheet.get_textpage().get_text_range() for sheet in printed]
    galley = next(number for number, text in enumerate(words) if "长条样" in text)
    assert galley >= 2
    assert "全年共谋划" in "".join(words[galley:])
    assert not any("下载 marks.json" in text for text in words)


def test_every_character_of_it_is_in_the_face_that_it_carries(opened: Any, first: Proofed) -> None:
    page = opened(first.page)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("Array.from(document.fonts).map((face) => face.status)") == ["loaded"]


def test_without_scripts_pages_and_galleys_can_be_read(opened: Any, first: Proofed) -> None:
    page = opened(first.page, java_script_enabled=False)
    assert page.locator(".sheet img.page").is_visible()
    page.locator("label[for^='show-soft-']").click()
    assert page.locator(".sheet img.soft").is_visible()
    assert "不能批" in page.inner_text("#marks")
