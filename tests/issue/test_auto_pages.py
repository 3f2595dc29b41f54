"""Pages that are made up, in issue.toml: what they come to, and what is wrong with them."""

from pathlib import Path

import pytest

from issue.folder import PLAN, STORY, write
from layout.design.template_context import page_context
from layout.errors import LayoutError
from layout.issue import Issue, PagePlan, read_issue
from layout.issue.auto_page import Pin, Reserve

AUTO = PLAN.replace('press = "newsprint-coldset"\n', 'press = "newsprint-coldset"\nsheet = "tabloid"\n').replace(
    'kind = "inner"\nstories = ["b.md", "more/c.md"]\n',
    """kind = "auto"
stories = ["b.md", "more/c.md"]
pictures = ["river"]
pool = ["d.md"]
fillers = ["e.md", "bridge"]
arrangement = "b 5 lead-plain 60x1 / c 5 third-headline 21x1"

[[page.reserve]]
id = "advert"
columns = 2
rows = 20
at = "foot right"
file = "photos/advert.pdf"

[[page.reserve]]
id = "guide"
columns = 1
rows = 12
at = "top"

[[page.pin]]
story = "more/c.md"
as = "box"
columns = 3
at = "foot"
beside = "b.md"
""",
)
AUTO += """
[[picture]]
id = "river"
file = "photos/hill.jpg"
story = "more/c.md"
caption = "河"
credit = "王五 摄"

[[picture]]
id = "bridge"
file = "photos/hill.jpg"
caption = "桥"
credit = "王五 摄"
"""
FILES = {"issue.toml": AUTO, "d.md": STORY, "e.md": STORY, "photos/advert.pdf": b"not opened here"}


def issue_of(folder: Path, plan: str = AUTO) -> Issue:
    return read_issue(write(folder, {**FILES, "issue.toml": plan}))


def page_of(folder: Path) -> PagePlan:
    return issue_of(folder).pages[1]


def test_what_an_editor_says_of_a_page(tmp_path: Path) -> None:
    page = page_of(tmp_path)
    assert page.auto is not None
    assert [story.id for story in page.stories] == ["b", "c"]
    assert [story.id for story in page.auto.pool] == ["d"]
    assert [each.id for each in page.auto.fillers] == ["e", "bridge"]
    assert page.auto.arrangement == "b 5 lead-plain 60x1 / c 5 third-headline 21x1"
    assert page.auto.place is not None
    assert (page.auto.place.line, page.auto.place.column) == (26, 16)
    assert [(each.id, each.story) for each in page.pictures] == [("river", "c")]


def test_reserves_and_pins_are_values_with_their_lines(tmp_path: Path) -> None:
    auto = page_of(tmp_path).auto
    assert auto is not None
    file = tmp_path.resolve() / "small" / "photos" / "advert.pdf"
    advert, guide = auto.reserves
    assert advert == Reserve("advert", 2, 20, ("foot", "right"), "photos/advert.pdf", file, advert.place)
    assert guide == Reserve("guide", 1, 12, ("top",), "", None, guide.place)
    (pin,) = auto.pins
    assert pin == Pin("c", "box", 3, "foot", "b", pin.place)
    assert [each.place.line for each in (advert, guide, pin)] == [28, 35, 41]


RUN = AUTO.replace("number = 2", 'pages = "2-4"')


def test_no_arrangement_of_a_run_is_written(tmp_path: Path) -> None:
    with pytest.raises(LayoutError) as caught:
        issue_of(tmp_path, RUN)
    (fault,) = caught.value.faults()
    assert "arrangement" in fault.message.zh
    assert fault.place is not None
    assert fault.place.line == RUN[: RUN.index("arrangement")].count("\n") + 1


def test_the_pages_of_a_run_have_the_pins_of_their_own_stories(tmp_path: Path) -> None:
    """Those of the pool have theirs on the last page."""
    plan = "\n".join(line for line in RUN.splitlines() if not line.startswith("arrangement"))
    auto = issue_of(tmp_path, plan + '\n[[page.pin]]\nstory = "d.md"\nat = "foot"\n').pages[1].auto
    assert auto is not None
    assert [pin.story for pin in auto.on_page({"c", "b"}, first=True, last=False).pins] == ["c"]
    assert [pin.story for pin in auto.on_page({"a"}, first=False, last=True).pins] == ["d"]


