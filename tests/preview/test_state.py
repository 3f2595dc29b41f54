"""The preview keeps the last good page, whatever happens after it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from layout.checks import Finding, Severity
from layout.errors import Faults, LayoutError, ManuscriptError, Message, Place, PrintError, TemplateError
from layout.preview.excerpt import LONGEST, Excerpts
from layout.preview.state import PreviewState, ShownPage
from layout.preview.worker import Builder, Worker
from patience import PATIENCE, until

PAGE = {"number": 5, "title": "两会特刊", "geometry": {"width": 1105.5}, "lines": 190, "changes": []}
SHOWN = ShownPage(5, "两会特刊", "k1")


@dataclass
class Page:
    """A build that came out well."""

    report: dict[str, Any] = field(default_factory=lambda: {"pages": [PAGE]})
    findings: tuple[Finding, ...] = ()


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def state() -> PreviewState:
    return PreviewState("zh", lambda place: [{"number": place.line, "text": "……", "here": True}])


def fault(sentence: str = "标题没有写完") -> TemplateError:
    return TemplateError(
        Message(sentence, "unfinished"), place=Place("page.html", 12, 3), hint=Message("补上", "finish it")
    )


def test_begins_without_a_page(state: PreviewState) -> None:
    shown = state.as_json()
    assert (shown["phase"], shown["edition"], shown["pages"]) == ("setting", 0, [])


def test_a_page_is_shown_as_soon_as_it_is_finished_and_its_findings_when_it_is_checked(
    state: PreviewState, page: Page
) -> None:
    page.findings = (Finding("copyfit.runt", Severity.WARNING, Message("单字成行", "runt"), page_no=5),)
    state.begin()
    state.show(SHOWN)
    assert state.as_json()["pages"] == [{"number": 5, "title": "两会特刊", "key": "k1"}]
    assert (state.as_json()["phase"], state.as_json()["findings"]) == ("setting", [])
    state.good(page)
    shown = state.as_json()
    assert (shown["phase"], shown["edition"]) == ("good", 1)
    assert shown["report"] == [{"number": 5, "changes": []}]
    assert shown["findings"][0]["message"] == "单字成行"


def test_a_failed_build_leaves_the_last_good_pages_and_findings(state: PreviewState, page: Page) -> None:
    page.findings = (Finding("copyfit.runt", Severity.WARNING, Message("单字成行", "runt"), page_no=5),)
    state.show(SHOWN)
    state.good(page)
    state.begin()
    state.bad([fault()])
    shown = state.as_json()
    assert (shown["phase"], shown["edition"], shown["pages"][0]["key"]) == ("fault", 1, "k1")
    assert len(shown["findings"]) == 1
    assert shown["faults"] == [
        {
            "place": "page.html:12:3",
            "sentence": "标题没有写完",
            "hint": "美编：补上",
            "excerpt": [{"number": 12, "text": "……", "here": True}],
        }
    ]


def test_pages_that_are_no_more_go_with_the_next_good_build(state: PreviewState, page: Page) -> None:
    for number in (6, 5):
        state.show(ShownPage(number, "", f"k{number}"))
    assert [each.number for each in state.snapshot.pages] == [5, 6]
    state.good(page)
    assert [each.number for each in state.snapshot.pages] == [5]


def test_mended_is_mended(state: PreviewState, page: Page) -> None:
    state.bad([fault()])
    state.good(page)
    assert state.as_json()["faults"] == []
    assert state.as_json()["phase"] == "good"


def test_speaks_the_language_asked_for() -> None:
    english = PreviewState("en", lambda _: [])
    change = {"what": "height of picture a", "wanted": 12, "got": 9.333, "unit": "row", "cost": 4.0}
    english.good(Page(report={"pages": [{**PAGE, "changes": [change]}]}))
    assert english.as_json()["report"][0]["changes"] == [{"cost": 4.0, "words": "height of picture a 12 → 9.33 rows"}]
    english.bad([fault()])
    assert english.as_json()["faults"][0]["sentence"] == "unfinished"


def test_every_change_is_announced(page: Page) -> None:
    heard: list[str] = []
    state = PreviewState("zh", lambda _: [], lambda: heard.append(state.snapshot.phase))
    state.begin()
    state.step("分行", 1, 4)
    state.good(page)
    state.bad([fault()])
    assert heard == ["setting", "setting", "good", "fault"]


class Bench:
    """A builder that waits to be let go, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.builds = 0
        self.fails: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, progress: Callable[[str, int, int], None]) -> Page:
        self.builds += 1
        progress("分行", 1, 2)
        assert self.gate.wait(PATIENCE)
        if self.fails:
            raise self.fails
        return self.page


