"""Designs that come along are tried with copy that nobody made for them; what is found is mended, or known with why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

import soak
from in_place import HERE
from layout import assets
from layout.design.copy_amount import CopyRange, characters_of
from layout.design.page_hooks import page_hooks
from layout.errors import LayoutError, UsageError
from layout.issue import read_issue
from layout.issue_writing.new_design import write_design
from layout.issue_writing.stress_issue import StressIssue, chosen_cases, stress_cases, write_stress
from layout.pipeline import Options
from layout.pipeline.progress import quiet
from layout.pipeline.stress import StressedCase, StressOptions, StressRun, design_to_stress
from layout.pipeline.stress_amounts import CopyMeasure
from layout.pipeline.stress_cells import cells_of, stress_files
from layout.proof.raster import page_count

CASES = stress_cases()
TABLES = tomllib.loads(Path(__file__).with_name("stress_known.toml").read_text("utf-8"))
KNOWN, UNPROVED = TABLES["known"], TABLES.get("unproved", [])
FESTIVE = "auto-festive"
"""Kinds of page that are another's in another colour: one case will do."""


def every_case() -> Iterator[tuple[str, str, str]]:
    for folder in sorted(path.parent for path in assets.templates_dir().glob("*/design.toml")):
        for hooks in page_hooks(folder):
            for name, case in CASES.items():
                if case.suits(hooks) and (name == "usual" or not hooks.name.startswith(FESTIVE)):
                    yield folder.name, hooks.name, name


def raised(error: Exception) -> LayoutError:
    raise error


def stressed(design: Path, out: Path, kind: str, *cases: str) -> list[StressedCase]:
    options = StressOptions(Options(out=out), tuple(CASES[name] for name in cases), (kind,))
    return list(StressRun(design, options, raised, lambda: HERE).results())


def excused(design: str, kind: str, case: str) -> set[str]:
    """The checks that are known to find something there, with the reason written down."""
    return {row["check"] for row in KNOWN if row["design"] == design and case in row["at"].get(kind, ())}


def unproved(design: str, kind: str, case: str) -> set[str]:
    """The checks that may find something there: nobody has looked since the design or the program changed."""
    rows = (row for row in UNPROVED if row["design"] == design and case in row["at"].get(kind, ()))
    return {check for row in rows for check in row["checks"]}


@pytest.mark.slow
@soak.cases(("design", "kind", "case"), list(every_case()), sample=2)
def test_a_design_that_comes_along_bears_any_copy(tmp_path: Path, design: str, kind: str, case: str) -> None:
    """What is found is known, and what is known is found: a reason that holds no longer is to be taken out."""
    (made,) = stressed(assets.templates_dir() / design, tmp_path, kind, case)
    found = [row for row in made.result.rows if row.severity != "note"]
    known, other = excused(design, kind, case), unproved(design, kind, case)
    unknown = [f"{row.place}: [{row.check}] {row.message}" for row in found if row.check not in known | other]
    assert (unknown, known - {row.check for row in found}) == ([], set())


def test_what_is_known_is_known_once_of_cases_that_there_are() -> None:
    cases = set(every_case())
    places = [
        (row["design"], kind, case, row["check"])
        for row in KNOWN
        for kind, names in row["at"].items()
        for case in names
    ]
    others = {(row["design"], kind, case) for row in UNPROVED for kind, names in row["at"].items() for case in names}
    assert all(place[:3] in cases for place in places)
    assert others <= cases
    assert not others & {place[:3] for place in places}
    assert len(places) == len(set(places))
    assert all(len(row["why"]) > 40 and row["at"] for row in KNOWN)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> tuple[StressRun, list[StressedCase]]:
    """The skeleton of a new design, tried with two cases."""
    design = tmp_path_factory.mktemp("designs") / "evening"
    write_design(design, sheet="tabloid")
    options = StressOptions(Options(out=tmp_path_factory.mktemp("out")), (CASES["short"], CASES["everything"]))
    run = StressRun(design, options, raised, lambda: HERE)
    return run, sorted(run.results(), key=lambda each: each.written.characters)


@pytest.mark.slow
def test_the_sheet_shows_each_case_and_leads_to_the_design(skeleton: tuple[StressRun, list[StressedCase]]) -> None:
    _, made = skeleton
    cells = [cell for each in made for cell in cells_of(each, "zh")]
    assert [cell.title for cell in cells] == ["短稿", "样样都有"]
    for cell in cells:
        assert cell.pdf is not None
        assert "字" in cell.facts
        for row in cell.rows:
            if row.severity != "note":
                assert "evening/page.html:" in row.place
                assert ".css:" in row.place
    pdf, pictures = stress_files("试排：evening", made, "zh")
    assert (page_count(pdf), [name for name, _ in pictures]) == (1, ["page"])
    assert stress_files("试排：evening", made, "zh")[0] == pdf
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[0].get_textpage().get_text_bounded()
    assert "样样都有" in words


