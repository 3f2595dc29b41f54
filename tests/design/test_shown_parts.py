"""A design says which parts of a story it has a place for; what it has not is told at once, before anything is set."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from in_place import check
from layout import assets
from layout.design.labels import read_labels
from layout.design.requirements import check_requirements
from layout.design.shown_parts import check_shown, parts
from layout.design.template_context import page_context
from layout.design.templates import Design
from layout.errors import LayoutError, ManuscriptError, TemplateError
from layout.flows import Flow
from layout.issue import Issue, read_issue
from layout.issue.auto_page import is_made_up
from layout.manuscript.story_parts import story_flow
from layout.pipeline import Options

WHOLE = """---
headline: 题
kicker: 引
deck: 副
署名: 本报特派记者 张三
编者按: 按
dateline: 电
credits: 策划/甲
figures: ["共有{3个}"]
---
导语。

共有3个。

## 一
正文。

## 二
正文。

## 三
正文。

## 四
正文。

***
结尾。
"""
PAGE = '[[page]]\nnumber = {0}\n{2}title = "t"\nkind = "{1}"\nstories = {3}\n{4}\n'


def issue_of(
    folder: Path, kind: str = "page", design: str = "own", story: str = WHOLE, *, more: str = "", third: str = ""
) -> Issue:
    """An issue of one page of two stories, both like *story*, and perhaps *more* pages with a *third*."""
    folder.mkdir()
    ids = ["a", "b"]
    for name in ids:
        (folder / f"{name}.md").write_text(story, encoding="utf-8")
    if third:
        (folder / "c.md").write_text(third, encoding="utf-8")
    pictures = [f"p{number}" for number in range(5)]
    through = "through = 3\n" if kind == "spread" else ""
    text = f'title = "t"\ndate = 2026-01-01\ndesign = "{design}"\npress = "newsprint-coldset"\n'
    text += PAGE.format(2, kind, through, ["a.md", "b.md"], f"pictures = {pictures}").replace("'", '"') + more
    for name in pictures:
        text += f'[[picture]]\nid = "{name}"\nfile = "images:mountain-meadow.jpg"\ncaption = "图"\ncredit = "甲"\n'
    (folder / "issue.toml").write_text(text, encoding="utf-8")
    return read_issue(folder)


def own_design(folder: Path, shows: str) -> Path:
    design = folder / "own"
    design.mkdir()
    (design / "design.toml").write_text(f'name = "样"\n{shows}\n', encoding="utf-8")
    (design / "page.html").write_text("", encoding="utf-8")
    return design


ALL = [row.name for row in parts()]


def test_all_that_has_no_place_is_one_sentence_a_story_with_its_lines(tmp_path: Path) -> None:
    plan = issue_of(tmp_path / "i").pages[0]
    with pytest.raises(ManuscriptError) as caught:
        check_shown(
            own_design(tmp_path, f'shows = {{ every = {ALL}, others = ["headline", "sections", "credits"] }}'), plan
        )
    [fault] = caught.value.faults()
    assert (fault.place and fault.place.file, fault.place and fault.place.line, fault.exit_code) == ("i/b.md", 3, 3)
    assert fault.message.zh == (
        "版式 own 的 page 版头一篇以外的没有地方排这篇稿的引题（第 3 行“引”）、副题（第 4 行“副”）、"
        "署名（第 5 行“本报特派记者 张…”）、编者按（第 6 行“按”）、电头（第 7 行“电”）、导语（第 11 行“导语。”）、"
        "结尾（第 28 行“结尾。”）、数字（第 9 行“共有3个”）"
    )
    assert fault.hint is not None
    told = fault.hint.text("zh")
    for words in (
        "去掉引题、副题、署名、编者按、电头、数说",
        "lede: 无",
        "去掉 ***",
        "编务署名写成 credits",
        "shows：kicker",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("shows", "told"),
    [
        ("", []),
        (f"shows = {ALL}", []),
        (f"shows = {{ page = {ALL} }}", []),
        (f"shows = {{ every = {[name for name in ALL if name != 'deck']} }}", ["i/a.md"]),
        (f"shows = {[name for name in ALL if name != 'deck']}", ["i/a.md", "i/b.md"]),
        (f'shows = {{ every = ["headline"], page = {ALL} }}', []),
        (f"shows = {{ other = {ALL}, every = {[name for name in ALL if name != 'sections']} }}", ["i/a.md"]),
    ],
)
def test_of_which_stories_it_is_told(tmp_path: Path, shows: str, told: list[str]) -> None:
    plan = issue_of(tmp_path / "i").pages[0]
    design = own_design(tmp_path, shows.replace("'", '"'))
    if not told:
        check_shown(design, plan)
        return
    with pytest.raises(LayoutError) as caught:
        check_shown(design, plan)
    assert [fault.place and fault.place.file for fault in caught.value.faults()] == told


def test_a_story_without_these_parts_is_let_pass(tmp_path: Path) -> None:
    plan = issue_of(tmp_path / "i", story="---\nheadline: 题\n---\n一\n\n二").pages[0]
    check_shown(own_design(tmp_path, 'shows = ["headline", "lede", "sections"]'), plan)


@pytest.mark.parametrize(
    ("shows", "words", "column"),
    [('shows = ["byeline"]', "“byeline”不是稿件的一段", 11), ('shows = { page = ["tables"] }', "“tables”不是", 20),
     ('shows = { pag = ["deck"] }', "shows 的“pag”没有用处", 11), ("shows = 3", "shows 写得不对", 1)],
)  # fmt: skip
def test_what_no_story_has_is_the_designers_fault(tmp_path: Path, shows: str, words: str, column: int) -> None:
    plan = issue_of(tmp_path / "i").pages[0]
    with pytest.raises(TemplateError) as caught:
        check_requirements(own_design(tmp_path, shows), plan)
    fault = caught.value.faults()[0]
    assert words in fault.message.zh
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (2, column)


def test_it_is_told_of_every_page_before_one_is_laid_out(tmp_path: Path) -> None:
    """Of a story that goes on it is told where it begins."""
    more = PAGE.format(4, "running-on", "", ["c.md", "a.md"], 'continues = ["a.md"]').replace("'", '"')
    third = '---\nheadline: 丙\nfigures: ["{一}"]\n---\n一'
    issue_of(tmp_path / "i", "running-on", "tabloid-river", more=more, third=third)
    with pytest.raises(LayoutError) as caught:
        check(tmp_path / "i", Options())
    told = [(fault.place and fault.place.file, fault.place and fault.place.line) for fault in caught.value.faults()]
    assert told == [("i/a.md", 9), ("i/b.md", 9), ("i/c.md", 3)]


DESIGNS = {
    path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(assets.templates_dir().glob("*/design.toml"))
}
SHOWN = [
    (name, kind)
    for name, each in DESIGNS.items()
    if "shows" in each
    for kind in each.get("kinds", ["page"])
    if not is_made_up(kind)
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_what_a_shipped_design_says_is_what_its_templates_ask_for(tmp_path: Path, name: str, kind: str) -> None:
    folder, issue = assets.templates_dir() / name, issue_of(tmp_path / "i", kind, name)
    html = Design(folder, assets.templates_dir()).page(kind, page_context(issue, issue.pages[0], read_labels(folder)))
    flows = [Flow.parse(flow) for names in re.findall(r'data-flow="([^"]+)"', html) for flow in names.split()]
    shows = DESIGNS[name]["shows"]
    lists = shows if isinstance(shows, dict) else {"every": shows}
    wanted = {"a": lists.get(kind, lists.get("every")), "b": lists.get(f"others-{kind}", lists.get("others", []))}
    for story, said in wanted.items():
        asked = {part.part.name for flow in flows if flow.story == story and (part := story_flow(flow)) is not None}
        if story == "a" or asked:
            assert asked & set(ALL) == set(said)
