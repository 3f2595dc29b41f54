"""Stories that are killed at press time: issue.toml names them at its top, and nothing else of it changes."""

from pathlib import Path

import pytest

from issue.folder import PLAN, STORY, write
from issue.test_auto_pages import AUTO, FILES
from layout.errors import LayoutError
from layout.issue import Issue, read_issue

HEAD = 'press = "newsprint-coldset"\n'
JUMPING = PLAN.replace(
    'stories = ["b.md", "more/c.md"]', 'stories = ["b.md", "a.md", "more/c.md"]\ncontinues = ["a.md"]'
)
RUN = PLAN.replace('number = 2\ntitle = "履职"', 'pages = "2-3"\ntitle = "履职{n}"\nfillers = ["e.md"]')


def _killing(plan: str, *names: str) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return plan.replace(HEAD, f"{HEAD}killed = [{listed}]\n", 1)


def _issue(top: Path, plan: str, **changes: str | None) -> Issue:
    named = {name.replace("_", "."): content for name, content in changes.items()}
    return read_issue(write(top, {**FILES, "d.md": None, "e.md": None, "issue.toml": plan, **named}))


def _refused(top: Path, plan: str) -> tuple[str, int | None]:
    with pytest.raises(LayoutError) as raised:
        _issue(top, plan)
    (fault,) = raised.value.faults()
    assert fault.hint is not None
    assert fault.place is not None
    return fault.message.en, fault.place.line


def test_a_killed_story_is_on_no_page_and_its_jumps_go(tmp_path: Path) -> None:
    whole = _issue(tmp_path / "1", JUMPING)
    assert set(whole.pages[0].turns) == {"a.to"}
    with_another = JUMPING.replace('stories = ["a.md"]', 'stories = ["a.md", "d.md"]')
    issue = _issue(tmp_path / "2", _killing(with_another, "a.md"), d_md=STORY)
    assert [[story.id for story in page.stories] for page in issue.pages] == [["d"], ["b", "c"]]
    assert [(page.turns, page.continues) for page in issue.pages] == [({}, ()), ({}, ())]
    assert issue.killed == ("a.md",)


@pytest.mark.parametrize("there", [True, False])
def test_its_file_may_stay_or_go(tmp_path: Path, there: bool) -> None:
    issue = _issue(tmp_path, _killing(PLAN, "b.md"), b_md=STORY if there else None)
    assert [story.id for story in issue.stories] == ["a", "c"]


def test_one_that_no_page_names_is_not_told_as_forgotten(tmp_path: Path) -> None:
    plan = _killing(PLAN.replace('"b.md", ', ""), "b.md")
    assert [story.id for story in _issue(tmp_path, plan).stories] == ["a", "c"]


@pytest.mark.parametrize("name", ["./b.md", "more/../b.md"])
def test_it_is_known_by_its_file_however_it_is_written(tmp_path: Path, name: str) -> None:
    assert [story.id for story in _issue(tmp_path, _killing(PLAN, name)).stories] == ["a", "c"]


def test_a_killed_filler_fills_no_run(tmp_path: Path) -> None:
    run = _issue(tmp_path, _killing(RUN, "e.md"), e_md=STORY).pages[1].run
    assert run is not None
    assert run.fillers == ()


def test_of_a_page_that_is_made_up_pool_fillers_pins_and_pictures_go(tmp_path: Path) -> None:
    issue = read_issue(write(tmp_path, {**FILES, "issue.toml": _killing(AUTO, "more/c.md", "d.md", "e.md")}))
    page = issue.pages[1]
    assert page.auto is not None
    assert ([story.id for story in page.stories], page.pictures) == (["b"], ())
    assert (page.auto.pool, page.auto.pins) == ((), ())
    assert [each.id for each in page.auto.fillers] == ["bridge"]
    assert [each.id for each in page.auto.reserves] == ["advert", "guide"]


def test_its_picture_is_no_filler_and_none_that_may_be_left_out(tmp_path: Path) -> None:
    plan = AUTO.replace('fillers = ["e.md", "bridge"]', 'fillers = ["e.md", "bridge"]\noptional = ["river"]')
    plan = plan.replace('id = "bridge"\n', 'id = "bridge"\nstory = "d.md"\n')
    page = read_issue(write(tmp_path, {**FILES, "issue.toml": _killing(plan, "more/c.md", "d.md")})).pages[1]
    assert page.auto is not None
    assert [each.id for each in page.auto.fillers] == ["e"]
    assert (page.pictures, page.optional) == ((), ())


def test_a_pin_beside_a_killed_story_keeps_what_else_it_says(tmp_path: Path) -> None:
    plan = _killing(AUTO, "b.md")
    page = read_issue(write(tmp_path, {**FILES, "issue.toml": plan})).pages[1]
    assert page.auto is not None
    (pin,) = page.auto.pins
    assert (pin.story, pin.stands_as, pin.columns, pin.beside) == ("c", "box", 3, None)
    assert pin.place.line == plan.splitlines().index("[[page.pin]]") + 1


def test_one_that_only_said_beside_it_goes(tmp_path: Path) -> None:
    plan = AUTO.replace('as = "box"\ncolumns = 3\nat = "foot"\n', "")
    page = read_issue(write(tmp_path, {**FILES, "issue.toml": _killing(plan, "b.md")})).pages[1]
    assert page.auto is not None
    assert page.auto.pins == ()


def test_where_all_stories_of_such_a_page_are_killed_the_pool_steps_in(tmp_path: Path) -> None:
    page = read_issue(write(tmp_path, {**FILES, "issue.toml": _killing(AUTO, "b.md", "more/c.md")})).pages[1]
    assert page.auto is not None
    assert ([story.id for story in page.stories], page.auto.pool) == (["d"], ())


def test_a_page_of_which_nothing_is_left_is_told(tmp_path: Path) -> None:
    assert _refused(tmp_path, _killing(PLAN, "a.md")) == ("All stories of this page are killed.", 15)


def test_a_misspelt_name_is_told_for_its_story_would_be_printed(tmp_path: Path) -> None:
    message, line = _refused(tmp_path / "1", _killing(PLAN, "bb.md"))
    assert (message, line) == ("bb.md, which is to be killed, is on no page and no file of the issue.", 5)
    with pytest.raises(LayoutError) as raised:
        _issue(tmp_path / "2", _killing(PLAN, "hill"))
    assert "pictures" in (raised.value.faults()[0].hint or "").lines("en")[0]  # type: ignore[union-attr]


def test_a_picture_whose_caption_went_with_a_killed_story_is_told(tmp_path: Path) -> None:
    plan = AUTO.replace('pictures = ["river"]', 'pictures = ["river", "delta"]').replace(
        'id = "river"\n', 'id = "river"\ngroup = "water"\n'
    )
    plan += '\n[[picture]]\nid = "delta"\ngroup = "water"\nfile = "photos/hill.jpg"\n'
    with pytest.raises(LayoutError) as raised:
        read_issue(write(tmp_path, {**FILES, "issue.toml": _killing(plan, "more/c.md")}))
    (fault,) = raised.value.faults()
    assert "shares its caption with delta" in fault.message.en