@pytest.mark.slow
def test_how_much_copy_fills_the_page_is_measured(skeleton: tuple[StressRun, list[StressedCase]]) -> None:
    """At the least that was found the page is full; and what is between is what other cases have."""
    run, (short, everything) = skeleton
    (measured,) = run.measured
    (taken,) = measured.taken.values()
    amount = taken.usual
    assert taken.of(short.written.case.parts) == amount
    assert short.written.characters == amount.least
    assert amount.least < everything.written.characters < amount.most
    assert not {"page.overset", "page.underset"} & {row.check for row in short.result.rows}


class Page(CopyMeasure):
    """A page that takes *room* characters, *bare* ones more of a story without parts, and *gives* so many."""

    def __init__(self, tmp_path: Path, room: int, bare: int, gives: int):
        design = tmp_path / "evening"
        if not design.is_dir():
            write_design(design, sheet="broadsheet")
        super().__init__(design, page_hooks(design)[0], Options(out=tmp_path), lambda: HERE)
        self.room, self.bare, self.gives = room, bare, gives

    def _off(self, name: str, pictures: int, amount: int) -> int:
        assert pictures == 0
        most = self.room + (self.bare if CASES[name].parts == "bare" else 0)
        return most - amount if amount > most else max(0, most - self.gives - amount)

    def fills(self, parts: str, amount: int) -> bool:
        return self._off("short" if parts == "bare" else "usual", 0, amount) == 0


@pytest.mark.parametrize("room", [900, 3100, 6300])
@pytest.mark.parametrize(("bare", "gives"), [(300, 2000), (1500, 200), (900, 30), (1200, 1199)])
def test_any_amount_of_the_measured_range_fills_the_page(tmp_path: Path, room: int, bare: int, gives: int) -> None:
    """Of a page that gives little, stories with parts and those without have ranges of their own."""
    page = Page(tmp_path, room, bare, gives)
    taken = page.taken(0, quiet)
    assert taken is not None
    assert (taken.bare == taken.usual) == (bare <= gives)
    for parts in ("usual", "bare"):
        least, most = taken.of(parts)
        assert least <= most
        assert all(page.fills(parts, amount) for amount in (least, (least + most) // 2, most))


def test_a_story_of_a_run_before_goes(tmp_path: Path) -> None:
    """A case that has fewer stories than it had is written over the one before."""
    design = assets.templates_dir() / "yaowen"
    hooks = page_hooks(design)[0]
    for name, last in (("usual", "s09.md"), ("long", "s07.md")):
        write_stress(tmp_path / "one", StressIssue(design, hooks, CASES[name], None, 2000))
        assert max(path.name for path in (tmp_path / "one").glob("*.md")) == last
        read_issue(tmp_path / "one")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("amount", [(200, 2600), (1500, 1500)])
def test_copy_has_just_the_length_that_is_asked_for(tmp_path: Path, case: str, amount: tuple[int, int]) -> None:
    design = assets.templates_dir() / "tabloid-river"
    hooks = next(each for each in page_hooks(design) if each.kind == "feature")
    wanted = replace(
        CASES[case], parts="usual" if CASES[case].parts == "all" else CASES[case].parts, stories=1, pictures="none"
    )
    issue = StressIssue(design, hooks, wanted, CopyRange(*amount), 2000)
    write_stress(tmp_path / "one", issue)
    (page,) = read_issue(tmp_path / "one").pages
    assert abs(characters_of(page.stories[0]) - issue.characters) <= 1


def test_stories_in_boxes_are_no_longer_than_the_design_states(tmp_path: Path) -> None:
    design = assets.templates_dir() / "tabloid-river"
    hooks = next(each for each in page_hooks(design) if each.kind == "spread")
    write_stress(tmp_path / "one", StressIssue(design, hooks, CASES["stories"], CopyRange(1200, 1200), 2000, number=2))
    (page,) = read_issue(tmp_path / "one").pages
    first, *others = map(characters_of, page.stories)
    assert len(others) == 2
    assert max(others) <= 300
    assert abs(first + sum(others) - 1200) <= 3


def test_the_same_is_written_for_the_same_case(tmp_path: Path) -> None:
    design = assets.templates_dir() / "renwu"
    issue = StressIssue(design, page_hooks(design)[0], CASES["upright-pictures"], None, 2000)
    written = []
    for name in ("one", "two"):
        write_stress(tmp_path / name, issue)
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1]
    (page,) = read_issue(tmp_path / "one").pages
    assert [picture.path.suffix for picture in page.pictures] == [".png", ".jpg", ".jpg"]
    assert len(page.pictures) == issue.pictures


def test_names_of_designs_and_cases(tmp_path: Path) -> None:
    assert design_to_stress("yaowen") == assets.templates_dir() / "yaowen"
    assert [case.name for case in chosen_cases("long，short")] == ["short", "long"]
    assert chosen_cases("") == tuple(CASES.values())
    with pytest.raises(UsageError):
        design_to_stress(str(tmp_path))
