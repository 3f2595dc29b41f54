"""Stories as editors have them on the pages of tabloid-river: full pages within what it states, one sentence beyond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from in_place import build
from layout import assets
from layout.checks import Severity
from layout.copyfit.model import ComposedPage
from layout.design.copy_amount import box_range, characters_of, copy_range
from layout.errors import ExitCode, LayoutError
from layout.issue import read_issue
from layout.pipeline import Built, Options
from soak import amount, cases
from story_generator import Bounds, Written, write_issue

pytestmark = pytest.mark.slow

DESIGN = assets.templates_dir() / "tabloid-river"
KINDS = ("front", "feature", "report", "gallery", "spread")
ENOUGH = 0.95
"""Share of the stories within the stated range whose pages come out without an error."""
HOLE = 1800 * (72 / 25.4) ** 2
"""Square points: white that is a hole, in one place."""
FULLNESS = ("page.overset", "page.underset", "page.overfull")


@dataclass(frozen=True)
class Page:
    """A story's page."""

    story: Written
    built: Built
    within: bool
    """Whether its amount is within the range that the design states."""

    def count(self, *checks: str) -> int:
        """How many findings of *checks* there are."""
        return sum(each.check in checks for each in self.built.findings)

    @property
    def has_hole(self) -> bool:
        """Whether copy that is wanting leaves so much white in one place; it is not told once more as a hole."""
        return any(
            box.area > HOLE for each in self.built.findings if each.check == "page.underset" for box in each.boxes
        )


def pages(folder: Path, kind: str, stories: int) -> Iterator[Page]:
    for seed in range(stories):
        written = write_issue(folder / str(seed), "tabloid-river", kind, seed, Bounds(signed=True))
        built = build(written.folder, Options(out=folder / f"{seed}-out", png=False))
        plan = read_issue(written.folder).pages[0]
        known = copy_range(DESIGN, plan)
        assert known
        yield Page(written, built, known.least <= characters_of(plan.stories[0]) <= known.most)


def stands_in_its_frame(page: ComposedPage) -> bool:
    """Whether every line of the headline is within the frame it stands in."""
    frames = {frame.id: frame.box for frame in page.page.frames}
    own = [line for line in page.lines if str(line.flow) == "story.headline"]
    return bool(own) and all(
        frames[line.frame].y - 1 < line.baseline - line.type.size * 0.8
        and line.baseline < frames[line.frame].bottom + 1
        for line in own
    )


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_any_story_gives_a_full_page_or_one_sentence_of_what_is_wanting(tmp_path: Path, kind: str) -> None:
    every = list(pages(tmp_path, kind, amount(sample=1, full=100)))
    for page in every:
        assert not page.count("line.overlong"), page.story
        assert stands_in_its_frame(page.built.pages[0]), page.story
        if not page.within and page.built.exit_code:
            (told,) = [each for each in page.built.findings if each.check in FULLNESS]
            assert "copy" in told.amount, page.story
            assert f"{told.amount['copy']} 字" in told.message.zh, page.story
    within = [page for page in every if page.within]
    assert not [page.story.seed for page in within if page.count("page.hole") or page.has_hole]
    sound = [page for page in within if page.built.exit_code == 0]
    grave = {
        page.story.seed: [each.check for each in page.built.findings if each.severity is Severity.ERROR]
        for page in within
        if page not in sound
    }
    assert len(sound) >= ENOUGH * len(within), grave


BOX = "水尺是立在河边的一根刻度尺，读它不要本事，要规矩。看闸人先认清尺上的大数，再数小格，写下日期、时刻和水位。"
BOX_HEADLINES = ("五条规矩", "水少的年头先给谁，水多的年头让到哪里，都写进了用水公约")


def with_box(folder: Path, kind: str, paragraphs: int, headline: str) -> Path:
    """The issue of a story and a box of so many paragraphs, on one page of *kind*."""
    write_issue(folder, "tabloid-river", kind, 3, Bounds(characters=(1200, 1500), pictures=(2, 3), signed=True))
    plan = folder / "issue.toml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace('["story.md"]', '["story.md", "box.md"]'), encoding="utf-8"
    )
    copy = "\n\n".join([BOX] * paragraphs)
    (folder / "box.md").write_text(f"---\nheadline: {headline}\nlede: 无\n---\n\n{copy}\n", encoding="utf-8")
    return folder


