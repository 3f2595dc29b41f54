"""Pages that are made up of drawn issues and of a day's copy, printed and judged by whoever reads the PDF: what is
planned full is full, keeps every rule and loses nothing; what cannot be full is a page all the same, and what it
advises works. In `make soak` three hundred of each sheet that could be full, and sixty that could not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import soak
from drawn_issues import SHEETS
from in_place import build
from layout.checks import Severity
from layout.pipeline import Built, Options
from makeup.drawn_proof import WARNINGS, Verdict, proved, shares
from makeup.printed_page import listed, lost_words, read_page
from makeup.rules_kept import broken_rules, words_of

DAY = Path(__file__).parent / "day"
EIGHT = Path(__file__).parents[1] / "pipeline" / "trials" / "eight-stories"
FIRST = {"tabloid": 117, "broadsheet": 101}
"""The first seed that is drawn: what `make test` tries is one page that can be full."""
CLEAN, FEASIBLE = 0.97, 0.6
"""Shares of the pages that could be full, and of all drawn."""
NOT_FULL = {"tabloid": 115, "broadsheet": 11_018}
"""The first seed that is drawn of pages that cannot be full."""
MANY_BOXES = 8073
"""The seed of a page that no arrangement with two boxes makes full."""
PHOTOGRAPHS = ("autumn-ridge", "mountain-meadow", "suspension-bridge-night")


def drawn(folder: Path, sheet: str, first: int, *, advice: bool = False) -> Iterator[Verdict]:
    """The verdicts on the issues of one seed after the other; their files are not kept."""
    for seed in range(first, first + 10_000):
        own = folder / str(seed)
        yield proved(own, seed, sheet, advice=advice)
        shutil.rmtree(own)


@soak.cases("sheet", SHEETS, sample=1)
def test_what_could_be_full_is_printed_clean(tmp_path: Path, sheet: str) -> None:
    verdicts: list[Verdict] = []
    every = drawn(tmp_path, sheet, FIRST[sheet])
    while sum(each.feasible for each in verdicts) < soak.amount(sample=1, full=300):
        verdicts.append(next(every))
    words = "\n".join([*(str(each) for each in verdicts if not each.clean), shares(verdicts)])
    print(shares(verdicts))
    feasible = [each for each in verdicts if each.feasible]
    assert sum(each.clean for each in feasible) >= CLEAN * len(feasible), words
    assert len(feasible) >= FEASIBLE * len(verdicts), words
    assert not any(each.fault for each in verdicts), words


@pytest.mark.slow
def test_a_page_of_short_stories_without_pictures_is_filled_by_more_than_two_boxes(tmp_path: Path) -> None:
    verdict = proved(tmp_path, MANY_BOXES, "tabloid")
    (pdf,) = tmp_path.glob("*-out/*.pdf")
    page = read_page(pdf.read_bytes(), listed(verdict.drawn.folder))
    assert verdict.clean, str(verdict)
    assert 2 < sum(story.box is not None for story in page.stories) <= 4


@pytest.mark.soak
@pytest.mark.parametrize("sheet", SHEETS)
def test_what_is_advised_works(tmp_path: Path, sheet: str) -> None:
    verdicts: list[Verdict] = []
    for verdict in drawn(tmp_path, sheet, NOT_FULL[sheet], advice=True):
        if verdict.advice is not None:
            verdicts.append(verdict)
        if len(verdicts) == soak.amount(sample=1, full=30):
            break
    assert all(each.advice is not None and each.advice.works for each in verdicts), "\n".join(map(str, verdicts))


@dataclass(frozen=True)
class Day:
    """A day's copy on some pages of a sheet; *owners* are the stories of its pictures, by number, 0 of none."""

    sheet: str
    pages: str
    owners: tuple[int, ...]

    def written(self, folder: Path) -> Path:
        """The issue's folder."""
        names = [path.name for path in sorted(DAY.glob("*.md"))]
        shutil.copytree(DAY, folder)
        lines = ['title = "要闻"', "date = 2026-03-06", 'design = "yaowen"', f'sheet = "{self.sheet}"']
        lines += ['press = "newsprint-coldset"', "", "[[page]]", f'pages = "{self.pages}"', 'title = "要闻"']
        lines += ['kind = "auto"', f"stories = {names}".replace("'", '"')]
        lines += [f"pictures = {[f'p{number}' for number in range(1, len(self.owners) + 1)]}".replace("'", '"')]
        for number, owner in enumerate(self.owners, 1):
            lines += ["", "[[picture]]", f'id = "p{number}"', f'file = "images:{PHOTOGRAPHS[number % 3]}.jpg"']
            lines += [f'story = "s{owner:02}.md"'] if owner else []
            lines += [f'caption = "第{number}幅资料图片"', 'credit = "示例　摄"']
        (folder / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder


def is_clean(built: Built) -> None:
    """No error, two warnings a page at most."""
    grave = [each for each in built.findings if each.severity >= Severity.WARNING]
    words = "\n".join(f"{each.check}: {each.message.en}" for each in grave)
    assert not any(each.severity >= Severity.ERROR for each in grave), words
    assert len(grave) <= WARNINGS * len(built.report["pages"]), words


@pytest.mark.soak
@pytest.mark.skipif(not soak.SOAKING, reason="half a minute each; how runs are shared out is tried on numbers")
@pytest.mark.parametrize(
    "day", [Day("tabloid", "1-3", (1, 2, 3, 4, 5, 0)), Day("broadsheet", "1-2", (1, 1, 2, 3, 4, 5, 6, 0))]
)
def test_a_day_as_it_is_makes_its_pages(tmp_path: Path, day: Day) -> None:
    folder = day.written(tmp_path / "day")
    built = build(folder, Options(out=tmp_path / "out", png=False))
    is_clean(built)
    known = listed(folder)
    pdf, seen = built.pdf.read_bytes(), list[str]()
    for index in range(len(built.report["pages"])):
        every = read_page(pdf, known, index)  # headings of one wording stand in several stories
        seen_here = {story.id for story in every.stories}
        begun = [copy for copy in known.copy if lost_words(copy, copy.paragraphs[0]) not in every.lost]
        here = tuple(copy for copy in begun if copy.id in seen_here)
        page = read_page(pdf, replace(known, copy=here), index)
        assert words_of(broken_rules(page, day.sheet)) == ""
        assert page.lost == ()
        seen += (copy.id for copy in here)
    assert sorted(seen) == sorted(copy.id for copy in known.copy)


@pytest.mark.slow
def test_eight_short_stories_make_a_page(tmp_path: Path) -> None:
    """Of any height: they are less than a page of news."""
    folder = tmp_path / "eight"
    shutil.copytree(EIGHT, folder)
    plan = (folder / "issue.toml").read_text("utf-8").replace("tabloid-river", "yaowen").replace('"front"', '"auto"')
    (folder / "issue.toml").write_text('sheet = "tabloid"\n' + plan, "utf-8")
    built = build(folder, Options(out=tmp_path / "out", png=False))
    assert built.pdf.is_file()
    assert len(built.report["pages"][0]["arrangement"]["chosen"]["pieces"]) == 9
