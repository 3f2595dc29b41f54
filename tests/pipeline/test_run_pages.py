"""What is put on the pages of a run, tried on pages of plain numbers: lines, less for pictures and headlines."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest

from layout.checks import Finding
from layout.copyfit.model import ComposedPage, Share
from layout.copyfit.scores import VariantName, VariantScore
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.pour import Rest
from layout.geometry import Box
from layout.issue import PagePlan, Picture
from layout.issue.model import PageRun, PageSpan
from layout.manuscript.cutting import after
from layout.manuscript.model import FrozenMap, Paragraph, Run, Section, Story, Text
from layout.manuscript.story_parts import story_parts
from layout.page.frames import Band, MeasuredPage
from layout.pipeline.continuations import Turned
from layout.pipeline.design_words import TurnWords
from layout.pipeline.job import Job, PageTask
from layout.pipeline.run_pages import TRIES, PageDraft, RunPages
from layout.pipeline.run_pictures import count_near, fewer_than, parts_group
from layout.pipeline.turn_limits import LEAST
from soak import amount

LINES, MEASURE, HEADLINE, PICTURE, GIVES = 100, 10, 8, 20, 4
"""Lines of a page, characters of a line, the lines that a headline and a picture take, and that a picture gives."""
PLACE = Place("issue.toml", 1)
BAND = Band("main", "main", Box(0, 0, 100, 10.0 * LINES), 0, 0)


def text(flow: str, words: str) -> Text:
    return Text(Flow.parse(flow), (Paragraph("body", (Run(words, PLACE),)),) if words else ())


def story(name: str, lines: int) -> Story:
    """A story whose copy takes so many lines; every character says where it stands."""
    words = "".join(chr(0x4E00 + number % 20_000) for number in range(lines * MEASURE))
    section = Section(text(f"{name}.section-0.heading", ""), text(f"{name}.section-0", words))
    known = {"headline": text(f"{name}.headline", "题"), "words": FrozenMap[Text](), "sections": (section,)}
    rows = [row for row in story_parts().values() if row.is_copy]
    parts = ((row.name, known.get(row.name, text(f"{name}.{row.name}", ""))) for row in rows)
    return Story(name, f"{name}.md", FrozenMap(parts))


def body(story: Story) -> Text:
    """Its copy."""
    return story.sections[0].body


def picture(name: str) -> Picture:
    empty = Text(Flow.parse(f"picture.{name}.caption"), ())
    return Picture(name, Path(name), name, empty, empty, (0.5, 0.5), "", PLACE)


def queue(*shots: str) -> tuple[Picture, ...]:
    """Pictures by what they say of themselves: ``lead``, the name of their group, or nothing."""
    return tuple(
        replace(picture(f"p{number}"), leads=shot == "lead", group=shot.replace("lead", ""))
        for number, shot in enumerate(shots)
    )


def plan(span: PageSpan, stories: Sequence[Story], pictures: int = 0, fillers: Sequence[Story] = ()) -> PagePlan:
    run = PageRun(span, "续{n}", tuple(fillers))
    shots = tuple(picture(f"p{number}") for number in range(pictures))
    return PagePlan(span.first, "续1", "page", tuple(stories), shots, {}, PLACE, run=run)


def composed(page: PagePlan, hold: dict[Chain, int]) -> ComposedPage:
    """The page as it would come out."""
    room = LINES - PICTURE * len(page.pictures)
    slack, shares, unset, rest = GIVES * len(page.pictures), {}, {}, Rest()
    cost = 0.0
    for each in page.stories:
        room -= HEADLINE if each.headline else 0
        chain, turns = Chain((body(each).flow,)), f"{each.id}.to" in page.turns
        lines = -(-len(body(each).text) // MEASURE)
        held = min(lines, max(0, hold.get(chain, room) if turns else room + slack))
        room -= held
        if held < lines:
            left = after(body(each), 0, held * MEASURE)
            if turns:
                rest = Rest({body(each).flow: left}, frozenset({body(each).flow}))
            else:
                unset[body(each).flow] = left
                cost += 10_000.0 * (lines - held)
        shares[chain] = Share(held, held - lines if not turns else 0, 10.0 * MEASURE, turns, held, lines - held)
    empty = max(0, room - slack)
    area = Box(0, 0, 100, 10.0 * LINES)
    measured = MeasuredPage(page.number, 100, area.height, area, 10, area.height - 10 * empty, (), (), (), (BAND,))
    scores = (VariantScore(VariantName("page"), cost + 3_000.0 * empty, (), chosen=True),)
    return ComposedPage(measured, (), (), (), scores, rest, unset, shares=shares)


@dataclass
class Made:
    """A run that was made: its pages, what is told, and how many pages were tried for it."""

    pages: list[PagePlan]
    composed: list[ComposedPage]
    findings: list[Finding]
    tried: list[int]

    def copy_of(self, name: str) -> str:
        """The characters of a story that stand on the pages, in order."""
        return "".join(body(s).text for page in self.pages for s in page.stories if s.id == name)

    def lines(self, page: int) -> int:
        return sum(share.lines for share in self.composed[page].shares.values())

    def checks(self) -> list[str]:
        return [finding.check for finding in self.findings]


def made(planned: PagePlan, leads_to: int | None = None, turned: Turned | None = None) -> Made:
    turned = turned or Turned()
    run, result = RunPages(planned, TurnWords({}), Path("none"), leads_to), Made([], [], [], [])
    while not run.done:
        tried: list[PageDraft] = []
        while (proposed := run.proposed(tried, turned)) is not None:
            task = PageTask(cast(Job, None), whole=False, build="", cache=None, spare=Path())
            tried.append(PageDraft(proposed, task, composed(proposed.page, dict(proposed.hold or {}))))
        best = min(tried, key=lambda each: each.cost)
        result.findings += run.take(best, turned).remarks
        kept = Turned(stories=dict(turned.stories)).take(best.proposed.page, best.composed)
        result.pages.append(kept)
        result.composed.append(best.composed)
        result.tried.append(len(tried))
    return result


def turned_stories(result: Made) -> Iterator[tuple[int, int]]:
    """Lines of every turned story on each of its pages."""
    for page, out in zip(result.pages, result.composed, strict=True):
        for each in page.stories:
            if {f"{each.id}.to", f"{each.id}.from"} & set(page.turns):
                yield page.number, out.shares[Chain((body(each).flow,))].lines


def test_a_story_runs_over_as_many_pages_as_it_needs() -> None:
    long = story("a", 350)
    result = made(plan(PageSpan(2, None), [long]))
    assert [page.number for page in result.pages] == [2, 3, 4, 5]
    assert [page.title for page in result.pages] == ["续1", "续2", "续3", "续4"]
    assert result.copy_of("a") == body(long).text
    assert [result.lines(number) for number in range(4)] == [92, 100, 100, 58]
    assert [page.ends_run for page in result.pages] == [False, False, False, True]
    lines = [{name: line.text for name, line in page.turns.items()} for page in result.pages]
    assert lines == [
        {"a.to": "下转第3版"},
        {"a.from": "上接第2版", "a.to": "下转第4版"},
        {"a.from": "上接第3版", "a.to": "下转第5版"},
        {"a.from": "上接第4版"},
    ]
    assert result.checks() == ["page.run_short"]


def test_the_next_story_begins_where_the_last_ends() -> None:
    result = made(plan(PageSpan(1, None), [story("a", 140), story("b", 100)]))
    assert [[each.id for each in page.stories] for page in result.pages] == [["a"], ["a", "b"], ["b"]]
    assert result.pages[1].continues == ("a",)
    assert list(result.pages[1].turns) == ["a.from", "b.to"]


@pytest.mark.parametrize("over", range(1, 12))
def test_no_side_of_a_turned_story_has_fewer_than_five_lines(over: int) -> None:
    """Three lines that are left over are taken in by a page whose pictures can give way, or more is kept back."""
    for pictures in (0, 1, 3):
        result = made(plan(PageSpan(1, None), [story("a", 92 - 20 * (pictures > 0) + over), story("b", 60)], pictures))
        assert all(lines >= LEAST for _, lines in turned_stories(result)), (over, pictures)


def test_pictures_are_spread_over_the_pages_and_the_last_has_one() -> None:
    result = made(plan(PageSpan(1, None), [story("a", 800)], 6))
    assert [picture.id for page in result.pages for picture in page.pictures] == [f"p{number}" for number in range(6)]
    counts = [len(page.pictures) for page in result.pages]
    assert max(counts) == 1
    assert counts[0] == counts[-1] == 1


def test_pictures_of_one_caption_come_to_one_page_and_each_page_has_one_that_leads() -> None:
    planned = plan(PageSpan(1, None), [story("a", 500)])
    result = made(replace(planned, pictures=queue("", "a", "a", "lead", "lead", "b", "b")))
    shots = [[shot.id for shot in page.pictures] for page in result.pages]
    assert [name for page in shots for name in page] == [f"p{number}" for number in range(7)]
    assert ["p1", "p2"] in [page[:2] for page in shots] or ["p1", "p2"] in [page[-2:] for page in shots]
    assert not any({"p3", "p4"} <= set(page) for page in shots)
    assert all(("p5" in page) == ("p6" in page) for page in shots)


def test_a_queue_is_cut_where_no_group_is_parted() -> None:
    shots = queue("a", "a", "", "b", "b", "b")
    assert [count for count in range(7) if not parts_group(shots, count)] == [0, 2, 3, 6]
    assert [fewer_than(count, shots) for count in range(1, 7)] == [0, 0, 2, 3, 3, 3]
    assert [count_near(count, shots, lambda _: True, all_left=False) for count in range(7)] == [0, 0, 2, 3, 3, 6, 6]
    assert count_near(6, shots, lambda count: count < 5, all_left=True) == 3
    assert count_near(6, shots, lambda _: False, all_left=True) == 6
    assert count_near(2, queue("lead", "lead", ""), lambda _: True, all_left=False) == 1
    assert count_near(3, queue("lead", "lead", ""), lambda _: True, all_left=True) == 3


def test_fillers_close_the_last_page_in_their_order_and_those_too_long_are_passed_over() -> None:
    fillers = [story("f", 30), story("g", 60), story("h", 14), story("i", 80)]
    result = made(plan(PageSpan(1, None), [story("a", 130)], fillers=fillers))
    assert [each.id for each in result.pages[-1].stories] == ["a", "f", "h"]
    assert result.checks() == ["page.filler", "page.filler"]
    assert result.tried[-1] <= TRIES + len(fillers)


def test_a_run_that_is_too_short_says_how_much_is_left() -> None:
    result = made(plan(PageSpan(2, 3), [story("a", 250), story("b", 50)]))
    assert [page.number for page in result.pages] == [2, 3]
    found = next(finding for finding in result.findings if finding.check == "page.run_over")
    lost = 250 - result.lines(0) - result.lines(1)
    assert found.amount == {"characters": 10 * (50 + lost), "pages": 2}
    assert found.hint is not None
    assert 'pages = "2-5"' in found.hint.zh


def test_a_story_may_go_on_after_the_run_and_come_from_before_it() -> None:
    long, turned = story("a", 300), Turned(standing={"a": 1})
    turned.stories["a"] = long
    before = replace(plan(PageSpan(2, 3), [long]), continues=("a",))
    result = made(before, leads_to=7, turned=turned)
    assert [page.turns["a.from"].text for page in result.pages] == ["上接第1版", "上接第2版"]
    assert result.pages[-1].turns["a.to"].text == "下转第7版"
    assert not result.checks()
    assert result.copy_of("a") + body(turned.stories["a"]).text == body(long).text


def test_a_page_that_holds_nothing_ends_the_run() -> None:
    result = made(plan(PageSpan(1, None), [story("a", 50)], 5))
    assert len(result.pages) <= 2
    silent = plan(PageSpan(1, None), [story("a", 500)])
    silent = replace(silent, stories=(replace(silent.stories[0]),))
    assert len(made(silent).pages) < 10


@pytest.mark.soak
def test_any_queue_is_told_or_stands_whole_and_in_order() -> None:
    draw = random.Random(20260204)
    for _ in range(amount(sample=60, full=3_000)):
        stories = [story(f"s{number}", draw.choice([3, 12, 40, 95, 130, 310])) for number in range(draw.randint(1, 6))]
        fillers = [story(f"f{number}", draw.choice([4, 15, 35])) for number in range(draw.randint(0, 3))]
        last = draw.choice([None, 3, 9])
        result = made(plan(PageSpan(2, last), stories, draw.randint(0, 6), fillers))
        assert max(result.tried) <= TRIES + len(fillers)
        if "page.run_over" in result.checks():
            continue
        assert last is None or result.pages[-1].number <= last
        for each in stories:
            assert result.copy_of(each.id) == body(each).text
        named = [each.id for page in result.pages for each in page.stories if each.id not in page.continues]
        assert [name for name in named if name[0] == "s"] == [each.id for each in stories]
        for number, (page, out) in enumerate(zip(result.pages, result.composed, strict=True)):
            full = out.page.content_bottom >= out.page.type_area.bottom - 10 * LEAST
            assert full or page.ends_run or not page.turns.get(f"{page.stories[-1].id}.to"), number
        few = [lines for _, lines in turned_stories(result) if lines < LEAST]
        assert not few


def test_a_story_that_ends_by_itself_ends_the_page_where_the_next_takes_its_lines() -> None:
    """The first of two stories just fills its page; beside the headline of the next it would lose lines of its own."""
    stories = [story("a", LINES - HEADLINE), story("b", 60)]
    run, turned = RunPages(plan(PageSpan(1, None), stories), TurnWords({}), Path("none")), Turned()
    tried: list[PageDraft] = []
    for lost in (0, 20, 0):
        proposed = run.proposed(tried, turned)
        assert proposed is not None
        page = composed(proposed.page, {})
        chain = Chain((body(stories[0]).flow,))
        page = replace(page, shares={**page.shares, chain: replace(page.shares[chain], over=lost)})
        task = PageTask(cast(Job, None), whole=False, build="", cache=None, spare=Path())
        tried.append(PageDraft(proposed, task, page))
    assert [(each.choice.stories, each.choice.turning) for each in tried] == [(1, True), (2, True), (1, False)]
    assert min(tried, key=lambda each: each.cost) is tried[-1]