@cases(
    ("kind", "paragraphs", "headline"),
    [
        (kind, count, title)
        for kind, counts in (("feature", (1, 4, 8)), ("report", (1, 4)), ("spread", (1, 4)))
        for count in counts
        for title in BOX_HEADLINES
    ],
    sample=1,
)
def test_a_box_is_as_high_as_its_copy_wherever_it_stands(
    tmp_path: Path, kind: str, paragraphs: int, headline: str
) -> None:
    """A long box under a lede would leave the columns between them no line: it stands under the last ones."""
    folder = with_box(tmp_path / "story", kind, paragraphs, headline)
    built = build(folder, Options(out=tmp_path / "out", png=False))
    assert built.exit_code == 0
    assert not [each for each in built.findings if each.check in ("page.hole", "page.type_on_type")]
    page = built.pages[0]
    (frame,) = [each for each in page.page.frames if str(each.chain) == "box.section-0"]
    assert frame.box.height == pytest.approx(14 * sum(line.frame == frame.id for line in page.lines), abs=0.5)


@pytest.mark.parametrize(("kind", "paragraphs"), [("report", 8), ("spread", 8), ("feature", 18)])
def test_a_box_that_is_longer_than_stated_is_told_before_anything_is_laid_out(
    tmp_path: Path, kind: str, paragraphs: int
) -> None:
    """One of 430 characters beside a report would leave its columns 13 rows short."""
    folder = with_box(tmp_path / "story", kind, paragraphs, BOX_HEADLINES[0])
    plan = read_issue(folder).pages[0]
    count, stated = characters_of(plan.stories[1]), box_range(DESIGN, plan)
    assert stated
    with pytest.raises(LayoutError) as caught:
        build(folder, Options(out=tmp_path / "out", png=False))
    assert caught.value.exit_code == ExitCode.SOURCE
    assert f"至多 {stated.most} 字，《五条规矩》有 {count} 字" in caught.value.message.zh
    assert f"删 {count - stated.most} 字" in str(caught.value.hint)
    assert caught.value.place is not None
    assert Path(caught.value.place.file).name == "box.md"
    assert not (tmp_path / "out").exists()


PARTS = {"kicker": "“一把尺”回访", "deck": "从一处泉眼到一道闸门，沿着它走；记下它的水、它的账"}
SIGNED = {"byline": '["本报记者 张三", "通讯员 李四"]', "dateline": "据新华社电"}


@cases(
    ("parts", "signed"),
    [(parts, signed) for parts in ((), ("kicker",), ("deck",), ("kicker", "deck"))
     for signed in ((), ("byline",), ("dateline",), ("byline", "dateline"))],
    sample=1,
)  # fmt: skip
def test_below_a_centred_headline_there_is_no_hole(
    tmp_path: Path, parts: tuple[str, ...], signed: tuple[str, ...]
) -> None:
    """Where kicker or deck is missing the byline and the dateline have its place, on its side of the fold."""
    written = write_issue(tmp_path / "story", "tabloid-river", "spread", 88, Bounds(signed=True))
    copy = written.folder / "story.md"
    front, body = copy.read_text(encoding="utf-8").removeprefix("---\n").split("---\n", 1)
    others = [line for line in front.splitlines() if line.partition(":")[0] not in PARTS.keys() | SIGNED.keys()]
    own = [f"{name}: {(PARTS | SIGNED)[name]}" for name in (*parts, *signed)]
    copy.write_text("---\n" + "\n".join([*others, *own]) + "\n---\n" + body, encoding="utf-8")
    built = build(written.folder, Options(out=tmp_path / "out", png=False))
    assert built.exit_code == 0
    assert not [each for each in built.findings if each.check in ("page.hole", "page.type_on_type")]
    middle = built.pages[0].page.width / 2
    sides = {str(line.flow): line.x < middle for line in built.pages[0].lines}
    if parts == ("kicker",):
        assert not any(sides[f"story.{name}"] for name in signed)
    if parts == ("deck",):
        assert all(sides[f"story.{name}"] for name in signed)
