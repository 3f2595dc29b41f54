"""The sample issue: its manuscript is the copy as received, character for character."""

import re
import tomllib
from collections import Counter

import pytest

from layout import assets
from layout.issue import read_issue

FOLDER = assets.root() / "issues" / "tunliu-2026"


@pytest.fixture(scope="module")
def issue():
    return read_issue(FOLDER)


@pytest.fixture(scope="module")
def received():
    return (FOLDER / "as-received.txt").read_text("utf-8")


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_no_character_is_lost_or_added(issue, received):
    (story,) = issue.stories
    ours = bare("".join(text.text for text in story.texts()))
    assert len(ours) == 2123
    assert Counter(ours) == Counter(bare(received))


def test_the_running_copy_is_in_order(issue, received):
    (story,) = issue.stories
    sections = [text for section in story.sections for text in (section.heading, section.body)]
    running = "".join(text.text for text in [story.lede, *sections, story.closing, story.text("credits")])
    assert bare(running) in bare(received)


def test_every_other_text_stands_in_the_copy_as_a_line(issue, received):
    (story,) = issue.stories
    lines = received.split("\n")
    for text in [story.headline, story.text("credits"), *story.parts["words"].values()]:
        assert text.text in lines


def test_column_breaks_are_joined_and_paragraphs_kept(issue):
    (story,) = issue.stories
    assert len(story.sections) == 4
    for text in [story.lede, *(section.body for section in story.sections), story.closing]:
        (paragraph,) = text.paragraphs
        assert paragraph.text[-1] in "。！"


def test_figures_are_the_six_chosen(issue):
    (story,) = issue.stories
    assert [figure.quotation for figure in story.figures] == [
        "重点项目332个",
        "总投资893亿元",
        "开工率77.5%",
        "新增停车位2500个",
        "195.7公里农村公路",
        "采煤沉陷耕地治理恢复9177亩",
    ]


def test_pictures_pretend_nothing_and_name_their_makers(issue):
    rows = tomllib.loads((assets.images_dir() / "CREDITS.toml").read_text("utf-8"))["photo"]
    credits = {row["file"]: row["credit"] for row in rows}
    assert len(issue.pictures) >= 5
    for picture in issue.pictures:
        assert re.search("（(资料图片|示意图)）$", picture.caption.text)
        assert "屯留" not in picture.caption.text + picture.alt
        assert picture.credit.text == credits[picture.source.removeprefix("images:")]


def test_the_page(issue):
    (page,) = issue.pages
    assert (issue.title, issue.press, issue.design) == ("长治两会特刊·屯留", "newsprint-coldset", "lianghui-broadsheet")
    assert [text.text for text in page.folio.values()] == ["第1版", "两会特刊", "2026年2月5日 星期四"]
