"""Runs of pages in issue.toml: what they come to, and what is wrong with them."""

from pathlib import Path

import pytest

from issue.folder import PLAN, STORY, write
from layout.errors import LayoutError
from layout.issue import PagePlan, read_issue
from layout.issue.copy_against_plan import check_against_plan
from layout.issue.model import PageSpan
from layout.issue.runs import as_made, numbers_of, page_numbers, page_of_run

RUN = PLAN.replace('number = 2\ntitle = "履职"', 'pages = "2-5"\ntitle = "履职{n}"\nfillers = ["d.md"]')


def run_of(tmp_path: Path, plan: str = RUN) -> PagePlan:
    return read_issue(write(tmp_path, {"issue.toml": plan, "d.md": STORY})).pages[1]


def test_a_run_is_one_plan_with_a_queue(tmp_path: Path) -> None:
    page = run_of(tmp_path)
    assert page.run is not None
    assert page.run.span == PageSpan(2, 5)
    assert [story.id for story in page.stories] == ["b", "c"]
    assert [story.id for story in page.run.fillers] == ["d"]
    assert list(numbers_of(page)) == [2, 3, 4, 5]
    assert page.folio["title"].text == "履职1"


@pytest.mark.parametrize("written", ["2-5", "2–5", " 2 - 5 ", "2～5", "2至5"])
def test_the_numbers_may_be_written_as_people_write_them(tmp_path: Path, written: str) -> None:
    assert run_of(tmp_path, RUN.replace("2-5", written)).run == run_of(tmp_path).run


def test_a_run_may_have_as_many_pages_as_it_needs(tmp_path: Path) -> None:
    page = run_of(tmp_path, RUN.replace("2-5", "2-"))
    assert page.run is not None
    assert page.run.span == PageSpan(2, None)
    assert numbers_of(page)[0] == 2
    assert len(numbers_of(page)) == 200


def test_a_page_of_a_run_has_its_own_number_and_title(tmp_path: Path) -> None:
    issue = read_issue(write(tmp_path, {"issue.toml": RUN, "d.md": STORY}))
    plan = issue.pages[1]
    assert plan.run is not None
    page = page_of_run(plan, plan.run, 4, plan.stories[1:], ())
    assert (page.number, page.title, page.in_run, page.side) == (4, "履职3", 3, "left")
    assert page.folio["number"].text == "第4版"
    assert page.folio["title"].text == "履职3"
    assert page.folio["title"].paragraphs[0].place == plan.folio["title"].paragraphs[0].place
    made = as_made(issue, [issue.pages[0], page])
    assert page_numbers(made) == (1, 4)
    assert page_numbers(issue) == (1, 2, 3, 4, 5)


def test_a_run_that_was_not_made_stays_in_the_issue(tmp_path: Path) -> None:
    issue = read_issue(write(tmp_path, {"issue.toml": RUN, "d.md": STORY}))
    assert as_made(issue, [issue.pages[0]]).pages == issue.pages


@pytest.mark.parametrize(("typed", "told"), [("（下转第3版）", 0), ("（上接第2版）", 0), ("（下转第4版）", 1)])
def test_typed_jumps_are_held_against_the_pages_that_a_run_came_to(tmp_path: Path, typed: str, told: int) -> None:
    story = STORY.replace("共谋划", f"{typed}共谋划")
    issue = read_issue(write(tmp_path, {"issue.toml": RUN, "b.md": story, "d.md": STORY}))
    plan = issue.pages[1]
    assert plan.run is not None
    pages = [page_of_run(plan, plan.run, number, plan.stories[:1], ()) for number in (2, 3)]
    found = list(check_against_plan(as_made(issue, [issue.pages[0], *pages])))
    assert [finding.check for finding in found] == ["copy.typed_jump"] * told


LATER = '\n[[page]]\nnumber = 6\ntitle = "续"\nstories = ["{0}"]\ncontinues = ["{0}"]\n\n[[picture]]'


@pytest.mark.parametrize(
    ("old", "new", "words", "hint"),
    [
        ('"2-5"', '"5-2"', "不是连着的版次：5-2", '"2-5"'),
        ('"2-5"', '"二版起"', "不是连着的版次", '"2-"'),
        ('"2-5"', "2", "不是连着的版次", '"2-"'),
        ('"2-5"', '"1-5"', "第 1 版版次重复", "从小到大"),
        ('pages = "2-5"', 'pages = "2-5"\nnumber = 2', "不写 number", "删去 pages"),
        ('pages = "2-5"', 'pages = "2-5"\nthrough = 3', "不写 through", "删去"),
        ('pages = "2-5"', "number = 2", "fillers 只对连版、自动组版的版有用", 'pages = "2-5"'),
        ('pages = "2-5"\ntitle = "履职{n}"\nfillers = ["d.md"]', 'number = 2\ntitle = "履职{n}"', "{n} 只在", "连版"),
        ('["d.md"]', '["b.md"]', "b.md 用了两次", "删去"),
        ('["d.md"]', '["e.md"]', "找不到稿件 e.md", ""),
        ("[[picture]]", LATER.format("b.md"), "b.md 后面还排着别的稿件", "最后"),
        ('"2-5"', '"2-"', "后面不能再有版", '"2-5"'),
    ],
)
def test_what_is_wrong_with_a_run_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, words: str, hint: str
) -> None:
    plan = RUN.replace(old, new, 1)
    if "后面不能再有版" in words:
        plan = plan.replace("[[picture]]", LATER.format("more/c.md"), 1)
    with pytest.raises(LayoutError) as raised:
        read_issue(write(tmp_path, {"issue.toml": plan, "d.md": STORY}))
    faults = [fault for fault in raised.value.faults() if words in fault.message.zh]
    assert faults, [fault.message.zh for fault in raised.value.faults()]
    assert faults[0].place is not None
    assert faults[0].place.line
    assert faults[0].hint is not None
    assert hint in faults[0].hint.zh
    assert faults[0].exit_code == 3


def test_a_story_may_go_on_after_a_run_where_it_is_the_last_of_it(tmp_path: Path) -> None:
    plan = RUN.replace("[[picture]]", LATER.format("more/c.md"), 1)
    issue = read_issue(write(tmp_path, {"issue.toml": plan, "d.md": STORY}))
    assert issue.pages[2].turns["c.from"].text == "上接第2版"
