"""The preview as a designer changes things in it: a small issue, set at once, so that every edit is really built."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from pipeline.small_issue import make_issue
from preview.browser import TWO_FRAMES, Running, another, box, drawn, edition, opened, stays_without, told
from soak import amount

pytestmark = pytest.mark.slow

PICTURES = ("ridge", "solar", "stream")
TRIED_AGAIN = """() => new MutationObserver(([{ target }]) => { window.triedAgain ||= target.matches(".old"); })
  .observe(document.querySelector("#faults"), { attributes: true })"""
COPY = "一年来，河水清了，两岸的人多了。" * 10
BOXES = """{% for shot in page.pictures %}
  <div class="shot" data-picture="{{ shot.id }}"></div>
  <div class="head" style="font-size: 9pt; --max-lines: 2" data-flow="{{ shot.caption.flow }}"></div>
  <div class="head" data-flow="{{ shot.credit.flow }}"></div>
  {% endfor %}
"""


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with three cropped pictures, free to be spoilt; a test leaves it as it found it. Its template writes the
    frames of the copy, the one that it extends the rest.
    """
    folder = make_issue(tmp_path_factory.mktemp("issue") / "small", COPY)
    tables = ""
    for number, name in enumerate(PICTURES):
        Image.new("RGB", (600, 400), (60 * number, 120, 90)).save(folder / f"{name}.jpg", dpi=(300, 300))
        tables += f'\n[[picture]]\nid = "{name}"\nfile = "{name}.jpg"\ncaption = "图{number}"\ncredit = "某摄"\n'
        tables += "focus = [0.5, 0.36]\n"
    with (folder / "issue.toml").open("a", encoding="utf-8") as file:
        file.write(f"pictures = {list(PICTURES)}\n{tables}".replace("'", '"'))
    page = folder / "plain" / "page.html"
    before, copy, after = re.split("(?<=<main data-fill>)|(?=</main>)", read(page))
    parent = f"{before}{{% block copy %}}{{% endblock %}}\n{BOXES}{after}"
    (folder / "plain" / "sheet.html").write_text(parent, encoding="utf-8")
    page.write_text(f'{{% extends "sheet.html" %}}\n{{% block copy %}}{copy}{{% endblock %}}\n', encoding="utf-8")
    with (folder / "plain" / "page.css").open("a", encoding="utf-8") as file:
        file.write(".shot { width: 120pt; height: 60pt }\n")
    return folder


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def plan(issue: Path) -> dict[str, Any]:
    return tomllib.loads(read(issue / "issue.toml"))


def picture(issue: Path, name: str) -> dict[str, Any]:
    return next(each for each in plan(issue)["picture"] if each["id"] == name)


def middle(page: Any, selector: str) -> tuple[float, float]:
    """Where the middle of the first such element is, once it is drawn."""
    page.wait_for_selector(selector)
    page.evaluate(TWO_FRAMES)
    own = box(page, selector)
    return own["x"] + own["width"] / 2, own["y"] + own["height"] / 2


def choose(page: Any, name: str) -> None:
    """Selects the picture of that name in the list."""
    page.click("#tab-inspect")
    page.select_option("#pick", label=f"图片 {name}")


def test_edit_break_mend(page: Any, issue: Path) -> None:
    key = edition(page)
    expect(page.locator("#message")).to_have_text(re.compile("^已更新 "))
    manuscript = issue / "a.md"
    text = read(manuscript)
    waiting: list[Any] = []
    passing = False

    def hold(route: Any) -> None:
        if passing:
            route.continue_()
        else:
            waiting.append(route)

    page.route("**/tile/**", hold)
    manuscript.write_text(text.replace("一年来", "一年间", 1), encoding="utf-8")
    # What is not to be seen yet is not said to be there.
    expect(page.locator("#message")).to_have_text("排好了，正在画 …")
    passing = True
    for each in waiting:
        each.continue_()
    second = another(page, key)
    expect(page.locator("#message")).to_have_text(re.compile("^已更新 "))
    page.unroute("**/tile/**")

    template = issue / "plain" / "page.html"
    html = read(template)
    template.write_text(html + "{{ story.\n", encoding="utf-8")
    page.wait_for_selector("#faults li")
    line = html.count("\n") + 1
    expect(page.locator("#faults .place")).to_have_text(re.compile(rf"page\.html:{line}\b"))
    expect(page.locator("#faults pre .here")).to_contain_text("{{ story.")
    expect(page.locator("#faults .sentence")).not_to_be_empty()
    expect(page.locator("#faults .hint")).not_to_be_empty()
    expect(page.locator("body")).to_have_attribute("data-phase", "fault")
    expect(page.locator(".sheet")).to_have_attribute("data-edition", second)
    expect(page.locator("#findings.old li").first).to_be_visible()
    expect(page.locator("#stale")).to_be_visible()

    page.evaluate(TRIED_AGAIN)
    template.write_text(html, encoding="utf-8")
    manuscript.write_text(text, encoding="utf-8")
    page.wait_for_selector("#faults", state="hidden")
    assert page.evaluate("window.triedAgain"), "while the page is set again the fault is grey"
    page.wait_for_selector(f".sheet[data-edition='{key}']")
    page.wait_for_selector("body[data-phase='good']")
    expect(page.locator("#findings.old")).to_have_count(0)