def test_a_page_of_another_kind_is_not_made_up(tmp_path: Path) -> None:
    assert issue_of(tmp_path).pages[0].auto is None


def test_a_template_sees_the_sheet(tmp_path: Path) -> None:
    issue = issue_of(tmp_path)
    assert issue.sheet == "tabloid"
    assert page_context(issue, issue.pages[0])["issue"].sheet == "tabloid"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "words", "hint"),
    [
        ('"tabloid"', '"berliner"', "sheet 只能是", 'sheet = "tabloid"'),
        ('"foot right"', '"foot top"', "at 不是版边：foot top", "top right"),
        ('"foot right"', '"bottom"', "at 不是版边：bottom", "foot（下）"),
        ('"foot right"', '"foot right left"', "at 不是版边", "top right"),
        ("columns = 2\n", "columns = 0\n", "columns 是 0，应当不小于 1", "[[page.reserve]] 里写：columns = 2"),
        ("columns = 2\n", "", "缺 columns 这一项", "在这个 [[page.reserve]] 下面加一行：columns = 2"),
        ("columns = 2\n", "colums = 2\n", "没有 colums 这一项", "是不是 columns"),
        ('as = "box"', 'as = "second"', "as 只能是", 'as = "box"'),
        ('as = "box"', 'az = "box"', "没有 az 这一项", "可用的有：story、as、"),
        ('at = "foot"\n', 'at = "middle"\n', "at 只能是", "[[page.pin]] 里写"),
        ('story = "more/c.md"\nas', 'story = "x.md"\nas', "x.md 不在这一版的 stories、pool 里", ""),
        ('beside = "b.md"', 'beside = "a.md"', "a.md 不在这一版的 stories、pool 里", ""),
        ('beside = "b.md"', 'beside = "more/c.md"', "不能和自己并排", "另一篇"),
        ('as = "box"\ncolumns = 3\nat = "foot"\nbeside = "b.md"', "", "什么也没定", "beside"),
        ('beside = "b.md"', 'beside = "b.md"\n[[page.pin]]\nstory = "more/c.md"\ncolumns = 2', "钉了两次", "合成"),
        ('as = "box"', 'as = "lead"\n[[page.pin]]\nstory = "b.md"\nas = "lead"', "只有一个头条", "留下"),
        ('id = "guide"', 'id = "advert"', "advert 这个名字已经用了", "换一个"),
        ('id = "guide"', 'id = "c"', "c 这个名字已经用了", "换一个"),
        ('id = "guide"', 'id = "river"', "river 这个名字已经用了", "换一个"),
        ('file = "photos/advert.pdf"', 'file = "photos/adver.pdf"', "adver.pdf", "advert.pdf"),
        ('pool = ["d.md"]', 'pool = ["b.md"]', "b.md 用了两次", "留下"),
        ('pool = ["d.md"]', "", "d.md 没有上版", "stories"),
        ('"e.md", "bridge"', '"e.md", "brigde"', "没有图片 brigde", "bridge"),
        ('"e.md", "bridge"', '"e.md", "bridge", "river"', "river 用了两次", "留下"),
        ('story = "more/c.md"\ncaption', 'story = "a.md"\ncaption', "随的稿件 a.md 不在它那一版", ""),
        ('kind = "auto"', 'kind = "inner"', "pool 只对自动组版的版", 'kind = "auto"'),
        ('arrangement = "b 5 lead-plain 60x1 / c 5 third-headline 21x1"', "arrangement = 3", "arrangement 应当是", ""),
        ("focus = [0.25, 1]", 'focus = [0.25, 1]\nstory = "a.md"', "story 只对自动组版的版", "删去"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, old: str, new: str, words: str, hint: str) -> None:
    assert AUTO.count(old) >= 1
    plan = AUTO.replace(old, new, 1)
    with pytest.raises(LayoutError) as caught:
        issue_of(tmp_path, plan)
    said = [(each.message.zh, each.hint.zh if each.hint else "", each.place) for each in caught.value.faults()]
    found = [each for each in said if words in each[0]]
    assert found, said
    assert hint in found[0][1]
    assert found[0][2] is not None
    assert found[0][2].line