def fault_of(error: Exception) -> LayoutError:
    return PrintError(Message(f"内部错误（{type(error).__name__}）", "internal"))


def test_many_saves_during_a_build_make_one_more(state: PreviewState, page: Page) -> None:
    bench = Bench(page)
    bench.gate.clear()
    worker = Worker(Builder(bench), state, fault_of)
    worker.start()
    until(lambda: bench.builds == 1)
    for _ in range(5):
        worker.request()
    bench.gate.set()
    until(lambda: state.snapshot.edition == 2)
    worker.end()
    assert bench.builds == 2


def test_a_newer_save_ends_the_build_under_way_and_nothing_is_told_of_it(state: PreviewState, page: Page) -> None:
    begun: list[int] = []
    told: list[Exception] = []
    ended = threading.Event()

    def build(_: Callable[[str, int, int], None]) -> Page:
        begun.append(len(begun))
        if len(begun) == 1:
            assert ended.wait(PATIENCE)
            raise RuntimeError("its process was ended")
        return page

    def unlooked_for(error: Exception) -> LayoutError:
        told.append(error)
        return fault_of(error)

    worker = Worker(Builder(build, ended.set), state, unlooked_for, patience=0)
    worker.start()
    until(lambda: begun == [0])
    worker.request()
    until(lambda: state.snapshot.phase == "good")
    worker.end()
    assert (begun, told) == ([0, 1], [])


def test_every_kind_of_failure_is_told_and_survived(state: PreviewState, page: Page) -> None:
    bench = Bench(page)
    worker = Worker(Builder(bench), state, fault_of)
    worker.start()
    until(lambda: state.snapshot.phase == "good")
    missing = ManuscriptError(Message("稿件没有了", "gone"))
    for failure, sentences in [
        (Faults([fault(), missing]), ["标题没有写完", "稿件没有了"]),
        (ZeroDivisionError("oops"), ["内部错误（ZeroDivisionError）"]),
    ]:
        bench.fails = failure
        worker.request()
        until(lambda: [each["sentence"] for each in state.snapshot.faults] == sentences)  # noqa: B023
    bench.fails = None
    worker.request()
    until(lambda: state.snapshot.phase == "good" and not state.snapshot.faults)
    worker.end()


def test_ends_while_idle(state: PreviewState, page: Page) -> None:
    worker = Worker(Builder(Bench(page)), state, fault_of)
    worker.start()
    until(lambda: state.snapshot.phase == "good")
    worker.end(patience=PATIENCE)
    assert "layout-build" not in [thread.name for thread in threading.enumerate()]


def test_excerpt_shows_the_line_and_its_neighbours(tmp_path: Path) -> None:
    issue = tmp_path / "issues" / "tunliu-2026"
    issue.mkdir(parents=True)
    (issue / "a.md").write_text("一\n二\n三\n四\n五\n六" + "长" * 1000, encoding="utf-8")
    excerpts = Excerpts([issue])
    for name in ("a.md", "tunliu-2026/a.md", "issues/tunliu-2026/a.md", str(issue / "a.md")):
        rows = excerpts.around(Place(name, 2, 1))
        assert [(row["number"], row["text"], row["here"]) for row in rows] == [
            (1, "一", False),
            (2, "二", True),
            (3, "三", False),
            (4, "四", False),
        ]
    assert excerpts.around(Place("a.md", 2))[1]["mark"] is None
    assert excerpts.around(Place("a.md", 99, 1)) == []


@pytest.mark.parametrize(
    ("column", "shown"),
    [(1, f"字{'长' * (LONGEST - 1)}…"), (500, f"…{'长' * 120}字{'长' * 119}…"), (1000, f"…{'长' * (LONGEST - 1)}字")],
)
def test_excerpt_of_a_long_paragraph_keeps_the_character_meant(tmp_path: Path, column: int, shown: str) -> None:
    (tmp_path / "a.md").write_text("长" * (column - 1) + "字" + "长" * (1000 - column), encoding="utf-8")
    row = Excerpts([tmp_path]).around(Place("a.md", 1, column))[0]
    assert row["text"] == shown
    assert row["text"][row["mark"]] == "字"


def test_excerpt_reads_nothing_outside_the_issue_and_the_designs(tmp_path: Path) -> None:
    issue = tmp_path / "issue"
    issue.mkdir()
    (tmp_path / "secret.md").write_text("秘密", encoding="utf-8")
    (issue / "link.md").symlink_to(tmp_path / "secret.md")
    excerpts = Excerpts([issue])
    for name in ("../secret.md", str(tmp_path / "secret.md"), "link.md", "missing.md"):
        assert excerpts.around(Place(name, 1)) == []
    assert excerpts.around(Place("issue")) == []
