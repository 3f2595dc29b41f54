"""The proof page as text: it loads nothing, lets nothing out of its quotes, and is the same every time."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from layout.checks import Finding, Severity
from layout.errors import Hint, Message, Place
from layout.geometry import Box
from layout.proof.diff import Difference, PageDifference
from layout.proof.marks.judgement import judged_marks
from layout.proof.marks.marks_file import MarksFile
from layout.proof.printed_copy import PrintedCopy, PrintedPicture
from layout.proof.proof_page.galleys import galley_lines
from layout.proof.proof_page.page_html import proof_html
from layout.proof.proof_page.proof_round import PagePictures, ProofRound, RoundPage
from layout.proof.text_diff import ChangedPassage
from proof.rounds import mark, paragraph, story

HOSTILE = "</script><script>alert(1)</script>\"'&$heading 𠮷"
COPY = PrintedCopy(
    (*story("河水从雪线下来，一路走了四百里。", HOSTILE).paragraphs, paragraph("图说一句", "picture.ridge.caption")),
    (PrintedPicture(1, "ridge", "ridge.jpg", Box(10, 10, 50, 50), "aa", "bb"),),
)
ROUND = ProofRound(
    issue="river",
    title=f"读河{HOSTILE}",
    number=2,
    date=date(2026, 2, 5),
    press="newsprint-coldset",
    pdf="0011",
    pages=(RoundPage(1, f"第1版 {HOSTILE}", 200.0, 300.0),),
    findings=(
        Finding("copy.a", Severity.NOTE, Message("提示", "note"), page_no=1),
        Finding("text.b", Severity.ERROR, Message(HOSTILE, HOSTILE), Place("a.md", 3),
                Hint(editor=Message("改", "mend")), page_no=1, boxes=(Box(20, 30, 40, 60), Box(0, 0, 1, 1))),
        Finding("file.c", Severity.WARNING, Message("全文件的", "of all")),
    ),
    copy=COPY,
    trim_offset=(5.0, 5.0),
    difference=Difference("old.pdf", (PageDifference(
        0, (ChangedPassage("changed", "三", "四", "了", "百里"),), (Box(15, 15, 10, 10),), ((Box(25, 25, 10, 10),),)
    ),)),
    marks=judged_marks([MarksFile("marks.json", "river", 1, (
        mark("replace", COPY, "四百里", "三百里"),
        replace(mark("remark", COPY, "雪线"), page=7, copy="别的一段", end=2),
    ))], PrintedCopy(COPY.paragraphs[:1], ())),
)  # fmt: skip
PICTURES = [PagePictures(b"page", b"soft", b"before")]


@pytest.fixture(scope="module")
def html() -> str:
    return proof_html(ROUND, PICTURES).decode()


class Elements(HTMLParser):
    """All elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, tag: str, kind: str = "") -> list[dict[str, str | None]]:
        """Those of that tag, and perhaps that class."""
        return [each for name, each in self.found if name == tag and kind in (each.get("class") or "")]


def test_the_same_round_gives_the_same_bytes(html: str) -> None:
    assert proof_html(ROUND, PICTURES).decode() == html


def test_its_policy_allows_its_own_script_and_nothing_from_elsewhere(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(each.strip().split(" ", 1) for each in policy[1].split(";"))
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert (len(scripts), rules["default-src"], rules["script-src"]) == (1, "'none'", f"'sha256-{digest}'")
    assert not re.search(r"https?://|//cdn|@import", html)


def test_nothing_that_an_issue_says_becomes_markup(html: str) -> None:
    elements = Elements(html)
    assert len(elements.of("script")) == 2
    assert "alert(1)" in html
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    read = json.loads(data[1])
    assert read["paragraphs"][1][3] == HOSTILE
    assert not [name for _, each in elements.found for name in each if name.startswith("on")]


def test_boxes_stand_where_they_are_on_the_trimmed_page(html: str) -> None:
    elements = Elements(html)
    first, second = elements.of("a", "box error")
    assert first["style"] == "left:10.000%;top:10.000%;width:20.000%;height:20.000%"
    assert first["href"] == second["href"] == "#finding-1"
    (region,) = elements.of("b", "box region")
    assert region["style"] == "left:5.000%;top:3.333%;width:5.000%;height:3.333%"  # less the bleed
    (earlier,) = elements.of("a", "earlier not-done")
    assert earlier["href"] == "#mark-1"


def test_every_link_leads_somewhere_and_every_id_is_there_once(html: str) -> None:
    elements = Elements(html)
    ids = [each["id"] for _, each in elements.found if "id" in each]
    assert len(ids) == len(set(ids))
    assert {each["href"] for each in elements.of("a")} <= {f"#{each}" for each in ids}
    assert {each["for"] for each in elements.of("label") if "for" in each} <= set(ids)


def test_lines_are_numbered_through_each_story_and_captions_come_last(html: str) -> None:
    lines = list(galley_lines(COPY))
    assert [(each.story, each.number) for each in lines] == [
        ("river", 1), ("river", 2), *(("river", number) for number in range(3, 3 + (len(HOSTILE) + 9) // 10)), ("", 1),
    ]  # fmt: skip
    assert html.index("<h3>river</h3>") < html.index("图说、报眉和版面文字")


def test_the_face_has_every_character_that_is_printed_and_those_that_may_be_typed(html: str) -> None:
    face = re.search(r"data:font/woff;base64,([^)]*)\)", html)
    assert face is not None
    codes = TTFont(io.BytesIO(base64.b64decode(face[1]))).getBestCmap()
    assert all(ord(char) in codes for char in "河水从雪线下来改正删除增补对调接排另起核实的了")
    assert len(codes) > 3500


def test_words_are_of_the_language_that_is_asked_for() -> None:
    english = proof_html(replace(ROUND, lang="en"), PICTURES).decode()
    assert "Download marks.json" in english
    assert "not done" in english
    shell = re.sub(r"<script.*?</script>|<style>.*?</style>|<img[^>]*>", "", english, flags=re.DOTALL)
    for words in ("下载", "长条样", "改正", "显示", "批注"):
        assert words not in shell
    table = tomllib.loads((files("layout.proof.proof_page") / "words.toml").read_text(encoding="utf-8"))
    assert all({"zh", "en"} == set(row) for section in table.values() for row in section.values())


def test_copy_that_has_no_place_can_be_read() -> None:
    over = Finding(
        "page.overset", Severity.ERROR, Message("溢文 3 字", "3 over"), page_no=1, amount={"words": "无处放<"}
    )
    assert '<p class="overset">无处放&lt;</p>' in proof_html(replace(ROUND, findings=(over,)), PICTURES).decode()


def test_without_a_round_before_there_is_nothing_of_it() -> None:
    alone = proof_html(replace(ROUND, difference=None, marks=()), [PagePictures(b"page", b"soft")]).decode()
    elements = Elements(alone)
    assert not elements.of("input", "before") + elements.of("input", "difference")
    assert 'id="changes"' not in alone
    assert 'id="earlier"' not in alone
