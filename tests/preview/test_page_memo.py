"""Only pages of which something has changed are made anew; what is known of each leads to the lines behind it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from layout import assets
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage
from layout.issue.model import Picture
from layout.pipeline import Built, InPlace, Options, build
from layout.pipeline.job import PageResult, PageTask
from layout.pipeline.progress import Reporter
from layout.pipeline.worker_tasks import page_task
from layout.preview.inspection_json import as_json
from layout.preview.page_files import PageFiles
from layout.preview.page_memo import DrawnReady, PageMemo, files_behind, page_key
from layout.preview.picture_order import picture_order
from pipeline.small_issue import make_issue

TWO = """
[[page]]
number = 2
title = "第二"
kind = "other"
stories = ["b.md"]
"""


class Followed:
    """An issue of two pages, and what is told of them while it is built."""

    def __init__(self, folder: Path):
        self.issue = make_issue(folder / "issue", "一段正文，写在横排的框里。")
        self.out = folder / "out"
        plan = self.issue / "issue.toml"
        plan.write_text(plan.read_text(encoding="utf-8") + TWO, encoding="utf-8")
        (self.issue / "b.md").write_text("---\nheadline: 乙\n---\n\n## 横\n第二篇。\n", encoding="utf-8")
        page = (self.issue / "plain" / "page.html").read_text(encoding="utf-8")
        (self.issue / "plain" / "other.html").write_text(page, encoding="utf-8")
        (folder / "pages").mkdir()
        self.files = PageFiles(folder / "pages")
        self.ready: list[DrawnReady] = []
        self.memo = PageMemo(InPlace(), self.files, self.ready.append, assisted=False)

    def build(self) -> tuple[Built, list[int]]:
        """Builds, and says which pages were made."""
        before = {number: self.memo.key(number) for number in (1, 2)}
        made = self.memo.made
        built = build(self.issue, Options(out=self.out, png=False, keep=False), workers=self.memo)
        changed = [number for number in (1, 2) if self.memo.key(number) != before[number]]
        assert self.memo.made - made <= len(changed)
        return built, changed


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    found = Followed(tmp_path_factory.mktemp("followed"))
    assert found.build()[1] == [1, 2]
    return found


def test_a_page_whose_copy_is_saved_is_made_and_the_other_is_not(followed: Followed) -> None:
    story = followed.issue / "b.md"
    text, key, made = story.read_text(encoding="utf-8"), followed.memo.key(2), followed.memo.made
    story.write_text(text.replace("第二篇", "第二篇稿"), encoding="utf-8")
    followed.ready.clear()
    built, changed = followed.build()
    assert (changed, followed.memo.made - made) == ([2], 1)
    assert {each.number for each in followed.ready} == {1, 2}
    assert built.pdf.read_bytes().startswith(b"%PDF")
    assert len(built.report["pages"]) == 2
    story.write_text(text, encoding="utf-8")
    assert followed.build()[1] == [2]
    assert (followed.memo.key(2), followed.memo.made - made) == (key, 1), "what was known is known still"


class Held(Executor):
    """Carries nothing out: the test says when a page is made."""

    def __init__(self) -> None:
        self.pages: list[Future[PageResult]] = []

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[Any]:
        del fn, args, kwargs
        self.pages.append(Future())
        return self.pages[-1]


def test_an_older_save_that_is_made_late_does_not_take_the_place_of_the_newer(
    followed: Followed, tmp_path: Path
) -> None:
    task, made = followed.memo.task(1), followed.memo.latest(1)
    assert task is not None
    assert made is not None
    newer = replace(task, job=replace(task.job, slug_note="later"))
    held, ready = Held(), list[DrawnReady]()
    memo = PageMemo(held, PageFiles(tmp_path), ready.append, assisted=False)
    for each in (task, newer):
        memo.submit(page_task, each, Reporter())
    for page in reversed(held.pages):
        page.set_result(replace(made, pdf=b"%PDF"))
    assert [each.key for each in ready] == [page_key(newer)]


def test_what_is_built_from_memory_is_what_is_built_anew(followed: Followed, tmp_path: Path) -> None:
    again = build(followed.issue, Options(out=tmp_path / "out", png=False, keep=False), workers=InPlace())
    known, _ = followed.build()
    assert known.pdf.read_bytes() == again.pdf.read_bytes()
    assert known.findings == again.findings


@pytest.mark.parametrize(
    ("name", "pages"), [("plain/page.css", [1, 2]), ("plain/page.html", [1]), ("plain/other.html", [2])]
)
def test_a_style_sheet_is_of_all_pages_and_a_template_of_its_own(
    followed: Followed, name: str, pages: list[int]
) -> None:
    path = followed.issue / name
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n", encoding="utf-8")
    try:
        assert followed.build()[1] == pages
    finally:
        path.write_text(text, encoding="utf-8")
        followed.build()


def test_what_a_template_includes_in_whatever_folder_and_a_picture_are_of_the_page(
    followed: Followed, tmp_path: Path
) -> None:
    task = followed.memo.task(1)
    assert task is not None
    design, picture = tmp_path / "plain", tmp_path / "a.jpg"
    (design / "parts").mkdir(parents=True)
    texts = {"page.html": '{% include "parts/head.html" %}', "parts/head.html": '{% include "foot.html" %}',
             "foot.html": "1", "other.html": "2", "parts/other.html": "3"}  # fmt: skip
    for name, text in texts.items():
        (design / name).write_text(text, encoding="utf-8")
    picture.write_bytes(b"1")
    pictures = (cast("Picture", SimpleNamespace(path=picture)),)

    def task_of(plan: PagePlan) -> PageTask:
        return replace(task, job=replace(task.job, design=design, plans=(plan,)))

    tasks = task_of(replace(task.plan, pictures=pictures)), task_of(replace(task.plan, auto=AutoPage()))

    def keys(path: Path) -> tuple[bool, bool]:
        """Whether a drawn page, and one that is made up, is another with other content in the file."""
        before = [page_key(each) for each in tasks]
        path.write_bytes(path.read_bytes() + b"!")
        drawn, made_up = (page_key(each) != old for each, old in zip(tasks, before, strict=True))
        return drawn, made_up

    assert {name: keys(design / name) for name in texts} == {
        "page.html": (True, True), "parts/head.html": (True, True), "foot.html": (True, True),
        "other.html": (False, True), "parts/other.html": (False, True),
    }  # fmt: skip
    assert keys(picture) == (True, False)
    shapes = assets.templates_dir() / "components" / "shapes"
    assert set(shapes.iterdir()) <= set(files_behind(tasks[1]))


def test_every_element_leads_to_the_line_that_writes_it(followed: Followed) -> None:
    result = followed.memo.latest(1)
    assert result is not None
    page = followed.memo.inspection(followed.memo.key(1))
    assert page is result.inspection
    assert page is not None
    template = (followed.issue / "plain" / "page.html").read_text(encoding="utf-8").splitlines()
    for element in (each for each in page.elements if each.key):
        assert element.place is not None
        assert element.place.file == "plain/page.html"
        line = template[(element.place.line or 0) - 1]
        assert line[(element.place.column or 0) - 1 :].startswith("<div class="), element
    level = next(each for each in page.frames if str(each.chain) == "a.section-1")
    assert (level.number, level.of, level.room, level.lines) == (1, 1, 20, 2)
    assert level.place is not None
    assert (level.place.file, level.place.line) == ("issue/a.md", 6)
    values = {each.name: (each.value, each.place) for each in level.values}
    css = (followed.issue / "plain" / "page.css").read_text(encoding="utf-8").splitlines()
    assert {name: values[name][0] for name in ("face", "size", "leading", "ink", "align")} == {
        "face": "Song-400、Hei-400", "size": "10", "leading": "15", "ink": "K100", "align": "justify",
    }  # fmt: skip
    for name, words in {
        "size": "font-size",
        "leading": "line-height",
        "align": "text-align",
        "face": "font-family",
    }.items():
        place = values[name][1]
        assert place is not None
        assert css[(place.line or 0) - 1][(place.column or 0) - 1 :].startswith(words), name
    rules = next(each for each in page.elements if each.key == level.id).rules
    assert [each.selector for each in rules] == ["*", ".level"]
    assert all(css[(each.place.line or 0) - 1].startswith(each.selector) for each in rules)
    assert {line.frame for line in page.lines} >= {level.id}


def test_a_page_can_be_inspected_as_json(followed: Followed) -> None:
    page = as_json(followed.memo.inspection(followed.memo.key(1)))
    assert isinstance(page, dict)
    assert isinstance(page["frames"], list)
    assert page["frames"][0]["chain"] == "a.headline"  # type: ignore[index,call-overload]
    with pytest.raises(TypeError):
        as_json(object())


def test_the_order_of_the_pictures_is_that_of_the_list(followed: Followed) -> None:
    task, made = followed.memo.task(1), followed.memo.latest(1)
    assert task is not None
    assert made is not None
    assert picture_order(task, made) == []
    assert followed.memo.task(7) is None