def test_a_page_that_lacks_a_frame_and_a_picture_is_shown_all_the_same(page: Any, issue: Path) -> None:
    plan, template, key = issue / "issue.toml", issue / "plain" / "page.html", edition(page)
    text, html = read(plan), read(template)
    frame = next(line for line in html.splitlines(keepends=True) if "story.headline" in line)
    template.write_text(html.replace(frame, ""), encoding="utf-8")
    plan.write_text(text.replace('"solar.jpg"', '"not-there.jpg"'), encoding="utf-8")
    another(page, key)
    missed = page.locator("li[data-check='page.draft']")
    expect(missed.filter(has_text="a.headline")).to_have_count(1)
    expect(missed.filter(has_text="not-there.jpg")).to_have_count(1)
    expect(missed.filter(has_text="not-there.jpg").locator("button.place")).to_have_text(
        re.compile(r"issue\.toml:\d+:")
    )
    expect(page.locator("#faults")).to_be_hidden()
    template.write_text(html, encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    expect(missed).to_have_count(0)


def test_what_is_inherited_leads_to_the_parent_and_the_chain_is_listed(page: Any, issue: Path) -> None:
    written = page.locator("#written")
    for words, name, mark in (
        ("a.headline", "page", "story.headline"),
        ("图片 ridge", "sheet", 'data-picture="{{ shot'),
    ):
        page.click("#tab-inspect")
        page.select_option("#pick", label=words)
        expect(page.locator("#selected")).to_have_text(words)
        source = read(issue / "plain" / f"{name}.html").splitlines()
        line = next(number for number, each in enumerate(source, 1) if mark in each)
        place = written.locator("dt", has_text="模板").first.locator("xpath=following-sibling::dd[1]//button")
        expect(place).to_have_text(re.compile(rf"^plain/{name}\.html:{line}:\d+$"))
        places = written.locator("dt", has_text="模板").locator("xpath=following-sibling::dd[1]//button")
        expect(places).to_have_text([re.compile(rf"^plain/{name}\.html:"), "plain/page.html:1", "plain/sheet.html:1"])
    places.nth(1).click()
    expect(written.locator("pre .here")).to_contain_text('{% extends "sheet.html" %}')


def test_what_a_style_attribute_says_leads_to_the_line_that_writes_it(page: Any, issue: Path) -> None:
    page.click("#tab-inspect")
    page.select_option("#pick", label="picture.ridge.caption")
    source = read(issue / "plain" / "sheet.html").splitlines()
    line = next(number for number, each in enumerate(source, 1) if "--max-lines" in each)
    here = re.compile(rf"^plain/sheet\.html:{line}:")
    for words in ("9 pt", "2"):
        value = page.locator("#type dd, #options dd").filter(has_text=re.compile(rf"^{words}plain"))
        expect(value.locator("button.place")).to_have_text(here)
    expect(page.locator("#rules code").first).to_have_text('style="font-size: 9pt; --max-lines: 2"')
    expect(page.locator("#rules button.place").first).to_have_text(here)


def test_a_finding_without_a_spot_says_so(page: Any) -> None:
    page.click("#tab-findings")
    page.click("li[data-check='picture.profile-missing'] button.spot")
    told(page, "没有可指的一处")
    assert page.evaluate("seen.flashes") == []


@pytest.mark.soak
def test_saves_without_a_pause_wedge_nothing(page: Any, issue: Path) -> None:
    """Ten a second, for half a second or for six."""
    key = edition(page)
    manuscript = issue / "a.md"
    text = read(manuscript)
    for number in range(amount(sample=5, full=60)):
        manuscript.write_text(text.replace("一年来", f"一年{number}来", 1), encoding="utf-8")
        page.wait_for_timeout(100)
    another(page, key)
    manuscript.write_text(text, encoding="utf-8")
    page.wait_for_selector(f".sheet[data-edition='{key}']")
    page.wait_for_selector("body[data-phase='good']")


def test_copy_that_finds_no_place_is_marked(page: Any, issue: Path) -> None:
    css = issue / "plain" / "page.css"
    text, key = read(css), edition(page)
    stays_without(page, "svg g.overset rect")
    css.write_text(f'{text}[data-flow="a.section-1"] {{ height: 30pt !important }}\n', encoding="utf-8")
    another(page, key)
    page.wait_for_selector("svg g.overset rect", state="attached")
    page.wait_for_selector("li[data-severity='error'][data-check='page.overset']", state="attached")
    expect(page.locator("svg g.overset text")).to_have_text(re.compile(r"溢文 \d+ 字"))
    css.write_text(text, encoding="utf-8")
    page.wait_for_selector("svg g.overset rect", state="detached")
    page.wait_for_selector(f".sheet[data-edition='{key}']")


def test_a_focal_point_is_dragged_and_taken_back(page: Any, issue: Path) -> None:
    text = read(issue / "issue.toml")
    key = edition(page)
    choose(page, "ridge")
    at = middle(page, "#focus-handle")
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 40, at[1] + 60, steps=4)
    page.mouse.up()
    second = another(page, key)
    x, y = picture(issue, "ridge")["focus"]
    assert x < 0.5
    assert y > 0.36
    assert read(issue / "issue.toml").count("\n") == text.count("\n")
    page.click("#undo")
    page.wait_for_selector(f".sheet[data-edition='{key}']")
    assert read(issue / "issue.toml") == text
    assert second != key
    page.wait_for_selector("#undo:disabled")


def test_what_must_stay_is_marked_moved_typed_and_let_go(page: Any, issue: Path) -> None:
    text = read(issue / "issue.toml")
    choose(page, "ridge")
    page.click("#keep-add")
    page.wait_for_selector("#write-keep")
    before = picture(issue, "ridge")["keep"]
    at = middle(page, ".handle")
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 34, at[1] - 14, steps=3)
    page.mouse.up()
    page.wait_for_selector(f"#write-keep >> xpath=../input[1][not(@value='{round(before[0] * 100, 1):g}')]")
    after = picture(issue, "ridge")["keep"]
    assert after[0] < before[0]
    assert after[2:] == before[2:]
    page.fill("[aria-label='必留：下 %']", "87.5")
    page.click("#write-keep")
    page.wait_for_selector("#write-keep >> xpath=../input[4][@value='87.5']")
    assert picture(issue, "ridge")["keep"] == [*after[:3], 0.875]
    page.click("#keep-remove")
    page.wait_for_selector("#keep-add")
    assert read(issue / "issue.toml") == text
    page.locator("#desk").focus()
    for _ in range(4):
        page.keyboard.press("Control+z")
    page.wait_for_selector("#undo:disabled")
    assert read(issue / "issue.toml") == text


def test_two_pictures_are_exchanged_and_a_focal_point_typed(page: Any, issue: Path) -> None:
    text, key = read(issue / "issue.toml"), edition(page)
    choose(page, "solar")
    page.select_option("#swap-with", "stream")
    page.click("#swap")
    key = another(page, key)
    assert plan(issue)["page"][0]["pictures"] == ["ridge", "stream", "solar"]
    page.fill("[aria-label='焦点横向 %']", "12.5")
    page.click("#write-focus")
    another(page, key)
    assert picture(issue, "solar")["focus"][0] == 0.125 or picture(issue, "stream")["focus"][0] == 0.125
    page.locator("#desk").focus()
    for _ in range(2):
        page.keyboard.press("Control+z")
    page.wait_for_selector("#undo:disabled")
    assert read(issue / "issue.toml") == text


def test_two_browsers_see_the_same_and_neither_writes_over_the_other(
    page: Any, browser: Any, running: Running, issue: Path
) -> None:
    text, key = read(issue / "issue.toml"), edition(page)
    with opened(browser, running.address) as other:
        drawn(other)
        choose(other, "ridge")
        other.wait_for_selector("#write-focus")
        other.route("**/events", lambda route: route.abort())
        choose(page, "ridge")
        page.fill("[aria-label='焦点纵向 %']", "80")
        stale = other.evaluate("fetch('/events').then(() => '', () => 'cut')")
        assert stale == "cut"
        page.click("#write-focus")
        second = another(page, key)
        assert another(other, key) == second, "the other follows"
        answer = other.evaluate(
            """async () => (await fetch('/edit', { method: 'POST', body: JSON.stringify(
               { kind: 'focus', picture: 'ridge', focus: [0, 0] }), headers: { 'If-Match': '0',
               'X-Layout-Token': document.querySelector('meta[name=layout-token]').content } })).status"""
        )
        assert answer == 412
    assert picture(issue, "ridge")["focus"] == [0.5, 0.8]
    page.click("#undo")
    page.wait_for_selector(f".sheet[data-edition='{key}']")
    assert read(issue / "issue.toml") == text
